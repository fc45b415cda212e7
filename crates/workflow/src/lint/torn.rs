//! What could not be read as YAML: what seems to be missing may stand there, and nothing else is in doubt.

use std::collections::HashSet;

use stepladder_yaml::{Kind, Path, Step, TextRange};

use super::Cx;
use super::cx::ExprAt;
use super::suggest::nearest;

/// A line that could not be read, or not as it stands there.
pub(super) struct Torn {
    line: usize,
    range: TextRange,
    /// Whether a key was read there all the same.
    read: bool,
}

impl Torn {
    /// All of them, apart from values that lack their quotes and say nothing but themselves.
    pub(super) fn all(cx: &Cx<'_>) -> Vec<Self> {
        let lines = cx.tree.lines();
        let mut keys: Option<HashSet<usize>> = None;
        let mut torn: Vec<Self> = Vec::new();
        for broken in cx.tree.broken().iter().filter(|broken| !cx.is_mere_text(**broken)) {
            let last = if broken.is_empty() { broken.end } else { broken.end - 1 };
            for line in lines.line_of(broken.start)..=lines.line_of(last) {
                let end = if line + 1 < lines.lines() { lines.line_start(line + 1) } else { u32::MAX };
                let end = end.min(u32::try_from(cx.tree.text().len()).unwrap_or(u32::MAX));
                let range = TextRange::new(lines.line_start(line), end);
                let is_blank = cx.tree.slice(range).trim().is_empty();
                if !is_blank && torn.last().is_none_or(|last| last.line < line) {
                    let keys = keys.get_or_insert_with(|| {
                        let keys = cx.tree.nodes().filter(|node| node.is_key());
                        keys.map(|key| lines.line_of(key.range().start)).collect()
                    });
                    torn.push(Self { line, range, read: keys.contains(&line) });
                }
            }
        }
        torn
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')
        .map(|word| word.trim_start_matches('-'))
        .filter(|word| !word.is_empty())
}

/// The words of a line that may be keys: the first one, and those that a colon follows or that begin
/// an entry in braces.
fn keys(text: &str) -> impl Iterator<Item = &str> {
    let text = text.split("${{").next().unwrap_or_default();
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let mut at = 0;
    let mut first = true;
    std::iter::from_fn(move || {
        loop {
            let begin = at + text.get(at..)?.find(|c: char| is_part(c) && c != '-')?;
            let end = begin + text[begin..].find(|c: char| !is_part(c)).unwrap_or(text.len() - begin);
            at = end;
            let before = text[..begin].trim_end_matches([' ', '\t', '"', '\'']);
            let is_key = text[end..].trim_start_matches(['"', '\'', ' ']).starts_with(':')
                || before.ends_with(['{', ',']);
            if std::mem::take(&mut first) || is_key {
                return Some(&text[begin..end]);
            }
        }
    })
}

impl Cx<'_> {
    /// The lines among these, or right below them one after another, that could not be read.
    fn torn_lines(&self, range: TextRange) -> impl Iterator<Item = (usize, &str)> {
        self.torn_around(range).map(|torn| (torn.line, self.tree.slice(torn.range)))
    }

    fn torn_around(&self, range: TextRange) -> impl Iterator<Item = &Torn> {
        let line = |offset| self.tree.lines().line_of(offset);
        // Without a mistake there is nothing to look for.
        let (first, mut last) =
            if self.torn().is_empty() { (0, 0) } else { (line(range.start), line(range.end) + 1) };
        for torn in self.torn() {
            last += usize::from(torn.line == last + 1 && self.is_torn_line(last));
        }
        self.torn().iter().filter(move |torn| (first..=last).contains(&torn.line))
    }

    fn is_torn_line(&self, line: usize) -> bool {
        self.torn().binary_search_by_key(&line, |torn| torn.line).is_ok()
    }

    /// Whether a line among these, or right below them, could not be read and begins with one of these keys, or nearly so:
    /// what it names may be there.
    pub(crate) fn may_hold(&self, range: TextRange, names: &[&str]) -> bool {
        self.torn_lines(range).any(|(_, text)| {
            keys(text).any(|key| {
                names.iter().any(|name| key.eq_ignore_ascii_case(name))
                    || nearest(key, names.iter().copied()).is_some()
            })
        })
    }

    /// Whether a part of the value could not be read: on its lines, or below them where it would go on.
    pub(crate) fn is_torn(&self, range: TextRange) -> bool {
        let (first, last) = (self.tree.line_col(range.start), self.tree.line_col(range.end).line as usize);
        let own = self.tree.slice(range);
        let waits = own.trim_end().ends_with([':', '-']) || own.contains('\n');
        // A key that was read below the value is none of its parts.
        let parts = self.torn_around(range).filter(|torn| (torn.line < last) || !torn.read);
        parts.map(|torn| (torn.line, self.tree.slice(torn.range))).any(|(line, whole)| {
            let text = whole.trim_start();
            let indent = whole.len() - text.len();
            // A tab may be of any width, and a dash may stand in the column of the key that has the list, or elsewhere where that
            // key has no value yet.
            let tab = whole[..indent].contains('\t');
            let dash = text.starts_with('-') && (waits || indent + 1 >= first.col as usize);
            line < last || indent >= first.col as usize || tab || dash
        })
    }

    /// As [`Cx::is_torn`], of what is at `path`.
    pub(crate) fn is_torn_at(&self, path: &Path) -> bool {
        !self.torn().is_empty() && self.tree.at(path).is_some_and(|node| self.is_torn(node.entry_range()))
    }

    /// Whether what is at `path` could be read as a whole, so that it is known what it has and what it has not; where there is
    /// nothing, whether none of the lines that could not be read may be it.
    pub(crate) fn is_whole(&self, path: &Path) -> bool {
        if self.torn().is_empty() {
            return true;
        }
        let key = match path.last() {
            Some(Step::Key(key)) => key.as_str(),
            _ => "",
        };
        match (self.tree.at(path), path.parent().and_then(|parent| self.tree.at(&parent))) {
            (Some(node), _) => !self.is_torn(node.entry_range()),
            (None, Some(parent)) => !self.may_hold(parent.entry_range(), &[key]),
            (None, None) => false,
        }
    }

    /// Whether a line that could not be read has this alias.
    pub(crate) fn is_torn_alias(&self, name: &str) -> bool {
        let alias = format!("*{name}");
        self.torn().iter().any(|torn| self.tree.slice(torn.range).contains(&alias))
    }

    /// Whether what one of these keys has in the mapping at `path` could not be read, or the key itself.
    pub(crate) fn is_lost(&self, path: &Path, keys: &[&str]) -> bool {
        let Some(mapping) = self.tree.at(path).filter(|_| !self.torn().is_empty()) else { return false };
        let is_lost = |key: &&str| match mapping.resolve().get(key) {
            Some(value) => value.resolve().kind() == Kind::Scalar && self.is_torn(value.entry_range()),
            None => self.may_hold(mapping.entry_range(), &[key]),
        };
        keys.iter().any(is_lost)
    }

    /// Whether something that could not be read stands between the two, so that they may belong to different mappings.
    pub(crate) fn is_parted(&self, first: TextRange, second: TextRange) -> bool {
        let (first, second) = if first.start <= second.start { (first, second) } else { (second, first) };
        let between = |broken: &TextRange| first.end <= broken.start && broken.end <= second.start;
        self.tree.broken().iter().any(between)
    }

    /// Whether something that could not be read, of the YAML or of an expression, has this word, so that it may be a name
    /// there.
    pub(crate) fn may_name(&self, name: &str) -> bool {
        let unread = |at: &&ExprAt<'_>| at.unclosed || !at.parsed.is_clear();
        let sources = self.exprs.iter().filter(unread).map(|at| at.source);
        let mut words = sources.flat_map(words);
        self.is_torn_word(name) || words.any(|word| word.eq_ignore_ascii_case(name))
    }

    /// Whether a line that could not be read has this word.
    pub(crate) fn is_torn_word(&self, name: &str) -> bool {
        let has =
            |torn: &Torn| words(self.tree.slice(torn.range)).any(|word| word.eq_ignore_ascii_case(name));
        self.torn().iter().any(has)
    }

    /// Whether one of these lines that could not be read, or right below them, may be what is called so: the word stands there
    /// outside of expressions. `None`: any line.
    pub(crate) fn may_declare(&self, range: Option<TextRange>, name: &str) -> bool {
        let has = |text: &str| {
            let outside = text.split("${{").next().unwrap_or_default();
            words(outside).any(|word| word.eq_ignore_ascii_case(name))
        };
        match range {
            Some(range) => self.torn_lines(range).any(|(_, text)| has(text)),
            None => self.torn().iter().any(|torn| has(self.tree.slice(torn.range))),
        }
    }
}
