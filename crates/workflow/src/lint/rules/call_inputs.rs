use stepladder_yaml::edit::Value;
use stepladder_yaml::{Kind, TextEdit};

use crate::lint::interface::{CallPart, Callee};
use crate::lint::suggest::{list, nearest};
use crate::lint::{Cx, Rule};
use crate::model::{Job, Secrets};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "call-inputs",
    severity: Severity::Error,
    kind: "actions",
    title: "Inputs or secrets that do not fit the called workflow",
    docs: "A reusable workflow declares its inputs and secrets under `on.workflow_call`. The caller must give the required ones and \
           cannot give others; GitHub refuses the run. `secrets: inherit` hands on all secrets.",
    bad: "on: push\njobs:\n  build:\n    uses: ./.github/workflows/build.yml\n    with:\n      levle: low\n#: .github/workflows/build.yml\non:\n  workflow_call:\n    inputs:\n      level:\n        type: string\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    uses: ./.github/workflows/build.yml\n    with:\n      level: low\n#: .github/workflows/build.yml\non:\n  workflow_call:\n    inputs:\n      level:\n        type: string\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for job in &cx.workflow.jobs {
        let Some(uses) = &job.uses else { continue };
        let Some(callee) = cx.callee(&uses.value).filter(|callee| callee.is_callable()) else { continue };
        let Some(trigger) = callee.workflow.trigger("workflow_call") else { continue };
        let inputs: Vec<(&str, bool)> = trigger
            .inputs
            .iter()
            .map(|input| (input.name.value.as_str(), input.required == Some(true) && input.default.is_none()))
            .collect();
        if callee.tells(CallPart::Inputs) {
            compare(cx, "input", job.with.iter().map(|(name, _)| name), &inputs, job, &callee, out);
        }
        if !callee.tells(CallPart::Secrets) {
            continue;
        }
        let secrets: Vec<(&str, bool)> = trigger
            .secrets
            .iter()
            .flatten()
            // Each run has its own token, and no workflow may declare it.
            .map(|(name, required)| (name.value.as_str(), *required && !name.value.eq_ignore_ascii_case("github_token")))
            .collect();
        match &job.secrets {
            Secrets::Given(given) => {
                compare(cx, "secret", given.iter().map(|(name, _)| name), &secrets, job, &callee, out)
            }
            Secrets::None => compare(cx, "secret", [].into_iter(), &secrets, job, &callee, out),
            Secrets::Inherit(_) | Secrets::Unknown => {}
        }
    }
}

fn compare<'j>(
    cx: &Cx<'_>,
    what: &str,
    given: impl Iterator<Item = &'j crate::model::Text> + Clone,
    declared: &[(&str, bool)],
    job: &Job,
    callee: &Callee,
    out: &mut Vec<Finding>,
) {
    for name in given.clone().filter(|name| !name.value.contains("${{") && name.value != "<<") {
        if declared.iter().any(|(known, _)| known.eq_ignore_ascii_case(&name.value)) {
            continue;
        }
        let names = declared.iter().map(|(name, _)| *name);
        let given = |known: &str| given.clone().any(|name| name.value.eq_ignore_ascii_case(known));
        let meant = nearest(&name.value, names.clone().filter(|known| !given(known)));
        let ask = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if declared.is_empty() => "it has none.".to_owned(),
            None => format!("it has {}.", list(names, 20)),
        };
        let fix = meant
            .map(|meant| Fix::risky(format!("Rename to `{meant}`"), TextEdit::replace(name.range, meant)));
        let message = format!("`{}` has no {what} `{}`; {ask}", callee.path, name.value);
        out.push(RULE.at(name.range, message).with_fix(fix));
    }
    let place = if what == "secret" { "secrets" } else { "with" };
    let at = job.path.child(place);
    let missing: Vec<&str> = declared
        .iter()
        .filter(|(known, required)| {
            // One whose value is of a wrong kind is there as well.
            *required
                && !given.clone().any(|name| name.value.eq_ignore_ascii_case(known))
                && !cx.has_key(&at, known)
        })
        .map(|(name, _)| *name)
        .collect();
    if let Some(uses) = job.uses.as_ref().filter(|_| !missing.is_empty()) {
        let plural = if missing.len() == 1 { "" } else { "s" };
        let message = format!(
            "`{}` needs the {what}{plural} {}; give it under `{place}`.",
            callee.path,
            list(missing.iter().copied(), 8)
        );
        // A secret is handed on under its own name.
        let fix = (what == "secret").then(|| {
            let value = |name: &str| Value::Str(format!("${{{{ secrets.{name} }}}}"));
            let title = if plural.is_empty() { "Hand it on" } else { "Hand them on" };
            if cx.tree.at(&at).is_some_and(|node| node.resolve().kind() == Kind::Mapping && !node.is_empty()) {
                let mut edits = missing.iter().map(|name| cx.set(title, &at.child(*name), &value(name)));
                let first = edits.next().flatten()?;
                return edits.try_fold(first, |all, more| Some(Fix { edit: all.edit.with(&more?.edit)?, ..all }));
            }
            let all = missing.iter().map(|name| ((*name).to_owned(), value(name))).collect();
            cx.set(title, &at, &Value::Map(all))
        });
        out.push(RULE.at(uses.range, message).with_fix(fix.flatten()));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{check, check_fix};

    const CALLEE: &str = "#: .github/workflows/build.yml
on:
  workflow_call:
    secrets:
      ONE: {required: true}
      TWO: {required: true}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ secrets.ONE }} ${{ secrets.TWO }}
";

    #[test]
    fn secrets_are_handed_on() {
        let with = |more: &str| format!("on: push\njobs:\n  build:\n    uses: ./.github/workflows/build.yml\n{more}");
        let both = "    secrets:\n      ONE: ${{ secrets.ONE }}\n      TWO: ${{ secrets.TWO }}\n";
        check_fix("call-inputs", &(with("") + CALLEE), &with(both));
        let one = "    secrets:\n      ONE: ${{ secrets.ONE }}\n";
        check_fix("call-inputs", &(with(one) + CALLEE), &with(both));
    }

    #[test]
    fn required_ones() {
        check(
            "on: push
jobs:
  build:
    uses: ./.github/workflows/build.yml
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ call-inputs: needs the input `level`
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ call-inputs: needs the secret `token`
#: .github/workflows/build.yml
on:
  workflow_call:
    inputs:
      level:
        type: string
        required: true
    secrets:
      token:
        required: true
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }

    #[test]
    fn a_value_of_a_wrong_kind_is_not_missing() {
        check(
            "on: push
jobs:
  build:
    uses: ./.github/workflows/build.yml
    with:
      level: [low]
             ^^^^^ wrong-type: must be
#: .github/workflows/build.yml
on:
  workflow_call:
    inputs:
      level:
        type: string
        required: true
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ inputs.level }}
",
        );
    }
}
