//! To a control that is not there yet, as after a command that opens the part of the page which it is in.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

/// Frames in which it is looked for: a second or so.
const FRAMES: u32 = 60;
/// Frames that a dialog which is closing takes to give the focus back.
const CLOSING: u32 = 4;

/// What happens to the control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// It gets the focus.
    Focus,
    /// It is pressed as well.
    Press,
    /// The text in it is selected as well, so that what is typed takes its place.
    Select,
}

/// Reaches the first element seen that matches `selector`, as soon as it is there and no dialog is in the way.
pub(crate) fn reach(selector: impl Into<String>, how: Reach) {
    look(selector.into(), how, FRAMES);
}

/// As [`reach`], at once where it is there already and no dialog is in the way.
pub(crate) fn reach_now(selector: impl Into<String>) {
    let selector = selector.into();
    let before = document().active_element();
    let found = seen(&selector).filter(|found| found.focus().is_ok());
    if found.is_none() || document().active_element() == before {
        look(selector, Reach::Focus, FRAMES - CLOSING);
    }
}

fn look(selector: String, how: Reach, left: u32) {
    let is_asked = || document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some());
    let found = (left + CLOSING <= FRAMES && !is_asked()).then(|| seen(&selector)).flatten();
    match found {
        Some(element) => {
            let _ = element.focus();
            match (how, element.dyn_ref::<HtmlInputElement>()) {
                (Reach::Press, _) => element.click(),
                (Reach::Select, Some(field)) => field.select(),
                _ => {}
            }
        }
        None if left > 0 => request_animation_frame(move || look(selector, how, left - 1)),
        None => {}
    }
}

/// The first element seen that matches `selector`.
pub(crate) fn seen(selector: &str) -> Option<HtmlElement> {
    let all = document().query_selector_all(selector).ok()?;
    let mut all = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<HtmlElement>().ok());
    all.find(|element| element.get_client_rects().length() > 0)
}
