//! Makes a job that runs steps one that calls a reusable workflow, and back.

use stepladder_yaml::{Path, path};

use super::draft::{Draft, refuse};
use super::handed_over::handed_over;
use super::ids::check_job;
use super::{Edit, Refusal, Value};
use crate::Analysis;
use crate::schema::{self, Map};

/// What the job shall do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToJob {
    /// Call this workflow: `./.github/workflows/FILE.yml` or `OWNER/REPO/.github/workflows/FILE.yml@REF`.
    Call(String),
    /// Run steps of its own.
    Steps,
}

/// Changes what job `id` does. Keys that only the former kind has are removed (see [`lost_with_kind`]), all others stay. A
/// job that shall run steps gets a runner and a first step.
///
/// # Errors
/// When there is no such job, it is of that kind already, what it shall call is empty, or a part of it comes from an alias.
pub fn change_job_kind(a: &Analysis, id: &str, to: &ToJob) -> Result<Edit, Refusal> {
    check_job(&a.tree, id)?;
    let job = path!["jobs", id];
    let calls = a.tree.at(&job.child("uses")).is_some();
    let mut draft = Draft::new(&a.tree);
    let label = match to {
        ToJob::Call(workflow) if workflow.trim().is_empty() => {
            return Err(refuse(
                "Name the workflow to call: `./.github/workflows/FILE.yml`, or `OWNER/REPO/.github/workflows/FILE.yml@REF`.",
            ));
        }
        ToJob::Call(_) if calls => {
            return Err(refuse(format!("Job `{id}` calls a workflow already; change its `uses`.")));
        }
        ToJob::Steps if !calls => {
            return Err(refuse(format!("Job `{id}` calls no workflow, so it has steps of its own already.")));
        }
        ToJob::Call(workflow) => {
            draft.set(&job.child("uses"), &Value::Str(workflow.trim().to_owned()))?;
            format!("make job {id} call {}", workflow.trim())
        }
        ToJob::Steps => {
            let text = |text: &str| Value::Str(text.to_owned());
            if a.tree.at(&job.child("runs-on")).is_none() {
                draft.set(&job.child("runs-on"), &text("ubuntu-latest"))?;
            }
            if a.tree.at(&job.child("steps")).is_none() {
                let step = Value::Map(vec![("run".to_owned(), text(super::FIRST_SCRIPT))]);
                draft.set(&job.child("steps"), &Value::Seq(vec![step]))?;
            }
            format!("make job {id} run steps")
        }
    };
    let mut moved = String::new();
    for key in lost_with_kind(a, id, to) {
        moved.push_str(&handed_over(a, &job.child(key)));
        draft.remove(&job.child(key))?;
    }
    draft.finish(format!("{label}{moved}"), Some(job))
}

/// The keys of job `id` that [`change_job_kind`] takes away, in the order of the table, to be told before.
#[must_use]
pub fn lost_with_kind(a: &Analysis, id: &str, to: &ToJob) -> Vec<&'static str> {
    let calls = matches!(to, ToJob::Call(_));
    let Some([own, call]) = kinds() else { return Vec::new() };
    let (from, to) = if calls { (own, call) } else { (call, own) };
    let job: Path = path!["jobs", id];
    let goes = |key: &&str| to.named(key).is_none() && a.tree.at(&job.child(*key)).is_some();
    from.fields.iter().map(|field| field.key).filter(goes).collect()
}

/// The two kinds of jobs in the table: with steps, and calling.
fn kinds() -> Option<[&'static Map; 2]> {
    let maps = schema::WORKFLOW.named("jobs")?.maps.first()?.free?.maps;
    let calls = |map: &&&Map| map.named("uses").is_some();
    Some([maps.iter().find(|map| !calls(map))?, maps.iter().find(calls)?])
}
