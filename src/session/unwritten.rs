//! What somebody has typed and cannot be written as it stands, kept for when they come back to it.

use std::collections::HashMap;

use leptos::prelude::*;
use stepladder_yaml::Path;

use super::Session;

/// Such texts, by their places.
#[derive(Clone, Copy)]
pub(crate) struct Unwritten(StoredValue<HashMap<Path, Draft>>);

struct Draft {
    /// Which document it is for, see [`Session::opened`].
    opened: u32,
    /// What it should take the place of.
    over: String,
    typed: String,
}

impl Unwritten {
    pub(super) fn new() -> Self {
        Self(StoredValue::default())
    }

    /// What was typed over the text at `path`, when that is still `over`.
    pub(crate) fn of(self, session: Session, path: &Path, over: &str) -> Option<String> {
        let opened = session.opened.get_untracked();
        self.0.with_value(|drafts| {
            let draft = drafts.get(path)?;
            (draft.opened == opened && draft.over == over).then(|| draft.typed.clone())
        })
    }

    /// Keeps what was `typed` over the text `over` at `path`.
    pub(crate) fn keep(self, session: Session, path: &Path, over: String, typed: String) {
        let opened = session.opened.get_untracked();
        self.0.update_value(|drafts| _ = drafts.insert(path.clone(), Draft { opened, over, typed }));
    }

    /// Forgets it: it is written, or given up.
    pub(crate) fn forget(self, path: &Path) {
        self.0.update_value(|drafts| _ = drafts.remove(path));
    }
}
