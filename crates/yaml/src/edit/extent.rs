//! The lines that an entry or item takes with its comments, and the gaps between them.

use super::style::column_of;
use crate::tree::Tree;
use crate::{Chomp, Kind, Node, TextRange};

/// The lines of a text.
#[derive(Clone, Copy)]
pub(super) struct Lines<'t>(pub(super) &'t Tree);

impl<'t> Lines<'t> {
    pub(super) fn of(self, offset: u32) -> usize {
        self.0.lines().line_of(offset)
    }

    pub(super) fn count(self) -> usize {
        self.0.lines().lines()
    }

    /// First byte, behind a byte-order mark.
    pub(super) fn start(self, line: usize) -> u32 {
        let start = self.0.lines().line_start(line);
        if start == 0 && self.0.text().starts_with('\u{feff}') { 3 } else { start }
    }

    /// Behind the last byte that is not the line break.
    pub(super) fn end(self, line: usize) -> u32 {
        let end = self.next(line);
        let text = &self.0.text()[..end as usize];
        let text = text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
        u32::try_from(text.len()).unwrap_or(u32::MAX).max(self.0.lines().line_start(line))
    }

    /// First byte of the next line, or the end of the text.
    pub(super) fn next(self, line: usize) -> u32 {
        if line + 1 < self.count() {
            self.0.lines().line_start(line + 1)
        } else {
            u32::try_from(self.0.text().len()).unwrap_or(u32::MAX)
        }
    }

    pub(super) fn text(self, line: usize) -> &'t str {
        self.0.slice(TextRange::new(self.start(line), self.end(line)))
    }

    pub(super) fn is_blank(self, line: usize) -> bool {
        self.text(line).trim().is_empty()
    }

    pub(super) fn indent(self, line: usize) -> usize {
        let text = self.text(line);
        text.len() - text.trim_start_matches([' ', '\t']).len()
    }
}

/// Where an entry or item of a block collection stands.
#[derive(Clone, Copy)]
pub(super) struct Extent<'t> {
    /// The value or item.
    pub(super) node: Node<'t>,
    /// The first byte of its key or `-`.
    pub(super) start: u32,
    pub(super) column: usize,
    /// Whether nothing but white space stands before `start` on its line.
    pub(super) own_line: bool,
    /// Its first line, with the comments above it.
    pub(super) first: usize,
    /// Its last line, with the deeper comments below it.
    pub(super) last: usize,
}

impl<'t> Extent<'t> {
    pub(super) fn of(node: Node<'t>) -> Self {
        let tree = node.tree();
        let lines = Lines(tree);
        let range = node.entry_range();
        let start_line = lines.of(range.start);
        let own_line = tree.slice(TextRange::new(lines.start(start_line), range.start)).trim().is_empty();
        let first =
            node.leading_comments().first().map_or(start_line, |comment| lines.of(comment.range.start));
        let column = column_of(tree, range.start);
        let indicator_end = node.indicator().map_or(0, |at| at + 1);
        let mut last = lines.of(range.end.max(node.full_range().end).max(indicator_end));
        let mut line = last + 1;
        while line < lines.count() {
            let text = lines.text(line).trim();
            let is_deeper = lines.indent(line) > column;
            if is_deeper && (text.starts_with('#') || is_broken(tree, lines, line)) {
                last = line;
            } else if !text.is_empty() {
                break;
            }
            line += 1;
        }
        Self { node, start: range.start, column, own_line, first, last }
    }

    /// Of all entries or items of a block collection.
    pub(super) fn all(collection: &Node<'t>) -> Vec<Self> {
        let nodes: Vec<Node<'t>> = match collection.kind() {
            Kind::Mapping => collection.entries().map(|entry| entry.value).collect(),
            _ => collection.items().collect(),
        };
        nodes.into_iter().map(Self::of).collect()
    }

    /// Its lines as they are; the first one without what stands before it, if it shares its line.
    pub(super) fn lines(&self) -> Vec<String> {
        let lines = Lines(self.node.tree());
        let mut all: Vec<String> = (self.first..=self.last).map(|line| lines.text(line).to_owned()).collect();
        if !self.own_line {
            let first_end = lines.end(self.first);
            all[0] = " ".repeat(self.column) + self.node.tree().slice(TextRange::new(self.start, first_end));
        }
        all
    }

    /// Whether blank lines behind it belong to its text.
    pub(super) fn keeps_blanks(&self) -> bool {
        let last = self.node.descendants().last().unwrap_or(self.node);
        last.block_header().is_some_and(|header| header.chomp == Chomp::Keep)
    }
}

fn is_broken(tree: &Tree, lines: Lines<'_>, line: usize) -> bool {
    let (start, end) = (lines.start(line), lines.end(line));
    tree.broken().iter().any(|broken| broken.start < end && start < broken.end && !lines.is_blank(line))
}

/// Whether most neighbours have a blank line between them.
pub(super) fn are_separated(extents: &[Extent<'_>]) -> bool {
    extents.windows(2).filter(|pair| has_gap(pair)).count() * 2 > extents.len().saturating_sub(1)
}

/// Whether blank lines set number `index` apart from every neighbour that it has.
pub(super) fn is_apart(extents: &[Extent<'_>], index: usize) -> bool {
    let (above, below) = (&extents[..=index], &extents[index..]);
    let gaps = [above.len().checked_sub(2).map(|at| &above[at..]), below.get(..2)];
    extents.len() > 1 && gaps.into_iter().flatten().all(has_gap)
}

/// Whether a blank line stands between these two.
fn has_gap(pair: &[Extent<'_>]) -> bool {
    let lines = Lines(pair[0].node.tree());
    (pair[0].last + 1..pair[1].first).any(|line| lines.is_blank(line))
}

/// The line, indented by `delta` columns more, or less.
pub(super) fn shift(line: &str, delta: isize) -> String {
    if line.is_empty() || delta == 0 {
        return line.to_owned();
    }
    match usize::try_from(delta) {
        Ok(more) => " ".repeat(more) + line,
        Err(_) => {
            let blank = line.len() - line.trim_start_matches(' ').len();
            line[blank.min(delta.unsigned_abs())..].to_owned()
        }
    }
}
