//! Makes a job wait for another.

use stepladder_yaml::{Kind, Path, Tree, edit, path};

use super::apart::{detach_anchor, done, followed_by};
use super::draft::{Draft, refuse};
use super::ids::{check_job, is_named, jobs};
use super::needs::{needs_of, way};
use super::{Edit, Refusal, Value};
use crate::Analysis;

/// Adds `need` to the `needs` of `job`. A single need becomes a list. Where these are written for others too, of which one
/// would then wait for itself, they are written for `job` alone.
///
/// # Errors
/// When one of the jobs is missing, `job` needs it already, or a circle would close; the reason names the way.
pub fn add_need(a: &Analysis, job: &str, need: &str) -> Result<Edit, Refusal> {
    can_need(a, job, need)?;
    let (draft, caught) = with_need(a, job, need)?;
    let Some(other) = caught else { return finish(draft, job, need) };
    let refusal = || {
        refuse(format!(
            "`{other}` has its `needs` from the same anchor, and would wait for itself: change `{job}` here alone."
        ))
    };
    let place = path!["jobs", job, "needs"];
    let apart = (2..=place.steps().len())
        .rev()
        .find_map(|len| detach_anchor(a, &Path(place.steps()[..len].to_vec())).ok())
        .ok_or_else(refusal)?;
    let copy = done(a, &apart);
    let (draft, caught) = with_need(&copy, job, need)?;
    if caught.is_some() {
        return Err(refusal());
    }
    Ok(followed_by(a, &apart, finish(draft, job, need)?))
}

fn finish(draft: Draft<'_>, job: &str, need: &str) -> Result<Edit, Refusal> {
    draft.finish(format!("make job {job} need {need}"), Some(path!["jobs", job]))
}

/// The need is added; and the job that waits for itself then, as it has the same needs.
fn with_need<'a>(a: &'a Analysis, job: &str, need: &str) -> Result<(Draft<'a>, Option<String>), Refusal> {
    let mut draft = Draft::new(&a.tree);
    let place = path!["jobs", job, "needs"];
    let text = Value::Str(need.into());
    match draft.tree().at(&place).filter(|node| !node.is_null()) {
        None => draft.set(&place, &text)?,
        Some(node) if node.kind() == Kind::Scalar => {
            draft.make(|tree| edit::wrap_in_sequence(tree, &place))?;
            draft.insert_item(&place, 1, &text)?;
        }
        Some(node) => {
            let len = node.len();
            draft.insert_item(&place, len, &text)?;
        }
    }
    let caught = caught_in_circle(&a.tree, draft.tree(), need);
    Ok((draft, caught))
}

/// Whether [`add_need`] can do it; a graph asks while an edge is drawn.
///
/// # Errors
/// As for [`add_need`].
pub fn can_need(a: &Analysis, job: &str, need: &str) -> Result<(), Refusal> {
    check_job(&a.tree, job)?;
    check_job(&a.tree, need)?;
    if job.eq_ignore_ascii_case(need) {
        return Err(refuse("A job cannot wait for itself."));
    }
    if needs_of(&a.tree, job).iter().any(|known| is_named(&a.tree, &known.id, need)) {
        return Err(refuse(format!("`{job}` already waits for `{need}`.")));
    }
    match way(&a.tree, need, job) {
        None => Ok(()),
        Some(way) if way.len() == 2 => Err(refuse(format!(
            "`{need}` already waits for `{job}`; if `{job}` waited for `{need}` too, neither would ever start."
        ))),
        Some(way) => {
            let ids: Vec<String> = way.iter().map(|id| format!("`{id}`")).collect();
            Err(refuse(format!(
                "{} wait for each other in this order; if `{job}` waited for `{need}` too, none would ever start.",
                ids.join(", ")
            )))
        }
    }
}

/// A job that waits for `need` afterwards only because an anchor gave it that too, and so for itself.
fn caught_in_circle(before: &Tree, after: &Tree, need: &str) -> Option<String> {
    let waits =
        |tree: &Tree, id: &str| needs_of(tree, id).iter().any(|known| is_named(tree, &known.id, need));
    jobs(after)
        .into_iter()
        .find(|id| waits(after, id) && !waits(before, id) && way(after, need, id).is_some())
}
