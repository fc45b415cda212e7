//! A step that is dragged from its card: to another place there, or to another job.

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_yaml::{Path, Step, path};
use web_sys::{DomRect, Element};

use super::{Graph, act, beside, reach};
use crate::session::job_of;
use crate::ui::prose::with_code;
use crate::views::perform;

/// A step in the hand. Places are in CSS pixels of the view.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lifted {
    step: Path,
    title: String,
    /// Where the pointer is.
    pub(super) at: (f64, f64),
    /// Where it is in the window, once it has moved.
    pub(super) page: Option<(i32, i32)>,
    target: Option<Target>,
}

/// Where the step would be put.
#[derive(Clone, Debug, PartialEq)]
struct Target {
    job: String,
    /// The position that it would have there, counted without it.
    to: usize,
    /// Left end and width of the line that shows the place.
    line: (f64, f64, f64),
    /// Why it cannot be put there.
    refused: Option<String>,
}

/// The step whose line an event happened on, when it can be dragged.
pub(super) fn grabbed(line: Option<Element>) -> Option<Path> {
    let path: Path = line?.get_attribute("data-step")?.parse().ok()?;
    (path.steps().len() == 4).then_some(path)
}

/// Takes the step at `step` into the hand.
pub(super) fn lift(graph: Graph, step: Path, at: (f64, f64)) {
    let title = graph.session.analysis.with_untracked(|a| {
        let mut steps = a.workflow.jobs.iter().flat_map(|job| &job.steps);
        steps.find(|known| known.path == step).map(|step| step.title())
    });
    if let Some(title) = title {
        graph.lifted.set(Some(Lifted { step, title, at, page: None, target: None }));
        reach::begin(graph);
    }
}

/// Moves what is in the hand over what is below it. `page` is where the pointer is in the window, `at` in the view.
pub(super) fn carry(graph: Graph, page: (i32, i32), at: (f64, f64)) {
    let Some(mut lifted) = graph.lifted.get_untracked() else { return };
    let below = document().element_from_point(page.0 as f32, page.1 as f32);
    let view = graph.view.get_untracked().map(|view| view.get_bounding_client_rect());
    let place = below.zip(view).and_then(|(below, view)| place(graph, &lifted, &below, page.1.into(), &view));
    lifted.at = at;
    lifted.page = Some(page);
    lifted.target = place.map(|(job, to, line)| {
        let before = lifted.target.take().filter(|before| before.job == job && before.to == to);
        let refused = before.map_or_else(|| refusal(graph, &lifted.step, &job, to), |before| before.refused);
        Target { job, to, line, refused }
    });
    graph.lifted.set(Some(lifted));
}

/// The job, the position and the line of the place below the pointer; `None`: it is where the step is, or nowhere.
fn place(
    graph: Graph,
    lifted: &Lifted,
    below: &Element,
    y: f64,
    view: &DomRect,
) -> Option<(String, usize, (f64, f64, f64))> {
    let closest = |selector: &str| below.closest(selector).ok().flatten();
    let card = closest(".graph-card[data-job]")?;
    let job = card.get_attribute("data-job")?;
    let own = job_of(&lifted.step).is_some_and(|own| own == job);
    let Some(Step::Index(from)) = lifted.step.last().cloned() else { return None };
    let rect_of = |element: &Element| element.get_bounding_client_rect();
    // Before which step, and where the line is drawn.
    let (slot, height) = if let Some(line) = closest("[data-step]") {
        let path: Path = line.get_attribute("data-step")?.parse().ok()?;
        let Some(Step::Index(at)) = path.last().cloned() else { return None };
        let rect = rect_of(&line);
        let behind = y > rect.y() + rect.height() / 2.0;
        (at + usize::from(behind), if behind { rect.bottom() } else { rect.top() })
    } else if let Some(head) = closest(".graph-card-head") {
        (0, rect_of(&head).bottom())
    } else {
        let steps = path!["jobs", job.as_str(), "steps"];
        let count = graph.session.analysis.with_untracked(|a| a.tree.at(&steps).map_or(0, |node| node.len()));
        let body = card.query_selector(".graph-steps").ok().flatten();
        (count, body.map_or_else(|| rect_of(&card).bottom(), |body| rect_of(&body).bottom()))
    };
    if own && (slot == from || slot == from + 1) {
        return None;
    }
    let to = if own && slot > from { slot - 1 } else { slot };
    let card = rect_of(&card);
    Some((job, to, (card.x() - view.x(), height - view.y(), card.width())))
}

fn refusal(graph: Graph, step: &Path, job: &str, to: usize) -> Option<String> {
    let refused = graph.session.analysis.with_untracked(|a| edits::move_step(a, step, job, to)).err()?;
    (!perform::is_asked_about(graph.session, &refused)).then(|| perform::reason(refused))
}

/// Puts the step down.
pub(super) fn put(graph: Graph) {
    let Some(lifted) = graph.lifted.get_untracked() else { return };
    graph.lifted.set(None);
    let Some(target) = lifted.target else { return };
    match target.refused {
        Some(reason) => graph.session.tell_refusal(reason),
        None => act::move_step(graph, &lifted.step, &target.job, target.to),
    }
}

/// What is in the hand, and where it would go.
pub(super) fn lifted(graph: Graph) -> AnyView {
    let ghost = move || {
        let lifted = graph.lifted.get()?;
        let line = lifted.target.as_ref().filter(|target| target.refused.is_none()).map(|target| {
            let (left, top, width) = target.line;
            view! { <div class="graph-drop" style=format!("left:{left}px;top:{top}px;width:{width}px")></div> }
        });
        let reason = lifted.target.and_then(|target| target.refused);
        let class = if reason.is_some() { "graph-ghost is-refused" } else { "graph-ghost" };
        let ghost = view! {
            <div class=class>
                <span class="graph-ghost-title">{lifted.title}</span>
                {reason.map(|reason| view! { <span class="graph-ghost-reason">{with_code(&reason)}</span> })}
            </div>
        };
        Some(view! {
            {line}
            {beside::beside(graph, lifted.at, ghost.into_any())}
        })
    };
    view! { <div class="graph-lifted" aria-hidden="true">{ghost}</div> }.into_any()
}
