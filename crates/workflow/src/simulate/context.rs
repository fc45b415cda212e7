//! What expressions see: the contexts of a run, as far as the event tells them.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Assumptions, Event};
use crate::expr::{self, Segment, State, Unknown, Value};
use crate::facts::events::{self, GitRef};
use crate::facts::payload::{Found, Trigger};
use crate::model::{Input, Pair};
use crate::{Analysis, Env};

/// Most called workflows that one plan looks into.
const MAX_CALLS: u32 = 256;

/// Names at the top of payloads that conditions ask for. Where the table of payloads says that an event has none of
/// them, they are null.
const PAYLOAD_NAMES: [&str; 24] = [
    "action",
    "base_ref",
    "client_payload",
    "comment",
    "commits",
    "deployment",
    "deployment_status",
    "discussion",
    "forced",
    "head_commit",
    "inputs",
    "issue",
    "label",
    "merge_group",
    "milestone",
    "number",
    "pull_request",
    "ref",
    "ref_type",
    "release",
    "review",
    "schedule",
    "workflow",
    "workflow_run",
];

/// Notes a value at a path such as `release.draft`.
pub(super) fn put(entries: &mut Vec<(String, Value)>, path: &str, value: Value) {
    entries.push((path.to_owned(), value));
}

/// `github.event` with these entries known and everything else not.
pub(super) fn known(entries: &[(String, Value)]) -> Value {
    let parts: Vec<(&str, &Value)> = entries.iter().map(|(path, value)| (path.as_str(), value)).collect();
    tree(&parts, "github.event")
}

fn tree(parts: &[(&str, &Value)], what: &str) -> Value {
    let mut names: Vec<&str> = Vec::new();
    for (path, _) in parts {
        let name = path.split('.').next().unwrap_or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let entries = names.into_iter().map(|name| {
        let below: Vec<(&str, &Value)> = parts
            .iter()
            .filter_map(|(path, value)| Some((path.strip_prefix(name)?.strip_prefix('.')?, *value)))
            .collect();
        let own = parts.iter().rev().find(|(path, _)| *path == name).map(|(_, value)| (*value).clone());
        let inner = [what, ".", name].concat();
        (name, own.unwrap_or_else(|| tree(&below, &inner)))
    });
    Value::open_object(entries.collect::<Vec<_>>(), Unknown::new(what))
}

/// `over` laid over `base`, object by object.
pub(super) fn overlay(base: Value, over: &Value) -> Value {
    match (&base, over) {
        (_, Value::Null) => base,
        (Value::Object(below), Value::Object(above)) => {
            let mut entries: Vec<(Arc<str>, Value)> =
                below.entries().map(|(name, value)| (name.into(), value.clone())).collect();
            for (name, value) in above.entries() {
                match entries.iter_mut().find(|(own, _)| own.eq_ignore_ascii_case(name)) {
                    Some((_, own)) => *own = overlay(own.clone(), value),
                    None => entries.push((name.into(), value.clone())),
                }
            }
            match below.rest().or(above.rest()) {
                Some(rest) => Value::open_object(entries, rest.clone()),
                None => Value::object(entries),
            }
        }
        _ => over.clone(),
    }
}

/// A payload as somebody gives it: what it leaves out is not known.
fn opened(value: &Value, what: &str) -> Value {
    match value {
        Value::Object(object) => {
            let entries =
                object.entries().map(|(name, value)| (name, opened(value, &[what, ".", name].concat())));
            Value::open_object(entries.collect::<Vec<_>>(), Unknown::new(what))
        }
        Value::Array(array) => {
            Value::array(array.items().iter().map(|item| opened(item, &[what, ".*"].concat())).collect())
        }
        value => value.clone(),
    }
}

/// The value at a path of the payload; `None` when it is not known.
pub(super) fn look<'v>(payload: &'v Value, path: &[&str]) -> Option<&'v Value> {
    let mut value = payload;
    for name in path {
        let Value::Object(object) = value else { return None };
        value = object.get(name)?;
    }
    Some(value).filter(|value| value.kind().is_some())
}

/// `github.event`
pub(super) fn payload(event: &Event, env: &Env) -> Value {
    let mut entries = Vec::new();
    let fact = events::event(&event.name);
    let text = |value: &Option<String>| value.as_deref().map(Value::from);
    let mut set = |path: &str, value: Option<Value>| {
        if let Some(value) = value {
            put(&mut entries, path, value);
        }
    };
    if let Some(payloads) = &env.payloads
        && event.name != "workflow_call"
    {
        let own: Vec<&str> = event.activity.iter().map(String::as_str).collect();
        // An activity that is not known may be any.
        let types = if own.is_empty() { fact.map_or(&[][..], |fact| fact.types) } else { &own };
        let trigger = Trigger { event: &event.name, types };
        for name in PAYLOAD_NAMES {
            if payloads.at(&[trigger], &[name]) == Found::Absent {
                set(name, Some(Value::Null));
            }
        }
    }
    if event.name != "workflow_call" {
        set("repository.full_name", text(&event.repository));
        set("repository.default_branch", text(&event.default_branch));
        set("sender.login", text(&event.actor));
    }
    if fact.is_some_and(events::Event::has_types) {
        set("action", text(&event.activity));
    }
    match event.name.as_str() {
        "push" => {
            set("ref", text(&event.git_ref));
            set("head_commit.message", text(&event.message));
        }
        "create" | "delete" => {
            set("ref", event.short_ref().map(|(name, _)| name.into()));
            set("ref_type", event.short_ref().map(|(_, tag)| if tag { "tag" } else { "branch" }.into()));
        }
        "release" => {
            let tag = event.short_ref().filter(|(_, tag)| *tag);
            set("release.tag_name", tag.map(|(tag, _)| tag.into()));
        }
        "merge_group" => {
            set("merge_group.base_ref", event.base.as_ref().map(|base| format!("refs/heads/{base}").into()));
            set("merge_group.head_ref", text(&event.git_ref));
        }
        "schedule" => set("schedule", text(&event.schedule)),
        "workflow_run" => {
            set("workflow_run.name", text(&event.workflow));
            set("workflow.name", text(&event.workflow));
            set("workflow_run.head_branch", text(&event.head));
        }
        "workflow_dispatch" => {
            set("ref", text(&event.git_ref));
        }
        name if name.starts_with("pull_request") => {
            set("pull_request.base.ref", text(&event.base));
            set("pull_request.head.ref", text(&event.head));
            set("pull_request.head.repo.fork", event.fork.map(Value::from));
            set("pull_request.user.login", text(&event.actor));
            let home = event.repository.as_deref().zip(event.fork).map(|(own, fork)| {
                let name = own.rsplit('/').next().unwrap_or_default();
                if fork { ["contributor/", name].concat() } else { own.to_owned() }
            });
            set("pull_request.head.repo.full_name", home.map(Value::from));
            set("pull_request.base.repo.full_name", text(&event.repository));
        }
        _ => {}
    }
    overlay(known(&entries), &opened(&event.payload, "github.event"))
}

/// What all jobs of a run share.
pub(super) struct Run<'a> {
    pub(super) env: &'a Env,
    pub(super) assumed: &'a Assumptions,
    pub(super) github: Value,
    pub(super) vars: Value,
    /// How many more called workflows are planned: a call may be made many times over.
    calls: Cell<u32>,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        analysis: &'a Analysis,
        env: &'a Env,
        event: &Event,
        payload: Value,
        assumed: &'a Assumptions,
    ) -> Self {
        let github = github(analysis, env, event, payload);
        Self { env, assumed, github, vars: vars(env, assumed), calls: Cell::new(MAX_CALLS) }
    }

    /// Whether one more workflow may be planned; counts it.
    pub(super) fn may_call(&self) -> bool {
        let left = self.calls.get();
        self.calls.set(left.saturating_sub(1));
        left > 0
    }
}

fn github(analysis: &Analysis, env: &Env, event: &Event, payload: Value) -> Value {
    let mut entries: Vec<(&str, Value)> = Vec::new();
    let mut set = |name: &'static str, value: Option<Value>| entries.extend(value.map(|value| (name, value)));
    let text = |value: &Option<String>| value.as_deref().map(Value::from);
    set("actor", text(&event.actor));
    set("triggering_actor", text(&event.actor));
    set("repository", text(&event.repository));
    let owner = event.repository.as_ref().and_then(|name| name.split_once('/'));
    set("repository_owner", owner.map(|(owner, _)| owner.into()));
    // A called workflow sees the event of its caller.
    if event.name != "workflow_call" {
        set("event_name", Some(event.name.as_str().into()));
        let pull = matches!(event.name.as_str(), "pull_request" | "pull_request_target");
        let review = event.name.starts_with("pull_request_review");
        let branch = |name: &Option<String>| if pull { text(name) } else { Some("".into()) };
        if !review {
            set("base_ref", branch(&event.base));
            set("head_ref", branch(&event.head));
        }
    }
    let git_ref = git_ref(event, &payload);
    set("ref_name", git_ref.as_ref().map(|full| short(full).into()));
    let is_tag = git_ref.as_ref().map(|full| full.starts_with("refs/tags/"));
    set("ref_type", is_tag.map(|tag| if tag { "tag" } else { "branch" }.into()));
    set("ref", git_ref.map(Value::from));
    let file = env.file_name.as_deref();
    let name = analysis.workflow.name.as_ref().map(|name| name.value.as_str()).or(file);
    if event.name != "workflow_call" {
        set("workflow", name.map(Value::from));
    }
    set("event", Some(by_hand(analysis, event, payload)));
    Value::open_object(entries, Unknown::new("github"))
}

/// The payload with the inputs of a run that somebody starts: whatever their types are, the event has them as texts.
fn by_hand(analysis: &Analysis, event: &Event, payload: Value) -> Value {
    let trigger =
        analysis.workflow.trigger("workflow_dispatch").filter(|_| event.name == "workflow_dispatch");
    let Some(trigger) = trigger.filter(|_| event.inputs.is_some()) else { return payload };
    let Value::Object(given) = inputs(&trigger.inputs, event.inputs.as_ref(), false) else { return payload };
    let texts = given
        .entries()
        .map(|(name, value)| (name, value.to_text().map_or_else(|| value.clone(), Value::String)));
    let texts = Value::object(texts.collect::<Vec<_>>());
    overlay(known(&[("inputs".to_owned(), texts)]), &payload)
}

fn short(full: &str) -> &str {
    ["refs/heads/", "refs/tags/", "refs/pull/"]
        .iter()
        .find_map(|start| full.strip_prefix(start))
        .unwrap_or(full)
}

/// `github.ref`; `None` when it is not known.
fn git_ref(event: &Event, payload: &Value) -> Option<String> {
    let branch = |name: &Option<String>| name.as_ref().map(|name| format!("refs/heads/{name}"));
    match events::event(&event.name)?.git_ref {
        GitRef::DefaultBranch => branch(&event.default_branch),
        GitRef::PullRequestMerge => {
            // A merged pull request has no merge ref any more: the run is on the branch that it went into.
            let closed = event.activity.as_ref().map(|activity| activity == "closed")?;
            if closed && look(payload, &["pull_request", "merged"])?.truth()? {
                return branch(&event.base);
            }
            let number = look(payload, &["pull_request", "number"]).or(look(payload, &["number"]))?;
            Some(format!("refs/pull/{}/merge", number.to_text()?))
        }
        _ => event.git_ref.clone(),
    }
}

fn vars(env: &Env, assumed: &Assumptions) -> Value {
    let mut entries: Vec<(String, Value)> =
        assumed.vars.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
    if assumed.only_these_vars {
        return Value::object(entries);
    }
    let Some(names) = &env.variables else { return Value::open_object(entries, Unknown::new("vars")) };
    for name in names {
        if !assumed.vars.keys().any(|own| own.eq_ignore_ascii_case(name)) {
            entries.push((name.clone(), Unknown::new(&["vars.", name].concat()).into()));
        }
    }
    Value::object(entries)
}

/// The `inputs` context: what was given, else the defaults. `what` says how an input is called when it is not known,
/// `call` whether another workflow gives them.
pub(super) fn inputs(declared: &[Input], given: Option<&BTreeMap<String, Value>>, call: bool) -> Value {
    let entries = declared.iter().map(|input| {
        let name = input.name.value.as_str();
        let kind = input.kind.as_ref().map_or("string", |kind| kind.value.as_str());
        let unknown = || Value::Unknown(Unknown::new(&["inputs.", name].concat()));
        let value = given.map(|given| given.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)));
        let value = match (value, &input.default) {
            (None, _) => unknown(),
            (Some(Some((_, value))), _) => typed(value, kind),
            (Some(None), Some(default)) if expr::has_expression(&default.value) => unknown(),
            (Some(None), Some(default)) => typed(&default.value.as_str().into(), kind),
            (Some(None), None) => match kind {
                "boolean" => false.into(),
                "number" if call => 0.0.into(),
                // GitHub's form chooses something; which is not told.
                "choice" | "environment" => unknown(),
                _ => "".into(),
            },
        };
        (name, value)
    });
    Value::object(entries.collect::<Vec<_>>())
}

fn typed(value: &Value, kind: &str) -> Value {
    match (kind, value) {
        (_, Value::Unknown(_)) => value.clone(),
        ("boolean", Value::String(text)) => text.eq_ignore_ascii_case("true").into(),
        ("number", value) => value.to_number().into(),
        ("boolean", value) => value.clone(),
        (_, value) => value.to_text().map_or(Value::Null, Value::String),
    }
}

/// The value of a text with expressions: that of the expression when there is nothing else, otherwise a text.
pub(super) fn interpolate(text: &str, state: &State) -> Value {
    let value_of = |source: &str| {
        let parsed = expr::parse(source);
        match parsed.ast.filter(|_| parsed.errors.is_empty()).map(|ast| expr::eval(&ast, state)) {
            Some(Ok(value)) => value,
            _ => Unknown::new(source.trim()).into(),
        }
    };
    if !expr::has_expression(text) {
        return text.into();
    }
    if let Some(range) = expr::whole(text) {
        return value_of(&text[range.to_usize()]);
    }
    let mut out = String::new();
    for segment in expr::segments(text) {
        match segment {
            Segment::Text(range) => out.push_str(&text[range.to_usize()]),
            Segment::Expression { inner, .. } | Segment::Unclosed { inner, .. } => {
                let value = value_of(&text[inner.to_usize()]);
                match value.to_text() {
                    Some(text) => out.push_str(&text),
                    None => return value,
                }
            }
        }
    }
    out.into()
}

/// `env`, layer over layer; a variable of which a layer is not known is not known.
pub(super) fn environment(layers: &[&[Pair]], state: &State) -> Vec<(String, Value)> {
    let mut entries: Vec<(String, Value)> = Vec::new();
    for (name, value) in layers.iter().copied().flatten() {
        let value = match interpolate(&value.value, state) {
            Value::Unknown(_) => Unknown::new(&["env.", &name.value].concat()).into(),
            value => value.to_text().map_or(Value::Null, Value::String),
        };
        entries.retain(|(own, _)| *own != name.value);
        entries.push((name.value.clone(), value));
    }
    entries
}
