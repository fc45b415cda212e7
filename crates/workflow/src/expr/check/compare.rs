//! Comparisons. GitHub brings the kinds together, so only what can never be true is worth a word.

use stepladder_yaml::Change;

use super::super::ast::{Compare, Expr, ExprKind};
use super::super::number;
use super::super::paths::path;
use super::super::types::{Type, noun};
use super::super::value::Kind;
use super::{Checker, Code};

type Side<'a> = (&'a Expr, &'a Type);

impl Checker<'_> {
    pub(super) fn compare(&mut self, part: &Expr, op: Compare, left: Side<'_>, right: Side<'_>) {
        if op.is_order() {
            return self.order(part, op, left, right);
        }
        let outcome = if op == Compare::Equal { "never true" } else { "always true" };
        for ((one, ty), (other, other_ty)) in [(left, right), (right, left)] {
            let (Some(kind), Some(other_kind)) = (ty.kind(), other_ty.kind()) else { continue };
            if ty.is_collection() && may_be_absent(one, ty) {
                continue;
            }
            if ty.is_collection() && !matches!(other_kind, Kind::Null | Kind::Array | Kind::Object) {
                let message = format!(
                    "`{one}` is {} and `{other}` is {}, so this is {outcome}: compare a value in it, or `toJSON({one})`.",
                    noun(kind),
                    noun(other_kind)
                );
                return self.error(part.range, Code::ComparisonType, message);
            }
            if let ExprKind::String(text) = &other.kind
                && self.never_says(part, one, kind, other, text, outcome)
            {
                return;
            }
        }
        if left.1.is_collection() && right.1.is_collection() && left.0.to_string() != right.0.to_string() {
            let message = format!(
                "Two arrays or objects are equal only when they are one and the same, so this is {outcome}: compare `toJSON({})` with `toJSON({})`.",
                left.0, right.0
            );
            self.error(part.range, Code::ComparisonType, message);
        }
    }

    /// A value compared with a text that it cannot be; whether it was told.
    fn never_says(
        &mut self,
        part: &Expr,
        one: &Expr,
        kind: Kind,
        literal: &Expr,
        text: &str,
        outcome: &str,
    ) -> bool {
        let replace = |insert: String| Some(Change { range: literal.range, insert });
        match kind {
            Kind::Boolean | Kind::Number if number::parse(text).is_nan() => {
                let lower = text.trim().to_ascii_lowercase();
                let (advice, fix) = if kind == Kind::Boolean && (lower == "true" || lower == "false") {
                    (format!("write `{lower}` without quotes"), replace(lower))
                } else {
                    (format!("compare it with {}", noun(kind)), None)
                };
                let message = format!(
                    "`{one}` is {} and never equals a text, so this is {outcome}: {advice}.",
                    noun(kind)
                );
                self.error_with(part.range, Code::ComparisonNeverTrue, message, fix);
                true
            }
            Kind::String => self.never_equals(part, one, literal, text, outcome),
            _ => false,
        }
    }

    fn order(&mut self, part: &Expr, op: Compare, left: Side<'_>, right: Side<'_>) {
        for (one, ty) in [left, right] {
            let Some(kind) = ty.kind() else { continue };
            if !matches!(kind, Kind::Number | Kind::String) && !may_be_absent(one, ty) {
                let message = format!(
                    "`{one}` is {}, and `{}` has a meaning only for numbers and strings: compare with `==` or `!=`.",
                    noun(kind),
                    op.symbol()
                );
                return self.error(part.range, Code::ComparisonType, message);
            }
        }
    }
}

/// Whether a value is a part of the event, where another event may have none. What `.*` gives is a list in any case.
pub(super) fn may_be_absent(part: &Expr, ty: &Type) -> bool {
    !matches!(ty, Type::Filtered(_))
        && path(part).is_some_and(|path| path.steps.len() > 1 && path.starts_with(&["github", "event"]))
}
