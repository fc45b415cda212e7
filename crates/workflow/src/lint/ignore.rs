//! `# stepladder: ignore[rule-id] reason` beside or above a line, and `# stepladder: ignore-file[rule-id] reason`.

use stepladder_yaml::{Comment, TextRange};

use super::Cx;
use crate::Finding;

/// A comment that puts rules aside.
pub(super) struct Ignore<'t> {
    /// The line, from 0; `None` for the whole file.
    line: Option<usize>,
    /// The rules, each with its place.
    pub(super) rules: Vec<(&'t str, TextRange)>,
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
            ignore.line.is_none_or(|ignored| ignored == line)
                && ignore.rules.iter().any(|(rule, _)| *rule == finding.rule)
        })
    });
}

/// All such comments, in the order of the text.
pub(super) fn all<'t>(cx: &Cx<'t>) -> Vec<Ignore<'t>> {
    cx.tree.comments().iter().filter_map(|comment| read(cx, comment)).collect()
}

fn read<'t>(cx: &Cx<'t>, comment: &Comment) -> Option<Ignore<'t>> {
    let text = cx.tree.slice(comment.range);
    let command = text.trim_start_matches('#').trim_start().strip_prefix("stepladder:")?.trim_start();
    let (in_file, list) = match command.strip_prefix("ignore-file") {
        Some(rest) => (true, rest),
        None => (false, command.strip_prefix("ignore")?),
    };
    let list = list.trim_start().strip_prefix('[')?;
    let list = &list[..list.find(']')?];
    let start = comment.range.start as usize + (list.as_ptr() as usize - text.as_ptr() as usize);
    let mut at = start;
    let mut rules = Vec::new();
    for part in list.split(',') {
        let name = part.trim();
        let from = at + (part.len() - part.trim_start().len());
        rules.push((name, TextRange::new(offset(from), offset(from + name.len()))));
        at += part.len() + 1;
    }
    let line = cx.tree.lines().line_of(comment.range.start);
    let line = match (in_file, comment.trailing) {
        (true, _) => None,
        (false, true) => Some(line),
        (false, false) => Some(next_line(cx, line)),
    };
    Some(Ignore { line, rules })
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
