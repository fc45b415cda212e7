//! A message above or between what it is about.

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// Something went wrong; it is read out at once.
pub(crate) fn error(content: impl IntoView) -> AnyView {
    view! {
        <p class="banner banner-error" role="alert">
            {icon(Icon::Error)}
            <span>{content}</span>
        </p>
    }
    .into_any()
}

/// Something to know before going on. `role` is `alert` where it answers what the person did, else `status`.
pub(crate) fn warning(role: &'static str, content: impl IntoView) -> AnyView {
    view! {
        <p class="banner banner-warning" role=role>
            {icon(Icon::Warning)}
            <span>{content}</span>
        </p>
    }
    .into_any()
}
