//! What a lesson holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Scenario;

/// A task that a person does in a workflow, graded by what the workflow does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lesson {
    /// Its name in addresses: the name of its file without `.md`.
    pub id: String,
    /// What stands above its text.
    pub header: LessonHeader,
    /// A few sentences: paragraphs with an empty line between them, code in backquotes.
    pub text: String,
    /// The workflow at the start, which fails the checks.
    pub start: String,
    /// One solution among many, which passes them.
    pub solution: String,
    /// What people get wrong; each fails with what it promises.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<Wrong>,
}

/// The header of a lesson.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonHeader {
    /// A few words.
    pub title: String,
    /// The track that it belongs to.
    pub track: String,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// Name of the workflow file.
    pub file: String,
    /// What to do, in one or two sentences.
    pub task: String,
    /// Where in the repository's settings something is set, and the way by the API.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<Settings>,
    /// Each says a little more than the one before.
    pub hints: Vec<String>,
    /// Pages of GitHub's documentation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub docs: Vec<String>,
    /// Other files of the repository.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
    /// What the workflow must do.
    pub checks: Vec<Check>,
}

/// A place in the repository's settings, which no workflow file can hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The place, such as `Settings → Secrets and variables → Actions → New repository secret`.
    pub place: String,
    /// The same as a command that calls the API.
    pub api: String,
}

/// A wrong answer that is kept with the lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// A part of what the person is told.
    pub told: String,
    /// The workflow.
    pub text: String,
}

/// One thing that the workflow must do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
pub enum Check {
    /// What an event must do; it is the counter-example when it does something else.
    Event(Box<Scenario>),
    /// A step must be there.
    Step(StepCheck),
    /// No such step may be there.
    Never(StepCheck),
    /// A value of the file.
    Value(ValueCheck),
    /// How many variants a job has.
    Variants(VariantsCheck),
    /// No rule may have a finding of this name; `any`: none at all.
    Clean(CleanCheck),
}

/// A step by what it does; every key that is given must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepCheck {
    /// Told when it is not so.
    pub say: String,
    /// Ids of the jobs that are looked at, with `*` for all, which is also meant when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
    /// The action, without its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uses: Option<String>,
    /// Whether the action is named by a full commit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
    /// Inputs with a part of their values; empty: any value.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub with: BTreeMap<String, String>,
    /// Environment variables with a part of their values; empty: any value.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub env: BTreeMap<String, String>,
    /// A part of the script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    /// The action or the part of a script that a later step of the job has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

/// Values at a path with `*` for any key or item, such as `jobs.*.timeout-minutes`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueCheck {
    /// Told when it is not so.
    pub say: String,
    /// Where.
    pub path: String,
    /// Whether the path must lead to something; it must when this is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub there: Option<bool>,
    /// What every value there must be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// A part that every value there must have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has: Option<String>,
    /// The largest that a number there may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<f64>,
}

/// How many variants a job has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariantsCheck {
    /// Told when it is not so.
    pub say: String,
    /// The job.
    pub job: String,
    /// How many.
    pub count: usize,
}

/// Which findings are not allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CleanCheck {
    /// The rule, or `any`.
    pub rule: String,
}

/// What a list of lessons shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonEntry {
    /// As [`Lesson::id`].
    pub id: String,
    /// As in the header.
    pub title: String,
    /// As in the header.
    pub track: String,
    /// As in the header.
    pub minutes: u32,
    /// As in the header.
    pub task: String,
}

impl LessonEntry {
    /// Of a lesson.
    #[must_use]
    pub fn new(lesson: &Lesson) -> Self {
        let header = &lesson.header;
        Self {
            id: lesson.id.clone(),
            title: header.title.clone(),
            track: header.track.clone(),
            minutes: header.minutes,
            task: header.task.clone(),
        }
    }
}
