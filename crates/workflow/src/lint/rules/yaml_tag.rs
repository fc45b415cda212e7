use stepladder_yaml::{Kind, Scalar, TextEdit, TextRange};

use crate::expr;
use crate::lint::{Cx, Rule};
use crate::schema::{Place, Widget};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "yaml-tag",
    severity: Severity::Error,
    kind: "structure",
    title: "YAML tag that GitHub does not take",
    docs: "A tag such as `!!str` says of which kind a value is. GitHub takes `!!str`, `!!int`, `!!float`, `!!bool` and `!!null`, and \
           only when the value is of that kind. Tags are hardly ever needed; quotes make a text of anything.",
    bad: "on: push\nenv:\n  DAY: !!timestamp 2026-01-01\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\nenv:\n  DAY: '2026-01-01'\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    if !cx.tree.text().contains("!") {
        return;
    }
    for place in cx.places().iter().filter(|place| !place.through_alias) {
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
        if !fits {
            let message = format!(
                "GitHub does not take the tag `{tag}` here; remove it, and write quotes if text is meant."
            );
            out.push(RULE.at(range, message).with_fix(quoted(cx, place)));
        }
    }
}

/// Makes a text of a condition that begins with `!`, such as `!cancelled()`, which reads as a tag.
fn quoted(cx: &Cx<'_>, place: &Place<'_>) -> Option<Fix> {
    let node = place.node;
    let condition = place.field.is_some_and(|field| field.widget == Widget::Condition);
    let start = node.tag_range()?.start;
    let line = cx.tree.text().get(start as usize..)?.lines().next()?;
    let text = line.split(" #").next()?.trim_end();
    let range = TextRange::new(start, start + u32::try_from(text.len()).ok()?);
    let parsed = expr::parse(text);
    let sound = text.starts_with('!') && !text.starts_with("!!") && parsed.errors.is_empty() && parsed.ast.is_some();
    // The value goes no further than its line.
    let whole = node.range().end <= range.end && node.kind() == Kind::Scalar;
    let quoted = format!("'{}'", text.replace('\'', "''"));
    (condition && sound && whole).then(|| Fix::risky("Put it in quotes", TextEdit::replace(range, quoted)))
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_condition_that_is_read_as_a_tag_is_told_once() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - if: !cancelled()
            ^^^^^^^^^^^^ yaml-tag: write quotes if text is meant
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
            ("yaml-tag", "!cancelled() && github.ref == 'refs/heads/main'"),
            ("syntax-error", "!contains(github.ref, 'x')"),
        ] {
            let quoted = format!("'{}'", condition.replace('\'', "''"));
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
