use crate::expr::Code;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "invalid-format",
    severity: Severity::Error,
    kind: "expressions",
    title: "Pattern of `format()` that fails",
    docs: "`format()` puts its arguments into the places `{0}`, `{1}` and so on of its pattern. It fails when a place has no argument or a brace stands alone; write `{{` and `}}` for braces that are meant.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ format('{0} {1}', github.ref) }}\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ format('{0} {1}', github.ref, github.sha) }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    scope::report(cx, &RULE, |code| matches!(code, Code::FormatMissingArgument | Code::FormatInvalid), out);
}
