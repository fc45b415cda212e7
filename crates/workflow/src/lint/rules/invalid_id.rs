use stepladder_yaml::TextRange;

use crate::facts::limits::ID_CHARS;
use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "invalid-id",
    severity: Severity::Error,
    kind: "jobs",
    title: "Id of a job or a step that GitHub does not take",
    docs: "Ids of jobs, steps and inputs begin with a letter or `_`, go on with letters, digits, `-` and `_`, have fewer than 100 \
           characters, and do not begin with `__`, which GitHub keeps for itself. What people should read belongs into \
           `name`, where everything is allowed. Other names of inputs are taken, but cannot be reached as `inputs.NAME`.",
    bad: "on: push\njobs:\n  build all:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build-all:\n    name: Build all\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let jobs = cx.workflow.jobs.iter().map(|job| ("job", &job.id));
    let steps = cx.steps().filter_map(|step| Some(("step", step.id.as_ref()?)));
    for (what, id) in jobs.chain(steps) {
        report(what, &id.value, id.range, out);
    }
    for trigger in &cx.workflow.triggers {
        for input in &trigger.inputs {
            report("input", &input.name.value, input.name.range, out);
        }
    }
}

fn report(what: &str, id: &str, range: TextRange, out: &mut Vec<Finding>) {
    let why = if id.is_empty() {
        "it is empty".to_owned()
    } else if id.contains("${{") {
        // Of a step's id this is told by the rule about expressions.
        if what == "step" {
            return;
        }
        "GitHub reads it before it works out any expression".to_owned()
    } else if !id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        "it must begin with a letter or `_`".to_owned()
    } else if let Some(c) = id.chars().find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))) {
        let which = match c {
            ' ' => "a space".to_owned(),
            '\t' => "a tab".to_owned(),
            c if c.is_whitespace() || c.is_control() => "a character that is not seen".to_owned(),
            c => format!("`{c}`"),
        };
        format!("it has {which}, but only letters, digits, `-` and `_` are allowed")
    } else if id.starts_with("__") && what != "input" {
        "GitHub keeps ids that begin with `__` for itself".to_owned()
    } else if id.len() >= ID_CHARS {
        format!("it has {} characters, and must have fewer than {ID_CHARS}", id.len())
    } else {
        return;
    };
    // The workflow runs, and `inputs['…']` reaches it; but without any name GitHub refuses the file.
    let severity = if what == "input" && !id.is_empty() { Severity::Hint } else { Severity::Error };
    let message = format!("`{id}` cannot be the id of {} {what}: {why}.", article(what));
    out.push(RULE.at(range, message).with_severity(severity));
}

fn article(what: &str) -> &'static str {
    if what == "input" { "an" } else { "a" }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::Severity;
    use crate::lint::testing::{analyse, check, env};

    #[test]
    fn an_input_must_have_some_name() {
        let severity = |name: &str| {
            let text = format!(
                "on:\n  workflow_dispatch:\n    inputs:\n      '{name}': {{type: string}}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n"
            );
            let found = analyse(&text, &env());
            found.findings().iter().find(|found| found.rule == RULE.id).map(|found| found.severity)
        };
        assert_eq!(severity(""), Some(Severity::Error));
        assert_eq!(severity("a b"), Some(Severity::Hint));
        assert_eq!(severity("a"), None);
    }

    #[test]
    fn says_why() {
        check(
            "on: push
jobs:
  1st:
  ^^^ invalid-id: begin with a letter
    runs-on: ubuntu-latest
    steps:
      - id: __a
            ^^^ invalid-id: for itself
        run: make
      - id: a.b
            ^^^ invalid-id: it has `.`
        run: make
  my job:
  ^^^^^^ invalid-id: it has a space,
    runs-on: ubuntu-latest
    steps:
      - run: make
  ${{ github.ref }}:
  ^^^^^^^^^^^^^^^^^ invalid-id: before it works out any expression
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }
}
