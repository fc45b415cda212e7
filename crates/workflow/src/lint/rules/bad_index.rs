use crate::expr::Code;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "bad-index",
    severity: Severity::Warning,
    kind: "expressions",
    title: "Index that finds nothing",
    docs: "Lists are indexed by numbers, objects by texts; any other index finds nothing. `.*` takes all items of a list or all values of an object.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ github[0] }}\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ github['ref'] }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    scope::report(cx, &RULE, |code| matches!(code, Code::BadIndex | Code::BadFilter), out);
}
