//! Drafts: texts as they were left, with their versions. They are kept in the browser's database and leave it for nowhere.
//!
//! All drafts are also in memory, so that views read them at once. A tab that is closed has no time to wait for the
//! database; what it still has to say goes into the journal, from which the next visit takes it. Where there is no
//! database, the journal is all there is.
//!
//! What reads and writes the database is in the second part of the program, see `src/model.rs`.

pub(crate) mod channel;
pub(crate) mod claim;
pub(crate) mod database;
mod kept;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use stepladder_content::Scenario;

use self::channel::News;
pub(crate) use self::kept::{Kept, versions};
use crate::github::source::Source;
use crate::{model, storage};

/// The journal's entries begin so; drafts had this place before there was a database.
const JOURNAL: &str = "draft.";
/// Says that there are drafts in the database, which takes longer to ask.
const SOME: &str = "drafts";

/// A text as it was left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Draft {
    /// Its path in the repository.
    pub(crate) file: String,
    /// The text.
    pub(crate) text: Arc<str>,
    /// The text as it was opened.
    pub(crate) original: Arc<str>,
    /// When it was saved, in milliseconds since 1970.
    pub(crate) saved: f64,
    /// Whether it was made from a template; then it is worth keeping only once it was changed.
    pub(crate) template: bool,
    /// Events with what is expected of them.
    #[serde(default)]
    pub(crate) scenarios: Vec<Scenario>,
    /// Where it comes from on GitHub.
    #[serde(default)]
    pub(crate) source: Option<Source>,
}

impl Draft {
    /// Whether losing it would lose nobody's work.
    #[must_use]
    pub(crate) fn is_untouched_template(&self) -> bool {
        self.template && self.text == self.original
    }

    /// Whether it differs from what was opened.
    #[must_use]
    pub(crate) fn is_changed(&self) -> bool {
        self.text != self.original
    }

    /// The last part of its path.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }
}

/// A text as it once was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Version {
    /// When, in milliseconds since 1970.
    pub(crate) at: f64,
    /// What was done last before.
    pub(crate) label: Option<String>,
    /// The text.
    pub(crate) text: Arc<str>,
}

/// All drafts of this browser. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Drafts {
    list: RwSignal<BTreeMap<String, Draft>>,
}

impl Drafts {
    /// None yet; [`Self::load`] brings them.
    #[must_use]
    pub(crate) fn new() -> Self {
        Self { list: RwSignal::new(BTreeMap::new()) }
    }

    /// Reads all drafts, once the database can be asked; those of this tab stay as they are.
    pub(crate) async fn load(self, kept: &'static Kept) {
        let mut drafts = (kept.all)().await;
        self.list.update(|list| {
            for (id, draft) in std::mem::take(list) {
                if drafts.get(&id).is_none_or(|other| other.saved < draft.saved) {
                    drafts.insert(id, draft);
                }
            }
            *list = drafts;
        });
        self.note();
    }

    /// Reads all drafts again, after another tab has saved or deleted some.
    pub(crate) async fn reload(self, kept: &'static Kept) {
        self.list.set((kept.all)().await);
        self.note();
    }

    /// The draft of that id as another tab may have left it meanwhile.
    pub(crate) async fn reread(self, kept: &'static Kept, id: &str) -> Option<Draft> {
        let draft = [(kept.one)(id.to_owned()).await, self.get(id)].into_iter().flatten();
        let draft = draft.max_by(|a, b| a.saved.total_cmp(&b.saved))?;
        self.list.update(|list| drop(list.insert(id.to_owned(), draft.clone())));
        Some(draft)
    }

    /// Whether an earlier visit has left some; then the database is worth being asked at once.
    #[must_use]
    pub(crate) fn are_expected() -> bool {
        storage::get(SOME).is_some() || !storage::names(JOURNAL).is_empty()
    }

    /// Writes down whether there are any, for [`Self::are_expected`].
    fn note(self) {
        if self.list.with_untracked(BTreeMap::is_empty) {
            storage::unset(SOME);
        } else {
            storage::set(SOME, "yes");
        }
    }

    /// The draft of that id, without following it.
    #[must_use]
    pub(crate) fn get(self, id: &str) -> Option<Draft> {
        self.list.with_untracked(|list| list.get(id).cloned())
    }

    /// The ids of all.
    #[must_use]
    pub(crate) fn ids(self) -> Vec<String> {
        self.list.with_untracked(|list| list.keys().cloned().collect())
    }

    /// Reads one of them as it changes.
    pub(crate) fn with<T>(self, id: &str, read: impl FnOnce(&Draft) -> T) -> Option<T> {
        self.list.with(|list| list.get(id).map(read))
    }

    /// All drafts with their ids, the latest first, as they change.
    #[must_use]
    pub(crate) fn all(self) -> Vec<(String, Draft)> {
        let mut all: Vec<_> = self.list.get().into_iter().collect();
        all.sort_by(|a, b| b.1.saved.total_cmp(&a.1.saved));
        all
    }

    /// Keeps a draft; `done` is told when it is safe, or in a sentence why it is not and what to do.
    pub(crate) fn put(self, id: &str, draft: Draft, done: impl FnOnce(Result<(), &'static str>) + 'static) {
        self.list.update(|list| drop(list.insert(id.to_owned(), draft.clone())));
        self.note();
        let id = id.to_owned();
        spawn_local(async move {
            let kept = match model::part().await {
                Some(part) => (part.kept.put)(id.clone(), draft.clone()).await,
                None => false,
            };
            channel::tell(&News::Changed);
            done(if kept || journal(&id, &draft) { Ok(()) } else { Err(FULL) });
        });
    }

    /// Deletes a draft. Its versions stay until the next visit, should this be taken back.
    pub(crate) fn remove(self, id: &str) {
        self.list.update(|list| drop(list.remove(id)));
        self.note();
        storage::unset(&format!("{JOURNAL}{id}"));
        let id = id.to_owned();
        spawn_local(async move {
            if let Some(part) = model::part().await {
                (part.kept.delete)(id).await;
            }
            channel::tell(&News::Changed);
        });
    }
}

const FULL: &str = "The browser keeps no more data for this page, so this draft is not saved. Download the file to keep it, or delete old drafts on the start page.";

/// Writes down at once what may have no time for the database. `false`: that is impossible.
pub(crate) fn journal(id: &str, draft: &Draft) -> bool {
    storage::keep(&format!("{JOURNAL}{id}"), &json(draft))
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Keeps a version of a draft.
pub(crate) fn keep_version(id: &str, version: Version) {
    let id = id.to_owned();
    spawn_local(async move {
        if let Some(part) = model::part().await {
            (part.kept.keep_version)(id, version).await;
        }
    });
}
