//! The YAML that nearly every workflow is written in, read in one pass.
//!
//! A full parser pays for everything that YAML could say. Files of people say little of it: block mappings and lists,
//! values of one line, block scalars, short flow collections and comments. This reader knows these alone and gives up at
//! the first byte that could mean anything else, mistakes included; the parser then reads the text from its start. So
//! it decides nothing: what it accepts has the same tree either way, which the tests hold it to.

mod flow;
mod scalars;

use super::{Built, Comment, Data, NONE, Role, Shape, index};
use crate::{NodeId, ScalarStyle, TextRange};
use scalars::Word;

/// Deeper nesting is left to the parser.
const MAX_DEPTH: usize = 60;

/// The column of the next line that holds more than a comment; `None` at the end of the text.
type Next = Option<usize>;

/// The tree of `text`; `None` when the text needs the parser.
pub(super) fn read(text: &str) -> Option<Built> {
    if !is_ordinary(text.as_bytes()) {
        return None;
    }
    let built = Built { nodes: Vec::with_capacity(text.len() / 12), ..Built::default() };
    let bytes = text.as_bytes();
    let mut reader = Reader { text, bytes, at: 0, line: 0, depth: 0, last: 0, built, block: String::new() };
    reader.document()?;
    reader.built.nodes.shrink_to_fit();
    Some(reader.built)
}

/// Whether all bytes are printable or line feeds or tabs, with no other line break and no byte-order mark among them.
fn is_ordinary(bytes: &[u8]) -> bool {
    // In pieces, which are looked at without a branch a byte.
    let plain =
        |piece: &[u8]| piece.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'~' | b'\n' | b'\t'));
    if bytes.chunks(256).all(plain) {
        return true;
    }
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        b' '..=b'~' | b'\n' | b'\t' | 0x80..=0xC1 => true,
        0xC2 => bytes.get(at + 1).is_some_and(|next| *next >= 0xA0),
        0xE2 => !matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xA8 | 0xA9])),
        0xEF => !matches!(bytes.get(at + 1), Some(0xBB | 0xBF)),
        0xC3.. => true,
        _ => false,
    })
}

/// Whether white space or the end of the text is there.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | 0)
}

/// What a node is to the collection around it.
#[derive(Clone, Copy)]
struct Seat {
    parent: u32,
    role: Role,
    slot: usize,
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// Where the line of `at` starts.
    line: usize,
    depth: usize,
    /// End of the last node that is complete.
    last: usize,
    built: Built,
    /// Where the text of a block scalar is put together.
    block: String,
}

impl<'t> Reader<'t> {
    fn document(&mut self) -> Option<()> {
        self.start()?;
        let column = self.next_line()??;
        let root = Seat { parent: NONE, role: Role::Root, slot: self.at };
        self.built.documents.push(NodeId(0));
        let next = self.node(root, column)?;
        let is_mapping = self.built.nodes.first()?.shape == Shape::BlockMapping;
        (next.is_none() && is_mapping).then_some(())
    }

    /// Goes behind the `---` at the start, if there is one.
    fn start(&mut self) -> Option<()> {
        loop {
            let line = self.at;
            match self.skip_spaces() {
                b'#' => self.comment(false),
                b'\n' => self.at += 1,
                b'-' if self.at == line && self.bytes[line..].starts_with(b"---") => {
                    self.at += 3;
                    return self.end_of_line();
                }
                _ => {
                    self.at = line;
                    return Some(());
                }
            }
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn skip_spaces(&mut self) -> u8 {
        while self.byte(self.at) == b' ' {
            self.at += 1;
        }
        self.byte(self.at)
    }

    /// Goes from the start of a line to the first byte that is neither blank nor in a comment.
    fn next_line(&mut self) -> Option<Next> {
        loop {
            self.line = self.at;
            match self.skip_spaces() {
                0 => return Some(None),
                b'\n' => self.at += 1,
                b'#' => self.comment(false),
                b'\t' => return None,
                byte => {
                    let column = self.at - self.line;
                    let rest = &self.bytes[self.at..];
                    let marker = byte == b'%' || rest.starts_with(b"---") || rest.starts_with(b"...");
                    return if column == 0 && marker { None } else { Some(Some(column)) };
                }
            }
        }
    }

    /// Goes to the next line, past a comment at most.
    fn end_of_line(&mut self) -> Option<()> {
        match self.skip_spaces() {
            0 => {}
            b'\n' => self.at += 1,
            b'#' if self.byte(self.at.saturating_sub(1)) == b' ' => self.comment(true),
            _ => return None,
        }
        Some(())
    }

    /// Takes in the comment that starts at `at`, and its line break.
    fn comment(&mut self, trailing: bool) {
        let end = self.line_end(self.at);
        self.built.comments.push(Comment { range: range(self.at, end), trailing });
        self.at = (end + 1).min(self.bytes.len());
    }

    /// Where the line of `from` ends.
    fn line_end(&self, from: usize) -> usize {
        let rest = &self.bytes[from..];
        from + memchr::memchr(b'\n', rest).unwrap_or(rest.len())
    }

    fn push(&mut self, shape: Shape, seat: Seat, range: TextRange) -> u32 {
        let id = self.built.len();
        self.built.nodes.push(Data {
            shape,
            role: seat.role,
            range,
            skip: id + 1,
            parent: seat.parent,
            slot: index(seat.slot),
            props: NONE,
            value: NONE,
        });
        self.last = range.end as usize;
        id
    }

    fn close(&mut self, id: u32) {
        let skip = self.built.len();
        let end = index(self.last);
        let data = &mut self.built.nodes[id as usize];
        data.skip = skip;
        data.range = TextRange::new(data.range.start, end);
    }

    /// The value that is not there.
    fn nothing(&mut self, seat: Seat) {
        self.push(Shape::Scalar(ScalarStyle::Plain), seat, range(seat.slot + 1, seat.slot + 1));
    }

    fn is_dash(&self) -> bool {
        self.byte(self.at) == b'-' && is_blank(self.byte(self.at + 1))
    }

    /// The node at `at`, in this column.
    fn node(&mut self, seat: Seat, column: usize) -> Option<Next> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let next = if self.is_dash() {
            self.sequence(seat, column, false)
        } else if matches!(self.byte(self.at), b'|' | b'>' | b'[' | b'{') {
            self.value(seat, self.least(seat))
        } else {
            let word = self.word()?;
            if self.is_colon() { self.mapping(seat, column, word) } else { self.scalar(seat, word) }
        };
        self.depth -= 1;
        next
    }

    /// The least column of what stands below the indicator of `seat`.
    fn least(&self, seat: Seat) -> usize {
        let Some(parent) = self.built.nodes.get(seat.parent as usize) else { return 0 };
        let start = parent.range.start as usize;
        let line = self.bytes[..start].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        start - line + 1
    }

    /// A value that is no block collection.
    fn value(&mut self, seat: Seat, least: usize) -> Option<Next> {
        match self.byte(self.at) {
            b'|' | b'>' => return self.block_scalar(seat, least),
            b'[' | b'{' => self.flow(seat, least)?,
            _ => {
                let word = self.word()?;
                if self.is_colon() {
                    return None;
                }
                return self.scalar(seat, word);
            }
        }
        self.end_of_line()?;
        self.next_line()
    }

    fn scalar(&mut self, seat: Seat, word: Word) -> Option<Next> {
        self.push_word(seat, word);
        self.end_of_line()?;
        self.next_line()
    }

    /// The mapping in `column` whose first key was read.
    fn mapping(&mut self, seat: Seat, column: usize, first: Word) -> Option<Next> {
        let id = self.push(Shape::BlockMapping, seat, range(first.start, first.start));
        let mut word = first;
        loop {
            // The parser looks for the colon in so many characters only.
            if self.at - word.start > 500 {
                return None;
            }
            self.push_word(Seat { parent: id, role: Role::Key, slot: word.start }, word);
            let seat = Seat { parent: id, role: Role::Value, slot: self.at };
            self.at += 1;
            let next = match self.skip_spaces() {
                0 | b'\n' | b'#' => {
                    self.end_of_line()?;
                    match self.next_line()? {
                        Some(deeper) if deeper > column => self.node(seat, deeper)?,
                        Some(same) if same == column && self.is_dash() => self.sequence(seat, same, true)?,
                        next => {
                            self.nothing(seat);
                            next
                        }
                    }
                }
                b'-' if self.is_dash() => return None,
                _ => self.value(seat, column + 1)?,
            };
            match next {
                Some(same) if same == column => {
                    word = self.word()?;
                    if !self.is_colon() {
                        return None;
                    }
                }
                Some(deeper) if deeper > column => return None,
                next => {
                    self.close(id);
                    return Some(next);
                }
            }
        }
    }

    /// The list whose first dash is at `at`; `beside`: whether it may end at a key in its own column.
    fn sequence(&mut self, seat: Seat, column: usize, beside: bool) -> Option<Next> {
        let id = self.push(Shape::BlockSequence, seat, range(self.at, self.at));
        loop {
            let seat = Seat { parent: id, role: Role::Item, slot: self.at };
            self.at += 1;
            let next = match self.skip_spaces() {
                0 | b'\n' | b'#' => {
                    self.end_of_line()?;
                    match self.next_line()? {
                        Some(deeper) if deeper > column => self.node(seat, deeper)?,
                        next => {
                            self.nothing(seat);
                            next
                        }
                    }
                }
                b'\t' => return None,
                _ => self.node(seat, self.at - self.line)?,
            };
            match next {
                Some(same) if same == column && self.is_dash() => {}
                Some(deep) if deep > column || (deep == column && !beside) => return None,
                next => {
                    self.close(id);
                    return Some(next);
                }
            }
        }
    }
}

fn range(start: usize, end: usize) -> TextRange {
    TextRange::new(index(start), index(end))
}

#[cfg(test)]
mod tests;
