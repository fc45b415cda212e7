//! The value that somebody has emptied last. Who types another one means to change it: the key, its comments and its way of
//! writing stay.

use std::sync::Arc;

use leptos::prelude::*;
use stepladder_workflow::Merge;
use stepladder_yaml::{Path, TextEdit};

use super::{Origin, Session};

/// Where it stood, and in which text.
pub(super) struct Emptied {
    path: Path,
    before: Arc<str>,
    /// Once the text has changed again it is forgotten.
    revision: u64,
}

impl Session {
    /// Remembers that the value at `path` is empty now; it stood in the text `before`.
    pub(crate) fn keep_emptied(self, path: &Path, before: Arc<str>) {
        let revision = self.revision();
        self.emptied.set_value(Some(Emptied { path: path.clone(), before, revision }));
    }

    /// The text in which the value at `path` stood, when emptying it was the last change.
    pub(crate) fn before_emptied(self, path: &Path) -> Option<Arc<str>> {
        self.emptied.with_value(|emptied| {
            let emptied = emptied.as_ref()?;
            let is_last = emptied.revision == self.revision() && emptied.path == *path;
            is_last.then(|| Arc::clone(&emptied.before))
        })
    }

    /// As [`Session::apply`], for what follows of the last step, as that a key goes whose value was emptied: the two are one.
    pub(crate) fn apply_following(self, edit: TextEdit, label: String, origin: Origin) -> bool {
        self.write(edit, label, Merge::Last, origin, None)
    }
}
