//! Which jobs must be done first: one switch a job, closed for those that would make a circle.

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_yaml::{Path, Step};

use super::controls::{self, At};
use super::write;
use crate::session::Session;

/// A job that could be needed.
#[derive(Clone, PartialEq)]
struct Candidate {
    id: String,
    needed: bool,
    /// Why it cannot be needed.
    refused: Option<String>,
}

/// The other jobs of the workflow.
pub(super) fn jobs(at: &At) -> AnyView {
    let Some(job) = job_id(&at.path) else { return controls::yaml(at) };
    let session = at.session;
    let own = job.clone();
    let candidates = session.derive(move |analysis| {
        let Some(this) = analysis.workflow.job(&own) else { return Vec::new() };
        let others = analysis.workflow.jobs.iter().filter(|job| job.id.value != own);
        others
            .map(|other| {
                let id = other.id.value.clone();
                let needed = this.needs.iter().any(|need| need.value.eq_ignore_ascii_case(&id));
                let refused =
                    if needed { None } else { edits::can_need(analysis, &own, &id).err().map(|r| r.message) };
                Candidate { id, needed, refused }
            })
            .collect::<Vec<_>>()
    });
    let id = at.id();
    let none = Memo::new(move |_| candidates.with(Vec::is_empty));
    let ids = Memo::new(move |_| {
        candidates.with(|all| all.iter().map(|candidate| candidate.id.clone()).collect::<Vec<_>>())
    });
    (move || {
        if none.get() {
            return view! { <p class="field-empty" id=id.clone()>"This is the only job, so it starts at once."</p> }.into_any();
        }
        let job = job.clone();
        view! {
            <div class="choice-chips" id=id.clone() role="group" aria-label="Jobs that must be done first">
                <For
                    each=move || ids.get()
                    key=Clone::clone
                    children=move |need| candidate(session, candidates, job.clone(), need)
                />
            </div>
        }
        .into_any()
    })
    .into_any()
}

/// The switch of one job; it stays while its state changes, and so keeps the focus.
fn candidate(session: Session, candidates: Memo<Vec<Candidate>>, job: String, need: String) -> AnyView {
    let own = need.clone();
    let state =
        Memo::new(move |_| candidates.with(|all| all.iter().find(|candidate| candidate.id == own).cloned()));
    let needed = move || state.with(|state| state.as_ref().is_some_and(|state| state.needed));
    let refused = move || state.with(|state| state.as_ref().and_then(|state| state.refused.clone()));
    let shown = need.clone();
    let change = move |event| {
        let checked = event_target_checked(&event);
        write::act_here(session, |analysis| {
            if checked {
                edits::add_need(analysis, &job, &need)
            } else {
                edits::remove_need(analysis, &job, &need)
            }
        });
    };
    view! {
        <label class="choice-chip" title=refused>
            <input type="checkbox" prop:checked=needed disabled=move || refused().is_some() on:change=change />
            <span>{shown}</span>
        </label>
    }
    .into_any()
}

fn job_id(path: &Path) -> Option<String> {
    match path.steps() {
        [Step::Key(jobs), Step::Key(id), ..] if jobs == "jobs" => Some(id.clone()),
        _ => None,
    }
}
