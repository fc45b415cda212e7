//! Ids: which are taken, which are allowed, which is free.

use stepladder_yaml::{Path, Tree, path, twin_of};

use super::Refusal;
use super::draft::refuse;

/// Longest id that GitHub takes, in characters.
const LONGEST: usize = 100;

/// The ids of the jobs, in the order of the text.
pub(super) fn jobs(tree: &Tree) -> Vec<String> {
    tree.at(&path!["jobs"])
        .into_iter()
        .flat_map(|jobs| jobs.entries())
        .filter_map(|entry| entry.name().map(str::to_owned))
        .collect()
}

/// The id of the job that `written` names: case does not count, but where two differ by nothing else the one that is
/// written so is meant.
pub(super) fn meant<'t>(tree: &'t Tree, written: &str) -> Option<&'t str> {
    let jobs = tree.at(&path!["jobs"])?;
    let names = || jobs.entries().filter_map(|entry| entry.name());
    names().find(|id| *id == written).or_else(|| names().find(|id| id.eq_ignore_ascii_case(written)))
}

/// Whether `written` names the same job as `id`.
pub(super) fn is_named(tree: &Tree, written: &str, id: &str) -> bool {
    written == id || written.eq_ignore_ascii_case(id) && meant(tree, written) == meant(tree, id)
}

/// The ids of the steps in `scope`, a job or a composite action's `runs`, those of `parallel` groups included.
pub(super) fn steps(tree: &Tree, scope: &Path) -> Vec<String> {
    let mut ids = Vec::new();
    let Some(steps) = tree.at(&scope.child("steps")) else { return ids };
    for step in steps.items() {
        let inner = step.get("parallel").into_iter().flat_map(|group| group.items());
        for step in std::iter::once(step).chain(inner) {
            ids.extend(step.get("id").and_then(|id| id.as_str()).map(str::to_owned));
        }
    }
    ids
}

/// `wanted`, or `wanted-2`, `wanted-3`, … when that is taken; ids are compared without regard to case.
pub(super) fn unused(taken: &[String], wanted: &str) -> String {
    let is_free = |id: &str| !taken.iter().any(|known| known.eq_ignore_ascii_case(id));
    if is_free(wanted) {
        return wanted.to_owned();
    }
    let stem =
        wanted.rsplit_once('-').filter(|(_, n)| n.parse::<u32>().is_ok()).map_or(wanted, |(stem, _)| stem);
    (2..).map(|n| format!("{stem}-{n}")).find(|id| is_free(id)).unwrap_or_default()
}

/// Whether `id` can name a job, a step, an input.
pub(super) fn check(id: &str) -> Result<(), Refusal> {
    let first = id.chars().next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    if first && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') && id.len() <= LONGEST {
        return Ok(());
    }
    let reason = if id.is_empty() {
        "An id needs at least one letter.".to_owned()
    } else if id.len() > LONGEST {
        format!("An id has at most {LONGEST} characters; this one has {}.", id.len())
    } else {
        format!(
            "`{id}` cannot be an id: start with a letter or `_` and go on with letters, digits, `-` and `_`."
        )
    };
    Err(refuse(reason))
}

pub(super) fn check_new_job(tree: &Tree, id: &str) -> Result<(), Refusal> {
    check(id)?;
    match jobs(tree).iter().find(|known| known.eq_ignore_ascii_case(id)) {
        Some(known) => Err(refuse(format!("There is a job `{known}` already; choose another id."))),
        None => Ok(()),
    }
}

/// Refuses when there is no such job, or another one has its id.
pub(super) fn check_job(tree: &Tree, id: &str) -> Result<(), Refusal> {
    if let Some((id, _)) = twin_of(id) {
        return Err(refuse(super::id_is_taken(id)));
    }
    match tree.at(&path!["jobs", id]) {
        Some(_) => Ok(()),
        None => Err(refuse(format!("There is no job `{id}`."))),
    }
}
