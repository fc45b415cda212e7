//! What an event would run: the event on the left, its verdicts beside it, and the scenarios that are kept.

mod fields;
mod form;
mod import;
mod jobs;
mod scenarios;
mod trial;

use leptos::prelude::*;
use stepladder_workflow::FileKind;
use stepladder_workflow::simulate::{Answer, Note, Place, Verdict};

pub(crate) use self::trial::{Look, Looks, Trial, on_graph, outcome, suggested};
use crate::session::Origin;
use crate::shell::{Pane, Shell, Width};
use crate::ui::button::icon_button;
use crate::ui::icon::{Icon, icon};
use crate::ui::prose::with_code;

/// The pane.
pub(crate) fn plan(shell: Shell) -> AnyView {
    // The graph shows the plan from now on, also when a phone shows it later.
    shell.trial.kept.set(true);
    let any = shell.session.echo.derive(|analysis| !analysis.workflow.triggers.is_empty());
    let kind = shell.session.echo.derive(|analysis| analysis.kind);
    view! {
        <div class="plan">
            {move || if any.get() { presets(shell) } else { no_trigger(kind.get()) }}
            <Show when=move || kind.get() == FileKind::Workflow>
                <div class="plan-columns">
                    <section class="plan-event" aria-label="The event">{form::form(shell)}</section>
                    <section class="plan-answer" aria-label="What happens">{verdict(shell)} {jobs::jobs(shell)}</section>
                    <section class="plan-scenarios" aria-labelledby="scenarios-title">{scenarios::scenarios(shell)}</section>
                </div>
            </Show>
        </div>
    }
    .into_any()
}

fn no_trigger(kind: FileKind) -> AnyView {
    let words = match kind {
        FileKind::Workflow => {
            "The workflow waits for no event yet: choose one in the graph, under “Starts when”."
        }
        FileKind::Action => {
            "An action waits for no event: it runs when a step of a workflow uses it. Try the event there."
        }
    };
    view! { <p class="banner">{icon(Icon::Hint)} <span>{words}</span></p> }.into_any()
}

/// Events in plain words, made from what the workflow waits for.
fn presets(shell: Shell) -> AnyView {
    let trial = shell.trial;
    let chosen = trial.part(|event| event.name.clone());
    let pills = move || {
        trial.presets.with(|presets| {
            let pill = |preset: &stepladder_content::Scenario| {
                let (preset, name) = (preset.clone(), preset.name.clone());
                let held = name.clone();
                view! {
                    <button
                        type="button"
                        class="pill"
                        aria-pressed=move || if chosen.with(|chosen| *chosen == held) { "true" } else { "false" }
                        on:click=move |_| trial.choose(preset.clone())
                    >
                        {with_code(&name)}
                    </button>
                }
                .into_any()
            };
            presets.iter().map(pill).collect::<Vec<_>>()
        })
    };
    view! {
        <div class="plan-presets" role="group" aria-label="Try an event">
            <span class="plan-presets-label" aria-hidden="true">"Try"</span>
            {pills}
        </div>
    }
    .into_any()
}

/// The icon of an answer; colour is never the only sign.
fn answer_icon(answer: Answer) -> Icon {
    match answer {
        Answer::Yes => Icon::Passed,
        Answer::No => Icon::Skipped,
        Answer::Unknown => Icon::Unknown,
    }
}

/// The class that an answer is drawn with.
pub(crate) fn answer_class(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "plan-yes",
        Answer::No => "plan-no",
        Answer::Unknown => "plan-unknown",
    }
}

/// The icon with its answer's class.
pub(crate) fn answer_mark(answer: Answer) -> AnyView {
    view! { <span class=format!("plan-mark {}", answer_class(answer))>{icon(answer_icon(answer))}</span> }
        .into_any()
}

/// On a card: what the plan says of it.
pub(crate) fn planned_badge(look: Look) -> AnyView {
    view! {
        <span class=format!("graph-planned {}", answer_class(look.answer)) title=look.reason aria-hidden="true">
            {icon(answer_icon(look.answer))}
            {look.words}
        </span>
    }
    .into_any()
}

/// On the graph: which event it shows, and the way to end that.
pub(crate) fn on_graph_note(shell: Shell, looks: ReadSignal<Option<std::sync::Arc<Looks>>>) -> AnyView {
    let event = Memo::new(move |_| looks.with(|looks| looks.as_ref().map(|looks| looks.event.clone())));
    let close = move |_| {
        shell.trial.kept.set(false);
        if shell.width.get_untracked() != Width::Phone {
            shell.layout.update(|layout| layout.drawer = false);
        }
    };
    let note = move || {
        event.get().map(|event| {
            view! {
                <p class="graph-event">
                    {icon(Icon::Play)} <span>{with_code(&event)}</span>
                    {icon_button(Icon::Close, "Stop showing what this event would run", || false, close)}
                </p>
            }
        })
    };
    note.into_any()
}

/// Does the workflow start, and why.
fn verdict(shell: Shell) -> AnyView {
    let trial = shell.trial;
    let said = Memo::new(move |_| {
        let plan = trial.plan.get()?;
        let notes: Vec<String> = plan.notes.iter().map(|note| note.text.clone()).collect();
        Some((plan.starts.answer, plan.starts.reason.clone(), plan.starts.missing.clone(), notes))
    });
    let go = move |_| {
        let place =
            trial.plan.with_untracked(|plan| plan.as_ref().and_then(|plan| plan.starts.place.clone()));
        go_to(shell, place);
    };
    let content = move || {
        let (answer, reason, missing, notes) = said.get()?;
        let words = match answer {
            Answer::Yes => "The workflow starts",
            Answer::No => "The workflow does not start",
            Answer::Unknown => "Not known whether it starts",
        };
        let notes: Vec<_> =
            notes.iter().map(|text| view! { <p class="row-note">{with_code(text)}</p> }.into_any()).collect();
        Some(view! {
            <div class=format!("plan-verdict {}", answer_class(answer)) role="status">
                <button type="button" class="plan-verdict-main" on:click=go>
                    {answer_mark(answer)}
                    <span>
                        <strong>{words}</strong>
                        <span class="plan-reason">{with_code(&reason)}</span>
                    </span>
                </button>
                {notes}
            </div>
            {(!missing.is_empty()).then(|| form::missing(shell, missing))}
        })
    };
    content.into_any()
}

/// Selects what decided, in all views.
fn go_to(shell: Shell, place: Option<Place>) {
    let Some(place) = place else { return };
    shell.session.select_range(place.range, Origin::Plan);
    show_code_on_phone(shell);
}

fn show_code_on_phone(shell: Shell) {
    if shell.width.get_untracked() == Width::Phone {
        shell.pane.set(Pane::Code);
    }
}

/// What is worth showing of a verdict, without byte offsets.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    answer: Answer,
    reason: String,
    missing: Vec<String>,
}

impl Said {
    fn new(verdict: &Verdict) -> Self {
        Self { answer: verdict.answer, reason: verdict.reason.clone(), missing: verdict.missing.clone() }
    }
}

fn texts(notes: &[Note]) -> Vec<String> {
    notes.iter().map(|note| note.text.clone()).collect()
}
