//! A card.

use std::sync::Arc;

use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent};
use leptos::html::Input;
use leptos::prelude::*;
use stepladder_workflow::Severity;
use stepladder_workflow::graph::EdgeKind;
use stepladder_workflow::simulate::Answer;
use stepladder_yaml::Path;

use super::cards::{JobCard, Model, Problems, StepLine, System, TriggerLine, Triggers};
use super::glyph::{Glyph, glyph};
use super::{Graph, act, gestures};
use crate::ui::icon::icon;
use crate::views::plan::planned_badge;

/// What a card shows; it is drawn anew only when this changes.
#[derive(Clone, PartialEq)]
enum Content {
    Triggers(Triggers),
    Job(Box<JobCard>),
    Gone,
}

/// All that a card is drawn from.
#[derive(Clone, PartialEq)]
struct Whole {
    /// Left, top, width and height.
    place: (f64, f64, f64, f64),
    content: Content,
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
            content: content(model, node),
            path: at.map(|n| n.path.clone()).unwrap_or_default(),
            id: at.map(|n| n.id.clone()).unwrap_or_default(),
            ends: ports(model, node),
        }
    }
}

/// The card with index `node`.
pub(super) fn card(graph: Graph, node: usize) -> AnyView {
    // One for all, so that an edit elsewhere costs a card one comparison.
    let whole = Memo::new(move |_| graph.model.with(|model| Whole::new(model, node)));
    let place = Memo::new(move |_| whole.with(|whole| whole.place));
    let content = Memo::new(move |_| whole.with(|whole| whole.content.clone()));
    let path = Memo::new(move |_| whole.with(|whole| whole.path.clone()));
    let id = Memo::new(move |_| whole.with(|whole| whole.id.clone()));
    let selection = graph.session.selection();
    let selected = Memo::new(move |_| {
        let path = path.get();
        selection.with(|selection| path.contains(&selection.path)) && !path.steps().is_empty()
    });
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
        let (x, y, width, height) = place.get();
        format!("left:{x}px;top:{y}px;width:{width}px;height:{height}px")
    };
    let target = Memo::new(move |_| {
        graph.connection.with(|c| c.as_ref().filter(|c| c.over == Some(node)).map(|c| c.refused.is_none()))
    });
    let label = move || {
        let mut label = match content.get() {
            Content::Triggers(triggers) => triggers_label(&triggers),
            Content::Job(card) => card.label,
            Content::Gone => String::new(),
        };
        if let Some(look) = planned.get() {
            label.push_str(", by the plan: ");
            label.push_str(&look.words);
        }
        label
    };
    let is_job = node > 0;
    let focus = move |_: FocusEvent| graph.focus.set(id.get_untracked());
    let click = move |_: MouseEvent| {
        if gestures::clicked(graph) {
            graph.select(path.get_untracked());
        }
    };
    let double = move |_: MouseEvent| {
        if is_job {
            graph.renaming.set(Some(id.get_untracked()));
        }
    };
    view! {
        <div
            class="graph-card"
            class:is-triggers=!is_job
            class:is-selected=move || selected.get()
            class:is-target=move || target.get() == Some(true)
            class:is-refused=move || target.get() == Some(false)
            class:is-off=move || matches!(content.get(), Content::Job(card) if card.disabled)
            class:is-matrix=move || matches!(content.get(), Content::Job(card) if card.matrix.is_some())
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
            tabindex=move || if graph.focus.with(|focus| *focus == id.get()) { "0" } else { "-1" }
            on:focus=focus
            on:click=click
            on:dblclick=double
            on:pointerenter=move |_| graph.hovered.set(Some(node))
            on:pointerleave=move |_| graph.hovered.set(None)
        >
            {move || match content.get() {
                Content::Triggers(triggers) => triggers_card(graph, triggers),
                Content::Job(card) => job_card(graph, &card),
                Content::Gone => ().into_any(),
            }}
            {move || planned.get().map(planned_badge)}
            {is_job.then(|| view! { <span class="graph-port" class:is-used=move || ends.get().0 data-port="in" aria-hidden="true"></span> })}
            <span class="graph-port" class:is-used=move || ends.get().1 data-port="out" aria-hidden="true"></span>
        </div>
    }
    .into_any()
}

fn content(model: &Model, node: usize) -> Content {
    match model.job(node) {
        Some(card) => Content::Job(Box::new(card.clone())),
        None if node == 0 => Content::Triggers(model.triggers.clone()),
        None => Content::Gone,
    }
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

fn triggers_card(graph: Graph, triggers: Triggers) -> AnyView {
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
            {none.then(|| view! { <li class="graph-more">"Nothing yet. Choose an event."</li> })}
            {(triggers.more > 0).then(|| view! { <li class="graph-more">{format!("and {} more", triggers.more)}</li> })}
        </ul>
    }
    .into_any()
}

/// Selects what a line of a card stands for.
fn pick(graph: Graph, event: &MouseEvent, path: Path) {
    if gestures::clicked(graph) {
        event.stop_propagation();
        graph.select(path);
    }
}

fn job_card(graph: Graph, card: &JobCard) -> AnyView {
    let system = match card.system {
        System::Linux => Glyph::Linux,
        System::Windows => Glyph::Windows,
        System::MacOs => Glyph::MacOs,
        System::Other if card.calls.is_some() => Glyph::Call,
        System::Other => Glyph::Server,
    };
    let below = match (card.named, card.runner.is_empty()) {
        (true, false) => format!("{} · {}", card.id, card.runner),
        (true, true) => card.id.clone(),
        (false, false) => card.runner.clone(),
        (false, true) if card.calls.is_some() => "calls a workflow".to_owned(),
        (false, true) => "no runner chosen".to_owned(),
    };
    let id = card.id.clone();
    let renamed = id.clone();
    let title = card.title.clone();
    let is_renaming = Memo::new(move |_| graph.renaming.with(|r| r.as_deref() == Some(&id)));
    let name = move || {
        if is_renaming.get() {
            rename_field(graph, renamed.clone(), title.clone())
        } else {
            view! { <span class="graph-card-title" title=title.clone()>{title.clone()}</span> }.into_any()
        }
    };
    let marks: Vec<_> = card
        .marks
        .iter()
        .map(|mark| {
            let path = mark.path.clone();
            view! {
                <span class="graph-mark" title=mark.title.clone() on:click=move |event: MouseEvent| pick(graph, &event, path.clone())>
                    {glyph(mark.glyph)}
                    <span>{mark.text.clone()}</span>
                </span>
            }
        })
        .collect();
    let has_body = !card.steps.is_empty() || card.calls.is_some();
    view! {
        <div class="graph-card-head">
            <span class="graph-runner">{glyph(system)}</span>
            <span class="graph-card-names">
                {name}
                <span class="graph-card-below" title=below.clone()>{below.clone()}</span>
            </span>
            {card.disabled.then(|| view! { <span class="graph-badge" title="Switched off by its condition">{glyph(Glyph::Off)}"off"</span> })}
            {card.matrix.clone().map(|matrix| view! { <span class="graph-badge is-matrix" title=matrix.title>{matrix.text}</span> })}
            {card.problems.clone().map(problems)}
        </div>
        {has_body.then(|| view! {
            <div class="graph-steps" role="group">
                {card.calls.clone().map(|calls| view! {
                    <div class="graph-step">{glyph(Glyph::Call)}<span class="graph-step-title" title=calls.clone()>{calls.clone()}</span></div>
                })}
                {card.steps.iter().map(|step| step_line(graph, step)).collect::<Vec<_>>()}
                {(card.more > 0).then(|| view! { <div class="graph-more" role="presentation">{format!("and {} more", card.more)}</div> })}
            </div>
        })}
        {(!marks.is_empty()).then(|| view! { <div class="graph-marks">{marks}</div> })}
    }
    .into_any()
}

fn step_line(graph: Graph, step: &StepLine) -> AnyView {
    let path = step.path.clone();
    let own = path.clone();
    let selection = graph.session.selection();
    let selected = Memo::new(move |_| selection.with(|selection| own.contains(&selection.path)));
    let mark = step.problem.map(|severity| {
        view! { <span class=severity_class(severity)>{icon(crate::views::problems::severity_icon(severity))}</span> }
    });
    let picture = if step.uses { Glyph::Action } else { Glyph::Script };
    let note = match (step.disabled, step.conditional) {
        (true, _) => Some((Glyph::Off, "Switched off")),
        (false, true) => Some((Glyph::Condition, "Runs under a condition")),
        _ => None,
    };
    view! {
        <div
            class="graph-step"
            class:is-selected=move || selected.get()
            class:is-off=step.disabled
            role="treeitem"
            aria-selected=move || if selected.get() { "true" } else { "false" }
            aria-label=format!("Step {}", step.title)
            data-step=step.path.to_string()
            on:click=move |event: MouseEvent| pick(graph, &event, path.clone())
        >
            {glyph(picture)}
            <span class="graph-step-title" title=step.title.clone()>{step.title.clone()}</span>
            {note.map(|(picture, title)| view! { <span class="graph-step-note" title=title>{glyph(picture)}</span> })}
            {mark}
        </div>
    }
    .into_any()
}

fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "graph-problem is-error",
        Severity::Warning => "graph-problem is-warning",
        Severity::Hint => "graph-problem is-hint",
    }
}

fn problems(problems: Problems) -> AnyView {
    view! {
        <span class=severity_class(problems.worst) title=problems.title>
            {icon(crate::views::problems::severity_icon(problems.worst))}
            <span>{problems.count}</span>
        </span>
    }
    .into_any()
}

/// The title as a field: Enter and leaving it keep what was typed, Escape does not.
fn rename_field(graph: Graph, id: String, title: String) -> AnyView {
    let field = NodeRef::<Input>::new();
    // The text comes first: what has none cannot be selected, and typing shall replace it.
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            field.set_value(&title);
            let _ = field.focus();
            field.select();
        }
    });
    let keep = {
        let id = id.clone();
        move || {
            if graph.renaming.with_untracked(|renaming| renaming.as_deref() == Some(&id))
                && let Some(field) = field.get_untracked()
            {
                act::rename(graph, &id, &field.value());
            }
        }
    };
    let leave = keep.clone();
    let key = move |event: KeyboardEvent| {
        event.stop_propagation();
        match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                keep();
            }
            "Escape" => graph.renaming.set(None),
            _ => return,
        }
        // The field is gone; the keys go back to the card.
        graph.focus_card(graph.focused());
    };
    view! {
        <input
            class="graph-rename"
            node_ref=field
            aria-label=format!("New name of job {id}")
            spellcheck="false"
            autocomplete="off"
            on:keydown=key
            on:blur=move |_| leave()
            on:click=|event: MouseEvent| event.stop_propagation()
            on:dblclick=|event: MouseEvent| event.stop_propagation()
        />
    }
    .into_any()
}
