//! Fixes that take something away or add something.

use stepladder_yaml::edit::{self, Place as Where, Value};
use stepladder_yaml::{Path, TextEdit};

use super::Cx;
use crate::Fix;

/// Most such fixes that are worked out for one file: each is tried on the text before it is offered.
const MOST: u32 = 24;

impl Cx<'_> {
    /// Takes away the entry or item at `path`, with the comments that belong to it.
    pub(crate) fn remove(&self, title: impl Into<String>, path: &Path, safe: bool) -> Option<Fix> {
        self.attempt(title, safe, || edit::remove(self.tree, path).ok())
    }

    /// Adds a key to the mapping at `path`.
    pub(crate) fn insert(
        &self,
        title: impl Into<String>,
        path: &Path,
        key: &str,
        value: &Value,
        after: &str,
    ) -> Option<Fix> {
        let place = Where::After(after.to_owned());
        self.attempt(title, false, || edit::insert_entry(self.tree, path, key, value, &place).ok())
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
        let tried = self.amended.get();
        if tried >= MOST || !self.tree.problems().is_empty() {
            return None;
        }
        self.amended.set(tried + 1);
        let edit = edit()?;
        // What people wrote down stays: then they take it away themselves.
        let comments = self.tree.comments();
        let gone = edit
            .changes()
            .iter()
            .any(|change| comments.iter().any(|comment| change.range.covers(comment.range)));
        (!gone).then(|| Fix { title: title.into(), edit, safe })
    }
}
