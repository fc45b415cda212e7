//! A job that calls a reusable workflow: how it becomes one and back, which workflow it calls, what it hands over.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use stepladder_workflow::edits::{self, ToJob};
use stepladder_workflow::ide;
use stepladder_yaml::edit::Value;
use stepladder_yaml::{Path, path};

use super::controls::{self, At};
use super::known::Known;
use super::{focus, pairs, read, source, write};
use crate::session::Session;
use crate::ui::button::button;
use crate::ui::icon::Icon;
use crate::ui::settle::settling;

/// The id of the button that makes a job call a workflow.
const CALLS: &str = "job-calls-workflow";

/// The choice between steps of its own and a call, for the job `id`.
pub(super) fn kind(session: Session, id: &str, calls: Memo<bool>) -> AnyView {
    let choosing = RwSignal::new(false);
    let (own, called) = (id.to_owned(), id.to_owned());
    let to_steps = move |_| {
        choosing.set(false);
        if calls.get_untracked() {
            write::act_aloud(session, |analysis| edits::change_job_kind(analysis, &own, &ToJob::Steps));
        }
    };
    let pressed = |is: bool| if is { "true" } else { "false" };
    view! {
        <div class="form-actions">
            <div class="segmented" role="group" aria-label="What the job does">
                <button
                    type="button"
                    aria-pressed=move || pressed(!calls.get() && !choosing.get())
                    on:click=to_steps
                >
                    "Runs steps"
                </button>
                <button
                    type="button"
                    id=CALLS
                    aria-pressed=move || pressed(calls.get() || choosing.get())
                    on:click=move |_| choosing.set(!calls.get_untracked())
                >
                    "Calls a workflow"
                </button>
            </div>
        </div>
        {move || (choosing.get() && !calls.get()).then(|| choose(session, &called, choosing))}
    }
    .into_any()
}

/// Which workflow the job `id` shall call from now on.
fn choose(session: Session, id: &str, choosing: RwSignal<bool>) -> AnyView {
    let name = RwSignal::new(
        session.env.with_untracked(|env| ide::callable(env).into_iter().next().unwrap_or_default()),
    );
    let lost = session.analysis.with_untracked(|analysis| {
        let keys = edits::lost_with_kind(analysis, id, &ToJob::Call(String::new()));
        keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
    });
    let words = (!lost.is_empty()).then(|| {
        format!("A job that calls a workflow cannot have {lost}: they go, and Undo brings them back.")
    });
    let own = id.to_owned();
    let call = move || {
        let to = ToJob::Call(name.get_untracked());
        if write::act(session, |analysis| edits::change_job_kind(analysis, &own, &to)) {
            choosing.set(false);
            session.offer_undo();
            focus::on(format!("field-{}", path!["jobs", own.as_str(), "uses"]));
        }
    };
    let key = {
        let call = call.clone();
        move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                call();
            }
            "Escape" => {
                event.stop_propagation();
                choosing.set(false);
                focus::on(CALLS.to_owned());
            }
            _ => {}
        }
    };
    let id = "job-calls";
    let known = known(session, &Path::root(), id);
    let list = known.attribute();
    focus::on(id.to_owned());
    view! {
        <div class="field">
            <label for=id>"Which workflow?"</label>
            <div class="field-line">
                <input
                    id=id
                    class="field-input mono"
                    type="text"
                    spellcheck="false"
                    autocomplete="off"
                    list=move || list.get()
                    placeholder="./.github/workflows/FILE.yml"
                    data-written=""
                    prop:value=move || name.get()
                    on:input=move |event| name.set(event_target_value(&event))
                    on:keydown=key
                />
                {known.list(|_| false)}
                {button("button-primary", None, "Call it", move |_| call())}
            </div>
            {words.map(|words| view! { <p class="field-note">{super::prose::prose(&words)}</p> })}
        </div>
    }
    .into_any()
}

/// The workflow that a job calls, with those of the repository that are known as suggestions.
pub(super) fn workflow(at: &At) -> AnyView {
    controls::line_with(at, "text", "field-input mono", String::new(), known(at.session, &at.path, &at.id()))
}

/// The workflows among the known files that can be called, for the control with that id of the value at `path`.
fn known(session: Session, path: &Path, id: &str) -> Known {
    Known::new(session, path, id, session.env.with_untracked(ide::callable))
}

/// How secrets are handed over.
#[derive(Clone, Copy, PartialEq)]
enum Handed {
    None,
    All,
    Some,
    /// Something else, which only its YAML shows.
    Other,
}

/// The secrets for the called workflow: none, all, or some by name; those that it declares are offered.
pub(super) fn secrets(at: &At) -> AnyView {
    let here = at.path.clone();
    let handed = at.session.form.derive(move |analysis| match read::shown(analysis, &here) {
        read::Shown::Absent => Handed::None,
        read::Shown::Scalar(text) if text == "inherit" => Handed::All,
        read::Shown::Scalar(text) if text.is_empty() => Handed::None,
        read::Shown::Mapping => Handed::Some,
        _ => Handed::Other,
    });
    let declared = declared(at.session, &at.path);
    let here = at.clone();
    let change = move |chosen: String| match chosen.as_str() {
        "all" => drop(write::set(here.session, &here.path, &Value::Str("inherit".to_owned()))),
        "some" => {
            let must: Vec<_> = declared.with_untracked(|declared| {
                let wanted = declared.iter().filter(|(_, must)| *must).chain(declared.iter().take(1));
                wanted.map(|(name, _)| name.clone()).collect()
            });
            let mut entries: Vec<(String, Value)> = Vec::new();
            for name in if must.is_empty() { vec!["TOKEN".to_owned()] } else { must } {
                if entries.iter().all(|(known, _)| *known != name) {
                    entries.push((name.clone(), secret(&name)));
                }
            }
            write::set(here.session, &here.path, &Value::Map(entries));
        }
        _ => write::unset(here.session, &here.path),
    };
    let option = move |value: &'static str, is: Handed, words: &'static str| {
        view! { <option value=value selected=move || handed.get() == is>{words}</option> }
    };
    let id = at.id();
    let at = at.clone();
    let body = move || match handed.get() {
        Handed::None | Handed::All => ().into_any(),
        Handed::Other => source::yaml(&at),
        Handed::Some => {
            let Some((map, free)) = at.field.maps.first().and_then(|map| Some((*map, map.free?))) else {
                return source::yaml(&at);
            };
            view! {
                <div class="pairs">{pairs::free_pairs(at.session, &at.path, map, free, &[])}</div>
                {offers(&at, declared)}
            }
            .into_any()
        }
    };
    let options = view! {
        {option("none", Handed::None, "None")}
        {option("all", Handed::All, "All that this workflow has (inherit)")}
        {option("some", Handed::Some, "Some, by name")}
        {move || (handed.get() == Handed::Other).then(|| view! { <option value="" selected=true>"As written"</option> })}
    };
    view! {
        {settling(Some(id), "field-input", None, false, options, change)}
        {body}
    }
    .into_any()
}

/// The secrets that the called workflow declares and that are not handed over yet.
fn offers(at: &At, declared: Memo<Vec<(String, bool)>>) -> AnyView {
    let here = at.path.clone();
    let given = at.session.form.derive(move |analysis| {
        read::pairs(analysis, &here).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    });
    let at = at.clone();
    (move || {
        let given = given.get();
        let open = declared.get().into_iter().filter(|(name, _)| !given.iter().any(|g| g.eq_ignore_ascii_case(name)));
        let buttons: Vec<_> = open
            .map(|(name, must)| {
                let (session, path) = (at.session, at.path.child(name.as_str()));
                let words = if must { format!("{name} (required)") } else { name.clone() };
                button("button-small button-quiet", Some(Icon::Plus), words, move |_| {
                    write::set(session, &path, &secret(&name));
                })
            })
            .collect();
        (!buttons.is_empty()).then(|| {
            view! { <div class="field-line" role="group" aria-label="Secrets that the workflow declares">{buttons}</div> }
        })
    })
    .into_any()
}

/// The caller's secret of that name.
fn secret(name: &str) -> Value {
    Value::Str(format!("${{{{ secrets.{name} }}}}"))
}

/// The secrets that the workflow declares that the job with `secrets` at `path` calls.
fn declared(session: Session, path: &Path) -> Memo<Vec<(String, bool)>> {
    let uses = path.parent().unwrap_or_default().child("uses");
    let uses = session.form.derive(move |analysis| read::shown(analysis, &uses).text());
    Memo::new(move |_| {
        let found = uses.with(|uses| session.env.with(|env| ide::declared(env, uses)));
        found.map(|found| found.secrets).unwrap_or_default()
    })
}
