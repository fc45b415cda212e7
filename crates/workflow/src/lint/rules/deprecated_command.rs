use stepladder_yaml::TextRange;

use crate::facts::env::COMMANDS;
use crate::lint::{Cx, Rule};
use crate::model::StepKind;
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "deprecated-command",
    severity: Severity::Warning,
    kind: "scripts",
    title: "Workflow command that is no longer wanted",
    docs: "`echo \"::set-output …\"` and `::save-state` are deprecated and will stop working; `::set-env` and `::add-path` are \
           switched off, so steps with them fail. Write to the files that GitHub names in `$GITHUB_OUTPUT`, `$GITHUB_STATE`, \
           `$GITHUB_ENV` and `$GITHUB_PATH` instead.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"::set-output name=a::b\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"a=b\" >> \"$GITHUB_OUTPUT\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for step in cx.steps() {
        let StepKind::Run { script, .. } = &step.kind else { continue };
        if !script.value.contains("::") {
            continue;
        }
        for command in COMMANDS.iter().filter(|command| command.instead.is_some()) {
            let Some(at) = find(&script.value, command.name) else { continue };
            let instead = command.instead.unwrap_or_default();
            let (state, severity) = if command.disabled {
                ("is switched off, so the step fails", Severity::Error)
            } else {
                ("is deprecated and will stop working", Severity::Warning)
            };
            let range = place(cx, script.range, &script.value, at);
            let message =
                format!("The command `::{}` {state}; write to the file in `${instead}`.", command.name);
            out.push(RULE.at(range, message).with_severity(severity));
        }
    }
}

/// Where `::name` begins a command: followed by `::`, perhaps with parameters before that. What a comment says runs
/// not.
fn find(script: &str, name: &str) -> Option<usize> {
    script.match_indices("::").map(|(at, _)| at).find(|at| {
        let parameters = |rest: &str| {
            rest.starts_with(' ') && rest.lines().next().is_some_and(|line| line.contains("::"))
        };
        let line = script[..*at].rsplit('\n').next().unwrap_or_default();
        let rest = script[at + 2..].strip_prefix(name);
        rest.is_some_and(|rest| rest.starts_with("::") || parameters(rest))
            && !line.trim_start().starts_with('#')
    })
}

/// The start of the script when it is one line, else the line of the command.
fn place(cx: &Cx<'_>, range: TextRange, script: &str, at: usize) -> TextRange {
    let source = cx.tree.slice(range);
    let line = script[..at].matches('\n').count();
    if line == 0 && !source.contains('\n') {
        return range;
    }
    let command: String = script[at..].chars().take_while(|c| !c.is_whitespace() && *c != '=').collect();
    let before = script[..at].matches(&command).count();
    match source.match_indices(&command).nth(before) {
        Some((at, _)) => {
            let start = range.start + u32::try_from(at).unwrap_or_default();
            TextRange::new(start, start + u32::try_from(command.len()).unwrap_or_default())
        }
        None => range,
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn only_what_runs_is_a_command() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: |
          # echo ::set-env name=A::b
          echo ::set-env name=A
          echo ::add-path /opt
          echo ::set-output name=a::b
               ^^^^^^^^^^^^ deprecated-command: The command `::set-output` is deprecated
          echo ::add-path::/opt
               ^^^^^^^^^^^^^^^^ deprecated-command: The command `::add-path` is switched off
",
        );
    }
}
