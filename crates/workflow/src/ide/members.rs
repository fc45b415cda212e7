//! What stands behind the dots of an expression at its place.

use std::borrow::Cow;

use crate::expr::contexts::{self, Shape};
use crate::expr::{self, Expr, Scope, Type};
use crate::facts::payload::{Kinds, Trigger};
use crate::lint::Cx;
use crate::model::{Data, Pair};
use crate::schema::Ctx;
use crate::{FileKind, facts};

use super::CompletionKind;
use super::hover::{declared_doc, job_words};
use super::view::{job_of, step_of, steps_of};
use super::words;

/// A name that may stand behind a dot.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) kind: CompletionKind,
    /// A few words: its type or its value.
    pub(super) detail: String,
    /// Markdown.
    pub(super) docs: Cow<'static, str>,
}

/// The members of `object`, which is the path `names` if it is a path at all (else `names` is empty), in the
/// expression at `place`.
pub(super) fn members(
    cx: &Cx<'_>,
    place: usize,
    scope: &Scope,
    object: &Expr,
    names: &[&str],
) -> Vec<Member> {
    let lower: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    match &lower[..] {
        ["github", "event", rest @ ..] => {
            let known = payload(cx, rest);
            if !known.is_empty() {
                return known;
            }
        }
        ["env"] => return variables(cx, place),
        ["job", "services"] => return services(cx, place),
        ["job", "services", id, "ports"] => return ports(cx, place, id),
        _ => {}
    }
    let Type::Object(object) = expr::type_of(object, scope) else { return Vec::new() };
    object
        .names()
        .into_iter()
        .filter_map(|name| {
            let full: Vec<&str> = lower.iter().copied().chain([&*name]).collect();
            member(cx, place, &full, object.get(&name))
        })
        .collect()
}

/// One member, by its full path; `None` for one that should not be used.
fn member(cx: &Cx<'_>, place: usize, full: &[&str], ty: Option<Type>) -> Option<Member> {
    let (name, _) = full.split_last()?;
    let property = contexts::describe(full);
    let is_absent = match full {
        ["job", "container"] => job_of(cx, place).is_some_and(|job| !job.container),
        ["job", "services"] => job_of(cx, place).is_some_and(|job| job.services.is_empty()),
        _ => false,
    };
    if is_absent {
        return None;
    }
    if property.is_some_and(|property| !property.documented) {
        return None;
    }
    let detail = match (property.map(|property| property.shape), ty) {
        (Some(Shape::String | Shape::Number | Shape::Bool), _) | (_, None) => {
            property.map_or("", |property| words::kind(&property.shape)).to_owned()
        }
        (_, Some(Type::Any)) => String::new(),
        (_, Some(ty)) => ty.to_string(),
    };
    let docs = match property {
        Some(property) if property.name.starts_with('<') => Cow::Borrowed(property.doc),
        Some(property) => Cow::Owned(words::property_doc(property)),
        None => Cow::Borrowed(""),
    };
    let (kind, detail, docs) = match full {
        ["steps", id] => {
            let step = steps_of(cx, place).iter().find(|step| is_id(step.id.as_ref(), id))?;
            (CompletionKind::Step, step.title(), docs)
        }
        ["needs" | "jobs", id] => {
            let job = cx.workflow.job(id)?;
            (CompletionKind::Job, job.title().to_owned(), Cow::Owned(job_words(job)))
        }
        ["inputs", _] => (CompletionKind::Input, detail, input(cx, name).map_or(docs, Cow::Owned)),
        ["secrets", _] => (CompletionKind::Secret, String::new(), docs),
        ["vars", _] => (CompletionKind::Variable, String::new(), docs),
        ["matrix", _] => (CompletionKind::Property, axis(cx, place, name).unwrap_or(detail), docs),
        _ => (CompletionKind::Property, detail, docs),
    };
    Some(Member { name: (*name).to_owned(), kind, detail, docs })
}

fn is_id(id: Option<&crate::model::Text>, name: &str) -> bool {
    id.is_some_and(|id| id.value.eq_ignore_ascii_case(name))
}

/// What a declared input says about itself.
pub(super) fn input(cx: &Cx<'_>, name: &str) -> Option<String> {
    let declared = cx.workflow.triggers.iter().flat_map(|trigger| &trigger.inputs).chain(&cx.action.inputs);
    let input = declared.into_iter().find(|input| input.name.value.eq_ignore_ascii_case(name))?;
    Some(declared_doc(input))
}

/// The values of a dimension of the matrix, as far as they are plain.
pub(super) fn axis(cx: &Cx<'_>, place: usize, name: &str) -> Option<String> {
    let matrix = job_of(cx, place)?.matrix.as_ref()?;
    let row = matrix.rows.iter().find(|row| row.name.value.eq_ignore_ascii_case(name))?;
    let values = row.values.as_ref()?.iter().take(8).filter_map(|value| match &value.value {
        Data::Text(text) => Some(text.clone()),
        Data::Number(number) => Some(number.to_string()),
        Data::Bool(value) => Some(value.to_string()),
        _ => None,
    });
    Some(values.collect::<Vec<_>>().join(", ")).filter(|values| !values.is_empty())
}

/// The members of `github.event.<path>`.
fn payload(cx: &Cx<'_>, path: &[&str]) -> Vec<Member> {
    let known = known_payload(cx, path);
    let mut members: Vec<Member> = known
        .into_iter()
        .map(|(name, kinds)| Member {
            docs: Cow::Owned(payload_doc(path, &name, kinds)),
            name,
            kind: CompletionKind::Property,
            detail: kinds_words(kinds),
        })
        .collect();
    if path == ["inputs"] {
        let declared = cx.workflow.trigger("workflow_dispatch").map_or(&[][..], |trigger| &trigger.inputs);
        members.extend(declared.iter().map(|input| Member {
            name: input.name.value.clone(),
            kind: CompletionKind::Input,
            detail: "text".to_owned(),
            docs: declared_doc(input).into(),
        }));
    }
    members
}

/// What is known about a part of the payload.
pub(super) fn payload_doc(path: &[&str], name: &str, kinds: Kinds) -> String {
    let mut full = String::from("github.event");
    for step in path.iter().chain([&name]) {
        full.push('.');
        full.push_str(step);
    }
    let what = kinds_words(kinds);
    words::paragraphs(&[
        &words::heading(&full, &what),
        "Part of the payload of the events that start this workflow.",
    ])
}

pub(super) fn kinds_words(kinds: Kinds) -> String {
    let mut out: Vec<&str> = Vec::new();
    for (kind, word) in [
        (Kinds::STRING, "text"),
        (Kinds::NUMBER, "number"),
        (Kinds::BOOLEAN, "boolean"),
        (Kinds::OBJECT, "object"),
        (Kinds::ARRAY, "list"),
        (Kinds::NULL, "null"),
    ] {
        if kinds.has(kind) {
            out.push(word);
        }
    }
    out.join(" or ")
}

/// The kinds that `github.event.<path>` can have.
pub(super) fn payload_kinds(cx: &Cx<'_>, path: &[&str]) -> Option<Kinds> {
    let (name, before) = path.split_last()?;
    let members = known_payload(cx, before);
    members.into_iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, kinds)| kinds)
}

/// What the payloads of the declared events have at `github.event.<path>`.
fn known_payload(cx: &Cx<'_>, path: &[&str]) -> Vec<(String, Kinds)> {
    let Some(payloads) = &cx.env.payloads else { return Vec::new() };
    let types: Vec<(&str, Vec<&str>)> = cx
        .workflow
        .triggers
        .iter()
        .map(|trigger| (&*trigger.event.value, trigger.types.iter().map(|kind| &*kind.value).collect()))
        .collect();
    let triggers: Vec<Trigger<'_>> = types.iter().map(|(event, types)| Trigger { event, types }).collect();
    payloads.members(&triggers, path)
}

/// The service containers of the job.
fn services(cx: &Cx<'_>, place: usize) -> Vec<Member> {
    let services = job_of(cx, place).map_or(&[][..], |job| &job.services);
    let member = |id: &crate::model::Text| Member {
        name: id.value.clone(),
        kind: CompletionKind::Property,
        detail: "service".to_owned(),
        docs: Cow::Borrowed(""),
    };
    services.iter().map(member).collect()
}

/// The ports that a service opens, by their numbers in its container.
fn ports(cx: &Cx<'_>, place: usize, id: &str) -> Vec<Member> {
    let Some(job) = job_of(cx, place) else { return Vec::new() };
    let services = cx.tree.at(&job.path.child("services"));
    let service = services
        .iter()
        .flat_map(|services| services.entries())
        .find(|entry| entry.name().is_some_and(|name| name.eq_ignore_ascii_case(id)));
    let ports = service.and_then(|service| service.value.get("ports"));
    let number = |port: &str| {
        let port = port.split('/').next().unwrap_or_default();
        let port = port.rsplit(':').next().unwrap_or_default();
        port.bytes().all(|b| b.is_ascii_digit()).then(|| port.to_owned())
    };
    let names = ports.iter().flat_map(|ports| ports.items()).filter_map(|port| number(port.as_str()?));
    let member = |name| Member {
        name,
        kind: CompletionKind::Property,
        detail: "the port of the machine that leads to it".to_owned(),
        docs: Cow::Borrowed(""),
    };
    names.map(member).collect()
}

/// The environment variables that are set around a place, the nearest first.
fn variables(cx: &Cx<'_>, place: usize) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    for (where_from, pairs) in levels(cx, place) {
        for (name, value) in pairs {
            if !members.iter().any(|known| known.name == name.value) {
                members.push(Member {
                    name: name.value.clone(),
                    kind: CompletionKind::Variable,
                    detail: value.value.clone(),
                    docs: ["Set in the `env` of the ", where_from, "."].concat().into(),
                });
            }
        }
    }
    members
}

fn levels<'a>(cx: &Cx<'a>, place: usize) -> [(&'static str, &'a [Pair]); 3] {
    let step = step_of(cx, place).map_or(&[][..], |step| &step.env);
    let job = job_of(cx, place).map_or(&[][..], |job| &job.env);
    let workflow = if cx.kind == FileKind::Workflow { &cx.workflow.env[..] } else { &[] };
    [("step", step), ("job", job), ("workflow", workflow)]
}

/// What `env.<name>` is at a place: where it is set, and to what.
pub(super) fn variable(cx: &Cx<'_>, place: usize, name: &str) -> Option<String> {
    for (where_from, pairs) in levels(cx, place) {
        if let Some((_, value)) = pairs.iter().find(|(own, _)| own.value == name) {
            return Some(["Set in the `env` of the ", where_from, ": `", &value.value, "`."].concat());
        }
    }
    let known = facts::env::variable(name)?;
    Some(known.doc.to_owned())
}

/// The contexts that may be used, with what they are.
pub(super) fn contexts_at(scope: &Scope, ctx: Ctx) -> impl Iterator<Item = &'static contexts::Context> {
    let allowed = ctx.contexts();
    contexts::CONTEXTS
        .iter()
        .filter(move |context| allowed.contains(&context.name) && scope.context(context.name).is_some())
}
