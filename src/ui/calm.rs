//! What stands below a field is left as it is while somebody types there: it is told what is wrong, or what an expression
//! holds, once they rest or leave, so that nothing jumps between two letters.

use std::cell::Cell;
use std::time::Duration;

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use crate::storage;

/// How long somebody rests who is not on the way to the next letter, in milliseconds.
const REST: f64 = 700.0;
/// How often it is looked whether they do.
const LOOK: Duration = Duration::from_millis(100);
/// Where fields are that have something below them.
const FORM: &str = ".form";

thread_local! {
    /// When the last letter was typed into a form; in milliseconds.
    static LETTER: Cell<f64> = const { Cell::new(f64::NEG_INFINITY) };
}

/// Listens to what is typed, as long as the page lives.
pub(crate) fn listen() {
    let typed = |event: &Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.closest(FORM).is_ok_and(|form| form.is_some())) {
            LETTER.set(storage::now());
        }
    };
    let input = window_event_listener(ev::input, move |event| typed(&event));
    // The editor of scripts has its own way of taking letters.
    let key = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let key = event.key();
        let writes = key.chars().count() == 1 || matches!(key.as_str(), "Backspace" | "Delete");
        if writes && !event.ctrl_key() && !event.meta_key() {
            typed(&event);
        }
    });
    let left = window_event_listener(ev::focusout, |_| LETTER.set(f64::NEG_INFINITY));
    on_cleanup(move || [input, key, left].into_iter().for_each(|listener| listener.remove()));
}

fn is_typing() -> bool {
    storage::now() - LETTER.get() < REST
}

/// Follows `source`: at once, or once somebody who types into a form rests or leaves the field.
pub(crate) fn calm<T: Clone + PartialEq + Send + Sync + 'static>(source: Memo<T>) -> ReadSignal<T> {
    let (shown, set) = signal(source.get_untracked());
    let waits = StoredValue::new(false);
    Effect::new(move |begun: Option<()>| {
        source.track();
        if begun.is_some() && !waits.get_value() {
            waits.set_value(true);
            follow(source, shown, set, waits);
        }
    });
    shown
}

fn follow<T: Clone + PartialEq + Send + Sync + 'static>(
    source: Memo<T>,
    shown: ReadSignal<T>,
    set: WriteSignal<T>,
    waits: StoredValue<bool>,
) {
    if is_typing() {
        return set_timeout(move || follow(source, shown, set, waits), LOOK);
    }
    // The form may have gone in the meantime.
    let Some(value) = source.try_get_untracked() else { return };
    waits.try_set_value(false);
    if shown.try_with_untracked(|shown| *shown != value) == Some(true) {
        let _ = set.try_set(value);
    }
}
