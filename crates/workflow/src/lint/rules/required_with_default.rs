use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "required-with-default",
    severity: Severity::Warning,
    kind: "triggers",
    title: "Required input with a default",
    docs: "A caller must give a required input of a reusable workflow, so its default is never used. Either it is not \
           required, or the default has no meaning.",
    bad: "on:\n  workflow_call:\n    inputs:\n      level:\n        type: string\n        required: true\n        default: low\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ inputs.level }}\n",
    good: "on:\n  workflow_call:\n    inputs:\n      level:\n        type: string\n        default: low\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ inputs.level }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let Some(trigger) = cx.workflow.trigger("workflow_call") else { return };
    for input in trigger.inputs.iter().filter(|input| input.required == Some(true)) {
        if let Some(default) = &input.default {
            let message = format!(
                "`{}` is required, so its default is never used; remove `required` or `default`.",
                input.name.value
            );
            let fix = cx.remove("Remove the default", &input.path.child("default"), false);
            out.push(RULE.at(default.range, message).with_fix(fix));
        }
    }
}
