//! What the hand does: pan, pinch, wheel, click, draw an edge from card to card, and take a step by its line.

use leptos::ev::{MouseEvent, PointerEvent, WheelEvent};
use leptos::prelude::*;
use stepladder_workflow::edits;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Element;

use super::{Graph, act, beside, lift, lost, reach, touch};
use crate::session::Origin;

/// A pointer that moves less than this, in CSS pixels, clicks.
const SLACK: f64 = 4.0;

/// What the pointers are doing.
#[derive(Clone, Debug, Default)]
pub(super) struct Hand {
    /// Pointers that are down: id and place in the view.
    pub(super) pointers: Vec<(i32, f64, f64)>,
    /// Where the first one went down.
    start: (f64, f64),
    /// Whether the hand has moved something, so that the click that follows is none.
    pub(super) moved: bool,
    /// The step whose line the first one went down on, when it can be dragged.
    pub(super) step: Option<stepladder_yaml::Path>,
    /// The card of the job that the first one went down on, elsewhere than on a step.
    pub(super) job: Option<usize>,
    /// Where the pointer that draws an edge is in the window, once it has moved.
    pub(super) page: Option<(i32, i32)>,
    /// The finger that rests on a step.
    pub(super) rest: Option<touch::Rest>,
}

/// An edge that is being drawn, by a pointer or by keys.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Connection {
    /// The card at which it began.
    pub(super) from: usize,
    /// Whether `from` shall be needed (its right side was taken), or shall need (its left side).
    pub(super) forwards: bool,
    /// The free end, in the graph's plane; `None` while keys draw.
    pub(super) end: Option<(f64, f64)>,
    /// The card at the free end.
    pub(super) over: Option<usize>,
    /// Whether the free end is on the card at which it began.
    pub(super) at_home: bool,
    /// Why the card at the free end cannot be taken.
    pub(super) refused: Option<String>,
}

/// Keeps the size of the view up to date.
pub(super) fn measure(graph: Graph) {
    Effect::new(move |_| {
        let Some(view) = graph.view.get() else { return };
        let read = move || {
            if let Some(view) = graph.view.get_untracked() {
                let rect = view.get_bounding_client_rect();
                graph.size.set((rect.width(), rect.height()));
            }
        };
        read();
        let changed = Closure::<dyn FnMut()>::new(read);
        if let Ok(observer) = web_sys::ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            observer.observe(&view);
            let watching = StoredValue::new_local((observer, changed));
            on_cleanup(move || watching.with_value(|(observer, _)| observer.disconnect()));
        }
    });
}

/// Where a pointer is, in the view.
pub(super) fn place(graph: Graph, x: i32, y: i32) -> (f64, f64) {
    let (x, y) = (f64::from(x), f64::from(y));
    graph.view.get_untracked().map_or((x, y), |view| {
        let rect = view.get_bounding_client_rect();
        (x - rect.x(), y - rect.y())
    })
}

fn closest(event: &web_sys::Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}

/// The card that an event happened on.
pub(super) fn card_of(element: &Element) -> Option<usize> {
    element.closest("[data-node]").ok()??.get_attribute("data-node")?.parse().ok()
}

pub(super) fn down(graph: Graph, event: &PointerEvent) {
    if event.button() != 0 && event.button() != 1 || closest(event, "input, .graph-edge-tools").is_some() {
        return;
    }
    let (x, y) = place(graph, event.client_x(), event.client_y());
    graph.glide.set(false);
    beside::hush(graph);
    if let Some(port) = closest(event, "[data-port]") {
        let forwards = port.get_attribute("data-port").as_deref() == Some("out");
        if let Some(from) = card_of(&port) {
            event.prevent_default();
            graph.hand.update_value(|hand| (hand.moved, hand.page) = (false, None));
            capture(graph, event);
            begin_edge(graph, (from, forwards), (x, y));
        }
        return;
    }
    let step = lift::grabbed(closest(event, "[data-step]"));
    let alone = graph.hand.with_value(|hand| hand.pointers.is_empty());
    touch::begin(graph, event, step.clone().filter(|_| alone), (x, y));
    // A finger that does not rest moves the view, and so does the middle button.
    let draws = event.pointer_type() != "touch" && event.button() == 0;
    let step = step.filter(|_| draws);
    let job =
        closest(event, "[data-job]").filter(|_| draws && step.is_none()).and_then(|card| card_of(&card));
    graph.hand.update_value(|hand| {
        hand.pointers.retain(|(id, ..)| *id != event.pointer_id());
        hand.pointers.push((event.pointer_id(), x, y));
        if hand.pointers.len() == 1 {
            hand.start = (x, y);
            hand.moved = false;
            (hand.step, hand.job) = (step, job);
        }
    });
}

/// Begins to draw an edge at the side of a card, towards the place `to` of the view.
fn begin_edge(graph: Graph, (from, forwards): (usize, bool), to: (f64, f64)) {
    // The keys too: Escape leaves. The card stays where it was taken.
    graph.give_keys(from);
    let end = Some(graph.camera.get_untracked().to_graph(to.0, to.1));
    graph.connection.set(Some(Connection { from, forwards, end, over: None, at_home: true, refused: None }));
    reach::begin(graph);
}

fn capture(graph: Graph, event: &PointerEvent) {
    if let Some(view) = graph.view.get_untracked() {
        let _ = view.set_pointer_capture(event.pointer_id());
    }
}

pub(super) fn moved(graph: Graph, event: &PointerEvent) {
    if lost::came_up(graph, event) {
        return;
    }
    let (x, y) = place(graph, event.client_x(), event.client_y());
    if graph.connection.with_untracked(|c| c.as_ref().is_some_and(|c| c.end.is_some())) {
        let page = (event.client_x(), event.client_y());
        graph.hand.update_value(|hand| (hand.moved, hand.page) = (true, Some(page)));
        return draw(graph, page);
    }
    if graph.lifted.with_untracked(Option::is_some) {
        if !touch::still_rests(graph, (x, y)) {
            lift::carry(graph, (event.client_x(), event.client_y()), (x, y));
        }
        return;
    }
    let Some((old, new, taken)) = graph
        .hand
        .try_update_value(|hand| {
            let at = hand.pointers.iter().position(|(id, ..)| *id == event.pointer_id())?;
            let old = hand.pointers.clone();
            let far = (x - hand.start.0).hypot(y - hand.start.1) > SLACK || hand.pointers.len() > 1;
            if !hand.moved && !far {
                return None;
            }
            let taken = !hand.moved;
            hand.moved = true;
            hand.pointers[at] = (event.pointer_id(), x, y);
            Some((old, hand.pointers.clone(), taken))
        })
        .flatten()
    else {
        return;
    };
    if taken {
        capture(graph, event);
        touch::end(graph);
        if let Some(step) = graph.hand.try_update_value(|hand| hand.step.take()).flatten() {
            lift::lift(graph, step, (x, y));
            return lift::carry(graph, (event.client_x(), event.client_y()), (x, y));
        }
        // A job that is taken to another one shall wait for it.
        if let Some(job) = graph.hand.try_update_value(|hand| hand.job.take()).flatten() {
            begin_edge(graph, (job, false), (x, y));
            return draw(graph, (event.client_x(), event.client_y()));
        }
    }
    let (content, size) = (graph.content(), graph.size.get_untracked());
    graph.camera.update(|camera| {
        let (from, to) = (middle(&old), middle(&new));
        let zoomed = match (spread(&old), spread(&new)) {
            (Some(before), Some(now)) if before > 0.0 => camera.zoomed(now / before, from.0, from.1),
            _ => *camera,
        };
        *camera = zoomed.moved(to.0 - from.0, to.1 - from.1).bounded(content, size);
    });
}

fn middle(pointers: &[(i32, f64, f64)]) -> (f64, f64) {
    let mut count = 0.0;
    let (mut x, mut y) = (0.0, 0.0);
    for (_, px, py) in pointers {
        (x, y, count) = (x + px, y + py, count + 1.0);
    }
    if count > 0.0 { (x / count, y / count) } else { (0.0, 0.0) }
}

fn spread(pointers: &[(i32, f64, f64)]) -> Option<f64> {
    match pointers {
        [a, b, ..] => Some((a.1 - b.1).hypot(a.2 - b.2)),
        _ => None,
    }
}

/// Leads the edge that a pointer draws to what is at that place of the window.
pub(super) fn draw(graph: Graph, page: (i32, i32)) {
    let below = document().element_from_point(page.0 as f32, page.1 as f32);
    let (x, y) = place(graph, page.0, page.1);
    let end = graph.camera.get_untracked().to_graph(x, y);
    aim(graph, below.and_then(|element| card_of(&element)), Some(end));
}

/// Points the edge that is being drawn at a card.
pub(super) fn aim(graph: Graph, over: Option<usize>, end: Option<(f64, f64)>) {
    let Some(mut connection) = graph.connection.get_untracked() else { return };
    connection.at_home = over == Some(connection.from);
    let over = over.filter(|over| *over != connection.from);
    if over != connection.over {
        connection.refused = over.and_then(|over| refusal(graph, &connection, over));
        connection.over = over;
        if let Some(reason) = &connection.refused {
            graph.said.set(reason.replace('`', ""));
        }
    }
    connection.end = end;
    graph.connection.set(Some(connection));
}

fn refusal(graph: Graph, connection: &Connection, over: usize) -> Option<String> {
    let (need, job) = ends(graph, connection, over);
    if need.is_empty() || job.is_empty() {
        return Some(
            "The triggers start every job that waits for no other; an edge joins two jobs.".to_owned(),
        );
    }
    graph.session.analysis.with_untracked(|a| edits::can_need(a, &job, &need)).err().map(|r| r.message)
}

/// Ids of the needed job and of the one that needs it.
fn ends(graph: Graph, connection: &Connection, over: usize) -> (String, String) {
    let (from, over) = (graph.id_of(connection.from), graph.id_of(over));
    if connection.forwards { (from, over) } else { (over, from) }
}

/// Ends the edge that is being drawn: on a card it joins, on the ground it adds a job that waits.
pub(super) fn drop_edge(graph: Graph) {
    let Some(connection) = graph.connection.get_untracked() else { return };
    // Keys may lead it elsewhere.
    if connection.end.is_none()
        && let Some(reason) = &connection.refused
    {
        return graph.said.set(format!("No edge: {}", reason.replace('`', "")));
    }
    graph.connection.set(None);
    match (connection.over, &connection.refused) {
        (Some(_), Some(reason)) => beside::linger(graph, &connection, reason),
        (Some(over), None) => {
            let (need, job) = ends(graph, &connection, over);
            act::connect(graph, &need, &job);
        }
        (None, _) => {
            let far = connection.end.is_some_and(|(x, y)| {
                graph.model.with_untracked(|model| {
                    model.graph.nodes.get(connection.from).is_some_and(|node| {
                        let port = node.port(model.graph.flow, connection.forwards);
                        (x - port.x).hypot(y - port.y) > 60.0
                    })
                })
            });
            if far && connection.forwards && !connection.at_home {
                let from = graph.id_of(connection.from);
                act::add_job(graph, Some(from).filter(|id| !id.is_empty()));
            }
        }
    }
}

pub(super) fn up(graph: Graph, event: &PointerEvent) {
    if graph.connection.with_untracked(|c| c.as_ref().is_some_and(|c| c.end.is_some())) {
        drop_edge(graph);
    }
    if !touch::asks(graph) {
        lift::put(graph);
    }
    release(graph, event);
}

fn release(graph: Graph, event: &PointerEvent) {
    touch::end(graph);
    graph.hand.update_value(|hand| {
        hand.pointers.retain(|(id, ..)| *id != event.pointer_id());
        (hand.step, hand.job) = (None, None);
    });
}

/// Scrolls; with Ctrl, as a pinch on a trackpad comes too, zooms.
pub(super) fn wheel(graph: Graph, event: &WheelEvent) {
    event.prevent_default();
    graph.glide.set(false);
    // Lines and pages are told apart from pixels.
    let unit = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => 16.0,
        WheelEvent::DOM_DELTA_PAGE => 400.0,
        _ => 1.0,
    };
    let (mut dx, mut dy) = (event.delta_x() * unit, event.delta_y() * unit);
    let (x, y) = place(graph, event.client_x(), event.client_y());
    let (content, size) = (graph.content(), graph.size.get_untracked());
    if event.ctrl_key() || event.meta_key() {
        let factor = (-dy.clamp(-60.0, 60.0) * 0.008).exp();
        graph.camera.update(|camera| *camera = camera.zoomed(factor, x, y).bounded(content, size));
        return;
    }
    if event.shift_key() && dx == 0.0 {
        (dx, dy) = (dy, 0.0);
    }
    graph.camera.update(|camera| *camera = camera.moved(-dx, -dy).bounded(content, size));
}

/// A click on the ground selects nothing.
pub(super) fn click(graph: Graph, event: &MouseEvent) {
    if clicked(graph) && closest(event, "[data-node], .graph-edge, .graph-edge-tools").is_none() {
        graph.edge.set(None);
        graph.session.select(stepladder_yaml::Path::root(), Origin::Graph);
    }
}

/// Whether the last press was a click, no pan.
pub(super) fn clicked(graph: Graph) -> bool {
    graph.hand.with_value(|hand| !hand.moved)
}
