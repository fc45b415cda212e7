//! Switches a step or a job off and on again, by its condition.

use stepladder_yaml::{Change, Path, TextEdit, TextRange, Tree, edit};

use super::draft::{Draft, refuse};
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;
use crate::expr::{self, Condition};

const BEFORE: &str = "false && (";
const BEHIND: &str = ")";

/// Whether the step or job at `path` was switched off by [`set_enabled`], or by hand in the same words.
#[must_use]
pub fn is_disabled(a: &Analysis, path: &Path) -> bool {
    is_disabled_in(&a.tree, path)
}

fn is_disabled_in(tree: &Tree, path: &Path) -> bool {
    let condition = tree.at(&path.child("if")).and_then(|node| node.as_str());
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
        (true, Some(Off::Around(original))) => {
            put_in(&mut draft, &place, (BEFORE, BEHIND), ("", ""), &Value::Str(original))?;
        }
        (false, None) => {
            let value = switched_off(condition)?;
            put_in(&mut draft, &place, ("", ""), (BEFORE, BEHIND), &value)?;
        }
        (true, None) | (false, Some(_)) => {}
    }
    draft.finish(label(a, path, enabled), None)
}

/// What a step or job was before it was switched and is now, as text, so that the way back leads to the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switched {
    before: String,
    after: String,
}

/// As [`set_enabled`]. Where the step or job is still what the last switch has made of it, which is `known`, it becomes what
/// it was before that. With it comes what is to be known for the way back.
///
/// # Errors
/// As of that.
pub fn switch(
    a: &Analysis,
    path: &Path,
    enabled: bool,
    known: Option<&Switched>,
) -> Result<(Edit, Option<Switched>), Refusal> {
    let edit = match known.and_then(|known| way_back(a, path, enabled, known)) {
        Some(edit) => edit,
        None => set_enabled(a, path, enabled)?,
    };
    let after = a.tree.parse_alike(edit.edit.apply(a.tree.text()));
    let kept = extent(&a.tree, path).zip(extent(&after, path)).and_then(|(old, new)| {
        let switched = Switched { before: a.tree.slice(old).to_owned(), after: after.slice(new).to_owned() };
        // Nothing outside of it has changed.
        (with(&after, new, &switched.before) == a.tree.text()).then_some(switched)
    });
    Ok((edit, kept))
}

fn way_back(a: &Analysis, path: &Path, enabled: bool, known: &Switched) -> Option<Edit> {
    let range = extent(&a.tree, path)?;
    if a.tree.slice(range) != known.after || is_disabled(a, path) != enabled {
        return None;
    }
    let text = with(&a.tree, range, &known.before);
    let mut draft = Draft::new(&a.tree);
    draft.apply(TextEdit::between(a.tree.text(), &text));
    let is_switched = is_disabled_in(draft.tree(), path) != enabled;
    is_switched.then(|| draft.finish(label(a, path, enabled), None).ok()).flatten()
}

/// The lines of the step or job at `path`.
fn extent(tree: &Tree, path: &Path) -> Option<TextRange> {
    let range = tree.at(path)?.range();
    let text = tree.text();
    let start = text.get(..range.start as usize)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(range.end as usize..)?.find('\n').map_or(text.len(), |at| range.end as usize + at);
    Some(TextRange::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?))
}

/// The text with `part` in the place of that range.
fn with(tree: &Tree, range: TextRange, part: &str) -> String {
    TextEdit::replace(range, part).apply(tree.text())
}

fn label(a: &Analysis, path: &Path, enabled: bool) -> String {
    let verb = if enabled { "enable" } else { "disable" };
    format!("{verb} {}", describe::place(&a.tree, path))
}

/// Takes `old` from around the expression at `place` and puts `new` there, in the text as it is written where that can be;
/// else the condition becomes `value`, which says the same.
fn put_in(
    draft: &mut Draft<'_>,
    place: &Path,
    old: (&str, &str),
    new: (&str, &str),
    value: &Value,
) -> Result<(), Refusal> {
    let edit = in_source(draft.tree(), place, old, new).filter(|edit| {
        let after = draft.tree().parse_alike(edit.apply(draft.tree().text()));
        match (value, after.at(place).and_then(|node| node.as_str())) {
            (Value::Str(value), Some(text)) => said(value) == said(text),
            _ => false,
        }
    });
    match edit {
        Some(edit) => {
            draft.apply(edit);
            Ok(())
        }
        None => draft.set(place, value),
    }
}

fn in_source(tree: &Tree, place: &Path, old: (&str, &str), new: (&str, &str)) -> Option<TextEdit> {
    let node = tree.at(place)?;
    // What others repeat is asked about.
    if node.anchor().is_some() || edit::written_path(tree, place, false).ok()? != *place {
        return None;
    }
    let range = node.range();
    let (first, last) = expression_of(tree.slice(range))?;
    let place = |at: usize| u32::try_from(range.start as usize + at).ok();
    let change = |start: usize, end: usize, insert: &str| {
        Some(Change { range: TextRange::new(place(start)?, place(end)?), insert: insert.to_owned() })
    };
    TextEdit::new(vec![
        change(first, first + old.0.len(), new.0)?,
        change(last.checked_sub(old.1.len())?, last, new.1)?,
    ])
}

/// The expression of a condition, without blanks and braces around it.
fn said(condition: &str) -> &str {
    match expr::condition(condition) {
        Condition::Expression(range) => condition.get(range.to_usize()).unwrap_or_default().trim(),
        _ => condition.trim(),
    }
}

/// Where that begins and ends in its source, which may have quotes around it or the head of a block above it.
fn expression_of(source: &str) -> Option<(usize, usize)> {
    let (mut start, mut end) = match source.as_bytes().first()? {
        b'"' | b'\'' => (1, source.len().checked_sub(1)?),
        b'|' | b'>' => (source.find('\n')? + 1, source.len()),
        _ => (0, source.len()),
    };
    if let Some(open) = source.get(start..end)?.find("${{") {
        end = start + source.get(start..end)?.rfind("}}")?;
        start += open + 3;
    }
    let inner = source.get(start..end)?;
    let first = start + inner.len() - inner.trim_start().len();
    Some((first, first + inner.trim().len()))
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
