//! What the planner answers, fact by fact.
#![allow(clippy::unwrap_used)]

mod calls;
mod filters;
mod jobs;
mod presets;
mod start;
mod steps;

use super::*;
use crate::expr::Value;

const JOB: &str = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{run: a}]\n";

fn analysis(text: &str) -> Analysis {
    Analysis::new(text, &Env { file_name: Some(".github/workflows/ci.yml".into()), ..Env::default() })
}

/// An everyday event of that name for the workflow with that `on`.
fn usual(on: &str, name: &str) -> Event {
    Event::usual(name, &analysis(&format!("on: {on}\n{JOB}")).workflow)
}

fn starts(on: &str, event: &Event) -> Verdict {
    let analysis = analysis(&format!("on: {on}\n{JOB}"));
    let plan = plan(&analysis, &Env::default(), event, &Assumptions::default());
    let verdict = plan.starts;
    assert!(verdict.reason.ends_with('.') && !verdict.reason.ends_with(".."), "{}", verdict.reason);
    assert_eq!(verdict.missing.is_empty(), verdict.answer != Answer::Unknown, "{verdict:?}");
    verdict
}

#[track_caller]
fn check(on: &str, event: &Event, answer: Answer) {
    let verdict = starts(on, event);
    assert_eq!(verdict.answer, answer, "on: {on}\n{}", verdict.reason);
}

/// The part of the file that decided.
fn decider(text: &str, verdict: &Verdict) -> String {
    let range = verdict.place.as_ref().unwrap().range;
    text[range.to_usize()].to_owned()
}

/// Each job with `+`, `-` or `?`.
fn jobs_of(text: &str, event: &Event, assumed: &Assumptions) -> String {
    let plan = plan(&analysis(text), &Env::default(), event, assumed);
    let show = |job: &JobPlan| [&job.id, ["+", "-", "?"][job.verdict.answer as usize]].concat();
    plan.jobs.iter().map(show).collect::<Vec<_>>().join(" ")
}

fn assume(jobs: &[(&str, Ending)]) -> Assumptions {
    let job = |(id, result): &(&str, Ending)| {
        ((*id).to_owned(), Assumed { result: Some(*result), outputs: BTreeMap::new() })
    };
    Assumptions { jobs: jobs.iter().map(job).collect(), ..Assumptions::default() }
}

fn output(job: &str, name: &str, value: &str) -> Assumptions {
    let outputs = BTreeMap::from([(name.to_owned(), value.to_owned())]);
    let assumed = Assumed { result: None, outputs };
    Assumptions { jobs: BTreeMap::from([(job.to_owned(), assumed)]), ..Assumptions::default() }
}

fn push() -> Event {
    usual("push", "push")
}
