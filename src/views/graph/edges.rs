//! The edges, and the one that is being drawn.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use stepladder_workflow::graph::{EdgeKind, Flow, GraphEdge, Point};

use super::cards::Model;
use super::{Graph, act, gestures};
use crate::ui::changes::changes;
use crate::ui::icon::{Icon, icon};

/// An edge.
#[derive(Clone, PartialEq)]
struct Line {
    /// The cards that it joins.
    from: usize,
    to: usize,
    need: String,
    job: String,
    kind: EdgeKind,
}

/// From the middle of the button that removes an edge to beyond its side, where fingers need it large.
const BUTTON: f64 = 26.0;

/// No card.
const NOWHERE: usize = usize::MAX;

/// All edges. They are hidden from screen readers: each card tells what it needs.
pub(super) fn edges(graph: Graph) -> AnyView {
    let size = Memo::new(move |_| graph.model.with(|model| (model.graph.width, model.graph.height)));
    let count = Memo::new(move |_| graph.model.with(|model| model.graph.edges.len()));
    // What a card waits for and what waits for it is lit when the pointer or the keys are on it.
    let card = Memo::new(move |_| {
        let on = graph.hovered.get().or_else(|| {
            let id = graph.focus.get();
            if id.is_empty() { None } else { graph.model.with(|model| model.graph.job(&id)) }
        });
        on.unwrap_or(NOWHERE)
    });
    let lit = StoredValue::new(Selector::new_with_fn(
        move || (card.get(), card.get()),
        |edge: &(usize, usize), card| edge.0 == card.0 || edge.1 == card.1,
    ));
    let selected = StoredValue::new(Selector::new(move || graph.edge.get().unwrap_or_default()));
    // An edit draws those anew that it changes.
    let at = move |index: usize| {
        let line = changes(move || graph.model.with(|model| line(model, index)));
        let way = changes(move || graph.model.with(|model| model.graph.edges.get(index).map(GraphEdge::svg)));
        (move || line.get().map(|line| edge(graph, line, way, selected, lit))).into_any()
    };
    view! {
        <svg class="graph-edges" width=move || size.get().0 height=move || size.get().1 aria-hidden="true">
            <For each=move || 0..count.get() key=|index| *index children=at />
        </svg>
    }
    .into_any()
}

fn line(model: &Model, index: usize) -> Option<Line> {
    let edge = model.graph.edges.get(index)?;
    let id = |at: usize| model.graph.nodes.get(at).map(|node| node.id.clone()).unwrap_or_default();
    Some(Line { from: edge.from, to: edge.to, need: id(edge.from), job: id(edge.to), kind: edge.kind })
}

fn edge(
    graph: Graph,
    line: Line,
    way: ReadSignal<Option<String>>,
    selected: StoredValue<Selector<(String, String)>>,
    lit: StoredValue<Selector<(usize, usize)>>,
) -> AnyView {
    let Line { from, to, need, job, kind } = line;
    let ends = (need, job);
    let own = ends.clone();
    let is_selected = move || selected.with_value(|selected| selected.selected(&own));
    let class = match kind {
        EdgeKind::Trigger => "graph-edge is-trigger",
        EdgeKind::Need => "graph-edge",
        EdgeKind::Cycle => "graph-edge is-cycle",
    };
    let removable = kind != EdgeKind::Trigger;
    let title = match kind {
        EdgeKind::Trigger => format!("The triggers start {}", ends.1),
        EdgeKind::Need => format!("{} waits for {}", ends.1, ends.0),
        EdgeKind::Cycle => {
            format!("{} waits for {}, which waits for it: neither ever starts", ends.1, ends.0)
        }
    };
    let click = move |_: MouseEvent| {
        if gestures::clicked(graph) && removable {
            graph.edge.set(Some(ends.clone()));
            // The key that deletes is meant for it now.
            graph.give_keys(to);
        }
    };
    view! {
        <g class=class class:is-selected=is_selected class:is-lit=move || lit.with_value(|lit| lit.selected(&(from, to))) on:click=click>
            <title>{title}</title>
            <path class="graph-edge-line" d=move || way.get() />
            {removable.then(|| view! { <path class="graph-edge-hit" d=move || way.get() /> })}
        </g>
    }
    .into_any()
}

/// The edge that a pointer draws.
fn drawn(graph: Graph) -> Option<AnyView> {
    let connection = graph.connection.get()?;
    let (near, over, flow) = graph.model.with(|model| {
        let (nodes, flow) = (&model.graph.nodes, model.graph.flow);
        let node = nodes.get(connection.from)?;
        let over = connection.over.filter(|_| connection.refused.is_none()).and_then(|over| nodes.get(over));
        let over = over.map(|node| node.port(flow, !connection.forwards));
        Some((node.port(flow, connection.forwards), over, flow))
    })?;
    let far = over.or_else(|| connection.end.map(|(x, y)| Point { x, y }))?;
    let (from, to) = if connection.forwards { (near, far) } else { (far, near) };
    let (dx, dy) = match flow {
        Flow::Right => (((to.x - from.x).abs() / 2.0).max(32.0), 0.0),
        Flow::Down => (0.0, ((to.y - from.y).abs() / 2.0).max(32.0)),
    };
    let d = format!(
        "M{} {}C{} {} {} {} {} {}",
        from.x,
        from.y,
        from.x + dx,
        from.y + dy,
        to.x - dx,
        to.y - dy,
        to.x,
        to.y
    );
    let d =
        if connection.refused.is_some() { format!("M{} {}L{} {}", from.x, from.y, to.x, to.y) } else { d };
    let class = if connection.refused.is_some() { "graph-drawn is-refused" } else { "graph-drawn" };
    Some(
        view! {
            <path class=class d=d />
            <circle class=class cx=far.x cy=far.y r="5" />
        }
        .into_any(),
    )
}

/// The place of the button on the plane: as large as on the screen, however far away one is, and wholly within the pane.
fn at_full_size(graph: Graph, Point { x, y }: Point) -> String {
    let camera = graph.camera.get();
    let (width, height) = graph.size.get();
    let within = |place: f64, end: f64| place.min(end - BUTTON).max(BUTTON);
    let x = (within(x * camera.scale + camera.x, width) - camera.x) / camera.scale;
    let y = (within(y * camera.scale + camera.y, height) - camera.y) / camera.scale;
    format!("left:{x:.1}px;top:{y:.1}px;transform:scale({:.3})", 1.0 / camera.scale)
}

/// The edge that is being drawn, and the button at the middle of the selected one.
pub(super) fn handle(graph: Graph) -> AnyView {
    let middle = move || {
        let (need, job) = graph.edge.get()?;
        graph.model.with(|model| {
            let (from, to) = (model.graph.job(&need)?, model.graph.job(&job)?);
            let edge = model.graph.edges.iter().find(|edge| edge.from == from && edge.to == to)?;
            // Edges that share a way part before their end: the last stretch belongs to this one alone.
            let [.., before, last] = edge.points.as_slice() else { return None };
            let point = if edge.kind == EdgeKind::Cycle {
                edge.points.get(2).copied()?
            } else {
                Point { x: f64::midpoint(before.x, last.x), y: f64::midpoint(before.y, last.y) }
            };
            Some((point, need.clone(), job.clone()))
        })
    };
    let button = move || {
        let (point, need, job) = middle()?;
        let label = format!("Remove: {job} waits for {need}");
        let style = move || at_full_size(graph, point);
        Some(
            view! {
                <button
                    type="button"
                    class="graph-edge-tools"
                    style=style
                    aria-label=label.clone()
                    title=label
                    on:click=move |event: MouseEvent| {
                        event.stop_propagation();
                        act::disconnect(graph, &need, &job);
                    }
                >
                    {icon(Icon::Trash)}
                </button>
            }
            .into_any(),
        )
    };
    // Above the cards, where the pointer is.
    view! {
        <svg class="graph-edges is-above" aria-hidden="true">{move || drawn(graph)}</svg>
        {button}
    }
    .into_any()
}
