use crate::facts::limits::MATRIX_JOBS;
use crate::lint::{Cx, Rule};
use crate::model::Legs;
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "matrix-too-large",
    severity: Severity::Error,
    kind: "jobs",
    title: "Matrix with more than 256 combinations",
    docs: "A matrix makes at most 256 jobs in a run; GitHub refuses a larger one. Leave combinations out with `exclude`, or list the \
           wanted ones under `include` alone.",
    bad: "on: push\njobs:\n  build:\n    strategy:\n      matrix:\n        seed: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]\n        part: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ matrix.part }} ${{ matrix.seed }}\n",
    good: "on: push\njobs:\n  build:\n    strategy:\n      matrix:\n        node: [20, 22]\n    runs-on: ubuntu-latest\n    steps:\n      - run: node ${{ matrix.node }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for job in &cx.workflow.jobs {
        let Some(Legs::Known(legs)) = job.matrix.as_ref().map(crate::model::Matrix::legs) else { continue };
        if legs.len() > MATRIX_JOBS {
            let message =
                format!("This matrix makes {} jobs, and GitHub runs at most {MATRIX_JOBS}.", legs.len());
            out.push(RULE.at(job.id.range, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn counts_combinations() {
        let row = (0..17).map(|n| n.to_string()).collect::<Vec<_>>().join(", ");
        check(&format!(
            "on: push
jobs:
  build:
  ^^^^^ matrix-too-large: makes 289 jobs
    strategy:
      matrix:
        a: [{row}]
        b: [{row}]
    runs-on: ubuntu-latest
    steps:
      - run: make
"
        ));
    }
}
