//! What is told beside the pointer, or beside the card to which keys lead an edge: wholly within the view.

use std::time::Duration;

use leptos::prelude::*;

use super::Graph;
use super::gestures::Connection;
use crate::ui::prose::with_code;

/// From the pointer to what is told, in CSS pixels.
const GAP: f64 = 14.0;
/// What stays free at the sides of the view; `style/graph.css` has the same.
const MARGIN: f64 = 8.0;
/// Room below the pointer for what is told; where there is less it is above.
const ROOM: f64 = 130.0;
/// How long one is told why an edge was not drawn, once it is let go of.
const TOLD: Duration = Duration::from_secs(5);

/// Why an edge was not drawn that is let go of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    /// In the view.
    at: (f64, f64),
    reason: String,
}

/// Puts `content` beside the place `at` of the view; where there is no room at the right it comes nearer.
pub(super) fn beside(graph: Graph, at: (f64, f64), content: AnyView) -> AnyView {
    let height = graph.size.get_untracked().1;
    let side = if at.1 > height - ROOM {
        format!("bottom:{:.1}px", height - at.1 + GAP)
    } else {
        format!("top:{:.1}px", at.1 + GAP)
    };
    // It shrinks before the content does.
    let room = format!("flex-basis:{:.1}px", (at.0 + GAP - MARGIN).max(0.0));
    view! {
        <div class="graph-beside" style=side>
            <span class="graph-beside-room" style=room></span>
            {content}
        </div>
    }
    .into_any()
}

/// What comes of the edge that is being drawn, or why nothing came of the last one.
pub(super) fn reason(graph: Graph) -> AnyView {
    let reason = move || {
        let (at, text, refused) = match graph.connection.get() {
            Some(connection) => {
                let (text, refused) = words(graph, &connection);
                (place(graph, &connection)?, text, refused)
            }
            None => graph.told.get().map(|told| (told.at, told.reason, true))?,
        };
        let class = if refused { "graph-reason is-refused" } else { "graph-reason" };
        Some(beside(graph, at, view! { <p class=class>{with_code(&text)}</p> }.into_any()))
    };
    // The live region says it.
    view! { <div class="graph-lifted" aria-hidden="true">{reason}</div> }.into_any()
}

/// Where the end of the edge is in the view: at the pointer, or at the card to which keys have led it.
fn place(graph: Graph, connection: &Connection) -> Option<(f64, f64)> {
    let (x, y) = connection.end.or_else(|| {
        graph.model.with(|model| {
            let port = model.graph.nodes.get(connection.over?)?.port(model.graph.flow, !connection.forwards);
            Some((port.x, port.y))
        })
    })?;
    let camera = graph.camera.get();
    Some((x * camera.scale + camera.x, y * camera.scale + camera.y))
}

/// What is told of an edge, and whether it cannot be drawn.
fn words(graph: Graph, connection: &Connection) -> (String, bool) {
    let text = match (&connection.refused, connection.over) {
        (Some(reason), _) => return (reason.clone(), true),
        (None, Some(over)) => {
            let (from, over) = (graph.id_of(connection.from), graph.id_of(over));
            let (need, job) = if connection.forwards { (from, over) } else { (over, from) };
            format!("{job} waits for {need}")
        }
        (None, None) if connection.at_home => "Let go here to draw no edge".to_owned(),
        (None, None) if connection.forwards => "Drop on a job, or here to add one".to_owned(),
        (None, None) => "Drop on the job to wait for".to_owned(),
    };
    (text, false)
}

/// Leaves the reason why `connection` was refused where it stands, for a while: a finger may have hidden it.
pub(super) fn linger(graph: Graph, connection: &Connection, reason: &str) {
    let Some(at) = untrack(|| place(graph, connection)) else { return };
    let told = Told { at, reason: reason.to_owned() };
    graph.told.set(Some(told.clone()));
    set_timeout(
        move || {
            if graph.told.try_get_untracked().flatten() == Some(told) {
                graph.told.set(None);
            }
        },
        TOLD,
    );
}

/// Nobody needs to be told any longer.
pub(super) fn hush(graph: Graph) {
    if graph.told.with_untracked(Option::is_some) {
        graph.told.set(None);
    }
}
