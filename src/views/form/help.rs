//! The button that shows what a field means.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// Shows and hides the help of the field called `title`. Escape at it closes the help and nothing else.
pub(super) fn help_button(title: &str, open: RwSignal<bool>) -> AnyView {
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            open.set(false);
        }
    };
    view! {
        <button
            type="button"
            class="field-help"
            aria-label=format!("What is {title}?")
            aria-expanded=move || if open.get() { "true" } else { "false" }
            on:click=move |_| open.update(|open| *open = !*open)
            on:keydown=key
        >
            "?"
        </button>
    }
    .into_any()
}
