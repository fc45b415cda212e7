//! The graph by keys: arrows travel, letters act.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use stepladder_workflow::edits::id_is_taken;
use stepladder_workflow::graph::Direction;
use stepladder_yaml::{Step, twin_of};
use wasm_bindgen::JsCast;

use super::camera::STEP;
use super::gestures::{Connection, aim, drop_edge};
use super::{Graph, act, beside, legs, pick_edge, popup, wishes};
use crate::commands;
use crate::session::job_of;

/// A key pressed in the view.
pub(super) fn key(graph: Graph, event: &KeyboardEvent) {
    let in_field = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| element.matches("input, .menu-item").unwrap_or(false));
    if in_field {
        return;
    }
    beside::hush(graph);
    if acted(graph, event) {
        event.prevent_default();
        event.stop_propagation();
    }
}

fn acted(graph: Graph, event: &KeyboardEvent) -> bool {
    let key = event.key();
    let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
    if event.alt_key() && matches!(key.as_str(), "ArrowUp" | "ArrowDown") {
        let down = key == "ArrowDown";
        return if event.shift_key() { shift(graph, down) } else { travel_steps(graph, down) };
    }
    let direction = match key.as_str() {
        "ArrowLeft" => Some(Direction::Left),
        "ArrowRight" => Some(Direction::Right),
        "ArrowUp" => Some(Direction::Up),
        "ArrowDown" => Some(Direction::Down),
        _ => None,
    };
    if let Some(direction) = direction.filter(|_| plain) {
        travel(graph, direction);
        return true;
    }
    let node = graph.focused();
    let id = graph.id_of(node);
    match key.as_str() {
        "Home" => to_card(graph, 0),
        "End" => to_last(graph),
        "Enter" | " " if graph.connection.with_untracked(Option::is_some) => drop_edge(graph),
        "Enter" if plain => {
            let path = own_step(graph, &id).unwrap_or_else(|| {
                graph
                    .model
                    .with_untracked(|m| m.graph.nodes.get(node).map(|n| n.path.clone()).unwrap_or_default())
            });
            graph.select(path);
            act::open_form(graph);
        }
        " " if plain => to_card(graph, node),
        "Escape" => return escape(graph),
        "Delete" | "Backspace" if plain => return remove(graph, &id),
        "F2" if !id.is_empty() => graph.renaming.set(Some(id)),
        "ContextMenu" => popup::open_at(graph, node, own_step(graph, &id)),
        "F10" if event.shift_key() => popup::open_at(graph, node, own_step(graph, &id)),
        "n" if plain => act::add_job(graph, None),
        "d" if plain && !id.is_empty() => match own_step(graph, &id) {
            Some(step) => act::duplicate_step(graph, &step),
            None => act::duplicate_job(graph, &id),
        },
        "s" if plain && !id.is_empty() => act::add_step(graph, &id),
        "e" if plain && !id.is_empty() => act::fold(graph, &id),
        "j" if plain && own_step(graph, &id).is_some() => commands::run(graph.shell, "move-to-job"),
        "m" if plain && !id.is_empty() => legs::toggle(graph, &id),
        "c" if plain && !id.is_empty() => draw_edge(graph, node),
        "x" if plain && !id.is_empty() => pick_edge::next(graph, &id),
        "+" | "=" if plain => graph.zoom(STEP),
        "-" if plain => graph.zoom(1.0 / STEP),
        "0" if plain => graph.fit(),
        "t" if plain => graph.turn(),
        _ => return false,
    }
    true
}

/// Begins an edge at a job; the arrows lead its end.
pub(super) fn draw_edge(graph: Graph, node: usize) {
    let id = graph.id_of(node);
    if let Some((id, _)) = twin_of(&id) {
        return graph.session.tell_refusal(id_is_taken(id));
    }
    graph.said.set(format!("Go to the job that shall wait for {id} and press Enter; Escape leaves"));
    let connection =
        Connection { from: node, forwards: true, end: None, over: None, at_home: true, refused: None };
    graph.connection.set(Some(connection));
}

fn travel(graph: Graph, direction: Direction) {
    let from = match graph.connection.with_untracked(|c| c.as_ref().map(|c| c.over.unwrap_or(c.from))) {
        Some(over) => over,
        None => graph.focused(),
    };
    if let Some(to) = graph.model.with_untracked(|model| model.graph.neighbour(from, direction)) {
        to_card(graph, to);
    }
}

/// To the job that stands last.
pub(super) fn to_last(graph: Graph) {
    to_card(graph, graph.model.with_untracked(|model| model.graph.nodes.len().saturating_sub(1)));
}

/// To a card, or with the end of the edge that is being drawn there.
pub(super) fn to_card(graph: Graph, node: usize) {
    graph.focus_card(node);
    if graph.connection.with_untracked(Option::is_some) {
        aim(graph, Some(node), None);
        return;
    }
    let path = graph.model.with_untracked(|model| model.graph.nodes.get(node).map(|n| n.path.clone()));
    if let Some(path) = path {
        graph.select(path);
    }
}

/// The selected step, when one is.
fn selected_step(graph: Graph) -> Option<stepladder_yaml::Path> {
    let path = graph.session.selection().with_untracked(|selection| selection.path.clone());
    match path.steps() {
        [Step::Key(_), Step::Key(_), Step::Key(steps), Step::Index(_), ..] if steps == "steps" => {
            Some(stepladder_yaml::Path(path.steps()[..4].to_vec()))
        }
        _ => None,
    }
}

/// The selected step, when it is one of that job: the keys act on it then, not on the job.
fn own_step(graph: Graph, job: &str) -> Option<stepladder_yaml::Path> {
    selected_step(graph).filter(|step| job_of(step) == Some(job))
}

/// To the next or former step of the focused job.
pub(super) fn travel_steps(graph: Graph, down: bool) -> bool {
    let id = graph.id_of(graph.focused());
    let steps = stepladder_yaml::path!["jobs", id.as_str(), "steps"];
    let count = graph.session.analysis.with_untracked(|a| a.tree.at(&steps).map_or(0, |node| node.len()));
    if id.is_empty() || count == 0 {
        return false;
    }
    let at = match selected_step(graph)
        .filter(|path| steps.contains(path))
        .as_ref()
        .and_then(|path| path.last())
    {
        Some(Step::Index(at)) if down => (at + 1).min(count - 1),
        Some(Step::Index(at)) => at.saturating_sub(1),
        _ if down => 0,
        _ => count - 1,
    };
    let path = steps.child(at);
    let title = graph.session.analysis.with_untracked(|a| {
        let job = a.workflow.job(&id)?;
        Some(job.steps.iter().find(|step| step.path == path)?.title())
    });
    // With its marks, when it has a line.
    let line = graph.model.with_untracked(|model| {
        let mut lines = model.jobs.iter().flat_map(|card| &card.steps);
        Some(lines.find(|line| line.path == path)?.label.trim_start_matches("Step ").to_owned())
    });
    let title = line.or(title);
    graph.said.set(format!("Step {} of {count}: {}", at + 1, title.unwrap_or_default()));
    graph.select(path);
    true
}

/// Puts the selected step one place further down or up in its job, or the job among the others.
pub(super) fn shift(graph: Graph, down: bool) -> bool {
    let id = graph.id_of(graph.focused());
    if !id.is_empty() {
        wishes::moved(graph, &id, own_step(graph, &id).as_ref(), down);
    }
    !id.is_empty()
}

fn escape(graph: Graph) -> bool {
    if graph.lifted.with_untracked(Option::is_some) {
        graph.lifted.set(None);
        return true;
    }
    if graph.connection.with_untracked(Option::is_some) {
        graph.connection.set(None);
        graph.said.set("No edge was drawn".to_owned());
        return true;
    }
    if graph.edge.with_untracked(Option::is_some) {
        graph.edge.set(None);
        return true;
    }
    if let Some(step) = selected_step(graph) {
        let job = stepladder_yaml::Path(step.steps()[..2].to_vec());
        graph.select(job);
        return true;
    }
    false
}

fn remove(graph: Graph, id: &str) -> bool {
    if let Some((need, job)) = graph.edge.get_untracked() {
        act::disconnect(graph, &need, &job);
    } else if let Some(step) = own_step(graph, id) {
        act::remove_step(graph, &step);
    } else if id.is_empty() {
        return false;
    } else {
        act::remove_job(graph, id);
    }
    true
}
