//! Repairs: what is put in place of broken bytes. All keep every byte offset.

use super::Repair;
use crate::TextRange;
use crate::tree::build::index;

/// What to do about an error.
pub(super) enum Cure {
    /// Hide the bytes.
    Mask(TextRange),
    /// Read the value as a text, as if it stood in quotes.
    Text(TextRange),
    /// Hide the line.
    Line(usize),
    /// Hide the line and the deeper ones below it that are its own.
    Block(usize),
    /// Put a colon in place of the last letter of a lone word.
    Colon(TextRange),
    /// Put a colon in place of the last letter of a word that text follows, and a space in place of a colon behind it.
    Key(TextRange),
    /// Read the line, which starts with a key or an item, at this column.
    Align(usize, usize),
    /// Leave nothing of the value but this sign of a text.
    Header(TextRange),
    /// Leave nothing of the line but the `-` of an item at this column.
    Sign(usize, usize),
    /// Put a space in place of the first letter behind the dash that the line starts with.
    Dash(usize),
    /// Put a dash and a space in place of the first two letters of the key that the line starts with.
    Item(usize),
    /// Put spaces in place of tabs, from this line on.
    Tabs(usize),
    /// Put line breaks in place of spaces.
    Breaks(TextRange),
    /// Read no further.
    Stop,
}

impl Repair<'_> {
    /// Repairs the text; `false` when that changes nothing.
    pub(super) fn cure(&mut self, cure: Cure) -> bool {
        match cure {
            Cure::Mask(range) => self.mask(range),
            Cure::Text(value) => self.read_as_text(value) || self.mask(value),
            Cure::Line(line) => self.mask_line(line),
            Cure::Block(line) => self.mask_block(line),
            Cure::Colon(word) => self.put_colon(word),
            Cure::Key(word) => {
                self.put_colon(word) && {
                    self.replace(TextRange::new(word.end, word.end + 1), |_| b' ');
                    true
                }
            }
            Cure::Align(line, column) => self.align(line, column),
            Cure::Header(sign) => self.keep_header(sign),
            Cure::Sign(line, column) => self.keep_sign(line, column),
            Cure::Dash(line) => self.part_dash(line),
            Cure::Item(line) => self.put_dash(line),
            Cure::Tabs(line) => self.replace_tabs(line),
            Cure::Breaks(range) => self.replace(range, |_| b'\n'),
            Cure::Stop => false,
        }
    }

    fn put_colon(&mut self, word: TextRange) -> bool {
        let last = word.end - 1;
        self.keys.push(last);
        self.replace(TextRange::new(last, word.end), |_| b':')
    }

    /// Puts a letter in place of each colon that ends a word.
    fn read_as_text(&mut self, value: TextRange) -> bool {
        let bytes = &self.now.as_bytes()[value.to_usize()];
        let ends = |at: usize| bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
        let colons = (0..bytes.len()).filter(|at| bytes[*at] == b':' && ends(*at));
        let colons: Vec<u32> = colons.map(index).collect();
        if colons.is_empty() {
            return false;
        }
        for colon in colons {
            let at = value.start + colon;
            self.replace(TextRange::new(at, at + 1), |_| b'_');
        }
        self.masked.push(value);
        self.unquoted.push(value);
        true
    }

    /// Makes a line that starts with a key, or with the dash of an item that does, be read at another column: letters take
    /// the place of the spaces before the key, or spaces that of its first letters.
    pub(super) fn align(&mut self, line: usize, column: usize) -> bool {
        let start = self.lines().line_start(line);
        let own = self.line(line).start;
        let dash = if self.now[own as usize..].starts_with("- ") { 2 } else { 0 };
        let (read, key) = (start + index(column) + dash, own + dash);
        self.moved.push((read, key));
        let mut at = start;
        let with = |_| {
            at += 1;
            match at - 1 {
                at if dash > 0 && at + dash == read => b'-',
                at if at >= read => b'x',
                _ => b' ',
            }
        };
        self.replace(TextRange::new(start, read.max(key)), with)
    }

    /// Leaves the `-` of an item that what is below it belongs to, and hides the rest of the line.
    fn keep_sign(&mut self, line: usize, column: usize) -> bool {
        let (start, end) = (self.lines().line_start(line), self.line(line).end);
        let sign = start + index(column);
        if sign >= end {
            return self.mask_line(line);
        }
        let mut at = start;
        self.replace(TextRange::new(start, end), |_| {
            at += 1;
            if at - 1 == sign { b'-' } else { b' ' }
        })
    }

    /// Parts the dash that a line starts with from the key behind it.
    fn part_dash(&mut self, line: usize) -> bool {
        let key = self.line(line).start + 1;
        self.moved.push((key + 1, key));
        self.replace(TextRange::new(key, key + 1), |_| b' ')
    }

    /// Makes an item of a line that starts with a key.
    fn put_dash(&mut self, line: usize) -> bool {
        let key = self.line(line).start;
        self.moved.push((key + 2, key));
        let mut signs = [b'-', b' '].into_iter();
        self.replace(TextRange::new(key, key + 2), |byte| signs.next().unwrap_or(byte))
    }

    pub(super) fn mask_block(&mut self, line: usize) -> bool {
        let mut changed = false;
        for line in self.block(line) {
            changed |= self.mask_line(line);
        }
        changed
    }

    /// Makes the line blank. Its indentation goes too, else it would be text of a block scalar above.
    pub(super) fn mask_line(&mut self, line: usize) -> bool {
        let content = self.line(line);
        if content.is_empty() {
            return false;
        }
        let text = self.text_below(line);
        let changed = self.replace(TextRange::new(self.lines().line_start(line), content.end), |_| b'\n');
        for line in text {
            self.mask_line(line);
        }
        changed
    }

    pub(super) fn mask_coarsely(&mut self, offset: u32) -> bool {
        let line = self.lines().line_of(offset);
        let end = (line + 1..self.lines().lines())
            .find(|line| self.indent(*line).is_empty() && !self.line(*line).is_empty())
            .map_or(index(self.text.len()), |line| self.lines().line_start(line));
        self.mask(TextRange::new(self.lines().line_start(line), end))
            || self.mask(TextRange::new(0, offset))
            || self.mask(TextRange::new(0, index(self.text.len())))
    }

    pub(super) fn mask(&mut self, range: TextRange) -> bool {
        self.replace(range, |byte| if matches!(byte, b'\n' | b'\r') { byte } else { b' ' })
    }

    /// Replaces the bytes by ASCII; `false` when that changes nothing.
    pub(super) fn replace(&mut self, range: TextRange, with: impl FnMut(u8) -> u8) -> bool {
        let Some(old) = self.now.get(range.to_usize()) else { return false };
        let new: String = old.bytes().map(with).map(|byte| char::from(byte & 0x7f)).collect();
        if old == new {
            return false;
        }
        self.now.to_mut().replace_range(range.to_usize(), &new);
        self.masked.push(range);
        true
    }
}
