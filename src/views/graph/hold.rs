//! What the keys act on while cards come and go, and the caret that nobody sees.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Node};

use super::Graph;
use super::gestures::card_of;

/// Gives the keys to a neighbour when the job goes that they act on, so that the graph can always be entered. The focus of
/// the browser goes along: a card is only a place among others, where another job may be now.
pub(super) fn keys(graph: Graph) {
    Effect::new(move |before: Option<(u32, usize)>| {
        let opened = graph.session.opened.get();
        let id = graph.focus.get();
        let (node, last) = graph.model.with(|model| {
            let node = if id.is_empty() { Some(0) } else { model.graph.job(&id) };
            (node, model.graph.nodes.len().saturating_sub(1))
        });
        let node = node.unwrap_or_else(|| {
            let node = before.filter(|(file, _)| *file == opened).map_or(0, |(_, node)| node.min(last));
            graph.focus.set(graph.id_of(node));
            node
        });
        if is_elsewhere(node) && !graph.take_focus(node) {
            request_animation_frame(move || {
                // Somebody may have gone on by then.
                if is_elsewhere(graph.focused()) {
                    graph.take_focus(graph.focused());
                }
            });
        }
        (opened, node)
    });
}

/// Whether another card than that one has the focus of the browser.
fn is_elsewhere(node: usize) -> bool {
    let focused = document().active_element().filter(|element| element.class_list().contains("graph-card"));
    focused.as_ref().and_then(card_of).is_some_and(|at| at != node)
}

/// Before there are only `count` cards: takes the focus of the browser out of one that goes, since it would be nowhere
/// then. Gives `count` back.
pub(super) fn while_cards_go(graph: Graph, count: usize) -> usize {
    let focused = document().active_element().as_ref().and_then(card_of);
    if focused.is_some_and(|node| node >= count) {
        request_animation_frame(move || {
            if document().active_element().is_none_or(|element| element.tag_name() == "BODY") {
                graph.focus_card(graph.focused());
            }
        });
    }
    count
}

/// Keeps the caret out of the graph, as [`lose_caret`] does, where a press of the mouse would put it.
pub(super) fn no_caret() {
    let changed = Closure::<dyn FnMut()>::new(lose_caret);
    let _ = document().add_event_listener_with_callback("selectionchange", changed.as_ref().unchecked_ref());
    let listening = StoredValue::new_local(changed);
    on_cleanup(move || {
        listening.with_value(|changed| {
            let _ = document()
                .remove_event_listener_with_callback("selectionchange", changed.as_ref().unchecked_ref());
        });
    });
}

/// Takes the caret out of the graph, where nothing can be selected, and typed only in a field. In each frame the browser
/// would seek a place for it through all cards. That it is left where a field was, no event tells.
pub(super) fn lose_caret() {
    let Ok(Some(selection)) = document().get_selection() else { return };
    if selection.range_count() == 0 || document().active_element().is_some_and(|at| is_field(&at)) {
        return;
    }
    let element = selection.anchor_node().and_then(element_of);
    if element.is_some_and(|element| element.closest(".graph").is_ok_and(|graph| graph.is_some())) {
        let _ = selection.remove_all_ranges();
    }
}

fn is_field(element: &Element) -> bool {
    element.matches("input, textarea").unwrap_or(false)
}

fn element_of(node: Node) -> Option<Element> {
    node.dyn_into::<Element>().map_or_else(|node| node.parent_element(), Some)
}
