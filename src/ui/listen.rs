//! Listening to the whole page.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Does something before anything else answers one of these events, as long as the page lives.
pub(crate) fn listen_first(kinds: &[&str], run: impl Fn(&web_sys::Event) + 'static) {
    let run = Closure::<dyn Fn(web_sys::Event)>::new(move |event| run(&event));
    for kind in kinds {
        let run = run.as_ref().unchecked_ref();
        let _ = document().add_event_listener_with_callback_and_bool(kind, run, true);
    }
    run.forget();
}
