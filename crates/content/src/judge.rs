//! Runs scenarios: what the planner says against what is expected.

use serde_json::Value as Json;
use stepladder_workflow::expr::Value;
use stepladder_workflow::model::Workflow;
use stepladder_workflow::simulate::{self, Answer, Assumptions, Ending, Event, Plan, Verdict};
use stepladder_workflow::{Analysis, Env};

use crate::{Outcome, Scenario};

/// What came of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What the planner says.
    pub plan: Plan,
    /// What is not as expected, one sentence each; empty when the scenario holds.
    pub problems: Vec<String>,
}

impl Scenario {
    /// Plans the event for this workflow and compares.
    #[must_use]
    pub fn judge(&self, analysis: &Analysis, env: &Env) -> Judged {
        let plan = simulate::plan(analysis, env, &self.event(&analysis.workflow), &self.assumptions());
        let problems = self.problems(&plan);
        Judged { plan, problems }
    }

    /// The event: an everyday one of that name, with what the scenario says about it.
    #[must_use]
    pub fn event(&self, workflow: &Workflow) -> Event {
        let mut event = Event::usual(&self.event, workflow);
        if let Some(branch) = &self.branch {
            event = event.branch(branch);
        }
        if let Some(tag) = &self.tag {
            event = event.tag(tag);
        }
        if let Some(activity) = &self.activity {
            event = event.activity(activity);
        }
        if !self.changed.is_empty() {
            event.changed = Some(self.changed.clone());
        }
        event.fork = Some(self.fork);
        for (name, value) in &self.inputs {
            event = event.input(name, value_of(value));
        }
        event.payload(&value_of(&self.payload))
    }

    /// What is taken for granted.
    #[must_use]
    pub fn assumptions(&self) -> Assumptions {
        let job = |(id, assumed): (&String, &crate::Assumed)| {
            let result = Some(match assumed.result {
                Outcome::Success => Ending::Success,
                Outcome::Failure => Ending::Failure,
                Outcome::Cancelled => Ending::Cancelled,
            });
            (id.clone(), simulate::Assumed { result, outputs: assumed.outputs.clone() })
        };
        Assumptions {
            jobs: self.results.iter().map(job).collect(),
            vars: self.vars.clone(),
            only_these_vars: true,
            ..Assumptions::default()
        }
    }

    fn problems(&self, plan: &Plan) -> Vec<String> {
        let mut problems = Vec::new();
        let because = |verdict: &Verdict| {
            let mut text = verdict.reason.clone();
            if !verdict.missing.is_empty() {
                text = [&text, " Say: ", &verdict.missing.join(", "), "."].concat();
            }
            text
        };
        let wanted = if self.expect.starts { Answer::Yes } else { Answer::No };
        if plan.starts.answer != wanted {
            let what = match (plan.starts.answer, wanted) {
                (Answer::Unknown, _) => "It is not certain whether the workflow starts",
                (_, Answer::Yes) => "The workflow does not start",
                _ => "The workflow starts",
            };
            problems.push([what, ". ", &because(&plan.starts)].concat());
            return problems;
        }
        if !self.expect.starts {
            return problems;
        }
        let lists = [(&self.expect.run, Answer::Yes), (&self.expect.skip, Answer::No)];
        for (ids, wanted) in lists {
            for id in ids {
                let Some(job) = plan.job(id) else {
                    problems.push(format!("There is no job `{id}`."));
                    continue;
                };
                if job.verdict.answer != wanted {
                    let what = match (job.verdict.answer, wanted) {
                        (Answer::Unknown, _) => "is not certain to run or to be skipped",
                        (_, Answer::Yes) => "does not run",
                        _ => "runs",
                    };
                    problems.push(format!("`{id}` {what}. {}", because(&job.verdict)));
                }
            }
        }
        let named =
            |id: &str| lists.iter().any(|(ids, _)| ids.iter().any(|own| own.eq_ignore_ascii_case(id)));
        for job in plan.jobs.iter().filter(|job| !named(&job.id)) {
            problems.push(format!("`{}` is neither under `run` nor under `skip`.", job.id));
        }
        let known = |id: &str| plan.job(id.split('/').next().unwrap_or_default()).is_some();
        for id in self.results.keys().filter(|id| !known(id)) {
            problems.push(format!("There is no job `{id}`, but a result of it is given."));
        }
        problems
    }
}

/// A JSON value as one of expressions.
#[must_use]
pub fn value_of(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => (*value).into(),
        Json::Number(value) => value.as_f64().unwrap_or(f64::NAN).into(),
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => Value::array(items.iter().map(value_of).collect()),
        Json::Object(fields) => Value::object(
            fields.iter().map(|(name, value)| (name.as_str(), value_of(value))).collect::<Vec<_>>(),
        ),
    }
}
