//! A text in a block changes line by line: what it has in common with the one before keeps its bytes.

use std::borrow::Cow;

use super::extent::Lines;
use super::scalar;
use super::style::{Style, column_of};
use crate::{BlockHeader, Change, Chomp, Node, Scalar, ScalarStyle, TextRange};

/// A line of the file: with its line break, and what of it is text.
#[derive(Clone, Copy)]
struct Line<'t> {
    raw: &'t str,
    shown: &'t str,
}

/// A line of the text that is not empty: the blank lines above it, and the lines that it is folded from.
struct Part<'t> {
    blanks: Vec<&'t str>,
    text: Cow<'t, str>,
    lines: Vec<Line<'t>>,
}

/// The lines below the header of a block.
struct Block<'t> {
    range: TextRange,
    parts: Vec<Part<'t>>,
    /// The blank lines below its last part, which are text only where the header says so.
    blanks: Vec<&'t str>,
}

impl<'t> Block<'t> {
    fn of(node: &Node<'t>, header: BlockHeader, folds: bool) -> Self {
        let tree = node.tree();
        let lines = Lines(tree);
        let column = header.content_column as usize;
        let first = lines.of(header.range.start) + 1;
        let (mut parts, mut blanks) = (Vec::<Part<'t>>::new(), Vec::new());
        let mut range = TextRange::empty(lines.next(first - 1));
        for line in (first..lines.count()).take_while(|line| lines.start(*line) < lines.next(*line)) {
            let raw = tree.slice(TextRange::new(lines.start(line), lines.next(line)));
            let text = lines.text(line);
            let indent = text.bytes().take(column).take_while(|b| *b == b' ').count();
            let shown = &text[indent..];
            if shown.is_empty() {
                blanks.push(raw);
            } else if indent < column {
                break;
            } else {
                match parts.last_mut() {
                    Some(above) if folds && blanks.is_empty() && !is_deep(shown) && !is_deep(&above.text) => {
                        let text = above.text.to_mut();
                        text.push(' ');
                        text.push_str(shown);
                        above.lines.push(Line { raw, shown });
                    }
                    _ => parts.push(Part {
                        blanks: std::mem::take(&mut blanks),
                        text: shown.into(),
                        lines: vec![Line { raw, shown }],
                    }),
                }
            }
            range.end = lines.next(line);
        }
        Self { range, parts, blanks }
    }

    /// Whether it is read as `text`, but for line breaks at its end.
    fn is(&self, text: &str, folds: bool) -> bool {
        let lines = not_empty(text);
        let mut above = None;
        lines.len() == self.parts.len()
            && lines.iter().zip(&self.parts).all(|((breaks, line), part)| {
                *line == part.text
                    && blanks_of(*breaks, above.replace(*line), line, folds) == part.blanks.len()
            })
    }
}

/// Lines that are deeper than the others are not folded.
fn is_deep(line: &str) -> bool {
    line.starts_with([' ', '\t'])
}

/// The lines that are not empty, each with the number of line breaks before it.
fn not_empty(text: &str) -> Vec<(usize, &str)> {
    let mut breaks = 0;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        if !line.is_empty() {
            lines.push((breaks, line));
            breaks = 0;
        }
        breaks += 1;
    }
    lines
}

/// How many blank lines stand for the line breaks between two lines.
fn blanks_of(breaks: usize, above: Option<&str>, line: &str, folds: bool) -> usize {
    match above {
        // One line break alone would be read as a space.
        Some(above) if folds && !is_deep(above) && !is_deep(line) => breaks,
        Some(_) => breaks.saturating_sub(1),
        None => breaks,
    }
}

/// The changes that make `text` of a block, with its header as it is where it can stay. `None`: `node` is none or has no
/// lines yet, or a block cannot hold the text.
pub(super) fn change(node: &Node<'_>, text: &str, style: &Style) -> Option<Vec<Change>> {
    let header = node.block_header()?;
    let folds = node.scalar_style()? == ScalarStyle::Folded;
    let Some(Scalar::Str(old)) = node.scalar() else { return None };
    let block = Block::of(node, header, folds);
    let body = text.trim_end_matches('\n');
    let wanted = not_empty(body);
    let first = wanted.first()?.1;
    if !scalar::fits_block(body) || block.parts.is_empty() || !block.is(old.trim_end_matches('\n'), folds) {
        return None;
    }
    let breaks = text.len() - body.len();
    let chomp = match (breaks, header.chomp) {
        (0, _) => Chomp::Strip,
        (1, Chomp::Clip | Chomp::Strip) => Chomp::Clip,
        _ => Chomp::Keep,
    };
    let column = header.content_column as usize;
    let indent = match header.indent {
        None if is_deep(first) => {
            let base = node.parent().map_or(0, |_| column_of(node.tree(), node.slot_start()));
            Some(u8::try_from(column.checked_sub(base)?).ok().filter(|indent| (1..=9).contains(indent))?)
        }
        indent => indent,
    };
    let mut changes = Vec::new();
    if (indent, chomp) != (header.indent, header.chomp) {
        let mark = if folds { '>' } else { '|' };
        let insert = scalar::block_head(mark, indent, chomp);
        changes.push(Change { range: header.range, insert });
    }

    let pad = " ".repeat(column);
    let new: Vec<&str> = wanted.iter().map(|(_, line)| *line).collect();
    let was: Vec<&str> = block.parts.iter().map(|part| &*part.text).collect();
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    let mut above = None;
    for ((breaks, line), place) in wanted.into_iter().zip(partners(&was, &new)) {
        let part = place.map(|place| &block.parts[place]);
        let blanks = part.map_or(&[][..], |part| &part.blanks);
        push_blanks(&mut lines, blanks, blanks_of(breaks, above.replace(line), line, folds));
        match part {
            Some(part) if part.text == line => lines.extend(part.lines.iter().map(|line| line.raw.into())),
            Some(part) if folds && !is_deep(line) && !is_deep(&part.text) => {
                refold(&mut lines, &part.lines, line, &pad);
            }
            _ => lines.push(format!("{pad}{line}").into()),
        }
    }
    let below = if chomp == Chomp::Keep { breaks - 1 } else { block.blanks.len() };
    push_blanks(&mut lines, &block.blanks, below);

    let mut insert = String::new();
    for line in lines {
        insert.push_str(&line);
        if !line.ends_with('\n') {
            insert.push_str(style.eol);
        }
    }
    if !node.tree().slice(block.range).ends_with('\n') {
        insert.truncate(insert.trim_end_matches('\n').trim_end_matches('\r').len());
    }
    changes.push(Change { range: block.range, insert });
    Some(changes)
}

/// So many blank lines, the ones that are there first.
fn push_blanks<'t>(lines: &mut Vec<Cow<'t, str>>, blanks: &[&'t str], count: usize) {
    let there = blanks.iter().map(|blank| Cow::from(*blank));
    lines.extend(there.chain(std::iter::repeat("".into())).take(count));
}

/// Writes `text` in place of what is folded from `old`: the lines at both ends that it begins and ends with stay.
fn refold<'t>(lines: &mut Vec<Cow<'t, str>>, old: &[Line<'t>], text: &str, pad: &str) {
    let mut rest = text;
    let (mut above, mut below) = (0, old.len());
    // One of the old lines takes what is new.
    while above + 1 < below
        && let Some(left) = rest.strip_prefix(old[above].shown).and_then(|rest| rest.strip_prefix(' '))
    {
        (rest, above) = (left, above + 1);
    }
    while above + 1 < below
        && let Some(left) = rest.strip_suffix(old[below - 1].shown).and_then(|rest| rest.strip_suffix(' '))
    {
        (rest, below) = (left, below - 1);
    }
    let mut start = rest.as_ptr() as usize - text.as_ptr() as usize;
    let end = start + rest.len();
    // A line that begins with a blank would not be folded.
    while above > 0 && (start == end || is_deep(&text[start..end])) {
        above -= 1;
        start -= old[above].shown.len() + 1;
    }
    let rest = &text[start..end];
    lines.extend(old[..above].iter().map(|line| line.raw.into()));
    lines.push(match old[above..below].iter().find(|line| line.shown == rest) {
        Some(line) => line.raw.into(),
        None => format!("{pad}{rest}").into(),
    });
    lines.extend(old[below..].iter().map(|line| line.raw.into()));
}

/// For each new line the old one that it is, or whose place it takes.
fn partners(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
    let above = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old_left, new_left) = (&old[above..], &new[above..]);
    let below = old_left.iter().rev().zip(new_left.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old_left, new_left) = (&old_left[..old_left.len() - below], &new_left[..new_left.len() - below]);
    let mut places: Vec<Option<usize>> = (0..above).map(Some).collect();
    // Lines between two that stay take each other's places in turn.
    let (mut from, mut to) = (0, 0);
    for (old_at, new_at) in common(old_left, new_left).into_iter().chain([(old_left.len(), new_left.len())]) {
        places.extend(
            (0..new_at - to).map(|at| Some(from + at).filter(|at| *at < old_at).map(|at| above + at)),
        );
        if new_at < new_left.len() {
            places.push(Some(above + old_at));
        }
        (from, to) = (old_at + 1, new_at + 1);
    }
    places.extend((old.len() - below..old.len()).map(Some));
    places
}

/// The places of the longest row of lines that both have; of none where that would take long.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    const MOST: usize = 1 << 20;
    if old.len().saturating_mul(new.len()) > MOST {
        return Vec::new();
    }
    let width = new.len() + 1;
    let mut longest = vec![0u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i * width + j] = if old[i] == new[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut places = Vec::new();
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            places.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    places
}
