//! Texts in blocks, as scripts are, with a line in their midst that is indented less and so ends them too early.

use super::Repair;
use crate::TextRange;
use crate::tree::build::index;

/// A text behind `|` or `>`.
struct Open {
    /// Where the key, or the sign of an item, stands that has it.
    owner: usize,
    /// How deeply its lines are indented; `None` before the first of them.
    indent: Option<usize>,
    /// The line above that has ended it too early.
    cut: Option<usize>,
}

impl Repair<'_> {
    /// The line that cuts a text in two, where `line` is that one or goes on with the text below it.
    pub(super) fn cut_above(&self, line: usize) -> Option<usize> {
        let mut open: Option<Open> = None;
        for at in 0..=line {
            if self.line(at).is_empty() {
                continue;
            }
            let indent = self.indent(at).len();
            if let Some(text) = &mut open {
                // Before the first line of the text, whatever stands deeper than its owner may be that.
                let least = text.indent.unwrap_or(text.owner + 1);
                if indent >= least {
                    text.indent.get_or_insert(indent);
                    continue;
                }
                if self.cuts(at, text.owner, least) {
                    text.cut = Some(at);
                    continue;
                }
            }
            open = self.opens_text(at).map(|owner| Open { owner, indent: None, cut: None });
        }
        open?.cut
    }

    /// The lines of the text that begins below a line, also where that line has a mistake behind its `|` or `>`.
    pub(super) fn text_below(&self, line: usize) -> std::ops::Range<usize> {
        let bare = self.bare(line);
        let own = (bare.start - self.lines().line_start(line)) as usize;
        let value = self.slice(bare).split_once(": ").map_or("", |(_, value)| value);
        let value = value.trim_start_matches(['"', '\'', '@', '[', '{']);
        let header = value.strip_prefix(['|', '>']);
        let opens = header.is_some_and(|rest| rest.starts_with(':') || rest.len() <= 2);
        let first = (line + 1..self.lines().lines()).find(|below| !self.line(*below).is_empty());
        let indent = first.map_or(0, |first| self.indent(first).len());
        let opens = opens && indent > own;
        let is_text = |below: &usize| self.line(*below).is_empty() || self.indent(*below).len() >= indent;
        let last = (line + 1..self.lines().lines()).take_while(is_text).last();
        line + 1..last.filter(|_| opens).map_or(line + 1, |last| last + 1)
    }

    /// How deeply the text is indented that begins below a line, also where that is no deeper than the line.
    pub(super) fn text_column(&self, line: usize) -> Option<usize> {
        if let Some((_, first)) = self.rows(self.text_below(line)).next() {
            return Some(first.column);
        }
        self.opens_text(line)?;
        let (_, first) = self.rows(line + 1..self.lines().lines()).next()?;
        (first.key.is_none() && first.inner.is_none()).then_some(first.column)
    }

    /// Whether a line opens a text that is not indented deeper than the line, so that the line is too deep.
    pub(super) fn is_too_deep_for_text(&self, line: usize) -> bool {
        let own = self.opens_text(line);
        own.zip(self.text_column(line)).is_some_and(|(own, text)| text <= own)
    }

    /// The sign of the text that begins below a line, where there is more around it than may be.
    pub(super) fn header_in(&self, line: usize) -> Option<TextRange> {
        if self.text_below(line).is_empty() || self.opens_text(line).is_some() {
            return None;
        }
        let bare = self.bare(line);
        let text = &self.now[bare.to_usize()];
        let sign = text.find(": ").and_then(|colon| Some(colon + text[colon..].find(['|', '>'])?))?;
        let rest = text[sign + 1..].bytes().take_while(|byte| matches!(byte, b'-' | b'+')).count().min(1);
        Some(TextRange::new(bare.start + index(sign), bare.start + index(sign + 1 + rest)))
    }

    /// Leaves nothing of a value but the sign of the text that begins below it.
    pub(super) fn keep_header(&mut self, header: TextRange) -> bool {
        let end = self.to_line_end(header.end).end;
        let line = self.lines().line_of(header.start);
        let bare = self.bare(line);
        let colon =
            self.now[bare.to_usize()].find(": ").map_or(header.start, |colon| bare.start + index(colon));
        let before = TextRange::new((colon + 1).min(header.start), header.start);
        let before = self.mask(before);
        self.mask(TextRange::new(header.end, end)) || before
    }

    /// Where the owner of the text stands that starts below a line.
    pub(super) fn opens_text(&self, line: usize) -> Option<usize> {
        let bare = self.bare(line);
        let content = &self.now[bare.to_usize()];
        let before = content.trim_end_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        let before = before.strip_suffix(['|', '>'])?;
        let is_value = before.is_empty() || before.ends_with(": ");
        (is_value && !content.starts_with('#')).then(|| (bare.start - self.lines().line_start(line)) as usize)
    }

    /// Whether a line, indented less than the text above it, has nothing to do with the lines below that go on with it.
    fn cuts(&self, line: usize, owner: usize, least: usize) -> bool {
        let below = (line + 1..self.lines().lines()).find(|below| !self.line(*below).is_empty());
        let Some(below) = below.map(|below| self.indent(below).len()).filter(|below| *below >= least) else {
            return false;
        };
        let Some(row) = self.row(line) else { return true };
        let is_known = row.word && row.column == 0 && self.is_known_root(line);
        // Beside the owner it may be a value of several lines.
        let stands_alone = row.key == Some("") || row.content() != owner;
        stands_alone && !row.head && !is_known && row.inner != Some(below) && self.opens_text(line).is_none()
    }

    fn is_known_root(&self, line: usize) -> bool {
        self.is_root_key(self.slice(self.bare(line))) == Some(true)
    }
}
