//! Sentences with code in them.

use leptos::prelude::*;

/// A sentence whose parts in backquotes are shown as code.
#[must_use]
pub(crate) fn with_code(sentence: &str) -> Vec<AnyView> {
    let parts = sentence.split('`').enumerate();
    let parts = parts.map(|(at, part)| {
        let part = part.to_owned();
        if at % 2 == 1 { view! { <code>{part}</code> }.into_any() } else { part.into_any() }
    });
    parts.collect()
}
