//! Where the list stands: below its button, or above it where there is more room, and within the screen.

use leptos::html::{Button, Div};
use leptos::prelude::*;

use super::super::anchored::anchored;

/// How wide it is where there is room, and at least, however narrow its pane is; how far it stays from the borders, in CSS
/// pixels.
const WIDTH: f64 = 400.0;
const LEAST: f64 = 300.0;
const EDGE: f64 = 8.0;
const GAP: f64 = 4.0;
/// As much room is enough below the button.
const ENOUGH: f64 = 280.0;
const MOST: f64 = 420.0;

/// Shows `panel` at `opener`, above everything else, and keeps it there while the page moves.
pub(super) fn placed(panel: NodeRef<Div>, opener: NodeRef<Button>) {
    anchored(panel, move |panel, _| {
        if let Some(Some(opener)) = opener.try_get_untracked() {
            stand(panel, &opener);
        }
    });
}

/// As wide as its longest line.
fn own_width(panel: &web_sys::HtmlElement) -> f64 {
    let style = web_sys::HtmlElement::style(panel);
    let before = style.get_property_value("width").unwrap_or_default();
    let _ = style.set_property("width", "max-content");
    let width = panel.get_bounding_client_rect().width().ceil();
    let _ = style.set_property("width", &before);
    width
}

fn stand(panel: &web_sys::HtmlElement, opener: &web_sys::HtmlElement) {
    let size =
        |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|v| v.as_f64()).unwrap_or_default();
    let (width, height) = (size(window().inner_width()), size(window().inner_height()));
    let at = opener.get_bounding_client_rect();
    // Within its pane where there is room, so that it covers nothing of another.
    let pane = opener.closest(".pane-body").ok().flatten().map(|pane| pane.get_bounding_client_rect());
    let room = pane.map_or(WIDTH, |pane| (pane.right() - EDGE - at.left()).max(LEAST));
    let most_wide = WIDTH.min(room).max(at.width()).min(width - 2.0 * EDGE);
    // A short list is as wide as its words.
    let is_short = panel.query_selector("input").is_ok_and(|search| search.is_none());
    let wide = if is_short { own_width(panel).max(at.width()).min(most_wide) } else { most_wide };
    let left = at.left().min(width - wide - EDGE).max(EDGE);
    let (below, above) = (height - at.bottom() - GAP - EDGE, at.top() - GAP - EDGE);
    let is_below = below >= ENOUGH || below >= above;
    let most = if is_below { below } else { above }.clamp(0.0, MOST);
    let pixels = |value: f64| format!("{value}px");
    let (top, bottom) = if is_below {
        (pixels(at.bottom() + GAP), "auto".to_owned())
    } else {
        ("auto".to_owned(), pixels(height - at.top() + GAP))
    };
    let style = web_sys::HtmlElement::style(panel);
    for (name, value) in [
        ("left", pixels(left)),
        ("width", pixels(wide)),
        ("max-height", pixels(most)),
        ("top", top),
        ("bottom", bottom),
    ] {
        let _ = style.set_property(name, &value);
    }
}
