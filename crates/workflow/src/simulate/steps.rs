//! Which steps of a job run.

use super::context::{environment, interpolate};
use super::jobs::Scope;
use super::reason::Read;
use super::standing::{CANCELLED, FAILURE, SUCCESS};
use super::{Answer, Legs, StepPlan, Verdict, legs};
use crate::expr::{self, State, Unknown, Value};
use crate::facts::runners;
use crate::model::{Job, Step, StepKind};

/// Most variants that are looked at one by one; GitHub makes no more of one job.
const MAX_LEGS: usize = 256;
/// Contexts that may differ between the variants of a job.
const BY_LEG: [&str; 5] = ["matrix", "strategy", "runner", "env", "steps"];

/// One variant of the job, as its steps see it.
struct Case {
    state: State,
    /// How many contexts are the same for all steps; those behind them are of one step.
    shared: usize,
    env: Vec<(String, Value)>,
    steps: Vec<(String, Value)>,
}

/// The condition of a step, and what it asks for.
struct Asked<'s> {
    read: Read<'s>,
    /// Whether it may hold in some variants only.
    by_leg: bool,
    env: bool,
    steps: bool,
}

impl<'s> Asked<'s> {
    fn new(step: &'s Step) -> Option<Self> {
        let read = Read::new(&step.condition.as_ref()?.value)?;
        let used = read.ast().map(expr::used).unwrap_or_default();
        let uses = |name: &str| used.iter().any(|used| used.root.is(name));
        let (by_leg, env, steps) = (BY_LEG.iter().any(|name| uses(name)), uses("env"), uses("steps"));
        Some(Self { read, by_leg, env, steps })
    }
}

/// The steps of a job that may end in these ways.
pub(super) fn steps(scope: &Scope<'_>, job: &Job, state: &State, of: &Legs, results: u8) -> Vec<StepPlan> {
    let conditions: Vec<Option<Asked<'_>>> = job.steps.iter().map(Asked::new).collect();
    let total = if let Legs::Known(legs) = of { legs.len().min(MAX_LEGS) } else { 1 };
    let looked_at = if conditions.iter().flatten().any(|asked| asked.by_leg) { total } else { 1 };
    let mut cases = cases(scope, job, state, of, looked_at, results);
    let mut scripts: Vec<&str> = Vec::new();
    let mut plans = Vec::with_capacity(job.steps.len());
    for (index, (step, asked)) in job.steps.iter().zip(&conditions).enumerate() {
        let first = index == 0;
        let Some(asked) = asked else {
            let verdict = in_turn(first, first || results == SUCCESS);
            cases.iter_mut().for_each(|case| remember(case, step, verdict.answer, results));
            plans.push(StepPlan { path: step.path.clone(), title: step.title(), verdict, only_legs: None });
            note_script(step, &mut scripts);
            continue;
        };
        let most = if asked.by_leg { cases.len() } else { 1 };
        let answers: Vec<Answer> = cases
            .iter_mut()
            .take(most)
            .map(|case| {
                see(case, step, asked, first, results, &scripts);
                answer(&asked.read, &case.state, first)
            })
            .collect();
        plans.push(merged(scope, step, asked, first, &answers, &cases));
        for (leg, case) in cases.iter_mut().enumerate() {
            let answer = answers.get(leg).or(answers.first()).copied().unwrap_or(Answer::Unknown);
            remember(case, step, answer, results);
        }
        note_script(step, &mut scripts);
    }
    plans
}

/// What the step at position `before` of the job sees, in the first variant, when all before it succeeds.
pub(super) fn state_at(scope: &Scope<'_>, job: &Job, state: &State, of: &Legs, before: usize) -> State {
    let mut cases = cases(scope, job, state, of, 1, SUCCESS);
    cases.pop().map_or_else(|| state.clone(), |case| before_step(case, &job.steps, before))
}

/// What the step at position `before` of a composite action sees, when all before it succeeds.
pub(super) fn state_in_action(all: &[Step], state: State, before: usize) -> State {
    before_step(Case { shared: state.contexts.len(), state, env: Vec::new(), steps: Vec::new() }, all, before)
}

fn before_step(mut case: Case, all: &[Step], before: usize) -> State {
    for step in all.iter().take(before) {
        remember(&mut case, step, Answer::Yes, SUCCESS);
    }
    let own = all.get(before).map_or(&[][..], |step| &step.env);
    let mut env = case.env.clone();
    case.state.contexts.push(("env".to_owned(), Value::open_object(env.clone(), Unknown::new("env"))));
    env.extend(environment(&[own], &case.state));
    case.state.contexts.pop();
    case.state.contexts.push(("env".to_owned(), Value::open_object(env, Unknown::new("env"))));
    case.state.contexts.push(("steps".to_owned(), Value::object(case.steps)));
    case.state.success = Some(true);
    case.state.failure = Some(false);
    case.state.cancelled = Some(false);
    case.state
}

/// Keeps in mind a script that may change environment variables.
fn note_script<'s>(step: &'s Step, scripts: &mut Vec<&'s str>) {
    if let StepKind::Run { script, .. } = &step.kind
        && script.value.contains("GITHUB_ENV")
    {
        scripts.push(&script.value);
    }
}

/// One verdict for all variants: that of the first in which the step runs, or else may run.
fn merged(
    scope: &Scope<'_>,
    step: &Step,
    asked: &Asked<'_>,
    first: bool,
    answers: &[Answer],
    cases: &[Case],
) -> StepPlan {
    let yes: Vec<usize> = (0..answers.len()).filter(|leg| answers.get(*leg) == Some(&Answer::Yes)).collect();
    let some = !yes.is_empty() && yes.len() < answers.len();
    let open = || answers.iter().position(|answer| *answer == Answer::Unknown);
    let case = cases.get(yes.first().copied().or_else(open).unwrap_or_default());
    let mut verdict = case.map_or_else(
        || Verdict::unknown("The variants of the job are not known.", "matrix"),
        |case| verdict(scope, step, &asked.read, &case.state, first),
    );
    if some {
        let why = verdict.reason.trim_start_matches("Its condition holds: ");
        verdict.reason = format!("It runs in {} of {} variants: {why}", yes.len(), answers.len());
    }
    StepPlan { path: step.path.clone(), title: step.title(), verdict, only_legs: some.then_some(yes) }
}

/// The variants to look at, at most `most`.
fn cases(scope: &Scope<'_>, job: &Job, state: &State, of: &Legs, most: usize, results: u8) -> Vec<Case> {
    let case = |mut state: State| {
        let labels: Option<Vec<_>> =
            job.runs_on.iter().map(|label| interpolate(&label.value, &state).to_text()).collect();
        let os = labels.and_then(|labels| runners::os_of_labels(&labels));
        let os = os.map(|os| ("os", Value::from(os.name())));
        let runner = Value::open_object(os, Unknown::new("runner"));
        let env = environment(&[&scope.workflow.env, &job.env], &state);
        let status = (results == SUCCESS).then(|| ("status", Value::from("success")));
        let job = Value::open_object(status, Unknown::new("job"));
        state.contexts.extend([("runner".to_owned(), runner), ("job".to_owned(), job)]);
        Case { shared: state.contexts.len(), state, env, steps: Vec::new() }
    };
    match of {
        // What the matrix holds stays unknown.
        Legs::Unknown(_) => vec![case(state.clone())],
        Legs::Known(known) => known
            .iter()
            .take(most)
            .enumerate()
            .map(|(index, leg)| {
                let mut state = legs::with_matrix(state, &leg.values);
                #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
                let (index, total) = (index as f64, known.len() as f64);
                let entries = [("job-index", index.into()), ("job-total", total.into())];
                let strategy = Value::open_object(entries, Unknown::new("strategy"));
                state.contexts.push(("strategy".to_owned(), strategy));
                case(state)
            })
            .collect(),
    }
}

/// Puts the variant into the state that the condition of a step sees.
fn see(case: &mut Case, step: &Step, asked: &Asked<'_>, first: bool, results: u8, scripts: &[&str]) {
    case.state.contexts.truncate(case.shared);
    if asked.env {
        let mut env = case.env.clone();
        env.extend(environment(&[&step.env], &case.state));
        // A script before it may have changed a variable.
        for (name, value) in &mut env {
            if scripts.iter().any(|script| script.contains(name.as_str())) {
                *value = Unknown::new(&["env.", name].concat()).into();
            }
        }
        case.state.contexts.push(("env".to_owned(), Value::open_object(env, Unknown::new("env"))));
    }
    if asked.steps {
        case.state.contexts.push(("steps".to_owned(), Value::object(case.steps.clone())));
    }
    let sure = first || results == SUCCESS;
    case.state.success = sure.then_some(true);
    case.state.failure = (sure || results & FAILURE == 0).then_some(false);
    case.state.cancelled = (results & CANCELLED == 0).then_some(false);
}

/// The answer of [`verdict`], without the reason.
fn answer(read: &Read<'_>, state: &State, first: bool) -> Answer {
    match read.truth(state) {
        None | Some(Some(false)) => Answer::No,
        Some(Some(true)) if read.asks_status || state.success == Some(true) || first => Answer::Yes,
        Some(_) => Answer::Unknown,
    }
}

fn verdict(scope: &Scope<'_>, step: &Step, read: &Read<'_>, state: &State, first: bool) -> Verdict {
    let own = read.judge(state).verdict(scope.tree, || step.path.child("if"));
    let open = !read.asks_status && own.answer == Answer::Yes && state.success != Some(true);
    if open { in_turn(first, false) } else { own }
}

/// The verdict of a step without a condition, after steps that succeed or may not.
fn in_turn(first: bool, sure: bool) -> Verdict {
    if first {
        Verdict::yes("It is the first step.")
    } else if sure {
        Verdict::yes("It runs in its turn.")
    } else {
        Verdict::unknown("It runs unless a step before it fails.", "which step fails")
    }
}

/// Puts the step into the `steps` context of those after it.
fn remember(case: &mut Case, step: &Step, answer: Answer, results: u8) {
    let Some(id) = &step.id else { return };
    let what = ["steps.", &id.value].concat();
    let skipped = answer == Answer::No;
    let succeeds = (answer == Answer::Yes && results == SUCCESS).then_some("success");
    let conclusion = if skipped { Some("skipped") } else { succeeds };
    let outcome = conclusion.filter(|_| skipped || step.continue_on_error.is_none());
    let known = |name: &str, value: Option<&str>| match value {
        Some(value) => value.into(),
        None => Value::Unknown(Unknown::new(&[&what, ".", name].concat())),
    };
    let outputs = if skipped {
        Value::object([] as [(&str, Value); 0])
    } else {
        Unknown::new(&[&what, ".outputs"].concat()).into()
    };
    let entries = [
        ("conclusion", known("conclusion", conclusion)),
        ("outcome", known("outcome", outcome)),
        ("outputs", outputs),
    ];
    case.steps.push((id.value.clone(), Value::object(entries)));
}
