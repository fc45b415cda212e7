//! Everything that a file names at one place and uses at others.

use stepladder_yaml::TextRange;

use crate::expr::{self, PathStep, Used};
use crate::lint::Cx;
use crate::lint::cx::ExprAt;
use crate::model::{Pair, StepKind, Text};

use super::view::job_of;

/// What a name stands for. Names are in lower case, as GitHub does not regard case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    /// A job, by its index.
    Job(usize),
    /// A step of a job (or of an action), by its id.
    Step(Option<usize>, String),
    /// An output of a job.
    JobOutput(usize, String),
    /// An input of the workflow or action.
    Input(String),
    /// A secret that the workflow is called with.
    Secret(String),
    /// An environment variable.
    Env(String),
    /// A dimension of a job's matrix.
    Axis(usize, String),
}

/// A place where a symbol stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    pub(super) symbol: Symbol,
    /// The bytes of the name.
    pub(super) range: TextRange,
    /// Whether it is defined there.
    pub(super) defines: bool,
}

/// All occurrences, in the order of the text.
pub(super) fn occurrences(cx: &Cx<'_>) -> Vec<Occurrence> {
    let mut found = Vec::new();
    let mut add = |symbol: Symbol, range: TextRange, defines: bool| {
        found.push(Occurrence { symbol, range, defines });
    };
    for trigger in &cx.workflow.triggers {
        for input in &trigger.inputs {
            add(Symbol::Input(lower(&input.name.value)), input.name.range, true);
        }
        for (secret, _) in trigger.secrets.iter().flatten() {
            add(Symbol::Secret(lower(&secret.value)), secret.range, true);
        }
    }
    for input in &cx.action.inputs {
        add(Symbol::Input(lower(&input.name.value)), input.name.range, true);
    }
    let env = |pairs: &[Pair], add: &mut dyn FnMut(Symbol, TextRange, bool)| {
        for (name, _) in pairs {
            add(Symbol::Env(lower(&name.value)), name.range, true);
        }
    };
    env(&cx.workflow.env, &mut add);
    for (index, job) in cx.workflow.jobs.iter().enumerate() {
        add(Symbol::Job(index), job.id.range, true);
        for need in &job.needs {
            if let Some(index) = job_index(cx, &need.value) {
                add(Symbol::Job(index), need.range, false);
            }
        }
        for (name, _) in &job.outputs {
            add(Symbol::JobOutput(index, lower(&name.value)), name.range, true);
        }
        if let Some(matrix) = &job.matrix {
            for row in &matrix.rows {
                add(Symbol::Axis(index, lower(&row.name.value)), row.name.range, true);
            }
            for (name, _) in matrix.include.iter().flatten().flatten() {
                add(Symbol::Axis(index, lower(&name.value)), name.range, true);
            }
        }
        env(&job.env, &mut add);
    }
    for (job, steps) in cx.step_lists() {
        let job = job.and_then(|job| job_index(cx, &job.id.value));
        let mut step = |id: &Text, defines| add(Symbol::Step(job, lower(&id.value)), id.range, defines);
        for one in steps {
            one.id.iter().for_each(|id| step(id, true));
            match &one.kind {
                StepKind::Wait(ids) => ids.iter().for_each(|id| step(id, false)),
                StepKind::Cancel(Some(id)) => step(id, false),
                _ => {}
            }
        }
        steps.iter().for_each(|one| env(&one.env, &mut add));
    }
    for at in &cx.exprs {
        for used in at.parsed.ast.iter().flat_map(expr::used) {
            uses(cx, at, &used, &mut found);
        }
    }
    found.retain(|at| !at.range.is_empty());
    found.sort_by_key(|at| (at.range.start, at.range.end));
    found.dedup();
    found
}

fn uses(cx: &Cx<'_>, at: &ExprAt<'_>, used: &Used<'_>, found: &mut Vec<Occurrence>) {
    let name = |index: usize| match used.steps.get(index) {
        Some(PathStep::Name { text, range }) => Some((lower(text), at.range(*range))),
        _ => None,
    };
    let owner = || job_of(cx, at.place).and_then(|job| job_index(cx, &job.id.value));
    let mut add = |symbol, range| found.push(Occurrence { symbol, range, defines: false });
    let Some((first, range)) = name(0) else { return };
    match lower(&used.root.text).as_str() {
        "inputs" => add(Symbol::Input(first), range),
        "secrets" => add(Symbol::Secret(first), range),
        "env" => add(Symbol::Env(first), range),
        "steps" => add(Symbol::Step(owner(), first), range),
        "matrix" => {
            if let Some(job) = owner() {
                add(Symbol::Axis(job, first), range);
            }
        }
        "needs" | "jobs" => {
            let Some(job) = job_index(cx, &first) else { return };
            add(Symbol::Job(job), range);
            if let (Some((section, _)), Some((output, range))) = (name(1), name(2))
                && section == "outputs"
            {
                add(Symbol::JobOutput(job, output), range);
            }
        }
        _ => {}
    }
}

fn job_index(cx: &Cx<'_>, id: &str) -> Option<usize> {
    cx.workflow.jobs.iter().position(|job| job.id.value.eq_ignore_ascii_case(id))
}

fn lower(name: &str) -> String {
    name.to_ascii_lowercase()
}
