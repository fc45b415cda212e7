//! What the graph does to the workflow.

use leptos::prelude::*;
use stepladder_workflow::Analysis;
use stepladder_workflow::edits::{self, Edit, NewStep, Refusal};
use stepladder_yaml::{Path, path};

use super::Graph;
use crate::session::{Origin, shown_id};
use crate::shell::Pane;
use crate::ui::reach::seen;
use crate::views::form::begin_script;
use crate::views::left_behind;
use crate::views::perform::{self, perform};

/// Makes an edit of the present analysis, or tells why not. The path is what is selected afterwards.
pub(super) fn edit(graph: Graph, make: impl Fn(&Analysis) -> Result<Edit, Refusal>) -> Option<Path> {
    graph.edge.set(None);
    let changed = perform(graph.session, Origin::Graph, make);
    changed.then(|| graph.session.selection().with_untracked(|selection| selection.path.clone()))
}

/// As [`edit`], with a button to take it back.
fn edit_aloud(graph: Graph, make: impl Fn(&Analysis) -> Result<Edit, Refusal>) -> Option<Path> {
    let select = edit(graph, make)?;
    graph.session.offer_undo();
    Some(select)
}

/// Adds a job, behind the one that it shall need when there is one, and lets its id be typed.
pub(super) fn add_job(graph: Graph, need: Option<String>) {
    let new = perform::new_job(graph.session, need);
    let Some(path) = edit(graph, |analysis| {
        edits::can_add_job(analysis)?;
        edits::add_job(analysis, &new)
    }) else {
        return;
    };
    let node = graph.model.with_untracked(|model| model.graph.node_at(&path));
    if let Some(node) = node {
        graph.focus.set(graph.id_of(node));
        graph.renaming.set(Some(graph.id_of(node)));
        // What lies over the view is measured with all else that the frame needs to be measured.
        request_animation_frame(move || graph.show(node));
    }
}

/// Makes one job wait for another.
pub(super) fn connect(graph: Graph, need: &str, job: &str) {
    if edit(graph, |analysis| edits::add_need(analysis, job, need)).is_some() {
        graph.said.set(format!("{job} now waits for {need}"));
        graph.show_joined(need, job);
    }
}

/// Makes one job no longer wait for another.
pub(super) fn disconnect(graph: Graph, need: &str, job: &str) {
    graph.edge.set(None);
    edit_aloud(graph, |analysis| edits::remove_need(analysis, job, need));
    let node = graph.model.with_untracked(|model| model.graph.job(job));
    node.into_iter().for_each(|node| graph.give_keys(node));
}

/// Selects the job that the keys act on, unless something in it is selected: who takes the edit back is there again.
fn stand_at(graph: Graph, id: &str) {
    let path = path!["jobs", id];
    if !graph.session.selection().with_untracked(|selection| path.contains(&selection.path)) {
        graph.select(path);
    }
}

/// Removes the job, once those that wait for it are told, and gives the keys to its neighbour.
pub(super) fn remove_job(graph: Graph, id: &str) {
    let node = graph.focused();
    graph.edge.set(None);
    stand_at(graph, id);
    perform::remove_job(graph.session, Origin::Graph, id, move || {
        let last = graph.model.with_untracked(|model| model.graph.nodes.len().saturating_sub(1));
        graph.focus_card(node.min(last));
        let next =
            graph.model.with_untracked(|model| model.graph.nodes.get(node.min(last)).map(|n| n.path.clone()));
        next.into_iter().for_each(|path| graph.select(path));
    });
}

/// Copies the job.
pub(super) fn duplicate_job(graph: Graph, id: &str) {
    stand_at(graph, id);
    if let Some(path) = edit(graph, |analysis| edits::duplicate_job(analysis, id))
        && let Some(node) = graph.model.with_untracked(|model| model.graph.node_at(&path))
    {
        graph.focus_card(node);
    }
}

/// Gives the job what was typed over its title: another name where that `is_name`, else another id.
pub(super) fn rename(graph: Graph, id: &str, typed: &str, is_name: bool) {
    graph.session.toaster.forget_refusal();
    graph.renaming.set(None);
    let Some(typed) = new_title(graph, id, typed, is_name) else { return };
    if is_name {
        let place = path!["jobs", id, "name"];
        edit(graph, |analysis| edits::set_field(analysis, &place, &typed.into()));
    } else if edit(graph, |analysis| edits::rename_job(analysis, id, typed)).is_some() {
        graph.focus.set(typed.to_owned());
        left_behind::tell(graph.session, id);
    }
}

/// Why the job cannot have what was typed over its title; `None`: it can, or it is as before.
pub(super) fn refusal_of_title(graph: Graph, id: &str, typed: &str, is_name: bool) -> Option<String> {
    let typed = new_title(graph, id, typed, is_name)?;
    let check = |analysis: &Analysis| edits::rename_job(analysis, id, typed).err();
    let refused = graph.session.analysis.with_untracked(check).filter(|_| !is_name)?;
    (!perform::is_asked_about(graph.session, &refused)).then_some(refused.message)
}

/// What was typed over the title of a job; `None`: nothing new.
fn new_title<'t>(graph: Graph, id: &str, typed: &'t str, is_name: bool) -> Option<&'t str> {
    let typed = typed.trim();
    graph.model.with_untracked(|model| {
        let card = model.jobs.iter().find(|card| card.id == id)?;
        let held = if is_name { &card.title } else { shown_id(&card.id) };
        (!typed.is_empty() && held != typed).then_some(typed)
    })
}

/// Switches a job or a step off or on.
pub(super) fn toggle(graph: Graph, path: &Path) {
    let enabled = graph.session.analysis.with_untracked(|analysis| edits::is_disabled(analysis, path));
    graph.session.switch(path, enabled, |make| edit(graph, make).is_some());
}

/// Adds a step at the end of the job, and lets its script be typed.
pub(super) fn add_step(graph: Graph, id: &str) {
    let count = graph.session.analysis.with_untracked(|analysis| {
        analysis.tree.at(&path!["jobs", id, "steps"]).map_or(0, |steps| steps.len())
    });
    let new = NewStep::Run(edits::FIRST_SCRIPT.to_owned());
    if let Some(step) = edit(graph, |analysis| edits::add_step(analysis, id, count, &new)) {
        graph.shell.reveal(Pane::Form);
        begin_script(step.child("run"));
    }
}

/// Puts a step elsewhere: at position `to` of `job`, counted without it.
pub(super) fn move_step(graph: Graph, step: &Path, job: &str, to: usize) {
    graph.edge.set(None);
    let name = job.to_owned();
    perform::move_step(graph.session, Origin::Graph, step, (job, to), move || {
        let path = graph.session.selection().with_untracked(|selection| selection.path.clone());
        if let Some(node) = graph.model.with_untracked(|model| model.graph.node_at(&path)) {
            graph.give_keys(node);
        }
        if let Some(stepladder_yaml::Step::Index(at)) = path.last() {
            graph.said.set(format!("It is step {} of {name} now", at + 1));
        }
    });
}

/// Shows all steps on the card of a job, or only the first ones again.
pub(super) fn fold(graph: Graph, id: &str) {
    graph.expanded.update(|expanded| {
        if !expanded.remove(id) {
            expanded.insert(id.to_owned());
        }
    });
}

/// Copies a step.
pub(super) fn duplicate_step(graph: Graph, path: &Path) {
    edit_aloud(graph, |analysis| edits::duplicate_step(analysis, path));
}

/// Removes a step.
pub(super) fn remove_step(graph: Graph, path: &Path) {
    graph.edge.set(None);
    perform::remove_step(graph.session, Origin::Graph, path, || {});
}

/// Shows the form of what is selected, and gives it the keyboard.
pub(super) fn open_form(graph: Graph) {
    graph.shell.reveal(Pane::Form);
    focus_form(PATIENCE);
}

/// Shows the form with the field at `path`, and gives it the keyboard.
pub(super) fn open_field(graph: Graph, path: Path) {
    graph.shell.reveal(Pane::Form);
    show_in(PATIENCE, path, true);
}

/// Brings the field at `path` into view, where the form shows it.
pub(super) fn show_field(path: Path) {
    show_in(PATIENCE, path, false);
}

fn show_in(left: u32, path: Path, focus: bool) {
    use wasm_bindgen::JsCast;
    request_animation_frame(move || {
        let find = |selector: &str| document().query_selector(selector).ok().flatten();
        let place = find(&format!(".form [data-field=\"{path}\"]"));
        let is_busy = find(".form[aria-busy]").is_some() || place.is_none();
        if is_busy && left > 0 {
            return show_in(left - 1, path, focus);
        }
        let Some(place) = place else { return };
        place.scroll_into_view();
        if focus && let Ok(Some(field)) = place.query_selector("input, select, textarea, button") {
            let _ = field.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}

/// How many frames the form may take.
const PATIENCE: u32 = 60;
/// So many of them, when it is there, its fields may come after its head.
const FIELDS_COME: u32 = 6;
/// Where somebody begins in a form: the way that leads up from it is not what they came for.
const FIRST_FIELD: &str =
    ".form :is(.form-section :is(input:not([type=checkbox]), textarea, select), .form-empty button)";

fn focus_form(left: u32) {
    request_animation_frame(move || {
        if left > 0 && document().query_selector(".form[aria-busy]").is_ok_and(|busy| busy.is_some()) {
            return focus_form(left - 1);
        }
        if let Some(field) = seen(FIRST_FIELD) {
            let _ = field.focus();
        } else if left > 0 && (left > FIELDS_COME || seen(".form .form-section h2").is_none()) {
            focus_form(if seen(".form .form-section h2").is_some() {
                left.min(FIELDS_COME) - 1
            } else {
                left - 1
            });
        } else if let Some(head) = seen(".form .form-section h2") {
            // Its buttons do something; who comes here has not asked for that.
            head.set_tab_index(-1);
            let _ = head.focus();
        }
    });
}
