//! Where the focus goes in a form when an edit makes a part of it anew.

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use stepladder_yaml::Path;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement};

use super::named::Ended;

/// What has a name that can be changed, and is made anew for another one.
const ROWS: &str = ".pair, .matrix-row";

/// Puts the focus on an element once it is there: as soon as the form has followed the edit, so that the keys that somebody
/// goes on to press come to it, or else when the browser has painted.
pub(super) fn on(id: String) {
    on_what(move || document().get_element_by_id(&id)?.dyn_into().ok());
}

/// As [`on`], with all of its text selected: it stands there only to be changed.
pub(super) fn on_text(id: String) {
    on_what(move || {
        let field = document().get_element_by_id(&id)?;
        if let Some(input) = field.dyn_ref::<web_sys::HtmlInputElement>() {
            input.select();
        }
        field.dyn_into().ok()
    });
}

/// As [`on`], on what `find` finds then. While a dialog asks what shall become of the edit, it waits for the answer.
pub(super) fn on_what(find: impl Fn() -> Option<HtmlElement> + 'static) {
    spawn_local(async move {
        tick().await;
        let take = || find().is_some_and(|element| element.focus().is_ok());
        let is_taken = take();
        request_animation_frame(move || match dialog() {
            Some(dialog) if find().is_none_or(|element| !dialog.contains(Some(&element))) => {
                let again = Closure::once_into_js(move || on_what(find));
                let options = web_sys::AddEventListenerOptions::new();
                options.set_once(true);
                let _ = dialog.add_event_listener_with_callback_and_add_event_listener_options(
                    "close",
                    again.unchecked_ref(),
                    &options,
                );
            }
            _ if !is_taken || !has_focus() => _ = find().is_some_and(|element| element.focus().is_ok()),
            _ => {}
        });
    });
}

/// The dialog that has the page's attention.
fn dialog() -> Option<Element> {
    document().query_selector("dialog[open]").ok().flatten()
}

/// Which of what can have the focus in the row of the entry at `path` is meant next by who ends its name: by Enter the value,
/// which stands behind the name. `None`: what is meant is elsewhere, or nothing.
pub(super) fn meant_in_row(path: &Path, ended: &Ended) -> Option<usize> {
    match ended {
        Ended::Entered => Some(1),
        Ended::Left(to) => {
            let to = to.as_ref()?;
            in_row(path)?.iter().position(|element| ***element == **to)
        }
    }
}

/// Gives the focus to what was `meant` in the row of the entry at `path`, which is named `new` now and made anew for that.
pub(super) fn go_on_in_row(path: &Path, new: &str, meant: Option<usize>) {
    if let (Some(at), Some(map)) = (meant, path.parent()) {
        let row = map.child(new);
        on_what(move || in_row(&row)?.into_iter().nth(at));
    }
}

/// What can have the focus in the row of the entry at `path`, in order.
fn in_row(path: &Path) -> Option<Vec<HtmlElement>> {
    let path = path.to_string().replace('\\', "\\\\").replace('"', "\\\"");
    let row = document().query_selector(&format!(":is({ROWS})[data-field=\"{path}\"]")).ok().flatten()?;
    let all = row.query_selector_all("input, textarea, select, button").ok()?;
    Some((0..all.length()).filter_map(|at| all.get(at)?.dyn_into().ok()).collect())
}

/// Whether anything at all has the focus.
fn has_focus() -> bool {
    document().active_element().is_some_and(|element| element.tag_name() != "BODY")
}
