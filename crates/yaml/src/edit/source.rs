//! A value as YAML in a field of its own, with the comments that belong to it, and how that is written back: lines that
//! somebody leaves alone keep their bytes.

use super::Refusal;
use super::extent::{Lines, shift};
use super::render;
use super::style::{Style, column_of};
use crate::{Change, CollectionStyle, Kind, Node, TextRange};

/// The lines of a block collection, with the comments above its first key or item, behind its last line, and below that
/// where they are deeper than what the collection hangs on.
struct Body {
    range: TextRange,
    /// Behind the `:` or `-` that leads to it.
    indicator_end: u32,
    /// The column of the key or dash that leads to it.
    under: usize,
    /// The column of its keys or dashes.
    column: usize,
    /// Whether its first line is that of the dash.
    shares_line: bool,
    /// As they are, the first one from the first key on where it shares its line.
    lines: Vec<String>,
}

impl Body {
    /// `None`: it is no block collection below a key or dash, or has a tag, which would have to be shown with it.
    fn of(node: &Node<'_>) -> Option<Self> {
        node.parent().filter(|_| node.collection_style() == Some(CollectionStyle::Block))?;
        if node.tag_range().is_some() {
            return None;
        }
        let tree = node.tree();
        let lines = Lines(tree);
        let under = column_of(tree, node.entry_range().start);
        let indicator_end = node.slot_line_end().min(node.range().start);
        let (head, first) = (lines.of(indicator_end), lines.of(node.range().start));
        let shares_line = head == first;
        let first = if shares_line {
            first
        } else {
            (head + 1..first).find(|l| !lines.is_blank(*l)).unwrap_or(first)
        };
        let mut last = lines.of(node.range().end);
        for line in last + 1..lines.count() {
            let is_comment = lines.text(line).trim_start().starts_with('#');
            if is_comment && lines.indent(line) > under {
                last = line;
            } else if !lines.is_blank(line) {
                break;
            }
        }
        let start = if shares_line { node.range().start } else { lines.start(first) };
        let mut all: Vec<String> = (first..=last).map(|line| lines.text(line).to_owned()).collect();
        if let (true, Some(shared)) = (shares_line, all.first_mut()) {
            tree.slice(TextRange::new(start, lines.end(first))).clone_into(shared);
        }
        let range = TextRange::new(start, lines.end(last));
        Some(Self {
            range,
            indicator_end,
            under,
            column: column_of(tree, node.range().start),
            shares_line,
            lines: all,
        })
    }

    /// Its lines, moved to the left edge.
    fn shown(&self) -> Vec<String> {
        self.lines.iter().map(|line| moved_left(line, self.column)).collect()
    }
}

/// The YAML of the node, moved to the left edge. An anchor of a block collection, which stays, is not shown.
pub(super) fn of(node: &Node<'_>) -> String {
    if let Some(body) = Body::of(node) {
        return body.shown().join("\n");
    }
    let tree = node.tree();
    let range = node.full_range();
    // What begins on the line of its key goes on deeper than the key, and keeps how much.
    let lines = Lines(tree);
    let (slot, start) = (node.slot_start(), range.start);
    let is_block = node.collection_style() == Some(CollectionStyle::Block);
    let left = if lines.of(slot) == lines.of(start) && !is_block { slot } else { start };
    let column = column_of(tree, left);
    let mut all = tree.slice(range).lines();
    let first = all.next().unwrap_or_default().to_owned();
    [first].into_iter().chain(all.map(|line| moved_left(line, column))).collect::<Vec<_>>().join("\n")
}

/// The line without up to `column` blanks at its start.
fn moved_left(line: &str, column: usize) -> String {
    shift(line, -isize::try_from(column).unwrap_or_default())
}

/// The changes that write `source` in place of what [`of`] shows of a block collection; `None`: `node` is none, or `source`
/// is none.
pub(super) fn replace(node: &Node<'_>, source: &str, style: &Style) -> Result<Option<Vec<Change>>, Refusal> {
    let Some(body) = Body::of(node) else { return Ok(None) };
    let source = render::dedent(source);
    let tree = render::read(&source)?;
    let root = tree.documents().first().map(|id| tree.node(*id));
    let Some(root) = root.filter(|root| {
        root.collection_style() == Some(CollectionStyle::Block) && root.full_range() == root.range()
    }) else {
        return Ok(None);
    };
    let same_kind = root.kind() == node.kind();
    let target = if same_kind || body.column > body.under {
        body.column
    } else if root.kind() == Kind::Mapping {
        body.under + style.step
    } else {
        body.under + style.dash
    };
    let delta = isize::try_from(target).unwrap_or_default()
        - isize::try_from(column_of(&tree, root.range().start)).unwrap_or_default();
    let typed: Vec<&str> = source.lines().collect();
    let shown = body.shown();
    let fits = usize::try_from(delta) == Ok(body.column);
    let kept = |same: usize| if fits { same } else { 0 };
    let above = kept(shown.iter().zip(&typed).take_while(|(old, new)| old == *new).count());
    let rest = shown.len().min(typed.len()) - above;
    let below = kept(
        shown.iter().rev().zip(typed.iter().rev()).take(rest).take_while(|(old, new)| old == *new).count(),
    );
    let pad = " ".repeat(body.column);
    let line = |at: usize| {
        let old = if at < above {
            Some(at)
        } else {
            (at >= typed.len() - below).then(|| at + shown.len() - typed.len())
        };
        match old {
            Some(0) if body.shares_line => format!("{pad}{}", body.lines[0]),
            Some(old) => body.lines[old].clone(),
            None => shift(typed[at], delta),
        }
    };
    let mut lines: Vec<String> = (0..typed.len()).map(line).collect();
    let starts_with_comment = typed.first().is_some_and(|line| line.trim_start().starts_with('#'));
    let change = if body.shares_line && starts_with_comment {
        let range = TextRange::new(body.indicator_end, body.range.end);
        Change { range, insert: lines.iter().fold(String::new(), |all, line| all + style.eol + line) }
    } else {
        if let (true, Some(first)) = (body.shares_line, lines.first_mut()) {
            *first = first.get(target..).unwrap_or_default().to_owned();
        }
        Change { range: body.range, insert: lines.join(style.eol) }
    };
    Ok(Some(vec![change]))
}
