//! Buttons over the graph, and the small map of a large one.

use leptos::ev::{MouseEvent, PointerEvent};
use leptos::html::Div;
use leptos::prelude::*;
use stepladder_workflow::Severity;
use stepladder_workflow::graph::{EdgeKind, GraphNode};

use super::camera::STEP;
use super::cards::Model;
use super::glyph::{Glyph, glyph};
use super::{Graph, act};
use crate::shell::Pane;
use crate::ui::icon::{Icon, icon};
use crate::ui::paint::{painted, settled};
use crate::ui::reach::{Reach, reach};

/// Largest width and height of the map in CSS pixels.
const MAP: (f64, f64) = (180.0, 120.0);

fn tool(label: &'static str, picture: AnyView, click: impl Fn() + 'static) -> AnyView {
    view! {
        <button type="button" class="graph-tool" aria-label=label title=label on:click=move |_: MouseEvent| click()>
            {picture}
        </button>
    }
    .into_any()
}

/// Add a job; open the form; zoom.
pub(super) fn tools(graph: Graph) -> AnyView {
    let percent = move || format!("{:.0}%", graph.camera.with(|camera| camera.scale) * 100.0);
    let has_jobs = Memo::new(move |_| graph.model.with(|model| !model.jobs.is_empty() && !model.is_action));
    // No field of it is begun, for which a phone would bring its keys.
    let open = move |_: MouseEvent| {
        graph.shell.reveal(Pane::Form);
        reach(".form:not([aria-busy]) .crumb[aria-current=page]", Reach::Focus);
    };
    // Where the form has no room beside the graph, a tap on a card only selects it.
    let can_open = painted(Memo::new(move |_| {
        let is_root = graph.session.selection().with(|selection| selection.path.steps().is_empty());
        !is_root && graph.shell.shows(Pane::Graph) && !graph.shell.shows(Pane::Form)
    }));
    view! {
        {move || {
            has_jobs
                .get()
                .then(|| {
                    view! {
                        <button type="button" class="button graph-add" title="Add a job (N)" on:click=move |_: MouseEvent| act::add_job(graph, None)>
                            {icon(Icon::Plus)}
                            <span>"Add a job"</span>
                        </button>
                    }
                })
        }}
        {move || {
            can_open
                .get()
                .then(|| {
                    view! {
                        <button type="button" class="button graph-open" title="Open the form of what is selected (Enter)" on:click=open>
                            {icon(Icon::Form)}
                            <span>"Open form"</span>
                        </button>
                    }
                })
        }}
        <div class="graph-tools" role="group" aria-label="View">
            {tool("Smaller (−)", glyph(Glyph::Minus), move || graph.zoom(1.0 / STEP))}
            <button
                type="button"
                class="graph-tool graph-percent"
                title="Full size"
                aria-label=move || format!("Zoom {}; press for full size", percent())
                on:click=move |_: MouseEvent| graph.zoom(1.0 / graph.camera.get_untracked().scale)
            >
                {percent}
            </button>
            {tool("Larger (+)", icon(Icon::Plus), move || graph.zoom(STEP))}
            {tool("Show all of it (0)", glyph(Glyph::Fit), move || graph.fit())}
            {tool("Turn the graph: left to right, or top to bottom (T)", glyph(Glyph::Turn), move || graph.turn())}
        </div>
    }
    .into_any()
}

/// The map, when the graph is larger than the view.
pub(super) fn minimap(graph: Graph) -> AnyView {
    let content = Memo::new(move |_| graph.model.with(|model| (model.graph.width, model.graph.height)));
    let large = painted(Memo::new(move |_| {
        let ((width, height), (view_width, view_height)) = (content.get(), graph.size.get());
        let scale = graph.camera.with(|camera| camera.scale);
        let hidden = width * scale > view_width * 1.15 || height * scale > view_height * 1.15;
        hidden && view_width > 480.0 && graph.model.with(|model| model.jobs.len() > 5)
    }));
    let map = NodeRef::<Div>::new();
    let held = RwSignal::new(false);
    let go = move |event: &PointerEvent| {
        let Some(map) = map.get_untracked() else { return };
        let rect = map.get_bounding_client_rect();
        let scale = scale_of(content.get_untracked());
        let x = (f64::from(event.client_x()) - rect.x()) / scale;
        let y = (f64::from(event.client_y()) - rect.y()) / scale;
        let (width, height) = graph.size.get_untracked();
        graph.glide.set(false);
        graph.camera.update(|camera| {
            (camera.x, camera.y) = (width / 2.0 - x * camera.scale, height / 2.0 - y * camera.scale);
        });
    };
    let down = move |event: PointerEvent| {
        if let Some(map) = map.get_untracked() {
            let _ = map.set_pointer_capture(event.pointer_id());
        }
        // Who moves the view by the map goes on by the graph's keys.
        graph.take_keys();
        held.set(true);
        go(&event);
    };
    let moved = move |event: PointerEvent| {
        // It may have come up where nobody saw it.
        if event.buttons() == 0 {
            held.set(false);
        }
        if held.get_untracked() {
            go(&event);
        }
    };
    // An edit is seen on the cards first.
    let drawing = settled(Memo::new(move |_| graph.model.with(|model| Drawing::new(model))));
    let shown = move || graph.camera.get().shown(graph.size.get());
    let picture = move || {
        view! {
            <svg
                viewBox=move || {
                    let (width, height) = content.get();
                    format!("0 0 {width} {height}")
                }
                aria-hidden="true"
            >
                <path class="graph-map-edge" d=move || drawing.with(|drawing| drawing.edges.clone()) />
                <path class="graph-map-card" d=move || drawing.with(|drawing| drawing.cards.clone()) />
                <path class="graph-map-card is-warning" d=move || drawing.with(|drawing| drawing.warnings.clone()) />
                <path class="graph-map-card is-error" d=move || drawing.with(|drawing| drawing.errors.clone()) />
                <rect
                    class="graph-map-shown"
                    x=move || shown().x
                    y=move || shown().y
                    width=move || shown().width
                    height=move || shown().height
                    rx="16"
                />
            </svg>
        }
        .into_any()
    };
    let style = move || {
        let (width, height) = content.get();
        let scale = scale_of((width, height));
        format!("width:{:.0}px;height:{:.0}px", width * scale, height * scale)
    };
    view! {
        {move || {
            large
                .get()
                .then(|| {
                    view! {
                        <div
                            class="graph-map"
                            node_ref=map
                            style=style
                            aria-hidden="true"
                            on:mousedown=|event| event.prevent_default()
                            on:pointerdown=down
                            on:pointermove=moved
                            on:pointerup=move |_| held.set(false)
                            on:pointercancel=move |_| held.set(false)
                            on:lostpointercapture=move |_| held.set(false)
                        >
                            {picture()}
                        </div>
                    }
                })
        }}
    }
    .into_any()
}

/// What the map shows, as outlines: one for all edges, one for cards, one each for those with warnings and errors.
#[derive(Clone, Default, PartialEq)]
struct Drawing {
    edges: String,
    cards: String,
    warnings: String,
    errors: String,
}

impl Drawing {
    fn new(model: &Model) -> Self {
        let mut drawing = Self::default();
        for edge in model.graph.edges.iter().filter(|edge| edge.kind != EdgeKind::Trigger) {
            drawing.edges.push_str(&edge.svg());
        }
        for node in &model.graph.nodes {
            let card = node.job.and_then(|job| model.jobs.get(job));
            let outline = match card.and_then(|card| card.problems.as_ref()).map(|problems| problems.worst) {
                Some(Severity::Error) => &mut drawing.errors,
                Some(Severity::Warning) => &mut drawing.warnings,
                Some(Severity::Hint) | None => &mut drawing.cards,
            };
            let GraphNode { x, y, width, height, .. } = node;
            outline.push_str(&format!("M{x} {y}h{width}v{height}h-{width}z"));
        }
        drawing
    }
}

fn scale_of((width, height): (f64, f64)) -> f64 {
    if width <= 0.0 || height <= 0.0 { 1.0 } else { (MAP.0 / width).min(MAP.1 / height) }
}
