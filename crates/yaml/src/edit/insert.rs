//! Adding entries and items.

use super::extent::{Extent, Lines, are_separated};
use super::guard::{Expected, Meaning, finish};
use super::locate::{Located, behind_alias, exists, locate, wrong_kind};
use super::render;
use super::set::{self, is_in_brackets, meaning, replace};
use super::style::{Style, column_of};
use super::{Outcome, Place, Refusal, Value};
use crate::{Change, CollectionStyle, Kind, Node, Path, Step, TextRange, Tree};

pub(super) fn entry(tree: &Tree, mapping: &Path, key: &str, value: &Value, place: &Place) -> Outcome {
    let style = Style::of(tree);
    let mut expected = Expected::of(tree);
    let changes = match locate(tree, mapping)? {
        Located::Found(node) => {
            expect_entry(&mut expected, mapping.steps(), key, meaning(value)?, place);
            entry_changes(&node, key, value, place, &style)?
        }
        Located::Missing { .. } => {
            let value = Value::Map(vec![(key.to_owned(), value.clone())]);
            set::changes(tree, mapping, &value, &style, &mut expected)?
        }
    };
    finish(tree, changes, &expected)
}

pub(super) fn item(tree: &Tree, sequence: &Path, index: usize, value: &Value) -> Outcome {
    let style = Style::of(tree);
    let mut expected = Expected::of(tree);
    let changes = match locate(tree, sequence)? {
        Located::Found(node) => {
            expect_item(&mut expected, sequence.steps(), index, meaning(value)?);
            item_changes(&node, index, value, &style)?
        }
        Located::Missing { .. } => {
            let value = Value::Seq(vec![value.clone()]);
            set::changes(tree, sequence, &value, &style, &mut expected)?
        }
    };
    finish(tree, changes, &expected)
}

pub(super) fn expect_entry(expected: &mut Expected, path: &[Step], key: &str, value: Meaning, place: &Place) {
    if let Some(entries) = expected.at(path).and_then(Meaning::entries) {
        let at = position(place, entries.iter().map(|(name, _)| name.as_str()));
        entries.insert(at, (key.to_owned(), value));
    }
}

pub(super) fn expect_item(expected: &mut Expected, path: &[Step], index: usize, value: Meaning) {
    if let Some(items) = expected.at(path).and_then(Meaning::items) {
        items.insert(index.min(items.len()), value);
    }
}

/// The index that a new entry gets.
pub(super) fn position<'k>(place: &Place, keys: impl Iterator<Item = &'k str>) -> usize {
    let keys: Vec<&str> = keys.collect();
    let find = |wanted: &String| keys.iter().position(|key| key == wanted);
    match place {
        Place::First => 0,
        Place::Last => keys.len(),
        Place::Before(key) => find(key).unwrap_or(keys.len()),
        Place::After(key) => find(key).map_or(keys.len(), |at| at + 1),
    }
}

fn is_empty_pair(node: &Node<'_>) -> bool {
    node.collection_style() == Some(CollectionStyle::Flow) && node.is_empty()
}

/// Adds an entry to a mapping, or in place of nothing.
pub(super) fn entry_changes(
    node: &Node<'_>,
    key: &str,
    value: &Value,
    place: &Place,
    style: &Style,
) -> Result<Vec<Change>, Refusal> {
    match node.kind() {
        Kind::Alias => return Err(behind_alias(node)),
        Kind::Mapping if !node.is_empty() => {}
        // Brackets without content stay brackets only within others.
        Kind::Mapping | Kind::Scalar if node.is_null() || is_empty_pair(node) => {
            return replace(node, &Value::Map(vec![(key.to_owned(), value.clone())]), style);
        }
        _ => return Err(wrong_kind(node, "keys")),
    }
    if let Some(old) = node.entry(key) {
        return Err(exists(old.key.range(), key));
    }
    let index = position(place, node.entries().map(|entry| entry.key.as_str().unwrap_or_default()));
    if node.collection_style() == Some(CollectionStyle::Flow) {
        let piece = render::flow_entry(key, &render::flow(value, style)?, style);
        let mut changes = flow_changes(node, index, &piece, style);
        // A pair among items needs braces before it takes another key.
        if node.content_range() == node.range() {
            let brace =
                |at: u32, brace: &str| Change { range: TextRange::empty(at), insert: brace.to_owned() };
            changes.insert(0, brace(node.range().start, "{"));
            changes.push(brace(node.range().end, "}"));
        }
        return Ok(changes);
    }
    let extents = Extent::all(node);
    let lines = render::entry_lines(key, value, extents[0].column, style)?;
    Ok(vec![block_change(&extents, index, lines, style)])
}

/// Adds an item to a sequence, or in place of nothing.
pub(super) fn item_changes(
    node: &Node<'_>,
    index: usize,
    value: &Value,
    style: &Style,
) -> Result<Vec<Change>, Refusal> {
    match node.kind() {
        Kind::Alias => return Err(behind_alias(node)),
        Kind::Sequence if is_empty_pair(node) && !is_in_brackets(node) => {
            let is_single = !matches!(value, Value::Map(_) | Value::Seq(_) | Value::Source(_))
                && !matches!(value, Value::Str(text) if text.contains('\n'));
            if !is_single {
                return replace(node, &Value::Seq(vec![value.clone()]), style);
            }
        }
        Kind::Sequence => {}
        Kind::Scalar if node.is_null() => return replace(node, &Value::Seq(vec![value.clone()]), style),
        _ => return Err(wrong_kind(node, "a list")),
    }
    if node.collection_style() == Some(CollectionStyle::Flow) {
        return Ok(flow_changes(node, index.min(node.len()), &render::flow(value, style)?, style));
    }
    let extents = Extent::all(node);
    let lines = render::item_lines(value, extents[0].column, style)?;
    Ok(vec![block_change(&extents, index.min(extents.len()), lines, style)])
}

/// Adds `lines` to a block collection so that they become number `index`.
pub(super) fn block_change(
    extents: &[Extent<'_>],
    index: usize,
    lines: Vec<String>,
    style: &Style,
) -> Change {
    block_change_apart(extents, index, lines, are_separated(extents), style)
}

/// As [`block_change`], with a blank line between them and what they are put beside when they stand `apart`.
pub(super) fn block_change_apart(
    extents: &[Extent<'_>],
    index: usize,
    lines: Vec<String>,
    apart: bool,
    style: &Style,
) -> Change {
    let file = Lines(extents[0].node.tree());
    let blank = if apart { style.eol } else { "" };
    if let Some(before) = index.checked_sub(1) {
        let before = &extents[before.min(extents.len() - 1)];
        let blank = if before.keeps_blanks() { "" } else { blank };
        let insert = format!("{}{blank}{}", style.eol, lines.join(style.eol));
        return Change { range: TextRange::empty(file.end(before.last)), insert };
    }
    let first = &extents[0];
    let all = lines.join(style.eol);
    if first.own_line {
        let insert = format!("{all}{}{blank}", style.eol);
        return Change { range: TextRange::empty(file.start(first.first)), insert };
    }
    let pad = " ".repeat(first.column);
    let insert = format!("{}{}{blank}{pad}", all.trim_start_matches(' '), style.eol);
    Change { range: TextRange::empty(first.start), insert }
}

/// Adds `piece` to a collection in brackets so that it becomes number `index`.
pub(super) fn flow_changes(node: &Node<'_>, index: usize, piece: &str, style: &Style) -> Vec<Change> {
    let tree = node.tree();
    let members = flow_members(node);
    let insert = |at: u32, text: String| Change { range: TextRange::empty(at), insert: text };
    if members.is_empty() {
        let content = node.content_range();
        let is_blank = tree.slice(content).trim().is_empty() && !tree.slice(content).contains('\n');
        let range = if is_blank { content } else { TextRange::empty(content.end) };
        return vec![Change { range, insert: piece.to_owned() }];
    }
    let file = Lines(tree);
    let starts_line = |range: TextRange| {
        tree.slice(TextRange::new(file.start(file.of(range.start)), range.start)).trim().is_empty()
    };
    let Some(before) = index.checked_sub(1) else {
        let first = members[0];
        if starts_line(first) {
            let pad = " ".repeat(column_of(tree, first.start));
            return vec![insert(first.start, format!("{piece},{}{pad}", style.eol))];
        }
        return vec![insert(first.start, format!("{piece}, "))];
    };
    let mut before = members[before.min(members.len() - 1)];
    // An entry without a value ends where the next sign begins, behind the blanks.
    let length = tree.slice(before).trim_end().len();
    before.end = before.start + u32::try_from(length).unwrap_or_default();
    let line = file.of(before.end);
    let next = members.iter().find(|member| member.start >= before.end);
    let limit = next.map_or(node.content_range().end, |next| next.start);
    if !starts_line(before) || file.of(limit) == line {
        let comma_line = starts_line(before) && next.is_none();
        let gap = if comma_line {
            format!("{}{}", style.eol, " ".repeat(column_of(tree, before.start)))
        } else {
            " ".to_owned()
        };
        return vec![insert(before.end, format!(",{gap}{piece}"))];
    }
    let pad = " ".repeat(column_of(tree, before.start));
    let line_end = file.end(line);
    let has_comma = tree.slice(TextRange::new(before.end, line_end)).trim_start().starts_with(',');
    if has_comma {
        return vec![insert(line_end, format!("{}{pad}{piece},", style.eol))];
    }
    vec![insert(before.end, ",".to_owned()), insert(line_end, format!("{}{pad}{piece}", style.eol))]
}

/// The bytes of the entries or items of a collection in brackets.
pub(super) fn flow_members(node: &Node<'_>) -> Vec<TextRange> {
    match node.kind() {
        Kind::Mapping => node.entries().map(|entry| entry.range()).collect(),
        _ => node.items().map(|item| item.full_range()).collect(),
    }
}
