//! Words that a value never is, where the table of contexts has all that it can be.

use stepladder_yaml::Change;

use super::super::ast::{Expr, ExprKind};
use super::super::contexts::{Property, describe};
use super::super::json::from_json;
use super::super::paths::{PathStep, path};
use super::super::types::Type;
use super::super::value::{Value, equal_text, fold_case};
use super::{Checker, Code};

impl Checker<'_> {
    /// A value compared with a text that it cannot be; whether it was told.
    pub(super) fn never_equals(
        &mut self,
        part: &Expr,
        one: &Expr,
        literal: &Expr,
        text: &str,
        outcome: &str,
    ) -> bool {
        let Some(property) = property(one).filter(|property| !text.is_empty() && !property.can_be(text))
        else {
            return false;
        };
        let message =
            format!("`{one}` is never '{text}', so this is {outcome}: it can be {}.", property.all());
        self.error_with(part.range, Code::ComparisonNeverTrue, message, instead(property, literal, text));
        true
    }

    /// The functions that look for a text in another, or in a list.
    pub(super) fn never_found(&mut self, part: &Expr, function: &str, one: &Expr, other: &Expr, ty: &Type) {
        if function == "contains" && self.never_among(one, other) {
            return;
        }
        let ExprKind::String(text) = &other.kind else { return };
        let (list, joined) = match joined(one).filter(|_| function == "contains") {
            Some(list) => (list, true),
            None => (one, false),
        };
        let Some(property) = property(list).filter(|_| !text.is_empty()) else { return };
        let word = fold_case(text);
        let is_list = matches!(ty, Type::Array(_) | Type::Filtered(_));
        let fits = |value: &&str| {
            let value = fold_case(value);
            match function {
                "startsWith" => value.starts_with(&word),
                "endsWith" => value.ends_with(&word),
                _ if is_list => value == word,
                _ => value.contains(&word),
            }
        };
        // A part of several texts may reach from one to the next.
        let single = !joined || text.bytes().all(|byte| byte.is_ascii_alphabetic());
        if property.values.iter().any(fits) || !single {
            return;
        }
        let what = match function {
            "startsWith" => format!("`{one}` never starts with '{text}'"),
            "endsWith" => format!("`{one}` never ends with '{text}'"),
            _ if is_list || joined => format!("None of `{list}` is ever '{text}'"),
            _ => format!("`{one}` never contains '{text}'"),
        };
        let message = format!("{what}, so this is never true: it can be {}.", property.all());
        self.error_with(part.range, Code::ComparisonNeverTrue, message, instead(property, other, text));
    }

    /// Words in a list that is written out which the value that is looked for never is; whether it was such a list.
    fn never_among(&mut self, list: &Expr, item: &Expr) -> bool {
        let Some(property) = property(item) else { return false };
        let ExprKind::Call { function, args } = &list.kind else { return false };
        let Some(ExprKind::String(json)) = args.first().map(|arg| &arg.kind) else { return false };
        if !function.text.eq_ignore_ascii_case("fromJSON") {
            return false;
        }
        let Ok(Value::Array(words)) = from_json(json) else { return false };
        for word in words.items() {
            let Value::String(word) = word else { continue };
            if word.is_empty() || property.can_be(word) {
                continue;
            }
            let message = format!(
                "`{item}` is never '{word}', so that does nothing in this list: it can be {}.",
                property.all()
            );
            let quoted = |word: &str| format!("\"{word}\"");
            let meant = property.meant(word).filter(|meant| {
                let is_new = !words.items().iter().any(|known| known.equals(&(*meant).into()) == Some(true));
                is_new && json.matches(&quoted(word)).count() == 1 && !json.contains('\'')
            });
            let fix = meant.map(|meant| Change {
                range: args[0].range,
                insert: format!("'{}'", json.replace(&quoted(word), &quoted(meant))),
            });
            self.error_with(list.range, Code::ComparisonNeverTrue, message, fix);
        }
        true
    }
}

impl Property {
    /// Whether nothing is known against it being that text.
    fn can_be(&self, text: &str) -> bool {
        self.values.is_empty() || self.values.iter().any(|value| equal_text(value, text))
    }

    /// For a person: all that it can be.
    fn all(&self) -> String {
        self.values.iter().map(|value| format!("'{value}'")).collect::<Vec<_>>().join(", ")
    }
}

/// What the table says of the value that a path leads to, or of the values where it leads to several.
fn property(part: &Expr) -> Option<&'static Property> {
    let used = path(part)?;
    let names = used.steps.iter().map(|step| match step {
        PathStep::Name { text, .. } => *text,
        // No property of the table is called so, and what people name freely may be called anything.
        PathStep::Item | PathStep::Computed(_) => "*",
    });
    let names: Vec<&str> = std::iter::once(used.root.text.as_str()).chain(names).collect();
    describe(&names).filter(|property| !property.values.is_empty())
}

/// The list that is made a text here, with words of it that stay whole.
fn joined(part: &Expr) -> Option<&Expr> {
    let ExprKind::Call { function, args } = &part.kind else { return None };
    let is = |name: &str| function.text.eq_ignore_ascii_case(name);
    args.first().filter(|_| is("join") || is("toJSON"))
}

fn instead(property: &Property, literal: &Expr, text: &str) -> Option<Change> {
    property.meant(text).map(|meant| Change { range: literal.range, insert: format!("'{meant}'") })
}
