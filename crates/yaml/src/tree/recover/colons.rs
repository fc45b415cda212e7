//! A colon where a value is already there, and lines that lack theirs.

use super::super::build::{Failure, index};
use super::diagnose::{IN_PLACE, ITEM, lone_word};
use super::{Cure, Repair};
use crate::TextRange;

pub(super) const NEITHER: &str = "This line is neither a key with a colon nor indented deeply enough to belong to the text above: add what is missing.";

impl Repair<'_> {
    /// A colon where a value is already there.
    pub(super) fn second_colon(&self, failure: &Failure, offset: u32) -> (TextRange, String, Cure) {
        let line = self.lines().line_of(offset);
        let start = failure.last.map_or(offset, |last| last.start);
        let value_line = self.lines().line_of(start);
        if value_line == line {
            let value = self.to_line_end(self.value_start(failure, offset).min(offset));
            let message = "A value without quotes cannot hold a colon and a space: put the value in quotes.";
            let cure = if failure.open_flow.is_none() && self.is_text(line, value) {
                Cure::Text(value)
            } else {
                Cure::Mask(value)
            };
            return (value, message.to_owned(), cure);
        }
        let own_line = self.line(value_line).start == start || self.bare(value_line).start == start;
        if own_line && value_line < line && self.lacks_blank(value_line, line) {
            return self.no_colon(value_line);
        }
        if own_line && (failure.root_start == start || self.is_key_line_above(value_line, line)) {
            return self.no_colon(value_line);
        }
        if value_line < line && self.is_intruder(value_line) {
            return self.intruder(value_line);
        }
        if value_line < line
            && own_line
            && let Some(word) = self.word_beside(value_line, line)
        {
            let message = format!("A colon is missing behind `{}`.", self.slice(word));
            return (word, message, Cure::Key(word));
        }
        if self.item_home(line).is_some() {
            return (self.line(line), ITEM.to_owned(), Cure::Block(line));
        }
        if value_line < line && self.is_held(value_line, line) && !self.is_root_beside(line) {
            let value = self.to_line_end(start);
            return (value, IN_PLACE.to_owned(), Cure::Mask(value));
        }
        let message = "This line is indented deeper than the one above, which has its value already: align it with the keys above.";
        (self.line(line), message.to_owned(), Cure::Block(line))
    }

    /// Whether a line is a key of the document in a wrong column, with what it holds below it.
    fn is_root_beside(&self, line: usize) -> bool {
        let row = self.row(line).filter(|row| row.head && row.column > 0);
        let below = self.rows(line + 1..self.lines().lines()).next().map(|(_, below)| below.column);
        row.is_some_and(|row| {
            // With all that is below it, it may well be what the line above it waits for.
            let alone = below.is_some_and(|below| below <= row.column) || self.is_moved_alone(line, 0);
            alone && self.begins_as_root(&row) && self.own_home(line) == Some(0)
        })
    }

    /// Whether a value with a colon in it is all that its key has: nothing deeper stands below that could be the value of
    /// what ends with the colon.
    fn is_text(&self, line: usize, value: TextRange) -> bool {
        let column = self.bare(line).start - self.lines().line_start(line);
        let below = (line + 1..self.lines().lines()).find(|line| !self.line(*line).is_empty());
        let plain = self.slice(value).starts_with(|c: char| c.is_alphanumeric() || "$./~<(".contains(c));
        plain && below.is_none_or(|below| index(self.indent(below).len()) <= column)
    }

    /// Whether the lone word of line `above` could be the key of the deeper or equal line `below`.
    fn is_key_line_above(&self, above: usize, below: usize) -> bool {
        self.indent(above).len() <= self.indent(below).len()
            && lone_word(&self.now[self.bare(above).to_usize()])
    }

    /// Whether line `above` is a key of the same column as the one `below`, with a value right behind its colon: `name:foo`.
    fn lacks_blank(&self, above: usize, below: usize) -> bool {
        let bare = self.bare(above);
        let column = (bare.start - self.lines().line_start(above)) as usize;
        let key = self
            .slice(bare)
            .split_once(':')
            .filter(|(_, value)| !value.is_empty() && !value.starts_with(['/', ':', ' ']));
        column == self.indent(below).len() && key.is_some_and(|(key, _)| key.len() > 1 && lone_word(key))
    }

    pub(super) fn no_colon(&self, line: usize) -> (TextRange, String, Cure) {
        let shown = self.line(line);
        let bare = self.bare(line);
        let text = self.slice(bare);
        if lone_word(text) {
            return (bare, format!("A colon is missing behind `{text}`."), Cure::Colon(bare));
        }
        let message = if let Some((key, value)) = text.split_once(':').filter(|(key, _)| lone_word(key)) {
            let message = format!("A space is missing behind the colon: write `{key}: {value}`.");
            if key.len() > 1 && !value.starts_with(['/', ':']) {
                let word = TextRange::new(bare.start, bare.start + index(key.len()));
                return (bare, message, Cure::Key(word));
            }
            message
        } else if let Some(word) = self.root_word(line).or_else(|| self.text_word(line)) {
            return (word, format!("A colon is missing behind `{}`.", self.slice(word)), Cure::Key(word));
        } else if text.starts_with('-') && !text.starts_with("- ") {
            "A space is missing behind the `-`.".to_owned()
        } else {
            NEITHER.to_owned()
        };
        (shown, message, Cure::Block(line))
    }

    /// The first word of a line, when the sign of a text that stands below follows it.
    fn text_word(&self, line: usize) -> Option<TextRange> {
        let bare = self.bare(line);
        let (word, sign) = self.slice(bare).split_once(' ')?;
        let is_sign = sign.starts_with(['|', '>']) && sign.len() <= 2;
        (is_sign && lone_word(word) && word.len() > 1 && self.below(line).is_some())
            .then(|| TextRange::new(bare.start, bare.start + index(word.len())))
    }

    /// The first word of a line at the first column, when it is a key of the document that text follows.
    fn root_word(&self, line: usize) -> Option<TextRange> {
        let bare = self.bare(line);
        let (word, _) = self.slice(bare).split_once(' ')?;
        let known = self.is_root_key(word) == Some(true);
        (known && word.len() > 1 && self.indent(line).is_empty() && bare.start == self.line(line).start)
            .then(|| TextRange::new(bare.start, bare.start + index(word.len())))
    }
}
