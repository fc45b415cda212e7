//! Why nothing can be read from a context at a place, and what to do about it.

use super::members::members;
use super::view::{job_of, step_of};
use crate::FileKind;
use crate::expr;
use crate::lint::Cx;
use crate::lint::scope::scope_at;

/// Why no name can follow the dot that `source`, an expression at `place`, ends with. `None`: one can, or it is not known.
pub(super) fn nothing_behind(cx: &Cx<'_>, place: usize, source: &str) -> Option<&'static str> {
    let before = source.trim_end().strip_suffix('.')?;
    let start = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).len();
    if before[..start].ends_with(['.', ']', ')']) {
        return None;
    }
    let name = &before[start..];
    let job = job_of(cx, place);
    match name.to_ascii_lowercase().as_str() {
        "needs" if job.is_some_and(|job| job.needs.is_empty()) => {
            Some("This job needs no other job: name the one that you want to read in its `needs` first.")
        }
        "steps" => {
            let read = expr::parse(name).ast?;
            let known = members(cx, place, &scope_at(cx, place), &read, &[name]);
            known.is_empty().then(|| match step_of(cx, place) {
                Some(_) => {
                    "No step before this one has an `id`: give one to the step that you want to read first."
                }
                None => "No step here has an `id`: give one to the step that you want to read first.",
            })
        }
        "matrix" if job.is_some_and(|job| job.matrix.is_none()) => {
            Some("This job has no matrix: give it one in its `strategy` first.")
        }
        "inputs"
            if cx.kind == FileKind::Workflow
                && cx.workflow.triggers.iter().all(|on| on.inputs.is_empty()) =>
        {
            Some(
                "This workflow has no inputs: add one to its trigger `workflow_dispatch` or `workflow_call` first.",
            )
        }
        "inputs" if cx.kind == FileKind::Action && cx.action.inputs.is_empty() => {
            Some("This action has no inputs: add one to its `inputs` first.")
        }
        _ => None,
    }
}
