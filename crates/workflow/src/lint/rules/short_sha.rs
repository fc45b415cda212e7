use crate::lint::{Cx, Rule};
use crate::model::{StepKind, Uses};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "short-sha",
    severity: Severity::Warning,
    kind: "actions",
    title: "Commit that is not written in full",
    docs: "GitHub does not take shortened commit ids in `uses`: it looks for a branch or tag of that name instead, and most \
           likely finds none. Write all 40 digits.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: octo-org/setup@a1b2c3d\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: octo-org/setup@a1b2c3d4e5f60718293a4b5c6d7e8f9012345678\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let steps = cx.steps().filter_map(|step| match &step.kind {
        StepKind::Uses(uses) => Some(uses),
        _ => None,
    });
    for uses in steps.chain(cx.workflow.jobs.iter().filter_map(|job| job.uses.as_ref())) {
        let Uses::Remote { git_ref, .. } = Uses::new(&uses.value) else { continue };
        let hex = git_ref.bytes().all(|b| b.is_ascii_hexdigit());
        if hex && matches!(git_ref.len(), 7 | 8) {
            let message = format!(
                "`{git_ref}` looks like a shortened commit, which GitHub does not take; write all 40 digits."
            );
            out.push(RULE.at(uses.range, message));
        }
    }
}
