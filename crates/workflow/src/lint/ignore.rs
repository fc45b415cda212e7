//! `# stepladder: ignore[rule-id] reason` and `# stepladder: ignore-file[rule-id] reason`.
//!
//! Behind a line it is about that line, on a line of its own about the next one. Where a text of several lines starts
//! there, as a script does, it is about the whole text; above the `-` of an item it is about the whole item. In a script it
//! is a comment of the script, and about its line or the next one.

use stepladder_yaml::{Kind, ScalarStyle, TextRange};

use super::Cx;
use crate::Finding;

/// What is said of [`Ignore`] to those who put a finding aside; `RULE` is the rule's id.
pub const HOW: &str = "Write `# stepladder: ignore[RULE] reason` behind the line or above it. Above a step's `-` it is \
                       about the whole step, behind or above `run: |` about the whole script; in a script, as a comment of \
                       the script, about a line of it.";

/// A comment that puts rules aside.
pub(super) struct Ignore<'t> {
    /// The first and the last line, from 0; `None` for the whole file.
    lines: Option<(usize, usize)>,
    /// The rules, each with its place.
    pub(super) rules: Vec<(&'t str, TextRange)>,
    /// The words before the rules, as they should stand: `ignore` or `ignore-file`.
    pub(super) command: &'static str,
    /// The bytes of these words and, where there is one, of the list behind them.
    pub(super) range: TextRange,
}

/// Takes away the findings that comments put aside.
pub(super) fn apply(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    let ignores = all(cx);
    if ignores.is_empty() {
        return;
    }
    let lines = cx.tree.lines();
    findings.retain(|finding| {
        let line = lines.line_of(finding.range.start);
        !ignores.iter().any(|ignore| {
            ignore.lines.is_none_or(|(first, last)| (first..=last).contains(&line))
                && ignore.rules.iter().any(|(rule, _)| rule.eq_ignore_ascii_case(finding.rule))
        })
    });
}

/// All such comments, in the order of the text.
pub(super) fn all<'t>(cx: &Cx<'t>) -> Vec<Ignore<'t>> {
    let text = cx.tree.text();
    let signs = memchr::memchr_iter(b'#', text.as_bytes());
    signs.filter_map(|at| read(cx, at)).collect()
}

fn read<'t>(cx: &Cx<'t>, at: usize) -> Option<Ignore<'t>> {
    let line = cx.tree.text()[at..].lines().next()?;
    let after = strip(line.trim_start_matches('#').trim_start(), "stepladder:")?.trim_start();
    let (command, list) = match strip(after, "ignore-file") {
        Some(rest) => ("ignore-file", rest),
        None => ("ignore", strip(after, "ignore")?),
    };
    if list.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_')) {
        return None;
    }
    let lines = lines(cx, offset(at))?;
    let place = |part: &str| {
        let start = at + (part.as_ptr() as usize - line.as_ptr() as usize);
        TextRange::new(offset(start), offset(start + part.len()))
    };
    let inside = list.trim_start().strip_prefix('[').and_then(|list| list.split_once(']')).map(|list| list.0);
    let names = inside.unwrap_or_default().split(',').map(str::trim).filter(|name| !name.is_empty());
    let rules = names.map(|name| (name, place(name))).collect();
    let end = inside.map_or(after.len() - list.len(), |inside| {
        inside.as_ptr() as usize - after.as_ptr() as usize + inside.len() + 1
    });
    let lines = (command == "ignore").then_some(lines);
    Some(Ignore { lines, rules, command, range: place(&after[..end]) })
}

/// The rest behind `word`, whose case does not count.
fn strip<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let start = text.get(..word.len())?;
    start.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

/// The lines that a comment is about which starts at `at`; `None` when no comment starts there.
fn lines(cx: &Cx<'_>, at: u32) -> Option<(usize, usize)> {
    let index = cx.tree.lines();
    let line = index.line_of(at);
    let before = &cx.tree.text()[index.line_start(line) as usize..at as usize];
    let alone = before.trim_start().is_empty();
    let comments = cx.tree.comments();
    let is_comment = comments.binary_search_by_key(&at, |comment| comment.range.start).is_ok();
    if !is_comment {
        let in_script = before.is_empty() || before.ends_with([' ', '\t']);
        let style = cx.tree.node_at(at).and_then(|node| node.scalar_style());
        let script = matches!(style, Some(ScalarStyle::Literal | ScalarStyle::Folded)) && in_script;
        return script.then(|| if alone { next_line(cx, line) } else { line }).map(|line| (line, line));
    }
    let first = if alone { next_line(cx, line) } else { line };
    Some((first, last_line(cx, first, alone)))
}

/// The last line of the text that starts on `line`, or of the item whose `-` is there when the comment is above it.
fn last_line(cx: &Cx<'_>, line: usize, above: bool) -> usize {
    let index = cx.tree.lines();
    let starts_here = |offset: u32| index.line_of(offset) == line;
    let ends = cx.tree.nodes().filter_map(|node| {
        let item = above
            && node.parent().is_some_and(|parent| parent.kind() == Kind::Sequence)
            && node.indicator().is_some_and(starts_here);
        let text = node.scalar_style().is_some()
            && !node.is_key()
            && (starts_here(node.full_range().start)
                || node.key().is_some_and(|key| starts_here(key.range().start)));
        (item || text).then(|| index.line_of(node.range().end))
    });
    ends.max().unwrap_or(line).max(line)
}

/// The first line below `line` that says something.
fn next_line(cx: &Cx<'_>, line: usize) -> usize {
    let start = cx.tree.lines().line_start(line + 1) as usize;
    let text = cx.tree.text().get(start..).unwrap_or_default();
    let skipped = text
        .lines()
        .take_while(|line| line.trim_start().is_empty() || line.trim_start().starts_with('#'))
        .count();
    line + 1 + skipped
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{analyse, env};

    const BAD: &str = "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      @1- name: Make@2
        @3run: |@4
          @5echo a
          @6echo ${{ github.reff }}@7
      - run: echo ${{ github.reff }}
";

    /// The lines of what is found where `comment` stands at that place alone.
    fn found(place: usize, comment: &str) -> Vec<usize> {
        let mut text = BAD.to_owned();
        for at in 1..=7 {
            let mark = format!("@{at}");
            let above = !matches!(at, 2 | 4 | 7);
            let line = text.lines().find(|line| line.contains(&mark)).unwrap_or_default().to_owned();
            let blank = " ".repeat(line.len() - line.trim_start().len());
            let with = match (at == place, above) {
                (false, _) => String::new(),
                (true, true) => format!("{comment}\n{blank}"),
                (true, false) => format!(" {comment}"),
            };
            text = text.replace(&mark, &with);
        }
        let analysis = analyse(&text, &env());
        let lines = analysis.findings().iter().map(|finding| {
            let line = analysis.tree.lines().line_of(finding.range.start);
            assert!(finding.rule == "unknown-property", "{finding:?} in {text}");
            line
        });
        lines.collect()
    }

    #[test]
    fn a_finding_in_a_script_is_put_aside_from_every_place() {
        assert_eq!(found(0, "").len(), 2);
        for comment in [
            "# stepladder: ignore[unknown-property] meant",
            "#stepladder:ignore [ short-sha , unknown-property ]",
            "# Stepladder: Ignore[Unknown-Property]",
        ] {
            for place in [1, 3, 4, 6, 7] {
                assert_eq!(found(place, comment).len(), 1, "{comment} at {place}");
            }
            // Behind the name of the step, and above another line of the script.
            for place in [2, 5] {
                assert_eq!(found(place, comment).len(), 2, "{comment} at {place}");
            }
        }
        assert_eq!(found(6, "echo '#' stepladder: ignore[unknown-property]").len(), 2);
    }
}
