//! A press that nobody will end here: a dialog has opened above it, the window is left, or the pointer came up elsewhere.

use leptos::ev::{self, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, EventTarget};

use super::{Graph, touch};

/// Lets go, without effect, of all that a pointer holds.
pub(super) fn let_go(graph: Graph) {
    touch::end(graph);
    if graph.lifted.with_untracked(Option::is_some) {
        graph.lifted.set(None);
    }
    // What keys draw goes on: no pointer holds it.
    if graph.connection.with_untracked(|c| c.as_ref().is_some_and(|c| c.end.is_some())) {
        graph.connection.set(None);
    }
    graph.hand.update_value(|hand| {
        hand.moved |= !hand.pointers.is_empty();
        hand.pointers.clear();
        (hand.step, hand.job) = (None, None);
        hand.page = None;
    });
}

/// Whether the pointer has come up where nobody saw it. What it held is let go of then.
pub(super) fn came_up(graph: Graph, event: &PointerEvent) -> bool {
    let up = event.buttons() == 0;
    if up {
        let_go(graph);
    }
    up
}

/// The view no longer gets what the pointer does.
pub(super) fn capture(graph: Graph, event: &PointerEvent) {
    // A finger is taken by the view from the card on which it went down.
    let own = |target: EventTarget| {
        let target = target.dyn_into::<Element>().ok();
        target.is_some_and(|target| target.class_list().contains("graph-view"))
    };
    if event.target().is_some_and(own) {
        let_go(graph);
    }
}

/// Lets go when a dialog opens, which takes the focus, and when the window is left.
pub(super) fn watch(graph: Graph) {
    let left = window_event_listener(ev::blur, move |_| let_go(graph));
    on_cleanup(move || left.remove());
    let focused = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.closest("dialog").is_ok_and(|dialog| dialog.is_some())) {
            let_go(graph);
        }
    });
    let _ = document().add_event_listener_with_callback("focusin", focused.as_ref().unchecked_ref());
    let listening = StoredValue::new_local(focused);
    on_cleanup(move || {
        listening.with_value(|focused| {
            let _ =
                document().remove_event_listener_with_callback("focusin", focused.as_ref().unchecked_ref());
        });
    });
}
