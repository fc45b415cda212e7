//! The form of a job: its id and what it needs, its steps, and all that the table knows of jobs.

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::schema;
use stepladder_yaml::{Path, path};

use super::controls::At;
use super::{call, control, fields, named, notes, read, steps, write};
use crate::session::{Origin, Session};
use crate::ui::button::icon_button;
use crate::ui::icon::Icon;
use crate::views::left_behind;
use crate::views::perform::remove_job;

/// What is shown of a job though it is not set: what people come for.
const COMMON: &[&str] = &["name", "runs-on", "needs", "if", "environment", "uses", "with", "secrets"];

/// The field of the id, once the form is that of what is selected.
pub(super) const ID: &str = ".form:not([aria-busy]) .form-id";

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
    let kind = call::kind(session, &id, calls);
    let body = move || {
        let map = session.analysis.with_untracked(|analysis| {
            schema::at(&here, &analysis.tree)
                .or_else(|| schema::WORKFLOW.named("jobs")?.maps.first()?.free?.maps.first().copied())
        });
        let steps = (!calls.get()).then(|| steps::section(session, &id));
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
        <section class="form-section">{head}{notes::own_problems(session, &path)}{kind}{notes::repeated(session, &path)}</section>
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
    // The control stays while it is begun: somebody types into it.
    let is_form = Memo::new(move |_| state.get().is_some());
    let begun = Memo::new(move |_| state.get() == Some(true));
    let body = move || {
        if !is_form.get() {
            return fields::row(&At { session, path: path.clone(), field });
        }
        let (path, own) = (path.clone(), path.clone());
        let rest = move || {
            begun
                .get()
                .then(|| fields::fields(session, &path, map, &["matrix"], &["fail-fast", "max-parallel"]))
        };
        view! {
            <div class="field" data-field=at.path.to_string()>
                {notes::repeated(session, &at.path)}
                {control::control(&at)}
                {notes::own_problems(session, &at.path)}
            </div>
            {rest}
            {notes::own_problems(session, &own)}
        }
        .into_any()
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
    let rename = move |new: &str| {
        let done = write::act(session, |analysis| edits::rename_job(analysis, &old, new));
        if done {
            left_behind::tell(session, &old);
        }
        done
    };
    let label = "Id of the job; a change renames it everywhere";
    named::name_field("field-input mono form-id", label, id, rename)
}
