//! The view follows what a pointer holds at its edge, so that a job out of sight can be reached.

use leptos::prelude::*;

use super::{Graph, gestures, lift};

/// How near to the edge of the view a pointer is that shall go beyond, in CSS pixels, and how far the view moves for each
/// of them with every frame.
const EDGE: f64 = 32.0;
const PULL: f64 = 0.25;

/// What a pointer holds.
#[derive(Clone, Copy)]
enum Held {
    Step,
    Edge,
}

/// Follows until nothing is held any more: neither a step nor the end of an edge.
pub(super) fn begin(graph: Graph) {
    request_animation_frame(move || {
        let Some((held, page)) = held(graph) else { return };
        if let Some(page) = page {
            follow(graph, held, page);
        }
        begin(graph);
    });
}

/// What is held, and where in the window, once it has moved.
fn held(graph: Graph) -> Option<(Held, Option<(i32, i32)>)> {
    if let Some(lifted) = graph.lifted.try_get_untracked()? {
        return Some((Held::Step, lifted.page));
    }
    let draws = graph.connection.try_with_untracked(|c| c.as_ref().is_some_and(|c| c.end.is_some()))?;
    draws.then(|| (Held::Edge, graph.hand.with_value(|hand| hand.page)))
}

fn follow(graph: Graph, held: Held, page: (i32, i32)) {
    let at = gestures::place(graph, page.0, page.1);
    let (width, height) = graph.size.get_untracked();
    let pull = |at: f64, size: f64| ((EDGE - at).max(0.0) - (at - size + EDGE).max(0.0)).clamp(-EDGE, EDGE);
    let (x, y) = (pull(at.0, width) * PULL, pull(at.1, height) * PULL);
    if x == 0.0 && y == 0.0 {
        return;
    }
    let (content, size) = (graph.content(), graph.size.get_untracked());
    graph.glide.set(false);
    graph.camera.update(|camera| *camera = camera.moved(x, y).bounded(content, size));
    match held {
        Held::Step => lift::carry(graph, page, at),
        Held::Edge => gestures::draw(graph, page),
    }
}
