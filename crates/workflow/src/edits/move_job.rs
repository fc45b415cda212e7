//! Moves a job in the file.

use stepladder_yaml::edit::{self, Place};
use stepladder_yaml::path;

use super::draft::Draft;
use super::ids::{check_job, jobs};
use super::{Edit, Refusal};
use crate::Analysis;

/// Moves job `id`, with its comments, so that it stands at position `to` (from 0) among the jobs.
///
/// # Errors
/// When there is no such job, or `jobs` comes from an alias.
pub fn move_job(a: &Analysis, id: &str, to: usize) -> Result<Edit, Refusal> {
    check_job(&a.tree, id)?;
    let mut draft = Draft::new(&a.tree);
    let others: Vec<String> = jobs(&a.tree).into_iter().filter(|known| known != id).collect();
    let place = match others.get(to) {
        Some(next) => Place::Before(next.clone()),
        None => Place::Last,
    };
    draft.make(|tree| edit::move_entry(tree, &path!["jobs"], id, &place))?;
    let job = path!["jobs", id];
    Ok(draft.finish(format!("move job {id}"), Some(job.clone()))?.moving(job.clone(), job))
}
