use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "syntax-error",
    severity: Severity::Error,
    kind: "structure",
    title: "The text is not YAML",
    docs: "The file cannot be read as YAML, so GitHub refuses it. Usual reasons are a line with the wrong indentation, \
           a tab, a missing quote or bracket, or a `:` or `#` inside of a text without quotes. The rest of the file is \
           checked all the same.",
    bad: "on: push\njobs:\n  build:\n    runs-on: [ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: [ubuntu-latest]\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    out.extend(cx.tree.problems().iter().map(|problem| RULE.at(problem.range, problem.message.clone())));
}
