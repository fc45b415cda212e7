//! What stands in the text at a path, without places, so that a form changes only when the value does.

use stepladder_workflow::{Analysis, Finding, Severity};
use stepladder_yaml::{Kind, Path, Scalar, Step, TextRange, edit, path};

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

/// Whether nothing is written at `path`, however it is spelled.
pub(super) fn is_null(analysis: &Analysis, path: &Path) -> bool {
    analysis.tree.at(path).is_some_and(|node| node.resolve().is_null())
}

/// The anchor that the value at `path` repeats.
pub(super) fn anchor(analysis: &Analysis, path: &Path) -> Option<String> {
    analysis.tree.at(path)?.alias_name().map(str::to_owned)
}

/// `true`, `false`, or neither; and whether it is a text in quotes, which to an action is the same.
pub(super) fn said_boolean(analysis: &Analysis, path: &Path) -> Option<(bool, bool)> {
    match analysis.tree.at(path)?.resolve().scalar()? {
        Scalar::Bool(value) => Some((value, false)),
        Scalar::Str(text) => Some((text.parse().ok()?, true)),
        _ => None,
    }
}

/// Names and values of a mapping; `None` for a value with more structure than a scalar. A name that stands twice is there
/// once, as its path reaches the first.
pub(super) fn pairs(analysis: &Analysis, path: &Path) -> Vec<(String, Option<String>)> {
    let Some(node) = analysis.tree.at(path).map(|node| node.resolve()) else { return Vec::new() };
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    for entry in node.entries() {
        let name = entry.key.as_str().unwrap_or_default();
        if found.iter().all(|(other, _)| other != name) {
            let value = entry.value.resolve();
            let text = value.as_str().filter(|_| value.kind() == Kind::Scalar).map(str::to_owned);
            found.push((name.to_owned(), text));
        }
    }
    found
}

/// The YAML of the value at `path`, as it stands in the text with its comments, moved to the left edge.
pub(super) fn source(analysis: &Analysis, path: &Path) -> String {
    analysis.tree.at(path).map(|node| edit::source(&node)).unwrap_or_default()
}

/// A finding as a form tells it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Problem {
    pub(super) severity: Severity,
    pub(super) message: String,
    /// What its fix does, when it has one.
    pub(super) fix: Option<String>,
}

/// Which of the findings in a value are told at the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// All of them: nothing in it has a place of its own in the form.
    All,
    /// Those of none of its keys and items, which tell their own.
    Own,
    /// Those that `Own` leaves out.
    Inner,
    /// As `Own` where it is a mapping, and otherwise as `All`.
    OwnOfMapping,
}

/// The findings at the value or the key of `path`, worst first, each sentence once.
pub(super) fn problems(analysis: &Analysis, path: &Path, told: Told) -> Vec<Problem> {
    let mut found: Vec<Problem> = Vec::new();
    for finding in findings(analysis, path, told) {
        if found.iter().all(|known| known.message != finding.message) {
            found.push(Problem {
                severity: finding.severity,
                message: finding.message.clone(),
                fix: finding.fix.as_ref().map(|fix| fix.title.clone()),
            });
        }
    }
    found.sort_by_key(|problem| problem.severity);
    found
}

/// How bad the worst finding at `path` is.
pub(super) fn worst(analysis: &Analysis, path: &Path) -> Option<Severity> {
    findings(analysis, path, Told::All).map(|finding| finding.severity).min()
}

/// The finding at `path` with that message, in the present text.
pub(super) fn finding(analysis: &Analysis, path: &Path, message: &str) -> Option<Finding> {
    findings(analysis, path, Told::All).find(|finding| finding.message == message).cloned()
}

fn findings<'a>(analysis: &'a Analysis, path: &Path, told: Told) -> impl Iterator<Item = &'a Finding> {
    let tree = &analysis.tree;
    let node = tree.at(path);
    let places = places(analysis, path);
    // A key that is missing is told where it would stand.
    let around = match path.parent() {
        Some(parent) if places.is_empty() => self::places(analysis, &parent),
        _ => places.clone(),
    };
    let is_mapping = node.is_some_and(|node| node.resolve().kind() == Kind::Mapping);
    let [own, inner] = match told {
        Told::All => [true, true],
        Told::Own => [true, false],
        Told::Inner => [false, true],
        Told::OwnOfMapping => [true, !is_mapping],
    };
    let parts: Vec<TextRange> = node.filter(|_| own != inner).map_or_else(Vec::new, |node| {
        node.entries().map(|entry| entry.range()).chain(node.items().map(|item| item.entry_range())).collect()
    });
    let path = path.clone();
    let all = if around.is_empty() { &[] } else { analysis.findings() };
    all.iter().filter(move |finding| {
        let within = |ranges: &[TextRange]| ranges.iter().any(|range| range.covers(finding.range));
        let (is_here, is_own) = match &finding.about {
            Some(about) => (path.contains(about) && within(&around), *about == path),
            None => (within(&places), !within(&parts)),
        };
        is_here && (own && inner || if is_own { own } else { inner })
    })
}

/// Where what is at `path` stands. A key that is there twice, which it may not be, has one field; a job whose id is taken is
/// another job.
fn places(analysis: &Analysis, path: &Path) -> Vec<TextRange> {
    let tree = &analysis.tree;
    let named = |parent: Path, key: &str| {
        let all = tree.at(&parent)?.entries().filter(|entry| entry.name() == Some(key));
        let most = if parent == path!["jobs"] { 1 } else { usize::MAX };
        Some(all.take(most).map(|entry| entry.range()).collect())
    };
    match (path.parent(), path.last()) {
        (None, _) => vec![TextRange::new(0, u32::try_from(tree.text().len()).unwrap_or(u32::MAX))],
        (Some(parent), Some(Step::Key(key))) => named(parent, key).unwrap_or_default(),
        _ => tree.at(path).map(|node| node.entry_range()).into_iter().collect(),
    }
}
