use stepladder_yaml::Kind;

use super::missing_key::is_misspelt;
use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "missing-steps",
    severity: Severity::Warning,
    kind: "jobs",
    title: "Job without steps",
    docs: "A job that calls no reusable workflow does its work in `steps`. Without them it starts a machine for nothing.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let mut misspelt = None;
    for (at, place) in cx.places().iter().enumerate() {
        if place.map.is_none_or(|map| map.name != "jobs.<job_id>{normal}") {
            continue;
        }
        let (Some(key), Some(id), node) = (place.key, place.name(), place.node.resolve()) else { continue };
        if node.is_empty() {
            continue;
        }
        // What stands there instead of a list has a finding of its own, but there are no steps either.
        let none = node.get("steps").is_none_or(|steps| {
            let steps = steps.resolve();
            steps.kind() != Kind::Sequence || steps.is_empty()
        });
        if none && !cx.may_hold(place.node.entry_range(), &["steps"]) && !cx.is_torn_at(&cx.tags.path(at).child("steps")) && !is_misspelt(cx, &mut misspelt, node, &["steps"]) {
            let message = format!("The job `{id}` has no `steps`, so it does nothing.");
            out.push(RULE.at(key.range(), message).about(cx.tags.path(at).child("steps")));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_misspelt_key_is_told_as_that() {
        check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    Steps:
    ^^^^^ key-case: steps
      - run: make
  b:
    runs-on: ubuntu-latest
    step:
    ^^^^ unknown-key: did you mean `steps`
      - run: make
",
        );
    }

    #[test]
    fn a_list_that_is_none_has_no_steps() {
        check(
            "on: push
jobs:
  empty:
  ^^^^^ missing-steps: `empty` has no `steps`
    runs-on: ubuntu-latest
    steps: []
           ^^ empty-value: `steps` is empty
  text:
  ^^^^ missing-steps: `text` has no `steps`
    runs-on: ubuntu-latest
    steps: make
           ^^^^ wrong-type: `steps` must be
",
        );
    }
}
