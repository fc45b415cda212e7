//! The forms: what is selected (the workflow, a trigger, a job, a step), field by field, as the schema table has it.
//!
//! A field reads its value from the analysis by path and writes it by an edit; no form keeps a value of its own.

mod barred;
mod call;
mod chips;
mod container;
mod control;
mod controls;
mod cron;
mod dispatch;
mod drag;
mod fields;
mod focus;
mod fresh;
mod globs;
mod health;
mod help;
mod inputs;
mod job;
mod known;
mod library;
mod lines;
mod list;
mod lookup;
mod matrix;
mod named;
mod needs;
mod notes;
mod offers;
mod pairs;
mod parted;
mod permissions;
mod picker;
mod prose;
mod read;
mod runner;
mod script;
mod sortable;
mod source;
mod step;
mod steps;
mod trigger;
mod twin;
mod workflow;
mod write;

use leptos::ev::FocusEvent;
use leptos::html::Div;
use leptos::prelude::*;
use stepladder_workflow::schema;
use stepladder_workflow::{Analysis, FileKind};
use stepladder_yaml::{Path, Step, path};
use wasm_bindgen::JsCast;

pub(crate) use self::script::begin as begin_script;
pub(crate) use self::workflow::{add_trigger, free_events};
use crate::session::{Origin, Session, shown_id};
use crate::ui::icon::{Icon, icon};
use crate::ui::paint::settled;

/// What the form is about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Subject {
    /// A text that says nothing yet.
    Empty,
    /// The workflow itself, or an action's metadata.
    Root,
    /// The event of `on` with that name.
    Trigger(String),
    /// The job of that id.
    Job(String),
    /// The job of that key, whose id another job above has, or a step of it.
    Twin(String),
    /// A step, by its path.
    Step(Path),
}

/// The form of what is selected.
pub(crate) fn form(session: Session) -> AnyView {
    let selection = session.selection();
    let subject = Memo::new(move |_| {
        let path = selection.with(|selection| selection.path.clone());
        session.analysis.with(|analysis| subject(analysis, &path))
    });
    // What was selected is seen first where it was selected.
    let shown = settled(subject);
    let place = NodeRef::<Div>::new();
    picker::Examples::provide();
    // Another subject is shown from its top; a field that is wanted comes into view when it gets the focus.
    Effect::new(move |before: Option<Subject>| {
        let now = shown.get();
        if before.is_some_and(|before| before != now) {
            let form = place.get_untracked();
            if let Some(pane) = form.and_then(|form| form.closest(".pane-body").ok().flatten()) {
                pane.set_scroll_top(0);
            }
        }
        now
    });
    let busy = Memo::new(move |_| subject.with(|subject| shown.with(|shown| shown != subject)));
    let flag = move || busy.get().then_some("true");
    // Messages come and go while somebody types. Neither the form nor what it has told becomes shorter until they leave it,
    // or what is typed into would move.
    let is_held = StoredValue::new(false);
    let hold = move |held: bool| {
        // A field loses the focus also when the form goes, and with it all that it knows.
        let form = place.try_get_untracked().flatten().filter(|_| is_held.try_get_value() == Some(!held));
        let Some(form) = form else { return };
        is_held.set_value(held);
        let told = form.query_selector_all(".field-problems").into_iter().flat_map(|told| {
            (0..told.length()).filter_map(move |at| told.item(at)?.dyn_into::<web_sys::HtmlElement>().ok())
        });
        let elements: Vec<web_sys::HtmlElement> = told.chain([form.clone().into()]).collect();
        // All are measured before one is changed.
        let heights: Vec<i32> = elements.iter().map(web_sys::HtmlElement::offset_height).collect();
        for (element, height) in elements.iter().zip(heights) {
            let height = if held && height > 0 { format!("{height}px") } else { String::new() };
            let _ = element.style().set_property("min-height", &height);
        }
    };
    Effect::new(move |_| {
        shown.track();
        hold(false);
    });
    view! {
        <div
            class="form"
            role="group"
            aria-busy=flag
            aria-disabled=flag
            node_ref=place
            on:focusin=move |event| came_to(session, &event)
            on:input=move |_| hold(true)
            on:focusout=move |event| {
                let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
                let form = place.try_get_untracked().flatten();
                if to.is_none_or(|to| !form.is_some_and(|form| form.contains(Some(&to)))) {
                    hold(false);
                }
            }
        >
            {move || crumbs(session, &shown.get())}
            {move || match shown.get() {
                Subject::Empty => workflow::empty(session),
                Subject::Root => workflow::panel(session),
                Subject::Trigger(event) => trigger::panel(session, event),
                Subject::Job(id) => job::panel(session, id),
                Subject::Twin(key) => twin::panel(session, key),
                Subject::Step(path) => step::panel(session, path),
            }}
        </div>
    }
    .into_any()
}

/// Puts an expression into the value at `path`, where its caret is, and the caret behind it; at its end where the form does
/// not show it.
pub(crate) fn insert_at_caret(session: Session, path: &Path, expression: &str) {
    let field = session.analysis.with_untracked(|analysis| schema::field_at(path, &analysis.tree));
    if let Some(field) = field {
        picker::insert(&controls::At { session, path: path.clone(), field }, expression);
    }
}

/// Remembers which field somebody is in: the root for one that is no value of the text. A button beside it is none.
fn came_to(session: Session, event: &FocusEvent) {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(element) = element else { return };
    let own = element.id().strip_prefix("field-").map(str::to_owned);
    let field = own.or_else(|| element.closest("[data-field]").ok().flatten()?.get_attribute("data-field"));
    let path = field.and_then(|field| field.parse::<Path>().ok());
    if path.is_none() && !element.matches("input, textarea, select").unwrap_or_default() {
        return;
    }
    let path = path.or_else(|| Some(Path::root()));
    if session.field.with_untracked(|known| *known != path) {
        session.field.set(path);
    }
}

/// What the form of `path` is about: the innermost step, job or trigger that still exists.
fn subject(analysis: &Analysis, path: &Path) -> Subject {
    if analysis.tree.root().is_none() {
        return Subject::Empty;
    }
    let steps = path.steps();
    let is = |at: usize, key: &str| matches!(steps.get(at), Some(Step::Key(k)) if k == key);
    if is(0, "on") {
        let mut triggers = analysis.workflow.triggers.iter().enumerate();
        let trigger = triggers.find(|(at, trigger)| match (steps.get(1), trigger.path.last()) {
            (Some(Step::Key(event)), _) => trigger.event.value == *event,
            // The list may have become a mapping meanwhile, as where one of its events has got settings.
            (Some(Step::Index(place)), Some(Step::Key(_))) => place == at,
            (Some(Step::Index(_)), _) => trigger.path.contains(path),
            (None, _) => false,
        });
        return trigger.map_or(Subject::Root, |(_, trigger)| Subject::Trigger(trigger.event.value.clone()));
    }
    let Some(Step::Key(id)) = steps.get(1).filter(|_| is(0, "jobs")) else {
        if is(0, "runs") && is(1, "steps") && steps.len() > 2 {
            return step_subject(analysis, path, 3).unwrap_or(Subject::Root);
        }
        return Subject::Root;
    };
    match analysis.workflow.jobs.iter().find(|job| job.key() == id) {
        None => return Subject::Root,
        Some(job) if job.is_twin() => return Subject::Twin(id.clone()),
        Some(_) => {}
    }
    let step = if is(2, "steps") { step_subject(analysis, path, 4) } else { None };
    step.unwrap_or_else(|| Subject::Job(id.clone()))
}

/// The step whose path has `len` steps, or, in a parallel group, two more.
fn step_subject(analysis: &Analysis, path: &Path, len: usize) -> Option<Subject> {
    let steps = path.steps();
    let exists = |len: usize| {
        let path = Path(steps.get(..len)?.to_vec());
        analysis.tree.at(&path).map(|_| Subject::Step(path))
    };
    let inner = matches!(steps.get(len), Some(Step::Key(key)) if key == "parallel");
    inner.then(|| exists(len + 2)).flatten().or_else(|| exists(len))
}

/// The way from the workflow to the subject; every part leads there.
fn crumbs(session: Session, subject: &Subject) -> AnyView {
    let root = session.form.derive(|analysis| match analysis.kind {
        FileKind::Action => "Action".to_owned(),
        FileKind::Workflow => {
            analysis.workflow.name.as_ref().map_or_else(|| "Workflow".to_owned(), |name| name.value.clone())
        }
    });
    let job = |id: &str| (Icon::Job, shown_id(id).to_owned(), path!["jobs", id]);
    let parts = match subject {
        Subject::Empty => return ().into_any(),
        Subject::Root => Vec::new(),
        Subject::Trigger(event) => vec![(Icon::Bolt, event.clone(), path!["on", event.as_str()])],
        Subject::Job(id) | Subject::Twin(id) => vec![job(id)],
        Subject::Step(path) => {
            let mut parts = Vec::new();
            if let [_, Step::Key(id), Step::Key(_), ..] = path.steps() {
                parts.push(job(id));
            }
            let number = |path: &Path| match path.last() {
                Some(Step::Index(at)) => format!("Step {}", at + 1),
                _ => "Step".to_owned(),
            };
            if let Some(group) =
                path.parent().filter(|list| list.last() == Some(&Step::Key("parallel".to_owned())))
                && let Some(group) = group.parent()
            {
                parts.push((Icon::Step, format!("{} (group)", number(&group)), group));
            }
            parts.push((Icon::Step, number(path), path.clone()));
            parts
        }
    };
    let last = parts.len();
    let parts: Vec<_> = parts
        .into_iter()
        .enumerate()
        .map(|(at, (glyph, name, path))| {
            let here = (at + 1 == last).then_some("page");
            view! {
                <li>
                    <button type="button" class="crumb" aria-current=here on:click=move |_| session.select(path.clone(), Origin::Form)>
                        {icon(glyph)}
                        <span>{name}</span>
                    </button>
                </li>
            }
            .into_any()
        })
        .collect();
    let here = (last == 0).then_some("page");
    view! {
        <nav class="crumbs" aria-label="What this form is about">
            <ol>
                <li>
                    <button type="button" class="crumb" aria-current=here on:click=move |_| session.select(Path::root(), Origin::Form)>
                        {icon(Icon::File)}
                        <span>{move || root.get()}</span>
                    </button>
                </li>
                {parts}
            </ol>
        </nav>
    }
    .into_any()
}

/// The table's map of the node at `path`, of `fallback` when the text does not tell.
fn map_at(analysis: &Analysis, path: &Path, fallback: &'static schema::Map) -> &'static schema::Map {
    schema::at(path, &analysis.tree).unwrap_or(fallback)
}
