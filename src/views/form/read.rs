//! What stands in the text at a path, without places, so that a form changes only when the value does.

use stepladder_workflow::{Analysis, Finding, Severity};
use stepladder_yaml::{CollectionStyle, Kind, Path, Scalar};

/// A value as a form sees it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shown {
    /// The key is not there.
    Absent,
    /// Text, a number, a boolean or nothing.
    Scalar(String),
    /// A list of scalars.
    List(Vec<String>),
    /// Anything with more structure.
    Mapping,
    /// A list of more than scalars.
    Items,
    /// An alias that leads nowhere.
    Dangling,
}

impl Shown {
    /// The text of a scalar, "" for everything else.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Scalar(text) => text.clone(),
            _ => String::new(),
        }
    }

    /// The texts of a list; a scalar is a list of one.
    pub(super) fn texts(&self) -> Vec<String> {
        match self {
            Self::Scalar(text) if !text.is_empty() => vec![text.clone()],
            Self::List(texts) => texts.clone(),
            _ => Vec::new(),
        }
    }
}

/// The value at `path`; of an alias what it repeats.
pub(super) fn shown(analysis: &Analysis, path: &Path) -> Shown {
    let Some(node) = analysis.tree.at(path).map(|node| node.resolve()) else { return Shown::Absent };
    match node.kind() {
        Kind::Alias => Shown::Dangling,
        Kind::Scalar => Shown::Scalar(node.as_str().unwrap_or_default().to_owned()),
        Kind::Mapping => Shown::Mapping,
        Kind::Sequence => {
            let texts: Option<Vec<String>> = node
                .items()
                .map(|item| item.as_str().filter(|_| item.kind() == Kind::Scalar).map(str::to_owned))
                .collect();
            texts.map_or(Shown::Items, Shown::List)
        }
    }
}

/// Whether the node at `path` is there.
pub(super) fn exists(analysis: &Analysis, path: &Path) -> bool {
    analysis.tree.at(path).is_some()
}

/// The anchor that the value at `path` repeats.
pub(super) fn anchor(analysis: &Analysis, path: &Path) -> Option<String> {
    analysis.tree.at(path)?.alias_name().map(str::to_owned)
}

/// `true`, `false`, or neither.
pub(super) fn boolean(analysis: &Analysis, path: &Path) -> Option<bool> {
    match analysis.tree.at(path)?.resolve().scalar()? {
        Scalar::Bool(value) => Some(value),
        _ => None,
    }
}

/// Names and values of a mapping; `None` for a value with more structure than a scalar.
pub(super) fn pairs(analysis: &Analysis, path: &Path) -> Vec<(String, Option<String>)> {
    let Some(node) = analysis.tree.at(path).map(|node| node.resolve()) else { return Vec::new() };
    node.entries()
        .map(|entry| {
            let value = entry.value.resolve();
            let text = value.as_str().filter(|_| value.kind() == Kind::Scalar).map(str::to_owned);
            (entry.key.as_str().unwrap_or_default().to_owned(), text)
        })
        .collect()
}

/// The YAML of the value at `path`, as it stands in the text, moved to the left edge.
pub(super) fn source(analysis: &Analysis, path: &Path) -> String {
    let Some(node) = analysis.tree.at(path) else { return String::new() };
    let range = node.full_range();
    // What begins on the line of its key goes on deeper than the key, and keeps how much.
    let (slot, start) = (analysis.tree.line_col(node.slot_start()), analysis.tree.line_col(range.start));
    let is_block = node.collection_style() == Some(CollectionStyle::Block);
    let left = if slot.line == start.line && !is_block { slot } else { start };
    let column = left.col.saturating_sub(1) as usize;
    let mut lines = analysis.tree.slice(range).lines();
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        let indent = line.bytes().take(column).take_while(|b| *b == b' ').count();
        out.push_str(line.get(indent..).unwrap_or_default());
    }
    out
}

/// A finding as a form tells it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Problem {
    pub(super) severity: Severity,
    pub(super) message: String,
    /// What its fix does, when it has one.
    pub(super) fix: Option<String>,
}

/// The findings at the value or the key of `path`, worst first, at most three.
pub(super) fn problems(analysis: &Analysis, path: &Path) -> Vec<Problem> {
    let mut found: Vec<Problem> = findings(analysis, path)
        .map(|finding| Problem {
            severity: finding.severity,
            message: finding.message.clone(),
            fix: finding.fix.as_ref().map(|fix| fix.title.clone()),
        })
        .collect();
    found.sort_by_key(|problem| problem.severity);
    found.truncate(3);
    found
}

/// How bad the worst finding at `path` is.
pub(super) fn worst(analysis: &Analysis, path: &Path) -> Option<Severity> {
    findings(analysis, path).map(|finding| finding.severity).min()
}

/// The finding at `path` with that message, in the present text.
pub(super) fn finding(analysis: &Analysis, path: &Path, message: &str) -> Option<Finding> {
    findings(analysis, path).find(|finding| finding.message == message).cloned()
}

fn findings<'a>(analysis: &'a Analysis, path: &Path) -> impl Iterator<Item = &'a Finding> {
    let tree = &analysis.tree;
    let range = tree.entry_at(path).map(|entry| entry.range()).or_else(|| tree.at(path).map(|n| n.range()));
    let all = if range.is_some() { analysis.findings() } else { &[] };
    all.iter().filter(move |finding| range.is_some_and(|range| range.covers(finding.range)))
}
