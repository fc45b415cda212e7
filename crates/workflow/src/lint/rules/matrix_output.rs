use crate::expr;
use crate::lint::{Cx, Rule};
use crate::model::{Job, Legs, Matrix, StepKind};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "matrix-output",
    severity: Severity::Hint,
    kind: "data-flow",
    title: "Output that each variant of a matrix overwrites",
    docs: "A job with a matrix runs several times, but has each output only once: the variant that ends last wins, which may be any. \
           Write the output in one variant only, or hand the values on as artifacts.",
    bad: "on: push\njobs:\n  build:\n    strategy:\n      matrix:\n        node: [20, 22]\n    runs-on: ubuntu-latest\n    outputs:\n      size: ${{ steps.s.outputs.size }}\n    steps:\n      - id: s\n        run: echo \"size=1\" >> \"$GITHUB_OUTPUT\"\n  test:\n    needs: build\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ needs.build.outputs.size }}\n",
    good: "on: push\njobs:\n  build:\n    strategy:\n      matrix:\n        node: [20, 22]\n    runs-on: ubuntu-latest\n    outputs:\n      size: ${{ steps.s.outputs.size }}\n    steps:\n      - id: s\n        if: matrix.node == 22\n        run: echo \"size=1\" >> \"$GITHUB_OUTPUT\"\n  test:\n    needs: build\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ needs.build.outputs.size }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for job in cx.workflow.jobs.iter().filter(|job| !job.outputs.is_empty()) {
        let several = match job.matrix.as_ref().map(Matrix::legs) {
            Some(Legs::Known(legs)) => legs.len() > 1,
            Some(Legs::Unknown(_)) | None => false,
        };
        if !several {
            continue;
        }
        for (name, value) in &job.outputs {
            if value.value.contains("steps.") && !chosen(job, &value.value) {
                let message = format!(
                    "Each variant of the matrix writes `{}`, and the one that ends last wins.",
                    name.value
                );
                out.push(RULE.at(name.range, message));
            }
        }
    }
}

/// Whether the value depends on the variant, or the step behind it runs in some variants only.
fn chosen(job: &Job, value: &str) -> bool {
    expr::expressions(value, false).into_iter().any(|inner| {
        let Some(ast) = value.get(inner.to_usize()).and_then(|source| expr::parse(source).ast) else { return true };
        expr::used(&ast).iter().any(|used| {
            if !used.root.is("steps") {
                return used.root.is("matrix");
            }
            let step = used.first().and_then(|(id, _)| job.step(id));
            step.is_none_or(|step| step.condition.is_some() || matches!(&step.kind, StepKind::Run { script, .. } if script.value.contains("matrix")))
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_step_that_is_called_after_the_matrix_does_not_read_it() {
        check(
            r#"on: push
jobs:
  build:
    strategy:
      matrix:
        node: [20, 22]
    runs-on: ubuntu-latest
    outputs:
      size: ${{ steps.the-matrix.outputs.size }}
      ^^^^ matrix-output: Each variant of the matrix writes `size`
      node: ${{ matrix.node == 22 && steps.the-matrix.outputs.size }}
    steps:
      - id: the-matrix
        run: echo "size=1" >> "$GITHUB_OUTPUT"
  test:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: echo ${{ needs.build.outputs.size }} ${{ needs.build.outputs.node }}
"#,
        );
    }
}
