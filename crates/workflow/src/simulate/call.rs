//! Reusable workflows: the called file is planned in its turn when it is known.

use std::collections::BTreeMap;

use super::context::{Run, inputs, interpolate};
use super::jobs::{self, Scope};
use super::standing::{self, CANCELLED, FAILURE, SKIPPED, SUCCESS, Standing};
use super::{JobPlan, Note, Place};
use crate::expr::{State, Value};
use crate::model::{Job, Text, Uses, Workflow};
use crate::schema;

/// Deepest chain of workflows that call each other, the first included.
const MAX_DEPTH: usize = 10;

/// What came of a call.
pub(super) struct Called {
    pub(super) jobs: Vec<JobPlan>,
    pub(super) results: u8,
    pub(super) outputs: Vec<(String, Option<Value>)>,
    pub(super) file: String,
}

/// Plans the workflow that `job` calls; `state` is what the job's expressions see.
///
/// # Errors
/// Why it cannot be planned.
pub(super) fn called(
    run: &Run<'_>,
    scope: &Scope<'_>,
    job: &Job,
    uses: &Text,
    state: &State,
) -> Result<Called, Note> {
    let note =
        |text: String| Note { text, place: Some(Place { path: job.path.child("uses"), range: uses.range }) };
    let (Uses::Local { path } | Uses::Own { path }) = Uses::new(&uses.value) else {
        return Err(note(format!(
            "What is in `{}` is not known here, so its jobs and outputs are open.",
            uses.value
        )));
    };
    let Some(text) = run.env.files.get(path) else {
        return Err(note(format!("The file `{path}` is not known here, so its jobs and outputs are open.")));
    };
    if scope.files.iter().any(|file| file == path) {
        return Err(note(format!("`{path}` calls itself, which GitHub refuses.")));
    }
    if scope.files.len() >= MAX_DEPTH || !run.may_call() {
        return Err(note("Workflows call each other too deep or too often to be planned.".to_owned()));
    }
    let (tree, _) = schema::read(text.clone(), Some(path));
    let workflow = Workflow::new(&tree);
    let Some(trigger) = workflow.trigger("workflow_call") else {
        return Err(note(format!("`{path}` cannot be called: it lacks `workflow_call` under `on`.")));
    };
    let given: BTreeMap<String, Value> =
        job.with.iter().map(|(name, value)| (name.value.clone(), interpolate(&value.value, state))).collect();
    let mut files = scope.files.clone();
    files.push(path.to_owned());
    let inner = Scope {
        inputs: inputs(&trigger.inputs, Some(&given), true),
        prefix: [&scope.prefix, &job.id.value, "/"].concat(),
        workflow: &workflow,
        tree: &tree,
        files,
    };
    let (jobs, standings) = jobs::plan(run, &inner);
    let all = standing::context("jobs", workflow.jobs.iter().zip(&standings));
    let contexts = [
        ("github", run.github.clone()),
        ("inputs", inner.inputs.clone()),
        ("vars", run.vars.clone()),
        ("jobs", all),
    ];
    let contexts = contexts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let state = State { contexts, ..State::default() };
    let output = |(name, value): &(Text, Text)| {
        (name.value.clone(), interpolate(&value.value, &state).to_text().map(Value::String))
    };
    let outputs = trigger.outputs.iter().map(output).collect();
    Ok(Called { jobs, results: results(&standings), outputs, file: path.to_owned() })
}

/// The ways in which all of them together may end: a failure counts first, then a cancellation, then a success.
fn results(standings: &[Standing]) -> u8 {
    let may = |bit: u8| standings.iter().any(|standing| standing.results & bit != 0);
    let must = |bit: u8| standings.iter().any(|standing| standing.results == bit);
    let all_may = |bits: u8| standings.iter().all(|standing| standing.results & bits != 0);
    if must(FAILURE) {
        return FAILURE;
    }
    let mut results = if may(FAILURE) { FAILURE } else { 0 };
    if may(CANCELLED) {
        results |= CANCELLED;
    }
    if must(CANCELLED) {
        return results;
    }
    if may(SUCCESS) && all_may(SUCCESS | SKIPPED) {
        results |= SUCCESS;
    }
    if all_may(SKIPPED) {
        results |= SKIPPED;
    }
    results
}
