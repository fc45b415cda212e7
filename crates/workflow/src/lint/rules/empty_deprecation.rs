use crate::lint::{Cx, Rule};
use crate::{FileKind, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "empty-deprecation",
    severity: Severity::Warning,
    kind: "metadata",
    title: "Deprecation note that says nothing",
    docs: "`deprecationMessage` is shown to everyone who uses the input. An empty one marks the input as deprecated without \
           saying what to use instead.",
    bad: "#: action.yml\nname: Set up\ndescription: Sets up.\ninputs:\n  ver:\n    description: Version.\n    deprecationMessage: ''\nruns:\n  using: node24\n  main: main.js\n",
    good: "#: action.yml\nname: Set up\ndescription: Sets up.\ninputs:\n  ver:\n    description: Version.\n    deprecationMessage: Use version.\nruns:\n  using: node24\n  main: main.js\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    if cx.kind != FileKind::Action {
        return;
    }
    for input in cx.action.inputs.iter().take(500) {
        let Some(entry) = cx.tree.at(&input.path).and_then(|node| node.entry("deprecationMessage")) else {
            continue;
        };
        if entry.value.is_null() || entry.value.as_str().is_some_and(|text| text.trim().is_empty()) {
            let message = format!(
                "The deprecation note of `{}` says nothing; tell what to use instead.",
                input.name.value
            );
            out.push(RULE.at(entry.key.range(), message));
        }
    }
}
