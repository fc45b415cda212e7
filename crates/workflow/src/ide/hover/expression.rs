//! What the parts of an expression mean.

use stepladder_yaml::TextRange;

use crate::expr::contexts::{self, Context};
use crate::expr::functions::Function;
use crate::expr::{self, Expr, ExprKind, PathStep, Used};
use crate::lint::Cx;
use crate::lint::cx::ExprAt;
use crate::lint::scope::scope_at;

use super::super::members;
use super::super::view::{job_of, path_names, steps_of, touched};
use super::super::words;
use super::key;

/// What the name at `offset` means.
pub(super) fn describe(cx: &Cx<'_>, at: &ExprAt<'_>, offset: u32) -> Option<(TextRange, String)> {
    let mut found: Option<(TextRange, String)> = None;
    at.parsed.ast.as_ref()?.walk(&mut |part| {
        if let Some(now) = name(cx, at, part, offset) {
            found = Some(now);
        }
    });
    found.filter(|(_, markdown)| !markdown.is_empty())
}

fn name(cx: &Cx<'_>, at: &ExprAt<'_>, part: &Expr, offset: u32) -> Option<(TextRange, String)> {
    match &part.kind {
        ExprKind::Context(name) => {
            let range = touched(at, name.range, offset)?;
            Some((range, Context::find(&name.text).map(words::context)?))
        }
        ExprKind::Call { function, .. } => {
            let range = touched(at, function.range, offset)?;
            Some((range, Function::find(&function.text).map(words::function)?))
        }
        ExprKind::Property { .. } | ExprKind::Index { .. } => {
            let used = expr::path(part)?;
            let PathStep::Name { range, .. } = used.steps.last()? else { return None };
            let range = touched(at, *range, offset)?;
            Some((range, property(cx, at, part, &used)?))
        }
        _ => None,
    }
}

/// What a path gives.
fn property(cx: &Cx<'_>, at: &ExprAt<'_>, part: &Expr, used: &Used<'_>) -> Option<String> {
    let names: Vec<String> = path_names(used).iter().map(|name| name.to_ascii_lowercase()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let full = names.join(".");
    if let ["github", "event", rest @ ..] = &names[..]
        && let Some((name, before)) = rest.split_last()
    {
        let kinds = members::payload_kinds(cx, rest)?;
        return Some(members::payload_doc(before, name, kinds));
    }
    let written = path_names(used).last().copied().unwrap_or_default();
    let here = match &names[..] {
        ["steps", id] => {
            let named = |own: &crate::model::Text| own.value.eq_ignore_ascii_case(id);
            let step = steps_of(cx, at.place).iter().find(|step| step.id.as_ref().is_some_and(named));
            step.map(|step| step.title()).unwrap_or_default()
        }
        ["needs" | "jobs", id] => cx.workflow.job(id).map(key::job).unwrap_or_default(),
        ["needs" | "jobs", id, "outputs", output] => {
            let outputs = cx.workflow.job(id).map_or(&[][..], |job| &job.outputs);
            let found = outputs.iter().find(|(name, _)| name.value.eq_ignore_ascii_case(output));
            found.map(|(_, value)| ["Set to `", &value.value, "`."].concat()).unwrap_or_default()
        }
        ["inputs", _] => members::input(cx, written).unwrap_or_default(),
        ["env", _] => members::variable(cx, at.place, written).unwrap_or_default(),
        ["matrix", _] => match members::axis(cx, at.place, written) {
            Some(values) => ["One of ", &values, "."].concat(),
            None => String::new(),
        },
        ["vars" | "secrets", _] => {
            match job_of(cx, at.place).and_then(|job| job.environment.as_ref()?.name.as_ref()) {
                Some(name) => ["The environment `", &name.value, "` comes before the repository."].concat(),
                None => String::new(),
            }
        }
        _ => String::new(),
    };
    match contexts::describe(&names) {
        Some(property) => Some(words::property(&full, property, &here)),
        None => {
            let ty = expr::type_of(part, &scope_at(cx, at.place));
            let ty = if ty == expr::Type::Any { String::new() } else { ty.to_string() };
            let known = !ty.is_empty() || !here.is_empty();
            known.then(|| words::paragraphs(&[&words::heading(&full, &ty), &here]))
        }
    }
}
