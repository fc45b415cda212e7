use stepladder_yaml::TextEdit;

use crate::expr::{self, Code};
use crate::lint::{Cx, Rule, scope};
use crate::model::Job;
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

/// An expression with what it compares with and never finds replaced by what is meant, as far as that is known.
pub(super) fn mended(cx: &Cx<'_>, job: Option<&Job>, source: &str) -> Option<String> {
    let ast = expr::parse(source).ast?;
    let mut changes = forms::changes(cx, &ast);
    changes.extend(values::changes(cx, job, &ast));
    Some(TextEdit::new(changes)?.apply(source))
}
