//! What somebody has typed and cannot be written as it stands, kept for when they come back to it.

use leptos::prelude::*;
use stepladder_yaml::Path;

use super::Session;
use super::kept::Kept;

/// Such texts, by their places.
#[derive(Clone, Copy)]
pub(crate) struct Unwritten(StoredValue<Kept<Draft>>);

pub(super) struct Draft {
    /// What it should take the place of.
    over: String,
    typed: String,
}

impl Unwritten {
    pub(super) fn new() -> Self {
        Self(StoredValue::default())
    }

    pub(super) fn kept(self) -> StoredValue<Kept<Draft>> {
        self.0
    }

    /// What was typed over the text at `path`, when that is still `over`.
    pub(crate) fn of(self, session: Session, path: &Path, over: &str) -> Option<String> {
        let spot = session.spot(path)?;
        self.0.with_value(|drafts| {
            let draft = drafts.get(&spot)?;
            (draft.over == over).then(|| draft.typed.clone())
        })
    }

    /// Keeps what was `typed` over the text `over` at `path`.
    pub(crate) fn keep(self, session: Session, path: &Path, over: String, typed: String) {
        let Some(spot) = session.spot(path) else { return };
        self.0.update_value(|drafts| drafts.insert(spot, Draft { over, typed }));
    }

    /// Forgets it: it is written, or given up.
    pub(crate) fn forget(self, session: Session, path: &Path) {
        let Some(spot) = session.spot(path) else { return };
        self.0.update_value(|drafts| drafts.remove(&spot));
    }
}
