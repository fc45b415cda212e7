//! Drafts: texts as they were left, with their versions. They are kept in the browser's database and leave it for nowhere.
//!
//! All drafts are also in memory, so that views read them at once. A tab that is closed has no time to wait for the
//! database; what it still has to say goes into the journal, from which the next visit takes it. Where there is no
//! database, the journal is all there is.

pub(crate) mod channel;
pub(crate) mod claim;
pub(crate) mod database;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use stepladder_content::Scenario;

use self::channel::News;
use self::database::Store;
use crate::github::source::Source;
use crate::storage;

/// The journal's entries begin so; drafts had this place before there was a database.
const JOURNAL: &str = "draft.";
/// Most versions that are kept of a draft; the oldest go first.
const MOST_VERSIONS: usize = 60;

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

    /// Reads all drafts. What the journal has newer goes into the database, and the journal is emptied.
    pub(crate) async fn load(self) {
        let kept = database::all(Store::Drafts, "").await;
        let has_database = kept.is_some();
        let mut drafts: BTreeMap<String, Draft> = kept
            .unwrap_or_default()
            .into_iter()
            .filter_map(|(id, json)| Some((id, serde_json::from_str(&json).ok()?)))
            .collect();
        for id in storage::names(JOURNAL) {
            let Some(draft) = journaled(&id) else { continue };
            let newer = drafts.get(&id).is_none_or(|known| known.saved < draft.saved);
            if newer {
                drafts.insert(id.clone(), draft.clone());
            }
            let safe = !newer || database::put(Store::Drafts, &id, &json(&draft)).await;
            if has_database && safe {
                storage::unset(&format!("{JOURNAL}{id}"));
            }
        }
        self.list.set(drafts);
    }

    /// Forgets versions of drafts that are gone.
    pub(crate) async fn tidy(self) {
        let all = database::all(Store::Versions, "").await.unwrap_or_default();
        for (key, _) in all {
            let id = key.split(' ').next().unwrap_or_default();
            if self.list.with_untracked(|list| !list.contains_key(id)) {
                database::delete(Store::Versions, &key).await;
            }
        }
    }

    /// The draft of that id as another tab may have left it meanwhile.
    pub(crate) async fn reread(self, id: &str) -> Option<Draft> {
        let kept = database::get(Store::Drafts, id).await;
        let kept = kept.and_then(|json| serde_json::from_str::<Draft>(&json).ok());
        let draft = [kept, journaled(id), self.get(id)].into_iter().flatten();
        let draft = draft.max_by(|a, b| a.saved.total_cmp(&b.saved))?;
        self.list.update(|list| drop(list.insert(id.to_owned(), draft.clone())));
        Some(draft)
    }

    /// The draft of that id, without following it.
    #[must_use]
    pub(crate) fn get(self, id: &str) -> Option<Draft> {
        self.list.with_untracked(|list| list.get(id).cloned())
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
        let id = id.to_owned();
        spawn_local(async move {
            let kept = database::put(Store::Drafts, &id, &json(&draft)).await;
            if kept && journaled(&id).is_some_and(|entry| entry.saved <= draft.saved) {
                storage::unset(&format!("{JOURNAL}{id}"));
            }
            channel::tell(&News::Changed);
            done(if kept || journal(&id, &draft) { Ok(()) } else { Err(FULL) });
        });
    }

    /// Deletes a draft. Its versions stay until the next visit, should this be taken back.
    pub(crate) fn remove(self, id: &str) {
        self.list.update(|list| drop(list.remove(id)));
        storage::unset(&format!("{JOURNAL}{id}"));
        let id = id.to_owned();
        spawn_local(async move {
            database::delete(Store::Drafts, &id).await;
            channel::tell(&News::Changed);
        });
    }
}

const FULL: &str = "The browser keeps no more data for this page, so this draft is not saved. Download the file to keep it, or delete old drafts on the start page.";

/// Writes down at once what may have no time for the database. `false`: that is impossible.
pub(crate) fn journal(id: &str, draft: &Draft) -> bool {
    storage::keep(&format!("{JOURNAL}{id}"), &json(draft))
}

fn journaled(id: &str) -> Option<Draft> {
    serde_json::from_str(&storage::get(&format!("{JOURNAL}{id}"))?).ok()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The versions of a draft, the latest first.
pub(crate) async fn versions(id: &str) -> Vec<Version> {
    let all = database::all(Store::Versions, &format!("{id} ")).await.unwrap_or_default();
    let mut versions: Vec<Version> =
        all.into_iter().filter_map(|(_, json)| serde_json::from_str(&json).ok()).collect();
    versions.reverse();
    versions
}

/// Keeps a version of a draft.
pub(crate) fn keep_version(id: &str, version: &Version) {
    let prefix = format!("{id} ");
    // Times of one length, so that keys are in their order.
    let key = format!("{prefix}{:015}", version.at as u64);
    let json = json(version);
    spawn_local(async move {
        database::put(Store::Versions, &key, &json).await;
        let all = database::all(Store::Versions, &prefix).await.unwrap_or_default();
        for (key, _) in all.iter().take(all.len().saturating_sub(MOST_VERSIONS)) {
            database::delete(Store::Versions, key).await;
        }
    });
}
