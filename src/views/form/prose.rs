//! Short texts of the tables as views.

use leptos::prelude::*;

/// The text with its `code` set as code. Everything is text to the page.
pub(super) fn prose(text: &str) -> AnyView {
    text.split('`')
        .enumerate()
        .map(|(at, part)| {
            let part = part.to_owned();
            if at % 2 == 1 { view! { <code>{part}</code> }.into_any() } else { part.into_any() }
        })
        .collect::<Vec<_>>()
        .into_any()
}

/// The text without its backticks, for tooltips.
pub(super) fn plain(text: &str) -> String {
    text.replace('`', "")
}
