//! Removing entries and items, with the comments and blank lines that are theirs.

use super::extent::{Extent, Lines};
use super::guard::{Expected, What, finish};
use super::insert::flow_members;
use super::locate::found;
use super::set::replace;
use super::style::Style;
use super::{Outcome, Refusal, RefusalKind, Value};
use crate::{Change, CollectionStyle, Kind, Node, Path, TextRange, Tree};

pub(super) fn remove(tree: &Tree, path: &Path, prune: bool) -> Outcome {
    let mut node = found(tree, path)?;
    let mut path = path.clone();
    if prune {
        while let (Some(parent), Some(above)) =
            (node.parent().filter(|parent| parent.len() == 1), path.parent())
        {
            if parent.parent().is_none() {
                break;
            }
            (node, path) = (parent, above);
        }
    }
    let mut expected = Expected::of(tree);
    let changes = changes(&node, &path, &Style::of(tree), &mut expected)?;
    finish(tree, changes, &expected)
}

/// Takes out the entry of `value`, whatever its key.
pub(super) fn entry(tree: &Tree, value: &Node<'_>) -> Outcome {
    let mapping = value.parent().filter(|parent| value.key().is_some() && parent.len() > 1);
    let Some(mapping) = mapping else {
        let message = "This is not one of several entries: change it in the text.";
        return Err(Refusal::new(RefusalKind::Kind, value.range(), message));
    };
    let mut expected = Expected::of(tree);
    expected.take_entry(value);
    let change = if mapping.collection_style() == Some(CollectionStyle::Flow) {
        from_brackets(&mapping, value)
    } else {
        let extents = Extent::all(&mapping);
        let index = extents.iter().position(|extent| extent.node == *value).unwrap_or_default();
        block_change(&extents, index)
    };
    finish(tree, vec![change], &expected)
}

/// The changes of a removal of the value or item `node`, which is at `path`.
pub(super) fn changes(
    node: &Node<'_>,
    path: &Path,
    style: &Style,
    expected: &mut Expected,
) -> Result<Vec<Change>, Refusal> {
    let Some(parent) = node.parent() else {
        let message = "The whole document cannot be removed like an entry: clear the text instead.";
        return Err(Refusal::new(RefusalKind::Kind, node.range(), message));
    };
    expected.take(path);
    if parent.collection_style() == Some(CollectionStyle::Flow) {
        return Ok(vec![from_brackets(&parent, node)]);
    }
    let extents = Extent::all(&parent);
    if extents.len() == 1 {
        let (empty, what) = match parent.kind() {
            Kind::Mapping => (Value::Map(Vec::new()), What::Map(Vec::new())),
            _ => (Value::Seq(Vec::new()), What::Seq(Vec::new())),
        };
        if let Some(left) = path.parent().and_then(|path| expected.at(path.steps())) {
            left.what = what;
        }
        return emptied(&parent, &extents[0], &empty, style);
    }
    let index = extents.iter().position(|extent| extent.node == *node).unwrap_or_default();
    Ok(vec![block_change(&extents, index)])
}

/// The only one of a block collection goes; comments around it that are not its own stay.
fn emptied(parent: &Node<'_>, it: &Extent<'_>, empty: &Value, style: &Style) -> Result<Vec<Change>, Refusal> {
    let mut changes = replace(parent, empty, style)?;
    let lines = Lines(parent.tree());
    let above = lines.of(parent.slot_line_end());
    // The lines below the key or dash are the last change; a document has no such lines.
    let is_below = parent.parent().is_some() && it.own_line && above < it.first;
    if let Some(below) = changes.last_mut().filter(|_| is_below) {
        let first = (above + 1..=it.first).rev().find(|line| !lines.is_blank(line - 1)).unwrap_or(it.first);
        below.range = TextRange::new(lines.end(first - 1), below.range.end.max(lines.end(it.last)));
    }
    Ok(changes)
}

/// Takes number `index` of several out of a block collection.
pub(super) fn block_change(extents: &[Extent<'_>], index: usize) -> Change {
    let lines = Lines(extents[0].node.tree());
    let it = &extents[index];
    let next = extents.get(index + 1);
    if let (false, Some(next)) = (it.own_line, next) {
        // What follows moves up to the dash, be it a comment of nobody.
        let first = (it.last + 1..next.first).find(|line| !lines.is_blank(*line)).unwrap_or(next.first);
        let start = lines.start(first) + u32::try_from(lines.indent(first)).unwrap_or_default();
        return Change { range: TextRange::new(it.start, start), insert: String::new() };
    }
    let mut first = it.first;
    let mut end = it.last + 1;
    let blanks_are_text = index > 0 && extents[index - 1].keeps_blanks();
    let gap_above = index > 0 && lines.is_blank(first - 1);
    if next.is_none() {
        while !blanks_are_text && first > 0 && lines.is_blank(first - 1) {
            first -= 1;
        }
    } else if index == 0 || gap_above {
        // Blank lines below it alone go on setting apart what is left on both sides.
        while end < lines.count() && lines.is_blank(end) {
            end += 1;
        }
    }
    let range = if lines.next(it.last) == lines.end(it.last) && first > 0 && !blanks_are_text {
        // The last line has no line break; then the one before it gives its own away.
        TextRange::new(lines.end(first - 1), lines.end(it.last))
    } else {
        TextRange::new(lines.start(first), lines.next(end - 1))
    };
    Change { range, insert: String::new() }
}

fn from_brackets(parent: &Node<'_>, node: &Node<'_>) -> Change {
    let tree = parent.tree();
    let lines = Lines(tree);
    let members = flow_members(parent);
    let own = if parent.kind() == Kind::Mapping { node.entry_range() } else { node.full_range() };
    let index = members.iter().position(|member| *member == own).unwrap_or_default();
    let gone = |range: TextRange| Change { range, insert: String::new() };
    if members.len() == 1 {
        return match parent.content_range() {
            inner if inner == parent.range() => gone(own),
            inner => gone(inner),
        };
    }
    let starts_line = |range: TextRange| {
        tree.slice(TextRange::new(lines.start(lines.of(range.start)), range.start)).trim().is_empty()
    };
    let line = lines.of(own.end);
    let limit = members.get(index + 1).map_or(parent.content_range().end, |next| next.start);
    let before = index.checked_sub(1).map(|at| members[at]);
    let parted = before.is_some_and(|before| tree.slice(TextRange::new(before.end, own.start)).contains('#'));
    let commented = parted || node.trailing_comment().is_some();
    let is_last = index + 1 == members.len();
    if starts_line(own) && lines.of(limit) > line && (!is_last || commented) {
        let first = node
            .leading_comments()
            .first()
            .map_or(lines.of(own.start), |comment| lines.of(comment.range.start));
        return gone(TextRange::new(lines.start(first), lines.next(line)));
    }
    match before {
        Some(before) if is_last && !parted => gone(TextRange::new(before.end, own.end)),
        _ => gone(TextRange::new(own.start, limit)),
    }
}
