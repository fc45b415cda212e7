//! Quotes and brackets: what is wrong between them, and how far they reach where they are not closed.

use granit_parser::ErrorKind;

use super::super::build::{Failure, index};
use super::{Cure, Repair};
use crate::TextRange;

impl Repair<'_> {
    /// A quote that is not closed, or what stands beside and in quotes that are.
    pub(super) fn quote(&self, failure: &Failure, offset: u32) -> Option<(TextRange, String, Cure)> {
        let bytes = self.now.as_bytes();
        let is_quote = |at: u32| matches!(bytes.get(at as usize), Some(b'"' | b'\''));
        let mut start = self.value_start(failure, offset);
        if is_quote(offset.saturating_sub(1)) && !is_quote(start) {
            // The quote that closes here was opened on a line above.
            let from = failure.last.map_or(0, |last| last.end);
            start = (from..offset - 1).find(|at| is_quote(*at)).unwrap_or(start);
        }
        let message = match failure.error.kind() {
            ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => None,
            ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar => {
                let same_line = self.lines().line_of(start) == self.lines().line_of(offset);
                same_line.then_some("Text follows the closing quote: put the quotes around the whole value.")
            }
            ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidLowSurrogateHexEscape
            | ErrorKind::InvalidLowSurrogate
            | ErrorKind::MissingLowSurrogate
            | ErrorKind::UnpairedLowSurrogate
            | ErrorKind::InvalidUnicodeEscape => Some(
                "A `\\` in double quotes starts an escape, and this one does not exist: write `\\\\`, or use single quotes.",
            ),
            _ => return None,
        };
        let start = if is_quote(offset) && message.is_none() && !is_quote(start) { offset } else { start };
        let value = self.to_line_end(start);
        let Some(message) = message else {
            let quote = self.now[start as usize..].chars().next().filter(|c| *c == '\'').unwrap_or('"');
            return Some((
                value,
                format!("This quote is never closed: add the missing `{quote}`."),
                Cure::Mask(value),
            ));
        };
        let value = match failure.open_flow {
            Some((open, _)) => self.flow_extent(open).0,
            None => value,
        };
        Some((value, message.to_owned(), Cure::Mask(value)))
    }

    /// A list or a mapping in brackets that cannot be read.
    pub(super) fn flow(
        &self,
        kind: &ErrorKind,
        start: u32,
        bracket: u8,
        offset: u32,
    ) -> (TextRange, String, Cure) {
        let (extent, closed) = self.flow_extent(start);
        let (open, close) = if bracket == b'{' { ('{', '}') } else { ('[', ']') };
        let message = if !closed {
            format!("This `{open}` is never closed: add the missing `{close}`.")
        } else if self.now.as_bytes()[..offset as usize].ends_with(b"$")
            && matches!(
                kind,
                ErrorKind::ExpectedFlowSequenceSeparator | ErrorKind::ExpectedFlowMappingSeparator
            )
        {
            format!("Between `{open}` and `{close}`, an expression `${{{{ … }}}}` must be in quotes.")
        } else if matches!(kind, ErrorKind::MissingAnchorOrAliasName | ErrorKind::UnexpectedCharacter { .. })
        {
            return (self.to_line_end(offset), self.character(offset), Cure::Mask(extent));
        } else {
            format!(
                "What stands between `{open}` and `{close}` cannot be read from here: check its commas, colons and quotes."
            )
        };
        let shown = if closed && offset < extent.end { TextRange::new(offset, extent.end) } else { extent };
        (self.clip_to_line(shown), message, Cure::Mask(extent))
    }

    /// The bracket that opens right behind the last thing the parser knew and is never closed: it may be a key, so that the
    /// parser gives up before it tells of it.
    pub(super) fn unclosed_ahead(&self, failure: &Failure) -> Option<(u32, u8)> {
        let bytes = self.now.as_bytes();
        let mut at = failure.last.map_or(0, |last| last.end);
        loop {
            match bytes.get(at as usize)? {
                b' ' | b'\t' | b'\r' | b'\n' | b'-' | b':' => at += 1,
                b'#' => at = self.to_line_end(at).end,
                bracket @ (b'{' | b'[') => {
                    let (_, closed) = self.flow_extent(at);
                    return (!closed).then_some((at, *bracket));
                }
                _ => return None,
            }
        }
    }

    /// The bytes of the flow collection that opens at `start`, and whether it is closed.
    fn flow_extent(&self, start: u32) -> (TextRange, bool) {
        let open_line = self.lines().line_of(start);
        // What goes on stands deeper than the key, which may follow a dash.
        let open_indent = self
            .row(open_line)
            .filter(|row| row.key.is_some())
            .map_or(self.indent(open_line).len(), |row| row.content());
        let mut depth = 0usize;
        let mut quote = None;
        let mut line = open_line;
        let mut end = self.line(open_line).end;
        let bytes = self.now.as_bytes();
        for at in start..index(bytes.len()) {
            let byte = bytes[at as usize];
            match (byte, quote) {
                (b'\n', _) => {
                    line += 1;
                    let indent = self.indent(line);
                    let text = &bytes[(at as usize + 1 + indent.len()).min(bytes.len())..];
                    let blank = matches!(text.first(), None | Some(b'\n' | b'\r'));
                    let closes = matches!(text.first(), Some(b']' | b'}' | b','));
                    if !blank && !closes && indent.len() <= open_indent {
                        break;
                    }
                    if !blank {
                        end = self.line(line).end;
                    }
                    quote = None;
                }
                (_, Some(open)) if byte == open => quote = None,
                (_, Some(_)) => {}
                (b'"' | b'\'', None) => {
                    let before = bytes[at as usize - 1];
                    if !before.is_ascii_alphanumeric() {
                        quote = Some(byte);
                    }
                }
                (b'[' | b'{', None) => depth += 1,
                (b']' | b'}', None) => {
                    depth -= 1;
                    if depth == 0 {
                        return (TextRange::new(start, at + 1), true);
                    }
                }
                _ => {}
            }
        }
        (TextRange::new(start, end.max(start)), false)
    }
}
