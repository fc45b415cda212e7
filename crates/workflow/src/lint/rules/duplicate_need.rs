use std::collections::BTreeSet;

use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-need",
    severity: Severity::Warning,
    kind: "jobs",
    title: "The same job twice in `needs`",
    docs: "A job waits once for each job of `needs`; naming one twice (case does not count) has no effect, and most \
           likely another job was meant.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  test:\n    needs: [build, BUILD]\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  test:\n    needs: [build]\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for job in &cx.workflow.jobs {
        let mut seen = BTreeSet::new();
        for (index, need) in job.needs.iter().enumerate() {
            if !seen.insert(need.value.to_ascii_lowercase()) {
                let fix = cx.remove("Remove it from the list", &job.path.child("needs").child(index), true);
                let message = format!("`{}` is already in this list; name each job once.", need.value);
                out.push(RULE.at(need.range, message).with_fix(fix));
            }
        }
    }
}
