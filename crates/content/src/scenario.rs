//! Cases of the form "this event → these jobs", written beside a workflow and run against it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One case. What is left out takes the event's usual value: the default branch, no changed path that is known, the
/// first activity type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What happens, as a sentence.
    pub name: String,
    /// The event, such as `push`.
    pub event: String,
    /// The activity type, such as `opened`; for `repository_dispatch` the event type.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// The branch: for a push the one pushed, for a pull request and a merge group the one it goes into, for the rest
    /// the one the workflow runs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// The tag: for a push the one pushed, for a release its tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The paths that changed, from the root of the repository.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
    /// Whether a pull request comes from a fork.
    #[serde(default, skip_serializing_if = "is_false")]
    pub fork: bool,
    /// Inputs of `workflow_dispatch` or `workflow_call`; inputs that are left out take their defaults.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub inputs: BTreeMap<String, Value>,
    /// Laid over `github.event`, object by object.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub payload: Value,
    /// Configuration variables that exist.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub vars: BTreeMap<String, String>,
    /// How jobs are assumed to end; those that are left out succeed, with outputs that are unknown.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub results: BTreeMap<String, Assumed>,
    /// What must come of it.
    pub expect: Expectation,
}

/// How a job is assumed to end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumed {
    /// Its result; success when it is left out.
    #[serde(default)]
    pub result: Outcome,
    /// Its outputs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outputs: BTreeMap<String, String>,
}

/// The result of a job that ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// All steps passed.
    #[default]
    Success,
    /// A step failed.
    Failure,
    /// It was stopped.
    Cancelled,
}

/// What must come of an event. When the workflow starts, `run` and `skip` together name every job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Whether the workflow starts at all; it does when this is left out.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub starts: bool,
    /// Jobs that run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub run: Vec<String>,
    /// Jobs that are skipped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skip: Vec<String>,
}

fn yes() -> bool {
    true
}

fn is_true(value: &bool) -> bool {
    *value
}

fn is_false(value: &bool) -> bool {
    !value
}
