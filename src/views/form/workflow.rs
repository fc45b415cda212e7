//! The form of the workflow itself: its triggers, its jobs, and what holds for all of them.

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::facts::events::{self, EVENTS, Event, Status};
use stepladder_workflow::{Analysis, FileKind, schema};
use stepladder_yaml::{Path, path};

use super::controls::At;
use super::sortable::{Item, Sortable};
use super::{fields, job, notes, write};
use crate::session::{Origin, Session, shown_id};
use crate::ui::button::{button, icon_button};
use crate::ui::icon::{Icon, icon};
use crate::ui::pick::{Line, pick};
use crate::ui::reach::{Reach, reach};
use crate::views::perform::perform;
use crate::views::perform::{new_job, remove_job};

/// Events that most workflows use, offered first.
const COMMON: [&str; 7] = [
    "push",
    "pull_request",
    "schedule",
    "workflow_dispatch",
    "release",
    "workflow_call",
    "repository_dispatch",
];

/// For a text without anything in it.
pub(super) fn empty(session: Session) -> AnyView {
    let begin = move |_| {
        let old = session.text_untracked();
        let edit = stepladder_yaml::TextEdit::between(&old, &begun(&old));
        session.apply(edit, "begin a workflow", Origin::Form);
    };
    view! {
        <section class="form-empty">
            <h2>"Nothing here yet"</h2>
            <p>"A workflow says when it starts, and which jobs then run. Begin with a small one and change it here."</p>
            {button("button-primary", Some(Icon::Plus), "Begin a workflow", begin)}
        </section>
    }
    .into_any()
}

/// A small workflow below the comments that stand in `old`, with line breaks of its kind.
fn begun(old: &str) -> String {
    let line = if old.contains("\r\n") { "\r\n" } else { "\n" };
    let new = crate::files::NEW.replace('\n', line);
    match old.trim_end_matches(char::is_whitespace) {
        "" => new,
        kept => format!("{kept}{line}{line}{new}"),
    }
}

/// The form.
pub(super) fn panel(session: Session) -> AnyView {
    let kind = session.form.derive(|analysis| analysis.kind);
    (move || match kind.get() {
        FileKind::Action => view! {
            <section class="form-section">
                <h2>"Action"</h2>
                {notes::own_problems(session, &Path::root())}
                {fields::fields(session, &Path::root(), schema::ACTION, &[], &["name", "description"])}
            </section>
        }
        .into_any(),
        FileKind::Workflow => workflow(session),
    })
    .into_any()
}

fn workflow(session: Session) -> AnyView {
    let name =
        schema::WORKFLOW.named("name").map(|field| fields::row(&At { session, path: path!["name"], field }));
    view! {
        <section class="form-section">{notes::own_problems(session, &Path::root())}{name}</section>
        <section class="form-section" aria-labelledby="form-triggers">
            <h2 id="form-triggers">"Starts when"</h2>
            {notes::own_problems(session, &path!["on"])}
            {triggers(session)}
        </section>
        <section class="form-section" aria-labelledby="form-jobs">
            <h2 id="form-jobs">"Jobs"</h2>
            {notes::own_problems(session, &path!["jobs"])}
            {jobs(session)}
        </section>
        <section class="form-section" aria-labelledby="form-workflow">
            <h2 id="form-workflow">"For the whole workflow"</h2>
            {fields::fields(session, &Path::root(), schema::WORKFLOW, &["name", "on", "jobs"], &["permissions", "env"])}
        </section>
    }
    .into_any()
}

fn triggers(session: Session) -> AnyView {
    let list = session.form.derive(|analysis| {
        let triggers = &analysis.workflow.triggers;
        triggers.iter().map(|t| (t.event.value.clone(), summary(t))).collect::<Vec<_>>()
    });
    let sortable = Sortable::new(move |from, to| {
        let event = list.with_untracked(|list| list.get(from).map(|(event, _)| event.clone()));
        if let Some(event) = event {
            write::act_here(session, |analysis| edits::move_trigger(analysis, &event, to));
        }
    });
    view! {
        {sortable.list("items", list, move |(event, words), _| trigger_item(session, event, words))}
        {triggers_to_add(session)}
    }
    .into_any()
}

fn trigger_item(session: Session, event: String, words: String) -> Item {
    let title = events::event(&event).map_or("An event that GitHub does not know", |event| event.title);
    let target = path!["on", event.as_str()];
    let gone = event.clone();
    let name = format!("the trigger {event}");
    let main = view! {
        <button type="button" class="item-main" on:click=move |_| session.select(target.clone(), Origin::Form)>
            {icon(Icon::Bolt)}
            <span class="item-title">{title}</span>
            <code>{event}</code>
            <span class="item-note">{words}</span>
        </button>
    };
    let remove = icon_button(
        Icon::Trash,
        format!("Remove {name}"),
        || false,
        move |_| {
            write::act_aloud(session, |a| edits::remove_trigger(a, &gone));
        },
    );
    Item { name, main: main.into_any(), actions: remove }
}

/// What narrows the trigger, in a few words.
fn summary(trigger: &stepladder_workflow::model::Trigger) -> String {
    let mut parts = Vec::new();
    for filter in &trigger.filters {
        let patterns: Vec<&str> = filter.patterns.iter().map(|p| p.value.as_str()).collect();
        parts.push(format!("{} {}", filter.key.value, patterns.join(", ")));
    }
    if !trigger.types.is_empty() {
        let types: Vec<&str> = trigger.types.iter().map(|t| t.value.as_str()).collect();
        parts.push(types.join(", "));
    }
    parts.extend(trigger.schedules.iter().filter_map(|s| s.cron.as_ref()).map(|cron| cron.value.clone()));
    if !trigger.inputs.is_empty() {
        let inputs: Vec<&str> = trigger.inputs.iter().map(|i| i.name.value.as_str()).collect();
        parts.push(format!("inputs {}", inputs.join(", ")));
    }
    parts.join(" · ")
}

fn triggers_to_add(session: Session) -> AnyView {
    let lines = move || {
        session.form.with_untracked(free_events).into_iter().map(|event| Line {
            value: event.name.to_owned(),
            title: event.title.to_owned(),
            name: event.name.to_owned(),
            group: if COMMON.contains(&event.name) { "Often used" } else { "All others" },
        })
    };
    pick(
        "add-trigger",
        "Add a trigger",
        "Add a trigger",
        move || lines().collect(),
        move |name| add_trigger(session, name, Origin::Form),
    )
}

/// Lets the workflow start at `event` too, and opens the form of that. Where it is the only one its name is all that `on`
/// is, and has no place of its own that the edit could have selected.
pub(crate) fn add_trigger(session: Session, event: &str, origin: Origin) {
    let is_added = perform(session, origin, |analysis| edits::add_trigger(analysis, event));
    if is_added && session.selection().with_untracked(|selection| selection.path == path!["on"]) {
        session.select(path!["on", event], origin);
    }
}

/// The events that do not start the workflow yet and can, those that most use first.
pub(crate) fn free_events(analysis: &Analysis) -> Vec<&'static Event> {
    let taken = |event: &&Event| analysis.workflow.triggers.iter().any(|t| t.event.value == event.name);
    let common = COMMON.iter().filter_map(|name| events::event(name));
    let others = EVENTS
        .iter()
        .filter(|event| matches!(event.status, Status::Available | Status::Preview))
        .filter(|event| !COMMON.contains(&event.name));
    common.chain(others).filter(|event| !taken(event)).collect()
}

fn jobs(session: Session) -> AnyView {
    let list = session.form.derive(|analysis| {
        let jobs = &analysis.workflow.jobs;
        jobs.iter()
            .map(|job| {
                let note = match &job.uses {
                    Some(uses) => uses.value.clone(),
                    None if job.steps.len() == 1 => "1 step".to_owned(),
                    None => format!("{} steps", job.steps.len()),
                };
                (job.key().to_owned(), job.title().to_owned(), note)
            })
            .collect::<Vec<_>>()
    });
    let sortable = Sortable::new(move |from, to| {
        let id = list.with_untracked(|list| list.get(from).map(|(id, _, _)| id.clone()));
        if let Some(id) = id {
            write::act_here(session, |analysis| edits::move_job(analysis, &id, to));
        }
    });
    let unplaced = session.form.derive(|analysis| edits::can_add_job(analysis).err().map(|why| why.message));
    let add = move |_| {
        if write::act(session, |analysis| edits::add_job(analysis, &new_job(session, None))) {
            reach(job::ID, Reach::Select);
        }
    };
    view! {
        {sortable.list("items", list, move |(id, title, note), _| job_item(session, id, title, note))}
        <button type="button" class="button" disabled=move || unplaced.with(Option::is_some) on:click=add>
            {icon(Icon::Plus)}
            <span>"Add a job"</span>
        </button>
        {move || unplaced.get().map(|why| view! { <p class="field-note">{why}</p> })}
    }
    .into_any()
}

fn job_item(session: Session, id: String, title: String, note: String) -> Item {
    let path = path!["jobs", id.as_str()];
    let gone = id.clone();
    let id = shown_id(&id).to_owned();
    let name = format!("the job {id}");
    let own_id = (title != id).then(|| view! { <code>{id}</code> });
    let main = view! {
        <button type="button" class="item-main" on:click=move |_| session.select(path.clone(), Origin::Form)>
            {icon(Icon::Job)}
            <span class="item-title">{title}</span>
            {own_id}
            <span class="item-note">{note}</span>
        </button>
    };
    let remove = icon_button(
        Icon::Trash,
        format!("Remove {name}"),
        || false,
        move |_| remove_job(session, Origin::Form, &gone, || {}),
    );
    Item { name, main: main.into_any(), actions: remove }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::NEW;

    #[test]
    fn a_first_workflow_stands_below_the_comments() {
        assert_eq!(begun(""), NEW);
        assert_eq!(begun(" \n"), NEW);
        assert_eq!(begun("# ours\n"), format!("# ours\n\n{NEW}"));
        let windows = begun("# a\r\n# b");
        assert_eq!(windows.replace("\r\n", "\n"), format!("# a\n# b\n\n{NEW}"));
        assert_eq!(windows.matches('\n').count(), windows.matches("\r\n").count());
    }
}
