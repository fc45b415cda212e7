//! A list to choose from, whose choice does more than to show a value. A browser tells of every arrow along a list that is
//! closed; what it tells so is taken when somebody leaves the list or presses Enter.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// What a browser tells within this time after a key comes of that key, in milliseconds. Nobody clicks so soon.
const OF_KEY: f64 = 80.0;

/// The list with the id `id` and these `options`; `take` gets what is chosen.
pub(crate) fn settling(
    id: Option<String>,
    class: &'static str,
    label: Option<&'static str>,
    is_required: bool,
    options: impl IntoView,
    take: impl Fn(String) + 'static,
) -> AnyView {
    let take = StoredValue::new_local(take);
    // When a key was pressed that goes along the list.
    let gone_at = StoredValue::new(f64::NEG_INFINITY);
    // What was chosen before somebody went along it.
    let before = StoredValue::new(String::new());
    let waits = RwSignal::new(None::<String>);
    let settle = move || {
        if let Some(value) = waits.try_get_untracked().flatten() {
            waits.set(None);
            take.with_value(|take| take(value));
        }
    };
    let key = move |event: KeyboardEvent| {
        let key = event.key();
        match key.as_str() {
            "Enter" if waits.get_untracked().is_some() => {
                event.prevent_default();
                settle();
            }
            "Escape" if waits.get_untracked().is_some() => {
                event.stop_propagation();
                event.prevent_default();
                waits.set(None);
                event_target::<web_sys::HtmlSelectElement>(&event).set_value(&before.get_value());
            }
            _ => {
                let is_along =
                    key.starts_with("Arrow") || key.starts_with("Page") || key == "Home" || key == "End";
                if is_along || key.chars().count() == 1 && key != " " {
                    gone_at.set_value(js_sys::Date::now());
                }
                if waits.get_untracked().is_none() {
                    before.set_value(event_target_value(&event));
                }
            }
        }
    };
    // A letter moves along the list when it is written, which comes behind its key.
    let letter = move |_: KeyboardEvent| gone_at.set_value(js_sys::Date::now());
    let change = move |event: web_sys::Event| {
        let value = event_target_value(&event);
        if js_sys::Date::now() - gone_at.get_value() < OF_KEY {
            waits.set(Some(value));
        } else {
            waits.set(None);
            take.with_value(|take| take(value));
        }
    };
    view! {
        <select
            id=id
            class=class
            aria-label=label
            aria-required=is_required.then_some("true")
            on:keydown=key
            on:keypress=letter
            on:change=change
            on:blur=move |_| settle()
        >
            {options}
        </select>
        <span class="settle-note" role="status">
            {move || waits.get().map(|_| "Enter takes it, Escape does not.")}
        </span>
    }
    .into_any()
}
