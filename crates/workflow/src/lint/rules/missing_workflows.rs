use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "missing-workflows",
    severity: Severity::Error,
    kind: "triggers",
    title: "`workflow_run` without `workflows`",
    docs: "`workflow_run` starts after other workflows, and `workflows` says which: their names, as under `name:` in their \
           files. Without it nothing ever starts this one.",
    bad: "on:\n  workflow_run:\n    types: [completed]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on:\n  workflow_run:\n    workflows: [CI]\n    types: [completed]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let Some(trigger) = cx.workflow.trigger("workflow_run") else { return };
    if !trigger.filters.iter().any(|filter| filter.key.value == "workflows") {
        out.push(RULE.at(
            trigger.event.range,
            "`workflow_run` needs `workflows`, the names of the workflows to wait for; without it nothing starts this one.",
        ));
    }
}
