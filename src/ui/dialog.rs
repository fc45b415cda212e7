//! Dialogs: the browser's own `<dialog>`, which keeps the focus inside and closes on Esc.

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::button::icon_button;
use super::icon::Icon;
use super::keep_focus;

/// A modal dialog that is open while `open` holds. Its content is made when it opens and dropped when it closes.
pub(crate) fn dialog(
    open: RwSignal<bool>,
    class: &'static str,
    title: impl Into<TextProp>,
    content: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let title: TextProp = title.into();
    let head = move || {
        let title = title.clone();
        view! {
            <header class="dialog-head">
                <h2 id=format!("{class}-title")>{move || title.get()}</h2>
                {icon_button(Icon::Close, "Close", || false, move |_| open.set(false))}
            </header>
        }
        .into_any()
    };
    let node = follow(open, |dialog| {
        let _ = dialog.show_modal();
    });
    // A click on the backdrop has the dialog itself as its target.
    let backdrop = move |event: MouseEvent| {
        let target = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        if target.is_some_and(|t| t.tag_name() == "DIALOG") {
            open.set(false);
        }
    };
    view! {
        <dialog
            node_ref=node
            class=format!("dialog {class}")
            aria-labelledby=format!("{class}-title")
            on:close=move |event| closed(open, &event)
            on:mousedown=backdrop
        >
            <div class="dialog-body">
                {move || {
                    open.get().then(|| {
                        view! {
                            {head()}
                            {content()}
                        }
                        .into_any()
                    })
                }}
            </div>
        </dialog>
    }
    .into_any()
}

/// Like [`dialog`], with no head and nothing but one control that takes the focus. The page beneath is covered, not made
/// inert, for which the browser would have to style all of it anew; so it opens at once.
pub(crate) fn cover(
    open: RwSignal<bool>,
    class: &'static str,
    label: &'static str,
    content: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let node = follow(open, web_sys::HtmlDialogElement::show);
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            open.set(false);
        }
        // There is nowhere else to go.
        "Tab" => event.prevent_default(),
        _ => {}
    };
    let leave = move |event: MouseEvent| {
        event.prevent_default();
        open.set(false);
    };
    view! {
        {move || open.get().then(|| view! { <div class="dialog-cover" on:mousedown=leave></div> })}
        <dialog
            node_ref=node
            class=format!("dialog is-cover {class}")
            aria-modal="true"
            aria-label=label
            on:close=move |event| closed(open, &event)
            on:keydown=key
        >
            <div class="dialog-body">{move || open.get().then(&content)}</div>
        </dialog>
    }
    .into_any()
}

/// The browser has closed the dialog. It tells so a little later: the dialog may have been opened again by then.
fn closed(open: RwSignal<bool>, event: &web_sys::Event) {
    let dialog = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlDialogElement>().ok());
    if dialog.is_none_or(|dialog| !dialog.open()) {
        open.set(false);
    }
}

/// A dialog that `show` shows while `open` holds.
fn follow(open: RwSignal<bool>, show: impl Fn(&web_sys::HtmlDialogElement) + 'static) -> NodeRef<Dialog> {
    let node = NodeRef::<Dialog>::new();
    let before = StoredValue::new_local(None::<web_sys::HtmlElement>);
    let focused = || document().active_element().and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        match (open.get(), element.open()) {
            (true, false) => {
                before.set_value(focused());
                show(&element);
                // The content comes after this; what shall have the focus says so.
                request_animation_frame(move || {
                    let wanted = element.query_selector("[autofocus]").ok().flatten();
                    if let Some(wanted) = wanted.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
                        let _ = wanted.focus();
                    }
                });
            }
            (false, is_open) => {
                if is_open {
                    element.close();
                }
                // The browser gives the focus back only while it is in the dialog, whose content is gone by now, and only
                // to what had it when the dialog opened: nothing, when that was on the way from one field to the next.
                if let Some(before) = before.try_update_value(Option::take).flatten() {
                    let is_lost = || focused().is_none_or(|focused| focused.tag_name() == "BODY");
                    if is_lost() {
                        let _ = before.focus();
                    }
                    request_animation_frame(keep_focus::give_back);
                }
            }
            (true, true) => {}
        }
    });
    node
}
