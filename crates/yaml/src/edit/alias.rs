//! From an alias to a copy of what it repeats, or to the place where that is written.

use super::extent::{Extent, Lines, shift};
use super::guard::{Expected, Meaning, What, finish};
use super::locate::found;
use super::render::{anchors, behind_dash, extract};
use super::set::{is_in_brackets, replace};
use super::style::{Style, column_of};
use super::{Outcome, Refusal, RefusalKind, Value};
use crate::{Change, CollectionStyle, Kind, Node, Path, TextRange, Tree};

/// Which anchors a copy of what an alias repeats has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    None,
    /// That of the whole, as what is within stays where it is as well.
    Own,
    /// Those within too, as where they stand now is going.
    All,
}

pub(super) fn detach(tree: &Tree, path: &Path) -> Outcome {
    written_out(tree, path, Names::None)
}

pub(super) fn hand_over(tree: &Tree, path: &Path) -> Outcome {
    written_out(tree, path, Names::Own)
}

pub(super) fn hand_over_all(tree: &Tree, path: &Path) -> Outcome {
    written_out(tree, path, Names::All)
}

/// Writes at the alias what it repeats, with those anchors.
fn written_out(tree: &Tree, path: &Path, names: Names) -> Outcome {
    let with_anchor = names != Names::None;
    let alias = found(tree, path)?;
    let target = alias.resolve();
    if alias.kind() != Kind::Alias {
        let message = format!("`{path}` is no alias: there is nothing to detach.");
        return Err(Refusal::new(RefusalKind::Kind, alias.range(), message));
    }
    if target == alias {
        let message = format!(
            "`{}` leads to no value: define its anchor above, or write the value here.",
            alias.source()
        );
        return Err(Refusal::new(RefusalKind::Missing, alias.range(), message));
    }
    // An alias that stands within its own anchor would lead somewhere in a copy elsewhere.
    if let Some(inner) =
        target.descendants().find(|node| node.kind() == Kind::Alias && node.resolve() == *node)
    {
        let message = format!(
            "What `{}` repeats holds `{}`, which leads to no value: mend that first.",
            alias.source(),
            inner.source()
        );
        return Err(Refusal::new(RefusalKind::Missing, alias.range(), message));
    }
    let mut expected = Expected::of(tree);
    if let Some(place) = expected.at(path.steps()) {
        let meaning = Meaning::of(&target);
        *place = if names == Names::All { meaning } else { meaning.without_anchors() };
        if with_anchor {
            place.name(alias.alias_name().unwrap_or_default());
        }
    }
    let replaced = match names {
        Names::All => shared_within(&alias, &target, &mut expected),
        Names::Own | Names::None => anchors(&target),
    };
    let is_block = target.collection_style() == Some(CollectionStyle::Block);
    let anchor = alias.alias_name().filter(|_| with_anchor).map(|name| format!("&{name}"));
    let properties: Vec<String> = anchor.into_iter().chain(target.tag().map(str::to_owned)).collect();
    let mut source = properties.join(" ");
    if is_block {
        source.push_str(&comments_above(&target, with_anchor));
        if !source.is_empty() {
            source.push('\n');
        }
    } else if !source.is_empty() {
        source.push(' ');
    }
    source.push_str(&extract(&target, &replaced));
    let room = !is_in_brackets(&alias) && (is_block || alias.trailing_comment().is_none());
    if (with_anchor || is_block) && room && !is_in_brackets(&target) && target.block_header().is_none() {
        source.push_str(&comments_behind(&target));
    }
    finish(tree, replace(&alias, &Value::Source(source), &Style::of(tree))?, &expected)
}

/// What is written otherwise in a copy of `target` at `alias` that keeps the anchors within: one whose content stands
/// above the copy already is repeated from there, and one whose name means something else there goes.
fn shared_within(alias: &Node<'_>, target: &Node<'_>, expected: &mut Expected) -> Vec<(TextRange, String)> {
    let tree = alias.tree();
    let (place, own) = (alias.path(), target.path());
    let mut replaced = anchors(target);
    let mut repeated: Vec<TextRange> = Vec::new();
    for inner in target.descendants().filter(|inner| inner.id() != target.id()) {
        let Some(anchor) = inner.anchor() else { continue };
        if repeated.iter().any(|range| range.covers(anchor.range)) {
            continue;
        }
        let path = inner.path();
        let rest = path.steps().strip_prefix(own.steps()).filter(|_| tree.at(&path) == Some(inner));
        let meaning = rest.and_then(|rest| expected.at(&[place.steps(), rest].concat()));
        let nearest = tree
            .anchors()
            .filter(|other| other.name == anchor.name && other.range.start < alias.range().start)
            .max_by_key(|other| other.range.start);
        match (meaning, nearest) {
            (Some(_), Some(nearest)) if nearest.node == inner => {
                replaced.retain(|(cut, _)| !cut.covers(anchor.range));
            }
            (Some(meaning), Some(nearest)) if super::mean_the_same(&nearest.node, &inner) => {
                *meaning = Meaning::from(What::Alias(anchor.name.to_owned()));
                let range = inner.full_range();
                replaced.retain(|(cut, _)| !range.covers(*cut) && !cut.covers(anchor.range));
                replaced.push((range, format!("*{}", anchor.name)));
                repeated.push(range);
            }
            (Some(meaning), _) => meaning.forget_name(),
            (None, _) => {}
        }
    }
    replaced.sort_by_key(|(range, _)| *range);
    replaced
}

pub(super) fn remove_anchor(tree: &Tree, path: &Path) -> Outcome {
    let node = found(tree, path)?;
    let Some(anchor) = node.anchor().filter(|_| node.kind() != Kind::Alias) else {
        let message = format!("`{path}` has no anchor.");
        return Err(Refusal::new(RefusalKind::Missing, node.range(), message));
    };
    let mut expected = Expected::of(tree);
    if let Some(place) = expected.at(path.steps()) {
        place.forget_name();
    }
    // With the blanks behind it, or those before it where nothing else follows in its line.
    let behind = &tree.text()[anchor.range.end as usize..];
    let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    let ends = matches!(behind[blanks..].bytes().next(), None | Some(b'\n' | b'\r'));
    let before = &tree.text()[..anchor.range.start as usize];
    let start = if ends { before.trim_end_matches([' ', '\t']).len() } else { before.len() };
    let range = TextRange::new(index(start), anchor.range.end + index(blanks));
    let change = behind_dash(&node, range).unwrap_or(Change { range, insert: String::new() });
    finish(tree, vec![change], &expected)
}

fn index(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// The comments between the anchor of a block collection and its first key or dash. What stands on the line of the anchor
/// belongs to that line, and comes along where `with_line`.
fn comments_above(node: &Node<'_>, with_line: bool) -> String {
    let ends = [node.anchor().map(|anchor| anchor.range.end), node.tag_range().map(|tag| tag.end)];
    let start = ends.into_iter().flatten().max().unwrap_or(node.range().start);
    let mut found = String::new();
    for (number, line) in node.tree().slice(TextRange::new(start, node.range().start)).lines().enumerate() {
        match (number, line.trim()) {
            (_, "") => {}
            (0, comment) if with_line => found.push_str(&[" ", comment].concat()),
            (0, _) => {}
            (_, comment) if found.is_empty() && !with_line => found.push_str(comment),
            (_, comment) => found.push_str(&["\n", comment].concat()),
        }
    }
    found
}

/// The comment behind the last line of a node, and those below it that are deeper than its key, as deep as they stand in the
/// node.
fn comments_behind(node: &Node<'_>) -> String {
    let (tree, lines) = (node.tree(), Lines(node.tree()));
    let end = node.range().end;
    let left = -isize::try_from(column_of(tree, node.range().start)).unwrap_or_default();
    let range = TextRange::new(end, lines.end(Extent::of(*node).last).max(end));
    // A block text ends with its line.
    let starts_line = end > 0 && tree.text()[..end as usize].ends_with('\n');
    let mut found = String::new();
    for (number, line) in tree.slice(range).lines().enumerate() {
        match (number, line.trim()) {
            (0, comment) if comment.starts_with('#') && !starts_line => found.push_str(line.trim_end()),
            (0, _) if !starts_line => {}
            (0, _) => found.push_str(&shift(line.trim_end(), left)),
            (_, _) => found.push_str(&["\n", &shift(line.trim_end(), left)].concat()),
        }
    }
    found
}
