//! Buttons.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::icon::{Icon, icon};

/// A square button that shows an icon only; `label` is its name and its tooltip.
pub(crate) fn icon_button(
    glyph: Icon,
    label: impl Into<TextProp>,
    disabled: impl Fn() -> bool + Send + Sync + 'static,
    click: impl Fn(MouseEvent) + 'static,
) -> AnyView {
    let label: TextProp = label.into();
    let title = label.clone();
    view! {
        <button
            type="button"
            class="button button-icon"
            aria-label=move || label.get()
            title=move || title.get()
            disabled=disabled
            on:click=click
        >
            {icon(glyph)}
        </button>
    }
    .into_any()
}

/// A button with an icon and words. `class` adds to `button`: `button-primary`, `button-quiet`, `button-danger`.
pub(crate) fn button(
    class: &'static str,
    glyph: Option<Icon>,
    label: impl Into<TextProp>,
    click: impl Fn(MouseEvent) + 'static,
) -> AnyView {
    let label: TextProp = label.into();
    view! {
        <button type="button" class=format!("button {class}") on:click=click>
            {glyph.map(icon)}
            <span>{move || label.get()}</span>
        </button>
    }
    .into_any()
}
