//! Choices with their words beside them: one of several, or each by itself.

use leptos::prelude::*;

/// One of several choices; `hint` says more about it, in a quieter voice.
pub(crate) fn radio(
    group: &'static str,
    label: impl IntoView,
    hint: &'static str,
    is_chosen: impl Fn() -> bool + Send + Sync + 'static,
    choose: impl Fn() + 'static,
) -> AnyView {
    let hint = (!hint.is_empty()).then(|| view! { <span class="muted">{format!(" – {hint}")}</span> });
    view! {
        <label class="choice">
            <input type="radio" name=group prop:checked=is_chosen on:change=move |_| choose() />
            <span>{label} {hint}</span>
        </label>
    }
    .into_any()
}

/// A choice by itself.
pub(crate) fn tick(
    label: impl IntoView,
    is_chosen: impl Fn() -> bool + Send + Sync + 'static,
    change: impl Fn(bool) + 'static,
) -> AnyView {
    view! {
        <label class="choice">
            <input
                type="checkbox"
                prop:checked=is_chosen
                on:change:target=move |event| change(event.target().checked())
            />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// Choices that belong together, below their title.
pub(crate) fn choices(title: &'static str, rows: impl IntoView) -> AnyView {
    view! {
        <fieldset class="choices">
            <legend>{title}</legend>
            {rows}
        </fieldset>
    }
    .into_any()
}
