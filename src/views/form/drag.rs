//! The pointer that drags an item of a list to another place: mouse and pen once they move, a finger by the item's grip, or
//! once it has rested on what has none.

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Element;

use crate::ui::finger::{REST, vibrate};

/// A pointer that moves less than this, in CSS pixels, clicks.
const SLACK: f64 = 5.0;

/// What is dragged in one list. Places are from 0.
#[derive(Clone, Copy)]
pub(super) struct Drag {
    /// The place of the item in the hand.
    pub(super) dragged: RwSignal<Option<usize>>,
    /// The place where it would be put.
    pub(super) over: RwSignal<Option<usize>>,
    /// `None` while no pointer is down.
    press: StoredValue<Option<Press>>,
    /// Whether the press that just ended has dragged something, so that the click that follows is none.
    has_dragged: StoredValue<bool>,
}

/// What a pointer that goes down does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grab {
    /// It drags nothing.
    Nothing,
    /// It drags as soon as it moves.
    AtOnce,
    /// It drags once it has rested; one that moves before scrolls.
    Rested,
}

/// A pointer that is down on an item.
#[derive(Clone)]
struct Press {
    at: usize,
    /// Where it went down.
    start: (f64, f64),
    /// Takes the item when the finger has rested.
    rest: Option<TimeoutHandle>,
}

impl Drag {
    pub(super) fn new() -> Self {
        let drag = Self {
            dragged: RwSignal::new(None),
            over: RwSignal::new(None),
            press: StoredValue::new(None),
            has_dragged: StoredValue::new(false),
        };
        drag.let_go_by_key();
        drag
    }

    /// Escape lets go of what is in the hand, and does nothing else then.
    fn let_go_by_key(self) {
        let key = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
            if event.key() == "Escape" && self.dragged.try_get_untracked().flatten().is_some() {
                event.prevent_default();
                event.stop_propagation();
                self.end();
            }
        });
        let listener: js_sys::Function = key.as_ref().unchecked_ref::<js_sys::Function>().clone();
        // Before all others, who would leave the form.
        let _ = window().add_event_listener_with_callback_and_bool("keydown", &listener, true);
        let kept = StoredValue::new_local((key, listener));
        on_cleanup(move || {
            kept.with_value(|(_, listener)| {
                let _ = window().remove_event_listener_with_callback_and_bool("keydown", listener, true);
            });
        });
    }

    /// A pointer has gone down on the item at `at`, which `element` shows.
    pub(super) fn press(self, event: &PointerEvent, at: usize, element: &Element, grab: Grab) {
        self.end();
        self.has_dragged.set_value(false);
        if event.button() != 0 || grab == Grab::Nothing {
            return;
        }
        let (pointer, element) = (event.pointer_id(), SendWrapper::new(element.clone()));
        let take = move || {
            self.take(pointer, &element);
            vibrate();
        };
        let rest = if grab == Grab::Rested { set_timeout_with_handle(take, REST).ok() } else { None };
        self.press.set_value(Some(Press { at, start: place_of(event), rest }));
    }

    /// The item that is pressed is in the hand from now on.
    fn take(self, pointer: i32, element: &Element) {
        let pressed = self.press.try_update_value(|press| {
            press.as_mut().map(|press| {
                press.rest = None;
                press.at
            })
        });
        if let Some(at) = pressed.flatten() {
            self.dragged.set(Some(at));
            self.has_dragged.set_value(true);
            let _ = element.set_pointer_capture(pointer);
        }
    }

    /// The pointer has moved; `over` says which place is below it. `true`: something is in the hand.
    pub(super) fn moves(
        self,
        event: &PointerEvent,
        element: &Element,
        over: impl FnOnce() -> Option<usize>,
    ) -> bool {
        let Some(press) = self.press.get_value() else { return false };
        // It was let go of elsewhere.
        if event.buttons() & 1 == 0 {
            self.end();
            return false;
        }
        if self.dragged.get_untracked().is_none() {
            let ((x, y), (now_x, now_y)) = (press.start, place_of(event));
            if (now_x - x).hypot(now_y - y) < SLACK {
                return false;
            }
            if press.rest.is_some() {
                self.end();
                return false;
            }
            self.take(event.pointer_id(), element);
        }
        event.prevent_default();
        self.over.set(over());
        true
    }

    /// Nothing is in the hand any more. What was, if anything.
    pub(super) fn end(self) -> Option<usize> {
        let press = self.press.try_update_value(Option::take).flatten();
        if let Some(rest) = press.and_then(|press| press.rest) {
            rest.clear();
        }
        self.over.try_set(None);
        self.dragged.try_update(Option::take).flatten()
    }

    /// No click comes of what has dragged something.
    pub(super) fn click(self, event: &MouseEvent) {
        if self.has_dragged.get_value() {
            self.has_dragged.set_value(false);
            event.prevent_default();
            event.stop_propagation();
        }
    }
}

fn place_of(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}
