//! Moves a step, within its job or to another.

use stepladder_yaml::{Path, Step, Tree, edit, path};

use super::draft::{Draft, refuse};
use super::ids::check_job;
use super::{Edit, Refusal, describe, shape};
use crate::Analysis;

/// Moves the step at `step`, with its comments, to position `to` (from 0, counted without the moved step; beyond the end:
/// the end) of job `job`. A step of a `parallel` group or of a composite action moves within its list when `job` is
/// that of its own path.
///
/// # Errors
/// When there is no such step or job, or one of them comes from an alias.
pub fn move_step(a: &Analysis, step: &Path, job: &str, to: usize) -> Result<Edit, Refusal> {
    let (list, from) = list_and_position(a, step)?;
    let what = describe::place(&a.tree, step);
    let mut draft = Draft::new(&a.tree);
    let own_job = job_of(step).unwrap_or(job);
    if own_job == job {
        let last = draft.tree().at(&list).map_or(0, |node| node.len()).saturating_sub(1);
        let to = to.min(last);
        draft.make(|tree| edit::move_item(tree, &list, from, to))?;
        return finish(a, draft, format!("move {what}"), step, list.child(to));
    }
    check_job(&a.tree, job)?;
    if a.tree.at(&path!["jobs", job, "uses"]).is_some() {
        return Err(refuse(format!(
            "Job `{job}` calls a reusable workflow, so it has no steps of its own; move the step to another job."
        )));
    }
    let target = path!["jobs", job, "steps"];
    let to = to.min(draft.tree().at(&target).map_or(0, |node| node.len()));
    if let Err(refusal) = draft.make(|tree| edit::move_between(tree, step, &target, to)) {
        // Brackets have no room for a comment or for several lines; the list gets dashes then.
        let dashed = draft.tree().at(&target).and_then(|list| shape::flow_to_block(&list)).ok_or(refusal)?;
        draft.set(&target, &dashed)?;
        draft.make(|tree| edit::move_between(tree, step, &target, to))?;
    }
    finish(a, draft, format!("move {what} to job {job}"), step, target.child(to))
}

/// Ends a move from `from` to `to`. Behind an alias, that is where these are written.
fn finish(a: &Analysis, draft: Draft<'_>, label: String, from: &Path, to: Path) -> Result<Edit, Refusal> {
    let written = |tree: &Tree, path: &Path| tree.at(path).map_or_else(|| path.clone(), |node| node.path());
    let (from, there) = (written(&a.tree, from), written(draft.tree(), &to));
    Ok(draft.finish(label, Some(to))?.moving(from, there))
}

/// The list that a step is in and its position there; refuses when `step` is no step.
pub(super) fn list_and_position(a: &Analysis, step: &Path) -> Result<(Path, usize), Refusal> {
    let in_list =
        |list: &Path| matches!(list.last(), Some(Step::Key(key)) if key == "steps" || key == "parallel");
    match (step.parent().filter(in_list), step.last(), a.tree.at(step)) {
        (Some(list), Some(Step::Index(at)), Some(_)) => Ok((list, *at)),
        _ => Err(refuse("This step is not there any more.")),
    }
}

/// The job whose step is at `step`; `None` for one of a composite action.
pub(super) fn job_of(step: &Path) -> Option<&str> {
    match step.steps() {
        [Step::Key(jobs), Step::Key(job), ..] if jobs == "jobs" => Some(job),
        _ => None,
    }
}

/// The node in which ids of steps are unique: the job, or the composite action's `runs`.
pub(super) fn scope_of(step: &Path) -> Path {
    job_of(step).map_or_else(|| path!["runs"], |job| path!["jobs", job])
}
