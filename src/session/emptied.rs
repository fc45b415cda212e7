//! The value that somebody has emptied last. Who types another one means to change it: the key, its comments and its way of
//! writing stay.

use std::sync::Arc;

use leptos::prelude::*;
use stepladder_yaml::Path;

use super::Session;

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
}
