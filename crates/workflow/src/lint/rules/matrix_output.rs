use crate::expr;
use crate::lint::interface::CallPart;
use crate::lint::suggest::list;
use crate::lint::{Cx, Rule};
use crate::model::{Job, Legs, Matrix, Step, StepKind, written};
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
    called(cx, out);
    for job in cx.workflow.jobs.iter().filter(|job| !job.outputs.is_empty()) {
        let several = match job.matrix.as_ref().map(Matrix::legs) {
            Some(Legs::Known(legs)) => legs.len() > 1,
            Some(Legs::Unknown(_)) | None => false,
        };
        if !several {
            continue;
        }
        for (name, value) in &job.outputs {
            if is_written(&value.value) && !chosen(job, &value.value) {
                let message = format!(
                    "Each variant of the matrix writes `{}`, and the one that ends last wins.",
                    name.value
                );
                out.push(RULE.at(name.range, message));
            }
        }
    }
}

/// A called workflow sets all its outputs for each variant.
fn called(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for job in &cx.workflow.jobs {
        let several =
            matches!(job.matrix.as_ref().map(Matrix::legs), Some(Legs::Known(legs)) if legs.len() > 1);
        let Some(uses) = job.uses.as_ref().filter(|_| several) else { continue };
        let Some(callee) = cx.callee(&uses.value).filter(|callee| callee.tells(CallPart::Outputs)) else { continue };
        let outputs = callee.workflow.trigger("workflow_call").map(|trigger| trigger.outputs.as_slice());
        let read = |name: &str| {
            let is = |used: &expr::Used<'_>| {
                let names = used.names();
                used.root.is("needs")
                    && matches!(names[..], [_, id, outputs, own] if id.eq_ignore_ascii_case(&job.id.value)
                        && outputs.eq_ignore_ascii_case("outputs") && own.eq_ignore_ascii_case(name))
            };
            cx.exprs.iter().filter_map(|at| at.parsed.ast.as_ref()).any(|ast| expr::used(ast).iter().any(is))
        };
        let names: Vec<&str> = outputs.unwrap_or_default().iter().map(|(name, _)| name.value.as_str()).collect();
        let names: Vec<&str> = names.into_iter().filter(|name| read(name)).collect();
        if !names.is_empty() {
            let message = format!(
                "Each variant of the matrix sets the output {} of this call, and the one that ends last wins.",
                list(names, 8)
            );
            out.push(RULE.at(uses.range, message));
        }
    }
}

/// Whether it comes from a step or from the variant itself.
fn is_written(value: &str) -> bool {
    value.contains("steps.") || value.contains("matrix.")
}

/// Whether one variant is asked for, by the value itself or by the step behind it.
fn chosen(job: &Job, value: &str) -> bool {
    expr::expressions(value, false).into_iter().any(|inner| {
        let Some(source) = value.get(inner.to_usize()) else { return true };
        let Some(ast) = expr::parse(source).ast else { return true };
        let asks = ["&&", "||", "case("].iter().any(|sign| source.contains(sign));
        expr::used(&ast).iter().any(|used| {
            if !used.root.is("steps") {
                return asks && used.root.is("matrix");
            }
            let step = used.first().and_then(|(id, _)| job.step(id));
            step.is_none_or(|step| step.condition.is_some() || chooses(step))
        })
    })
}

/// Whether the script asks which variant it is, or gives the outputs names that depend on it.
fn chooses(step: &Step) -> bool {
    let StepKind::Run { script, .. } = &step.kind else { return false };
    let script = &script.value;
    let reads = script.contains("matrix") || step.env.iter().any(|(_, value)| value.value.contains("matrix"));
    let asks = ["if ", "case ", "[ ", "[[", "&&", "||", "test "].iter().any(|sign| script.contains(sign));
    let computed = || {
        let written = written(script);
        !written.all || (written.names.is_empty() && script.contains("matrix"))
    };
    reads && (asks || computed())
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
      last: ${{ matrix.node }}
      ^^^^ matrix-output: Each variant of the matrix writes `last`
      told: ${{ steps.told.outputs.node }}
      ^^^^ matrix-output: Each variant of the matrix writes `told`
      of-20: ${{ steps.named.outputs.size-20 }}
      one: ${{ steps.one.outputs.node }}
    steps:
      - id: the-matrix
        run: echo "size=1" >> "$GITHUB_OUTPUT"
      - id: told
        run: echo "node=${{ matrix.node }}" >> "$GITHUB_OUTPUT"
      - id: named
        run: echo "size-${{ matrix.node }}=1" >> "$GITHUB_OUTPUT"
      - id: one
        env:
          NODE: ${{ matrix.node }}
        run: if [ "$NODE" = 22 ]; then echo "node=$NODE" >> "$GITHUB_OUTPUT"; fi
  test:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: echo ${{ needs.build.outputs.size }} ${{ needs.build.outputs.node }}
      - run: echo ${{ needs.build.outputs.last }} ${{ needs.build.outputs.told }}
      - run: echo ${{ needs.build.outputs.of-20 }} ${{ needs.build.outputs.one }}
"#,
        );
    }

    #[test]
    fn a_call_sets_its_outputs_for_each_variant() {
        check(
            "on: push
jobs:
  build:
    strategy:
      matrix:
        target: [a, b]
    uses: ./.github/workflows/image.yml
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ matrix-output: sets the output `image` of this call
    with:
      target: ${{ matrix.target }}
  deploy:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ needs.build.outputs.image }}
#: .github/workflows/image.yml
on:
  workflow_call:
    inputs:
      target: {type: string}
    outputs:
      image: {value: '${{ jobs.a.outputs.image }}'}
      other: {value: '${{ jobs.a.outputs.image }}'}
jobs:
  a:
    runs-on: ubuntu-latest
    outputs:
      image: ${{ steps.i.outputs.image }}
    steps:
      - id: i
        run: echo \"image=${{ inputs.target }}\" >> $GITHUB_OUTPUT
",
        );
    }
}
