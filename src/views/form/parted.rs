//! A typed text as several values, with commas between them.

use stepladder_yaml::{Path, ScalarStyle, Tree};

/// The values in a typed text, with commas between them; a comma in quotes, in brackets or in an expression parts nothing.
pub(super) fn parts(text: &str) -> Vec<String> {
    parted(text).0
}

/// Whether a comma behind what is typed ends it.
pub(super) fn may_end(text: &str) -> bool {
    !parted(text).1
}

/// A text without the quotes that are around all of it.
pub(super) fn without_quotes(text: &str) -> String {
    in_quotes(text).unwrap_or_else(|| text.to_owned())
}

/// What stands in the quotes around all of a text.
pub(super) fn in_quotes(text: &str) -> Option<String> {
    if !text.starts_with(['"', '\'']) {
        return None;
    }
    let tree = Tree::parse(text);
    let node =
        tree.at(&Path::default()).filter(|node| tree.problems().is_empty() && node.source() == text)?;
    let is_quoted =
        matches!(node.scalar_style(), Some(ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted));
    node.as_str().filter(|_| is_quoted).map(str::to_owned)
}

/// The values, and whether the last one goes on behind a comma.
fn parted(text: &str) -> (Vec<String>, bool) {
    let mut parts = Vec::new();
    let (mut start, mut at, mut depth) = (0, 0, 0_usize);
    let (mut in_expression, mut is_open) = (false, false);
    while let Some(c) = text[at..].chars().next() {
        let is_first = text[start..at].trim().is_empty();
        let after = at + c.len_utf8();
        let mut next = after;
        match c {
            // Elsewhere they are letters, as in `it's`.
            '"' | '\'' if is_first => match quoted(&text[at..], c) {
                Some(len) => next = at + len,
                None => is_open = true,
            },
            '\'' if in_expression => next = text[after..].find(c).map_or(text.len(), |end| after + end + 1),
            '{' | '[' | '(' => {
                in_expression |= text[..after].ends_with("${{");
                depth += 1;
            }
            '}' | ']' | ')' => {
                depth = depth.saturating_sub(1);
                in_expression &= depth > 0;
            }
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                (start, is_open) = (after, false);
            }
            _ => {}
        }
        at = next;
    }
    parts.push(&text[start..]);
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    (parts, is_open || depth > 0)
}

/// How long the text in quotes is that `text` begins with; `None`: it goes on behind the quotes, or they are not closed.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = letters.next() {
        if c == '\\' && quote == '"' {
            letters.next();
        } else if c == quote {
            // Two of them in single quotes are one letter.
            if quote == '\'' && letters.next_if(|(_, next)| *next == quote).is_some() {
                continue;
            }
            let rest = text[at + 1..].trim_start();
            return (rest.is_empty() || rest.starts_with(',')).then_some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_part_values_but_within_braces_and_expressions() {
        assert_eq!(parts("dev, feature/**"), ["dev", "feature/**"]);
        assert_eq!(parts("a,"), ["a"]);
        assert_eq!(parts("src/{a,b}"), ["src/{a,b}"]);
        assert_eq!(parts("${{ f(a, b) }}"), ["${{ f(a, b) }}"]);
        assert_eq!(parts("{os: x, n: 1}"), ["{os: x, n: 1}"]);
        assert_eq!(parts(" , "), [""; 0]);
        assert_eq!(parts("a,b , {os: x, n: 1},"), ["a", "b", "{os: x, n: 1}"]);
        assert!(may_end("a") && may_end("{a: 1}") && !may_end("{a: 1") && !may_end("${{ f(a"));
    }

    #[test]
    fn quotes_protect_commas() {
        assert_eq!(parts("\"x, y\""), ["\"x, y\""]);
        assert_eq!(parts("'a, ''b', c"), ["'a, ''b'", "c"]);
        assert_eq!(parts(r#""a\", b" , c"#), [r#""a\", b""#, "c"]);
        assert_eq!(parts("it's, that's"), ["it's", "that's"]);
        assert_eq!(parts("'tis, \"x\" y, z"), ["'tis", "\"x\" y", "z"]);
        assert!(may_end("it's") && may_end("\"x, y\"") && !may_end("\"x") && !may_end("a, 'x"));
        assert_eq!(without_quotes("\"x, y\""), "x, y");
        assert_eq!(without_quotes("'it''s'"), "it's");
        assert_eq!(without_quotes("'tis"), "'tis");
        assert_eq!(without_quotes("\"a\" b"), "\"a\" b");
        assert_eq!(in_quotes("22"), None);
    }

    #[test]
    fn an_expression_followed_by_more_is_one_of_several() {
        let format = "${{ format('a,{0}', github.ref) }}";
        assert_eq!(parts(&format!("{format}, b")), [format, "b"]);
        let brace = "${{ contains(x, '}, ') }}";
        assert_eq!(parts(&format!("{brace}, b")), [brace, "b"]);
        assert_eq!(parts("v${{ x }}, it's"), ["v${{ x }}", "it's"]);
        assert!(may_end(format) && !may_end("${{ format('a"));
    }
}
