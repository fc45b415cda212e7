//! Moving and copying entries and items, with their comments.

use super::extent::{Extent, is_apart, shift};
use super::guard::{Expected, finish, finish_with_comments};
use super::insert::{self, flow_members, position};
use super::locate::{Located, collection, exists, found, locate};
use super::render::{anchors, extract, with_replaced};
use super::scalar::{self, Spot};
use super::style::{Style, column_of};
use super::{Outcome, Place, Refusal, RefusalKind, Value, remove, set};
use crate::{Change, CollectionStyle, Comment, Kind, Node, Path, ScalarStyle, Step, TextRange, Tree};

pub(super) fn item(tree: &Tree, sequence: &Path, from: usize, to: usize) -> Outcome {
    let node = collection(tree, sequence, Kind::Sequence)?;
    let len = node.len();
    if from >= len {
        return Err(no_item(&node, from));
    }
    let to = to.min(len - 1);
    let mut expected = Expected::of(tree);
    if let Some(items) = expected.at(sequence.steps()).and_then(|sequence| sequence.items()) {
        let moved = items.remove(from);
        items.insert(to, moved);
    }
    finish_with_comments(tree, within(&node, from, to, &Style::of(tree)), &expected)
}

pub(super) fn entry(tree: &Tree, mapping: &Path, key: &str, place: &Place) -> Outcome {
    let node = collection(tree, mapping, Kind::Mapping)?;
    let keys: Vec<&str> = node.entries().map(|entry| entry.key.as_str().unwrap_or_default()).collect();
    let Some(from) = keys.iter().position(|name| *name == key) else {
        return Err(found(tree, &mapping.child(key)).err().unwrap_or_else(|| no_item(&node, 0)));
    };
    let wanted = match place {
        Place::Before(other) | Place::After(other) if other == key => from,
        // The index counts without the entry that is moved.
        _ => position(place, keys.iter().enumerate().filter(|(at, _)| *at != from).map(|(_, key)| *key)),
    };
    let mut expected = Expected::of(tree);
    if let Some(entries) = expected.at(mapping.steps()).and_then(|mapping| mapping.entries()) {
        let moved = entries.remove(from);
        entries.insert(wanted, moved);
    }
    finish_with_comments(tree, within(&node, from, wanted, &Style::of(tree)), &expected)
}

fn no_item(node: &Node<'_>, index: usize) -> Refusal {
    let message = format!("The list has no item {}: it has {}.", index + 1, node.len());
    Refusal::new(RefusalKind::Missing, node.range(), message)
}

/// Moves number `from` so that it becomes number `to`.
fn within(node: &Node<'_>, from: usize, to: usize, style: &Style) -> Vec<Change> {
    if from == to {
        return Vec::new();
    }
    if node.collection_style() == Some(CollectionStyle::Flow) {
        return within_brackets(node, from, to);
    }
    let extents = Extent::all(node);
    let lines = extents[from].lines();
    // The moved one is no neighbour of itself.
    let index = if to > from { to + 1 } else { to };
    // One that makes a group of its own stays one, so that blank lines neither come nor go.
    let apart = is_apart(&extents, from);
    let added = insert::block_change_apart(&extents, index, lines, apart, style);
    vec![remove::block_change(&extents, from), added]
}

/// The texts change places with the comments above and behind them; what stands between them stays.
fn within_brackets(node: &Node<'_>, from: usize, to: usize) -> Vec<Change> {
    let tree = node.tree();
    let members: Vec<Node<'_>> = match node.kind() {
        Kind::Mapping => node.entries().map(|entry| entry.value).collect(),
        _ => node.items().collect(),
    };
    let places = members.iter().zip(flow_members(node)).map(|(member, range)| {
        let start = member.leading_comments().first().map_or(range.start, |comment| comment.range.start);
        let comma_end = behind_comma(tree, range.end);
        let end = member.trailing_comment().map_or(comma_end, |comment| comment.range.end);
        (TextRange::new(start, range.end), TextRange::new(comma_end.min(end), end))
    });
    let places: Vec<_> = places.collect();
    let mut texts: Vec<_> =
        places.iter().map(|(own, behind)| (tree.slice(*own), tree.slice(*behind))).collect();
    let moved = texts.remove(from);
    texts.insert(to, moved);
    let mut changes = Vec::new();
    for ((own, behind), (text, comment)) in places.iter().zip(texts) {
        changes.push(Change { range: *own, insert: text.to_owned() });
        changes.push(Change { range: *behind, insert: comment.to_owned() });
    }
    changes.retain(|change| tree.slice(change.range) != change.insert);
    changes
}

/// The end of the comma that follows a member in brackets, or `end` where none does.
fn behind_comma(tree: &Tree, end: u32) -> u32 {
    let behind = &tree.text()[end as usize..];
    let blank = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    let comma = if behind[blank..].starts_with(',') { blank + 1 } else { 0 };
    end + u32::try_from(comma).unwrap_or_default()
}

pub(super) fn between(tree: &Tree, item_path: &Path, target: &Path, index: usize) -> Outcome {
    let (Some(Step::Index(from)), Some(source)) = (item_path.last().cloned(), item_path.parent()) else {
        let message = "Only an item of a list can be moved to another list.";
        return Err(Refusal::new(RefusalKind::Kind, TextRange::default(), message));
    };
    if source == *target {
        return item(tree, target, from, index);
    }
    let node = found(tree, item_path)?;
    if item_path.contains(target) {
        let message = "An item cannot be moved into itself: choose another list.";
        return Err(Refusal::new(RefusalKind::Kind, node.range(), message));
    }
    let style = Style::of(tree);
    let mut expected = Expected::of(tree);
    let moved = expected.at(item_path.steps()).cloned();
    let removal = remove::changes(&node, item_path, &style, &mut expected)?;
    // An item that is taken out of a list that holds the target shifts the way to it.
    let mut target_after = target.clone();
    let depth = source.steps().len();
    if let Some(Step::Index(at)) = target_after.0.get_mut(depth).filter(|_| source.contains(target))
        && *at > from
    {
        *at -= 1;
    }
    let mut changes = match locate(tree, target)? {
        Located::Found(to) if has_block_items(&to) => {
            let extents = Extent::all(&to);
            let moved = chunk(&node, &[]);
            let column = isize::try_from(extents[0].column).unwrap_or_default();
            let lines = moved.iter().map(|line| shift(line, column)).collect();
            vec![insert::block_change(&extents, index.min(extents.len()), lines, &style)]
        }
        Located::Found(to) if to.collection_style() == Some(CollectionStyle::Flow) && !to.is_empty() => {
            insert::item_changes(&to, index, &Value::Source(extract_full(&node)), &style)?
        }
        place => {
            let list = Value::Source(chunk(&node, &[]).join("\n"));
            match place {
                Located::Found(to) if to.is_null() || (to.kind() == Kind::Sequence && to.is_empty()) => {
                    set::replace(&to, &list, &style)?
                }
                Located::Found(to) => insert::item_changes(&to, index, &list, &style)?,
                Located::Missing { .. } => {
                    set::changes(tree, target, &list, &style, &mut Expected::of(tree))?
                }
            }
        }
    };
    if let Some(moved) = moved {
        create_lists(&mut expected, &target_after);
        insert::expect_item(&mut expected, target_after.steps(), index, moved);
    }
    changes.extend(removal);
    finish_with_comments(tree, changes, &expected)
}

/// Adds the mappings on the way to a list that is not there.
fn create_lists(expected: &mut Expected, path: &Path) {
    for depth in 0..path.steps().len() {
        if expected.at(&path.steps()[..=depth]).is_none()
            && let Step::Key(key) = &path.steps()[depth]
            && let Some(entries) = expected.at(&path.steps()[..depth]).and_then(|node| node.entries())
        {
            entries.push((key.clone(), super::guard::What::Null.into()));
        }
    }
}

fn has_block_items(node: &Node<'_>) -> bool {
    node.kind() == Kind::Sequence && node.collection_style() == Some(CollectionStyle::Block)
}

/// The source of an item, with its anchor.
fn extract_full(node: &Node<'_>) -> String {
    let props = TextRange::new(node.full_range().start, node.range().start);
    format!("{}{}", node.tree().slice(props), extract(node, &[]))
}

/// An item or entry as lines at the first column, with its comments and the given parts replaced.
fn chunk(node: &Node<'_>, replace: &[(TextRange, String)]) -> Vec<String> {
    if super::set::is_in_brackets(node) {
        let comment = |comment: Comment| node.tree().slice(comment.range).trim_end().to_owned();
        let mut lines: Vec<String> = node.leading_comments().into_iter().map(comment).collect();
        lines.extend(format!("- {}", extract_full(node)).split('\n').map(str::to_owned));
        if let (Some(last), Some(behind)) = (lines.last_mut(), node.trailing_comment().map(comment)) {
            last.push(' ');
            last.push_str(&behind);
        }
        return lines;
    }
    let extent = Extent::of(*node);
    let base = -isize::try_from(extent.column).unwrap_or_default();
    let lines = if replace.is_empty() { extent.lines() } else { replaced_lines(&extent, replace) };
    lines.iter().map(|line| shift(line, base)).collect()
}

fn replaced_lines(extent: &Extent<'_>, replace: &[(TextRange, String)]) -> Vec<String> {
    let tree = extent.node.tree();
    let file = super::extent::Lines(tree);
    let start = if extent.own_line { file.start(extent.first) } else { extent.start };
    let text = with_replaced(tree, TextRange::new(start, file.end(extent.last)), replace);
    let text = if extent.own_line { text } else { " ".repeat(extent.column) + &text };
    text.split('\n').map(|line| line.trim_end_matches('\r').to_owned()).collect()
}

pub(super) fn duplicate_item(tree: &Tree, path: &Path) -> Outcome {
    let node = found(tree, path)?;
    let (Some(Step::Index(index)), Some(parent)) = (path.last().cloned(), node.parent()) else {
        let message = "Only an item of a list can be copied like this.";
        return Err(Refusal::new(RefusalKind::Kind, node.range(), message));
    };
    let style = Style::of(tree);
    let mut expected = Expected::of(tree);
    if let (Some(copy), Some(above)) = (expected.at(path.steps()).cloned(), path.parent()) {
        insert::expect_item(&mut expected, above.steps(), index + 1, copy.without_anchors());
    }
    let cuts = anchors(&node);
    let change = if parent.collection_style() == Some(CollectionStyle::Flow) {
        let piece = with_replaced(tree, node.full_range(), &cuts);
        insert::flow_changes(&parent, index + 1, piece.trim(), &style)
    } else {
        let extents = Extent::all(&parent);
        let mut lines = replaced_lines(&extents[index], &cuts);
        join_dash(&extents[index], &mut lines);
        vec![insert::block_change(&extents, index + 1, lines, &style)]
    };
    finish(tree, change, &expected)
}

/// Where nothing but the anchor stood on the line of the dash, the copy begins there as one is written by hand.
fn join_dash(extent: &Extent<'_>, lines: &mut Vec<String>) {
    let node = extent.node;
    let file = super::extent::Lines(node.tree());
    let dash = file.of(extent.start) - extent.first;
    let is_below = node.collection_style() == Some(CollectionStyle::Block)
        && node.anchor().is_some()
        && lines.get(dash).is_some_and(|line| line.trim() == "-")
        && lines
            .get(dash + 1)
            .is_some_and(|line| !line.trim_start().starts_with('#') && !line.trim().is_empty());
    if !is_below {
        return;
    }
    let (wanted, column) = (extent.column + 2, column_of(node.tree(), node.range().start));
    let delta = isize::try_from(wanted).unwrap_or_default() - isize::try_from(column).unwrap_or_default();
    for line in &mut lines[dash + 1..] {
        *line = shift(line, delta);
    }
    let first = lines.remove(dash + 1);
    let dash = &mut lines[dash];
    dash.truncate(dash.trim_end().len());
    dash.push(' ');
    dash.push_str(first.trim_start());
}

pub(super) fn duplicate_entry(tree: &Tree, path: &Path, new: &str) -> Outcome {
    let node = found(tree, path)?;
    let (Some(key), Some(parent)) = (node.key(), node.parent()) else {
        let message = "Only an entry of a mapping can be copied like this.";
        return Err(Refusal::new(RefusalKind::Kind, node.range(), message));
    };
    if let Some(old) = parent.entry(new) {
        return Err(exists(old.key.range(), new));
    }
    let style = Style::of(tree);
    let mut expected = Expected::of(tree);
    let old = key.as_str().unwrap_or_default().to_owned();
    if let (Some(copy), Some(above)) = (expected.at(path.steps()).cloned(), path.parent()) {
        let place = Place::After(old.clone());
        insert::expect_entry(&mut expected, above.steps(), new, copy.without_anchors(), &place);
    }
    let mut parts = anchors(&node);
    let spot = if super::set::is_in_brackets(&node) { Spot::FlowKey } else { Spot::Key };
    let quotes = key.scalar_style().unwrap_or(ScalarStyle::Plain);
    let name = scalar::one_line(new, quotes, spot, style.quotes);
    parts.insert(0, (key.full_range(), name));
    let index = position(&Place::After(old), parent.entries().map(|e| e.key.as_str().unwrap_or_default()));
    let changes = if parent.collection_style() == Some(CollectionStyle::Flow) {
        let piece = with_replaced(tree, node.entry_range(), &parts);
        insert::flow_changes(&parent, index, &piece, &style)
    } else {
        let extents = Extent::all(&parent);
        vec![insert::block_change(&extents, index, replaced_lines(&extents[index - 1], &parts), &style)]
    };
    finish(tree, changes, &expected)
}
