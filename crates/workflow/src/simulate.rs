//! The planner: what an event does to a workflow, and why.
//!
//! [`plan`] is pure and total. It says of the workflow whether it starts, and of every job, step and matrix leg whether
//! it runs: yes, no, or unknown with what would have to be known. More knowledge only ever turns an unknown answer
//! into a yes or a no, never a yes into a no.

mod at;
mod call;
mod checks;
mod context;
mod event;
mod filters;
mod jobs;
mod legs;
mod notes;
mod own_rules;
mod presets;
mod reason;
mod standing;
mod start;
mod steps;

use std::collections::BTreeMap;

use stepladder_yaml::{Path, TextRange};

pub use at::contexts_at;
pub use event::Event;
pub use presets::{Preset, presets};

use crate::{Analysis, Env};

/// Yes, no, or not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It starts or runs.
    Yes,
    /// It does not start, or is skipped.
    No,
    /// It depends on something that is not known.
    Unknown,
}

/// An answer, why, and what decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The answer.
    pub answer: Answer,
    /// Why, as one plain sentence.
    pub reason: String,
    /// What decided, when it stands in the file.
    pub place: Option<Place>,
    /// What would have to be known, by name, such as `github.event.action`; empty unless the answer is unknown.
    pub missing: Vec<String>,
}

/// A place in a workflow file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The node.
    pub path: Path,
    /// The part of it that is meant, in bytes of the file: a pattern, or a part of an expression.
    pub range: TextRange,
}

/// Something that a person should know beside the verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// One plain sentence.
    pub text: String,
    /// What it is about, when it stands in the file.
    pub place: Option<Place>,
}

/// What an event does to a workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Whether the workflow starts.
    pub starts: Verdict,
    /// Every job, in the order of the file. When it is not known whether the workflow starts, a job that would run is
    /// unknown too.
    pub jobs: Vec<JobPlan>,
    /// What else a person should know.
    pub notes: Vec<Note>,
}

/// What becomes of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobPlan {
    /// Its id.
    pub id: String,
    /// Its name as GitHub shows it, as far as it can be told.
    pub title: String,
    /// Whether it runs.
    pub verdict: Verdict,
    /// How it is taken to end: what was assumed, [`Ending::Skipped`] when it is skipped, `None` when not known and when
    /// the workflow does not start.
    pub ending: Option<Ending>,
    /// The variants that its matrix makes; one without values when there is no matrix, none when it does not run.
    pub legs: Legs,
    /// Its steps, as they go when it runs; empty when it does not run.
    pub steps: Vec<StepPlan>,
    /// The jobs of the workflow that it calls, when that file is known. Their places are in [`JobPlan::called_file`].
    pub called: Vec<JobPlan>,
    /// The file of the workflow that it calls, by path from the root of the repository.
    pub called_file: Option<String>,
    /// Approvals that it waits for, its concurrency group, and what else a person should know.
    pub notes: Vec<Note>,
}

/// The variants of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Legs {
    /// These, in the order in which GitHub makes them.
    Known(Vec<Leg>),
    /// They depend on what is not known; why, as a sentence.
    Unknown(String),
}

/// A variant of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The name of the job with the variant's values, as GitHub shows it.
    pub title: String,
    /// The values of the matrix.
    pub values: crate::model::Leg,
}

/// What becomes of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepPlan {
    /// Its node.
    pub path: Path,
    /// Its title as GitHub shows it.
    pub title: String,
    /// Whether it runs when its job does: yes when it does in any variant.
    pub verdict: Verdict,
    /// The variants in which it runs, as indices of [`Legs::Known`], when these are not all of them.
    pub only_legs: Option<Vec<usize>>,
}

/// How a job ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All steps passed.
    Success,
    /// A step failed.
    Failure,
    /// It was stopped.
    Cancelled,
    /// It did not run.
    Skipped,
}

impl Ending {
    /// The word in `needs.<job>.result`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        ["success", "failure", "cancelled", "skipped"][self as usize]
    }
}

/// What is taken for granted about a run.
#[derive(Clone, Debug)]
pub struct Assumptions {
    /// How jobs end, by id without regard to case; a job of a called workflow as `caller/id`.
    pub jobs: BTreeMap<String, Assumed>,
    /// How all other jobs end; `None`: not known. [`Ending::Skipped`] counts as not known.
    pub others: Option<Ending>,
    /// Whether the run is cancelled on the way; `None`: not known when a job is assumed to be cancelled, otherwise no.
    pub cancelled: Option<bool>,
    /// Values of configuration variables.
    pub vars: BTreeMap<String, String>,
    /// Whether there are no other configuration variables.
    pub only_these_vars: bool,
}

impl Default for Assumptions {
    /// Every job that runs succeeds.
    fn default() -> Self {
        Self {
            jobs: BTreeMap::new(),
            others: Some(Ending::Success),
            cancelled: None,
            vars: BTreeMap::new(),
            only_these_vars: false,
        }
    }
}

/// How a job is assumed to end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assumed {
    /// Its result if it runs; `None`: as [`Assumptions::others`].
    pub result: Option<Ending>,
    /// Outputs that it sets; outputs that are left out are computed where the file tells them, else unknown.
    pub outputs: BTreeMap<String, String>,
}

/// What `event` does to the workflow.
#[must_use]
pub fn plan(analysis: &Analysis, env: &Env, event: &Event, assumed: &Assumptions) -> Plan {
    let payload = context::payload(event, env);
    let starts = start::starts(analysis, event, &payload);
    if starts.answer == Answer::No {
        let stopped = |job| jobs::empty(job, Verdict::no("The workflow does not start."));
        let jobs = analysis.workflow.jobs.iter().map(stopped).collect();
        return Plan { starts, jobs, notes: Vec::new() };
    }
    let run = context::Run::new(analysis, env, event, payload, assumed);
    let (mut jobs, _) = jobs::plan(&run, &jobs::Scope::top(analysis, env, event));
    if starts.answer == Answer::Unknown {
        let why = "It is not known whether the workflow starts.";
        jobs.iter_mut().for_each(|job| job.doubt(why, &starts.missing));
    }
    Plan { starts, jobs, notes: notes::notes(analysis, event) }
}

impl Plan {
    /// The job of that id, compared without regard to case.
    #[must_use]
    pub fn job(&self, id: &str) -> Option<&JobPlan> {
        let same = |job: &&JobPlan| job.id.eq_ignore_ascii_case(id);
        self.jobs.iter().find(|job| job.id == id).or_else(|| self.jobs.iter().find(same))
    }
}

impl JobPlan {
    /// It hangs on something around it that is not known.
    fn doubt(&mut self, why: &str, missing: &[String]) {
        if self.verdict.answer != Answer::No {
            let mut all = missing.to_vec();
            all.extend(self.verdict.missing.iter().filter(|what| !missing.contains(what)).cloned());
            self.verdict = Verdict { missing: all, ..Verdict::new(Answer::Unknown, why) };
            self.ending = None;
        }
        self.called.iter_mut().for_each(|job| job.doubt(why, missing));
    }
}

impl Verdict {
    fn new(answer: Answer, reason: impl Into<String>) -> Self {
        Self { answer, reason: reason.into(), place: None, missing: Vec::new() }
    }

    fn yes(reason: impl Into<String>) -> Self {
        Self::new(Answer::Yes, reason)
    }

    fn no(reason: impl Into<String>) -> Self {
        Self::new(Answer::No, reason)
    }

    fn unknown(reason: impl Into<String>, missing: impl Into<String>) -> Self {
        Self { missing: vec![missing.into()], ..Self::new(Answer::Unknown, reason) }
    }

    fn at(self, path: &Path, range: TextRange) -> Self {
        Self { place: Some(Place { path: path.clone(), range }), ..self }
    }
}

/// Names for a sentence: "`a`", "`a` and `b`", "`a`, `b` and `c`".
fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let mut out = String::new();
    for (at, name) in names.iter().enumerate() {
        out.push_str(match at {
            0 => "`",
            _ if at + 1 == names.len() => " and `",
            _ => ", `",
        });
        out.push_str(name);
        out.push('`');
    }
    out
}

#[cfg(test)]
mod tests;
