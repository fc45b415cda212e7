//! Where expressions stand in a value: `text ${{ expression }} text`.

use stepladder_yaml::TextRange;

/// A piece of a value; its ranges are bytes of the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Plain text.
    Text(TextRange),
    /// An expression.
    Expression {
        /// With `${{` and `}}`.
        outer: TextRange,
        /// What stands between them, with its blanks.
        inner: TextRange,
    },
    /// A `${{` without its `}}`: from there to the end. GitHub refuses it.
    Unclosed {
        /// From `${{` on.
        outer: TextRange,
        /// From behind it on.
        inner: TextRange,
    },
}

/// Splits a value into text and expressions, without gaps. A `}}` in a quoted text of an expression does not end it.
#[must_use]
pub fn segments(value: &str) -> Vec<Segment> {
    let range = |start: usize, end: usize| {
        TextRange::new(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX))
    };
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(open) = open(&value[at..]).map(|i| at + i) {
        if open > at {
            found.push(Segment::Text(range(at, open)));
        }
        let Some(close) = close(&value[open + 3..]).map(|i| open + 3 + i) else {
            found.push(Segment::Unclosed {
                outer: range(open, value.len()),
                inner: range(open + 3, value.len()),
            });
            return found;
        };
        found.push(Segment::Expression { outer: range(open, close + 2), inner: range(open + 3, close) });
        at = close + 2;
    }
    if at < value.len() {
        found.push(Segment::Text(range(at, value.len())));
    }
    found
}

/// Where the first `${{` stands. Most values have no `$`, and one letter is found quicker than three.
fn open(text: &str) -> Option<usize> {
    memchr::memchr_iter(b'$', text.as_bytes()).find(|at| text[*at..].starts_with("${{"))
}

/// Where the first `}}` outside single quotes stands.
fn close(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut quoted = false;
    (0..bytes.len()).find(|i| {
        quoted ^= bytes[*i] == b'\'';
        !quoted && bytes[*i..].starts_with(b"}}")
    })
}

/// Whether a value holds an expression, closed or not.
#[must_use]
pub fn has_expression(value: &str) -> bool {
    open(value).is_some()
}

/// The source range of the expression when the value is one expression and nothing else, so that it keeps its type.
#[must_use]
pub fn whole(value: &str) -> Option<TextRange> {
    match segments(value)[..] {
        [Segment::Expression { inner, .. }] => Some(inner),
        _ => None,
    }
}

/// The text in the quotes when the value is one expression that is a quoted text and nothing else. GitHub's reader takes
/// such a value for that text, as if the text stood there without quotes and braces.
#[must_use]
pub fn literal(value: &str) -> Option<String> {
    let source = value.get(whole(value)?.to_usize())?;
    let text = source.trim().strip_prefix('\'')?.strip_suffix('\'')?.replace("''", "\u{0}");
    (!text.contains('\'')).then(|| text.replace('\u{0}', "'"))
}

/// What a condition (`if:`) says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// One expression: the whole value without braces, or one pair of braces and nothing around it.
    Expression(TextRange),
    /// Text around the braces: GitHub joins all of it to a text, which is always true unless it is empty.
    Text(Vec<Segment>),
    /// Nothing at all.
    Empty,
}

/// How the value of an `if:` is read: without `${{` all of it is one expression.
#[must_use]
pub fn condition(value: &str) -> Condition {
    if value.trim().is_empty() {
        return Condition::Empty;
    }
    if !has_expression(value) {
        return Condition::Expression(TextRange::new(0, u32::try_from(value.len()).unwrap_or(u32::MAX)));
    }
    whole(value).map_or_else(|| Condition::Text(segments(value)), Condition::Expression)
}

/// The insides of all expressions of a value, in bytes of it: between `${{` and `}}`, or the whole condition where the
/// braces are left out.
#[must_use]
pub fn expressions(value: &str, is_condition: bool) -> Vec<TextRange> {
    if is_condition && let Condition::Expression(range) = condition(value) {
        return vec![range];
    }
    if !has_expression(value) {
        return Vec::new();
    }
    segments(value)
        .into_iter()
        .filter_map(|segment| match segment {
            Segment::Text(_) => None,
            Segment::Expression { inner, .. } | Segment::Unclosed { inner, .. } => Some(inner),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(value: &str) -> Vec<String> {
        segments(value)
            .into_iter()
            .map(|segment| match segment {
                Segment::Text(r) => format!("T{}", &value[r.to_usize()]),
                Segment::Expression { inner, .. } => format!("E{}", &value[inner.to_usize()]),
                Segment::Unclosed { inner, .. } => format!("U{}", &value[inner.to_usize()]),
            })
            .collect()
    }

    #[test]
    fn splits() {
        assert_eq!(show(""), Vec::<String>::new());
        assert_eq!(show("a ${{ b }} c${{d}}"), ["Ta ", "E b ", "T c", "Ed"]);
        assert_eq!(show("${{ '}}' }}x"), ["E '}}' ", "Tx"]);
        assert_eq!(show("${{ 'it''s }}' }}"), ["E 'it''s }}' "]);
        assert_eq!(show("a ${{ b"), ["Ta ", "U b"]);
        assert_eq!(show("${{ 'a }}"), ["U 'a }}"]);
        assert_eq!(show("$${{ä}}}"), ["T$", "Eä", "T}"]);
    }

    #[test]
    fn knows_whole_values() {
        assert_eq!(whole("${{ a }}"), Some(TextRange::new(3, 6)));
        assert_eq!(whole("${{ a }}\n"), None);
        assert_eq!(whole("${{ a }}${{ b }}"), None);
        assert_eq!(whole("a"), None);
    }

    #[test]
    fn knows_quoted_texts() {
        assert_eq!(literal("${{ 'a b' }}").as_deref(), Some("a b"));
        assert_eq!(literal("${{'it''s'}}").as_deref(), Some("it's"));
        assert_eq!(literal("${{ '' }}").as_deref(), Some(""));
        assert_eq!(literal("${{ 'a' == 'a' }}"), None);
        assert_eq!(literal("${{ ('a') }}"), None);
        assert_eq!(literal("x ${{ 'a' }}"), None);
        assert_eq!(literal("'a'"), None);
    }

    #[test]
    fn reads_conditions() {
        assert_eq!(condition("a == 'b'"), Condition::Expression(TextRange::new(0, 8)));
        assert_eq!(condition("${{ a }}"), Condition::Expression(TextRange::new(3, 6)));
        assert!(matches!(condition("${{ a }} && b"), Condition::Text(parts) if parts.len() == 2));
        assert_eq!(condition("  "), Condition::Empty);
    }

    #[test]
    fn finds_the_insides() {
        let insides = |value: &str, is_condition| {
            let ranges = expressions(value, is_condition).into_iter();
            ranges.map(|range| value[range.to_usize()].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(insides("a ${{ b }} ${{ c", false), [" b ", " c"]);
        assert_eq!(insides("a == b", true), ["a == b"]);
        assert_eq!(insides("${{ a }} && b", true), [" a "]);
        assert_eq!(insides("a == b", false), Vec::<String>::new());
    }
}
