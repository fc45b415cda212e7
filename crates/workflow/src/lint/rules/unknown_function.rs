use crate::expr::Code;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unknown-function",
    severity: Severity::Error,
    kind: "expressions",
    title: "Function that does not exist",
    docs: "GitHub refuses an expression that calls a function it does not know. The message names the nearest one.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ startWith(github.ref_name, 'v') }}\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ startsWith(github.ref_name, 'v') }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    scope::report(cx, &RULE, |code| matches!(code, Code::UnknownFunction), out);
}
