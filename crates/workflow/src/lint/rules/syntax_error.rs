use stepladder_yaml::{Problem, TextEdit, TextRange, Tree};

use super::always_true_condition::one_expression;
use crate::expr;
use crate::lint::amend::in_quotes;
use crate::lint::suggest::nearest;
use crate::lint::{Cx, Rule};
use crate::schema::{self, Field, Tags, Types, Widget};
use crate::{FileKind, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "syntax-error",
    severity: Severity::Error,
    kind: "structure",
    title: "The text is not YAML",
    docs: "The file cannot be read as YAML, so GitHub refuses it. Usual reasons are a line with the wrong indentation, \
           a tab, a missing quote or bracket, or a `:` or `#` inside of a text without quotes. The rest of the file is \
           checked all the same.",
    bad: "on: push\njobs:\n  build:\n    runs-on: [ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: [ubuntu-latest]\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for problem in cx.tree.problems() {
        if let Some((range, fix)) = condition(cx, problem) {
            let message = "A condition that begins with `!` is read as a tag of YAML: put it in quotes.";
            out.push(RULE.at(range, message).with_fix(fix));
            continue;
        }
        let fix = if out.len() < MOST { mended(cx, problem) } else { None };
        let near = || problem.message.starts_with("No anchor `&").then(|| near_anchor(cx, problem)).flatten();
        if let Some(name) = near() {
            let alias = cx.tree.slice(problem.range);
            let message = format!("No anchor `&{}` stands above `{alias}`: did you mean `*{name}`?", &alias[1..]);
            let edit = TextEdit::replace(problem.range, format!("*{name}"));
            let fix = Fix::risky(format!("Write `*{name}`"), edit);
            out.push(RULE.at(problem.range, message).with_fix(fix));
            continue;
        }
        out.push(RULE.at(problem.range, problem.message.clone()).with_fix(fix));
    }
}

/// Mistakes for which a fix is worked out: each is tried.
const MOST: usize = 8;

/// The condition on the line of a mistake that begins with `!` and would be right in quotes.
fn condition(cx: &Cx<'_>, problem: &Problem) -> Option<(TextRange, Fix)> {
    let lines = cx.tree.lines();
    let start = lines.line_start(lines.line_of(problem.range.start));
    let line = cx.tree.text().get(start as usize..)?.lines().next()?;
    let (key, value) = line.split_once(':')?;
    let text = value.trim_start();
    if key.trim_start_matches([' ', '-']) != "if" || !text.starts_with('!') {
        return None;
    }
    let from = start + u32::try_from(line.len() - text.len()).ok()?;
    let text = text.split(" #").next()?.trim_end();
    let parsed = expr::parse(text);
    let range = TextRange::new(from, from + u32::try_from(text.len()).ok()?);
    let sound = parsed.errors.is_empty() && parsed.ast.is_some();
    sound.then(|| (range, Fix::risky("Put it in quotes", TextEdit::replace(range, in_quotes(text)))))
}

/// The anchor above whose name is nearly that of an alias.
fn near_anchor<'t>(cx: &Cx<'t>, problem: &Problem) -> Option<&'t str> {
    let name = cx.tree.slice(problem.range).strip_prefix('*')?;
    let tree = cx.tree;
    nearest(name, tree.anchors().filter(|anchor| anchor.range.start < problem.range.start).map(|anchor| anchor.name))
}

/// What the message says to do, where that makes YAML of it.
fn mended(cx: &Cx<'_>, problem: &Problem) -> Option<Fix> {
    let (mut range, message) = (problem.range, problem.message.as_str());
    let mut source = cx.tree.slice(range);
    let (title, edit) = if message.starts_with("A colon is missing behind") {
        ("Add the colon", TextEdit::replace(TextRange::empty(range.end), ":"))
    } else if message.starts_with("A space is missing behind the colon") {
        let at = range.start + u32::try_from(source.find(':')?).ok()? + 1;
        ("Add the space", TextEdit::replace(TextRange::empty(at), " "))
    } else if message.ends_with("put the value in quotes.") {
        let plain = !source.contains(['\n', '\r']) && !source.starts_with(['\'', '"']);
        source = without_comment(source).filter(|_| plain)?;
        range.end = range.start + u32::try_from(source.len()).ok()?;
        ("Put it in quotes", TextEdit::replace(range, in_quotes(source)))
    } else {
        return None;
    };
    let mut edit = edit;
    let after = cx.tree.parse_alike(edit.apply(cx.tree.text()));
    if title == "Put it in quotes" {
        let field = field_at(cx, &after, range.start)?;
        if !field.types.has(Types::STRING) {
            return None;
        }
        // Braces with text around them would only be wrong in another way.
        if field.widget == Widget::Condition && expr::has_expression(source) && expr::whole(source).is_none() {
            edit = TextEdit::replace(range, in_quotes(&one_expression(source, None)?));
        }
    }
    (after.problems().len() < cx.tree.problems().len()).then(|| Fix::risky(title, edit))
}

/// A text without the comment behind it; `None`: the `#` stands in quotes, so that nobody knows whether it is one.
fn without_comment(source: &str) -> Option<&str> {
    let Some(at) = source.find(" #") else { return Some(source) };
    let text = source[..at].trim_end();
    let is_even = |quote: char| text.matches(quote).count().is_multiple_of(2);
    (is_even('"') && is_even('\'') && !text.is_empty()).then_some(text)
}

/// What the table says of the value that begins there.
fn field_at(cx: &Cx<'_>, tree: &Tree, at: u32) -> Option<&'static Field> {
    let root = match cx.kind {
        FileKind::Workflow => schema::WORKFLOW,
        FileKind::Action => schema::ACTION,
    };
    let tags = Tags::new(tree, root);
    let mut places = tags.places.iter().filter(|place| place.node.range().start == at);
    places.find_map(|place| place.field)
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn a_near_anchor_is_proposed() {
        let with = |alias: &str| {
            format!("on: push\njobs:\n  a:\n    runs-on: &system ubuntu-latest\n    steps:\n      - run: make\n  b:\n    runs-on: {alias}\n    steps:\n      - run: make\n")
        };
        check_fix("syntax-error", &with("*sytem"), &with("*system"));
    }

    #[test]
    fn what_is_within_a_value_without_quotes_is_told_too() {
        check(
            "on:
  issues:
jobs:
  build:
    name: Deploy: prod
          ^^^^^^^^^^^^ syntax-error: put the value in quotes
    needs: [test]
    strategy:
      matrix: {os: [ubuntu-latest]}
    runs-on: ${{ matrix.os }}
    outputs:
      u: ${{ steps.q.outputs.x }}
      ^ unused-job-output
             ^^^^^^^ unknown-property: No earlier step
    steps:
      - run: echo ${{ secret.X }} a: b: c
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ syntax-error: put the value in quotes
                      ^^^^^^ unknown-context: did you mean `secrets`
      - run: echo \"done: ${{ github.reff }}\"
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ syntax-error: put the value in quotes
                             ^^^^^^^^^^^ unknown-property: did you mean `ref`
      - run: echo \"title: ${{ github.event.issue.title }}\"
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ syntax-error: put the value in quotes
                              ^^^^^^^^^^^^^^^^^^^^^^^^ script-injection
      - run: echo ${{ matrix.x }} ${{ needs.z.result }}
                      ^^^^^^^^ unknown-property: has no `x`
                                      ^^^^^^^ unknown-property: There is no job `z`
  test:
    runs-on: a: b
             ^^^^ syntax-error: put the value in quotes
    steps:
      - run: make
",
        );
    }

    #[test]
    fn what_the_message_says_is_done() {
        let with = |runs_on: &str, name: &str| {
            format!("on: push\njobs:\n  a:\n    {runs_on} ubuntu-latest\n    name: {name}\n    steps:\n      - run: make\n")
        };
        let fixed = with("runs-on:", "x");
        check_fix("syntax-error", &with("runs-on", "x"), &fixed);
        check_fix("syntax-error", &fixed.replace("    name: x", "    name:x"), &fixed);
        check_fix("syntax-error", &with("runs-on:", "a: b"), &with("runs-on:", "'a: b'"));
        check_fix("syntax-error", &with("runs-on:", "a \"b: c\" # d"), &with("runs-on:", "'a \"b: c\"' # d"));
        assert_eq!(super::without_comment("a \"b: c # d\""), None);
    }

    #[test]
    fn a_condition_that_begins_with_a_tag_comes_into_quotes() {
        let with = |condition: &str| {
            format!("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: {condition} # why\n")
        };
        check_fix(
            "syntax-error",
            &with("!failure() || github.ref == 'x'"),
            &with("\"!failure() || github.ref == 'x'\""),
        );
        check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - if: !failure() || github.ref == 'x'
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ syntax-error: A condition that begins with `!`
        run: make
",
        );
    }
}
