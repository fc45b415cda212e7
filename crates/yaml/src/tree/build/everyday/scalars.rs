//! Words in a line, and block scalars.

use std::borrow::Cow;

use super::super::{Owned, Shape, index};
use super::{Next, Reader, Seat, is_blank, range};
use crate::ScalarStyle;

/// A plain or quoted scalar of one line.
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    style: ScalarStyle,
    /// What it says, when that is not what stands there.
    decoded: Option<String>,
}

/// The bytes at which a plain scalar may end.
const MAY_END: [bool; 256] = {
    let mut table = [false; 256];
    table[b' ' as usize] = true;
    table[b':' as usize] = true;
    table[b'\n' as usize] = true;
    table[b'\t' as usize] = true;
    table
};

impl Reader<'_> {
    /// The scalar at `at`, which then stands behind it.
    pub(super) fn word(&mut self) -> Option<Word> {
        let next = self.byte(self.at + 1);
        match self.byte(self.at) {
            b'"' => self.double_quoted(),
            b'\'' => self.single_quoted(),
            b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'%' | b'@'
            | b'`' | b'?' | b':' | b'\t' | b'\n' | 0 => None,
            b'-' if is_blank(next) => None,
            _ => self.plain(),
        }
    }

    fn plain(&mut self) -> Option<Word> {
        let start = self.at;
        let mut at = start;
        // Spaces at the end do not belong to it.
        let mut end = start;
        loop {
            let rest = &self.bytes[at..];
            let inside = rest.iter().position(|byte| MAY_END[usize::from(*byte)]).unwrap_or(rest.len());
            at += inside;
            if inside > 0 {
                end = at;
            }
            match self.byte(at) {
                b' ' if self.byte(at + 1) != b'#' => at += 1,
                b':' if !is_blank(self.byte(at + 1)) => {
                    at += 1;
                    end = at;
                }
                b'\t' => return None,
                _ => break,
            }
        }
        self.at = end;
        Some(Word { start, end, style: ScalarStyle::Plain, decoded: None })
    }

    fn single_quoted(&mut self) -> Option<Word> {
        let start = self.at;
        let line = &self.text[start..self.line_end(start)];
        let mut decoded = Cow::Borrowed("");
        let mut from = 1;
        loop {
            let quote = from + line[from..].find('\'')?;
            let part = &line[from..quote];
            if self.byte(start + quote + 1) == b'\'' {
                let text = decoded.to_mut();
                text.push_str(part);
                text.push('\'');
                from = quote + 2;
                continue;
            }
            self.at = start + quote + 1;
            let decoded = match decoded {
                Cow::Borrowed(_) => None,
                Cow::Owned(text) => Some(text + part),
            };
            return Some(Word { start, end: self.at, style: ScalarStyle::SingleQuoted, decoded });
        }
    }

    /// Without escapes but those of quotes, backslashes, line feeds and tabs.
    fn double_quoted(&mut self) -> Option<Word> {
        let start = self.at;
        let line = &self.text[start..self.line_end(start)];
        let mut decoded = Cow::Borrowed("");
        let mut from = 1;
        loop {
            let stop = from + line[from..].find(['"', '\\'])?;
            let part = &line[from..stop];
            if line.as_bytes()[stop] == b'\\' {
                let c = match line.as_bytes().get(stop + 1)? {
                    b'"' => '"',
                    b'\\' => '\\',
                    b'n' => '\n',
                    b't' => '\t',
                    _ => return None,
                };
                let text = decoded.to_mut();
                text.push_str(part);
                text.push(c);
                from = stop + 2;
                continue;
            }
            self.at = start + stop + 1;
            let decoded = match decoded {
                Cow::Borrowed(_) => None,
                Cow::Owned(text) => Some(text + part),
            };
            return Some(Word { start, end: self.at, style: ScalarStyle::DoubleQuoted, decoded });
        }
    }

    /// Goes to the colon behind a key, if there is one.
    pub(super) fn is_colon(&mut self) -> bool {
        let from = self.at;
        let found = self.skip_spaces() == b':' && is_blank(self.byte(self.at + 1));
        if !found {
            self.at = from;
        }
        found
    }

    pub(super) fn push_word(&mut self, seat: Seat, word: Word) {
        let id = self.push(Shape::Scalar(word.style), seat, range(word.start, word.end));
        if let Some(text) = word.decoded {
            self.own(id, text.into(), 0);
        }
    }

    fn own(&mut self, id: u32, text: Box<str>, column: usize) {
        self.built.nodes[id as usize].value = index(self.built.owned.len());
        self.built.owned.push(Owned { text, column: index(column) });
    }

    /// The block scalar whose header is at `at` and whose content stands in column `least` or deeper.
    pub(super) fn block_scalar(&mut self, seat: Seat, least: usize) -> Option<Next> {
        let header = self.at;
        let folded = self.byte(header) == b'>';
        self.at += 1;
        let strip = self.byte(self.at) == b'-';
        self.at += usize::from(strip);
        self.end_of_line()?;
        let first = self.at;
        let column = self.skip_spaces_from(first) - first;
        if column < least || matches!(self.byte(first + column), b'\n' | b'\t' | 0) {
            return None;
        }
        let mut text = std::mem::take(&mut self.block);
        text.clear();
        let mut breaks = 0usize;
        // Whether the line before is one that is folded into the next.
        let mut folds = false;
        let mut end = first;
        let mut line = first;
        while line < self.bytes.len() {
            let content = self.skip_spaces_from(line);
            let stop = self.line_end(content);
            let deep = content - line > column;
            if content == stop && !deep {
                breaks += 1;
            } else if content - line < column {
                if self.byte(content) == b'\t' {
                    return None;
                }
                break;
            } else {
                if (deep && folded && content == stop) || self.byte(line + column) == b'\t' {
                    return None;
                }
                match breaks {
                    1 if folds && !deep => text.push(' '),
                    _ => text.extend(std::iter::repeat_n('\n', breaks - usize::from(folds && !deep))),
                }
                text.push_str(&self.text[line + column..stop]);
                folds = folded && !deep;
                breaks = 1;
                end = stop;
            }
            line = (stop + 1).min(self.bytes.len());
        }
        if !strip {
            text.push('\n');
        }
        self.at = line;
        let id = self.push(
            Shape::Scalar(if folded { ScalarStyle::Folded } else { ScalarStyle::Literal }),
            seat,
            range(header, end),
        );
        self.own(id, text.as_str().into(), column);
        self.block = text;
        self.next_line()
    }

    fn skip_spaces_from(&self, from: usize) -> usize {
        from + self.bytes[from..].iter().take_while(|byte| **byte == b' ').count()
    }
}
