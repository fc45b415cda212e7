//! Which jobs must be done first: one switch a job, closed for those that would make a circle.

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_yaml::{Path, Step};

use super::controls::{self, At};
use super::write;

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
    (move || {
        let list = candidates.get();
        if list.is_empty() {
            return view! { <p class="field-empty" id=id.clone()>"This is the only job, so it starts at once."</p> }.into_any();
        }
        let items: Vec<_> = list
            .into_iter()
            .map(|candidate| {
                let (job, need) = (job.clone(), candidate.id.clone());
                let change = move |event| {
                    let checked = event_target_checked(&event);
                    write::act(session, |analysis| {
                        if checked {
                            edits::add_need(analysis, &job, &need)
                        } else {
                            edits::remove_need(analysis, &job, &need)
                        }
                    });
                };
                view! {
                    <label class="choice-chip" title=candidate.refused.clone()>
                        <input
                            type="checkbox"
                            prop:checked=candidate.needed
                            disabled=candidate.refused.is_some()
                            on:change=change
                        />
                        <span>{candidate.id}</span>
                    </label>
                }
            })
            .collect();
        view! { <div class="choice-chips" id=id.clone() role="group" aria-label="Jobs that must be done first">{items}</div> }.into_any()
    })
    .into_any()
}

fn job_id(path: &Path) -> Option<String> {
    match path.steps() {
        [Step::Key(jobs), Step::Key(id), ..] if jobs == "jobs" => Some(id.clone()),
        _ => None,
    }
}
