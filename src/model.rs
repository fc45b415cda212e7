//! The second part of the program: the model of the workflow language and all views that need it.
//!
//! The start page is there without it. It is fetched at once after the first paint, so that it is there when somebody
//! opens a workflow. Whatever only [`PART`] names is left out of the first part when the page is built for publishing
//! (the feature `split`); a view that needs the model is called through it and nowhere else.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;
use stepladder_content::lesson::Lesson;
use stepladder_content::{Checked, IndexEntry, JobPreview, Scenario, Template};
use stepladder_workflow::simulate::Plan;
use stepladder_workflow::{Analysis, Env};

use crate::session::Session;
use crate::shell::Shell;
use crate::ui::toast::{Action, Tone};
use crate::{bench, facts, panes, views};

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
    /// The picture on a template's card.
    pub(crate) thumbnail: fn(&[JobPreview]) -> AnyView,
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
    bench: fn(),
}

static PART: Part = Part {
    analyse: |text, env| Analysis::new(text, env),
    facts: facts::load,
    workspace: panes::workspace,
    rules: |shell| views::rules::rules(shell),
    dialogs: |shell| {
        view! { {views::export::export(shell)} {views::github::github(shell)} {views::start::own::save_template(shell)} }.into_any()
    },
    thumbnail: views::start::thumbnail::thumbnail,
    preview: views::start::preview::preview,
    grade: Lesson::grade,
    entry: IndexEntry::new,
    starters: stepladder_content::starters,
    presets: views::plan::suggested,
    plan: views::plan::outcome,
    bench: bench::install,
};

/// Fetches the part, once; each view that waits for it follows `arrived`.
pub(crate) fn load(session: Session) {
    let arrived = session.model;
    spawn_local(async move {
        match fetch().await {
            Ok(part) => {
                (part.bench)();
                arrived.set(Some(part));
            }
            Err(_) => session.toaster.show(
                Tone::Error,
                "A part of the page could not be loaded; is the network there?",
                Some(Action::new("Try again", move || load(session))),
            ),
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
