//! Byte offsets and the places of the browser: lines from 1, columns from 1 in UTF-16 units. The only place that knows
//! UTF-16.

use std::sync::Arc;

use stepladder_yaml::TextRange;

/// A place as Monaco counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    /// Line, from 1.
    pub(crate) line: u32,
    /// Column, from 1, in UTF-16 units.
    pub(crate) column: u32,
}

/// A text and where its lines start, as Monaco sees them: a line ends at `\n`, `\r\n` or a lone `\r`, and a leading
/// byte-order mark is not part of the first line.
#[derive(Clone, Debug)]
pub(crate) struct Positions {
    text: Arc<str>,
    starts: Vec<u32>,
}

impl Positions {
    /// Indexes `text`.
    #[must_use]
    pub(crate) fn new(text: Arc<str>) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![if text.starts_with('\u{feff}') { 3 } else { 0 }];
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { text, starts }
    }

    /// The text.
    #[must_use]
    pub(crate) fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Number of lines, at least 1.
    #[must_use]
    pub(crate) fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The place of a byte offset; inside of a line break, the end of its line.
    #[must_use]
    pub(crate) fn position(&self, offset: u32) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1) - 1;
        let start = self.starts[line];
        let content = self.content(line);
        let mut within = (offset.saturating_sub(start) as usize).min(content.len());
        while !content.is_char_boundary(within) {
            within -= 1;
        }
        let column = content[..within].encode_utf16().count();
        Position { line: number(line + 1), column: number(column + 1) }
    }

    /// The byte offset of a place; a line or column beyond the end is the end.
    #[must_use]
    pub(crate) fn offset(&self, position: Position) -> u32 {
        let line = (position.line.max(1) as usize - 1).min(self.starts.len() - 1);
        let content = self.content(line);
        self.starts[line] + number(byte_of_utf16(content, position.column.max(1) as usize - 1))
    }

    /// The range between two places.
    #[must_use]
    pub(crate) fn range(&self, from: Position, to: Position) -> TextRange {
        TextRange::new(self.offset(from), self.offset(to))
    }

    /// A line's text without its line break; `line` from 0.
    fn content(&self, line: usize) -> &str {
        let start = self.starts[line] as usize;
        let end = self.starts.get(line + 1).map_or(self.text.len(), |next| *next as usize);
        self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }
}

/// The byte offset of the UTF-16 offset `units` in `text`; its end when there are not that many.
#[must_use]
pub(crate) fn byte_of_utf16(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, c) in text.char_indices() {
        if left < c.len_utf16() {
            return at;
        }
        left -= c.len_utf16();
    }
    text.len()
}

/// The UTF-16 offset of the byte offset `byte` in `text`.
#[must_use]
pub(crate) fn utf16_of_byte(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or_else(|| text.encode_utf16().count(), |before| before.encode_utf16().count())
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 8] = [
        "",
        "on: push\n",
        "a\r\nb\r\n",
        "a\nb\r\nc\rd",
        "\u{feff}on: push\n# 🚀 ü\nx: 1",
        "emoji: 🚀🚀\nnext",
        "\n\n\n",
        "\r\r\n\n",
    ];

    #[test]
    fn places_lead_back_to_offsets() {
        for text in TEXTS {
            let positions = Positions::new(text.into());
            for (at, c) in text.char_indices() {
                let inside = c == '\u{feff}' || (c == '\n' && text[..at].ends_with('\r'));
                if !inside {
                    let at = number(at);
                    assert_eq!(positions.offset(positions.position(at)), at, "{text:?} at {at}");
                }
            }
        }
    }

    #[test]
    fn columns_count_utf16_units() {
        let positions = Positions::new("emoji: 🚀x\n".into());
        assert_eq!(positions.position(11), Position { line: 1, column: 10 });
        assert_eq!(positions.offset(Position { line: 1, column: 10 }), 11);
        assert_eq!(positions.offset(Position { line: 1, column: 9 }), 7, "inside of a pair is its start");
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let positions = Positions::new("\u{feff}on".into());
        assert_eq!(positions.position(3), Position { line: 1, column: 1 });
        assert_eq!(positions.offset(Position { line: 1, column: 1 }), 3);
    }

    #[test]
    fn beyond_the_end_is_the_end() {
        let positions = Positions::new("ab\ncd".into());
        assert_eq!(positions.offset(Position { line: 1, column: 99 }), 2);
        assert_eq!(positions.offset(Position { line: 9, column: 99 }), 5);
        assert_eq!(positions.position(99), Position { line: 2, column: 3 });
    }

    #[test]
    fn offsets_of_plain_text_fields() {
        for text in TEXTS {
            for (at, _) in text.char_indices() {
                assert_eq!(byte_of_utf16(text, utf16_of_byte(text, at)), at);
            }
            assert_eq!(utf16_of_byte(text, text.len()), text.encode_utf16().count());
        }
    }
}
