//! Takes a job away.

use stepladder_yaml::path;

use super::draft::Draft;
use super::ids::check_job;
use super::needs::dependents_of;
use super::{Edit, Refusal, remove_need};
use crate::Analysis;

/// Removes job `id` with its comments; jobs that waited for it no longer do, and the label names them.
///
/// # Errors
/// When there is no such job, or it comes from an alias.
pub fn remove_job(a: &Analysis, id: &str) -> Result<Edit, Refusal> {
    check_job(&a.tree, id)?;
    let mut draft = Draft::new(&a.tree);
    let waiting: Vec<String> = dependents(a, id).into_iter().filter(|job| job != id).collect();
    for job in &waiting {
        remove_need::remove(&mut draft, job, id)?;
    }
    draft.remove(&path!["jobs", id])?;
    let label = match waiting.as_slice() {
        [] => format!("remove job {id}"),
        jobs => format!(
            "remove job {id}, which {} no longer {}",
            list(jobs),
            if jobs.len() == 1 { "needs" } else { "need" }
        ),
    };
    draft.finish(label, Some(path!["jobs"]))
}

/// The jobs that wait for job `id`, to be told before it is removed.
#[must_use]
pub fn dependents(a: &Analysis, id: &str) -> Vec<String> {
    dependents_of(&a.tree, id)
}

fn list(jobs: &[String]) -> String {
    match jobs {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
