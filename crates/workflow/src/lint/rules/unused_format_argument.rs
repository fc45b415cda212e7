use crate::expr::Code;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unused-format-argument",
    severity: Severity::Warning,
    kind: "expressions",
    title: "Argument of `format()` that its pattern does not use, or none at all",
    docs: "The pattern has no place for this argument, so it has no effect. Count from `{0}`. A `format()` without any value \
           changes nothing.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ format('{0}', github.ref, github.sha) }}\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ format('{0}', github.ref) }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    scope::report(cx, &RULE, |code| matches!(code, Code::FormatUnusedArgument), out);
}
