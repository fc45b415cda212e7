use crate::lint::{Cx, Rule};
use crate::model::Data;
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
                if values[..index].iter().any(|other| equal(&other.value, &value.value)) {
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

/// Equal, in whatever order their keys stand.
fn equal(a: &Data, b: &Data) -> bool {
    match (a, b) {
        (Data::List(a), Data::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        (Data::Object(a), Data::Object(b)) => {
            let there = |key: &str, value: &Data| b.iter().any(|(other, right)| key == other && equal(value, right));
            a.len() == b.len() && a.iter().all(|(key, value)| there(key, value))
        }
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn it_is_taken_out_safely() {
        let with = |values: &str| {
            format!("on: push\njobs:\n  build:\n    strategy:\n      matrix:\n        node: {values} # all\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{{{ matrix.node }}}}\n")
        };
        crate::lint::testing::check_fix("matrix-duplicate", &with("[22, 24, 22]"), &with("[22, 24]"));
        let a = crate::lint::testing::analyse(&with("[22, 24, 22]"), &crate::lint::testing::env());
        assert!(a.findings().iter().all(|finding| finding.fix.as_ref().is_some_and(crate::Fix::is_safe)));
    }

    #[test]
    fn the_order_of_keys_says_nothing() {
        check(
            "on: push
jobs:
  build:
    strategy:
      matrix:
        leg:
          - {os: a, node: [1]}
          - {node: [1], os: a}
            ^^^^^^^^^^^^^^^^^^ matrix-duplicate: is already in `leg`
          - {node: [2], os: a}
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ matrix.leg.os }}
",
        );
    }
}
