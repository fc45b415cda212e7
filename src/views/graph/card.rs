//! A card.

use std::sync::Arc;

use leptos::ev::{FocusEvent, MouseEvent};
use leptos::prelude::*;
use stepladder_workflow::Severity;
use stepladder_workflow::graph::EdgeKind;
use stepladder_workflow::simulate::Answer;
use stepladder_yaml::Path;

use super::cards::{JobCard, Model, Problems, TriggerLine, Triggers};
use super::job_card::job_card;
use super::{Graph, gestures};
use crate::ui::changes::changes;
use crate::ui::icon::icon;
use crate::views::plan::planned_badge;

/// All that a card is drawn from.
#[derive(Clone, PartialEq)]
pub(super) struct Whole {
    /// Left, top, width and height.
    place: (f64, f64, f64, f64),
    /// The triggers, for their card.
    triggers: Option<Triggers>,
    /// The job, for its card; nothing once it is gone.
    pub(super) job: Option<JobCard>,
    path: Path,
    id: String,
    /// Whether an edge ends, and whether one begins, here.
    ends: (bool, bool),
}

impl Whole {
    fn new(model: &Arc<Model>, node: usize) -> Self {
        let at = model.graph.nodes.get(node);
        Self {
            place: at.map(|n| (n.x, n.y, n.width, n.height)).unwrap_or_default(),
            triggers: (node == 0).then(|| model.triggers.clone()),
            job: model.job(node).cloned(),
            path: at.map(|n| n.path.clone()).unwrap_or_default(),
            id: at.map(|n| n.id.clone()).unwrap_or_default(),
            ends: ports(model, node),
        }
    }
}

/// The card with index `node`.
pub(super) fn card(graph: Graph, node: usize) -> AnyView {
    // One for all, so that an edit elsewhere costs a card one comparison.
    let whole = changes(move || graph.model.with(|model| Whole::new(model, node)));
    let place = Memo::new(move |_| whole.with(|whole| whole.place));
    let path = Memo::new(move |_| whole.with(|whole| whole.path.clone()));
    let id = Memo::new(move |_| whole.with(|whole| whole.id.clone()));
    let selected = Memo::new(move |_| path.with(|path| !path.steps().is_empty() && graph.is_selected(path)));
    let has_keys = move || id.with(|id| graph.has_keys(id));
    let ends = Memo::new(move |_| whole.with(|whole| whole.ends));
    let planned = Memo::new(move |_| {
        graph.looks.with(|looks| {
            let looks = looks.as_ref()?;
            if node == 0 { Some(looks.starts.clone()) } else { id.with(|id| looks.job(id).cloned()) }
        })
    });
    let look =
        move |answer: Answer| planned.with(|look| look.as_ref().is_some_and(|look| look.answer == answer));
    let style = move || {
        // What is drawn of a card stays good where it only moves.
        let (x, y, width, height) = place.get();
        format!("transform:translate({x}px,{y}px);width:{width}px;height:{height}px")
    };
    let target = Memo::new(move |_| {
        graph.connection.with(|c| c.as_ref().filter(|c| c.over == Some(node)).map(|c| c.refused.is_none()))
    });
    let label = move || {
        let mut label = whole.with(|whole| match (&whole.triggers, &whole.job) {
            (Some(triggers), _) => triggers_label(triggers),
            (None, Some(card)) => card.label.clone(),
            (None, None) => String::new(),
        });
        if let Some(look) = planned.get() {
            label.push_str(", by the plan: ");
            label.push_str(&look.words);
        }
        label
    };
    let of_job = move |is: &dyn Fn(&JobCard) -> bool| whole.with(|whole| whole.job.as_ref().is_some_and(is));
    let is_job = node > 0;
    // It also comes while an edit is made, before the card is drawn anew.
    let focus = move |_: FocusEvent| {
        let id = graph.id_of(node);
        if graph.focus.with_untracked(|known| *known != id) {
            graph.focus.set(id);
        }
    };
    let click = move |_: MouseEvent| {
        if gestures::clicked(graph) {
            graph.select(path.get_untracked());
        }
    };
    let double = move |_: MouseEvent| {
        if is_job {
            graph.renaming.set(Some(graph.id_of(node)));
        }
    };
    view! {
        <div
            class="graph-card"
            class:is-triggers=!is_job
            class:is-selected=move || selected.get()
            class:is-target=move || target.get() == Some(true)
            class:is-refused=move || target.get() == Some(false)
            class:is-off=move || of_job(&|card| card.disabled)
            class:is-matrix=move || of_job(&|card| card.matrix.is_some())
            class:is-planned=move || planned.with(Option::is_some)
            class:plan-yes=move || look(Answer::Yes)
            class:plan-no=move || look(Answer::No)
            class:plan-unknown=move || look(Answer::Unknown)
            style=style
            data-node=node
            data-job=move || Some(id.get()).filter(|id| !id.is_empty())
            role="treeitem"
            aria-label=label
            aria-selected=move || if selected.get() { "true" } else { "false" }
            tabindex=move || if has_keys() { "0" } else { "-1" }
            on:focus=focus
            on:click=click
            on:dblclick=double
            on:pointerenter=move |_| graph.hovered.set(Some(node))
            on:pointerleave=move |_| graph.hovered.set(None)
        >
            {if is_job { job_card(graph, whole) } else { triggers_card(graph, whole) }}
            {move || planned.get().map(planned_badge)}
            {is_job.then(|| view! { <span class="graph-port" class:is-used=move || ends.get().0 data-port="in" aria-hidden="true"></span> })}
            <span class="graph-port" class:is-used=move || ends.get().1 data-port="out" aria-hidden="true"></span>
        </div>
    }
    .into_any()
}

/// Whether an edge ends, and whether one begins, at the card.
fn ports(model: &Arc<Model>, node: usize) -> (bool, bool) {
    let edges = &model.graph.edges;
    let ends =
        |at: fn(&stepladder_workflow::graph::GraphEdge) -> usize| edges.iter().any(|edge| at(edge) == node);
    (
        ends(|edge| edge.to),
        ends(|edge| edge.from) && edges.iter().any(|e| e.kind != EdgeKind::Cycle || e.from != node),
    )
}

fn triggers_label(triggers: &Triggers) -> String {
    if triggers.lines.is_empty() {
        return "Nothing starts this workflow yet".to_owned();
    }
    let words: Vec<String> = triggers
        .lines
        .iter()
        .map(|line| {
            if line.detail.is_empty() {
                line.title.clone()
            } else {
                format!("{} {}", line.title, line.detail)
            }
        })
        .collect();
    format!("Starts when: {}", words.join("; "))
}

fn triggers_card(graph: Graph, whole: ReadSignal<Whole>) -> AnyView {
    let triggers = Memo::new(move |_| whole.with(|whole| whole.triggers.clone()));
    (move || triggers.get().map(|triggers| triggers_lines(graph, triggers))).into_any()
}

fn triggers_lines(graph: Graph, triggers: Triggers) -> AnyView {
    let line = move |line: TriggerLine| {
        let path = line.path.clone();
        let plain = line.detail.is_empty();
        view! {
            <li
                class="graph-trigger"
                class:is-plain=plain
                on:click=move |event: MouseEvent| pick(graph, &event, path.clone())
            >
                {icon(line.icon)}
                <span class="graph-trigger-title">{line.title}</span>
                {(!plain).then(|| view! { <span class="graph-trigger-detail" title=line.detail.clone()>{line.detail.clone()}</span> })}
            </li>
        }
    };
    let none = triggers.lines.is_empty();
    view! {
        <div class="graph-card-head">
            <span class="graph-card-title">"Starts when"</span>
            {triggers.problems.map(problems)}
        </div>
        <ul class="graph-triggers" role="presentation">
            {triggers.lines.into_iter().map(line).collect::<Vec<_>>()}
            {none.then(|| view! { <li class="graph-more">"No event chosen yet"</li> })}
            {(triggers.more > 0).then(|| view! { <li class="graph-more">{format!("and {} more", triggers.more)}</li> })}
        </ul>
    }
    .into_any()
}

/// Selects what a line of a card stands for.
pub(super) fn pick(graph: Graph, event: &MouseEvent, path: Path) {
    if gestures::clicked(graph) {
        event.stop_propagation();
        graph.select(path);
    }
}

pub(super) fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "graph-problem is-error",
        Severity::Warning => "graph-problem is-warning",
        Severity::Hint => "graph-problem is-hint",
    }
}

pub(super) fn problems(problems: Problems) -> AnyView {
    view! {
        <span class=severity_class(problems.worst) title=problems.title>
            {icon(crate::views::problems::severity_icon(problems.worst))}
            <span>{problems.count}</span>
        </span>
    }
    .into_any()
}
