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
        let mut seen = std::collections::BTreeMap::new();
        for id in steps.iter().filter_map(|step| step.id.as_ref()) {
            let first = *seen.entry(id.value.to_lowercase()).or_insert(id.range);
            if first != id.range {
                let line = cx.tree.line_col(first.start).line;
                let message = format!(
                    "The step in line {line} already has the id `{}` (case does not count); give this one another.",
                    id.value
                );
                out.push(RULE.at(id.range, message));
            }
        }
    }
}
