//! The second part of the program: the model of the workflow language and all views that need it.
//!
//! The start page is there without it. It is fetched when the address names more than the start page, when there are
//! drafts to show, or at the first sign of somebody at the page, a move, a touch or a key, so that it is there when they open a workflow; the page's
//! script has the browser download it ahead. Whatever only [`PART`] names is left out of the first part when the page is built for publishing
//! (the feature `split`); a view that needs the model is called through it and nowhere else.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;
use stepladder_content::lesson::Lesson;
use stepladder_content::{Checked, IndexEntry, Scenario, Template};
use stepladder_workflow::simulate::Plan;
use stepladder_workflow::{Analysis, Env, FileKind, edits};

use crate::drafts::{Drafts, Kept};
use crate::session::{Origin, Session};
use crate::shell::{Screen, Shell};
use crate::ui::toast::{Action, Tone};
use crate::{bench, facts, panes, share, views};

/// Shows the chosen one of all templates.
type Preview = fn(Shell, RwSignal<Option<IndexEntry>>, Signal<Vec<IndexEntry>>) -> AnyView;

/// Reads the starter templates of a folder: what was found, and what could not be read.
type Starters = fn(&BTreeMap<String, String>) -> (Vec<Template>, Vec<String>);

/// What the first part calls in the second one.
pub(crate) struct Part {
    /// [`Analysis::new`].
    pub(crate) analyse: fn(Arc<str>, &Env) -> Analysis,
    /// Fetches the facts that the analysis wants.
    pub(crate) facts: fn(Session),
    /// The panes around a workflow.
    pub(crate) workspace: fn(Shell) -> AnyView,
    /// What the checks look for.
    pub(crate) rules: fn(Shell) -> AnyView,
    /// The dialogs about a workflow.
    pub(crate) dialogs: fn(Shell) -> AnyView,
    /// The dialog that shows a template and asks its questions.
    pub(crate) preview: Preview,
    /// [`Lesson::grade`].
    pub(crate) grade: fn(&Lesson, &str) -> Vec<Checked>,
    /// [`IndexEntry::new`].
    pub(crate) entry: fn(&Template) -> IndexEntry,
    /// [`stepladder_content::starters`].
    pub(crate) starters: Starters,
    /// Events that a workflow waits for.
    pub(crate) presets: fn(&Analysis) -> Vec<Scenario>,
    /// What an event would do.
    pub(crate) plan: fn(&Scenario, &Analysis, &Env) -> Plan,
    /// The events that the workflow does not wait for yet, in words and by their names.
    pub(crate) free_events: fn(&Analysis) -> Vec<(&'static str, &'static str)>,
    /// Whether the workflow can have one more job: its text can be read that far.
    pub(crate) can_add_job: fn(&Analysis) -> bool,
    /// Lets the workflow start at that event too, and opens the form of it.
    pub(crate) add_trigger: fn(Session, &str, Origin),
    /// Drafts in the browser's database.
    pub(crate) kept: Kept,
    /// [`share::copy_link`].
    pub(crate) copy_link: fn(Shell),
    /// [`share::open`].
    pub(crate) open_link: fn(Shell, &str) -> bool,
    bench: fn(),
}

static PART: Part = Part {
    analyse: |text, env| Analysis::new(text, env),
    facts: facts::load,
    workspace: panes::workspace,
    rules: |shell| views::rules::rules(shell),
    dialogs: |shell| {
        view! {
            {views::export::export(shell)}
            {views::github::github(shell)}
            {views::share::share(shell)}
            {views::versions::versions(shell)}
            {views::start::own::save_template(shell)}
        }
        .into_any()
    },
    preview: views::start::preview::preview,
    grade: Lesson::grade,
    entry: IndexEntry::new,
    starters: stepladder_content::starters,
    presets: views::plan::suggested,
    plan: views::plan::outcome,
    free_events: |analysis| match analysis.kind {
        FileKind::Workflow => {
            views::form::free_events(analysis).into_iter().map(|event| (event.title, event.name)).collect()
        }
        FileKind::Action => Vec::new(),
    },
    can_add_job: |analysis| edits::can_add_job(analysis).is_ok(),
    add_trigger: views::form::add_trigger,
    kept: Kept::new(),
    copy_link: share::copy_link,
    open_link: share::open,
    bench: bench::install,
};

/// Fetches the part as soon as it is wanted.
pub(crate) fn load_when_wanted(shell: Shell) {
    let session = shell.session;
    let location = window().location();
    let more = [location.search(), location.hash()].into_iter().flatten().any(|part| part.len() > 1);
    if more || Drafts::are_expected() || shell.own.list.with_untracked(|own| !own.is_empty()) {
        load(session);
    }
    Effect::new(move |_| {
        if shell.screen.get() != Screen::Start {
            load(session);
        }
    });
    for sign in ["pointermove", "pointerdown", "keydown", "focusin"] {
        let listener = window_event_listener_untyped(sign, move |_| load(session));
        on_cleanup(move || listener.remove());
    }
}

/// The part, as soon as it is there; `None`: it could not be fetched.
pub(crate) async fn part() -> Option<&'static Part> {
    fetch().await.ok()
}

/// Fetches the part, unless that was begun before; each view that waits for it follows [`Session::model`].
fn load(session: Session) {
    if session.model_asked.get_untracked() {
        return;
    }
    session.model_asked.set(true);
    let arrived = session.model;
    spawn_local(async move {
        match fetch().await {
            Ok(part) => {
                (part.bench)();
                arrived.set(Some(part));
            }
            Err(_) => {
                session.model_asked.set(false);
                session.toaster.show(
                    Tone::Error,
                    "A part of the page could not be loaded; is the network there?",
                    Some(Action::new("Try again", move || load(session))),
                );
            }
        }
    });
}

#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(model, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetch() -> Result<&'static Part, SplitLoaderError> {
    Ok(&PART)
}

#[cfg(not(feature = "split"))]
async fn fetch() -> Result<&'static Part, SplitLoaderError> {
    Ok(&PART)
}
