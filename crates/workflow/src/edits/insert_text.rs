//! Inserts an expression into a field at the caret.

use stepladder_yaml::Path;

use super::draft::{Draft, refuse};
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;
use crate::expr::{self, Expr, ExprKind, Logical};
use crate::schema::{self, Ctx, Field, Types, Widget};

/// What a field holds, which tells how an expression goes into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A text, with expressions in braces within it.
    Text,
    /// A condition, which is an expression without braces.
    Condition,
    /// A number, a boolean, a list or a mapping: all of it is one expression, or none of it.
    Value,
}

impl Holds {
    /// What that field holds.
    #[must_use]
    pub fn of(field: &Field) -> Self {
        if field.widget == Widget::Condition && field.ctx != Ctx::None {
            Self::Condition
        } else if field.types.has(Types::STRING) {
            Self::Text
        } else {
            Self::Value
        }
    }
}

/// A text that an expression was put into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inserted {
    /// The text with it.
    pub text: String,
    /// The byte of `text` where it starts.
    pub at: usize,
    /// The byte of `text` behind it, and behind its braces when it was given some.
    pub end: usize,
}

/// Inserts `expression` (without braces) into the text at `path` as [`with_expression`] does; an absent field begins
/// empty.
///
/// # Errors
/// When `path` holds no text, `caret` splits a character or lies behind the end, or the place comes from an alias.
pub fn insert_expression(
    a: &Analysis,
    path: &Path,
    caret: Option<usize>,
    expression: &str,
) -> Result<Edit, Refusal> {
    insert_expression_into(a, path, text_at(a, path)?, caret, expression)
}

/// As [`insert_expression`], into `text`, which is what somebody has typed at `path` so far.
///
/// # Errors
/// As of that.
pub fn insert_expression_into(
    a: &Analysis,
    path: &Path,
    text: &str,
    caret: Option<usize>,
    expression: &str,
) -> Result<Edit, Refusal> {
    text_at(a, path)?;
    if caret.is_some_and(|caret| !text.is_char_boundary(caret)) {
        return Err(refuse("The text is shorter than that; put the caret into it again."));
    }
    let holds = schema::field_at(path, &a.tree).map_or(Holds::Text, Holds::of);
    let value = with_expression(text, holds, caret, expression).text;
    let mut draft = Draft::new(&a.tree);
    draft.set(path, &Value::Str(value))?;
    draft.finish(format!("insert {expression} into {}", describe::place(&a.tree, path)), None)
}

fn text_at<'a>(a: &'a Analysis, path: &Path) -> Result<&'a str, Refusal> {
    match a.tree.at(path) {
        Some(node) if !node.is_null() => {
            node.as_str().ok_or_else(|| refuse(format!("`{path}` is no text; choose a field of it.")))
        }
        _ => Ok(""),
    }
}

/// `text` with `expression` (without braces) at byte `caret`, or at its end when nobody put a caret into it.
///
/// In a text it gets braces. In a condition, and within braces, it goes into what stands there: where a value is missing
/// as it is, else beside the part with the caret, joined by `&&`; what could be read before can be read afterwards. A
/// value that is no text and has no expression yet is replaced: text beside the braces would make a text of it.
#[must_use]
pub fn with_expression(text: &str, holds: Holds, caret: Option<usize>, expression: &str) -> Inserted {
    // The line break at the end of a block of lines ends its last line, and is no line of its own.
    let end = text.strip_suffix('\n').unwrap_or(text).len();
    let at = caret.map_or(text.trim_end_matches('\n').len(), |caret| caret.min(end));
    let inside = expr::expressions(text, holds == Holds::Condition);
    let offset = u32::try_from(at).unwrap_or(u32::MAX);
    let mut into = inside.iter().find(|inner| inner.touches(offset));
    if holds != Holds::Text {
        into = into.or(inside.iter().rfind(|inner| inner.end <= offset)).or(inside.first());
    }
    if let Some(inner) = into {
        let inner = inner.to_usize();
        let source = text.get(inner.clone()).unwrap_or_default();
        let caret = at.clamp(inner.start, inner.end) - inner.start;
        let (new, start, end) = joined(source, caret, expression);
        let (before, behind) = (&text[..inner.start], &text[inner.end..]);
        return Inserted {
            text: format!("{before}{new}{behind}"),
            at: before.len() + start,
            end: before.len() + end,
        };
    }
    let braced = format!("${{{{ {expression} }}}}");
    match holds {
        Holds::Text => {}
        Holds::Condition => {
            return Inserted { text: expression.to_owned(), at: 0, end: expression.len() };
        }
        Holds::Value => return Inserted { at: 4, end: braced.len(), text: braced },
    }
    // Not between the braces' own letters.
    let at = expr::segments(text).iter().fold(at, |at, segment| match segment {
        expr::Segment::Expression { outer, inner } => {
            let (outer, inner) = (outer.to_usize(), inner.to_usize());
            match at {
                at if outer.start < at && at < inner.start => outer.start,
                at if inner.end < at && at < outer.end => outer.end,
                at => at,
            }
        }
        _ => at,
    });
    Inserted { text: format!("{}{braced}{}", &text[..at], &text[at..]), at: at + 4, end: at + braced.len() }
}

/// The source of an expression with `new` in it at byte `at`, and where `new` starts and ends.
fn joined(source: &str, at: usize, new: &str) -> (String, usize, usize) {
    let put = |before: &str, new: &str, behind: &str| {
        (format!("{before}{new}{behind}"), before.len(), before.len() + new.len())
    };
    if source.trim().is_empty() {
        return put(" ", new, " ");
    }
    let (before, behind) = (&source[..at], &source[at..]);
    let tree = complete(new);
    let grouped = |group: bool| if group { format!("({new})") } else { new.to_owned() };
    // Where a value is missing, it goes as it is.
    let is_wide = tree
        .as_ref()
        .is_some_and(|tree| matches!(tree.kind, ExprKind::Compare { .. } | ExprKind::Logical { .. }));
    let is_alone = before.trim_end().is_empty() || before.trim_end().ends_with(['(', ',', '[']);
    let is_alone =
        is_alone && (behind.trim_start().is_empty() || behind.trim_start().starts_with([')', ',', ']']));
    let own = grouped(is_wide && !is_alone);
    // A dot, a bracket or a parenthesis would make another word of what stands before it.
    let opens = |text: &str| text.trim_start().starts_with(['.', '[', '(']);
    let ends_value = before.trim_end().ends_with(|c: char| c.is_ascii_alphanumeric() || "_-)]*'".contains(c));
    let cut = before.trim_end().ends_with('.') || opens(behind) || (ends_value && opens(&own));
    let plain = format!("{before}{own}{behind}");
    if !cut && complete(&plain).is_some() && stays_apart(&plain, at) && stays_apart(&plain, at + own.len()) {
        return put(before, &own, behind);
    }
    let Some(whole) = complete(source) else {
        // It is being written: with blanks around it.
        let at = expr::words(source)
            .into_iter()
            .find(|word| (word.start as usize) < at && at < word.end as usize)
            .map_or(at, |word| word.end as usize);
        let (before, behind) = (&source[..at], &source[at..]);
        let gap = |is: bool| if is { " " } else { "" };
        let before =
            format!("{before}{}", gap(!before.is_empty() && !before.ends_with([' ', '\n', '(', '['])));
        let behind =
            format!("{}{behind}", gap(!behind.is_empty() && !behind.starts_with([' ', '\n', ')', ']', ','])));
        return put(&before, new, &behind);
    };
    let new = grouped(matches!(tree.map(|tree| tree.kind), Some(ExprKind::Logical { op: Logical::Or, .. })));
    let (first, last) = (source.len() - source.trim_start().len(), source.trim_end().len());
    let is_end = at >= last;
    if is_end || at <= first {
        let body = &source[first..last];
        let body = match join(body, &new, is_end) {
            Some(_) => body.to_owned(),
            None => format!("({body})"),
        };
        return if is_end {
            put(&format!("{}{body} && ", &source[..first]), &new, &source[last..])
        } else {
            put(&source[..first], &new, &format!(" && {body}{}", &source[last..]))
        };
    }
    let part = part_at(source, &whole, at);
    if at <= part.start {
        put(&source[..part.start], &new, &format!(" && {}", &source[part.start..]))
    } else {
        put(&format!("{} && ", &source[..part.end]), &new, &source[part.end..])
    }
}

/// Both joined by `&&`, if that is what the whole then says.
fn join(body: &str, new: &str, behind: bool) -> Option<Expr> {
    let text = if behind { format!("{body} && {new}") } else { format!("{new} && {body}") };
    Some(expr::parse(&text).ast?)
        .filter(|tree| !matches!(tree.kind, ExprKind::Logical { op: Logical::Or, .. }))
}

/// The tree of a source without mistakes.
fn complete(source: &str) -> Option<Expr> {
    let parsed = expr::parse(source);
    parsed.ast.filter(|_| parsed.errors.is_empty())
}

/// Whether byte `at` is not within a word.
fn stays_apart(source: &str, at: usize) -> bool {
    expr::words(source).iter().all(|word| at <= word.start as usize || word.end as usize <= at)
}

/// The smallest part around `at` that stands for itself: an operand of `&&` and `||`, an argument, or all of it.
fn part_at(source: &str, whole: &Expr, at: usize) -> std::ops::Range<usize> {
    let offset = u32::try_from(at).unwrap_or(u32::MAX);
    let (mut node, mut part) = (whole, 0..source.trim_end().len());
    loop {
        let next = match &node.kind {
            ExprKind::Logical { operands, .. } => operands
                .iter()
                .find(|operand| operand.range.touches(offset))
                .or(operands.iter().rfind(|operand| operand.range.end <= offset)),
            _ => node.children().find(|child| child.range.touches(offset)),
        };
        let Some(next) = next else { return part };
        let own = match &node.kind {
            ExprKind::Logical { .. } => Some(with_parentheses(source, next.range.to_usize())),
            ExprKind::Call { .. } => Some(next.range.to_usize()),
            ExprKind::Index { index, .. } if std::ptr::eq(&**index, next) => Some(next.range.to_usize()),
            _ => None,
        };
        let is_inner = next.range.touches(offset);
        part = own.unwrap_or(part);
        if !is_inner {
            return part;
        }
        node = next;
    }
}

/// The range with the parentheses around it.
fn with_parentheses(source: &str, mut range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    loop {
        let before = source[..range.start].trim_end();
        let behind = &source[range.end..];
        let blank = behind.len() - behind.trim_start().len();
        if !before.ends_with('(') || !behind[blank..].starts_with(')') {
            return range;
        }
        range = before.len() - 1..range.end + blank + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Inserts at `|`, or without a caret when there is none.
    fn put(text: &str, holds: Holds, expression: &str) -> String {
        let caret = text.find('¦');
        let inserted = with_expression(&text.replace('¦', ""), holds, caret, expression);
        assert!(inserted.text[inserted.at..].trim_start_matches('(').starts_with(expression), "{inserted:?}");
        inserted.text
    }

    #[test]
    fn into_a_condition_it_is_joined() {
        for (old, new) in [
            ("", "x.y"),
            ("a == 'b'", "a == 'b' && x.y"),
            ("a == 'b'¦", "a == 'b' && x.y"),
            ("¦a == 'b'", "x.y && a == 'b'"),
            ("a == 'p¦ush'", "a == 'push' && x.y"),
            ("a == ¦'b'", "a == 'b' && x.y"),
            ("a == ¦", "a == x.y"),
            ("a == 'b' && ¦", "a == 'b' && x.y"),
            ("!¦", "!x.y"),
            ("!¦a", "!a && x.y"),
            ("f(¦)", "f(x.y)"),
            ("f(a, ¦)", "f(a, x.y)"),
            ("f(a¦, b)", "f(a && x.y, b)"),
            ("a || b", "(a || b) && x.y"),
            ("¦a || b", "x.y && (a || b)"),
            ("(a || b)", "(a || b) && x.y"),
            ("(a) || (b)", "((a) || (b)) && x.y"),
            ("a ¦|| b", "a && x.y || b"),
            ("(a || c) ¦&& b", "(a || c) && x.y && b"),
            ("git¦hub.ref", "github.ref && x.y"),
            ("github.¦ref == 'a'", "github.ref == 'a' && x.y"),
            ("a[¦0]", "a[x.y && 0]"),
            ("${{ failure() && x }}", "${{ failure() && x && x.y }}"),
            ("¦${{ failure() && x }}", "${{ x.y && failure() && x }}"),
            ("${{ failure() }}¦", "${{ failure() && x.y }}"),
            ("${{ }}", "${{ x.y }}"),
            ("a &&\nb\n", "a &&\nb && x.y\n"),
        ] {
            assert_eq!(put(old, Holds::Condition, "x.y"), new, "{old}");
        }
        assert_eq!(put("a", Holds::Condition, "b || c"), "a && (b || c)");
        assert_eq!(put("a", Holds::Condition, "b == c"), "a && b == c");
        assert_eq!(put("a == ¦", Holds::Condition, "b == c"), "a == (b == c)");
        assert_eq!(put("f(¦)", Holds::Condition, "b == c"), "f(b == c)");
    }

    #[test]
    fn into_a_text_it_goes_with_braces() {
        for (old, new) in [
            ("", "${{ x.y }}"),
            ("a", "a${{ x.y }}"),
            ("¦a", "${{ x.y }}a"),
            ("a ¦b", "a ${{ x.y }}b"),
            ("npm ci\nnpm test\n", "npm ci\nnpm test${{ x.y }}\n"),
            ("npm ci\nnpm test\n¦", "npm ci\nnpm test${{ x.y }}\n"),
            ("npm ci \n¦\n", "npm ci \n${{ x.y }}\n"),
            ("npm ci¦\nnpm test\n", "npm ci${{ x.y }}\nnpm test\n"),
            ("${{ a }}", "${{ a }}${{ x.y }}"),
            ("$¦{{ a }}", "${{ x.y }}${{ a }}"),
            ("${{ a }¦}", "${{ a }}${{ x.y }}"),
            ("${{ a¦ }}", "${{ a && x.y }}"),
            ("${{ ¦ }}", "${{ x.y }}"),
        ] {
            assert_eq!(put(old, Holds::Text, "x.y"), new, "{old}");
        }
    }

    #[test]
    fn in_the_place_of_a_number_it_is_all_of_the_value() {
        for (old, new) in [
            ("", "${{ x.y }}"),
            ("10", "${{ x.y }}"),
            ("1¦0", "${{ x.y }}"),
            ("true", "${{ x.y }}"),
            ("${{ a }}¦", "${{ a && x.y }}"),
            ("${{ ¦ }}", "${{ x.y }}"),
        ] {
            assert_eq!(put(old, Holds::Value, "x.y"), new, "{old}");
        }
    }

    fn source() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![Just("a.b".to_owned()), Just("'t x'".to_owned()), Just("1".to_owned())];
        leaf.prop_recursive(4, 24, 3, |inner| {
            prop_oneof![
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} && {b}")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a}||{b}")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) == ({b})")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("contains({a}, {b})")),
                inner.clone().prop_map(|a| format!("!({a})")),
                inner.prop_map(|a| format!("( {a} )")),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_could_be_read_can_be_read_afterwards(
            source in source(), new in source(), at in 0usize..200, braces in any::<bool>(),
        ) {
            let text = if braces { format!("${{{{ {source} }}}}") } else { source };
            let inserted = with_expression(&text, Holds::Condition, Some(at % (text.len() + 1)), &new);
            let inside = expr::expressions(&inserted.text, true);
            prop_assert_eq!(inside.len(), 1);
            let after = &inserted.text[inside[0].to_usize()];
            prop_assert!(complete(after).is_some(), "{} + {} = {}", text, new, after);
        }
    }
}
