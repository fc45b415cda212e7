//! Which jobs must be done first: one switch a job, closed for those that would make a circle. Of many jobs, only those
//! that are needed are listed until somebody asks for the others. What is needed and is no other job is listed to go.

use leptos::ev::MouseEvent;
use leptos::html::Div;
use leptos::prelude::*;
use stepladder_workflow::{Analysis, edits};
use stepladder_yaml::{Path, Step};
use wasm_bindgen::JsCast;

use super::controls::At;
use super::prose::plain;
use super::{source, write};
use crate::session::Session;
use crate::ui::icon::{Icon, icon};

/// A workflow with more jobs than these does not list all of them at once.
const FEW: usize = 12;

/// A job that could be needed.
#[derive(Clone, PartialEq)]
struct Candidate {
    id: String,
    needed: bool,
    /// Whether no other job has that id, so that it can only go.
    unknown: bool,
    /// Why it cannot be needed.
    refused: Option<String>,
}

/// Whether `need` names the job of that id.
fn is_named(analysis: &Analysis, need: &str, id: &str) -> bool {
    need == id
        || need.eq_ignore_ascii_case(id) && analysis.workflow.job(need).is_some_and(|job| job.id.value == id)
}

/// The other jobs of the workflow.
pub(super) fn jobs(at: &At) -> AnyView {
    let Some(job) = job_id(&at.path) else { return source::yaml(at) };
    let session = at.session;
    let own = job.clone();
    let all = RwSignal::new(false);
    let candidates = session.form.derive(move |analysis| {
        let Some(this) = analysis.workflow.job(&own) else { return Vec::new() };
        let others = analysis.workflow.jobs.iter().filter(|job| !job.is_twin() && job.id.value != own);
        let listed = all.get() || analysis.workflow.jobs.len() <= FEW;
        let mut candidates: Vec<_> = others
            .map(|other| {
                let id = other.id.value.clone();
                let needed = this.needs.iter().any(|need| is_named(analysis, &need.value, &id));
                let refused = if needed || !listed {
                    None
                } else {
                    edits::can_need(analysis, &own, &id).err().map(|refusal| refusal.message)
                };
                Candidate { id, needed, unknown: false, refused }
            })
            .collect();
        for need in &this.needs {
            if !candidates.iter().any(|one| is_named(analysis, &need.value, &one.id)) {
                candidates.push(Candidate {
                    id: need.value.clone(),
                    needed: true,
                    unknown: true,
                    refused: None,
                });
            }
        }
        candidates
    });
    let id = at.id();
    let group = NodeRef::<Div>::new();
    let count = Memo::new(move |_| candidates.with(Vec::len));
    // A job that is not needed any more stays in the list, so that its switch keeps the focus.
    let listed = Memo::new(move |before: Option<&Vec<String>>| {
        let whole = all.get() || count.get() < FEW;
        let stays = |id: &String| before.is_some_and(|before| before.contains(id));
        candidates.with(|candidates| {
            let listed = candidates.iter().filter(|one| whole || one.needed || stays(&one.id));
            listed.map(|one| one.id.clone()).collect::<Vec<_>>()
        })
    });
    (move || {
        if count.get() == 0 {
            return view! { <p class="field-empty" id=id.clone()>"This is the only job, so it starts at once."</p> }.into_any();
        }
        let job = job.clone();
        let more = move || {
            let hidden = count.get().saturating_sub(listed.with(Vec::len));
            let show = move |_| {
                all.set(true);
                request_animation_frame(move || focus_first(group));
            };
            (hidden > 0).then(|| {
                view! {
                    <button type="button" class="preset" on:click=show>
                        {icon(Icon::Plus)}
                        {format!("Show {hidden} more {}", if hidden == 1 { "job" } else { "jobs" })}
                    </button>
                }
            })
        };
        view! {
            <div class="choice-chips" node_ref=group id=id.clone() role="group" aria-label="Jobs that must be done first">
                <For
                    each=move || listed.get()
                    key=Clone::clone
                    children=move |need| candidate(session, candidates, job.clone(), need)
                />
                {more}
            </div>
        }
        .into_any()
    })
    .into_any()
}

/// Focuses the first job that could be needed as well.
fn focus_first(group: NodeRef<Div>) {
    let group = group.get_untracked();
    let first =
        group.and_then(|group| group.query_selector("input:not([aria-disabled], :checked)").ok().flatten());
    if let Some(first) = first.and_then(|first| first.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = first.focus();
    }
}

/// The switch of one job; it stays while its state changes, and so keeps the focus.
fn candidate(session: Session, candidates: Memo<Vec<Candidate>>, job: String, need: String) -> AnyView {
    let own = need.clone();
    let state =
        Memo::new(move |_| candidates.with(|all| all.iter().find(|candidate| candidate.id == own).cloned()));
    let needed = move || state.with(|state| state.as_ref().is_some_and(|state| state.needed));
    let refused = move || state.with(|state| state.as_ref().and_then(|state| state.refused.clone()));
    // Closed, it can be reached all the same, and says why when somebody presses it.
    let closed = move || refused().map(|_| "true");
    let unknown = move || state.with(|state| state.as_ref().is_some_and(|state| state.unknown));
    let title = move || {
        let why = refused().map(|why| plain(&why));
        why.or_else(|| unknown().then(|| "No other job has this id: press to take it out".to_owned()))
    };
    let stay_closed = move |event: MouseEvent| {
        if let Some(why) = untrack(refused) {
            event.prevent_default();
            session.tell_refusal(why);
        }
    };
    let (shown, why_id) = (need.clone(), format!("needs-{job}-{need}-why"));
    let told = why_id.clone();
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
        <label class="choice-chip" class:is-unknown=unknown title=title>
            <input
                type="checkbox"
                prop:checked=needed
                aria-disabled=closed
                aria-invalid=move || unknown().then_some("true")
                aria-describedby=move || closed().map(|_| told.clone())
                on:click=stay_closed
                on:change=change
            />
            <span>{shown}</span>
        </label>
        <span id=why_id hidden>{move || refused().map(|why| plain(&why))}</span>
    }
    .into_any()
}

fn job_id(path: &Path) -> Option<String> {
    match path.steps() {
        [Step::Key(jobs), Step::Key(id), ..] if jobs == "jobs" => Some(id.clone()),
        _ => None,
    }
}
