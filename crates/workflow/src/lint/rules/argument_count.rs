use crate::expr::Code;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "argument-count",
    severity: Severity::Error,
    kind: "expressions",
    title: "Too few or too many arguments",
    docs: "Each function takes a certain number of arguments, and GitHub refuses a call with more or fewer. `case()` takes pairs of a condition and a value, and one more value for everything else.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ startsWith(github.ref_name) }}\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ startsWith(github.ref_name, 'v') }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    scope::report(cx, &RULE, |code| matches!(code, Code::ArgumentCount | Code::CaseEven), out);
}
