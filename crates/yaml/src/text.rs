//! Byte ranges, text edits and line numbers.

/// A half-open range of bytes in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl TextRange {
    /// The range `start..end`; `end` is raised to `start` when it lies before it.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The empty range at `offset`.
    #[must_use]
    pub fn empty(offset: u32) -> Self {
        Self { start: offset, end: offset }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `offset` lies in it or at its end (a caret at the end of a word is on the word).
    #[must_use]
    pub fn touches(self, offset: u32) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// Whether `other` lies wholly in it.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// As a `usize` range, for slicing.
    #[must_use]
    pub fn to_usize(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One replacement: the bytes of `range` give way to `insert`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is replaced, in the text before the edit.
    pub range: TextRange,
    /// What stands there afterwards.
    pub insert: String,
}

/// A set of replacements that happen at once: sorted, disjoint, in offsets of the text before the edit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextEdit {
    changes: Vec<Change>,
}

impl TextEdit {
    /// One replacement.
    #[must_use]
    pub fn replace(range: TextRange, insert: impl Into<String>) -> Self {
        Self { changes: vec![Change { range, insert: insert.into() }] }
    }

    /// Several replacements; sorted here. Overlapping ones are refused with `None`.
    #[must_use]
    pub fn new(mut changes: Vec<Change>) -> Option<Self> {
        changes.sort_by_key(|c| (c.range.start, c.range.end));
        changes.windows(2).all(|w| w[0].range.end <= w[1].range.start).then_some(Self { changes })
    }

    /// The replacements, sorted.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// This edit and another one of the same text in one; `None` when they overlap.
    #[must_use]
    pub fn with(&self, other: &Self) -> Option<Self> {
        Self::new([self.changes(), other.changes()].concat())
    }

    /// Whether nothing is replaced.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The text after the edit. Changes that lie outside of `text` or split a character are skipped.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 64);
        let mut at = 0;
        for change in &self.changes {
            let range = change.range.to_usize();
            let (Some(kept), true) = (text.get(at..range.start), text.is_char_boundary(range.end)) else {
                continue;
            };
            out.push_str(kept);
            out.push_str(&change.insert);
            at = range.end;
        }
        out.push_str(text.get(at..).unwrap_or_default());
        out
    }

    /// The edit that takes the result of `self.apply(text)` back to `text`.
    #[must_use]
    pub fn invert(&self, text: &str) -> Self {
        let mut shift = 0i64;
        let mut changes = Vec::with_capacity(self.changes.len());
        for change in &self.changes {
            let range = change.range.to_usize();
            let Some(old) = text.get(range) else { continue };
            let start = u32::try_from(i64::from(change.range.start) + shift).unwrap_or_default();
            let len = u32::try_from(change.insert.len()).unwrap_or(u32::MAX);
            changes.push(Change { range: TextRange::new(start, start + len), insert: old.to_owned() });
            shift += i64::from(len) - i64::from(change.range.len());
        }
        Self { changes }
    }

    /// Where the inserted texts stand in the text after the edit.
    #[must_use]
    pub fn written(&self) -> Vec<TextRange> {
        let mut shift = 0i64;
        self.changes
            .iter()
            .map(|change| {
                let start = u32::try_from(i64::from(change.range.start) + shift).unwrap_or_default();
                let len = u32::try_from(change.insert.len()).unwrap_or(u32::MAX);
                shift += i64::from(len) - i64::from(change.range.len());
                TextRange::new(start, start + len)
            })
            .collect()
    }

    /// The parts of `after`, which the edit makes of `before`, whose lines the edit wrote: as [`Self::written`], without the
    /// line breaks that only part what was written from a line that was there. What was inserted among equal text is taken
    /// as whole lines where it can be, and the line that has become shorter as a whole.
    #[must_use]
    pub fn written_lines(&self, before: &str, after: &str) -> Vec<TextRange> {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let lines = |(written, change): (TextRange, &Change)| {
            let own = written.to_usize();
            let taken = before.get(change.range.to_usize()).unwrap_or_default();
            if change.insert.is_empty() && !taken.is_empty() && !taken.contains('\n') {
                return line_around(after, own.start)
                    .map_or(written, |range| TextRange::new(offset(range.start), offset(range.end)));
            }
            let whole = change.range.is_empty().then(|| whole_lines(after.as_bytes(), own.clone())).flatten();
            let range = whole.unwrap_or(own);
            let Some(text) = after.get(range.clone()) else { return written };
            let start = range.start + text.len() - text.trim_start_matches(['\n', '\r']).len();
            let end = range.start + text.trim_end_matches(['\n', '\r']).len();
            if start > end { written } else { TextRange::new(offset(start), offset(end)) }
        };
        self.written().into_iter().zip(&self.changes).map(lines).collect()
    }

    /// Where `offset` of the text before the edit stands after it; inside a replaced range, its new end.
    #[must_use]
    pub fn map_offset(&self, offset: u32) -> u32 {
        let mut shift = 0i64;
        for change in &self.changes {
            if change.range.start > offset || (change.range.start == offset && !change.range.is_empty()) {
                break;
            }
            let len = i64::try_from(change.insert.len()).unwrap_or_default();
            if offset < change.range.end {
                return u32::try_from(i64::from(change.range.start) + shift + len).unwrap_or_default();
            }
            shift += len - i64::from(change.range.len());
        }
        u32::try_from(i64::from(offset) + shift).unwrap_or_default()
    }

    /// The smallest single replacement that turns `old` into `new`; empty when they are equal.
    #[must_use]
    pub fn between(old: &str, new: &str) -> Self {
        if old == new {
            return Self::default();
        }
        let mut start = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
            start -= 1;
        }
        let mut tail = old.as_bytes()[start..]
            .iter()
            .rev()
            .zip(new.as_bytes()[start..].iter().rev())
            .take_while(|(a, b)| a == b)
            .count();
        while !old.is_char_boundary(old.len() - tail) || !new.is_char_boundary(new.len() - tail) {
            tail -= 1;
        }
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self::replace(TextRange::new(offset(start), offset(old.len() - tail)), &new[start..new.len() - tail])
    }
}

/// A place as people count it: both from 1, the column in Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineCol {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters.
    pub col: u32,
}

/// Where the lines of a text start. A line ends at `\n`; a `\r` before it belongs to the line's end.
#[derive(Clone, Debug, Default)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        starts.extend(breaks.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX)));
        Self { starts }
    }

    /// Number of lines; a final newline starts one more, empty, line.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The line, from 0, that holds `offset`.
    #[must_use]
    pub fn line_of(&self, offset: u32) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// First byte of the line (from 0); the last line's for anything beyond.
    #[must_use]
    pub fn line_start(&self, line: usize) -> u32 {
        self.starts.get(line).or(self.starts.last()).copied().unwrap_or_default()
    }

    /// Line and column, from 1, of `offset` in `text` (the text that was indexed).
    #[must_use]
    pub fn line_col(&self, text: &str, offset: u32) -> LineCol {
        let line = self.line_of(offset);
        let start = self.line_start(line) as usize;
        let col = text.get(start..offset as usize).map_or(0, |s| s.chars().count());
        LineCol {
            line: u32::try_from(line + 1).unwrap_or(u32::MAX),
            col: u32::try_from(col + 1).unwrap_or(u32::MAX),
        }
    }
}

/// The line at `at` of `text`, without what indents it and without its end; `None` where there is nothing else.
fn line_around(text: &str, at: usize) -> Option<std::ops::Range<usize>> {
    let (before, behind) = (text.get(..at)?, text.get(at..)?);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = behind.find(['\n', '\r']).map_or(text.len(), |end| at + end);
    let line = text.get(start..end)?.trim();
    let start = start + text[start..end].find(line)?;
    (!line.is_empty()).then(|| start..start + line.len())
}

/// The nearest place of as many bytes that could as well have been inserted for those in `range`, and are whole lines.
fn whole_lines(after: &[u8], range: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let len = range.len();
    let is_start = |at: usize| at == 0 || after.get(at - 1) == Some(&b'\n');
    let fits = |start: usize| is_start(start) && (is_start(start + len) || start + len == after.len());
    let same = |at: usize| at + len < after.len() && after[at] == after[at + len];
    let forth = || (range.start..).find(|at| fits(*at) || !same(*at)).filter(|at| fits(*at));
    let back = || {
        let mut at = range.start;
        while !fits(at) {
            at = at.checked_sub(1).filter(|at| same(*at))?;
        }
        Some(at)
    };
    let start = (len > 0).then(|| forth().or_else(back)).flatten()?;
    Some(start..start + len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_written_lines_are_told() {
        for (before, after, lines) in [
            ("a: 1\n", "a: 1\nb: 2\n", "b: 2"),
            ("a: 1", "a: 1\nb: 2", "b: 2"),
            ("a: 1\nc: 3\n", "a: 1\nb: 2\nc: 3\n", "b: 2"),
            ("- x: 1\n- x: 3\n", "- x: 1\n- x: 2\n- x: 3\n", "- x: 2"),
            ("j:\n  r: u\n", "j:\n  r: u\nj-2:\n  r: u\n", "j-2:\n  r: u"),
            ("a: 1\n", "a: 12\n", "2"),
            ("a: 1\r\n", "a: 1\r\nb: 2\r\n", "b: 2"),
            ("a: 12\nb: 2\n", "a: 1\nb: 2\n", "a: 1"),
            ("a:\n  os: [a, b] # c\r\n", "a:\n  os: [a] # c\r\n", "os: [a] # c"),
        ] {
            let edit = TextEdit::between(before, after);
            let told: Vec<&str> =
                edit.written_lines(before, after).iter().map(|range| &after[range.to_usize()]).collect();
            assert_eq!(told, [lines], "{before:?} {after:?}");
        }
        let edit = TextEdit::replace(TextRange::empty(4), "\n  paths: [x]");
        let before = "push\nb: 1\n";
        let after = edit.apply(before);
        let told: Vec<&str> =
            edit.written_lines(before, &after).iter().map(|range| &after[range.to_usize()]).collect();
        assert_eq!(told, ["  paths: [x]"]);
        let gone = TextEdit::between("a: 1\nb: 2\nc: 3\n", "a: 1\nc: 3\n");
        assert!(
            gone.written_lines("a: 1\nb: 2\nc: 3\n", "a: 1\nc: 3\n").iter().all(|range| range.is_empty())
        );
    }
}
