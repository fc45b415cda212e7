use stepladder_yaml::{Change, Problem, TextEdit, TextRange, Tree};

use super::always_true_condition::one_expression;
use super::dash_without_blank::{Blanks, TITLE, blanks, first_item};
use crate::expr;
use crate::lint::amend::in_quotes;
use crate::lint::suggest::nearest;
use crate::lint::{Cx, Rule};
use crate::schema::{self, Field, Tags, Types, Widget};
use crate::{FileKind, Finding, Fix, Severity};

mod tabs;

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
    let mut told: Option<TextRange> = None;
    // A list that the last fix makes one, when that mends all that is wrong in its lines.
    let mut mended_list: Option<TextRange> = None;
    for problem in cx.tree.problems() {
        let of_list = mended_list.is_some_and(|list| list.covers(TextRange::empty(problem.range.start)));
        if of_list || told.is_some_and(|told| told.covers(problem.range)) {
            continue;
        }
        if let Some(found) = starred(cx, problem) {
            told = Some(found.range);
            let fix = if out.len() < MOST { mended(cx, &found) } else { None };
            out.push(RULE.at(found.range, found.message).with_fix(fix));
            continue;
        }
        if let Some((range, fix)) = (out.len() < MOST).then(|| stray_bracket(cx, problem)).flatten() {
            let message = format!("This `{}` closes nothing: remove it.", cx.tree.slice(range));
            out.push(RULE.at(range, message).with_fix(fix));
            continue;
        }
        if let Some((range, fix)) = condition(cx, problem) {
            let message = "A condition that begins with `!` is read as a tag of YAML: put it in quotes.";
            out.push(RULE.at(range, message).with_fix(fix));
            continue;
        }
        if let Some((range, Blanks { edit, left, end })) = (out.len() < MOST).then(|| dash(cx, problem)).flatten() {
            let list = TextRange::new(range.start, end.max(range.end));
            let within = |problem: &&Problem| list.covers(TextRange::empty(problem.range.start));
            let all = cx.tree.problems();
            mended_list = (left + all.iter().filter(within).count() <= all.len()).then_some(list);
            let item = first_item(cx, range.start);
            let message = format!("A blank is missing behind the `-`: write `- {item}`.");
            out.push(RULE.at(range, message).with_fix(Fix::risky(TITLE, edit)));
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

/// The whole value of which what begins with a `*` is told, as the mistake that it is.
fn starred(cx: &Cx<'_>, problem: &Problem) -> Option<Problem> {
    let says = ["A value that starts with `*`", "A value cannot start with `*`"];
    if !says.iter().any(|says| problem.message.starts_with(says)) {
        return None;
    }
    let lines = cx.tree.lines();
    let start = lines.line_start(lines.line_of(problem.range.start));
    let line = cx.tree.text().get(start as usize..)?.lines().next()?;
    let at = (problem.range.start - start) as usize;
    let ends = |text: &str| {
        let before = text.trim_end();
        before.ends_with(['[', ',', '{']) || text.ends_with(": ") || before.ends_with('-') || before.is_empty()
    };
    let from = line[..=at].match_indices('*').map(|(star, _)| star).find(|star| ends(&line[..*star]))?;
    let is_flow = line[..from].trim_end().ends_with(['[', ',', '{']);
    let value = line[from..].split(" #").next()?;
    let value = if is_flow { value.split([',', ']', '}']).next()? } else { value };
    let value = value.trim_end();
    let first = start + u32::try_from(from).ok()?;
    let range = TextRange::new(first, first + u32::try_from(value.len()).ok()?);
    let message =
        format!("A value that starts with `*` is read as an alias: write it in quotes, `{}`.", in_quotes(value));
    Some(Problem { range, message })
}

/// The last bracket of a list or a mapping that has one too many, where a list or a mapping belongs.
fn stray_bracket(cx: &Cx<'_>, problem: &Problem) -> Option<(TextRange, Fix)> {
    let source = problem.message.starts_with("This bracket closes nothing").then(|| cx.tree.slice(problem.range))?;
    let wanted = if source.starts_with('[') { Types::SEQUENCE } else { Types::MAPPING };
    let (mut depth, mut quote) = (0u32, None);
    let stray = source.char_indices().find_map(|(at, c)| {
        match (c, quote) {
            (_, Some(open)) if c == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) if !source[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) => quote = Some(c),
            ('[' | '{', None) => depth += 1,
            (']' | '}', None) if depth == 0 => return Some(at),
            (']' | '}', None) => depth -= 1,
            _ => {}
        }
        None
    })?;
    let start = problem.range.start + u32::try_from(stray).ok()?;
    let range = TextRange::new(start, start + 1);
    let edit = TextEdit::replace(range, "");
    let after = cx.tree.parse_alike(edit.apply(cx.tree.text()));
    let belongs = source.starts_with(['[', '{'])
        && after.problems().len() < cx.tree.problems().len()
        && field_at(cx, &after, problem.range.start).is_some_and(|field| field.types.has(wanted));
    belongs.then(|| (range, Fix::risky("Remove it", edit)))
}

/// A line with a `-` that lacks its blank, which is all that is wrong there.
fn dash(cx: &Cx<'_>, problem: &Problem) -> Option<(TextRange, Blanks)> {
    let lines = cx.tree.lines();
    let start = lines.line_start(lines.line_of(problem.range.start));
    let line = cx.tree.text().get(start as usize..)?.lines().next()?;
    let bare = line.trim_start_matches(' ');
    let is_dash = bare.strip_prefix('-').is_some_and(|rest| !rest.starts_with(['-', ' ']) && !rest.is_empty());
    let from = start + u32::try_from(line.len() - bare.len()).ok()?;
    let blanks = is_dash.then(|| blanks(cx, from)).flatten()?;
    let range = TextRange::new(from, from + u32::try_from(bare.trim_end().len()).ok()?);
    (blanks.left < cx.tree.problems().len()).then_some((range, blanks))
}

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
    } else if message.starts_with("A tab indents this line") {
        return tabs::by_spaces(cx, range.start);
    } else if message.starts_with("A `\\` in double quotes") {
        ("Write `\\\\`", TextEdit::replace(range, with_backslashes(source)?))
    } else if message.ends_with("an expression `${{ … }}` must be in quotes.") {
        ("Put it in quotes", TextEdit::new(quoted_within(cx, range.start))?)
    } else if message.ends_with("put the value in quotes.")
        || message.contains("write it in quotes")
        || message.ends_with("put the whole value in quotes.") && source.starts_with(['[', '{'])
    {
        let plain = !source.contains(['\n', '\r']) && !source.starts_with(['\'', '"']);
        source = without_comment(source).filter(|_| plain)?;
        range.end = range.start + u32::try_from(source.len()).ok()?;
        ("Put it in quotes", TextEdit::replace(range, in_quotes(source)))
    } else {
        return None;
    };
    let mut edit = edit;
    let after = cx.tree.parse_alike(edit.apply(cx.tree.text()));
    if title == "Put it in quotes" && !message.starts_with("Between") {
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

/// A value in double quotes with the backslashes doubled that begin no escape. `None`: others in it do.
fn with_backslashes(source: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = source.chars();
    while let Some(c) = rest.next() {
        out.push(c);
        if c != '\\' {
            continue;
        }
        match rest.next()? {
            next @ ('\\' | '"') => out.push(next),
            // `\x` and `\u` go with digits, which these lack.
            next if "0abtnvfre /N_LP\t".contains(next) => return None,
            next => out.extend(['\\', next]),
        }
    }
    Some(out)
}

/// Quotes around the values with expressions in brackets on the line of `at`.
fn quoted_within(cx: &Cx<'_>, at: u32) -> Vec<Change> {
    let start = cx.tree.lines().line_start(cx.tree.lines().line_of(at)) as usize;
    let line = cx.tree.text().get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let mut changes = Vec::new();
    let (mut from, mut quote, mut at) = (0, None, 0);
    while let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) {
        let is_first = line[from..at].trim().is_empty();
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if is_first => quote = Some(c),
            (None, ',' | '[' | '{' | ']' | '}') => from = at + 1,
            (None, ' ') if line[..at].ends_with(':') => from = at + 1,
            (None, '$') if line[at..].starts_with("${{") => {
                // The value goes on to the next sign that is outside of braces.
                let mut end = at;
                while let Some(close) = line[end..].strip_prefix("${{").and_then(|rest| rest.find("}}")) {
                    end += close + 5;
                    let more = |c: char| matches!(c, ',' | ']' | '}' | '$');
                    end += line[end..].find(more).unwrap_or(line.len() - end);
                }
                let text = line[from..end].trim();
                if end == at || text.is_empty() {
                    break;
                }
                let first = start + from + (line[from..end].len() - line[from..end].trim_start().len());
                if let (Ok(first), Ok(length)) = (u32::try_from(first), u32::try_from(text.len())) {
                    changes.push(Change { range: TextRange::new(first, first + length), insert: in_quotes(text) });
                }
                (from, at) = (end, end);
                continue;
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    changes
}

/// What the table says of the value that begins there.
fn field_at(cx: &Cx<'_>, tree: &Tree, at: u32) -> Option<&'static Field> {
    let tags = Tags::new(tree, root(cx));
    let mut places = tags.places.iter().filter(|place| place.node.range().start == at);
    places.find_map(|place| place.field)
}

/// The table for a file of this kind.
fn root(cx: &Cx<'_>) -> &'static schema::Map {
    match cx.kind {
        FileKind::Workflow => schema::WORKFLOW,
        FileKind::Action => schema::ACTION,
    }
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
    fn values_that_only_lack_quotes_or_blanks_get_them() {
        let with = |step: &str| {
            format!("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - {step}\n        run: make\n")
        };
        for (before, after) in [
            ("name: [WIP] build # soon", "name: '[WIP] build' # soon"),
            ("env: {A: ${{ github.sha }}, B: x}", "env: {A: '${{ github.sha }}', B: x}"),
            (
                "env: {A: '${{ github.sha }}', B: x ${{ github.sha }}/${{ github.ref_name }} y} # c",
                "env: {A: '${{ github.sha }}', B: 'x ${{ github.sha }}/${{ github.ref_name }} y'} # c",
            ),
            ("env: {A: ${{ github.sha == 'x' }}}", "env: {A: \"${{ github.sha == 'x' }}\"}"),
            (r#"env: {A: "C:\dir\x"}"#, r#"env: {A: "C:\\dir\\x"}"#),
        ] {
            check_fix("syntax-error", &with(before), &with(after));
        }
        assert_eq!(super::with_backslashes(r#""C:\new\dir""#), None);
    }

    #[test]
    fn an_item_with_an_open_brace_is_told_as_that() {
        check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: a
      - {run: echo
        ^^^^^^^^^^ syntax-error: This `{` is never closed
      - run: b
  b:
    runs-on: ubuntu-latest
    steps:
      - run: x
      - {run: echo
        ^^^^^^^^^^ syntax-error: This `{` is never closed
",
        );
    }

    #[test]
    fn an_item_in_the_wrong_column_is_told_as_that() {
        check(
            "on: push
 jobs:
 ^^^^^ syntax-error: deeper than the one above
  a:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
        check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
       - run: echo
       ^^^^^^^^^^^ syntax-error: align its `-`
      - uses: actions/cache@v4
          path: x
          ^^^^^^^ syntax-error: deeper than the one above
          key: y
",
        );
    }

    #[test]
    fn a_bracket_too_many_goes() {
        let with = |runs_on: &str| {
            format!("on: push\njobs:\n  a:\n    runs-on: {runs_on} # why\n    steps:\n      - run: make\n")
        };
        check_fix("syntax-error", &with("[ubuntu-latest]]"), &with("[ubuntu-latest]"));
        check_fix("syntax-error", &with("{group: a}}"), &with("{group: a}"));
        check(
            "on:
  push:
    branches: ['a]', main]]
                          ^ syntax-error: This `]` closes nothing: remove it.
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - name: [a]]
              ^^^^ syntax-error: or put the value in quotes
        run: make
",
        );
    }

    #[test]
    fn a_value_that_begins_with_a_star_comes_into_quotes() {
        check(
            "on:
  schedule:
    - cron: */15 * * * * # often
            ^^^^^^^^^^^^ syntax-error: write it in quotes, `'*/15 * * * *'`
  push:
    branches: [ *, main ]
                ^ syntax-error: write it in quotes, `'*'`
    paths:
      - **/*.md
        ^^^^^^^ syntax-error: write it in quotes, `'**/*.md'`
      - *.js
        ^^^^ syntax-error: write it in quotes, `'*.js'`
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
        let with = |cron: &str, paths: &str| {
            format!("on:\n  schedule:\n    - cron: {cron} # c\n  push:\n    paths: {paths}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n")
        };
        for (before, after) in [
            (with("*/15 * * * *", "[a]"), with("'*/15 * * * *'", "[a]")),
            (with("5 5 * * *", "[ *, a ]"), with("5 5 * * *", "[ '*', a ]")),
            (with("5 5 * * *", "[a, **/*.md]"), with("5 5 * * *", "[a, '**/*.md']")),
            (with("5 5 * * *", "\n      - **"), with("5 5 * * *", "\n      - '**'")),
        ] {
            check_fix("syntax-error", &before, &after);
        }
    }

    #[test]
    fn a_condition_that_begins_with_a_tag_comes_into_quotes() {
        let with = |condition: &str| {
            format!("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: {condition} # why\n")
        };
        check_fix(
            "syntax-error",
            &with("!failure() || github.sha == 'x'"),
            &with("\"!failure() || github.sha == 'x'\""),
        );
        check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - if: !failure() || github.sha == 'x'
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ syntax-error: A condition that begins with `!`
        run: make
",
        );
    }
}
