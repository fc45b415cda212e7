//! The form of a trigger: what the event means, its activity types, filters, schedules and inputs.

use leptos::prelude::*;
use stepladder_workflow::cron::Cron;
use stepladder_workflow::edits;
use stepladder_workflow::facts::events;
use stepladder_workflow::schema::{self, Map};
use stepladder_yaml::edit::Value;
use stepladder_yaml::{Kind, Path, Step, path};

use super::controls::At;
use super::prose::prose;
use super::read::Shown;
use super::{dispatch, fields, globs, list, notes, read, source, write};
use crate::session::Session;
use crate::ui::button::{button, icon_button};
use crate::ui::icon::{Icon, icon};

/// The form of the event named `event`.
pub(super) fn panel(session: Session, event: String) -> AnyView {
    let facts = events::event(&event);
    let is_known = facts.is_some();
    let path = path!["on", event.as_str()];
    let gone = event.clone();
    let head = view! {
        <header class="form-head">
            <h2>{facts.map_or_else(|| event.clone(), |facts| facts.title.to_owned())}</h2>
            <code>{event.clone()}</code>
            {icon_button(Icon::Trash, "Remove this trigger", || false, move |_| {
                write::act_aloud(session, |analysis| edits::remove_trigger(analysis, &gone));
            })}
        </header>
        {facts.map(|facts| view! { <p class="form-doc">{prose(facts.doc)}</p> })}
    };
    let own = own_problems(session, &event);
    let body = if event == "schedule" {
        schedules(session)
    } else {
        event_map(&event).map_or_else(
            || without_settings(session, &path, is_known),
            |map| settings(session, &path, &event, map),
        )
    };
    view! { <section class="form-section">{head}{own}{notes::repeated(session, &path)}{body}</section> }
        .into_any()
}

/// What is wrong with the trigger itself, wherever its name stands: as a key, in a list or alone.
fn own_problems(session: Session, event: &str) -> AnyView {
    let event = event.to_owned();
    let place = session.form.derive(move |analysis| {
        let trigger = analysis.workflow.triggers.iter().find(|trigger| trigger.event.value == event);
        trigger.map_or_else(|| path!["on", event.as_str()], |trigger| trigger.path.clone())
    });
    (move || notes::own_problems(session, &place.get())).into_any()
}

/// What an event is given that takes nothing, as YAML.
fn without_settings(session: Session, path: &Path, is_known: bool) -> AnyView {
    let here = path.clone();
    let is_given =
        session.form.derive(move |analysis| analysis.tree.at(&here).is_some_and(|value| !value.is_null()));
    let path = path.clone();
    (move || {
        if !is_given.get() {
            let words = match is_known {
                true => "This event has no settings.",
                false => "GitHub has no event of this name, so nothing starts by it.",
            };
            return view! { <p class="field-empty">{words}</p> }.into_any();
        }
        view! {
            {source::source(session, &path, "Settings as YAML".to_owned(), false)}
            {notes::inner_problems(session, &path)}
        }
        .into_any()
    })
    .into_any()
}

/// The settings of an event, by the table.
fn event_map(event: &str) -> Option<&'static Map> {
    let on = schema::WORKFLOW.named("on")?.maps.first()?;
    on.named(event)?.maps.first().copied()
}

fn settings(session: Session, path: &Path, event: &str, map: &'static Map) -> AnyView {
    let types =
        map.named("types").filter(|_| events::event(event).is_some_and(|facts| !facts.types.is_empty()));
    let types = types.map(|field| activity_types(&At { session, path: path.child("types"), field }, event));
    let skip: &'static [&'static str] = if types.is_some() { &["types"] } else { &[] };
    let tested: Vec<_> = [
        ("branches", "branches-ignore", "branch"),
        ("tags", "tags-ignore", "tag"),
        ("paths", "paths-ignore", "path"),
    ]
    .into_iter()
    .filter(|(key, ..)| map.named(key).is_some())
    .map(|(key, ignore, what)| globs::trial(session, path, key, ignore, what))
    .collect();
    let is_dispatch = event == "workflow_dispatch";
    let preview = is_dispatch.then(|| dispatch::preview(session));
    view! {
        {is_dispatch.then(|| dispatch::way_to_preview(session))}
        {types}
        {fields::fields(session, path, map, skip, &["branches", "paths", "types", "inputs", "secrets", "outputs", "workflows"])}
        {tested}
        {preview}
    }
    .into_any()
}

/// One switch an activity type; those that count when none is set are marked.
fn activity_types(at: &At, event: &str) -> AnyView {
    let Some(facts) = events::event(event) else { return ().into_any() };
    let path = at.path.clone();
    let chosen = at.session.form.derive(move |analysis| read::shown(analysis, &path).texts());
    // What GitHub does not know can be taken out.
    let known = facts.types;
    let unknown = Memo::new(move |_| {
        chosen.with(|chosen| {
            chosen.iter().filter(|text| !known.contains(&text.as_str())).cloned().collect::<Vec<_>>()
        })
    });
    let own = at.clone();
    let other = move |name: String| {
        let (own, text) = (own.clone(), name.clone());
        let change = move |_| {
            let texts = chosen.get_untracked();
            if let Some(index) = texts.iter().position(|known| *known == text) {
                list::remove(&own, texts, index);
            }
        };
        view! {
            <label class="choice-chip" title="GitHub knows no such type">
                <input type="checkbox" prop:checked=true on:change=change />
                <span>{name}</span>
            </label>
        }
        .into_any()
    };
    let others = view! { <For each=move || unknown.get() key=Clone::clone children=other /> }.into_any();
    // An outline alone tells nothing to who does not see it.
    let usual_id = format!("{}-usual", at.id());
    let items: Vec<_> = facts
        .types
        .iter()
        .map(|name| {
            let (at, usual_id) = (at.clone(), usual_id.clone());
            let change = move |event| {
                let checked = event_target_checked(&event);
                let texts = chosen.get_untracked();
                if checked {
                    list::put(&at, texts, (*name).to_owned());
                } else if let Some(index) = texts.iter().position(|text| text == name) {
                    list::remove(&at, texts, index);
                }
            };
            let usual = facts.types_when_omitted().contains(name);
            let ghost = move || usual && chosen.with(Vec::is_empty);
            view! {
                <label class="choice-chip" class:is-ghost=ghost title=events::activity_doc(facts.name, name)>
                    <input
                        type="checkbox"
                        aria-describedby=move || ghost().then(|| usual_id.clone())
                        prop:checked=move || chosen.with(|chosen| chosen.iter().any(|text| text == name))
                        on:change=change
                    />
                    <span>{name.replace('_', " ")}</span>
                </label>
            }
        })
        .collect();
    let (usual_types, here) = (facts.types_when_omitted(), at.clone());
    let light = {
        let at = at.clone();
        move |_| at.session.light(&at.path)
    };
    view! {
        <div class="field" data-field=at.path.to_string()>
            <div class="field-head">
                <span class="field-label" on:mouseenter=light>{at.field.title}</span>
                <code class="field-key">"types"</code>
            </div>
            <div class="choice-chips" role="group" aria-label=at.field.title>{items}{others}</div>
            <span id=usual_id hidden>"Starts the workflow as long as none is chosen"</span>
            {move || {
                let chosen = chosen.get();
                if chosen.is_empty() {
                    return view! { <p class="field-note">{prose(&none_chosen(usual_types, facts.types.len()))}</p> }.into_any();
                }
                let missing: Vec<String> =
                    usual_types.iter().filter(|name| !chosen.iter().any(|c| c == *name)).map(|n| (*n).to_owned()).collect();
                if usual_types.len() == facts.types.len() {
                    return ().into_any();
                }
                let usual = match &missing[..] {
                    [one] => format!("`{one}` does"),
                    [most @ .., last] => format!("`{}` and `{last}` do", most.join("`, `")),
                    [] => return ().into_any(),
                };
                let words = format!("Only these start it now; the usual {usual} not.");
                let here = here.clone();
                let add = move |_| {
                    let all: Vec<String> = chosen.iter().chain(&missing).cloned().collect();
                    list::set(&here, &all);
                };
                view! {
                    <p class="field-note">{prose(&words)}</p>
                    {button("button-small button-quiet", Some(Icon::Plus), "The usual ones too", add)}
                }
                .into_any()
            }}
            {notes::problems(at)}
        </div>
    }
    .into_any()
}

/// What starts the workflow when no activity type is chosen.
fn none_chosen(usual: &[&str], all: usize) -> String {
    match usual {
        [] => "None chosen: none starts the workflow.".to_owned(),
        usual if usual.len() == all => "None chosen: each of them starts the workflow.".to_owned(),
        [one] => format!("None chosen: `{one}` starts the workflow."),
        [first @ .., last] => {
            format!("None chosen: `{}` and `{last}` start the workflow.", first.join("`, `"))
        }
    }
}

fn schedules(session: Session) -> AnyView {
    let count = session.form.derive(|analysis| {
        let list = analysis.tree.at(&path!["on", "schedule"]);
        list.filter(|node| node.resolve().kind() == Kind::Sequence).map_or(0, |node| node.resolve().len())
    });
    let map = schema::WORKFLOW
        .named("on")
        .and_then(|on| on.maps.first()?.named("schedule")?.items?.maps.first().copied());
    let Some(map) = map else { return ().into_any() };
    // What is no list has no entries that could be shown.
    let is_list = session.form.derive(|analysis| match read::shown(analysis, &path!["on", "schedule"]) {
        Shown::Scalar(text) => text.is_empty(),
        Shown::Mapping | Shown::Dangling => false,
        Shown::Absent | Shown::List(_) | Shown::Items => true,
    });
    let add = move |_| {
        write::act(session, |analysis| edits::add_schedule(analysis, "17 6 * * 1-5", None));
    };
    view! {
        <For
            each=move || 0..count.get()
            key=|index| *index
            children=move |index| {
                let path = path!["on", "schedule"].child(Step::Index(index));
                let label = format!("Remove schedule {}", index + 1);
                view! {
                    <section class="entry" role="group" aria-label=format!("Schedule {}", index + 1)>
                        <header class="entry-head">
                            <strong>{format!("Schedule {}", index + 1)}</strong>
                            <button
                                type="button"
                                class="button button-icon"
                                aria-label=label.clone()
                                title=label
                                on:click=move |_| write::act_aloud(session, |a| edits::remove_schedule(a, index))
                            >
                                {icon(Icon::Trash)}
                            </button>
                        </header>
                        {entry(session, &path, map)}
                    </section>
                }
            }
        />
        {move || if is_list.get() {
            button("", Some(Icon::Plus), "Add a schedule", add).into_any()
        } else {
            let list = path!["on", "schedule"];
            let problems = notes::inner_problems(session, &list);
            unread(session, &list, "All schedules", problems)
        }}
    }
    .into_any()
}

/// A schedule by its fields; one that is no mapping as its YAML, with the way to make it one.
fn entry(session: Session, path: &Path, map: &'static Map) -> AnyView {
    let here = path.clone();
    let is_mapping = session.form.derive(move |analysis| match read::shown(analysis, &here) {
        Shown::Scalar(text) => text.is_empty(),
        shown => matches!(shown, Shown::Mapping | Shown::Absent),
    });
    let path = path.clone();
    (move || {
        if is_mapping.get() {
            return fields::fields(session, &path, map, &[], &["timezone"]);
        }
        let here = path.clone();
        let text = session.form.derive(move |analysis| read::shown(analysis, &here).text());
        let here = path.clone();
        let mend = move |_| {
            let cron = Value::Str(text.get_untracked().trim().to_owned());
            write::set(session, &here, &Value::Map(vec![("cron".to_owned(), cron)]));
        };
        let offer = move || {
            let text = text.get();
            Cron::parse(text.trim()).is_ok().then(|| {
                let words = format!("Write it as cron: {}", text.trim());
                button("button-small button-quiet", Some(Icon::Fix), words, mend.clone())
            })
        };
        let problems = notes::source_problems(session, &path);
        view! { {unread(session, &path, "This schedule", problems)} {offer} }.into_any()
    })
    .into_any()
}

/// What no field can show, as YAML with what is wrong with it.
fn unread(session: Session, path: &Path, what: &'static str, problems: AnyView) -> AnyView {
    view! {
        <div class="field" data-field=path.to_string()>
            {source::source(session, path, format!("{what} as YAML"), true)}
            {problems}
        </div>
    }
    .into_any()
}
