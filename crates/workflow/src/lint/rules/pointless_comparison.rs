use crate::expr::Code;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

mod booleans;
mod forms;
mod values;

pub(super) use values::{printed, texts};

pub(super) static RULE: Rule = Rule {
    id: "pointless-comparison",
    severity: Severity::Warning,
    kind: "expressions",
    title: "Comparison that is always the same",
    docs: "Objects and lists are never equal to anything but themselves, values of different kinds have no order, and some values can never be what they are compared with. The comparison always gives the same result.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ github == 'x' }}\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ github.sha == 'x' }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    scope::report(cx, &RULE, |code| matches!(code, Code::ComparisonType | Code::ComparisonNeverTrue), out);
    values::check(cx, out);
    forms::check(cx, out);
    booleans::check(cx, out);
}
