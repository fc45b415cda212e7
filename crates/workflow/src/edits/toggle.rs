//! Switches a step or a job off and on again, by its condition.

use stepladder_yaml::{Path, TextRange};

use super::draft::{Draft, refuse};
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;
use crate::expr::{self, Condition};

const BEFORE: &str = "false && (";
const BEHIND: &str = ")";

/// Whether the step or job at `path` was switched off by [`set_enabled`], or by hand in the same words.
#[must_use]
pub fn is_disabled(a: &Analysis, path: &Path) -> bool {
    let condition = a.tree.at(&path.child("if")).and_then(|node| node.as_str());
    condition.is_some_and(is_off)
}

/// Whether that is the condition of what is switched off.
pub(crate) fn is_off(condition: &str) -> bool {
    off(condition).is_some()
}

/// Switches the step or job at `path` off, by `if: false` or by `false && (…)` around its condition, or on again, by the
/// way back. What is so already is an edit without changes.
///
/// # Errors
/// When there is nothing at `path`, its condition is text around `${{ }}`, or it comes from an alias.
pub fn set_enabled(a: &Analysis, path: &Path, enabled: bool) -> Result<Edit, Refusal> {
    if a.tree.at(path).is_none() {
        return Err(refuse(format!("There is nothing at `{path}`.")));
    }
    let place = path.child("if");
    let mut draft = Draft::new(&a.tree);
    let condition = a.tree.at(&place).and_then(|node| node.as_str()).unwrap_or_default();
    match (enabled, off(condition)) {
        (true, Some(Off::Bare)) => draft.remove(&place)?,
        (true, Some(Off::Around(original))) => draft.set(&place, &Value::Str(original))?,
        (false, None) => draft.set(&place, &switched_off(condition)?)?,
        (true, None) | (false, Some(_)) => {}
    }
    let verb = if enabled { "enable" } else { "disable" };
    draft.finish(format!("{verb} {}", describe::place(&a.tree, path)), None)
}

enum Off {
    /// `false` alone.
    Bare,
    /// Around this condition.
    Around(String),
}

fn off(condition: &str) -> Option<Off> {
    let Condition::Expression(range) = expr::condition(condition) else { return None };
    let inner = condition.get(range.to_usize())?.trim();
    if inner == "false" {
        return Some(Off::Bare);
    }
    let original = inner.strip_prefix(BEFORE)?.strip_suffix(BEHIND)?;
    // The brackets must belong together: `false && (a) || (b)` is no switched-off `a) || (b`.
    let closes_late = original
        .chars()
        .try_fold(0i32, |depth, c| {
            let depth = depth + i32::from(c == '(') - i32::from(c == ')');
            (depth >= 0).then_some(depth)
        })
        .is_some();
    closes_late.then(|| Off::Around(put(condition, range, original)))
}

fn switched_off(condition: &str) -> Result<Value, Refusal> {
    match expr::condition(condition) {
        Condition::Empty => Ok(Value::Bool(false)),
        Condition::Expression(range) => {
            let inner = condition.get(range.to_usize()).unwrap_or_default().trim();
            Ok(Value::Str(put(condition, range, &format!("{BEFORE}{inner}{BEHIND}"))))
        }
        Condition::Text(_) => Err(refuse(
            "The condition has text around `${{ }}`, which GitHub always takes as true; put all of it inside first.",
        )),
    }
}

/// The condition with another expression in its place.
fn put(condition: &str, range: TextRange, inner: &str) -> String {
    if expr::has_expression(condition) {
        return format!("${{{{ {inner} }}}}");
    }
    let whole = condition.get(range.to_usize()).unwrap_or_default();
    condition.replacen(whole.trim(), inner, 1)
}
