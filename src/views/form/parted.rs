//! A typed text as several values, with commas between them, and a pasted one, with a value or several on each line.

use stepladder_yaml::{Kind, Node, Path, ScalarStyle, Tree, edit};

/// What ends a value, but for leaving the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// Enter or a comma; several values can be typed at once, and quotes around one protect its commas.
    Comma,
    /// As [`Ends::Comma`]; the quotes stay with the value, as they tell a text from a number.
    Typed,
    /// Enter alone: a comma belongs to the value.
    Enter,
}

/// The values in a line as it is typed.
pub(super) fn typed(line: &str, ends: Ends) -> Vec<String> {
    match ends {
        Ends::Comma => parts(line).iter().map(|part| without_quotes(part)).collect(),
        Ends::Typed => parts(line),
        Ends::Enter => cells(line).map(str::to_owned).collect(),
    }
}

/// What stands between tabs, which nobody types: cells of a table.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split('\t').map(str::trim).filter(|cell| !cell.is_empty())
}

/// The values in a pasted text that is more than typing could make: every line and every cell of a table has its own, items
/// of a list in YAML are what they mean, and comments are none. `None`: it is a text on one line like any other.
pub(super) fn pasted(text: &str, ends: Ends) -> Option<Vec<String>> {
    let text = text.trim();
    if let Some(values) = listed(text, ends) {
        return Some(values);
    }
    let is_list = text.lines().any(|line| item(line, ends).is_some());
    if !is_list && !text.contains(['\n', '\t']) {
        return None;
    }
    let values = text.lines().map(str::trim).flat_map(|line| match item(line, ends) {
        Some(value) => vec![value],
        // What stands around the items: comments, and the key of the list.
        None if is_list && (line.starts_with('#') || line.ends_with(':')) => Vec::new(),
        None if is_comment(line) => Vec::new(),
        None => typed(line, ends),
    });
    Some(values.filter(|value| !value.is_empty()).collect())
}

/// What is told of a pasted text that [has only comments](are_comments).
pub(super) const ONLY_COMMENTS: &str = "What you paste holds only comments, and none of them is a value.";

/// Whether a pasted text has comments in it and nothing else.
pub(super) fn are_comments(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    lines.peek().is_some() && lines.all(is_comment)
}

/// A name may begin with the sign, but then no blank follows.
fn is_comment(line: &str) -> bool {
    line.strip_prefix('#').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// `values` on one line, which [`typed`] with [`Ends::Typed`] takes for the same again.
pub(super) fn in_line(values: &[String]) -> String {
    let written = values.iter().map(|value| match parts(value).as_slice() {
        [one] if one == value => value.clone(),
        _ => format!("'{}'", value.replace('\'', "''")),
    });
    written.collect::<Vec<_>>().join(", ")
}

/// The values of a list in brackets, or of one with mappings or lists in it. `None`: it is neither, or has something in it
/// that cannot be a value here.
fn listed(text: &str, ends: Ends) -> Option<Vec<String>> {
    let tree = Tree::parse(text);
    let list = tree.at(&Path::default()).filter(|node| {
        let is_all = node.range().start == 0 && node.range().end as usize == text.len();
        node.kind() == Kind::Sequence && tree.problems().is_empty() && is_all
    })?;
    let has_more = ends == Ends::Typed && list.items().any(|item| item.kind() != Kind::Scalar);
    if !(has_more || text.starts_with('[')) {
        return None;
    }
    list.items()
        .map(|item| match (item.kind(), ends) {
            (Kind::Scalar, Ends::Comma | Ends::Enter) => item.as_str().map(str::to_owned),
            (_, Ends::Typed) => in_one_line(&item),
            _ => None,
        })
        .collect()
}

/// A value as it is written in one line; `None`: it cannot be.
fn in_one_line(node: &Node<'_>) -> Option<String> {
    let line = match node.kind() {
        Kind::Scalar => node.source().to_owned(),
        Kind::Sequence => {
            let items: Option<Vec<_>> = node.items().map(|item| in_one_line(&item)).collect();
            format!("[{}]", items?.join(", "))
        }
        Kind::Mapping => {
            let entries = node
                .entries()
                .map(|entry| Some(format!("{}: {}", in_one_line(&entry.key)?, in_one_line(&entry.value)?)));
            format!("{{{}}}", entries.collect::<Option<Vec<_>>>()?.join(", "))
        }
        Kind::Alias => return None,
    };
    // Signs that mean something between brackets only are in quotes there.
    let tree = Tree::parse(line.as_str());
    let same = tree.at(&Path::default()).is_some_and(|read| edit::mean_the_same(node, &read));
    (same && tree.problems().is_empty() && !line.contains('\n')).then_some(line)
}

/// The value in a line of YAML that is an item of a list.
fn item(line: &str, ends: Ends) -> Option<String> {
    let value =
        line.trim().strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))?;
    let value = value.trim();
    let tree = Tree::parse(value);
    // What means something else to YAML, such as `!old/**` without quotes, is what was written.
    let scalar = tree.at(&Path::default()).filter(|node| {
        let behind = value.get(node.range().end as usize..).unwrap_or_default().trim_start();
        node.kind() == Kind::Scalar
            && tree.problems().is_empty()
            && node.range().start == 0
            && (behind.is_empty() || behind.starts_with('#'))
    });
    let meant = scalar.and_then(|node| match ends {
        Ends::Typed => Some(node.source()),
        Ends::Comma | Ends::Enter => node.as_str(),
    });
    Some(meant.unwrap_or(value).to_owned())
}

/// The values in a typed text, with commas or tabs between them; one in quotes, in brackets or in an expression parts nothing.
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
            ',' | '\t' if depth == 0 => {
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
            let rest = text[at + 1..].trim_start_matches(' ');
            return (rest.is_empty() || rest.starts_with([',', '\t'])).then_some(at + 1);
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
    fn a_pasted_list_is_its_values() {
        let check = |text: &str, ends: Ends, values: &[&str]| {
            let values = values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
            assert_eq!(pasted(text, ends), Some(values), "{text}");
        };
        check("[18, 20]", Ends::Typed, &["18", "20"]);
        check("[3.9, \"3.10\"]\n", Ends::Typed, &["3.9", "\"3.10\""]);
        check("[\n  main,\n  'release/**',\n]", Ends::Comma, &["main", "release/**"]);
        check("- name: x\n  v: 1\n- name: y\n", Ends::Typed, &["{name: x, v: 1}", "{name: y}"]);
    }

    #[test]
    fn pasted_lines_are_values_each() {
        let values =
            |text: &str, ends: Ends| pasted(text, ends).unwrap_or_else(|| panic!("{text} is one line"));
        for ends in [Ends::Comma, Ends::Typed, Ends::Enter] {
            assert_eq!(values("main\nrelease/**\n", ends), ["main", "release/**"]);
            assert_eq!(values("\r\n main \r\n\r\nv1\r\n", ends), ["main", "v1"]);
            assert_eq!(values("- main", ends), ["main"]);
            assert_eq!(
                values("branches:\n  # all\n  - main # the one\n  - !old/**\n  - **/x\n  -\n", ends),
                ["main", "!old/**", "**/x"]
            );
            // Somebody has selected from the middle of a line on.
            assert_eq!(values("main\n  - dev", ends), ["main", "dev"]);
            for line in ["main", "a, b", "main\n", "-x", "# no"] {
                assert_eq!(pasted(line, ends), None, "{line}");
            }
        }
        let quoted = "a, b\n'c, d'\n- 'e, f'\n- \"3.10\" # text\n- 18\n";
        assert_eq!(values(quoted, Ends::Comma), ["a", "b", "c, d", "e, f", "3.10", "18"]);
        assert_eq!(values(quoted, Ends::Typed), ["a", "b", "'c, d'", "'e, f'", "\"3.10\"", "18"]);
        assert_eq!(values(quoted, Ends::Enter), ["a, b", "'c, d'", "e, f", "3.10", "18"]);
        assert_eq!(values("- {os: x, n: 1}\n- a: b", Ends::Typed), ["{os: x, n: 1}", "{a: b}"]);
    }

    #[test]
    fn cells_of_a_pasted_table_are_values_each() {
        let values =
            |text: &str, ends: Ends| pasted(text, ends).unwrap_or_else(|| panic!("{text} is one text"));
        for ends in [Ends::Comma, Ends::Typed, Ends::Enter] {
            assert_eq!(values("main\tdev", ends), ["main", "dev"]);
            assert_eq!(values("main\t\tdev \r\nx\ty\t\n", ends), ["main", "dev", "x", "y"]);
            assert_eq!(values("\tmain\n\t\tdev", ends), ["main", "dev"]);
            assert_eq!(pasted("\tmain\t", ends), None);
        }
        assert_eq!(values("'a, b'\t\"c\td\"", Ends::Comma), ["a, b", "c\td"]);
        assert_eq!(values("${{ f('a\tb') }}\tc", Ends::Comma), ["${{ f('a\tb') }}", "c"]);
        assert_eq!(values("a, b\tc", Ends::Enter), ["a, b", "c"]);
    }

    #[test]
    fn comments_between_pasted_lines_are_no_values() {
        for ends in [Ends::Comma, Ends::Typed, Ends::Enter] {
            let values = pasted("# ours\nmain\n  # old, gone\n#\n#12-fix\ndev", ends);
            assert_eq!(values, Some(vec!["main".to_owned(), "#12-fix".to_owned(), "dev".to_owned()]));
            assert_eq!(pasted("# a\n# b", ends), Some(Vec::new()));
        }
    }

    #[test]
    fn values_on_one_line_are_the_same_again() {
        for values in [
            &["18", "20"][..],
            &["a, b", "it's", "'c, d'"],
            &["\"3.10\"", "{os: x, n: 1}"],
            &["${{ f(a, b) }}", ""],
        ] {
            let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
            let again = typed(&in_line(&values), Ends::Typed);
            let plain =
                |values: &[String]| values.iter().map(|value| without_quotes(value)).collect::<Vec<_>>();
            assert_eq!(plain(&again), plain(&values));
        }
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
