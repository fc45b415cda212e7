//! Choosing a file of the person's device with a button of the page.

use leptos::html::Input;
use leptos::prelude::*;
use web_sys::File;

/// An unseen field for one file of the kinds in `accept`, and what opens it. `chosen` gets the file.
pub(crate) fn chooser(
    label: &'static str,
    accept: &'static str,
    chosen: impl Fn(File) + 'static,
) -> (AnyView, impl Fn() + Copy + Send + Sync + 'static) {
    let field = NodeRef::<Input>::new();
    let changed = move |_| {
        let Some(input) = field.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            chosen(file);
        }
        // The same file can be chosen again.
        input.set_value("");
    };
    let pick = move || {
        if let Some(input) = field.get_untracked() {
            input.click();
        }
    };
    let view = view! {
        <input type="file" accept=accept aria-label=label hidden node_ref=field on:change=changed />
    };
    (view.into_any(), pick)
}
