//! What an edit must not do to what it does not mean: print lines anew, part a comment from its owner, bring findings
//! elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use stepladder_workflow::Analysis;
use stepladder_yaml::{Path, Step, TextEdit, TextRange, path};

/// A line that the edit takes away only to write it again in the same place.
pub fn reprinted(before: &str, edit: &TextEdit) -> Result<(), String> {
    for change in edit.changes() {
        let old = &before[change.range.to_usize()];
        let starts_line = before[..change.range.start as usize].ends_with('\n') || change.range.start == 0;
        let pairs = old.split_inclusive('\n').zip(change.insert.split_inclusive('\n'));
        for (old, new) in pairs.filter(|_| starts_line).take_while(|(old, new)| old == new) {
            if old.ends_with('\n') && !old.trim().is_empty() && old == new {
                return Err(format!("the line {:?} is printed anew", old.trim_end()));
            }
        }
    }
    Ok(())
}

/// Comments stay with what they are about. Those that touch `may_lose` may go; of what is not moved, only owners that
/// the edit leaves alone are asked.
pub fn parted_comments(
    a: &Analysis,
    after: &Analysis,
    edit: &TextEdit,
    moves: bool,
    may_lose: &[TextRange],
) -> Result<(), String> {
    let touched = |range: TextRange| {
        edit.changes().iter().any(|c| c.range.start <= range.end && range.start <= c.range.end)
    };
    let now: Vec<(String, String)> = neighbours(after);
    for owned in owned_comments(a) {
        let gone = may_lose.iter().any(|lost| lost.covers(owned.range));
        let is_there =
            || now.iter().any(|(text, beside)| *text == owned.text && beside.starts_with(&owned.owner));
        if !gone && (moves || !touched(owned.own)) && !is_there() {
            return Err(format!("the comment {:?} has lost its owner {:?}", owned.text, owned.owner));
        }
    }
    Ok(())
}

/// A comment that belongs to something.
struct Owned {
    range: TextRange,
    text: String,
    /// The first words of its owner, and where they stand.
    owner: String,
    own: TextRange,
}

/// Each comment with the line that it is about: the one that it ends, else the next one with anything on it.
fn neighbours(a: &Analysis) -> Vec<(String, String)> {
    let (text, lines) = (a.tree.text(), a.tree.lines());
    let code = |line: &str| {
        let line = line.trim_start_matches([' ', '-', '?', '\u{feff}']);
        // An anchor stands before what it names.
        let line =
            if line.starts_with('&') { line.split_once(' ').map_or("", |(_, rest)| rest) } else { line };
        line.trim_start().to_owned()
    };
    let comments = a.tree.comments().iter();
    comments
        .map(|comment| {
            let start = lines.line_start(lines.line_of(comment.range.start)) as usize;
            let before = &text[start..comment.range.start as usize];
            let below = text[comment.range.end as usize..].lines().skip(1).map(code);
            let next = below.into_iter().find(|line| !line.is_empty() && !line.starts_with('#'));
            let own = code(before);
            let beside = if own.trim().is_empty() { next.unwrap_or_default() } else { own };
            (a.tree.slice(comment.range).trim_end().to_owned(), beside)
        })
        .collect()
}

fn owned_comments(a: &Analysis) -> Vec<Owned> {
    let mut found = Vec::new();
    for node in a.tree.nodes().filter(|node| !node.is_key() && node.parent().is_some()) {
        let own = node.key().map_or(node.entry_range(), |key| key.range());
        // Of an item over several lines the first word tells which it is.
        let words =
            a.tree.slice(node.key().unwrap_or(node).range()).split_whitespace().next().unwrap_or_default();
        for comment in node.leading_comments().into_iter().chain(node.trailing_comment()) {
            let text = a.tree.slice(comment.range).trim_end().to_owned();
            found.push(Owned { range: comment.range, text, owner: words.to_owned(), own });
        }
    }
    found
}

/// Findings that are new, in jobs and sections that the edit does not touch, about nothing that it names. `places` are
/// those that it is about.
pub fn unearned_findings(
    a: &Analysis,
    after: &Analysis,
    edit: &TextEdit,
    places: &[Path],
) -> Result<(), String> {
    // What was an action is checked as a workflow now.
    if a.kind != after.kind {
        return Ok(());
    }
    // Lines are counted anew, and what is proposed instead of a wrong name may have another one.
    let about = |message: &str| message.split('`').nth(1).unwrap_or(message).to_owned();
    let mut known: BTreeMap<(&str, String), i64> = BTreeMap::new();
    for finding in &a.findings {
        *known.entry((finding.rule, about(&finding.message))).or_default() += 1;
    }
    let mut touched: BTreeSet<Path> = places.iter().map(section).collect();
    let mut words: BTreeSet<String> = BTreeSet::new();
    for (change, written) in edit.changes().iter().zip(edit.written()) {
        for (analysis, range) in [(a, change.range), (after, written)] {
            touched.extend(section_at(analysis, range.start));
            touched.extend(section_at(analysis, range.end));
            words.extend(words_of(analysis.tree.slice(range)));
        }
    }
    touched.retain(|section| !section.steps().is_empty());
    // The events decide what expressions everywhere can use.
    if touched.contains(&path!["on"]) {
        return Ok(());
    }
    for name in touched.iter().filter_map(Path::last) {
        if let Step::Key(name) = name {
            words.insert(name.to_ascii_lowercase());
        }
    }
    for finding in &after.findings {
        let count = known.entry((finding.rule, about(&finding.message))).or_default();
        *count -= 1;
        if *count >= 0 {
            continue;
        }
        let here = section_at(after, finding.range.start).unwrap_or_default();
        let related = |section: &Path| here.contains(section) || section.contains(&here);
        let earned = here.steps().is_empty()
            || touched.iter().any(related)
            // What is left empty is said to be.
            || finding.rule == "empty-value"
            || words_of(&finding.message).any(|word| words.contains(&word))
            // What was read by what is gone is not used any more.
            || finding.rule.starts_with("unused-");
        if !earned {
            return Err(format!(
                "a finding that the edit did not earn: {}: {}",
                finding.rule, finding.message
            ));
        }
    }
    Ok(())
}

/// The job, or the key of the workflow, at an offset.
fn section_at(a: &Analysis, offset: u32) -> Option<Path> {
    let job = a
        .workflow
        .jobs
        .iter()
        .find(|job| a.tree.at(&job.path).is_some_and(|node| node.full_range().touches(offset)));
    if let Some(job) = job {
        return Some(job.path.clone());
    }
    Some(section(&a.tree.node_at(offset)?.path()))
}

fn section(path: &Path) -> Path {
    let len = if path.steps().first() == Some(&Step::Key("jobs".to_owned())) { 2 } else { 1 };
    Path(path.steps().iter().take(len).cloned().collect())
}

fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
        .filter(|word| word.len() > 1)
        .map(str::to_ascii_lowercase)
}
