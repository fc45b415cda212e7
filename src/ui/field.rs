//! Fields with their labels, which have an undo of their own and leave the document's alone.

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// A line of text.
pub(crate) fn text_field(class: &'static str, label: &'static str, value: RwSignal<String>) -> AnyView {
    view! {
        <label class=class>
            <span>{label}</span>
            <input
                type="text"
                class="input"
                data-written=value.get_untracked()
                prop:value=move || value.get()
                on:input:target=move |event| value.set(event.target().value())
            />
        </label>
    }
    .into_any()
}

/// Words to search for. `class` is added to that of all search fields.
pub(crate) fn search_field(
    class: &'static str,
    id: Option<&'static str>,
    label: &'static str,
    hint: &'static str,
    query: RwSignal<String>,
) -> AnyView {
    view! {
        <label class=format!("search {class}")>
            {icon(Icon::Search)}
            <input
                id=id
                type="search"
                class="input"
                aria-label=label
                placeholder=hint
                data-written=""
                prop:value=move || query.get()
                on:input:target=move |event| query.set(event.target().value())
            />
        </label>
    }
    .into_any()
}
