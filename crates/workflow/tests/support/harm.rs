//! What an edit must not do to what it does not mean: print lines anew, part a comment from its owner, bring findings
//! elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use stepladder_workflow::{Analysis, Finding};
use stepladder_yaml::{Change, CollectionStyle, Kind, Path, Step, TextEdit, TextRange, path};

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

/// Whether what the anchor of that name holds was moved to one of its aliases; without the anchor, where that was the only
/// one that stays.
pub fn is_handed_over(a: &Analysis, after: &Analysis, edit: &TextEdit, name: &str) -> bool {
    let uses = |a: &Analysis| a.tree.aliases().filter(|alias| alias.name == name).count();
    let written = format!("&{name}");
    let at_alias =
        |range: TextRange| a.tree.aliases().any(|alias| alias.name == name && alias.range.covers(range));
    // Of `*name` only the first letter may be written anew.
    let wrote =
        |change: &Change| change.insert.contains(&written) || change.insert == "&" && at_alias(change.range);
    let is_gone = uses(after) == 0 && !after.tree.anchors().any(|anchor| anchor.name == name);
    uses(after) < uses(a) && (is_gone || edit.changes().iter().any(wrote))
}

/// Lines of what the edit is not about are there afterwards, byte for byte but for how the last one ends, and, unless something moves, in their order.
pub fn lines_stay(
    (a, after, edit): (&Analysis, &Analysis, &TextEdit),
    kind: &str,
    places: &[Path],
    gone: &[TextRange],
) -> Result<(), String> {
    let (lines, text) = (a.tree.lines(), a.tree.text());
    let moves = kind.starts_with("move");
    let adds = kind.starts_with("add") || kind.starts_with("duplicate") || moves;
    // What moves into brackets or out of them is written in another way.
    let is_flow = |place: &Path| {
        a.tree.at(place).is_some_and(|node| node.collection_style() == Some(CollectionStyle::Flow))
    };
    let reshapes = moves && places.iter().any(is_flow);
    let mut own = BTreeSet::new();
    let mut take = |range: TextRange| own.extend(lines.line_of(range.start)..=lines.line_of(range.end));
    gone.iter().for_each(|range| take(TextRange::new(range.start, range.end.min(text.len() as u32))));
    for alias in a.tree.aliases().filter(|alias| is_handed_over(a, after, edit, alias.name)) {
        take(alias.node.entry_range());
    }
    for place in places {
        let mut path = place.clone();
        // What is detached is written where its alias was.
        for len in 1..=place.steps().len() {
            let above = a.tree.at(&Path(place.steps()[..len].to_vec()));
            above
                .filter(|node| node.kind() == Kind::Alias)
                .iter()
                .for_each(|alias| take(alias.entry_range()));
        }
        // What is not there yet changes nothing but a value on one line that it is written into.
        let missing = a.tree.at(&path).is_none();
        let node = loop {
            match (a.tree.at(&path), path.parent()) {
                (Some(node), _) => break Some(node),
                (None, Some(parent)) => path = parent,
                (None, None) => break None,
            }
        };
        let Some(node) = node else { continue };
        // A list of events becomes a mapping, line by line.
        let events = node.kind() == Kind::Sequence && path == path!["on"];
        let is_block = node.collection_style() == Some(CollectionStyle::Block);
        // The last one that goes leaves an empty list in its line.
        let empties = moves && node.len() == 1;
        if events || empties || reshapes || !is_block || !(missing || adds) {
            take(node.entry_range());
        }
        // An anchor that goes to an alias leaves its line.
        if let Some(anchor) = node.anchor()
            && after.tree.at(&path).is_some_and(|now| now.anchor().is_none())
        {
            take(TextRange::new(node.entry_range().start, anchor.range.end));
        }
        // The only one of something takes it along, or leaves its key with empty brackets.
        let mut outer = node;
        while let Some(parent) = outer.parent().filter(|parent| parent.len() == 1) {
            take(TextRange::empty(parent.entry_range().start));
            outer = parent;
        }
        // In brackets a neighbour's comma comes or goes.
        if let Some(flow) = outer.parent().filter(|p| p.collection_style() == Some(CollectionStyle::Flow)) {
            take(flow.entry_range());
        }
    }
    let kept = lines_in(text).enumerate().filter(|(at, line)| !line.trim().is_empty() && !own.contains(at));
    // A new first key of an item takes the dash over.
    let kept = kept.map(|(at, line)| (at, without_dash(line)));
    if moves {
        let mut left: BTreeMap<String, i64> = BTreeMap::new();
        lines_in(after.tree.text()).for_each(|line| *left.entry(moved(line)).or_default() += 1);
        for (at, line) in kept {
            let count = left.entry(moved(&line)).or_default();
            *count -= 1;
            if *count < 0 {
                return Err(format!("line {} is not there any more: {line:?}", at + 1));
            }
        }
        return Ok(());
    }
    let mut now = lines_in(after.tree.text());
    for (at, line) in kept {
        if !now.any(|other| without_dash(other) == line) {
            return Err(format!("line {} is not there any more, or elsewhere: {line:?}", at + 1));
        }
    }
    Ok(())
}

/// The lines of a text, without its byte-order mark.
fn lines_in(text: &str) -> impl Iterator<Item = &str> {
    text.trim_start_matches('\u{feff}').split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line))
}

/// A line with blanks for the dashes that it begins with.
fn without_dash(line: &str) -> String {
    let is_item = line.trim_start_matches(' ').starts_with('-');
    let content = line.trim_start_matches(|c| matches!(c, ' ' | '-') || is_item && c == '\t');
    format!("{}{content}", " ".repeat(line.len() - content.len()))
}

/// A line without its indentation, which may be another one in another place.
fn moved(line: &str) -> String {
    without_dash(line).trim_start_matches(' ').to_owned()
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
        let is_there = || now.iter().any(|(text, beside)| *text == owned.text && owned.is_beside(beside));
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
    in_brackets: bool,
}

impl Owned {
    /// Whether a line begins with the owner; in brackets others may stand before it.
    fn is_beside(&self, line: &str) -> bool {
        line.starts_with(&self.owner) || self.in_brackets && line.contains(&self.owner)
    }
}

/// Each comment with the line that it is about: the one that it ends, else the next one with anything on it. The owner
/// of a value on a line of its own, `: value`, is its key, `? key`, above.
fn neighbours(a: &Analysis) -> Vec<(String, String)> {
    let (text, lines) = (a.tree.text(), a.tree.lines());
    let code = |line: &str| {
        let line = without_dash(line.trim_start_matches('\u{feff}'));
        let line = line.trim_start_matches([' ', '?']);
        // Anchors and tags stand before what they are of.
        let mut line = line;
        while line.starts_with(['&', '!']) {
            line = line.split_once(' ').map_or("", |(_, rest)| rest.trim_start());
        }
        line.to_owned()
    };
    let comments = a.tree.comments().iter();
    comments
        .map(|comment| {
            let start = lines.line_start(lines.line_of(comment.range.start)) as usize;
            let before = &text[start..comment.range.start as usize];
            let below = text[comment.range.end as usize..].lines().skip(1).map(code);
            let next = below.into_iter().find(|line| !line.is_empty() && !line.starts_with('#'));
            let own = code(before);
            let colon = before.find(|c| c != ' ').filter(|at| before[*at..].starts_with(": "));
            let key = colon.and_then(|at| {
                let is_key = |line: &&str| {
                    line.find(|c| c != ' ' && c != '-') == Some(at) && line[at..].starts_with('?')
                };
                text[..start].lines().rev().find(is_key)
            });
            let own = key.map_or(own, code);
            let beside = if own.trim().is_empty() { next.unwrap_or_default() } else { own };
            (a.tree.slice(comment.range).trim_end().to_owned(), beside)
        })
        .collect()
}

fn owned_comments(a: &Analysis) -> Vec<Owned> {
    let mut found = Vec::new();
    for node in a.tree.nodes().filter(|node| !node.is_key() && node.parent().is_some()) {
        // A single value may get a key of its own, which its comment then stands beside.
        let own = match node.key().filter(|_| node.kind() != Kind::Scalar) {
            Some(key) => key.range(),
            None => node.entry_range(),
        };
        // Of an item over several lines the first word tells which it is.
        let words = a.tree.slice(node.key().unwrap_or(node).range());
        let words = words.trim_start_matches(['-', ' ']).split_whitespace().next().unwrap_or_default();
        for comment in node.leading_comments().into_iter().chain(node.trailing_comment()) {
            let text = a.tree.slice(comment.range).trim_end().to_owned();
            let in_brackets =
                node.parent().is_some_and(|parent| parent.collection_style() == Some(CollectionStyle::Flow));
            found.push(Owned { range: comment.range, text, owner: words.to_owned(), own, in_brackets });
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
    for finding in a.findings() {
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
    // Of a word only the letters that differ may be written.
    for node in places.iter().flat_map(|place| [a.tree.at(place), after.tree.at(place)]).flatten() {
        words.extend(node.as_str().into_iter().flat_map(words_of));
    }
    // What an alias repeats is judged here and told where it is written.
    let repeated = |section: &Path| {
        let node = after.tree.at(section)?;
        let aliases = node.descendants().filter(|inner| inner.alias_name().is_some());
        Some(aliases.filter_map(|alias| section_at(after, alias.resolve().range().start)).collect::<Vec<_>>())
    };
    let repeated: Vec<Path> = touched.iter().filter_map(repeated).flatten().collect();
    touched.extend(repeated);
    // What holds for all jobs is judged by what the jobs are.
    if touched.iter().any(|section| section.steps().first() == Some(&Step::Key("jobs".into()))) {
        touched.insert(path!["defaults"]);
    }
    // The events decide which inputs, secrets and payload can be read anywhere, and whether another run's artifacts can
    // be there.
    let other_events = touched.contains(&path!["on"]);
    let reads_events = |finding: &Finding| {
        let texts = [after.tree.slice(finding.range), &finding.message];
        let given = ["input", "secret", "event"];
        texts.iter().any(|text| given.iter().any(|given| text.contains(given)))
    };
    // A job reads what steps of others upload.
    let other_steps = touched.iter().any(|section| path!["jobs"].contains(section));
    for name in touched.iter().filter_map(Path::last) {
        if let Step::Key(name) = name {
            words.insert(name.to_ascii_lowercase());
        }
    }
    let writes_anchor = |message: &str| {
        let anchor = message.split('`').nth(1).filter(|name| name.starts_with('&'));
        anchor.is_some_and(|anchor| edit.changes().iter().any(|change| change.insert.contains(anchor)))
    };
    for finding in after.findings() {
        let here = section_at(after, finding.range.start).unwrap_or_default();
        let related = |section: &Path| here.contains(section) || section.contains(&here);
        let earned = here.steps().is_empty()
            || touched.iter().any(related)
            // What is left empty is said to be.
            || finding.rule == "empty-value"
            || words_of(&finding.message).any(|word| words.contains(&word))
            || other_events && reads_events(finding)
            || (other_events || other_steps) && finding.rule == "missing-artifact"
            // While a need is unknown, nothing is said of the order of all.
            || other_steps && finding.rule == "no-first-job"
            // The outputs of an action are what its steps write.
            || finding.rule == "unwritten-output" && touched.contains(&path!["runs"])
            // What was read by what is gone is not used any more; an anchor that the edit writes is.
            || finding.rule.starts_with("unused-") && !writes_anchor(&finding.message);
        if earned {
            continue;
        }
        let count = known.entry((finding.rule, about(&finding.message))).or_default();
        *count -= 1;
        if *count < 0 {
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
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
}

pub fn is_shared(a: &Analysis, place: &Path) -> bool {
    (1..=place.steps().len())
        .filter_map(|len| a.tree.at(&Path(place.steps()[..len].to_vec())))
        .any(|node| node.anchor().is_some() || node.kind() == Kind::Alias)
        || a.tree.at(place).is_some_and(|node| node.descendants().any(|n| n.anchor().is_some()))
}

pub fn comments_are_kept(a: &Analysis, after: &Analysis, may_lose: &[TextRange]) -> Result<(), String> {
    let mut missing: BTreeMap<&str, i64> = BTreeMap::new();
    for comment in a.tree.comments().iter().filter(|c| !may_lose.iter().any(|range| range.covers(c.range))) {
        *missing.entry(a.tree.slice(comment.range).trim_end()).or_default() += 1;
    }
    for comment in after.tree.comments() {
        *missing.entry(after.tree.slice(comment.range).trim_end()).or_default() -= 1;
    }
    match missing.into_iter().find(|(_, count)| *count > 0) {
        Some((text, _)) => Err(format!("the comment {text:?} is lost")),
        None => Ok(()),
    }
}
