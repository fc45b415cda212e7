//! A button that opens a menu.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::{Button, Div};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::icon::{Icon, icon};

/// One line of a menu.
pub(crate) struct Item {
    /// What it does.
    pub(crate) label: String,
    /// Its icon.
    pub(crate) icon: Option<Icon>,
    /// Its shortcut, shown at the right.
    pub(crate) keys: String,
    /// Whether it can be chosen.
    pub(crate) enabled: bool,
    /// Does it.
    pub(crate) run: Box<dyn Fn()>,
}

/// A button with `glyph`, named `label`; `items` is asked when the menu opens.
pub(crate) fn menu(
    glyph: Icon,
    label: &'static str,
    items: impl Fn() -> Vec<Item> + Send + Sync + 'static,
) -> AnyView {
    let open = RwSignal::new(false);
    let opener = NodeRef::<Button>::new();
    let list = NodeRef::<Div>::new();
    let close = move || {
        open.set(false);
        if let Some(opener) = opener.get_untracked() {
            let _ = opener.focus();
        }
    };
    Effect::new(move |_| {
        if let (true, Some(list)) = (open.get(), list.get())
            && let Ok(Some(first)) = list.query_selector("button:not(:disabled)")
            && let Ok(first) = first.dyn_into::<web_sys::HtmlElement>()
        {
            let _ = first.focus();
        }
    });
    let leave = move |event: FocusEvent| {
        let to = event.related_target().and_then(|t| t.dyn_into::<web_sys::Node>().ok());
        let inside = list.get_untracked().is_some_and(|list| list.contains(to.as_ref()));
        if !inside && to.is_some() {
            open.set(false);
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            close();
        } else {
            move_focus(&event, list);
        }
    };
    let entries = move || {
        items()
            .into_iter()
            .map(|item| {
                let run = item.run;
                let click = move |_| {
                    close();
                    run();
                };
                view! {
                    <button type="button" role="menuitem" class="menu-item" disabled=!item.enabled on:click=click>
                        {item.icon.map(icon)}
                        <span class="menu-label">{item.label}</span>
                        <kbd>{item.keys}</kbd>
                    </button>
                }
                .into_any()
            })
            .collect::<Vec<_>>()
    };
    view! {
        <div class="menu" on:keydown=key on:focusout=leave>
            <button
                type="button"
                node_ref=opener
                class="button button-icon"
                aria-label=label
                title=label
                aria-haspopup="menu"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {icon(glyph)}
            </button>
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            <div class="menu-backdrop" on:click=move |_| open.set(false)></div>
                            <div class="menu-list" role="menu" aria-label=label node_ref=list>
                                {entries()}
                            </div>
                        }
                            .into_any()
                    })
            }}
        </div>
    }
    .into_any()
}

fn move_focus(event: &KeyboardEvent, list: NodeRef<Div>) {
    let down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    let Some(list) = list.get_untracked() else { return };
    event.prevent_default();
    let Ok(buttons) = list.query_selector_all("button:not(:disabled)") else { return };
    let focused = document().active_element();
    let count = buttons.length();
    let element = |at: u32| buttons.item(at).and_then(|b| b.dyn_into::<web_sys::HtmlElement>().ok());
    let at = (0..count).find(|at| element(*at).map(Into::into) == focused);
    let to = match at {
        Some(at) if down => (at + 1) % count,
        Some(at) => (at + count - 1) % count,
        None => 0,
    };
    if let Some(button) = element(to) {
        let _ = button.focus();
    }
}
