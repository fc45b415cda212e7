//! What changes from one text to another, line by line.

use leptos::prelude::*;
use stepladder_workflow::diff;

use crate::views::changes::rows_below;

/// The changes from `old` to `new`; `name` is the file's.
pub(crate) fn diff(name: &str, old: &str, new: &str) -> AnyView {
    let hunks: Vec<_> = diff::hunks(old, new, diff::AROUND)
        .iter()
        .map(|hunk| view! { <tbody>{rows_below(&hunk.lines)}</tbody> }.into_any())
        .collect();
    view! {
        <div class="diff-scroll" tabindex="0" role="region" aria-label=format!("Changes of {name}")>
            <table class="diff">{hunks}</table>
        </div>
    }
    .into_any()
}
