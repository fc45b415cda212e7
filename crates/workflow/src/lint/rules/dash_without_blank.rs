use stepladder_yaml::{Change, Entry, Kind, Node, Path, ScalarStyle, TextEdit, TextRange};

use crate::lint::amend::in_quotes;
use crate::lint::{Cx, Rule};
use crate::schema::{Field, Types};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "dash-without-blank",
    severity: Severity::Error,
    kind: "structure",
    title: "List without blanks behind its dashes",
    docs: "An item of a list begins with a `-` and a blank. Without the blank the `-` is a part of the text, so that lines which \
           look like a list are one text, or the keys of a mapping. Put a blank behind each `-`.",
    bad: "on:\n  push:\n    branches:\n      -main\n      -dev\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on:\n  push:\n    branches:\n      - main\n      - dev\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

/// Most lists of one file that are told: each is tried.
const MOST: usize = 24;

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let mut tried = 0;
    for (at, _) in cx.places().iter().enumerate().filter(|(_, place)| !place.through_alias) {
        for List { mut range, field, path, read } in value(cx, at).into_iter().chain(entries_below(cx, at)) {
            tried += 1;
            let Some(blanks) = (tried <= MOST).then(|| blanks(cx, range.start)).flatten() else { continue };
            // What is no YAML because of it is a part of it.
            if blanks.left < cx.tree.problems().len() {
                range.end = range.end.max(blanks.end);
            }
            // Where a single text may stand, GitHub takes it.
            let taken = field.types.has(Types::STRING) && !field.values.closed() && field.key != "needs";
            let sound = cx.tree.problems().iter().all(|problem| !range.covers(problem.range));
            let severity = if taken && sound { Severity::Warning } else { Severity::Error };
            let message = format!(
                "A blank is missing behind the `-`, so that this is {read} and no list: write `- {}`.",
                first_item(cx, range.start)
            );
            let fix = Fix::risky(TITLE, blanks.edit);
            out.push(RULE.at(range, message).with_severity(severity).about(path).with_fix(fix));
        }
    }
}

/// The title of its fix.
pub(super) const TITLE: &str = "Put a blank behind the `-`";

/// What is meant to be a list.
struct List {
    range: TextRange,
    field: &'static Field,
    path: Path,
    /// What YAML reads instead.
    read: &'static str,
}

/// A list that reads as one text over all its lines, or as one mapping with keys that begin with a `-`.
fn value(cx: &Cx<'_>, at: usize) -> Option<List> {
    let place = cx.places().get(at)?;
    let field = place.field.filter(|field| field.types.has(Types::SEQUENCE) && field.types != Types::ANY)?;
    let node = place.node;
    let read = match node.kind() {
        Kind::Scalar if node.scalar_style() == Some(ScalarStyle::Plain) => "a text",
        Kind::Mapping if !field.types.has(Types::MAPPING) && dashed(node).next().is_some() => "a mapping",
        _ => return None,
    };
    // All of a text has to be items.
    let is_item = |line: &str| line.trim().is_empty() || line.trim().starts_with('-');
    if read == "a text" && !node.source().lines().all(is_item) {
        return None;
    }
    Some(List { range: node.range(), field, path: cx.tags.path(at), read })
}

/// Lists whose dashes stand below the keys that they belong to, so that these are empty, or have the items above only, and the
/// items are keys beside them.
fn entries_below(cx: &Cx<'_>, at: usize) -> Option<List> {
    let place = cx.places().get(at)?;
    let mapping = place.node;
    let first = dashed(mapping).next()?;
    let entries: Vec<_> = mapping.entries().collect();
    let from = entries.iter().position(|entry| entry.key.range() == first.range())?;
    let key = entries[..from].last()?;
    let column = |at: u32| cx.tree.line_col(at).col;
    let in_its_column = || {
        let list = key.value;
        list.kind() == Kind::Sequence && list.source().starts_with('-') && column(list.range().start) == column(first.range().start)
    };
    if !key.value.is_null() && !in_its_column() {
        return None;
    }
    let map = place.map?;
    let field = map.field(key.name()?).filter(|field| field.types.has(Types::SEQUENCE))?;
    let begins = |entry: &&Entry<'_>| entry.name().is_some_and(is_dashed);
    let last = entries[from..].iter().take_while(begins).last()?;
    let range = TextRange::new(first.range().start, last.value.range().end.max(last.key.range().end));
    let path = cx.tags.path(at).child(key.name()?);
    Some(List { range, field, path, read: "a key" })
}

/// The keys of a mapping that begin with a `-` and a letter, a quote or a bracket.
fn dashed<'t>(mapping: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    mapping.entries().filter(|entry| entry.name().is_some_and(is_dashed)).map(|entry| entry.key)
}

fn is_dashed(key: &str) -> bool {
    key.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic() || "{['\"".contains(c)))
}

/// The text or the key behind the dash that stands at `start`.
pub(super) fn first_item<'t>(cx: &Cx<'t>, start: u32) -> &'t str {
    let line = cx.tree.text().get(start as usize..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let item = line.trim_start_matches(['-', ' ']);
    let item = item.split(" #").next().unwrap_or_default();
    match item.split_once(": ").filter(|_| !item.starts_with(['{', '['])) {
        Some((key, _)) => key,
        None => item,
    }
    .trim_end_matches([' ', ':'])
}

/// How a list gets its blanks.
pub(super) struct Blanks {
    pub(super) edit: TextEdit,
    /// How many mistakes of YAML are left then.
    pub(super) left: usize,
    /// Where the last of its lines ends.
    pub(super) end: u32,
}

/// Blanks behind the dashes of the list whose item begins at `start`, alone on its line; `None` where that makes more mistakes of
/// YAML.
/// What is indented too little below an item comes along.
pub(super) fn blanks(cx: &Cx<'_>, start: u32) -> Option<Blanks> {
    let lines = cx.tree.lines();
    let text = |line: usize| {
        let (from, to) = (lines.line_start(line) as usize, lines.line_start(line + 1) as usize);
        cx.tree.text().get(from..to.max(from)).unwrap_or_default().trim_end_matches(['\n', '\r'])
    };
    let indent = |line: usize| text(line).len() - text(line).trim_start_matches(' ').len();
    let is_empty = |line: usize| text(line).trim().is_empty() || text(line).trim_start().starts_with('#');
    let own = lines.line_of(start);
    let column = indent(own);
    if lines.line_start(own) as usize + column != start as usize {
        return None;
    }
    let is_item = |line: usize| indent(line) == column && text(line)[column..].starts_with('-');
    let is_inside = |line: &usize| is_empty(*line) || indent(*line) > column || is_item(*line);
    let first = (0..own).rev().take_while(is_inside).last().unwrap_or(own);
    let last = (own + 1..lines.lines()).take_while(is_inside).last().unwrap_or(own);
    let full = (first..=last).rev().find(|line| !is_empty(*line)).unwrap_or(own);
    let end = lines.line_start(full) + u32::try_from(text(full).len()).ok()?;
    let mut changes = Vec::new();
    // How far the lines below an item have to follow it, once that is known, and whether they are the text of a block.
    let (mut follow, mut block) = (Some(0), false);
    for line in first..=last {
        let at = lines.line_start(line) + u32::try_from(column).ok()?;
        if is_empty(line) {
            continue;
        }
        if !is_item(line) {
            let least = if block { column + 3 } else { column + 2 };
            let by = *follow.get_or_insert_with(|| least.saturating_sub(indent(line)));
            if by > 0 {
                changes.push(Change { range: TextRange::empty(at), insert: " ".repeat(by) });
            }
            continue;
        }
        let item = &text(line)[column + 1..];
        let lacks = !item.is_empty() && !item.starts_with([' ', '-']);
        follow = if lacks { None } else { Some(0) };
        block = item.split(" #").next().unwrap_or_default().trim_end().trim_end_matches(['+', '-']).ends_with(['|', '>']);
        // Some signs mean something to YAML at the start of a value.
        let quoted = item.split(" #").next().unwrap_or_default().trim_end();
        if lacks && quoted.starts_with(['*', '&', '!', '@', '%', '`', '|', '>']) {
            let range = TextRange::new(at + 1, at + 1 + u32::try_from(quoted.len()).ok()?);
            changes.push(Change { range, insert: format!(" {}", in_quotes(quoted)) });
        } else if lacks {
            changes.push(Change { range: TextRange::empty(at + 1), insert: " ".to_owned() });
        }
    }
    let edit = TextEdit::new(changes).filter(|edit| !edit.is_empty())?;
    let left = cx.tree.parse_alike(edit.apply(cx.tree.text())).problems().len();
    (left <= cx.tree.problems().len()).then_some(Blanks { edit, left, end })
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{check, check_fix};

    fn with(lines: &str) -> String {
        let jobs = "  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
        format!("on:\n  workflow_dispatch:\njobs:\n{jobs}  a:\n{lines}")
    }

    #[test]
    fn lists_of_texts_get_their_blanks() {
        let steps = "    steps:\n      - run: make\n";
        for (before, after) in [
            (
                "    runs-on:\n      -self-hosted\n      -linux\n",
                "    runs-on:\n      - self-hosted\n      - linux\n",
            ),
            (
                "    needs:\n      -lint\n    runs-on: ubuntu-latest\n",
                "    needs:\n      - lint\n    runs-on: ubuntu-latest\n",
            ),
            (
                "    runs-on: ${{ matrix.os }}\n    strategy:\n      matrix:\n        os:\n          -ubuntu-latest\n          -windows-latest\n",
                "    runs-on: ${{ matrix.os }}\n    strategy:\n      matrix:\n        os:\n          - ubuntu-latest\n          - windows-latest\n",
            ),
        ] {
            check_fix(
                "dash-without-blank",
                &with(&format!("{before}{steps}")),
                &with(&format!("{after}{steps}")),
            );
        }
    }

    #[test]
    fn items_in_quotes_or_brackets_get_their_blanks() {
        for (rule, item, before, after) in [
            ("dash-without-blank", "{run: make}", "-{run: make}\n      -{run: test} # all", "- {run: make}\n      - {run: test} # all"),
            ("dash-without-blank", "\"run\"", "-\"run\": make\n      -'run': test", "- \"run\": make\n      - 'run': test"),
            ("syntax-error", "{run: test}", "- run: make\n      -{run: test}", "- run: make\n      - {run: test}"),
        ] {
            let [before, after] =
                [before, after].map(|steps| with(&format!("    runs-on: ubuntu-latest\n    steps:\n      {steps}\n")));
            check_fix(rule, &before, &after);
            let found = crate::Analysis::new(before.as_str(), &crate::lint::testing::env()).into_findings();
            let told: Vec<_> = found.iter().map(|finding| finding.rule).collect();
            assert_eq!(told, [rule], "{found:#?}");
            assert!(found[0].message.contains(&format!("write `- {item}`")), "{found:#?}");
        }
        check(
            "on:
  workflow_dispatch:
    inputs:
      level:
        type: choice
        options:
          -\"low\"
          ^^^^^^ dash-without-blank: write `- \"low\"`
          -\"high\"
jobs:
  build:
    strategy:
      matrix:
        sizes:
          -[1, 2]
          ^^^^^^^ dash-without-blank: write `- [1, 2]`
          -[3]
        include:
          -{os: a, v: 1}
          ^^^^^^^^^^^^^^ syntax-error: write `- {os: a, v: 1}`
          -{os: b, v: 2}
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ inputs.level }} ${{ matrix.v }}
",
        );
    }

    #[test]
    fn patterns_and_events_get_their_blanks() {
        let with = |on: &str| {
            format!("on:\n{on}jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n")
        };
        for (before, after) in [
            ("  -push\n  -pull_request\n", "  - push\n  - pull_request\n"),
            ("  push:\n    branches:\n      -main\n", "  push:\n    branches:\n      - main\n"),
            ("  push:\n    tags:\n      -v*\n      - w*\n", "  push:\n    tags:\n      - v*\n      - w*\n"),
            (
                "  push:\n    paths:\n      -**.js\n      -!x\n      -'a b'\n",
                "  push:\n    paths:\n      - '**.js'\n      - '!x'\n      - 'a b'\n",
            ),
            (
                "  workflow_run:\n    workflows:\n      -Build and test\n      -Lint\n",
                "  workflow_run:\n    workflows:\n      - Build and test\n      - Lint\n",
            ),
            ("  schedule:\n    -cron: '0 4 * * *'\n", "  schedule:\n    - cron: '0 4 * * *'\n"),
        ] {
            check_fix("dash-without-blank", &with(before), &with(after));
        }
    }

    #[test]
    fn an_item_in_the_column_of_its_key_gets_its_blank() {
        let with = |second: &str| with(&format!("    runs-on: ubuntu-latest\n    steps:\n    - run: make\n    {second}run: test\n"));
        check_fix("dash-without-blank", &with("-"), &with("- "));
        let text = with("-");
        let found = crate::Analysis::new(text.as_str(), &crate::lint::testing::env()).into_findings();
        let told: Vec<_> = found.iter().map(|finding| finding.rule).collect();
        assert_eq!(told, ["dash-without-blank"], "{found:#?}");
    }

    #[test]
    fn options_without_blanks_are_told_once() {
        check(
            "on:
  workflow_dispatch:
    inputs:
      level:
        type: choice
        options:
          -low
          ^^^^ dash-without-blank: is a text and no list
          -high
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ inputs.level }}
",
        );
    }

    #[test]
    fn lists_of_steps_get_their_blanks() {
        check_fix(
            "dash-without-blank",
            &with(
                "    runs-on: ubuntu-latest\n    steps:\n      -uses: actions/checkout@v5 # code\n      -run: make\n",
            ),
            &with(
                "    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5 # code\n      - run: make\n",
            ),
        );
    }

    #[test]
    fn what_stands_below_an_item_comes_along() {
        let with = |steps: &str| with(&format!("    runs-on: ubuntu-latest\n    steps:\n{steps}"));
        for (rule, before, after) in [
            (
                "syntax-error",
                "      -uses: actions/checkout@v5\n       with: # all\n         fetch-depth: 0\n      -run: make\n",
                "      - uses: actions/checkout@v5\n        with: # all\n          fetch-depth: 0\n      - run: make\n",
            ),
            (
                "syntax-error",
                "      -uses: actions/checkout@v5\n        with:\n          fetch-depth: 0\n\n      # then\n      -run: make\n",
                "      - uses: actions/checkout@v5\n        with:\n          fetch-depth: 0\n\n      # then\n      - run: make\n",
            ),
            ("dash-without-blank", "      -run: |\n        make\n          -k\n      - run: test\n", "      - run: |\n         make\n           -k\n      - run: test\n"),
            (
                "dash-without-blank",
                "    -run: |\n       make\n    -run: test\n",
                "    - run: |\n       make\n    - run: test\n",
            ),
        ] {
            check_fix(rule, &with(before), &with(after));
        }
    }

    #[test]
    fn where_it_is_no_yaml_it_is_told_too() {
        let with = |branches: &str| format!("on:\n  push:\n    branches:\n{branches}jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n");
        for (before, after) in [
            ("      - main\n      -dev\n", "      - main\n      - dev\n"),
            ("    -main\n    -dev\n", "    - main\n    - dev\n"),
        ] {
            check_fix("syntax-error", &with(before), &with(after));
        }
        let steps = |dash: &str| {
            super::tests::with(&format!("    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      {dash}run: make\n      - run: test\n"))
        };
        check_fix("syntax-error", &steps("-"), &steps("- "));
        check_fix("dash-without-blank", &with("      -main # first\n      -dev\n"), &with("      - main # first\n      - dev\n"));
    }

    #[test]
    fn what_is_no_yaml_because_of_it_is_told_with_it() {
        let text = with("    runs-on: ubuntu-latest\n    steps:\n      -run: make\n      - run: test\n");
        let found = crate::Analysis::new(text.as_str(), &crate::lint::testing::env()).into_findings();
        let told: Vec<_> = found.iter().map(|finding| (finding.rule, finding.severity)).collect();
        assert_eq!(told, [("syntax-error", crate::Severity::Error)], "{found:#?}");
    }

    #[test]
    fn a_text_that_is_no_list_is_left_alone() {
        check(&with("    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          -x\n          -y\n      - run: make\n          -k -j\n"));
    }

    #[test]
    fn what_the_same_blanks_mend_is_told_once() {
        check(
            "on:
  push:
    branches:
    -main
    ^^^^^ syntax-error: write `- main`
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      -name: x
      ^^^^^^^^ syntax-error: write `- name`
       run: echo
      -name: y
       uses: actions/checkout@v5
",
        );
    }

    #[test]
    fn it_is_told_once() {
        check(&with(
            "    runs-on: ubuntu-latest
    steps:
      -uses: actions/checkout@v5
      ^^^^^^^^^^^^^^^^^^^^^^^^^^ dash-without-blank: is a mapping and no list: write `- uses`.
      -uses: actions/setup-node@v5
      -run: make
",
        ));
    }
}
