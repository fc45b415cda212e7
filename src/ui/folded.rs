//! A part of the page that is folded away behind its summary.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDetailsElement;

use super::icon::{Icon, icon};

/// What `body` makes, behind `summary` until somebody opens it; it is made when that first happens, and stays.
pub(crate) fn folded<S: IntoView + 'static>(
    class: &'static str,
    open: bool,
    summary: S,
    body: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    folded_as(class, RwSignal::new(open), summary, body)
}

/// As [`folded`], telling in `is_open` whether it is open.
pub(crate) fn folded_as<S: IntoView + 'static>(
    class: &'static str,
    is_open: RwSignal<bool>,
    summary: S,
    body: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let toggled = move |event: web_sys::Event| {
        let details = event.current_target().and_then(|target| target.dyn_into::<HtmlDetailsElement>().ok());
        if let Some(details) = details {
            is_open.set(details.open());
        }
    };
    let open = is_open.get_untracked();
    let opened = Memo::new(move |before: Option<&bool>| is_open.get() || before == Some(&true));
    view! {
        <details class=class open=open on:toggle=toggled>
            <summary>{icon(Icon::Right)} <span>{summary}</span></summary>
            {move || opened.get().then(&body)}
        </details>
    }
    .into_any()
}
