//! The form of a job: its id and what it needs, its steps, and all that the table knows of jobs.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::model::StepKind;
use stepladder_workflow::schema;
use stepladder_yaml::{Path, path};

use super::controls::At;
use super::sortable::{Item, Place, Sortable};
use super::{fields, library, read, write};
use crate::session::{Origin, Session};
use crate::ui::button::{button, icon_button};
use crate::ui::icon::{Icon, icon};
use crate::views::perform::remove_job;

/// What is shown of a job though it is not set: what people come for.
const COMMON: &[&str] = &["name", "runs-on", "needs", "if", "environment", "uses", "with"];

/// The form of the job of that id.
pub(super) fn panel(session: Session, id: String) -> AnyView {
    let path = path!["jobs", id.as_str()];
    let here = path.clone();
    let own = id.clone();
    let calls = session.form.derive(move |analysis| {
        analysis.workflow.job(&own).is_some_and(|job| job.uses.is_some() && job.steps.is_empty())
    });
    let (copied, gone) = (id.clone(), id.clone());
    let head = view! {
        <header class="form-head">
            <h2>"Job"</h2>
            {id_field(session, &id)}
            {icon_button(Icon::Copy, "Duplicate this job", || false, move |_| {
                write::act(session, |analysis| edits::duplicate_job(analysis, &copied));
            })}
            {icon_button(Icon::Trash, "Remove this job", || false, move |_| {
                remove_job(session, Origin::Form, &gone, || {});
            })}
        </header>
    };
    let body = move || {
        let map = session.analysis.with_untracked(|analysis| {
            schema::at(&here, &analysis.tree)
                .or_else(|| schema::WORKFLOW.named("jobs")?.maps.first()?.free?.maps.first().copied())
        });
        let steps = (!calls.get()).then(|| steps(session, id.clone()));
        view! {
            {steps}
            <section class="form-section" aria-labelledby="form-job">
                <h2 id="form-job">"Settings"</h2>
                {map.map(|map| {
                    fields::fields(session, &here, map, &["steps", "strategy"], COMMON)
                })}
            </section>
            {strategy(session, &here)}
        }
    };
    view! {
        <section class="form-section">{head}</section>
        {body}
        {fields::whole(session, &path, "This job")}
    }
    .into_any()
}

/// The matrix, and what else says how its jobs run.
fn strategy(session: Session, job: &Path) -> AnyView {
    let path = job.child("strategy");
    let found = session.analysis.with_untracked(|analysis| {
        let map = schema::at(job, &analysis.tree).filter(|map| map.named("strategy").is_some());
        map.or_else(|| schema::WORKFLOW.named("jobs")?.maps.first()?.free?.maps.first().copied())
    });
    let Some(field) = found.and_then(|map| map.named("strategy")) else { return ().into_any() };
    let Some((map, matrix)) = field.maps.first().and_then(|map| Some((*map, map.named("matrix")?))) else {
        return ().into_any();
    };
    let here = path.clone();
    let state = session.form.derive(move |analysis| match read::shown(analysis, &here) {
        read::Shown::Absent => Some(false),
        read::Shown::Scalar(text) if text.is_empty() => Some(false),
        read::Shown::Mapping => Some(true),
        _ => None,
    });
    let place = path.to_string();
    let at = At { session, path: path.child("matrix"), field: matrix };
    let body = move || match state.get() {
        Some(begun) => view! {
            <div class="field" data-field=at.path.to_string()>
                {fields::repeated(session, &at.path)}
                {fields::control(&at)}
            </div>
            {begun.then(|| fields::fields(session, &path, map, &["matrix"], &["fail-fast", "max-parallel"]))}
        }
        .into_any(),
        None => fields::row(&At { session, path: path.clone(), field }),
    };
    view! {
        <section class="form-section" aria-labelledby="form-strategy" data-field=place>
            <h2 id="form-strategy">"Matrix"</h2>
            <p class="form-doc">"Runs the job once for every combination of values, such as systems or versions."</p>
            {body}
        </section>
    }
    .into_any()
}

/// The id, which renames every reference along.
fn id_field(session: Session, id: &str) -> AnyView {
    let old = id.to_owned();
    let rename = move |event: FocusEvent| {
        let new = event_target_value(&event).trim().to_owned();
        if new != old && !new.is_empty() {
            write::act(session, |analysis| edits::rename_job(analysis, &old, &new));
        }
    };
    let key = |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            if let Some(active) = document()
                .active_element()
                .and_then(|e| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(e).ok())
            {
                let _ = active.blur();
            }
        }
    };
    view! {
        <input
            class="field-input mono form-id"
            type="text"
            spellcheck="false"
            autocomplete="off"
            aria-label="Id of the job; a change renames it everywhere"
            title="Id of the job; a change renames it everywhere"
            prop:value=id.to_owned()
            on:blur=rename
            on:keydown=key
        />
    }
    .into_any()
}

/// A step as the list shows it.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    title: String,
    note: &'static str,
    glyph: Icon,
    conditional: bool,
}

fn steps(session: Session, job: String) -> AnyView {
    let id = job.clone();
    let rows = session.form.derive(move |analysis| {
        let steps = analysis.workflow.job(&id).map(|job| job.steps.as_slice()).unwrap_or_default();
        steps
            .iter()
            .filter(|step| step.path.steps().len() == 4)
            .map(|step| Row {
                title: step.title(),
                note: match step.kind {
                    StepKind::Run { .. } => "script",
                    StepKind::Uses(_) => "action",
                    _ => "",
                },
                glyph: if matches!(step.kind, StepKind::Run { .. }) { Icon::Code } else { Icon::Step },
                conditional: step.condition.is_some(),
            })
            .collect::<Vec<_>>()
    });
    let moved = job.clone();
    let sortable = Sortable::new(move |from, to| {
        write::act_here(session, |analysis| {
            edits::move_step(analysis, &path!["jobs", moved.as_str(), "steps", from], &moved, to)
        });
    });
    // A step that is dropped on another job's card goes there.
    let giving = job.clone();
    let sortable = sortable.with_takers(".graph-card[data-job]", move |from, card| {
        let Some(target) = card.get_attribute("data-job").filter(|target| *target != giving) else { return };
        let step = path!["jobs", giving.as_str(), "steps", from];
        if write::act(session, |analysis| edits::move_step(analysis, &step, &target, usize::MAX)) {
            session.offer_undo();
        }
    });
    let list_job = job.clone();
    let list =
        sortable.list("items steps", rows, move |row, place| step_item(session, &list_job, place, row));
    let library_open = RwSignal::new(false);
    let run_job = job.clone();
    let add_run = move |_| {
        let count = rows.with_untracked(Vec::len);
        write::act(session, |analysis| {
            edits::add_step(analysis, &run_job, count, &edits::NewStep::Run("echo \"Hello\"".to_owned()))
        });
    };
    view! {
        <section class="form-section" aria-labelledby="form-steps">
            <h2 id="form-steps">"Steps"</h2>
            {fields::repeated(session, &path!["jobs", job.as_str(), "steps"])}
            {list}
            <div class="field-line">
                {button("", Some(Icon::Code), "Add a script", add_run)}
                {button("", Some(Icon::Search), "Add an action", move |_| library_open.set(true))}
            </div>
            {library::adder(session, library_open, job)}
        </section>
    }
    .into_any()
}

fn step_item(session: Session, job: &str, place: Place, row: Row) -> Item {
    let job = job.to_owned();
    let path = move || path!["jobs", job.as_str(), "steps", place.now()];
    let (here, gone, copied) = (path.clone(), path.clone(), path);
    let title = row.title.clone();
    let main = view! {
        <button
            type="button"
            class="item-main"
            title="Alt+↑ and Alt+↓ move this step"
            on:click=move |_| session.select(here(), Origin::Form)
        >
            <span class="step-number">{move || place.get() + 1}</span>
            {icon(row.glyph)}
            <span class="item-title">{row.title}</span>
            <span class="item-note">{row.note}{row.conditional.then_some(" · conditional")}</span>
        </button>
    };
    let actions = view! {
        {icon_button(Icon::Copy, format!("Duplicate {title}"), || false, move |_| {
            write::act(session, |analysis| edits::duplicate_step(analysis, &copied()));
        })}
        {icon_button(Icon::Trash, format!("Remove {title}"), || false, move |_| {
            write::act_aloud(session, |analysis| edits::remove_step(analysis, &gone()));
        })}
    };
    Item { name: title, main: main.into_any(), actions: actions.into_any() }
}
