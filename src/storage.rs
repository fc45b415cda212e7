//! What the browser keeps for the next visit besides drafts: settings, and what is only for this tab. Nothing of it leaves
//! the browser.

use web_sys::Storage;

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
    let _ = keep(key, value);
}

/// Keeps something. `false`: the browser does not.
#[must_use]
pub(crate) fn keep(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&format!("stepladder.{key}"), value).is_ok())
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

/// The names of all settings that begin with `prefix`, without it.
#[must_use]
pub(crate) fn names(prefix: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let keys = (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok()?);
    let whole = format!("stepladder.{prefix}");
    keys.filter_map(|key| key.strip_prefix(&whole).map(str::to_owned)).collect()
}

/// An id that nothing in this browser has.
#[must_use]
pub(crate) fn new_id() -> String {
    // Two tabs may want one in the same millisecond.
    let random = (js_sys::Math::random() * 1_296.0) as u64;
    base36(now() as u64 * 1_296 + random)
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
