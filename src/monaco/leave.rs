//! The way out of the YAML editor by keys: there Tab indents, but after Esc it moves the focus on. In the editors of scripts,
//! which are fields of a form, it always does.

use std::cell::{Cell, RefCell};

use leptos::ev::KeyboardEvent;
use leptos::prelude::use_context;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::sys::{Editor, object};
use crate::session::Session;
use crate::ui::toast::Tone;

/// What is said of it where an editor is named.
pub(super) const WAY: &str = "Tab indents; Escape, then Tab leaves";
/// What Esc closes first.
const OPEN: &str =
    ".suggest-widget.visible, .parameter-hints-widget.visible, .find-widget.visible, .rename-box";

thread_local! {
    /// The editors in which Tab indents, each with a number.
    static EDITORS: RefCell<Vec<(u32, Editor)>> = const { RefCell::new(Vec::new()) };
    static NUMBER: Cell<u32> = const { Cell::new(0) };
    /// Whether Tab moves the focus in all of them, as somebody has chosen.
    static MOVES: Cell<bool> = const { Cell::new(false) };
}

/// The way out of one editor, as long as this is kept.
pub(super) struct Leave {
    number: u32,
    place: HtmlElement,
    listen: Closure<dyn FnMut(web_sys::Event)>,
}

const KINDS: [&str; 3] = ["keydown", "focusout", "mousedown"];

impl Leave {
    /// For the editor that was put into `place`.
    pub(super) fn new(editor: &Editor, place: &HtmlElement) -> Self {
        let number = NUMBER.get();
        NUMBER.set(number.wrapping_add(1));
        EDITORS.with_borrow_mut(|all| all.push((number, editor.clone())));
        set(editor, MOVES.get());
        let moves = Cell::new(false);
        let own = editor.clone();
        let session = use_context::<Session>();
        let listen = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            let key = event.dyn_ref::<KeyboardEvent>();
            // Monaco has these keys for the same, and tells nobody that they were pressed.
            if let (Some(session), true) = (session, key.is_some_and(toggles)) {
                event.prevent_default();
                event.stop_propagation();
                return toggle(session);
            }
            let now = match key.map(KeyboardEvent::key).as_deref() {
                Some("Escape") => !is_open(),
                Some("Tab" | "Shift") => return,
                _ => false,
            };
            if moves.replace(now) != now {
                set(&own, now || MOVES.get());
            }
        });
        for kind in KINDS {
            let listen = listen.as_ref().unchecked_ref();
            let _ = place.add_event_listener_with_callback_and_bool(kind, listen, true);
        }
        Self { number, place: place.clone(), listen }
    }
}

impl Drop for Leave {
    fn drop(&mut self) {
        EDITORS.with_borrow_mut(|all| all.retain(|(number, _)| *number != self.number));
        for kind in KINDS {
            let listen = self.listen.as_ref().unchecked_ref();
            let _ = self.place.remove_event_listener_with_callback_and_bool(kind, listen, true);
        }
    }
}

/// Lets Tab move the focus in all editors from now on, or indent again.
pub(crate) fn toggle(session: Session) {
    let moves = !MOVES.get();
    MOVES.set(moves);
    EDITORS.with_borrow(|all| all.iter().for_each(|(_, editor)| set(editor, moves)));
    let told =
        if moves { "Tab moves the focus out of the editor now" } else { "Tab indents in the editor now" };
    session.toaster.show(Tone::Done, told, None);
}

fn set(editor: &Editor, moves: bool) {
    editor.update_options(&object(&[("tabFocusMode", moves.into())]));
}

/// Ctrl+M; Ctrl+Shift+M on a Mac.
fn toggles(event: &KeyboardEvent) -> bool {
    event.ctrl_key() && !event.alt_key() && !event.meta_key() && event.code() == "KeyM"
}

fn is_open() -> bool {
    leptos::prelude::document().query_selector(OPEN).is_ok_and(|found| found.is_some())
}
