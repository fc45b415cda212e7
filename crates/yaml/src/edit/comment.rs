//! Comments above and behind entries and items.

use super::extent::{Extent, Lines};
use super::guard::{Expected, finish};
use super::locate::found;
use super::style::{Style, column_of};
use super::{Outcome, Refusal, RefusalKind};
use crate::{Change, CollectionStyle, Node, Path, TextRange, Tree};

/// Where a comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentPlace {
    /// On its own lines above.
    Leading,
    /// At the end of the line.
    Trailing,
}

pub(super) fn set(tree: &Tree, path: &Path, place: CommentPlace, text: Option<&str>) -> Outcome {
    let node = found(tree, path)?;
    let change = match place {
        CommentPlace::Leading => leading(&node, text, &Style::of(tree))?,
        CommentPlace::Trailing => trailing(&node, text)?,
    };
    finish(tree, change.into_iter().collect(), &Expected::of(tree))
}

fn line_of_comment(text: &str) -> String {
    match text.trim_end() {
        "" => "#".to_owned(),
        text if text.starts_with(' ') => format!("#{text}"),
        text => format!("# {text}"),
    }
}

fn leading(node: &Node<'_>, text: Option<&str>, style: &Style) -> Result<Option<Change>, Refusal> {
    let tree = node.tree();
    let lines = Lines(tree);
    let extent = Extent::of(*node);
    if !extent.own_line {
        let message = "This shares its line with the item's `-`: write the comment above the item.";
        return Err(Refusal::new(RefusalKind::Kind, node.range(), message));
    }
    let own = lines.start(lines.of(extent.start));
    let old = TextRange::new(lines.start(extent.first), own);
    let pad = " ".repeat(column_of(tree, extent.start));
    let insert = text.map_or_else(String::new, |text| {
        text.lines().map(|line| format!("{pad}{}{}", line_of_comment(line), style.eol)).collect()
    });
    Ok((!old.is_empty() || !insert.is_empty()).then_some(Change { range: old, insert }))
}

fn trailing(node: &Node<'_>, text: Option<&str>) -> Result<Option<Change>, Refusal> {
    let tree = node.tree();
    if let Some(text) = text.filter(|text| text.contains(['\n', '\r'])) {
        let message =
            format!("A comment behind a value has one line: `{}` must stand above.", text.escape_debug());
        return Err(Refusal::new(RefusalKind::Invalid, node.range(), message));
    }
    if let Some(old) = node.trailing_comment() {
        let change = match text {
            Some(text) => Change { range: old.range, insert: line_of_comment(text) },
            None => {
                let before = tree.text()[..old.range.start as usize].trim_end_matches([' ', '\t']).len();
                let range = TextRange::new(u32::try_from(before).unwrap_or_default(), old.range.end);
                Change { range, insert: String::new() }
            }
        };
        return Ok(Some(change));
    }
    let Some(text) = text else { return Ok(None) };
    let lines = Lines(tree);
    let is_block = node.collection_style() == Some(CollectionStyle::Block);
    let at = match node.block_header() {
        Some(header) => header.range.end,
        None if is_block => node.slot_line_end(),
        None => node.full_range().end,
    };
    let shares_line = is_block && lines.of(at) == lines.of(node.range().start);
    if shares_line || node.parent().is_none() {
        let message = "There is no room behind this: write the comment above it, or behind one of its keys.";
        return Err(Refusal::new(RefusalKind::Kind, node.range(), message));
    }
    Ok(Some(Change { range: TextRange::empty(at), insert: format!(" {}", line_of_comment(text)) }))
}
