//! The marked line of a list that a field leads by keys: the field keeps the focus, and says which line is meant.

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;

/// Lines that a page key goes on by.
const PAGE: usize = 8;

/// Which line of a list is marked. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Marked {
    list: &'static str,
    /// Where somebody has gone.
    led: RwSignal<Option<usize>>,
    /// Whether the first line is marked before that.
    begins: Signal<bool>,
}

impl Marked {
    /// For the list with that id, of which the first line is marked while `begins` holds and nobody has gone elsewhere.
    pub(crate) fn new(list: &'static str, begins: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        let own = Self { list, led: RwSignal::new(None), begins: Signal::derive(begins) };
        Effect::new(move |_| {
            let Some(at) = own.at() else { return };
            // It may be drawn with the next frame only.
            if !own.show(at) {
                request_animation_frame(move || _ = own.show(at));
            }
        });
        own
    }

    /// The marked line.
    pub(crate) fn at(self) -> Option<usize> {
        self.led.get().or_else(|| self.begins.get().then_some(0))
    }

    /// As [`Marked::at`], once.
    pub(crate) fn now(self) -> Option<usize> {
        untrack(|| self.at())
    }

    /// Marks a line.
    pub(crate) fn mark(self, at: usize) {
        if self.led.get_untracked() != Some(at) {
            self.led.set(Some(at));
        }
    }

    /// As when nobody has gone anywhere, as where other lines are found.
    pub(crate) fn begin(self) {
        if self.led.get_untracked().is_some() {
            self.led.set(None);
        }
    }

    /// Goes where the key says in a list of `count` lines. `false`: it is another key.
    pub(crate) fn key(self, event: &KeyboardEvent, count: usize) -> bool {
        let (Some(last), now) = (count.checked_sub(1), self.now()) else { return false };
        let to = match event.key().as_str() {
            "ArrowDown" => now.map_or(0, |at| if at < last { at + 1 } else { 0 }),
            "ArrowUp" => now.map_or(last, |at| at.checked_sub(1).unwrap_or(last)),
            "PageDown" => now.map_or(0, |at| at + PAGE).min(last),
            "PageUp" => now.map_or(0, |at| at.saturating_sub(PAGE)),
            _ => return false,
        };
        event.prevent_default();
        self.mark(to.min(last));
        true
    }

    /// As [`Marked::key`], for a list that stands in columns. To the sides it goes when the caret of the field has no use
    /// for the key, and to either end while nothing is typed.
    pub(crate) fn key_in_columns(self, event: &KeyboardEvent, count: usize) -> bool {
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
        let (Some(last), false) = (count.checked_sub(1), has_modifier) else { return false };
        let caret = caret(event);
        let columns = self.columns(count);
        let (now, own) = (self.now(), self.now().unwrap_or_default());
        // The last line that stands below `at`.
        let lowest = |at: usize| at + (last.saturating_sub(at)) / columns * columns;
        let to = match event.key().as_str() {
            "ArrowDown" | "ArrowRight" | "PageDown" if now.is_none() => 0,
            "ArrowDown" if own + columns <= last => own + columns,
            // Below it the row is shorter.
            "ArrowDown" if own / columns < last / columns => last,
            "ArrowDown" => own % columns,
            "ArrowUp" if own >= columns => own - columns,
            "ArrowUp" => lowest(own % columns),
            "PageDown" => (own + PAGE / columns.min(PAGE) * columns).min(lowest(own % columns)),
            "PageUp" => own.saturating_sub(PAGE / columns.min(PAGE) * columns).max(own % columns),
            "ArrowRight" if caret.is_at_end => (own + 1).min(last),
            "ArrowLeft" if caret.is_at_start => own.saturating_sub(1),
            "Home" if caret.is_at_start && caret.is_at_end => 0,
            "End" if caret.is_at_start && caret.is_at_end => last,
            _ => return false,
        };
        event.prevent_default();
        self.mark(to);
        true
    }

    /// How many of the lines stand beside each other.
    fn columns(self, count: usize) -> usize {
        let top =
            |at: usize| Some(document().get_element_by_id(&self.id(at))?.get_bounding_client_rect().top());
        let first = top(0);
        1 + (1..count).take_while(|at| first.is_some() && top(*at) == first).count()
    }

    /// The id of a line.
    pub(crate) fn id(self, at: usize) -> String {
        format!("{}-{at}", self.list)
    }

    /// For `aria-activedescendant` of the field, while the list has `count` lines.
    pub(crate) fn active(self, count: usize) -> Option<String> {
        self.at().filter(|at| *at < count).map(|at| self.id(at))
    }

    /// For `aria-selected` of a line.
    pub(crate) fn is(self, at: usize) -> &'static str {
        if self.at() == Some(at) { "true" } else { "false" }
    }

    fn show(self, at: usize) -> bool {
        let line = document().get_element_by_id(&self.id(at));
        if let Some(line) = &line {
            let how = web_sys::ScrollIntoViewOptions::new();
            how.set_block(web_sys::ScrollLogicalPosition::Nearest);
            line.scroll_into_view_with_scroll_into_view_options(&how);
        }
        line.is_some()
    }
}

/// Where the caret of a field is.
struct Caret {
    is_at_start: bool,
    is_at_end: bool,
}

/// The caret of the field that got the key; with something selected it is at neither end.
fn caret(event: &KeyboardEvent) -> Caret {
    let field = event_target::<web_sys::HtmlInputElement>(event);
    let from = field.selection_start().ok().flatten();
    let to = field.selection_end().ok().flatten();
    let units = u32::try_from(field.value().encode_utf16().count()).unwrap_or(u32::MAX);
    Caret {
        is_at_start: from == Some(0) && to == Some(0),
        is_at_end: from == Some(units) && to == Some(units),
    }
}

/// A press on a line leaves the focus in the field.
pub(crate) fn stays(event: MouseEvent) {
    event.prevent_default();
}
