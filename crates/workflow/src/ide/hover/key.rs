//! What keys mean.

use crate::facts::{events, permissions};
use crate::lint::Cx;
use crate::model::{Input, Job};
use crate::schema::Field;

use super::super::view::{job_of, parent, parent_key, steps_of, uses_of};
use super::super::words;

/// What the key of a place means; for an item, what the key of its list means.
pub(super) fn describe(cx: &Cx<'_>, at: usize) -> Option<String> {
    let place = cx.places().get(at)?;
    let field = place.field?;
    let Some(name) = place.name() else {
        return if at == 0 { None } else { describe(cx, place.parent) };
    };
    let is_free = field.key.starts_with('<');
    let section = parent_key(cx, place);
    if !is_free {
        if section == "on"
            && let Some(event) = events::event(field.key)
        {
            return Some(words::event(event));
        }
        if section == "permissions" {
            return Some(words::paragraphs(&[&words::key(name, field), &scope(field.key)]));
        }
        return Some(words::key(name, field));
    }
    let own = match section {
        "jobs" => job_of(cx, at).map(job),
        "with" => input_of(cx, at, name),
        "inputs" => {
            let declared =
                cx.workflow.triggers.iter().flat_map(|trigger| &trigger.inputs).chain(&cx.action.inputs);
            declared.into_iter().find(|input| input.name.value == name).map(declared_input)
        }
        "secrets" => secret_of(cx, at, name),
        _ => None,
    };
    Some(own.unwrap_or_else(|| free(name, field)))
}

fn free(name: &str, field: &Field) -> String {
    words::paragraphs(&[&words::heading(name, field.title), field.doc, &words::available(field.ctx)])
}

/// What the levels of a scope allow.
fn scope(name: &str) -> String {
    let Some(scope) = permissions::scope(name) else { return String::new() };
    let mut out = String::new();
    for level in scope.levels() {
        out.extend(["- `", level.name(), "`: ", &scope.doc(*level), "\n"]);
    }
    out.truncate(out.trim_end().len());
    out
}

/// A job, in a few words.
pub(in crate::ide) fn job(job: &Job) -> String {
    let mut about = String::new();
    let list = |texts: &[crate::model::Text]| words::codes(texts.iter().map(|text| text.value.as_str()));
    if !job.runs_on.is_empty() {
        about.extend(["Runs on ", &list(&job.runs_on), ". "]);
    }
    if let Some(uses) = &job.uses {
        about.extend(["Calls `", &uses.value, "`. "]);
    }
    if !job.needs.is_empty() {
        about.extend(["Runs after ", &list(&job.needs), ". "]);
    }
    if !job.outputs.is_empty() {
        about.extend([
            "Outputs: ",
            &words::codes(job.outputs.iter().map(|(name, _)| name.value.as_str())),
            ". ",
        ]);
    }
    let mut steps = String::new();
    for (number, step) in job.steps.iter().enumerate().take(12) {
        steps.extend([&(number + 1).to_string(), ". ", &step.title(), "\n"]);
    }
    let name = job.name.as_ref().map_or("", |name| name.value.as_str());
    let what = if name.is_empty() { "job".to_owned() } else { ["job “", name, "”"].concat() };
    words::paragraphs(&[&words::heading(&job.id.value, &what), about.trim_end(), steps.trim_end()])
}

/// An input that a workflow or an action declares.
pub(in crate::ide) fn declared_input(input: &Input) -> String {
    let kind = input.kind.as_ref().map_or("input", |kind| kind.value.as_str());
    let what = if input.required == Some(true) { [kind, " (required)"].concat() } else { kind.to_owned() };
    words::paragraphs(&[&words::heading(&input.name.value, &what), &declared_doc(input)])
}

/// What a declared input says about itself, without its name.
pub(in crate::ide) fn declared_doc(input: &Input) -> String {
    let text =
        |text: &Option<crate::model::Text>| text.as_ref().map_or("", |text| text.value.trim()).to_owned();
    let mut default = text(&input.default);
    if !default.is_empty() {
        default = ["Default: `", &default, "`."].concat();
    }
    let options = if input.options.is_empty() {
        String::new()
    } else {
        ["One of ", &words::codes(input.options.iter().map(|option| option.value.as_str())), "."].concat()
    };
    words::paragraphs(&[&text(&input.description), &options, &default, &text(&input.deprecated)])
}

/// An input under `with`: of an action of the table, of one of the repository, or of a reusable workflow.
fn input_of(cx: &Cx<'_>, at: usize, name: &str) -> Option<String> {
    let uses = uses_of(cx, at)?;
    super::super::interfaces::inputs(cx, uses, steps_of(cx, at).is_empty())
        .into_iter()
        .find(|input| input.name.eq_ignore_ascii_case(name))
        .map(|input| {
            let what = if input.required { "input (required)" } else { "input" };
            words::paragraphs(&[
                &words::heading(&input.name, what),
                &input.docs,
                &["Of `", &uses.value, "`."].concat(),
                &words::available(cx.places().get(at).map_or(crate::schema::Ctx::None, |place| place.ctx())),
            ])
        })
}

/// A secret that a workflow is called with, or that a called workflow declares.
fn secret_of(cx: &Cx<'_>, at: usize, name: &str) -> Option<String> {
    let place = cx.places().get(at)?;
    let uses = uses_of(cx, at).filter(|_| parent(cx, place).is_some())?;
    let callee = cx.callee(&uses.value)?;
    let (_, required) = callee
        .workflow
        .trigger("workflow_call")?
        .secrets
        .as_ref()?
        .iter()
        .find(|(own, _)| own.value.eq_ignore_ascii_case(name))?;
    let what = if *required { "secret (required)" } else { "secret" };
    Some(words::paragraphs(&[&words::heading(name, what), &["Of `", &uses.value, "`."].concat()]))
}
