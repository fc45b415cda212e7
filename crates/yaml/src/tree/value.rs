//! What a scalar says, and where its text stands.

use super::build::{NONE, Shape};
use super::{BlockHeader, Chomp, Node, Scalar, ScalarStyle, resolve_plain};
use crate::TextRange;

impl<'t> Node<'t> {
    /// Whether it is nothing: empty, `~` or `null`. Follows aliases.
    #[must_use]
    pub fn is_null(&self) -> bool {
        // No longer text says so.
        self.as_str().is_some_and(|text| text.len() <= "null".len()) && self.scalar() == Some(Scalar::Null)
    }

    /// What it means by the core schema; `None` for collections and undefined aliases. Follows aliases.
    #[must_use]
    pub fn scalar(&self) -> Option<Scalar<'t>> {
        let node = self.resolve();
        let text = node.as_str()?;
        Some(match (node.scalar_style()?, node.tag()) {
            (_, Some("!!str" | "!")) => Scalar::Str(text),
            (ScalarStyle::Plain, _) | (_, Some("!!int" | "!!float" | "!!bool" | "!!null")) => {
                resolve_plain(text)
            }
            _ => Scalar::Str(text),
        })
    }

    /// The decoded text of a scalar of any style and type, `""` for an empty one; `None` for collections and
    /// undefined aliases. Follows aliases.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> Option<&'t str> {
        let data = self.data();
        // Most scalars are plain and stand there as they are.
        if data.shape == Shape::Scalar(ScalarStyle::Plain) && data.value == NONE {
            return Some(self.tree.slice(data.range));
        }
        self.resolve().decoded()
    }

    /// [`Self::as_str`] of what is no alias.
    fn decoded(&self) -> Option<&'t str> {
        let data = self.data();
        match data.shape {
            Shape::Scalar(_) if data.value == NONE => Some(self.tree.slice(self.content_range())),
            Shape::Scalar(_) => self.tree.built.owned.get(data.value as usize).map(|owned| &*owned.text),
            _ => None,
        }
    }

    /// Whether [`Self::as_str`] is this text. Most keys are told apart by their length.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        let node = self.resolve();
        let data = node.data();
        if data.value != NONE || data.shape != Shape::Scalar(ScalarStyle::Plain) {
            return node.as_str() == Some(text);
        }
        let (start, end) = (data.range.start as usize, data.range.end as usize);
        end - start == text.len() && node.tree.text().as_bytes().get(start..end) == Some(text.as_bytes())
    }

    /// The boolean it is. Follows aliases.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.scalar()? {
            Scalar::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The number it is. Follows aliases.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match self.scalar()? {
            Scalar::Number(value) => Some(value),
            _ => None,
        }
    }

    /// The header of a block scalar.
    #[must_use]
    pub fn block_header(&self) -> Option<BlockHeader> {
        let data = self.data();
        if !matches!(data.shape, Shape::Scalar(ScalarStyle::Literal | ScalarStyle::Folded)) {
            return None;
        }
        let source = self.source();
        let marks = source.get(1..).unwrap_or_default();
        let marks = &marks[..marks.bytes().take_while(|b| matches!(b, b'0'..=b'9' | b'+' | b'-')).count()];
        let column = self.tree.built.owned.get(data.value as usize).map_or(0, |owned| owned.column);
        Some(BlockHeader {
            range: TextRange::new(data.range.start, data.range.start + 1 + super::build::index(marks.len())),
            chomp: match () {
                () if marks.contains('-') => Chomp::Strip,
                () if marks.contains('+') => Chomp::Keep,
                () => Chomp::Clip,
            },
            indent: marks.bytes().find(u8::is_ascii_digit).map(|b| b - b'0'),
            content_column: column,
        })
    }

    /// Inside of the quotes or brackets; below the header of a block scalar; else the range.
    #[must_use]
    pub fn content_range(&self) -> TextRange {
        let data = self.data();
        let range = data.range;
        match data.shape {
            Shape::Scalar(ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) => {
                TextRange::new(range.start + 1, range.end.saturating_sub(1))
            }
            Shape::Scalar(ScalarStyle::Literal | ScalarStyle::Folded) => {
                let source = self.source();
                let start = source
                    .find(['\n', '\r'])
                    .map_or(source.len(), |at| at + if source[at..].starts_with("\r\n") { 2 } else { 1 });
                TextRange::new(range.start + super::build::index(start), range.end)
            }
            Shape::FlowMapping | Shape::FlowSequence if self.source().starts_with(['{', '[']) => {
                let closed = u32::from(range.len() > 1 && self.source().ends_with(['}', ']']));
                TextRange::new(range.start + 1, range.end - closed)
            }
            _ => range,
        }
    }

    /// Where the byte at `decoded_index` of [`Self::as_str`] stands in the text. Inside of an escape it is the
    /// escape's start, for a folded line break the line break; an index beyond the end is the content's end. Follows
    /// aliases.
    #[must_use]
    pub fn offset_of(&self, decoded_index: usize) -> u32 {
        let node = self.resolve();
        super::decode::offset_of(&node, decoded_index)
    }

    /// Whether its decoded text is the source text, byte by byte.
    pub(super) fn is_verbatim(&self) -> bool {
        self.data().value == NONE
    }
}
