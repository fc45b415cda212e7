//! Which jobs run: conditions, and what becomes of the jobs before them.

use stepladder_yaml::{Tree, path};

use super::context::{Run, inputs, interpolate};
use super::reason::Read;
use super::standing::{CANCELLED, Chain, FAILURE, SKIPPED, SUCCESS, Standing, and, context, ending};
use super::{
    Answer, Assumed, Ending, Event, JobPlan, Legs, Note, Place, Verdict, call, legs, names, notes, steps,
};
use crate::expr::{State, Value};
use crate::model::{Job, Workflow};
use crate::{Analysis, Env};

/// One workflow of a run: the one that the event starts, or one that is called.
pub(super) struct Scope<'a> {
    pub(super) workflow: &'a Workflow,
    pub(super) tree: &'a Tree,
    pub(super) inputs: Value,
    /// Before the ids of its jobs in [`super::Assumptions::jobs`].
    pub(super) prefix: String,
    /// The files that lead here by calls, this one last.
    pub(super) files: Vec<String>,
}

impl<'a> Scope<'a> {
    pub(super) fn top(analysis: &'a Analysis, env: &Env, event: &Event) -> Self {
        let call = event.name == "workflow_call";
        // Other events bring no inputs.
        let takes = call || event.name == "workflow_dispatch";
        let trigger = analysis.workflow.trigger(&event.name).filter(|_| takes);
        let declared = trigger.map_or(&[][..], |trigger| &trigger.inputs);
        Self {
            workflow: &analysis.workflow,
            tree: &analysis.tree,
            inputs: inputs(declared, event.inputs.as_ref(), call),
            prefix: String::new(),
            files: env.file_name.iter().cloned().collect(),
        }
    }
}

fn needs(jobs: &[Job]) -> Vec<Vec<usize>> {
    let find = |id: &str| {
        let same = |job: &Job| job.id.value.eq_ignore_ascii_case(id);
        jobs.iter().position(|job| job.id.value == id).or_else(|| jobs.iter().position(same))
    };
    jobs.iter().map(|job| job.needs.iter().filter_map(|need| find(&need.value)).collect()).collect()
}

/// The jobs, each after those that it needs. Jobs in a circle, and those behind them, are left out.
pub(super) fn order(jobs: &[Job]) -> Vec<usize> {
    let needs = needs(jobs);
    let mut waiting: Vec<usize> = needs.iter().map(Vec::len).collect();
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); jobs.len()];
    for (job, needs) in needs.iter().enumerate() {
        needs.iter().for_each(|need| followers[*need].push(job));
    }
    let mut order: Vec<usize> = (0..jobs.len()).filter(|job| waiting[*job] == 0).collect();
    let mut at = 0;
    while let Some(job) = order.get(at).copied() {
        for follower in &followers[job] {
            waiting[*follower] -= 1;
            if waiting[*follower] == 0 {
                order.push(*follower);
            }
        }
        at += 1;
    }
    order
}

/// The jobs of one workflow, in the order of the file.
pub(super) fn plan(run: &Run<'_>, scope: &Scope<'_>) -> (Vec<JobPlan>, Vec<Standing>) {
    let jobs = &scope.workflow.jobs;
    let needs = needs(jobs);
    let mut planned: Vec<Option<(JobPlan, Standing)>> = jobs.iter().map(|_| None).collect();
    for at in order(jobs) {
        let one = Planner { run, scope, planned: &planned, needs: &needs[at], job: &jobs[at], at }.plan();
        planned[at] = Some(one);
    }
    let circle = |(at, one): (usize, Option<(JobPlan, Standing)>)| {
        one.unwrap_or_else(|| {
            let verdict =
                Verdict::no("It waits for itself: GitHub refuses jobs that need each other in a circle.");
            let standing = Standing {
                results: SKIPPED,
                outputs: Vec::new(),
                open: false,
                chain: Chain::NOTHING.with(at, SKIPPED),
            };
            (empty(&jobs[at], verdict), standing)
        })
    };
    planned.into_iter().enumerate().map(circle).unzip()
}

/// What the conditions of the job at that position see.
pub(super) fn state_of(run: &Run<'_>, scope: &Scope<'_>, job: usize) -> State {
    let jobs = &scope.workflow.jobs;
    let needs = needs(jobs);
    let mut planned: Vec<Option<(JobPlan, Standing)>> = jobs.iter().map(|_| None).collect();
    for at in order(jobs) {
        let planner = Planner { run, scope, planned: &planned, needs: &needs[at], job: &jobs[at], at };
        if at == job {
            return planner.state(planner.before());
        }
        planned[at] = Some(planner.plan());
    }
    // It waits for itself, so that nothing is known of what it needs.
    outside(run, scope)
}

/// What expressions outside of all jobs see.
pub(super) fn outside(run: &Run<'_>, scope: &Scope<'_>) -> State {
    let contexts =
        [("github", run.github.clone()), ("inputs", scope.inputs.clone()), ("vars", run.vars.clone())];
    State {
        contexts: contexts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        ..State::default()
    }
}

/// A job that does not run, or of which the rest is still to be told.
pub(super) fn empty(job: &Job, verdict: Verdict) -> JobPlan {
    JobPlan {
        id: job.id.value.clone(),
        title: job.title().to_owned(),
        verdict,
        ending: None,
        legs: Legs::Known(Vec::new()),
        steps: Vec::new(),
        called: Vec::new(),
        called_file: None,
        notes: Vec::new(),
    }
}

/// One job.
struct Planner<'p, 'a> {
    run: &'p Run<'a>,
    scope: &'p Scope<'a>,
    planned: &'p [Option<(JobPlan, Standing)>],
    needs: &'p [usize],
    job: &'p Job,
    at: usize,
}

impl Planner<'_, '_> {
    fn plan(&self) -> (JobPlan, Standing) {
        let job = self.job;
        let before = self.before();
        let state = self.state(before);
        let read = job.condition.as_ref().and_then(|condition| Read::new(&condition.value));
        let verdict = self.verdict(before, &state, read.as_ref());
        let mut plan = empty(job, verdict);
        if let Some(name) = &job.name {
            plan.title = interpolate(&name.value, &state)
                .to_text()
                .map_or(name.value.clone(), |text| text.to_string());
        }
        if plan.verdict.answer == Answer::No {
            // A condition that fails to evaluate fails the run; otherwise the job is skipped.
            let broken = plan.verdict.reason.starts_with("Its condition cannot");
            let results = if broken { SKIPPED | FAILURE } else { SKIPPED };
            plan.ending = ending(results);
            let standing =
                Standing { results, outputs: Vec::new(), open: false, chain: before.with(self.at, results) };
            return (plan, standing);
        }
        plan.legs = legs::legs(job, self.scope.tree, &state, &plan.title);
        self.note(&mut plan);
        let called = job.uses.as_ref().map(|uses| call::called(self.run, self.scope, job, uses, &state));
        let called = called.and_then(|called| called.map_err(|note| plan.notes.push(note)).ok());
        let assumed = self.assumed();
        let ran = match assumed.and_then(|assumed| assumed.result).or(self.run.assumed.others) {
            _ if assumed.is_none_or(|assumed| assumed.result.is_none()) && called.is_some() => {
                called.as_ref().map_or(SUCCESS, |called| called.results)
            }
            Some(Ending::Success) => SUCCESS,
            Some(Ending::Failure) => FAILURE,
            Some(Ending::Cancelled) => CANCELLED,
            Some(Ending::Skipped) | None => SUCCESS | FAILURE | CANCELLED,
        };
        let no_variant = matches!(&plan.legs, Legs::Known(legs) if legs.is_empty());
        if job.uses.is_none() && !no_variant {
            plan.steps = steps::steps(self.scope, job, &state, &plan.legs, ran);
        }
        let certain = plan.verdict.answer == Answer::Yes;
        let results = self.tolerated(ran, &state) | if certain { 0 } else { SKIPPED };
        let mut outputs = if certain { self.outputs(assumed, results, &state) } else { Vec::new() };
        let mut open = !certain || results & FAILURE != 0 || (job.uses.is_some() && called.is_none());
        if let Some(called) = called {
            plan.called = called.jobs;
            plan.called_file = Some(called.file);
            if certain {
                let told = |name: &str| outputs.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
                let more: Vec<_> = called.outputs.into_iter().filter(|(name, _)| !told(name)).collect();
                outputs.extend(more);
            } else {
                let why = format!("It is not known whether `{}`, which calls it, runs.", job.id.value);
                plan.called.iter_mut().for_each(|job| job.doubt(&why, &plan.verdict.missing));
            }
            open |= results & SUCCESS == 0;
        }
        plan.ending = ending(results);
        (plan, Standing { results, outputs, open, chain: before.with(self.at, results) })
    }

    /// How the jobs before it end.
    fn before(&self) -> Chain {
        self.done().fold(Chain::NOTHING, |chain, (_, _, standing)| chain.join(standing.chain))
    }

    /// The jobs that it needs.
    fn done(&self) -> impl Iterator<Item = (&Job, &JobPlan, &Standing)> {
        self.needs.iter().filter_map(|need| {
            let (plan, standing) = self.planned.get(*need)?.as_ref()?;
            Some((self.scope.workflow.jobs.get(*need)?, plan, standing))
        })
    }

    fn state(&self, before: Chain) -> State {
        let needs = context("needs", self.done().map(|(job, _, standing)| (job, standing)));
        let cancelled = self.cancelled(before);
        let mut contexts = outside(self.run, self.scope).contexts;
        contexts.push(("needs".to_owned(), needs));
        State {
            contexts,
            success: and(before.success, cancelled.map(|cancelled| !cancelled)),
            failure: before.failure,
            cancelled,
        }
    }

    /// Whether the run is cancelled when it comes to this job. A job that waits for none has started before.
    fn cancelled(&self, before: Chain) -> Option<bool> {
        if self.needs.is_empty() {
            return Some(false);
        }
        // A job may also be stopped alone, as by its time limit.
        let guess = if before.cancelled == Some(false) { Some(false) } else { None };
        self.run.assumed.cancelled.or(guess)
    }

    fn verdict(&self, before: Chain, state: &State, read: Option<&Read<'_>>) -> Verdict {
        let path = || self.job.path.child("if");
        let Some(read) = read else { return self.after(before, state) };
        if read.asks_status {
            return read.judge(state).verdict(self.scope.tree, path);
        }
        if state.success == Some(false) {
            return self.after(before, state);
        }
        let own = read.judge(state).verdict(self.scope.tree, path);
        if own.answer == Answer::Yes && state.success.is_none() { self.after(before, state) } else { own }
    }

    /// The verdict of `success()`, which GitHub adds to conditions that do not ask.
    fn after(&self, before: Chain, state: &State) -> Verdict {
        let id = |at: usize| self.scope.workflow.jobs.get(at).map_or("", |job| job.id.value.as_str());
        let place = |at: Option<usize>| {
            let need = self
                .job
                .needs
                .iter()
                .find(|need| at.is_some_and(|at| need.value.eq_ignore_ascii_case(id(at))));
            let need = need.or(self.job.needs.first())?;
            let list = self.job.path.child("needs");
            Some(Place { path: list, range: need.range })
        };
        let relation =
            |at: usize| if self.needs.contains(&at) { "which it needs" } else { "which comes before it" };
        let mut verdict = match (state.success, before.culprit, before.doubt) {
            (Some(true), ..) if self.needs.is_empty() => {
                return Verdict::yes("It runs whenever the workflow starts.");
            }
            (Some(true), ..) => {
                let ids = names(self.needs.iter().map(|need| id(*need)));
                let verb = if self.needs.len() == 1 { "succeeds" } else { "succeed" };
                Verdict::yes(format!("It runs because {ids} {verb}."))
            }
            (Some(false), Some(culprit), _) => {
                let results =
                    self.planned.get(culprit).and_then(Option::as_ref).map_or(0, |(_, s)| s.results);
                let verb = match results {
                    SKIPPED => "is skipped",
                    FAILURE => "fails",
                    CANCELLED => "is cancelled",
                    _ => "does not succeed",
                };
                Verdict::no(format!(
                    "It is skipped because `{}`, {}, {verb}.",
                    id(culprit),
                    relation(culprit)
                ))
            }
            (Some(false), None, _) => Verdict::no("It is skipped because the run is cancelled."),
            (None, _, Some(doubt)) => {
                let plan = self.planned.get(doubt).and_then(Option::as_ref).map(|(plan, _)| plan);
                let open = plan.filter(|plan| plan.verdict.answer == Answer::Unknown);
                let verb = if open.is_some() { "runs" } else { "succeeds" };
                let reason = format!("It depends on whether `{}`, {}, {verb}.", id(doubt), relation(doubt));
                match open {
                    Some(plan) => Verdict {
                        missing: plan.verdict.missing.clone(),
                        ..Verdict::new(Answer::Unknown, reason)
                    },
                    None => Verdict::unknown(reason, format!("result of {}", id(doubt))),
                }
            }
            (None, _, None) => Verdict::unknown("It depends on whether the run is cancelled.", "cancelled()"),
        };
        let decider = if state.success == Some(false) { before.culprit } else { before.doubt };
        verdict.place = place(decider);
        verdict
    }

    fn assumed(&self) -> Option<&Assumed> {
        let id = self.job.id.value.as_str();
        let is = |key: &&String| {
            key.len() == self.scope.prefix.len() + id.len()
                && key
                    .get(..self.scope.prefix.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(&self.scope.prefix))
                && key.get(self.scope.prefix.len()..).is_some_and(|end| end.eq_ignore_ascii_case(id))
        };
        let jobs = &self.run.assumed.jobs;
        jobs.iter().find(|(key, _)| is(key)).map(|(_, assumed)| assumed)
    }

    /// With `continue-on-error`, a failure counts as success for the jobs after it.
    fn tolerated(&self, results: u8, state: &State) -> u8 {
        let Some(setting) = self.job.continue_on_error.as_ref().filter(|_| results & FAILURE != 0) else {
            return results;
        };
        let value = interpolate(&setting.value, state);
        match value.to_text().as_deref() {
            Some("true") => results & !FAILURE | SUCCESS,
            Some(_) => results,
            None => results | SUCCESS,
        }
    }

    fn outputs(&self, assumed: Option<&Assumed>, results: u8, state: &State) -> Vec<(String, Option<Value>)> {
        let given = assumed.into_iter().flat_map(|assumed| &assumed.outputs);
        let mut outputs: Vec<(String, Option<Value>)> =
            given.map(|(name, value)| (name.clone(), Some(value.as_str().into()))).collect();
        for (name, value) in &self.job.outputs {
            if outputs.iter().any(|(own, _)| own.eq_ignore_ascii_case(&name.value)) {
                continue;
            }
            let value = match interpolate(&value.value, state) {
                value if results == SUCCESS => value.to_text().map(Value::String),
                _ => None,
            };
            outputs.push((name.value.clone(), value));
        }
        outputs
    }

    fn note(&self, plan: &mut JobPlan) {
        plan.notes.extend(notes::environment_of(self.job));
        if let Some(concurrency) = &self.job.concurrency
            && let Some(group) = &concurrency.group
        {
            let place = Some(Place { path: self.job.path.child("concurrency"), range: group.range });
            plan.notes.push(Note { text: notes::concurrency_of("job", concurrency), place });
        }
        if matches!(&plan.legs, Legs::Known(legs) if legs.is_empty()) {
            let text = "Its matrix has no values: GitHub ends the run with an error.".to_owned();
            let range = self.job.id.range;
            plan.notes.push(Note {
                text,
                place: Some(Place { path: path!["jobs", self.job.id.value.as_str(), "strategy"], range }),
            });
        }
    }
}
