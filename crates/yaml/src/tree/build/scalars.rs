//! Scalars: where they really start and end, and whether the text is its own value.

use std::borrow::Cow;

use granit_parser::ScalarStyle as GranitStyle;

use super::{Builder, NONE, Owned, Role, Shape, index};
use crate::{ScalarStyle, TextRange};

impl<'t> Builder<'t> {
    pub(super) fn scalar(
        &mut self,
        value: Cow<'t, str>,
        style: GranitStyle,
        range: TextRange,
        tag: Option<TextRange>,
    ) {
        let style = match style {
            GranitStyle::Plain => ScalarStyle::Plain,
            GranitStyle::SingleQuoted => ScalarStyle::SingleQuoted,
            GranitStyle::DoubleQuoted => ScalarStyle::DoubleQuoted,
            GranitStyle::Literal => ScalarStyle::Literal,
            GranitStyle::Folded => ScalarStyle::Folded,
        };
        let shape = Shape::Scalar(style);
        let bytes = self.text.as_bytes();
        match style {
            ScalarStyle::Plain if range.is_empty() => {
                let id = self.push(shape, range, range.start, tag);
                let data = &mut self.built.nodes[id as usize];
                // The parser places a missing value anywhere behind its key; here it stands just behind the
                // indicator or, if there are any, behind the properties.
                if tag.is_none() && matches!(bytes.get(data.slot as usize), Some(b':' | b'-')) {
                    let after = data.slot + 1;
                    let between = self.text.get(after as usize..range.start as usize).unwrap_or_default();
                    if !between.trim_start().starts_with('&') {
                        data.range = TextRange::empty(after);
                    }
                }
                if data.slot == NONE {
                    data.range = TextRange::empty(range.start.max(self.last.map_or(0, |last| last.end)));
                }
                let (range, is_key) = (data.range, data.role == Role::Key);
                if is_key {
                    self.empty_key(id);
                } else {
                    self.at = self.at.max(range.end);
                    self.last = Some(range);
                }
            }
            ScalarStyle::Literal | ScalarStyle::Folded => self.block_scalar(value, shape, range, tag),
            _ => {
                let id = self.push(shape, range, range.start, tag);
                let quoted = u32::from(style != ScalarStyle::Plain);
                let inner = TextRange::new(range.start + quoted, range.end.saturating_sub(quoted));
                if self.text.get(inner.to_usize()) != Some(&*value) {
                    self.own(id, value, 0);
                }
                self.at = range.end;
                self.last = Some(range);
            }
        }
    }

    /// Places a missing key before its colon.
    fn empty_key(&mut self, id: u32) {
        let limit = index(self.text.len());
        let slot = self.built.nodes[id as usize].slot;
        let mut at = self.skip_blank(self.at, limit);
        if self.byte(at) == b',' || (self.byte(at) == b'?' && at == slot) {
            at = self.skip_blank(at + 1, limit);
        }
        at = self.skip_props(at, limit);
        let data = &mut self.built.nodes[id as usize];
        if self.text.as_bytes().get(at as usize) == Some(&b':') {
            if data.slot == data.range.start || data.slot > at {
                data.slot = at;
            }
            data.range = TextRange::empty(at);
        }
        self.at = data.range.end;
        self.last = Some(data.range);
    }

    fn own(&mut self, id: u32, value: Cow<'t, str>, column: u32) {
        self.built.nodes[id as usize].value = index(self.built.owned.len());
        self.built.owned.push(Owned { text: value.into_owned().into_boxed_str(), column });
    }

    fn block_scalar(
        &mut self,
        value: Cow<'t, str>,
        shape: Shape,
        content: TextRange,
        tag: Option<TextRange>,
    ) {
        let header = self.header(content.start);
        let id = self.push(shape, TextRange::empty(header), header, tag);
        let bytes = self.text.as_bytes();
        let line_end = |from: u32| {
            let rest = &bytes[(from as usize).min(bytes.len())..];
            from + index(rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len()))
        };
        let without_cr =
            |end: u32| if end > header && bytes[end as usize - 1] == b'\r' { end - 1 } else { end };
        let header_end = line_end(header);
        let mut header_text_end = header + 1;
        while matches!(self.byte(header_text_end), b'0'..=b'9' | b'+' | b'-') {
            header_text_end += 1;
        }
        let keep = self.text[header as usize..header_text_end as usize].contains('+');
        let mut end = header_text_end;
        let mut column = 0;
        let content_start = content.start.max((header_end + 1).min(index(bytes.len())));
        if content.end > content_start || keep {
            let line_start =
                bytes[..content_start as usize].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
            column = content_start - index(line_start);
            // Content ends with its last line that is not blank; what is deeper than the column is no blank.
            let mut at = index(line_start);
            while at < content.end {
                let stop = line_end(at);
                if stop > content.end {
                    break;
                }
                let line = &bytes[at as usize..without_cr(stop).max(at) as usize];
                let blank = line.iter().all(|b| matches!(b, b' ' | b'\t'));
                if !blank || line.len() > column as usize || (keep && stop < content.end) {
                    end = without_cr(stop);
                }
                at = stop + 1;
            }
        }
        self.built.nodes[id as usize].range = TextRange::new(header, end);
        self.own(id, value, column);
        self.at = end.max(content.end.min(index(bytes.len())));
        self.last = Some(TextRange::new(header, end));
    }

    /// Where the `|` or `>` of the block scalar stands whose content starts at `content`.
    fn header(&self, content: u32) -> u32 {
        let mut at = self.at;
        while at < content {
            at = self.skip_props(at, content);
            if matches!(self.byte(at), b'|' | b'>') {
                return at;
            }
            at += 1;
        }
        content
    }
}
