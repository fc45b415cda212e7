//! Making one of two entries of a mapping that have the same key.

use super::extent::{Extent, Lines, shift};
use super::guard::{Expected, Meaning, finish_with_comments};
use super::style::Style;
use super::{Outcome, Refusal, RefusalKind, Value, insert, remove, render};
use crate::{CollectionStyle, Kind, Node, Tree};

/// Puts what `second` holds behind what `first` holds, and takes the entry of `second` away.
pub(super) fn entries(tree: &Tree, first: &Node<'_>, second: &Node<'_>) -> Outcome {
    let refusal = || {
        let message = "These two values cannot be joined here: edit the text by hand.";
        Refusal::new(RefusalKind::Kind, second.range(), message)
    };
    let is_list = first.kind() == Kind::Sequence;
    let alike = first.kind() == second.kind() && (is_list || first.kind() == Kind::Mapping);
    let plain = [first, second].iter().all(|node| node.tag().is_none() && !node.is_empty());
    let Some(mapping) = first.parent().filter(|mapping| second.parent() == Some(*mapping)) else {
        return Err(refusal());
    };
    if !alike || !plain || mapping.collection_style() == Some(CollectionStyle::Flow) {
        return Err(refusal());
    }
    let style = Style::of(tree);
    let kept: Vec<bool> = members(second).iter().map(|member| !is_list || !holds(first, member)).collect();
    let moved: Vec<Node<'_>> =
        members(second).into_iter().zip(&kept).filter(|(_, kept)| **kept).map(|(member, _)| member).collect();
    let mut changes = Vec::new();
    if first.collection_style() == Some(CollectionStyle::Flow) {
        let piece = |member: &Node<'_>| {
            let value = render::flow(&Value::Source(render::extract(member, &[])), &style)?;
            Ok(match member.key().filter(|_| !is_list) {
                Some(key) => render::flow_entry(key.as_str().unwrap_or_default(), &value, &style),
                None => value,
            })
        };
        let pieces = moved.iter().map(piece).collect::<Result<Vec<_>, Refusal>>()?;
        changes.extend(insert::flow_changes(first, first.len(), &pieces.join(", "), &style));
    } else {
        let extents = Extent::all(first);
        let lines = lines_of(second, &moved, extents[0].column);
        changes.push(insert::block_change(&extents, extents.len(), lines, &style));
    }
    changes.retain(|_| !moved.is_empty());
    let extents = Extent::all(&mapping);
    let index = extents.iter().position(|extent| extent.node == *second).unwrap_or_default();
    changes.push(remove::block_change(&extents, index));
    let mut expected = Expected::of(tree);
    expected.join_entries(first, second, &kept);
    finish_with_comments(tree, changes, &expected)
}

fn members<'t>(node: &Node<'t>) -> Vec<Node<'t>> {
    match node.kind() {
        Kind::Mapping => node.entries().map(|entry| entry.value).collect(),
        _ => node.items().collect(),
    }
}

/// Whether a list has a scalar already.
fn holds(list: &Node<'_>, item: &Node<'_>) -> bool {
    item.kind() == Kind::Scalar && {
        let wanted = Meaning::of(item);
        list.items().any(|own| wanted.is(&own, false))
    }
}

/// The lines of what is moved, at this column: with the comments above the key that it had, and the blank lines between.
fn lines_of(old: &Node<'_>, moved: &[Node<'_>], column: usize) -> Vec<String> {
    let tree = old.tree();
    let file = Lines(tree);
    let pad = " ".repeat(column);
    let mut lines: Vec<String> = Vec::new();
    for comment in old.leading_comments() {
        lines.push(format!("{pad}{}", tree.slice(comment.range).trim_end()));
    }
    if old.collection_style() == Some(CollectionStyle::Flow) {
        for member in moved {
            let own = if member.key().is_some() { member.entry_range() } else { member.full_range() };
            let dash = if old.kind() == Kind::Sequence { "- " } else { "" };
            lines.push(format!("{pad}{dash}{}", tree.slice(own).trim_end()));
        }
        return lines;
    }
    let mut above: Option<usize> = None;
    for extent in moved.iter().map(|member| Extent::of(*member)) {
        if above.is_some_and(|above| (above + 1..extent.first).any(|line| file.is_blank(line))) {
            lines.push(String::new());
        }
        let delta =
            isize::try_from(column).unwrap_or_default() - isize::try_from(extent.column).unwrap_or_default();
        lines.extend(extent.lines().iter().map(|line| shift(line, delta)));
        above = Some(extent.last);
    }
    lines
}
