//! A job whose id another job above has: it gets an id of its own, or goes. All else waits for that.

use stepladder_yaml::{Change, Path, TextEdit, Tree, path, twin_of};

use super::compose::compose;
use super::draft::{Draft, refuse};
use super::ids::{check_new_job, jobs, unused};
use super::{Edit, Refusal, remove_job};
use crate::{Analysis, Env};

/// What is told of a job whose id another job above has.
#[must_use]
pub fn id_is_taken(id: &str) -> String {
    format!(
        "Another job above is called `{id}` too; GitHub rejects the file. Give this one an id of its own to work on it."
    )
}

/// A free id that is like `id`.
#[must_use]
pub fn free_id(a: &Analysis, id: &str) -> String {
    free_job_id(&a.tree, id)
}

/// As [`free_id`], for who has no more than the tree.
pub(crate) fn free_job_id(tree: &Tree, id: &str) -> String {
    unused(&jobs(tree), id)
}

/// The id that the job of that key shares with another.
pub(super) fn shared_id(key: &str) -> Option<&str> {
    twin_of(key).map(|(id, _)| id)
}

/// Gives the job of that key the id `to`, in its own place alone: what names the id means the job above.
pub(super) fn rename(a: &Analysis, key: &str, to: &str) -> Result<Edit, Refusal> {
    check_new_job(&a.tree, to)?;
    let id = shared_id(key).unwrap_or(key);
    let (mut draft, place) = (Draft::new(&a.tree), place_of(a, key)?);
    draft.apply(place.to(to));
    draft.finish(format!("rename the other job {id} to {to}"), Some(path!["jobs", to]))
}

/// Removes the job of that key with its comments, and nothing else.
pub(super) fn remove(a: &Analysis, key: &str) -> Result<Edit, Refusal> {
    let id = shared_id(key).unwrap_or(key);
    // Under an id of its own it goes as any job does.
    let own = free_id(a, id);
    let renamed = place_of(a, key)?.to(&own);
    let copy = Analysis::new(renamed.apply(a.tree.text()), &Env::default());
    let made = remove_job(&copy, &own)?;
    let length = u32::try_from(a.tree.text().len()).unwrap_or(u32::MAX);
    let label = format!("remove the other job {id}");
    Ok(Edit { edit: compose(&renamed, &made.edit, length), label, ..made })
}

/// Where the id of a job stands.
struct Place(stepladder_yaml::TextRange);

impl Place {
    fn to(&self, id: &str) -> TextEdit {
        let change = Change { range: self.0, insert: id.to_owned() };
        TextEdit::new(vec![change]).unwrap_or_default()
    }
}

fn place_of(a: &Analysis, key: &str) -> Result<Place, Refusal> {
    let entry = a.tree.entry_at(&Path(vec!["jobs".into(), key.into()]));
    // The jobs may come from an anchor, where they have the ids of all that repeat them.
    let is_own = a.tree.at(&path!["jobs"]).is_some_and(|jobs| jobs.resolve() == jobs);
    match entry.filter(|_| is_own) {
        Some(entry) => Ok(Place(entry.key.range())),
        None => Err(refuse("This job cannot be reached here; change it in the text.")),
    }
}
