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
        let written = || {
            let node = cx.tree.at(&input.path)?.get("default")?;
            (node.is_null() && !node.range().is_empty()).then_some(node.range())
        };
        if let Some(range) = input.default.as_ref().map(|default| default.range).or_else(written) {
            let message = format!(
                "`{}` is required, so its default is never used; remove `required` or `default`.",
                input.name.value
            );
            let fix = cx.remove("Remove the default", &input.path.child("default"), false);
            out.push(RULE.at(range, message).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_default_of_nothing_is_one() {
        check(
            "on:
  workflow_call:
    inputs:
      level:
        type: string
        required: true
        default: null
                 ^^^^ required-with-default: its default is never used
                 ^^^^ empty-value: no effect
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ inputs.level }}
",
        );
    }
}
