//! Choices of which one holds: tabs over a panel, and segments of a switch.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::icon::{Icon, icon};

/// One tab.
pub(crate) struct Tab<T> {
    /// What it stands for.
    pub(crate) value: T,
    /// Its icon.
    pub(crate) icon: Option<Icon>,
    /// Its name.
    pub(crate) label: &'static str,
    /// A number beside the name; none at 0.
    pub(crate) count: Signal<usize>,
}

/// A row of tabs. The panel that they show has the id `panel`.
pub(crate) fn tabs<T: Copy + PartialEq + Send + Sync + 'static>(
    label: &'static str,
    panel: &'static str,
    items: Vec<Tab<T>>,
    current: Signal<Option<T>>,
    choose: impl Fn(T) + Copy + Send + Sync + 'static,
) -> AnyView {
    let first = items.first().map(|tab| tab.value);
    let items: Vec<_> = items
        .into_iter()
        .map(|Tab { value, icon: glyph, label, count }| {
            let selected = move || current.get() == Some(value);
            // Without a chosen tab the first one takes the focus.
            let focusable = move || current.get().or(first) == Some(value);
            view! {
                <button
                    type="button"
                    role="tab"
                    class="tab"
                    aria-selected=move || if selected() { "true" } else { "false" }
                    aria-controls=panel
                    tabindex=move || if focusable() { "0" } else { "-1" }
                    on:click=move |_| choose(value)
                >
                    {glyph.map(icon)}
                    <span class="tab-label">{label}</span>
                    {move || (count.get() > 0).then(|| view! { <span class="tab-count">{count.get()}</span> })}
                </button>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=arrows>
            {items}
        </div>
    }
    .into_any()
}

/// A switch with segments, of which exactly one holds.
pub(crate) fn segments<T: Copy + PartialEq + Send + Sync + 'static>(
    label: &'static str,
    items: &[(T, &'static str, &'static str)],
    current: Signal<T>,
    choose: impl Fn(T) + Copy + Send + Sync + 'static,
) -> AnyView {
    let items: Vec<_> = items
        .iter()
        .map(|&(value, label, title)| {
            let on = move || current.get() == value;
            view! {
                <button
                    type="button"
                    role="radio"
                    class="segment"
                    title=title
                    aria-checked=move || if on() { "true" } else { "false" }
                    tabindex=move || if on() { "0" } else { "-1" }
                    on:click=move |_| choose(value)
                >
                    {label}
                </button>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="segments" role="radiogroup" aria-label=label on:keydown=arrows>
            {items}
        </div>
    }
    .into_any()
}

/// Arrow keys, Home and End move among the buttons of a row and choose.
fn arrows(event: KeyboardEvent) {
    let Some(row) = event.current_target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()) else {
        return;
    };
    let buttons = row.children();
    let count = buttons.length();
    let focused = document().active_element();
    let at = (0..count).find(|at| buttons.item(*at) == focused);
    let (Some(at), true) = (at, count > 0) else { return };
    let to = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => (at + 1) % count,
        "ArrowLeft" | "ArrowUp" => (at + count - 1) % count,
        "Home" => 0,
        "End" => count - 1,
        _ => return,
    };
    event.prevent_default();
    if let Some(button) = buttons.item(to).and_then(|b| b.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = button.focus();
        button.click();
    }
}
