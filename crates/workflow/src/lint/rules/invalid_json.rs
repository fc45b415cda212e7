use crate::expr::Code;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "invalid-json",
    severity: Severity::Error,
    kind: "expressions",
    title: "Text for `fromJSON()` that is not JSON",
    docs: "`fromJSON()` fails when its text is not JSON: names and texts need double quotes, and there may be no comma before a closing bracket.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ fromJSON('[1, 2') }}\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ fromJSON('[1, 2]')[0] }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    scope::report(cx, &RULE, |code| matches!(code, Code::FromJsonInvalid), out);
}
