//! The edges of a job one after the other, so that they can be removed without a pointer.

use leptos::prelude::*;
use stepladder_workflow::graph::EdgeKind;

use super::{Graph, act};

/// The edges of the job: what it waits for, then what waits for it.
fn edges_of(graph: Graph, job: &str) -> Vec<(String, String)> {
    graph.model.with_untracked(|model| {
        let id = |at: usize| model.graph.nodes.get(at).map(|node| node.id.clone()).unwrap_or_default();
        let needs = model.graph.edges.iter().filter(|edge| edge.kind != EdgeKind::Trigger);
        let ends: Vec<_> = needs.map(|edge| (id(edge.from), id(edge.to))).collect();
        let (before, after): (Vec<_>, Vec<_>) =
            ends.into_iter().filter(|(need, own)| need == job || own == job).partition(|(_, own)| own == job);
        [before, after].concat()
    })
}

/// Whether the job waits for another, or another for it.
pub(super) fn has_any(graph: Graph, job: &str) -> bool {
    !edges_of(graph, job).is_empty()
}

/// Selects the edge behind the selected one, or the first; at the end it goes round.
pub(super) fn next(graph: Graph, job: &str) {
    let edges = edges_of(graph, job);
    let selected = graph.edge.get_untracked();
    let at = edges.iter().position(|edge| Some(edge) == selected.as_ref()).map_or(0, |at| at + 1);
    let Some((need, waiting)) = edges.get(at).or(edges.first()).cloned() else {
        graph.said.set(format!("{job} waits for no job, and none waits for it"));
        return;
    };
    graph.said.set(format!("{waiting} waits for {need}: Delete removes that; X goes on; Escape leaves"));
    graph.show_joined(&need, &waiting);
    graph.edge.set(Some((need, waiting)));
}

/// Removes the selected edge of the job, or its only one; of several, the first is selected to choose from.
pub(super) fn remove(graph: Graph, job: &str) {
    let edges = edges_of(graph, job);
    let selected = graph.edge.get_untracked().filter(|edge| edges.contains(edge));
    let only = if let [only] = edges.as_slice() { Some(only.clone()) } else { None };
    match selected.or(only) {
        Some((need, waiting)) => act::disconnect(graph, &need, &waiting),
        None => next(graph, job),
    }
}
