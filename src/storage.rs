//! What the browser keeps for the next visit: drafts and settings. Nothing of it leaves the browser.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use stepladder_content::Scenario;
use web_sys::Storage;

use crate::github::source::Source;

const DRAFT: &str = "stepladder.draft.";

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
}

/// `None` in a browser that keeps no data for this page.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// A setting.
#[must_use]
pub(crate) fn get(key: &str) -> Option<String> {
    storage()?.get_item(&format!("stepladder.{key}")).ok()?
}

/// Keeps a setting; where that is impossible, it holds until the page is closed.
pub(crate) fn set(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&format!("stepladder.{key}"), value);
    }
}

/// Forgets a setting.
pub(crate) fn unset(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&format!("stepladder.{key}"));
    }
}

fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// What is kept in this tab only, until it is closed.
#[must_use]
pub(crate) fn get_session(key: &str) -> Option<String> {
    session()?.get_item(&format!("stepladder.{key}")).ok()?
}

/// Keeps something in this tab only.
pub(crate) fn set_session(key: &str, value: &str) {
    if let Some(storage) = session() {
        let _ = storage.set_item(&format!("stepladder.{key}"), value);
    }
}

/// Forgets something that was kept in this tab.
pub(crate) fn unset_session(key: &str) {
    if let Some(storage) = session() {
        let _ = storage.remove_item(&format!("stepladder.{key}"));
    }
}

/// Keeps a draft under `id`.
///
/// # Errors
/// A sentence that says why it could not be kept and what to do.
pub(crate) fn save(id: &str, draft: &Draft) -> Result<(), &'static str> {
    let storage = storage().ok_or(
        "This browser keeps no data for this page, so the draft is gone when the page is closed. Download the file to keep it.",
    )?;
    let json = serde_json::to_string(draft)
        .map_err(|_| "The draft could not be written down. Download the file to keep it.")?;
    storage.set_item(&format!("{DRAFT}{id}"), &json).map_err(|_| {
        "The browser's storage for this page is full, so this draft is not saved. Download the file to keep it, or delete old drafts on the start page."
    })
}

/// The draft kept under `id`.
#[must_use]
pub(crate) fn load(id: &str) -> Option<Draft> {
    serde_json::from_str(&storage()?.get_item(&format!("{DRAFT}{id}")).ok()??).ok()
}

/// Deletes the draft kept under `id`.
pub(crate) fn delete(id: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&format!("{DRAFT}{id}"));
    }
}

/// All drafts with their ids, the latest first.
#[must_use]
pub(crate) fn drafts() -> Vec<(String, Draft)> {
    let Some(storage) = storage() else { return Vec::new() };
    let keys = (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok()?);
    let ids = keys.filter_map(|key| key.strip_prefix(DRAFT).map(str::to_owned));
    let mut drafts: Vec<_> = ids.filter_map(|id| Some((id.clone(), load(&id)?))).collect();
    drafts.sort_by(|a, b| b.1.saved.total_cmp(&a.1.saved));
    drafts
}

/// An id that no draft of this browser has.
#[must_use]
pub(crate) fn new_id() -> String {
    let mut at = now() as u64;
    loop {
        let id = base36(at);
        if load(&id).is_none() {
            return id;
        }
        at += 1;
    }
}

/// Milliseconds since 1970.
#[must_use]
pub(crate) fn now() -> f64 {
    js_sys::Date::now()
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    while number > 0 {
        let digit = u8::try_from(number % 36).unwrap_or_default();
        digits.push(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 });
        number /= 36;
    }
    digits.iter().rev().map(|digit| char::from(*digit)).collect()
}
