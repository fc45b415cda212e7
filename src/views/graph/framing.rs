//! What part of the graph is looked at, and which way it runs.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use stepladder_workflow::graph::Flow;

use super::Graph;
use super::camera::{Camera, Rect};
use super::cards::{self, Found, Model};
use crate::session::Origin;

/// Below this scale the text of cards is too small to read.
const READABLE: f64 = 0.55;

/// Follows what is opened, what changes and what is selected elsewhere.
pub(super) fn follow(graph: Graph) {
    turn(graph);
    look(graph);
    keep_framed(graph);
    follow_selection(graph);
}

/// How much of the graph is in view as long as nobody has moved it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Framed {
    /// All of it.
    Whole,
    /// All of it, or its beginning where that would be too small to read.
    Readable,
}

/// Keeps in view what was, when the view changes its size before anybody has moved the graph.
fn keep_framed(graph: Graph) {
    Effect::new(move |before: Option<(f64, f64)>| {
        let size = graph.size.get();
        let has_note = graph.model.with_untracked(|model| model.note.is_some());
        let framed = graph.framed.get_value().filter(|(at, _)| *at == graph.camera.get_untracked());
        let framed = framed.map(|(_, how)| how).or(has_note.then_some(Framed::Whole));
        if let Some(how) = framed.filter(|_| size.0 > 0.0 && before.is_some_and(|before| before != size)) {
            graph.glide.set(false);
            graph.frame(how);
        }
        size
    });
}

impl Graph {
    /// Brings a card into view, moving as little as possible.
    pub(super) fn show(self, node: usize) {
        let size = self.size.get_untracked();
        let (Some(rect), true) = (self.rect(node), size.0 > 0.0) else { return };
        // Below the triggers it may stand that there is no job yet.
        let note = self.model.with_untracked(|model| model.note);
        let rect = note.map_or(rect, |note| rect.with(note));
        let to = self.clear(self.camera.get_untracked().showing(rect, size), rect);
        if to != self.camera.get_untracked() {
            self.glide.set(true);
            self.camera.set(to);
        }
    }

    /// Moved on by as little as keeps `rect` clear of what lies over the view: a button, the tools, the map.
    fn clear(self, camera: Camera, rect: Rect) -> Camera {
        let Some(view) = self.view.get_untracked() else { return camera };
        let pane = view.get_bounding_client_rect();
        let over = |class: &str| {
            let found =
                view.parent_element()?.query_selector(class).ok().flatten()?.get_bounding_client_rect();
            let (x, y) = (found.x() - pane.x(), found.y() - pane.y());
            Some(Rect { x, y, width: found.width(), height: found.height() })
        };
        let obstacles = [".graph-add", ".graph-tools", ".graph-map"].into_iter().filter_map(over);
        obstacles.fold(camera, |camera, over| camera.clear_of(rect, over, (pane.width(), pane.height())))
    }

    /// Brings two jobs into view that were just joined, once the cards have their new places, from further away if need be;
    /// the second alone, when that is too far.
    pub(super) fn show_joined(self, need: &str, job: &str) {
        let ids = [need.to_owned(), job.to_owned()];
        request_animation_frame(move || {
            let rect = |id: &String| {
                self.model.with_untracked(|model| model.graph.job(id)).and_then(|node| self.rect(node))
            };
            let size = self.size.get_untracked();
            let [Some(one), Some(other)] = [rect(&ids[0]), rect(&ids[1])] else { return };
            let camera = self.camera.get_untracked();
            let both = one.with(other);
            let room = Camera::room_for(both, size);
            let to = if room >= READABLE {
                camera.zoomed((room / camera.scale).min(1.0), size.0 / 2.0, size.1 / 2.0).showing(both, size)
            } else {
                camera.showing(other, size)
            };
            if to != camera {
                self.glide.set(true);
                self.camera.set(to);
            }
        });
    }

    pub(super) fn content(self) -> (f64, f64) {
        self.model.with_untracked(|model| (model.graph.width, model.graph.height))
    }

    /// All of the graph in view.
    pub(super) fn fit(self) {
        self.glide.set(true);
        self.frame(Framed::Whole);
    }

    /// Takes so much of the graph into view.
    fn frame(self, how: Framed) {
        let (content, size, flow) = (self.content(), self.size.get_untracked(), self.flow.get_untracked());
        let camera = match how {
            Framed::Whole => Camera::fit(content, size, flow),
            Framed::Readable => {
                let start = self.rect(0).unwrap_or(Rect { x: 0.0, y: 0.0, width: 0.0, height: 0.0 });
                Camera::readable(content, size, flow, READABLE, start)
            }
        };
        self.camera.set(camera);
        self.framed.set_value(Some((camera, how)));
    }

    /// Lets the graph run the other way from now on; back on the way that fits the pane, that one is chosen again by itself.
    pub(super) fn turn(self) {
        let to = turned(self.flow.get_untracked());
        let fits = fitting(self, self.size.get_untracked()) == to;
        let down = (!fits).then_some(to == Flow::Down);
        self.shell.layout.update(|layout| layout.graph_runs_down = down);
        self.flow.set(to);
        let way = if to == Flow::Down { "from top to bottom" } else { "from left to right" };
        self.said.set(format!("The graph runs {way}"));
    }

    /// Zooms around the middle of the view.
    pub(super) fn zoom(self, factor: f64) {
        let (width, height) = self.size.get_untracked();
        self.glide.set(true);
        self.camera.update(|camera| *camera = camera.zoomed(factor, width / 2.0, height / 2.0));
    }
}

/// Lets the graph run as somebody has chosen, or else as [`fitting`] says.
fn turn(graph: Graph) {
    let chosen = Memo::new(move |_| graph.shell.layout.with(|layout| layout.graph_runs_down));
    Effect::new(move |_| {
        graph.session.opened.track();
        let size = graph.size.get();
        let to = match chosen.get() {
            Some(true) => Flow::Down,
            Some(false) => Flow::Right,
            None if size.0 <= 0.0 => return,
            None => fitting(graph, size),
        };
        if to != graph.flow.get_untracked() {
            graph.flow.set(to);
        }
    });
}

/// From left to right where that shows the graph large enough; else whichever way shows it larger. It turns only when much
/// is won, so that a small edit does not turn it.
fn fitting(graph: Graph, size: (f64, f64)) -> Flow {
    const MUCH: f64 = 1.2;
    const LARGE: f64 = 0.7;
    let scale = |flow: Flow| {
        let model = graph
            .session
            .analysis
            .with_untracked(|analysis| cards::model(analysis, flow, &Found::default(), &BTreeSet::new()));
        Camera::fit((model.graph.width, model.graph.height), size, flow).scale
    };
    if scale(Flow::Right) >= LARGE {
        return Flow::Right;
    }
    let now = graph.flow.get_untracked();
    let other = turned(now);
    if scale(other) > scale(now) * MUCH { other } else { now }
}

fn turned(flow: Flow) -> Flow {
    if flow == Flow::Right { Flow::Down } else { Flow::Right }
}

/// How far that card has gone on the plane which shall stay where it is in the view: the focused one; the triggers, when
/// jobs have come or gone, so that who takes that back sees again what they saw before it.
fn gone(graph: Graph, before: &Model, now: &Model) -> Option<(f64, f64)> {
    let has = |model: &Model, id: &str| model.jobs.iter().any(|job| job.id == id);
    let same = before.jobs.len() == now.jobs.len() && before.jobs.iter().all(|job| has(now, &job.id));
    let id = if same { graph.focus.get_untracked() } else { String::new() };
    let place =
        |model: &Model| model.graph.nodes.iter().find(|node| node.id == id).map(|node| (node.x, node.y));
    let ((x, y), (new_x, new_y)) = (place(before)?, place(now)?);
    Some((new_x - x, new_y - y))
}

/// Looks at the whole of a newly opened workflow, and keeps a card where it is when the layout changes, see [`gone`].
fn look(graph: Graph) {
    type Before = (u32, Flow, bool, Arc<Model>);
    Effect::new(move |before: Option<Before>| {
        let opened = graph.session.opened.get();
        let flow = graph.flow.get();
        let sized = graph.size.with(|size| size.0 > 0.0);
        let now = graph.model.get();
        match before {
            Some((last, turned, true, old)) if last == opened && turned == flow => {
                let scale = graph.camera.get_untracked().scale;
                let (dx, dy) = gone(graph, &old, &now).unwrap_or_default();
                if (dx * scale).abs() > 0.5 || (dy * scale).abs() > 0.5 {
                    graph.glide.set(false);
                    graph.camera.update(|camera| *camera = camera.moved(-dx * scale, -dy * scale));
                }
            }
            _ if sized => {
                graph.glide.set(false);
                graph.frame(Framed::Readable);
            }
            _ => {}
        }
        (opened, flow, sized, now)
    });
}

/// Brings what another view selects into view.
fn follow_selection(graph: Graph) {
    let selection = graph.session.selection();
    Effect::new(move |_| {
        let selection = selection.get();
        if selection.origin == Origin::Graph || selection.path.steps().is_empty() {
            return;
        }
        let node = graph.model.with_untracked(|model| model.graph.node_at(&selection.path));
        if let Some(node) = node {
            graph.focus.set(graph.id_of(node));
            graph.show(node);
        }
    });
}
