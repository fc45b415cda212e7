//! A bar between two panes that moves their border.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// How far an arrow key moves the border, in CSS pixels.
const KEY_STEP: f64 = 24.0;

/// Which way the border runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Border {
    /// Between panes side by side; it moves left and right.
    Vertical,
    /// Between panes one above the other; it moves up and down.
    Horizontal,
}

/// The bar. `moved` gets the way since the last call in CSS pixels, right and down being positive; `value` is the
/// share of the first pane in percent; a double click calls `reset`.
pub(crate) fn splitter(
    border: Border,
    label: &'static str,
    value: impl Fn() -> f64 + Send + Sync + 'static,
    moved: impl Fn(f64) + Copy + 'static,
    reset: impl Fn() + 'static,
) -> AnyView {
    let last = StoredValue::new(None::<f64>);
    let place = move |event: &PointerEvent| match border {
        Border::Vertical => f64::from(event.client_x()),
        Border::Horizontal => f64::from(event.client_y()),
    };
    let down = move |event: PointerEvent| {
        if let Some(bar) = event.current_target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()) {
            let _ = bar.set_pointer_capture(event.pointer_id());
        }
        event.prevent_default();
        last.set_value(Some(place(&event)));
    };
    let drag = move |event: PointerEvent| {
        if let Some(from) = last.get_value() {
            let to = place(&event);
            last.set_value(Some(to));
            moved(to - from);
        }
    };
    let key = move |event: KeyboardEvent| {
        let step = match (border, event.key().as_str()) {
            (Border::Vertical, "ArrowLeft") | (Border::Horizontal, "ArrowUp") => -KEY_STEP,
            (Border::Vertical, "ArrowRight") | (Border::Horizontal, "ArrowDown") => KEY_STEP,
            _ => return,
        };
        event.prevent_default();
        moved(step);
    };
    let (class, orientation) = match border {
        Border::Vertical => ("splitter", "vertical"),
        Border::Horizontal => ("splitter splitter-flat", "horizontal"),
    };
    view! {
        <div
            class=class
            role="separator"
            aria-orientation=orientation
            aria-label=label
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || format!("{:.0}", value())
            tabindex="0"
            on:pointerdown=down
            on:pointermove=drag
            on:pointerup=move |_| last.set_value(None)
            on:pointercancel=move |_| last.set_value(None)
            on:keydown=key
            on:dblclick=move |_| reset()
        ></div>
    }
    .into_any()
}
