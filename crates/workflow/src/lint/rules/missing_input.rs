use stepladder_yaml::{Node, TextEdit, TextRange};
use stepladder_yaml::edit::Value;

use super::unknown_input::capital;
use crate::lint::suggest::{list, nearest};
use crate::lint::{Cx, Rule};
use crate::model::StepKind;
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "missing-input",
    severity: Severity::Error,
    kind: "actions",
    title: "Input that the action needs is not given",
    docs: "The action declares this input as required and has no default for it, so the step most likely fails without it, \
           or works with an empty text. Give it under `with`.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./setup\n#: setup/action.yml\nname: Set up\ndescription: Sets up.\ninputs:\n  version:\n    description: Version.\n    required: true\nruns:\n  using: node24\n  main: main.js\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./setup\n        with:\n          version: 1\n#: setup/action.yml\nname: Set up\ndescription: Sets up.\ninputs:\n  version:\n    description: Version.\n    required: true\nruns:\n  using: node24\n  main: main.js\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for empty in still_empty(cx) {
        let names = list(empty.names.iter().map(String::as_str), 8);
        let [is, them, value] =
            if empty.names.len() == 1 { ["is", "it", "a value"] } else { ["are", "them", "values"] };
        let message = if empty.asks {
            format!("{names} {is} empty, and {} needs {them}: give {them} {value}.", empty.title)
        } else {
            format!("{names} {is} empty, and {} declares {them} as required: give {them} {value}, unless that is meant.", empty.title)
        };
        // Most actions take that as missing, but not all.
        let severity = if empty.asks { Severity::Warning } else { Severity::Hint };
        let first = empty.ranges.first().copied();
        out.extend(first.map(|range| RULE.at(range, message).with_severity(severity)));
    }
    for step in cx.steps() {
        let StepKind::Uses(uses) = &step.kind else { continue };
        let Some(interface) = cx.interface(&uses.value, uses.range) else { continue };
        let missing: Vec<&str> = interface
            .inputs
            .iter()
            .filter(|input| {
                input.needed
                    && !step.with.iter().any(|(name, _)| name.value.eq_ignore_ascii_case(&input.name))
                    // One whose value is of a wrong kind is there as well.
                    && !cx.has_key(&step.path.child("with"), &input.name)
                    && !cx.may_hold(step.range, &["with", &input.name])
            })
            .map(|input| input.name.as_str())
            .collect();
        if missing.is_empty() {
            continue;
        }
        let computed = cx
            .tree
            .at(&step.path.child("with"))
            .is_some_and(|with| with.as_str().is_some_and(|text| !text.is_empty()));
        if computed || step.with.iter().any(|(name, _)| name.value == "<<" || name.value.contains("${{")) {
            continue;
        }
        let message = format!(
            "{} needs {}; give it under `with`.",
            capital(&interface.title),
            list(missing.iter().copied(), 8)
        );
        let with = step.path.child("with");
        let empty = Value::Str(String::new());
        // What has nearly the name of one that is missing is renamed, by its own fix.
        let unknown = step.with.iter().filter(|(name, _)| interface.input(&name.value).is_none());
        let slips: Vec<&str> =
            unknown.filter_map(|(name, _)| nearest(&name.value, missing.iter().copied())).collect();
        let missing: Vec<&str> = missing.into_iter().filter(|name| !slips.contains(name)).collect();
        let words = if missing.len() == 1 { "Add it under `with`" } else { "Add them under `with`" };
        let misspelt = cx.tree.at(&step.path).is_some_and(|step| {
            let mut names = step.resolve().entries().filter_map(|entry| entry.name());
            names.any(|name| name != "with" && nearest(name, ["with"]).is_some())
        });
        let fix = if missing.is_empty() || misspelt {
            None
        } else if step.with.is_empty() {
            let all = missing.iter().map(|name| ((*name).to_owned(), empty.clone())).collect();
            cx.set(words, &with, &Value::Map(all))
        } else {
            let fixes =
                missing.iter().map(|name| cx.set(words, &with.child(*name), &empty));
            fixes.collect::<Option<Vec<Fix>>>().and_then(joined)
        };
        // Only what asks for it fails: GitHub itself starts the action without it.
        let severity = if interface.asks { RULE.severity } else { Severity::Warning };
        out.push(RULE.at(uses.range, message).with_severity(severity).with_fix(fix));
    }
}

/// The inputs that a step gives without a value, though the action needs one.
pub(super) struct StillEmpty {
    title: String,
    asks: bool,
    names: Vec<String>,
    /// Of the values, or of the keys where there is none.
    pub(super) ranges: Vec<TextRange>,
}

/// The steps that give inputs without a value, though the action needs one.
pub(super) fn still_empty(cx: &Cx<'_>) -> Vec<StillEmpty> {
    let mut found = Vec::new();
    for step in cx.steps() {
        let StepKind::Uses(uses) = &step.kind else { continue };
        let Some(with) = cx.tree.at(&step.path.child("with")) else { continue };
        let is_empty = |value: Node<'_>| value.is_null() || value.is("");
        let empty = with.resolve().entries().filter(|entry| is_empty(entry.value)).filter_map(|entry| {
            let range = if entry.value.range().is_empty() { entry.key.range() } else { entry.value.range() };
            Some((entry.name()?.to_owned(), range))
        });
        let empty: Vec<(String, TextRange)> = empty.filter(|(_, range)| !cx.is_torn(*range)).collect();
        let Some(interface) = (!empty.is_empty()).then(|| cx.interface(&uses.value, uses.range)).flatten() else {
            continue;
        };
        let needed = |name: &str| interface.input(name).is_some_and(|input| input.needed);
        let (names, ranges): (Vec<String>, Vec<TextRange>) =
            empty.into_iter().filter(|(name, _)| needed(name)).unzip();
        if !names.is_empty() {
            found.push(StillEmpty { title: interface.title.clone(), asks: interface.asks, names, ranges });
        }
    }
    found
}

/// All changes at once.
fn joined(fixes: Vec<Fix>) -> Option<Fix> {
    let changes = fixes.iter().flat_map(|fix| fix.edit.changes().iter().cloned()).collect();
    let edit = TextEdit::new(changes)?;
    fixes.into_iter().next().map(|first| Fix { edit, ..first })
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn what_has_nearly_its_name_is_renamed_and_not_given_twice() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/github-script@v8
              ^^^^^^^^^^^^^^^^^^^^^^^^ missing-input: needs `script`
        with:
          scripts: console.log(1)
          ^^^^^^^ unknown-input: did you mean `script`?
",
        );
    }

    #[test]
    fn what_is_needed_and_still_empty_is_told() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/cache@v5
        with:
          path: ''
                ^^ missing-input: `path`, `key` are empty, and `actions/cache@v5` needs them
          key:
      - uses: actions/cache@v5
        with:
          path: ${{ env.CACHE }}
          key: a
          restore-keys: ''
      - uses: actions/cache@v5
        with:
          path: a
          key:
          ^^^ missing-input: `key` is empty, and `actions/cache@v5` needs it
",
        );
    }

    #[test]
    fn a_value_of_a_wrong_kind_is_not_missing() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: ./tools
        with:
          level: [low]
                 ^^^^^ wrong-type: must be text
#: tools/action.yml
name: Tools
description: Does it
inputs:
  level:
    description: How much
    required: true
runs:
  using: composite
  steps:
    - run: make ${{ inputs.level }}
      shell: bash
",
        );
    }
}
