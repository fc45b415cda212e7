//! A row of a list: an icon, a head, what is to be said of it, and what can be done about it.

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// The row. `word` says what the icon means to those who do not see it; `class` is added to that of the icon.
pub(crate) fn row(
    class: &'static str,
    glyph: Icon,
    word: &'static str,
    head: impl IntoView,
    body: impl IntoView,
    actions: Option<AnyView>,
) -> AnyView {
    let word = (!word.is_empty()).then(|| view! { <span class="visually-hidden">{word} ": "</span> });
    view! {
        <li class="row row-tall">
            <span class=format!("row-icon {class}")>{icon(glyph)} {word}</span>
            <div class="row-body">
                <p class="row-head">{head}</p>
                {body}
            </div>
            {actions.map(|actions| view! { <div class="row-actions">{actions}</div> })}
        </li>
    }
    .into_any()
}
