use std::collections::BTreeSet;

use crate::expr;
use crate::lint::{Cx, Rule};
use crate::model::{Input, StepKind};
use crate::{FileKind, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unused-input",
    severity: Severity::Hint,
    kind: "data-flow",
    title: "Input that nothing reads",
    docs: "The workflow or the composite action declares this input, but no expression reads it, so what people give has no effect. \
           Read it as `inputs.<id>`, or remove it.",
    bad: "on:\n  workflow_dispatch:\n    inputs:\n      level:\n        type: string\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on:\n  workflow_dispatch:\n    inputs:\n      level:\n        type: string\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ inputs.level }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let composite =
        cx.action.using.as_ref().is_some_and(|using| using.value.eq_ignore_ascii_case("composite"));
    let declared: Vec<&Input> = match cx.kind {
        FileKind::Action if composite => cx.action.inputs.iter().collect(),
        FileKind::Action => return,
        FileKind::Workflow => cx.workflow.triggers.iter().flat_map(|trigger| &trigger.inputs).collect(),
    };
    if declared.is_empty() || reads_elsewhere(cx) || cx.is_torn_word("inputs") {
        return;
    }
    let mut read: BTreeSet<String> = BTreeSet::new();
    for ast in cx.exprs.iter().filter_map(|at| at.parsed.ast.as_ref()) {
        for used in expr::used(ast) {
            let names = used.names();
            let inner = match names[..] {
                [root, ..] if root.eq_ignore_ascii_case("inputs") => &names[1..],
                [root, event, inputs, ..] if used.starts_with(&["github", "event", "inputs"]) => {
                    let _ = (root, event, inputs);
                    &names[3..]
                }
                // The whole event, or all of `github`.
                [root] | [root, _]
                    if root.eq_ignore_ascii_case("github")
                        && names.get(1).is_none_or(|n| n.eq_ignore_ascii_case("event")) =>
                {
                    return;
                }
                _ => continue,
            };
            match inner.first() {
                Some(name) => {
                    read.insert(name.to_lowercase());
                }
                // All of them, or one that is computed.
                None => return,
            }
        }
    }
    for input in declared {
        if !read.contains(&input.name.value.to_lowercase()) && !cx.may_name(&input.name.value) {
            out.push(RULE.at(input.name.range, format!("Nothing reads the input `{}`.", input.name.value)));
        }
    }
}

/// Whether some script can see the inputs without an expression.
fn reads_elsewhere(cx: &Cx<'_>) -> bool {
    cx.steps().any(|step| match &step.kind {
        StepKind::Run { script, .. } => {
            script.value.contains("GITHUB_EVENT_PATH") || script.value.contains("INPUT_")
        }
        StepKind::Uses(_) => step
            .with
            .iter()
            .any(|(_, value)| value.value.contains("payload") || value.value.contains("INPUT_")),
        _ => false,
    })
}
