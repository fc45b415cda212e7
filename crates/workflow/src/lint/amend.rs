//! Fixes that take something away or add something.

use stepladder_yaml::edit::{self, Place as Where, Value};
use stepladder_yaml::{Kind, Node, Path, ScalarStyle, TextEdit, TextRange};

use super::Cx;
use crate::model::Job;
use crate::{Care, Fix, edits};

/// Most such fixes that are worked out for one file: each is tried on the text before it is offered.
const MOST: u32 = 24;

/// A text on one line in quotes, those that need no signs doubled where there are such.
pub(super) fn in_quotes(text: &str) -> String {
    if text.contains('\'') && !text.contains(['"', '\\']) {
        return format!("\"{text}\"");
    }
    format!("'{}'", text.replace('\'', "''"))
}

impl Cx<'_> {
    /// Takes away the entry or item at `path`, with the comments that belong to it.
    pub(crate) fn remove(&self, title: impl Into<String>, path: &Path, safe: bool) -> Option<Fix> {
        let care = if safe { Care::Safe } else { Care::Look };
        match self.line_of_its_own(path) {
            Some(line) => {
                let edit = TextEdit::replace(line, "");
                self.tree.problems().is_empty().then(|| Fix { title: title.into(), edit, care })
            }
            None => self.attempt(title, safe, || edit::remove(self.tree, path).ok()),
        }
    }

    /// Takes away the entry with this value, whatever others have its key.
    pub(crate) fn remove_entry(&self, title: impl Into<String>, value: Node<'_>, safe: bool) -> Option<Fix> {
        self.attempt(title, safe, || edit::remove_entry(self.tree, value).ok())
    }

    /// Makes one of two entries that have the same key.
    pub(crate) fn merge_entries(
        &self,
        title: impl Into<String>,
        first: Node<'_>,
        second: Node<'_>,
    ) -> Option<Fix> {
        let edit = self.tried(|| edit::merge_entries(self.tree, first, second).ok())?;
        Some(Fix::risky(title, edit))
    }

    /// Gives a job another id, with all that names it.
    pub(crate) fn rename_job(&self, title: impl Into<String>, id: &str, to: &str) -> Option<Fix> {
        self.attempt(title, false, || edits::rename_in(self.tree, id, to).ok().map(|made| made.edit))
    }

    /// The line of an entry that stands alone on it, between others and without comments: taking it away needs no
    /// trial.
    fn line_of_its_own(&self, path: &Path) -> Option<TextRange> {
        let entry = self.tree.entry_at(path)?;
        let value = entry.value;
        let mapping = self.tree.at(&path.parent()?)?;
        let plain = value.kind() == Kind::Scalar && value.anchor().is_none() && entry.key.anchor().is_none();
        if !plain || mapping.entries().nth(1).is_none() || mapping.entries().next()?.key == entry.key {
            return None;
        }
        let (lines, text) = (self.tree.lines(), self.tree.text());
        let line = lines.line_of(entry.key.range().start);
        let (start, end) = (lines.line_start(line), lines.line_start(line + 1));
        let whole = text.get(start as usize..end as usize)?;
        let above = text.get(..start as usize)?.lines().next_back().unwrap_or_default().trim_start();
        let alone = whole.ends_with('\n')
            && whole.trim()
                == self.tree.slice(TextRange::new(entry.key.range().start, value.range().end)).trim()
            && !value.range().is_empty();
        (alone && !above.is_empty() && !above.starts_with('#')).then(|| TextRange::new(start, end))
    }

    /// Adds a key to the mapping at `path`, behind the key `after`, or as the first where there is no such word.
    pub(crate) fn insert(
        &self,
        title: impl Into<String>,
        path: &Path,
        key: &str,
        value: &Value,
        after: &str,
    ) -> Option<Fix> {
        let place = if after.is_empty() { Where::First } else { Where::After(after.to_owned()) };
        self.attempt(title, false, || edit::insert_entry(self.tree, path, key, value, &place).ok())
    }

    /// Makes a job wait for the one with the id `need`, which waits for it in no way.
    pub(crate) fn add_need(&self, job: &Job, need: &str) -> Option<Fix> {
        let place = job.path.child("needs");
        let title = format!("Add `{need}` to `needs`");
        let value = Value::Str(need.to_owned());
        let Some(node) = self.tree.at(&place).filter(|node| !node.is_null()) else {
            let insert = || edit::insert_entry(self.tree, &job.path, "needs", &value, &Where::First).ok();
            return self.attempt(title, false, insert);
        };
        match node.kind() {
            Kind::Scalar if node.scalar_style() == Some(ScalarStyle::Plain) => {
                let edit = TextEdit::replace(node.range(), format!("[{}, {need}]", node.source()));
                Some(Fix::risky(title, edit))
            }
            Kind::Sequence => {
                self.attempt(title, false, || edit::insert_item(self.tree, &place, node.len(), &value).ok())
            }
            _ => None,
        }
    }

    /// Makes a job no longer wait for what its `needs` calls `need`.
    pub(crate) fn remove_need(&self, job: &str, need: &str) -> Option<Fix> {
        let edit = || edits::remove_need_in(self.tree, job, need).ok().map(|made| made.edit);
        self.attempt("Remove it", false, edit)
    }

    /// Sets the value at `path`, which need not be there yet.
    pub(crate) fn set(&self, title: impl Into<String>, path: &Path, value: &Value) -> Option<Fix> {
        self.attempt(title, false, || edit::set(self.tree, path, value).ok())
    }

    fn attempt(
        &self,
        title: impl Into<String>,
        safe: bool,
        edit: impl FnOnce() -> Option<TextEdit>,
    ) -> Option<Fix> {
        let care = if safe { Care::Safe } else { Care::Look };
        let edit = self.tried(edit)?;
        // What people wrote down stays: then they take it away themselves.
        let comments = self.tree.comments();
        let gone = edit
            .changes()
            .iter()
            .any(|change| comments.iter().any(|comment| change.range.covers(comment.range)));
        (!gone).then(|| Fix { title: title.into(), edit, care })
    }

    /// An edit, as long as not too many were made and the text is YAML.
    fn tried(&self, edit: impl FnOnce() -> Option<TextEdit>) -> Option<TextEdit> {
        let tried = self.amended.get();
        if tried >= MOST || !self.tree.problems().is_empty() {
            return None;
        }
        self.amended.set(tried + 1);
        edit()
    }
}
