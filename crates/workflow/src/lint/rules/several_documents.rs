use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "several-documents",
    severity: Severity::Error,
    kind: "structure",
    title: "More than one YAML document",
    docs: "A file holds one workflow. A line `---` in the middle begins a second YAML document, which GitHub does not \
           accept. Put each workflow into a file of its own.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n---\non: push\n",
    good: "---\non: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    if let Some(second) = cx.tree.documents().get(1) {
        let second = cx.tree.node(*second);
        out.push(RULE.at(
            second.range(),
            "A second YAML document begins here, but a file holds one workflow; move it to a file of its own.",
        ));
    }
}
