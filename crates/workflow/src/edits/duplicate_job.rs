//! Copies a job.

use stepladder_yaml::{edit, path};

use super::draft::Draft;
use super::ids::{check_job, jobs, unused};
use super::{Edit, Refusal};
use crate::Analysis;

/// Copies job `id`, comments included, behind itself under a free id. The copy waits for the same jobs; anchors stay
/// with the original.
///
/// # Errors
/// When there is no such job, or it comes from an alias.
pub fn duplicate_job(a: &Analysis, id: &str) -> Result<Edit, Refusal> {
    check_job(&a.tree, id)?;
    let copy = unused(&jobs(&a.tree), id);
    let mut draft = Draft::new(&a.tree);
    draft.make(|tree| edit::duplicate_entry(tree, &path!["jobs", id], &copy))?;
    draft.finish(format!("duplicate job {id} as {copy}"), Some(path!["jobs", copy.as_str()]))
}
