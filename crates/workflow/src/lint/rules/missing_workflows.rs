use crate::lint::{Cx, Rule};
use crate::model::Filter;
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
    // A key without a value has a finding of its own.
    let named = |filter: &Filter| {
        filter.key.value == "workflows"
            && (!filter.patterns.is_empty() || cx.tree.at(&filter.path).is_some_and(|node| node.is_null()))
    };
    if !trigger.filters.iter().any(named) {
        out.push(RULE.at(
            trigger.event.range,
            "`workflow_run` needs `workflows`, the names of the workflows to wait for; without it nothing starts this one.",
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_list_of_none_names_none() {
        check(
            "on:
  workflow_run:
  ^^^^^^^^^^^^ missing-workflows: needs `workflows`
    workflows: []
               ^^ empty-value: `workflows` is empty
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }
}
