//! The word of an expression that somebody is writing, around the caret.

use std::ops::Range;

use stepladder_workflow::ide::{self, CompletionKind};
use stepladder_workflow::{Analysis, Env};

use super::super::controls::At;
use super::super::offers::Offer;
use super::place::{Target, place};

/// Whether a text is more than a name to search for.
pub(super) fn is_expression(text: &str) -> bool {
    text.contains(['(', ')', '=', '!', '<', '>', '&', '|', '[', '\''])
}

/// What stands between `${{` and `}}`, where `text` has either: the brackets are written along with the expression.
pub(super) fn without_brackets(text: &str) -> Option<&str> {
    let bare = text.trim_start();
    let opened = bare.strip_prefix("${{").map(str::trim_start);
    let inner = opened.unwrap_or(text);
    // A text in which there are several, or which goes on behind one, is no single expression.
    if inner.contains("${{") {
        return None;
    }
    match inner.trim_end().strip_suffix("}}") {
        // `'{{0}}'` is a text within an expression.
        Some(closed) if !closed.contains("}}") && closed.matches('\'').count() % 2 == 0 => {
            Some(closed.trim_end())
        }
        _ => opened.filter(|opened| !opened.contains("}}")),
    }
}

/// The bytes of the name around byte `caret`, with all that it is read from: `github.event.commits[0].author`. It may be
/// empty.
pub(super) fn word_at(text: &str, caret: usize) -> Range<usize> {
    let caret = (0..=caret.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let mut start = caret;
    loop {
        // A `*` of a filter stands behind a dot.
        start = text[..start].trim_end_matches(|c| is_name(c) || matches!(c, '.' | '*')).len();
        // What stands in brackets belongs to the name when more follows behind them.
        let follows = text[start..caret].starts_with(['.', '[']);
        match opener(&text[..start]).filter(|_| follows) {
            Some(open) => start = open,
            None => break,
        }
    }
    let rest = &text[caret..];
    start..caret + (rest.len() - rest.trim_start_matches(is_name).len())
}

/// Where the bracket opens that `before` ends with.
fn opener(before: &str) -> Option<usize> {
    let mut depth = 0usize;
    if !before.ends_with([']', ')']) {
        return None;
    }
    for (at, c) in before.char_indices().rev() {
        match c {
            ']' | ')' => depth += 1,
            '[' | '(' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// What may stand at the caret behind the dots of `word` in `query`: all that the word would then be.
pub(super) fn continued(
    analysis: &Analysis,
    env: &Env,
    at: &At,
    target: Target,
    query: &str,
    (word, caret): (&Range<usize>, usize),
) -> Vec<Offer> {
    if !query[word.clone()].contains('.') {
        return Vec::new();
    }
    let inserted = place(at, target, query).inserted;
    // It may have got parentheses.
    let Some(start) = inserted.text[inserted.at..].find(query).map(|from| inserted.at + from) else {
        return Vec::new();
    };
    let found = ide::complete_within(analysis, env, &at.path, &inserted.text, start + caret);
    found
        .into_iter()
        .filter(|offer| !matches!(offer.kind, CompletionKind::Context | CompletionKind::Function))
        .filter_map(|offer| {
            let kept = query.get(word.start..(offer.replace.start as usize).checked_sub(start)?)?;
            Some(Offer::new([kept, &offer.insert].concat(), offer.detail))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(marked: &str, word: &str) {
        let caret = marked.find('@').unwrap_or(marked.len());
        let text = marked.replace('@', "");
        assert_eq!(&text[word_at(&text, caret)], word, "{marked}");
    }

    #[test]
    fn the_word_that_is_being_typed() {
        check("github.ref == matrix.o", "matrix.o");
        check("contains(github", "github");
        check("github.ref == ", "");
        check("a", "a");
        check("github.event.re@ == 'x'", "github.event.re");
        check("github.event.@ == 'x'", "github.event.");
        check("github.re@f_name == 'x'", "github.ref_name");
        check("github.event.commits[0].", "github.event.commits[0].");
        check("1 == fromJSON(inputs.a).b.", "fromJSON(inputs.a).b.");
        check("github.event.labels.*.na", "github.event.labels.*.na");
        check("(github.ref)", "");
        check("f(a) && b", "b");
        check("ü.@", ".");
        let bare = [
            ("${{ github.ref }}", Some("github.ref")),
            (" ${{github.ref}} ", Some("github.ref")),
            ("${{ git", Some("git")),
            ("github.ref }}", Some("github.ref")),
            ("${{", Some("")),
            ("github.ref", None),
            ("${{ a }} and ${{ b }}", None),
            ("${{ a }} more", None),
            ("format('{{0}}", None),
        ];
        for (typed, inner) in bare {
            assert_eq!(without_brackets(typed), inner, "{typed}");
        }
        assert!(is_expression("!cancelled") && !is_expression("api key"));
    }
}
