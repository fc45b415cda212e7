//! What is asked of the graph from elsewhere, as by the palette.

use leptos::prelude::*;
use stepladder_workflow::edits::{self, Edit};
use stepladder_yaml::{Path, Step, path};

use super::camera::STEP;
use super::{Graph, act, keys, legs, pick_edge, popup};
use crate::session::{job_of, step_of};
use crate::shell::Wish;

/// Does what is wished for, also before there was a graph.
pub(super) fn follow(graph: Graph) {
    Effect::new(move |_| {
        if let Some(wish) = graph.shell.wish.get() {
            graph.shell.wish.set(None);
            untrack(|| fulfil(graph, wish));
        }
    });
}

fn fulfil(graph: Graph, wish: Wish) {
    let selected = graph.session.selection().get_untracked().path;
    let job = job_of(&selected).map(str::to_owned);
    let step = job.as_deref().zip(step_of(&selected)).map(|(id, at)| path!["jobs", id, "steps", at]);
    match (wish, job, step) {
        (Wish::AddJob, ..) => act::add_job(graph, None),
        (Wish::ShowAll, ..) => graph.fit(),
        (Wish::Turn, ..) => graph.turn(),
        (Wish::ZoomIn, ..) => graph.zoom(STEP),
        (Wish::ZoomOut, ..) => graph.zoom(1.0 / STEP),
        (Wish::First, ..) => keys::to_card(graph, 0),
        (Wish::Last, ..) => keys::to_last(graph),
        (Wish::OpenForm, ..) => act::open_form(graph),
        (_, None, _) => {}
        (Wish::AddStep, Some(job), _) => act::add_step(graph, &job),
        (Wish::Rename, Some(job), _) => graph.renaming.set(Some(job)),
        (Wish::Duplicate, _, Some(step)) => act::duplicate_step(graph, &step),
        (Wish::Duplicate, Some(job), None) => act::duplicate_job(graph, &job),
        (Wish::Toggle, _, Some(step)) => act::toggle(graph, &step),
        (Wish::Toggle, Some(job), None) => act::toggle(graph, &path!["jobs", job]),
        (Wish::Remove, _, Some(step)) => act::remove_step(graph, &step),
        (Wish::Remove, Some(job), None) => act::remove_job(graph, &job),
        (Wish::Fold, Some(job), _) => act::fold(graph, &job),
        (Wish::MoveUp, Some(job), step) => moved(graph, &job, step.as_ref(), false),
        (Wish::Connect, Some(job), _) => {
            to_job(graph, &job);
            keys::draw_edge(graph, graph.focused());
        }
        (Wish::NextEdge, Some(job), _) => {
            to_job(graph, &job);
            pick_edge::next(graph, &job);
        }
        (Wish::RemoveEdge, Some(job), _) => {
            to_job(graph, &job);
            pick_edge::remove(graph, &job);
        }
        (Wish::Legs, Some(job), _) => {
            graph.legs.set(None);
            to_job(graph, &job);
            legs::toggle(graph, &job);
        }
        (Wish::OpenMenu, Some(job), step) => {
            to_job(graph, &job);
            popup::open_at(graph, graph.focused(), step);
        }
        (Wish::NextStep | Wish::FormerStep, Some(job), _) => {
            to_job(graph, &job);
            keys::travel_steps(graph, wish == Wish::NextStep);
        }
        (Wish::MoveDown, Some(job), step) => moved(graph, &job, step.as_ref(), true),
    }
}

/// Gives the keys to the card of a job.
fn to_job(graph: Graph, job: &str) {
    let node = graph.model.with_untracked(|model| model.graph.job(job));
    node.into_iter().for_each(|node| graph.focus_card(node));
}

/// Moves a step one place within its job, or else the job among the others; at the end it stays.
pub(super) fn moved(graph: Graph, job: &str, step: Option<&Path>, down: bool) {
    let (at, count) = graph.session.analysis.with_untracked(|analysis| {
        let jobs = &analysis.workflow.jobs;
        match step.and_then(Path::last) {
            Some(Step::Index(at)) => {
                (Some(*at), analysis.tree.at(&path!["jobs", job, "steps"]).map_or(0, |steps| steps.len()))
            }
            _ => (jobs.iter().position(|known| known.key() == job), jobs.len()),
        }
    });
    let to = at.and_then(|at| if down { Some(at + 1) } else { at.checked_sub(1) }).filter(|to| *to < count);
    let Some(to) = to else { return };
    let done = act::edit(graph, |analysis| match step {
        Some(step) => edits::move_step(analysis, step, job, to),
        None => {
            edits::move_job(analysis, job, to).map(|edit| Edit { select: Some(path!["jobs", job]), ..edit })
        }
    });
    if done.is_some() {
        let step = step.map(|_| path!["jobs", job, "steps", to]);
        let told = graph.session.analysis.with_untracked(|analysis| {
            let known = analysis.workflow.job(job)?;
            let Some(step) = step else {
                return Some(format!("Job {} of {count}: {}", to + 1, known.title()));
            };
            let title = known.steps.iter().find(|known| known.path == step)?.title();
            Some(format!("Step {} of {count}: {title}", to + 1))
        });
        told.into_iter().for_each(|told| graph.said.set(told));
    }
}
