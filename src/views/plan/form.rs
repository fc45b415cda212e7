//! The event that is being tried, field by field.

use leptos::prelude::*;
use serde_json::Value as Json;
use stepladder_content::Scenario;
use stepladder_workflow::facts::events::{self, Status};
use stepladder_workflow::{Analysis, NameKind};

use super::fields::{at, changed, input, payload, select, text, variable};
use super::trial::Trial;
use crate::shell::Shell;
use crate::ui::icon::{Icon, icon};
use crate::ui::prose::with_code;

/// Which fields there are; they are made anew only when this changes.
#[derive(Clone, Default, PartialEq)]
struct Shape {
    event: String,
    /// Activity types; empty when there are none to choose from.
    types: Vec<String>,
    /// Whether the sender names the activity.
    free_types: bool,
    /// Label of the branch's field.
    branch: Option<&'static str>,
    tag: bool,
    changed: bool,
    fork: bool,
    message: bool,
    schedules: Vec<String>,
    workflows: Vec<String>,
    inputs: Vec<InputField>,
    vars: Vec<String>,
}

#[derive(Clone, PartialEq)]
pub(super) struct InputField {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) kind: String,
    pub(super) default: String,
    pub(super) options: Vec<String>,
}

impl Shape {
    fn new(analysis: &Analysis, name: &str) -> Self {
        let workflow = &analysis.workflow;
        let trigger = workflow.trigger(name);
        let fact = events::event(name);
        let listed: Vec<String> = trigger
            .map(|trigger| trigger.types.iter().map(|kind| kind.value.clone()).collect())
            .unwrap_or_default();
        let free_types = fact.is_some_and(|fact| fact.free_types);
        let mut types: Vec<String> = listed;
        for kind in fact.map_or(&[][..], |fact| fact.types) {
            if !types.iter().any(|own| own == kind) {
                types.push((*kind).to_owned());
            }
        }
        let pull = name.starts_with("pull_request");
        let inputs = trigger.filter(|_| matches!(name, "workflow_dispatch" | "workflow_call"));
        let inputs = inputs.map_or(&[][..], |trigger| &trigger.inputs);
        Self {
            event: name.to_owned(),
            types,
            free_types,
            branch: match name {
                "push" | "create" | "delete" => Some("Branch"),
                "workflow_dispatch" => Some("Chosen branch"),
                "merge_group" => Some("Into branch"),
                "workflow_run" => Some("Branch of that run"),
                _ if pull => Some("Into branch"),
                _ => None,
            },
            tag: matches!(name, "push" | "create" | "delete" | "release" | "workflow_dispatch"),
            changed: fact.is_some_and(|fact| fact.filters.contains(&"paths")),
            fork: pull,
            message: name == "push",
            schedules: trigger
                .map(|trigger| {
                    let crons = trigger.schedules.iter().filter_map(|schedule| schedule.cron.as_ref());
                    crons.map(|cron| cron.value.clone()).collect()
                })
                .unwrap_or_default(),
            workflows: trigger
                .and_then(|trigger| trigger.filters.iter().find(|filter| filter.key.value == "workflows"))
                .map(|filter| filter.patterns.iter().map(|name| name.value.clone()).collect())
                .unwrap_or_default(),
            inputs: inputs
                .iter()
                .map(|input| InputField {
                    name: input.name.value.clone(),
                    label: input.description.as_ref().map_or(&input.name.value, |text| &text.value).clone(),
                    kind: input.kind.as_ref().map(|kind| kind.value.clone()).unwrap_or_default(),
                    default: input.default.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
                    options: input.options.iter().map(|option| option.value.clone()).collect(),
                })
                .collect(),
            vars: {
                let names = analysis.names().into_iter().filter(|name| name.kind == NameKind::Variable);
                names.map(|name| name.name).collect()
            },
        }
    }
}

/// The fields.
pub(super) fn form(shell: Shell) -> AnyView {
    let trial = shell.trial;
    let name = trial.part(|event| event.event.clone());
    let shape = Memo::new(move |_| {
        let name = name.get();
        shell.session.echo.with(|analysis| Shape::new(analysis, &name))
    });
    view! {
        {event_field(shell, name)}
        {move || fields(trial, shape.get())}
    }
    .into_any()
}

fn event_field(shell: Shell, name: Memo<String>) -> AnyView {
    let own = shell.session.echo.derive(|analysis| {
        analysis.workflow.triggers.iter().map(|trigger| trigger.event.value.clone()).collect::<Vec<_>>()
    });
    let option = |name: String| {
        let title = events::event(&name).map_or(String::new(), |fact| format!(" – {}", fact.title));
        let label = format!("{name}{title}");
        view! { <option value=name>{label}</option> }.into_any()
    };
    let options = move || {
        let own = own.get();
        let others: Vec<_> = events::EVENTS
            .iter()
            .filter(|event| matches!(event.status, Status::Available | Status::Preview))
            .filter(|event| !own.iter().any(|name| name == event.name))
            .map(|event| option(event.name.to_owned()))
            .collect();
        view! {
            <optgroup label="What the workflow waits for">{own.into_iter().map(option).collect::<Vec<_>>()}</optgroup>
            <optgroup label="Other events">{others}</optgroup>
        }
    };
    let choose = move |name: String| shell.trial.choose(Scenario::new(&name));
    // The value is set again when the options change, since a select forgets it with them.
    let value = move || {
        own.track();
        name.get()
    };
    view! {
        <label class="plan-field">
            <span>"Event"</span>
            <select class="input" prop:value=value on:change:target=move |event| choose(event.target().value())>
                {options}
            </select>
        </label>
    }
    .into_any()
}

fn fields(trial: Trial, shape: Shape) -> AnyView {
    let mut all: Vec<AnyView> = Vec::new();
    if shape.free_types {
        let hint = "the name that the sender chose";
        all.push(text(trial, "Activity type", hint, |e| e.activity.clone(), |e, text| e.activity = text));
    } else if shape.types.len() > 1 {
        let types = shape.types.iter().map(|kind| (kind.clone(), kind.replace('_', " "))).collect();
        all.push(select(
            trial,
            "Activity",
            "the usual one",
            types,
            |e| e.activity.clone(),
            |e, text| e.activity = text,
        ));
    }
    if let Some(label) = shape.branch {
        let set = |e: &mut Scenario, text: Option<String>| {
            if text.is_some() {
                e.tag = None;
            }
            e.branch = text;
        };
        all.push(text(trial, label, "the default branch", |e| e.branch.clone(), set));
    }
    if shape.tag {
        let set = |e: &mut Scenario, text: Option<String>| {
            if text.is_some() {
                e.branch = None;
            }
            e.tag = text;
        };
        let hint = if shape.event == "release" { "v1.0.0" } else { "none: a branch" };
        all.push(text(trial, "Tag", hint, |e| e.tag.clone(), set));
    }
    if shape.changed {
        all.push(changed(trial));
    }
    if shape.fork {
        let on = trial.part(|event| event.fork);
        all.push(
            view! {
                <label class="plan-check">
                    <input
                        type="checkbox"
                        prop:checked=move || on.get()
                        on:change:target=move |event| {
                            let fork = event.target().checked();
                            trial.edit(|e| e.fork = fork);
                        }
                    />
                    <span>"It comes from a fork"</span>
                </label>
            }
            .into_any(),
        );
    }
    if shape.message {
        all.push(payload(trial, "Commit message".to_owned(), "anything", "head_commit.message".to_owned()));
    }
    if shape.schedules.len() > 1 {
        let times = shape.schedules.iter().map(|cron| (cron.clone(), cron.clone())).collect();
        let get = |e: &Scenario| at(&e.payload, "schedule");
        let set = |e: &mut Scenario, text: Option<String>| {
            e.set_payload("schedule", text.map_or(Json::Null, Json::String))
        };
        all.push(select(trial, "Schedule", "the first", times, get, set));
    }
    if !shape.workflows.is_empty() {
        let names = shape.workflows.iter().map(|name| (name.clone(), name.clone())).collect();
        let get = |e: &Scenario| at(&e.payload, "workflow_run.name");
        let set = |e: &mut Scenario, text: Option<String>| {
            e.set_payload("workflow_run.name", text.map_or(Json::Null, Json::String));
        };
        all.push(select(trial, "Workflow that ran", "the first", names, get, set));
        let ends = ["failure", "cancelled", "skipped", "timed_out"];
        let ends = ends.iter().map(|end| ((*end).to_owned(), end.replace('_', " "))).collect();
        let get = |e: &Scenario| at(&e.payload, "workflow_run.conclusion");
        let set = |e: &mut Scenario, text: Option<String>| {
            e.set_payload("workflow_run.conclusion", text.map_or(Json::Null, Json::String));
        };
        all.push(select(trial, "It ended with", "success", ends, get, set));
    }
    let inputs: Vec<_> = shape.inputs.into_iter().map(|field| input(trial, field)).collect();
    let vars: Vec<_> = shape.vars.into_iter().map(|name| variable(trial, name)).collect();
    view! {
        {all}
        {(!inputs.is_empty()).then(|| group("Inputs", inputs))}
        {(!vars.is_empty()).then(|| group("Variables of the repository", vars))}
    }
    .into_any()
}

fn group(title: &'static str, fields: Vec<AnyView>) -> AnyView {
    view! {
        <fieldset class="plan-group">
            <legend>{title}</legend>
            {fields}
        </fieldset>
    }
    .into_any()
}

/// Fields for what would have to be known.
pub(super) fn missing(shell: Shell, missing: Vec<String>) -> AnyView {
    let fields: Vec<_> = missing
        .into_iter()
        .map(|what| match what.strip_prefix("github.event.") {
            Some(path) => {
                let path = path.to_owned();
                payload(shell.trial, format!("github.event.{path}"), "say it to know", path)
            }
            None => {
                view! { <p class="row-note">{with_code(&format!("Say in the form: {what}."))}</p> }.into_any()
            }
        })
        .collect();
    view! {
        <div class="plan-missing" role="group" aria-label="What is not known">
            {icon(Icon::Unknown)}
            <div>{fields}</div>
        </div>
    }
    .into_any()
}
