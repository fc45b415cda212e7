use crate::expr;
use crate::lint::suggest::nearest;
use crate::lint::{Cx, Rule};
use crate::model::{Step, StepKind, Written, written};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unwritten-output",
    severity: Severity::Warning,
    kind: "data-flow",
    title: "Output that the step's script does not write",
    docs: "The script of the step writes outputs to `$GITHUB_OUTPUT`, but none of this name, so the value is always empty. Case \
           counts for nothing in names of outputs, but every letter does.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - id: v\n        run: echo \"version=1\" >> \"$GITHUB_OUTPUT\"\n      - run: make ${{ steps.v.outputs.versoin }}\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - id: v\n        run: echo \"version=1\" >> \"$GITHUB_OUTPUT\"\n      - run: make ${{ steps.v.outputs.version }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let mut last: Option<(*const Step, Written<'_>)> = None;
    for at in cx.exprs.iter().filter(|at| at.asks("steps")) {
        let Some(ast) = &at.parsed.ast else { continue };
        let owner = cx.owners().get(at.place).copied().unwrap_or_default();
        let steps: &[Step] = match owner.job.and_then(|job| cx.workflow.jobs.get(job)) {
            Some(job) => &job.steps,
            None => &cx.action.steps,
        };
        for used in expr::used(ast).into_iter().filter(|used| used.root.is("steps")) {
            let names = used.names();
            let [_, id, outputs, name] = names[..] else { continue };
            if !outputs.eq_ignore_ascii_case("outputs") {
                continue;
            }
            let step = steps
                .iter()
                .find(|step| step.id.as_ref().is_some_and(|own| own.value.eq_ignore_ascii_case(id)));
            let Some((step, StepKind::Run { script, .. })) = step.map(|step| (step, &step.kind)) else { continue };
            // Outputs of one step are mostly read side by side.
            if last.as_ref().is_none_or(|(of, _)| !std::ptr::eq(*of, step)) {
                last = Some((step, written(&script.value)));
            }
            let Some((_, Written { names: written, all: true })) = &last else { continue };
            if written.iter().any(|own| own.eq_ignore_ascii_case(name)) {
                continue;
            }
            // Another program may write outputs too: only a slip of a name that is written is certain.
            let Some(meant) = nearest(name, written.iter().copied()) else { continue };
            let range = match used.steps.get(2) {
                Some(expr::PathStep::Name { range, .. }) => *range,
                _ => used.range,
            };
            let message =
                format!("The step `{id}` does not write the output `{name}`; did you mean `{meant}`?");
            out.push(RULE.at(at.range(range), message));
        }
    }
}
