//! From a place in a decoded scalar to its place in the text.

use super::{Node, ScalarStyle};

/// A part of a decoded scalar and where it comes from; offsets are relative to the source that was decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// These bytes as they are.
    Copy { at: usize, len: usize },
    /// One character for what stands at `at`: an escape or a line break.
    Char { at: usize, c: char },
}

impl Piece {
    fn len(self) -> usize {
        match self {
            Self::Copy { len, .. } => len,
            Self::Char { c, .. } => c.len_utf8(),
        }
    }
}

/// See [`Node::offset_of`].
pub(super) fn offset_of(node: &Node<'_>, decoded_index: usize) -> u32 {
    let content = node.content_range();
    let clamp = |at: usize| content.start.saturating_add(super::build::index(at)).min(content.end);
    if node.is_verbatim() {
        return clamp(decoded_index);
    }
    if let (Some(ScalarStyle::Literal), Some(header)) = (node.scalar_style(), node.block_header())
        && let Some(at) =
            in_literal(node.tree().slice(content), header.content_column as usize, decoded_index)
    {
        return clamp(at);
    }
    let mut left = decoded_index;
    for piece in pieces(node) {
        if left < piece.len() {
            return match piece {
                Piece::Copy { at, .. } => clamp(at + left),
                Piece::Char { at, .. } => clamp(at),
            };
        }
        left -= piece.len();
    }
    content.end
}

fn pieces(node: &Node<'_>) -> Vec<Piece> {
    let source = node.tree().slice(node.content_range());
    let column = match node.block_header() {
        Some(header) if header.indent.is_none() && source.trim().is_empty() => usize::MAX,
        Some(header) => header.content_column as usize,
        None => 0,
    };
    match node.scalar_style() {
        Some(ScalarStyle::Literal) => literal(source, column),
        Some(ScalarStyle::Folded) => folded(source, column),
        Some(style) => flow(source, style),
        None => Vec::new(),
    }
}

/// Lines with their start; without their line break, which is `\n`, `\r\n` or `\r`.
fn lines(source: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut start = 0;
    while let Some(len) = source[start..].find(['\n', '\r']) {
        let end = start + len;
        lines.push((start, &source[start..end]));
        start = end + if source[end..].starts_with("\r\n") { 2 } else { 1 };
    }
    lines.push((start, &source[start..]));
    lines
}

/// How much of the line is indentation of a block whose content starts at `column`.
fn indentation(line: &str, column: usize) -> usize {
    line.bytes().take(column).take_while(|b| *b == b' ').count()
}

fn literal(source: &str, column: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (start, line) in lines(source) {
        let skip = indentation(line, column);
        if line.len() > skip {
            pieces.push(Piece::Copy { at: start + skip, len: line.len() - skip });
        }
        pieces.push(Piece::Char { at: start + line.len(), c: '\n' });
    }
    pieces
}

/// As the pieces of [`literal`] say, without making them. Not for texts with other line breaks than line feeds.
fn in_literal(source: &str, column: usize, index: usize) -> Option<usize> {
    let (mut left, mut start) = (index, 0);
    loop {
        let end = start + memchr::memchr(b'\n', &source.as_bytes()[start..])?;
        let line = &source[start..end];
        if line.contains('\r') {
            return None;
        }
        let skip = indentation(line, column);
        if left <= line.len() - skip {
            return Some(start + skip + left);
        }
        left -= line.len() - skip + 1;
        start = end + 1;
    }
}

fn folded(source: &str, column: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut breaks: Vec<usize> = Vec::new();
    let mut deep_before = None;
    for (start, line) in lines(source) {
        let skip = indentation(line, column);
        let end = start + line.len();
        if line.len() == skip {
            breaks.push(end);
            continue;
        }
        let deep = line.as_bytes()[skip] == b' ' || line.as_bytes()[skip] == b'\t';
        match (deep_before, breaks.as_slice()) {
            (Some(false), [only]) if !deep => pieces.push(Piece::Char { at: *only, c: ' ' }),
            (before, all) => {
                let drop = usize::from(before == Some(false) && !deep);
                pieces.extend(all.iter().skip(drop).map(|at| Piece::Char { at: *at, c: '\n' }));
            }
        }
        breaks.clear();
        pieces.push(Piece::Copy { at: start + skip, len: line.len() - skip });
        breaks.push(end);
        deep_before = Some(deep);
    }
    pieces.extend(breaks.iter().map(|at| Piece::Char { at: *at, c: '\n' }));
    pieces
}

/// Plain and quoted scalars.
fn flow(source: &str, style: ScalarStyle) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut breaks: Vec<usize> = Vec::new();
    let mut escaped_break = false;
    let lines = lines(source);
    let count = lines.len();
    for (number, (start, line)) in lines.into_iter().enumerate() {
        let first = number == 0;
        let last = number + 1 == count;
        let blank: &[char] = &[' ', '\t'];
        let skip = if first { 0 } else { line.len() - line.trim_start_matches(blank).len() };
        let mut body = &line[skip..];
        let escapes_break = !last && style == ScalarStyle::DoubleQuoted && ends_with_backslash(body);
        if escapes_break {
            body = &body[..body.len() - 1];
        } else if !last {
            let trimmed = body.trim_end_matches(blank);
            // An escaped blank stays.
            let kept = usize::from(style == ScalarStyle::DoubleQuoted && ends_with_backslash(trimmed));
            body = &body[..(trimmed.len() + kept).min(body.len())];
        }
        let at = start + skip;
        if !first && (!body.is_empty() || escapes_break || last) {
            fold(&mut pieces, &breaks, escaped_break);
            breaks.clear();
            escaped_break = false;
        }
        match style {
            ScalarStyle::SingleQuoted => single(&mut pieces, body, at),
            ScalarStyle::DoubleQuoted => double(&mut pieces, body, at),
            _ => copy(&mut pieces, at, body.len()),
        }
        escaped_break |= escapes_break;
        breaks.push(start + line.len());
    }
    pieces
}

fn ends_with_backslash(line: &str) -> bool {
    line.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1
}

fn fold(pieces: &mut Vec<Piece>, breaks: &[usize], escaped: bool) {
    match breaks {
        [only] if !escaped => pieces.push(Piece::Char { at: *only, c: ' ' }),
        all => pieces.extend(all.iter().skip(1).map(|at| Piece::Char { at: *at, c: '\n' })),
    }
}

fn copy(pieces: &mut Vec<Piece>, at: usize, len: usize) {
    if len > 0 {
        pieces.push(Piece::Copy { at, len });
    }
}

fn single(pieces: &mut Vec<Piece>, body: &str, base: usize) {
    let mut from = 0;
    while let Some(at) = body[from..].find("''").map(|at| at + from) {
        copy(pieces, base + from, at - from);
        pieces.push(Piece::Char { at: base + at, c: '\'' });
        from = at + 2;
    }
    copy(pieces, base + from, body.len() - from);
}

fn double(pieces: &mut Vec<Piece>, body: &str, base: usize) {
    let mut from = 0;
    while let Some(at) = body[from..].find('\\').map(|at| at + from) {
        copy(pieces, base + from, at - from);
        let (c, len) = escape(&body[at + 1..]);
        if let Some(c) = c {
            pieces.push(Piece::Char { at: base + at, c });
        }
        from = (at + 1 + len).min(body.len());
        // Only in bytes that are read differently because of a problem can an escape be cut.
        while !body.is_char_boundary(from) {
            from += 1;
        }
    }
    copy(pieces, base + from, body.len() - from);
}

/// The character that the text behind a `\` stands for, and how many bytes of it that takes.
fn escape(rest: &str) -> (Option<char>, usize) {
    let Some(mark) = rest.chars().next() else { return (None, 0) };
    let hex =
        |from: usize, len: usize| rest.get(from..from + len).and_then(|s| u32::from_str_radix(s, 16).ok());
    let simple = match mark {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        'x' => return (hex(1, 2).and_then(char::from_u32), 3),
        'U' => return (hex(1, 8).and_then(char::from_u32), 9),
        'u' => {
            let first = hex(1, 4);
            let pair = match first {
                Some(high @ 0xD800..=0xDBFF) if rest.get(5..7) == Some("\\u") => hex(7, 4).and_then(|low| {
                    char::from_u32(0x10000 + ((high - 0xD800) << 10) + low.wrapping_sub(0xDC00))
                }),
                _ => None,
            };
            return match pair {
                Some(c) => (Some(c), 11),
                None => (first.and_then(char::from_u32), 5),
            };
        }
        other => other,
    };
    (Some(simple), mark.len_utf8())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Tree, path};

    fn rebuilt(node: &Node<'_>) -> String {
        let source = node.tree().slice(node.content_range());
        let mut text = String::new();
        for piece in pieces(node) {
            match piece {
                Piece::Copy { at, len } => text.push_str(&source[at..at + len]),
                Piece::Char { c, .. } => text.push(c),
            }
        }
        text
    }

    #[test]
    fn pieces_are_what_the_parser_decodes() {
        for source in [
            "plain\n  more\n\n\n  last",
            "plain \n \t more",
            "'it''s'",
            "'a\n  b \n\n  c'",
            "' a\n\n  b '",
            "'\n  a\n  '",
            "\"a\\tb\\x41\\u00e9\\U0001F600\\uD83D\\uDE00\\/\\\"\"",
            "\"a\\\n   b\\\n   \\ c\\\n\n   d\"",
            "\"a \\\n  b\"",
            "\"a\\\\\n  b\\ \n  c\"",
            "|\n  a\n\n   b\n  c\n",
            "|2\n   a\n  b\n",
            "|+\n\n  a\n\n\n",
            ">\n  a\n  b\n\n  c\n\n\n  d\n",
            ">\n  a\n   deep\n   deep\n  b\n\n   deep\n\n  c\n  d\n",
            ">-\n\n  a\n  b\n\n",
            ">+\n  a\n  b\n\n",
            ">\n  \ta\n  b\n   c\n  d\n",
            "|\r\n  a\r\n\r\n  b\r\n",
            ">\r\n  a\r\n  b\r\n\r\n  c\r\n",
            "'a\r\n  b\r\n\r\n  c'\r\n",
        ] {
            let tree = Tree::parse(format!("k: {source}\nz: 1\n"));
            assert_eq!(tree.problems(), [], "{source:?}");
            let node = tree.at(&path!["k"]).unwrap();
            let decoded = node.as_str().unwrap();
            let text = rebuilt(&node);
            let is_block = node.block_header().is_some();
            let same = if is_block { text.trim_end() == decoded.trim_end() } else { text == decoded };
            assert!(same, "{source:?}\n{text:?}\n{decoded:?}");
        }
    }

    #[test]
    fn places_in_the_source() {
        let tree = Tree::parse("a: \"x\\ty\"\nb: |\n  one\n  two\nc: >\n  one\n  two\nd: 'x''y'\ne: é z\n");
        let place = |key: &str, of: &str| {
            let node = tree.at(&path![key]).unwrap();
            let index = node.as_str().unwrap().find(of).unwrap();
            tree.text()[node.offset_of(index) as usize..].chars().take(3).collect::<String>()
        };
        assert_eq!(place("a", "\t"), "\\ty");
        assert_eq!(place("a", "y"), "y\"\n");
        assert_eq!(place("b", "two"), "two");
        assert_eq!(place("c", "two"), "two");
        assert_eq!(place("c", " "), "\n  ");
        assert_eq!(place("d", "'"), "''y");
        assert_eq!(place("d", "y"), "y'\n");
        assert_eq!(place("e", "z"), "z\n");
        let node = tree.at(&path!["b"]).unwrap();
        assert_eq!(node.offset_of(999), node.range().end);
    }
}
