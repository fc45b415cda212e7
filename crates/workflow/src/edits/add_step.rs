//! Adds a step.

use stepladder_yaml::path;

use super::draft::{Draft, refuse};
use super::ids::check_job;
use super::{Edit, Refusal, Value};
use crate::Analysis;

/// What a step runs at first, to be typed over.
pub const FIRST_SCRIPT: &str = "echo \"Hello\"";

/// What the new step does.
#[derive(Clone, Debug, PartialEq)]
pub enum NewStep {
    /// Runs a script.
    Run(String),
    /// Runs an action with these inputs; without a name GitHub shows the action's.
    Uses {
        /// `OWNER/REPO@REF`, `./PATH` or `docker://IMAGE`.
        action: String,
        /// Inputs and their values.
        with: Vec<(String, Value)>,
    },
    /// Keys of a step and their values, as they are.
    Fields(Vec<(String, Value)>),
}

impl NewStep {
    /// The keys of the step and their values.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, Value)> {
        match self {
            Self::Run(script) => vec![("run".to_owned(), Value::Str(script.clone()))],
            Self::Uses { action, with } => {
                let mut fields = vec![("uses".to_owned(), Value::Str(action.clone()))];
                if !with.is_empty() {
                    fields.push(("with".into(), Value::Map(with.clone())));
                }
                fields
            }
            Self::Fields(fields) => fields.clone(),
        }
    }
}

/// Adds a step to `job` at position `at` (from 0; beyond the end: at the end).
///
/// # Errors
/// When there is no such job, it calls a reusable workflow, or its steps come from an alias.
pub fn add_step(a: &Analysis, job: &str, at: usize, new: &NewStep) -> Result<Edit, Refusal> {
    check_job(&a.tree, job)?;
    if a.tree.at(&path!["jobs", job, "uses"]).is_some() {
        return Err(refuse(format!(
            "Job `{job}` calls a reusable workflow, so it has no steps of its own; add a job for the step."
        )));
    }
    let fields = new.fields();
    let name = fields.iter().find_map(|(key, value)| match value {
        Value::Str(name) if key == "name" => Some(name.clone()),
        _ => None,
    });
    let mut draft = Draft::new(&a.tree);
    let steps = path!["jobs", job, "steps"];
    let known = draft.tree().at(&steps).map_or(0, |node| node.len());
    let at = at.min(known);
    let step = Value::Map(fields);
    if known == 0 {
        draft.set(&steps, &Value::Seq(vec![step]))?;
    } else {
        draft.insert_item(&steps, at, &step)?;
    }
    let label = match name {
        Some(name) => format!("add step {name} to job {job}"),
        None => format!("add a step to job {job}"),
    };
    draft.finish(label, Some(steps.child(at)))
}
