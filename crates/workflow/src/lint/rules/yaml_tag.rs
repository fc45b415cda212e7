use stepladder_yaml::{Kind, Node, Scalar, ScalarStyle, TextEdit, TextRange};

use super::always_true_condition::one_expression;
use crate::expr::{self, Condition};
use crate::lint::amend::in_quotes;
use crate::lint::{Cx, Rule, scope};
use crate::schema::Widget;
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "yaml-tag",
    severity: Severity::Error,
    kind: "structure",
    title: "YAML tag that GitHub does not take",
    docs: "A tag such as `!!str` says of which kind a value is. GitHub takes `!!str`, `!!int`, `!!float`, `!!bool` and `!!null`, and \
           only when the value is of that kind. Tags are hardly ever needed; quotes make a text of anything. \
           A value that begins with `!`, such as the condition `!cancelled()`, is read as a tag too: put all of it in quotes.",
    bad: "on: push\nenv:\n  DAY: !!timestamp 2026-01-01\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\nenv:\n  DAY: '2026-01-01'\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    if !cx.tree.text().contains("!") {
        return;
    }
    for (at, place) in cx.places().iter().enumerate().filter(|(_, place)| !place.through_alias) {
        let node = place.node;
        let Some((tag, range)) = node.tag().zip(node.tag_range()) else { continue };
        // Quotes do not matter to a tag.
        let plain = node.as_str().unwrap_or_default();
        let full = tag.strip_prefix("!<tag:yaml.org,2002:").and_then(|name| name.strip_suffix('>'));
        let short = full.map(|name| format!("!!{name}"));
        let tag = short.as_deref().unwrap_or(tag);
        let fits = match (tag, node.kind()) {
            ("!!str" | "!", Kind::Scalar) | ("!!map", Kind::Mapping) | ("!!seq", Kind::Sequence) => true,
            ("!!null", Kind::Scalar) => matches!(plain, "" | "~" | "null" | "Null" | "NULL"),
            ("!!bool", Kind::Scalar) => {
                matches!(plain, "true" | "True" | "TRUE" | "false" | "False" | "FALSE")
            }
            ("!!int", Kind::Scalar) => {
                let digits = plain.strip_prefix(['+', '-']).unwrap_or(plain);
                (!digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()))
                    || plain.starts_with("0x")
                    || plain.starts_with("0o")
            }
            ("!!float", Kind::Scalar) => {
                plain.parse::<f64>().is_ok() || matches!(node.scalar(), Some(Scalar::Number(_)))
            }
            _ => false,
        };
        let condition = place.field.is_some_and(|field| field.widget == Widget::Condition);
        if is_negation(&node) && (condition || tag == "!") {
            let message = if tag == "!" {
                "YAML takes this `!` for a tag and leaves it out: put the whole value in quotes."
            } else {
                "YAML takes what begins with `!` for a tag: put the whole condition in quotes."
            };
            // Without its `!` a condition says the opposite; a tag of its own is refused.
            let severity = if tag == "!" { Severity::Warning } else { Severity::Error };
            out.push(RULE.at(range, message).with_severity(severity).with_fix(quoted(cx, at, condition)));
        } else if !fits {
            let message = format!(
                "GitHub does not take the tag `{tag}` here; remove it, and write quotes if text is meant."
            );
            out.push(RULE.at(range, message));
        }
    }
}

/// Whether a value begins with a `!` that is meant as "not", as in `!failure() && x`.
pub(in crate::lint) fn is_negation(node: &Node<'_>) -> bool {
    node.tag_range().is_some_and(|range| {
        let tag = node.tree().slice(range);
        node.kind() == Kind::Scalar
            && node.scalar_style().is_none_or(|style| style == ScalarStyle::Plain)
            && !tag.starts_with("!!")
            && !tag.starts_with("!<")
    })
}

/// Writes the text from the `!` to the end of the value in quotes.
fn quoted(cx: &Cx<'_>, at: usize, condition: bool) -> Option<Fix> {
    let place = cx.places().get(at)?;
    let (node, tag) = (place.node, place.node.tag_range()?);
    let start = node.full_range().start.min(tag.start);
    let range = TextRange::new(start, node.range().end.max(tag.end));
    let text = cx.tree.slice(range).trim_end();
    if text.contains(['\n', '\r']) || cx.is_torn(range) {
        return None;
    }
    let text = match expr::condition(text) {
        _ if !condition => text.to_owned(),
        Condition::Expression(inner) => {
            let parsed = expr::parse(text.get(inner.to_usize())?);
            parsed.errors.is_empty().then(|| text.to_owned())?
        }
        Condition::Text(_) => one_expression(text, Some(&scope::scope_at(cx, at)))?,
        Condition::Empty => return None,
    };
    let end = range.start + u32::try_from(cx.tree.slice(range).trim_end().len()).ok()?;
    Some(Fix::risky("Put it in quotes", TextEdit::replace(TextRange::new(start, end), in_quotes(&text))))
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn a_negation_is_told_once_and_put_in_quotes() {
        let with = |condition: &str| {
            format!("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: {condition}\n      - {{if: {condition}, run: make test}}\n")
        };
        for (before, after) in [
            ("!failure() && github.sha == 'x'", "\"!failure() && github.sha == 'x'\""),
            ("!cancelled()", "'!cancelled()'"),
            ("! cancelled()", "'! cancelled()'"),
            ("! github.sha", "'! github.sha'"),
            ("!(github.sha == 'x')", "\"!(github.sha == 'x')\""),
            ("!github.event.repository.fork == false", "'!github.event.repository.fork == false'"),
            ("!failure() && github.sha && github.sha", "'!failure() && github.sha && github.sha'"),
        ] {
            let text = with(&format!("{before} # c")).replace(" # c,", ",");
            let env = crate::lint::testing::env();
            let found = crate::Analysis::new(text.as_str(), &env).into_findings();
            assert_eq!(found.iter().map(|found| found.rule).collect::<Vec<_>>(), ["yaml-tag"; 2], "{before}: {found:#?}");
            let fixed = found.iter().filter(|found| found.rule == "yaml-tag").rev().filter_map(|found| found.fix.as_ref());
            let fixed = fixed.fold(text.clone(), |text, fix| fix.edit.apply(&text));
            let block = with(&format!("{after} # c")).replace(" # c,", ",");
            assert_eq!(fixed, block);
            assert_eq!(crate::Analysis::new(fixed, &env).into_findings(), [], "{before}");
        }
    }

    #[test]
    fn braces_go_with_the_quotes() {
        let with = |condition: &str| {
            format!("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: {condition}\n")
        };
        check_fix("syntax-error", &with("!${{ failure() || cancelled() }}"), &with("'!(failure() || cancelled())'"));
        check_fix("syntax-error", &with("!${{ cancelled() }} # c"), &with("'!cancelled()' # c"));
        check_fix(
            "syntax-error",
            &with("!failure() || github.sha == 'x'"),
            &with("\"!failure() || github.sha == 'x'\""),
        );
    }

    #[test]
    fn a_script_keeps_its_negation() {
        let with = |run: &str| {
            format!("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: {run}\n")
        };
        check_fix("yaml-tag", &with("! grep x y"), &with("'! grep x y'"));
    }

    #[test]
    fn a_condition_that_is_read_as_a_tag_is_told_once() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - if: !cancelled()
            ^^^^^^^^^^^^ yaml-tag: put the whole condition in quotes
        run: make
",
        );
    }

    #[test]
    fn a_condition_comes_into_quotes() {
        let with = |condition: &str| {
            format!("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: {condition} # why\n")
        };
        for (rule, condition) in [
            ("yaml-tag", "!cancelled()"),
            ("yaml-tag", "!cancelled() && github.sha == 'refs/heads/main'"),
            ("syntax-error", "!contains(github.sha, 'x')"),
        ] {
            let quoted = crate::lint::amend::in_quotes(condition);
            crate::lint::testing::check_fix(rule, &with(condition), &with(&quoted));
        }
    }

    #[test]
    fn the_value_decides_not_its_quotes() {
        check(
            "on: push
env:
  A: !!int '1'
  B: !!bool \"true\"
  C: !!int +123456789012345678901
  E: !!int one
     ^^^^^ yaml-tag
  F: !!bool yes
     ^^^^^^ yaml-tag
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }
}
