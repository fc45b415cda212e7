use std::collections::BTreeSet;

use stepladder_yaml::{Change, Path, path};

use crate::expr;
use crate::facts;
use crate::lint::suggest::nearest;
use crate::lint::{Cx, Rule};
use crate::model::{Job, Step, StepKind};
use crate::{FileKind, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unset-variable",
    severity: Severity::Warning,
    kind: "expressions",
    title: "Environment variable that nothing sets",
    docs: "`env` holds the variables that `env` keys of the workflow, the job and the step set, and what earlier steps wrote to \
           `$GITHUB_ENV`. Nothing sets this one before it is read, so it is empty. Variables of the system, such as `HOME`, are \
           not in `env`: read them in the script, as `$HOME`.",
    bad: "on: push\nenv:\n  LEVEL: low\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ env.LEVLE }}\n",
    good: "on: push\nenv:\n  LEVEL: low\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ env.LEVEL }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    if cx.kind == FileKind::Action {
        return;
    }
    let mut known: Option<(usize, Known<'_>)> = None;
    for at in cx.exprs.iter().filter(|at| at.asks("env")) {
        let owner = cx.owners().get(at.place).copied().unwrap_or_default();
        let Some(job) = owner.job.and_then(|job| cx.workflow.jobs.get(job)) else { continue };
        let Some((index, step)) = owner.step.and_then(|step| Some((step, job.steps.get(step)?))) else {
            continue;
        };
        let Some(ast) = &at.parsed.ast else { continue };
        let number = owner.job.unwrap_or_default();
        if known.as_ref().is_none_or(|(of, _)| *of != number) {
            known = Some((number, Known::new(job)));
        }
        let Some((_, known)) = &known else { continue };
        for used in expr::used(ast).into_iter().filter(|used| used.root.is("env") && !at.parsed.doubts_word(used.range)) {
            let Some((name, range)) = used.first() else { continue };
            if let Some(own) = github_says(cx, job, step, name).filter(|_| !known.assigned.contains(name)) {
                let message = format!("`env` does not hold GitHub's own variables, so this is always empty: write `{own}`.");
                let edit = at.edit(&Change { range: used.range, insert: own.to_owned() });
                let fix = edit.filter(|_| used.steps.len() == 1).map(|edit| Fix::risky(format!("Write `{own}`"), edit));
                out.push(RULE.at(at.range(range), message).with_severity(Severity::Hint).with_fix(fix));
                continue;
            }
            // By `act`, which runs workflows elsewhere: it is asked whether it does.
            if name == "ACT" || cx.is_torn_word(name) || is_set(cx, job, step, name) || mentions(job, name) {
                continue;
            }
            // What an earlier step might set is no mistake, unless the name is a slip of one that is known.
            let written = known.assigned.iter().copied();
            let meant = nearest(name, names(cx, job, step).chain(written));
            if meant.is_none() && known.first_that_may_set < index {
                continue;
            }
            let ask = match meant {
                Some(meant) => format!("; did you mean `{meant}`?"),
                None => "; set it under `env`.".to_owned(),
            };
            let fix = meant.and_then(|meant| {
                let edit = at.edit(&Change { range, insert: meant.to_owned() })?;
                Some(Fix::risky(format!("Write `{meant}`"), edit))
            });
            let message = format!("Nothing sets the environment variable `{name}` before this{ask}");
            out.push(RULE.at(at.range(range), message).with_fix(fix));
        }
    }
}

/// What the scripts of a job say about variables.
struct Known<'j> {
    /// Names that are written to `$GITHUB_ENV`.
    assigned: BTreeSet<&'j str>,
    /// The first step after which variables may be set that nobody names.
    first_that_may_set: usize,
}

impl<'j> Known<'j> {
    fn new(job: &'j Job) -> Self {
        let first = job.steps.iter().position(|step| match &step.kind {
            StepKind::Run { script, .. } => may_set(&script.value),
            StepKind::Wait(_) | StepKind::WaitAll | StepKind::Cancel(_) => false,
            _ => true,
        });
        Self {
            assigned: scripts(job).flat_map(assigned).take(500).collect(),
            first_that_may_set: if job.container { 0 } else { first.unwrap_or(usize::MAX) },
        }
    }
}

fn scripts(job: &Job) -> impl Iterator<Item = &str> {
    job.steps.iter().filter_map(|step| match &step.kind {
        StepKind::Run { script, .. } => Some(script.value.as_str()),
        _ => None,
    })
}

/// Whether a script of the job has the word elsewhere than behind `env.`.
fn mentions(job: &Job, word: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    word.len() > 1
        && scripts(job).any(|script| {
            script.match_indices(word).any(|(at, _)| {
                let (before, after) = (&script[..at], &script[at + word.len()..]);
                !before.ends_with(part) && !after.starts_with(part) && !before.ends_with("env.")
            })
        })
}

/// The names that stand before a `=` or `<<` in a script that writes to `$GITHUB_ENV`.
fn assigned(script: &str) -> impl Iterator<Item = &str> {
    let writes = script.to_ascii_uppercase().contains("GITHUB_ENV");
    let ends = script.match_indices(['=', '<']).filter(move |_| writes).map(|(at, _)| &script[..at]);
    ends.map(|before| {
        let start = before
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        &before[start..]
    })
    .filter(|name| name.len() > 2)
}

fn names<'a>(cx: &Cx<'a>, job: &'a Job, step: &'a Step) -> impl Iterator<Item = &'a str> {
    let all = cx.workflow.env.iter().chain(&job.env).chain(&step.env);
    all.map(|(name, _)| name.value.as_str())
}

/// What has the value of a variable that runners set for programs, and that nothing sets in the file.
fn github_says(cx: &Cx<'_>, job: &Job, step: &Step, name: &str) -> Option<&'static str> {
    let variable = facts::env::variable(name).filter(|variable| !variable.context.is_empty())?;
    (!is_declared(cx, job, step, name)).then_some(variable.context)
}

/// Whether it is set, as far as the file tells.
fn is_set(cx: &Cx<'_>, job: &Job, step: &Step, name: &str) -> bool {
    is_declared(cx, job, step, name) || facts::env::is_reserved(name) || facts::env::variable(name).is_some()
}

/// Whether an `env` sets it, or may do so.
fn is_declared(cx: &Cx<'_>, job: &Job, step: &Step, name: &str) -> bool {
    let same = |known: &str| known.eq_ignore_ascii_case(name);
    if names(cx, job, step).any(|known| same(known) || known.contains("${{") || known == "<<") {
        return true;
    }
    // By an expression, or with a value that another rule tells about.
    let computed = |path: Path| {
        let is_text = |text: &str| !text.is_empty();
        cx.tree.at(&path).is_some_and(|env| env.as_str().is_some_and(is_text) || env.get(name).is_some())
    };
    computed(path!["env"]) || computed(job.path.child("env")) || computed(step.path.child("env"))
}

/// Whether a script can write to `$GITHUB_ENV`: it names it, or runs something that may.
fn may_set(script: &str) -> bool {
    let prints = |line: &str| {
        let line = line.trim();
        line.is_empty()
            || line.starts_with('#')
            || line.starts_with("echo ") && !line.contains(['>', '|', '`', ';', '&']) && !line.contains("$(")
    };
    script.to_ascii_uppercase().contains("GITHUB_ENV") || !script.lines().all(prints)
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_runners_set_is_not_in_the_context() {
        let with = |name: &str| {
            format!("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: {name} == 'x'\n")
        };
        for (before, after) in [("env.GITHUB_SHA", "github.sha"), ("env['RUNNER_TEMP']", "runner.temp")] {
            crate::lint::testing::check_fix("unset-variable", &with(before), &with(after));
        }
        let own = with("env.GITHUB_SHA").replace("    steps:", "    env:\n      GITHUB_SHA: a\n    steps:");
        let found = crate::lint::testing::analyse(&own, &crate::lint::testing::env()).into_findings();
        assert!(!found.iter().any(|finding| finding.rule == "unset-variable"), "{found:#?}");
        crate::lint::testing::check(&with("env.ACT"));
    }
}
