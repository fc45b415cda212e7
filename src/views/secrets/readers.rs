//! Where a name is used, and who gets to see it.

use stepladder_workflow::Analysis;
use stepladder_yaml::{Path, Step};

use crate::session::{job_of, step_of};

/// Where a path is, in words: `train, step 3`.
pub(super) fn place(analysis: &Analysis, path: &Path) -> String {
    let Some(id) = job_of(path) else { return "the whole workflow".to_owned() };
    let step = step_of(path).and_then(|at| analysis.workflow.job(id)?.steps.get(at));
    step.map_or_else(|| id.to_owned(), |step| format!("{id} › {}", step.title()))
}

/// Who can read a secret or a variable that is used at `path`.
pub(super) fn reader(analysis: &Analysis, path: &Path) -> String {
    let Some(id) = job_of(path) else { return "every step of every job".to_owned() };
    let key = match path.steps().get(2) {
        Some(Step::Key(key)) => key.as_str(),
        _ => "",
    };
    match (key, step_of(path)) {
        ("steps", Some(at)) => {
            let title = analysis.workflow.job(id).and_then(|job| Some(job.steps.get(at)?.title()));
            title.map_or_else(|| format!("one step of {id}"), |title| format!("the step {title} of {id}"))
        }
        ("env", _) => format!("every step of {id}"),
        ("secrets" | "with", _) => format!("the workflow that {id} calls"),
        _ => format!("the runner of {id}, before its steps"),
    }
}
