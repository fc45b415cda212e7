//! Flow collections: `[a, "b"]`, `{ a: b }`.

use super::super::{Role, Shape};
use super::scalars::Word;
use super::{MAX_DEPTH, Reader, Seat, range};

impl Reader<'_> {
    /// The collection whose bracket is at `at`; lines that it goes on in start in column `least` or deeper.
    pub(super) fn flow(&mut self, seat: Seat, least: usize) -> Option<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let is_mapping = self.byte(self.at) == b'{';
        let (shape, end) = if is_mapping { (Shape::FlowMapping, b'}') } else { (Shape::FlowSequence, b']') };
        let id = self.push(shape, seat, range(self.at, self.at));
        self.at += 1;
        while self.gap(least)? != end {
            let item = Seat { parent: id, role: Role::Item, slot: self.at };
            if is_mapping {
                let key = self.flow_word()?;
                self.push_word(Seat { role: Role::Key, ..item }, key);
                if !self.is_colon() {
                    return None;
                }
                let value = Seat { parent: id, role: Role::Value, slot: self.at };
                self.at += 1;
                self.gap(least)?;
                self.flow_value(value, least)?;
            } else {
                self.flow_value(item, least)?;
            }
            match self.gap(least)? {
                b',' => self.at += 1,
                byte if byte == end => {}
                _ => return None,
            }
        }
        self.at += 1;
        self.last = self.at;
        self.close(id);
        self.depth -= 1;
        Some(())
    }

    fn flow_value(&mut self, seat: Seat, least: usize) -> Option<()> {
        if matches!(self.byte(self.at), b'[' | b'{') {
            return self.flow(seat, least);
        }
        let word = self.flow_word()?;
        self.push_word(seat, word);
        Some(())
    }

    /// A scalar that ends before what has a meaning between brackets.
    fn flow_word(&mut self) -> Option<Word> {
        let quoted = matches!(self.byte(self.at), b'"' | b'\'');
        let mut word = self.word()?;
        if quoted {
            return Some(word);
        }
        let source = &self.text[word.start..self.at];
        let stop = source.find([',', '[', ']', '{', '}']).unwrap_or(source.len());
        let kept = source[..stop].trim_end_matches(' ');
        // A colon, a dash or nothing before the bracket or the comma may mean something there.
        if kept.is_empty() || kept.ends_with(':') || kept == "-" || source[stop..].starts_with(['[', '{']) {
            return None;
        }
        self.at = word.start + kept.len();
        word.end = self.at;
        Some(word)
    }

    /// Goes to the next byte that is neither white space nor in a comment; which it is.
    fn gap(&mut self, least: usize) -> Option<u8> {
        let mut line = None;
        loop {
            match self.skip_spaces() {
                b'\n' => self.at += 1,
                b'#' if line == Some(self.at) || self.byte(self.at - 1) == b' ' => {
                    self.comment(line.is_none())
                }
                0 | b'\t' | b'#' => return None,
                byte => {
                    // A closing bracket may stand below the key.
                    let column = line.map(|line| self.at - line + usize::from(matches!(byte, b']' | b'}')));
                    return column.is_none_or(|column| column >= least).then_some(byte);
                }
            }
            line = Some(self.at);
        }
    }
}
