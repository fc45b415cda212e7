use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-id",
    severity: Severity::Error,
    kind: "jobs",
    title: "Two steps of a job with the same id",
    docs: "Later steps read a step's results by its id, so an id may stand once in a job; case does not count. GitHub \
           refuses the file otherwise.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - id: make\n        run: make\n      - id: Make\n        run: make install\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - id: make\n        run: make\n      - id: install\n        run: make install\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for (_, steps) in cx.step_lists() {
        let mut seen = BTreeMap::new();
        for id in steps.iter().filter_map(|step| step.id.as_ref()) {
            let first = match seen.entry(id.value.to_lowercase()) {
                Entry::Vacant(free) => {
                    free.insert(id.range);
                    continue;
                }
                Entry::Occupied(taken) => *taken.get(),
            };
            let message = if first == id.range {
                format!(
                    "An alias repeats this step in the same job, and with it the id `{}`; write the other step out, with an id of its own.",
                    id.value
                )
            } else {
                let line = cx.tree.line_col(first.start).line;
                format!(
                    "The step in line {line} already has the id `{}` (case does not count); give this one another.",
                    id.value
                )
            };
            out.push(RULE.at(id.range, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_repeated_step_repeats_its_id() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - &make
        id: make
            ^^^^ duplicate-id: An alias repeats this step
        run: make
      - *make
  other:
    runs-on: ubuntu-latest
    steps:
      - *make
",
        );
    }
}
