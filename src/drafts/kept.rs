//! Drafts and their versions in the browser's database.

use std::collections::BTreeMap;
use std::pin::Pin;

use super::database::{self, Store};
use super::{Draft, JOURNAL, Version, json};
use crate::storage;

/// Most versions that are kept of a draft; the oldest go first.
const MOST_VERSIONS: usize = 60;

type Task<T> = Pin<Box<dyn Future<Output = T>>>;

/// What the first part of the program has done here.
pub(crate) struct Kept {
    /// Reads all drafts. What the journal has newer goes into the database, and the journal is emptied.
    pub(crate) all: fn() -> Task<BTreeMap<String, Draft>>,
    /// The draft of that id.
    pub(crate) one: fn(String) -> Task<Option<Draft>>,
    /// Keeps a draft. `false`: it could not be kept.
    pub(crate) put: fn(String, Draft) -> Task<bool>,
    /// Deletes a draft.
    pub(crate) delete: fn(String) -> Task<()>,
    /// Keeps a version of a draft.
    pub(crate) keep_version: fn(String, Version) -> Task<()>,
    /// Forgets versions of drafts other than these.
    pub(crate) tidy: fn(Vec<String>) -> Task<()>,
}

impl Kept {
    /// All of it.
    pub(crate) const fn new() -> Self {
        Self {
            all: || Box::pin(all()),
            one: |id| Box::pin(one(id)),
            put: |id, draft| Box::pin(put(id, draft)),
            delete: |id| Box::pin(async move { database::delete(Store::Drafts, &id).await }),
            keep_version: |id, version| Box::pin(keep_version(id, version)),
            tidy: |ids| Box::pin(tidy(ids)),
        }
    }
}

async fn all() -> BTreeMap<String, Draft> {
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
    drafts
}

async fn one(id: String) -> Option<Draft> {
    let kept = database::get(Store::Drafts, &id).await;
    let kept = kept.and_then(|json| serde_json::from_str::<Draft>(&json).ok());
    [kept, journaled(&id)].into_iter().flatten().max_by(|a, b| a.saved.total_cmp(&b.saved))
}

async fn put(id: String, draft: Draft) -> bool {
    let kept = database::put(Store::Drafts, &id, &json(&draft)).await;
    if kept && journaled(&id).is_some_and(|entry| entry.saved <= draft.saved) {
        storage::unset(&format!("{JOURNAL}{id}"));
    }
    kept
}

async fn tidy(ids: Vec<String>) {
    let all = database::all(Store::Versions, "").await.unwrap_or_default();
    for (key, _) in all {
        let id = key.split(' ').next().unwrap_or_default();
        if !ids.iter().any(|known| known == id) {
            database::delete(Store::Versions, &key).await;
        }
    }
}

fn journaled(id: &str) -> Option<Draft> {
    serde_json::from_str(&storage::get(&format!("{JOURNAL}{id}"))?).ok()
}

async fn keep_version(id: String, version: Version) {
    let prefix = format!("{id} ");
    // Times of one length, so that keys are in their order.
    let key = format!("{prefix}{:015}", version.at as u64);
    database::put(Store::Versions, &key, &json(&version)).await;
    let all = database::all(Store::Versions, &prefix).await.unwrap_or_default();
    for (key, _) in all.iter().take(all.len().saturating_sub(MOST_VERSIONS)) {
        database::delete(Store::Versions, key).await;
    }
}

/// The versions of a draft, the latest first.
pub(crate) async fn versions(id: &str) -> Vec<Version> {
    let all = database::all(Store::Versions, &format!("{id} ")).await.unwrap_or_default();
    let mut versions: Vec<Version> =
        all.into_iter().filter_map(|(_, json)| serde_json::from_str(&json).ok()).collect();
    versions.reverse();
    versions
}
