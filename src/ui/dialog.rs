//! Dialogs: the browser's own `<dialog>`, which keeps the focus inside and closes on Esc.

use leptos::ev::MouseEvent;
use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::button::icon_button;
use super::icon::Icon;

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
    bare_dialog(open, class, TextProp::from(""), move || {
        view! {
            {head()}
            {content()}
        }
        .into_any()
    })
}

/// Like [`dialog`], without a head; `label` names it, or, when empty, the element with the id `{class}-title` does.
pub(crate) fn bare_dialog(
    open: RwSignal<bool>,
    class: &'static str,
    label: impl Into<TextProp>,
    content: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let node = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        match (open.get(), element.open()) {
            (true, false) => {
                let _ = element.show_modal();
                // The content comes after this; what shall have the focus says so.
                request_animation_frame(move || {
                    let wanted = element.query_selector("[autofocus]").ok().flatten();
                    if let Some(wanted) = wanted.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
                        let _ = wanted.focus();
                    }
                });
            }
            (false, true) => element.close(),
            _ => {}
        }
    });
    // A click on the backdrop has the dialog itself as its target.
    let backdrop = move |event: MouseEvent| {
        let target = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        if target.is_some_and(|t| t.tag_name() == "DIALOG") {
            open.set(false);
        }
    };
    let label: TextProp = label.into();
    let name = label.get();
    let (label, labelled_by) =
        if name.is_empty() { (None, Some(format!("{class}-title"))) } else { (Some(name), None) };
    view! {
        <dialog
            node_ref=node
            class=format!("dialog {class}")
            aria-label=label
            aria-labelledby=labelled_by
            on:close=move |_| open.set(false)
            on:mousedown=backdrop
        >
            <div class="dialog-body">
                {move || open.get().then(&content)}
            </div>
        </dialog>
    }
    .into_any()
}
