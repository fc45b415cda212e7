use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "matrix-duplicate",
    severity: Severity::Warning,
    kind: "jobs",
    title: "The same value twice in a matrix",
    docs: "A value that stands twice in a dimension of the matrix makes the job run twice for the same combination.",
    bad: "on: push\njobs:\n  build:\n    strategy:\n      matrix:\n        node: [20, 22, 20]\n    runs-on: ubuntu-latest\n    steps:\n      - run: node ${{ matrix.node }}\n",
    good: "on: push\njobs:\n  build:\n    strategy:\n      matrix:\n        node: [20, 22]\n    runs-on: ubuntu-latest\n    steps:\n      - run: node ${{ matrix.node }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for (job, matrix) in cx.workflow.jobs.iter().filter_map(|job| Some((job, job.matrix.as_ref()?))) {
        for row in &matrix.rows {
            let values = row.values.as_deref().unwrap_or_default();
            for (index, value) in values.iter().enumerate().take(512) {
                if values[..index].iter().any(|other| other.value == value.value) {
                    let label = cx.tree.slice(value.range).lines().next().unwrap_or_default();
                    let message = format!(
                        "`{label}` is already in `{}`, so the job would run twice for it.",
                        row.name.value
                    );
                    let row = job.path.child("strategy").child("matrix").child(row.name.value.as_str());
                    let fix = cx.remove("Remove it", &row.child(index), true);
                    out.push(RULE.at(value.range, message).with_fix(fix));
                }
            }
        }
    }
}
