use std::collections::BTreeSet;

use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-event",
    severity: Severity::Hint,
    kind: "triggers",
    title: "The same event twice",
    docs: "An event that stands twice in the list under `on` starts the workflow no more often than once.",
    bad: "on: [push, push]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: [push, pull_request]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for trigger in cx.workflow.triggers.iter().filter(|trigger| trigger.path.steps().len() > 1) {
        let listed = matches!(trigger.path.last(), Some(stepladder_yaml::Step::Index(_)));
        if !seen.insert(&trigger.event.value) && listed {
            let message = format!("`{}` is already in this list.", trigger.event.value);
            let fix = cx.remove("Remove it from the list", &trigger.path, true);
            out.push(RULE.at(trigger.event.range, message).with_fix(fix));
        }
    }
}
