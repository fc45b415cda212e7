use crate::facts::limits::DISPATCH_INPUTS;
use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "too-many-inputs",
    severity: Severity::Error,
    kind: "triggers",
    title: "More than 25 inputs of `workflow_dispatch`",
    docs: "A workflow that is started by hand has at most 25 inputs. Take several together in one, for example as JSON \
           that the workflow reads with `fromJSON(…)`.",
    bad: "on:\n  workflow_dispatch:\n    inputs:\n      part-1: {type: boolean}\n      part-2: {type: boolean}\n      part-3: {type: boolean}\n      part-4: {type: boolean}\n      part-5: {type: boolean}\n      part-6: {type: boolean}\n      part-7: {type: boolean}\n      part-8: {type: boolean}\n      part-9: {type: boolean}\n      part-10: {type: boolean}\n      part-11: {type: boolean}\n      part-12: {type: boolean}\n      part-13: {type: boolean}\n      part-14: {type: boolean}\n      part-15: {type: boolean}\n      part-16: {type: boolean}\n      part-17: {type: boolean}\n      part-18: {type: boolean}\n      part-19: {type: boolean}\n      part-20: {type: boolean}\n      part-21: {type: boolean}\n      part-22: {type: boolean}\n      part-23: {type: boolean}\n      part-24: {type: boolean}\n      part-25: {type: boolean}\n      part-26: {type: boolean}\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        env:\n          PARTS: ${{ toJSON(inputs) }}\n",
    good: "on:\n  workflow_dispatch:\n    inputs:\n      a:\n        type: string\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ inputs.a }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let Some(trigger) = cx.workflow.trigger("workflow_dispatch") else { return };
    let count = trigger.inputs.len();
    if count > DISPATCH_INPUTS {
        let message =
            format!("There are {count} inputs, and `workflow_dispatch` takes at most {DISPATCH_INPUTS}.");
        out.push(RULE.at(trigger.event.range, message));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn counts() {
        let inputs = |count: usize| {
            (0..count).map(|n| format!("      i{n}:\n        type: string\n")).collect::<String>()
        };
        let rest = "jobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo '${{ toJSON(inputs) }}'\n";
        check(&format!("on:\n  workflow_dispatch:\n    inputs:\n{}{rest}", inputs(25)));
        check(&format!(
            "on:\n  workflow_dispatch:\n  ^^^^^^^^^^^^^^^^^ too-many-inputs: There are 26 inputs\n    inputs:\n{}{rest}",
            inputs(26)
        ));
    }
}
