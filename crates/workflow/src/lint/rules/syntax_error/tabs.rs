//! Spaces in place of the tabs that indent lines, as many as the lines around them ask for.

use stepladder_yaml::{Change, TextEdit, TextRange, Tree};

use super::root;
use crate::Fix;
use crate::lint::Cx;
use crate::schema::{Place, Tags};

/// Most texts that are tried for one fix: each is read.
const MOST: usize = 12;

/// Indents the line of `at`, and those below it that have tabs too, by spaces: so that what is there belongs where it is known.
pub(super) fn by_spaces(cx: &Cx<'_>, at: u32) -> Option<Fix> {
    let text = cx.tree.text();
    let lines: Vec<&str> = text.lines().collect();
    let from = cx.tree.lines().line_of(at);
    let is_tabbed = |line: &&&str| indent(line).contains('\t') || line.trim().is_empty();
    let count = lines.get(from..)?.iter().take_while(is_tabbed).count();
    let run = &lines[from..from + count];
    let first = run.iter().find(|line| holds(line))?;
    let below = lines[from + count..].iter().find(|line| holds(line)).map_or(0, |line| indent(line).len());
    let columns = columns(&lines[..from], first.trim_start(), below);
    let tried = columns.iter().flat_map(|column| [2, 4, 8].map(|width| (*column, width)));
    let mut texts: Vec<String> = Vec::new();
    for (column, width) in tried {
        let own = visual(indent(first), width);
        let mut changes = Vec::new();
        for (line, whole) in (from..).zip(run).filter(|(_, whole)| !whole.trim().is_empty()) {
            let range = indent_range(cx.tree, line, whole)?;
            let column = (column + visual(indent(whole), width)).saturating_sub(own);
            changes.push(Change { range, insert: " ".repeat(column) });
        }
        let edit = TextEdit::new(changes)?;
        let after = edit.apply(text);
        // Lines indented alike are the same whatever the width of a tab.
        if texts.contains(&after) {
            continue;
        }
        if texts.len() == MOST {
            break;
        }
        let tree = cx.tree.parse_alike(after.as_str());
        if tree.problems().len() < cx.tree.problems().len() && strange(cx, &tree) <= strange(cx, cx.tree) {
            return Some(Fix::risky("Indent by spaces", edit));
        }
        texts.push(after);
    }
    None
}

/// The columns where a line may start that stands below others, the likeliest first.
fn columns(above: &[&str], line: &str, below: usize) -> Vec<usize> {
    let mut rows = above.iter().rev().filter(|row| holds(row)).peekable();
    let Some(last) = rows.peek() else { return vec![0] };
    let content = content(last);
    let deeper = if below > content { below } else { content + 2 };
    if opens_text(last) {
        return vec![deeper];
    }
    if !is_key(line) && !line.starts_with('-') {
        let goes_on = if is_key(last.trim_start_matches([' ', '-'])) { content + 2 } else { indent(last).len() };
        return vec![goes_on];
    }
    let mut columns = Vec::new();
    if last.trim_end().ends_with(':') {
        columns.push(deeper);
    }
    let mut least = usize::MAX;
    for row in rows.filter(|row| is_key(row.trim_start_matches([' ', '-'])) || row.trim_start().starts_with('-')) {
        let (column, inner) = (indent(row).len(), self::content(row));
        let levels = if line.starts_with('-') { [None, (inner > column).then_some(column)] } else { [Some(inner), None] };
        for level in levels.into_iter().flatten().filter(|level| *level < least) {
            if !columns.contains(&level) {
                columns.push(level);
            }
        }
        least = least.min(column);
        if least == 0 {
            break;
        }
    }
    columns
}

/// How many keys stand in mappings that do not know them.
fn strange(cx: &Cx<'_>, tree: &Tree) -> usize {
    let tags = Tags::new(tree, root(cx));
    let is_unknown = |place: &Place<'_>, name: Option<&str>| match place.map {
        Some(map) => name.is_none_or(|name| map.named(name).is_none()),
        None => true,
    };
    let strange = tags.places.iter().filter(|place| place.strange);
    strange.map(|place| place.node.entries().filter(|entry| is_unknown(place, entry.name())).count()).sum()
}

fn indent_range(tree: &Tree, line: usize, whole: &str) -> Option<TextRange> {
    let start = tree.lines().line_start(line);
    let length = u32::try_from(indent(whole).len()).ok()?;
    Some(TextRange::new(start, start + length))
}

fn indent(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// Whether a line holds more than a comment.
fn holds(line: &str) -> bool {
    let text = line.trim();
    !text.is_empty() && !text.starts_with('#')
}

/// Where a line's content starts, behind its dashes.
fn content(line: &str) -> usize {
    let bare = line.trim_start_matches(' ');
    let item = if bare.starts_with("- ") { bare.trim_start_matches(['-', ' ']) } else { bare };
    line.len() - item.len()
}

/// Whether a text begins with a word and a colon.
fn is_key(text: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '"' | '\'');
    let rest = text.trim_start_matches(part);
    rest.len() < text.len() && (rest.starts_with(": ") || rest.trim_end() == ":")
}

/// Whether a text in a block starts below a line.
fn opens_text(line: &str) -> bool {
    let line = line.split(" #").next().unwrap_or_default().trim_end();
    let before = line.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
    before.strip_suffix(['|', '>']).is_some_and(|before| before.ends_with(": ") || before.ends_with("- "))
}

/// How wide an indentation looks where a tab goes on to the next multiple of `width`.
fn visual(indent: &str, width: usize) -> usize {
    indent.chars().fold(0, |at, c| if c == '\t' { at - at % width + width } else { at + 1 })
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check_fix;

    #[test]
    fn lines_come_to_the_column_that_those_around_them_ask_for() {
        let head = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n";
        for (before, after) in [
            ("    steps:\n\t- run: make\n", "    steps:\n      - run: make\n"),
            ("    steps:\n      - name: x\n\trun: echo\n", "    steps:\n      - name: x\n        run: echo\n"),
            (
                "    env:\n\tA: 1\n    steps:\n      - run: echo\n",
                "    env:\n      A: 1\n    steps:\n      - run: echo\n",
            ),
            (
                "\tsteps:\n      - run: echo hi\n      - run: make\n",
                "    steps:\n      - run: echo hi\n      - run: make\n",
            ),
            ("\tsteps:\n\t\t- run: echo hi\n\t\t  name: x\n", "    steps:\n      - run: echo hi\n        name: x\n"),
            (
                "    steps:\n      - run: |\n\t  echo\n\t    x\n      - run: make\n",
                "    steps:\n      - run: |\n          echo\n            x\n      - run: make\n",
            ),
            (
                "    steps:\n      - run: make\n\tb:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
                "    steps:\n      - run: make\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
            ),
        ] {
            check_fix("syntax-error", &format!("{head}{before}"), &format!("{head}{after}"));
        }
        let triggers = |second: &str| format!("on:\n  workflow_dispatch:\n{second}push:\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n");
        check_fix("syntax-error", &triggers("\t"), &triggers("  "));
    }
}
