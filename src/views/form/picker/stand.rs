//! Where the builder stands: below its button, or above it where there is more room, and within its pane. It keeps its
//! height and its place, whatever is typed in it.

use leptos::html::{Button, Div};
use leptos::prelude::*;

use super::place::Target;
use crate::ui::anchored::{Moved, anchored, visual_viewport};

/// How wide it is where there is room, and at least, however narrow its pane is; how far it stays from the borders, in CSS
/// pixels.
const WIDTH: f64 = 416.0;
const LEAST_WIDTH: f64 = 300.0;
const EDGE: f64 = 8.0;
const GAP: f64 = 4.0;
/// How high it is where there is room; as much below the button is enough, and less than the last is too little.
const MOST: f64 = 480.0;
const ENOUGH: f64 = 360.0;
const LEAST: f64 = 240.0;

/// A part of a line, from the left or from the top.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Span {
    from: f64,
    to: f64,
}

impl Span {
    fn size(self) -> f64 {
        self.to - self.from
    }

    fn within(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), to: self.to.min(other.to) }
    }

    /// Without its borders.
    fn inner(self) -> Self {
        Self { from: self.from + EDGE, to: self.to - EDGE }
    }

    /// Where something of that size begins that should begin at `from`, so that it is within.
    fn kept(self, from: f64, size: f64) -> f64 {
        from.min(self.to - size).max(self.from)
    }
}

/// What the builder keeps while it is open.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Stand {
    /// What it stays within.
    room: Span,
    is_below: bool,
    height: f64,
}

impl Stand {
    /// Beside what stands `at`, in its pane if there is room, else in the window.
    fn beside(at: Span, pane: Span, seen: Span) -> Self {
        let sides = |room: Span| (room.to - at.to - GAP, at.from - GAP - room.from);
        let narrow = pane.within(seen).inner();
        let (below, above) = sides(narrow);
        let room = if below.max(above).min(narrow.size()) >= LEAST { narrow } else { seen.inner() };
        let (below, above) = sides(room);
        let is_below = below >= ENOUGH || below >= above;
        let side = if is_below { below } else { above };
        // Where neither is enough, it covers the button.
        Self { room, is_below, height: side.clamp(LEAST, MOST).min(room.size()) }
    }

    /// Where it begins, as long as it is beside what stands `at`.
    fn top(self, at: Span) -> f64 {
        let from = if self.is_below { at.to + GAP } else { at.from - GAP - self.height };
        self.room.kept(from, self.height)
    }
}

/// Shows `panel` at `opener` and keeps it there: flush with the right end of a button, and with the left one of a chip.
pub(super) fn stand(panel: NodeRef<Div>, opener: NodeRef<Button>, target: Target) {
    let kept = StoredValue::new(None::<Stand>);
    anchored(panel, move |panel, moved| {
        let Some(Some(opener)) = opener.try_get_untracked() else { return };
        let seen = seen();
        let (pane_across, pane_down) = pane(&opener);
        let rect = opener.get_bounding_client_rect();
        let at = Span { from: rect.top(), to: rect.bottom() };
        let fresh = || Stand::beside(at, pane_down, seen);
        let before = kept.try_get_value().flatten();
        let stand = match (moved, before) {
            (Moved::Scrolled, Some(before)) => before,
            // A keyboard that covers nothing of it lets it be.
            (Moved::Keyboard, Some(before)) if before.top(at) + before.height <= seen.to => return,
            _ => fresh(),
        };
        kept.try_set_value(Some(stand));
        let across = Span { from: 0.0, to: inner("innerWidth") };
        let wide = (pane_across.size() - 2.0 * EDGE).clamp(LEAST_WIDTH, WIDTH).min(across.inner().size());
        let from = if target == Target::Caret { rect.right() - wide } else { rect.left() };
        let left = across.inner().kept(pane_across.inner().kept(from, wide), wide);
        let style = web_sys::HtmlElement::style(panel);
        for (name, value) in
            [("left", left), ("width", wide), ("top", stand.top(at)), ("height", stand.height)]
        {
            let _ = style.set_property(name, &format!("{value}px"));
        }
    });
}

/// The pane around an element, across and down; without one, all of the window.
fn pane(element: &web_sys::Element) -> (Span, Span) {
    let pane = element.closest(".pane-body").ok().flatten().map(|pane| pane.get_bounding_client_rect());
    match pane {
        Some(pane) => {
            (Span { from: pane.left(), to: pane.right() }, Span { from: pane.top(), to: pane.bottom() })
        }
        None => (Span { from: 0.0, to: inner("innerWidth") }, Span { from: 0.0, to: inner("innerHeight") }),
    }
}

/// What is seen of the window from top to bottom, above the keyboard of a screen.
fn seen() -> Span {
    let whole = Span { from: 0.0, to: inner("innerHeight") };
    let Some(visual) = visual_viewport() else { return whole };
    // Who looks at a part of the page through a glass has the rest beside it.
    if number(&visual, "scale").is_none_or(|scale| (scale - 1.0).abs() > 0.01) {
        return whole;
    }
    match (number(&visual, "offsetTop"), number(&visual, "height")) {
        (Some(from), Some(height)) => Span { from, to: from + height },
        _ => whole,
    }
}

/// A measure of the window.
fn inner(name: &str) -> f64 {
    number(window().as_ref(), name).unwrap_or_default()
}

fn number(of: &wasm_bindgen::JsValue, name: &str) -> Option<f64> {
    js_sys::Reflect::get(of, &name.into()).ok()?.as_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEN: Span = Span { from: 0.0, to: 900.0 };
    const PANE: Span = Span { from: 90.0, to: 860.0 };

    #[track_caller]
    fn check(at: f64, pane: Span, seen: Span, is_below: bool, span: (f64, f64)) {
        let at = Span { from: at, to: at + 24.0 };
        let stand = Stand::beside(at, pane, seen);
        assert_eq!((stand.is_below, stand.top(at), stand.top(at) + stand.height), (is_below, span.0, span.1));
    }

    #[test]
    fn it_stands_where_there_is_room_and_within_its_pane() {
        check(120.0, PANE, SEEN, true, (148.0, 628.0));
        // Room enough is below, though there is more above.
        check(460.0, PANE, SEEN, true, (488.0, 852.0));
        check(600.0, PANE, SEEN, false, (116.0, 596.0));
        check(800.0, PANE, SEEN, false, (316.0, 796.0));
        // A pane that is low: then the window.
        let low = Span { from: 90.0, to: 390.0 };
        check(240.0, low, SEEN, true, (268.0, 748.0));
        // Above a keyboard, over the button.
        check(200.0, low, Span { from: 0.0, to: 400.0 }, false, (8.0, 248.0));
        check(700.0, PANE, Span { from: 0.0, to: 200.0 }, false, (8.0, 192.0));
    }

    #[test]
    fn it_stays_within_while_its_button_is_scrolled_away() {
        let at = |from: f64| Span { from, to: from + 24.0 };
        let stand = Stand::beside(at(600.0), PANE, SEEN);
        assert_eq!(stand.top(at(590.0)), 106.0);
        assert_eq!(stand.top(at(-300.0)), 98.0);
        assert_eq!(stand.top(at(2000.0)), 372.0);
    }
}
