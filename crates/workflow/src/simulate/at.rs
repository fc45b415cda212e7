//! What expressions at one place see, for those who write one.

use stepladder_yaml::{Path, Step};

use super::context::{Run, environment, overlay, payload};
use super::jobs::{self, Scope};
use super::{Assumptions, Event, legs, steps};
use crate::expr::{State, Unknown, Value};
use crate::{Analysis, Env};

/// The contexts at `path` when `event` happens and every job and step before it succeeds. Of a matrix job it is the
/// first variant. What the file and the event do not tell is unknown.
#[must_use]
pub fn contexts_at(analysis: &Analysis, env: &Env, event: &Event, path: &Path) -> State {
    let assumed = Assumptions::default();
    let mut run = Run::new(analysis, env, event, payload(event, env), &assumed);
    run.github = overlay(examples(), &run.github);
    let scope = Scope::top(analysis, env, event);
    let workflow = &analysis.workflow;
    let Some(at) = job_at(analysis, path) else {
        let mut state = jobs::outside(&run, &scope);
        let layers = environment(&[&workflow.env], &state);
        state.contexts.push(("env".to_owned(), Value::open_object(layers, Unknown::new("env"))));
        return state;
    };
    let job = &workflow.jobs[at];
    let state = jobs::state_of(&run, &scope, at);
    let variants = legs::legs(job, &analysis.tree, &state, job.title());
    let before = match path.steps() {
        [_, _, Step::Key(list), Step::Index(step), ..] if list == "steps" => *step,
        _ => job.steps.len(),
    };
    steps::state_at(&scope, job, &state, &variants, before)
}

/// Values such as every run has, for what only a run tells.
fn examples() -> Value {
    let entries = [
        ("sha", "ffac537e6cbbf934b08745a378932722df287a53"),
        ("run_id", "1658821493"),
        ("run_number", "42"),
        ("run_attempt", "1"),
        ("server_url", "https://github.com"),
        ("api_url", "https://api.github.com"),
    ];
    Value::object(entries.map(|(name, value)| (name, value.into())))
}

fn job_at(analysis: &Analysis, path: &Path) -> Option<usize> {
    match path.steps() {
        [Step::Key(jobs), Step::Key(id), ..] if jobs == "jobs" => {
            analysis.workflow.jobs.iter().position(|job| job.id.value == *id)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use stepladder_yaml::path;

    use super::*;
    use crate::expr;

    fn value(path: &Path, source: &str) -> Option<String> {
        let text = "on: push\nenv:\n  COLOUR: red\njobs:\n  build:\n    runs-on: ubuntu-latest\n    outputs:\n      tag: v-${{ github.ref_name }}\n    steps:\n      - run: make\n  test:\n    needs: build\n    runs-on: ${{ matrix.os }}\n    strategy:\n      matrix:\n        os: [windows-latest, ubuntu-latest]\n    steps:\n      - id: first\n        run: a\n      - run: b\n        env:\n          COLOUR: ${{ env.COLOUR }}ish\n";
        let analysis = Analysis::new(text, &Env::default());
        let event = Event::usual("push", &analysis.workflow);
        let state = contexts_at(&analysis, &Env::default(), &event, path);
        let ast = expr::parse(source).ast?;
        Some(expr::eval(&ast, &state).ok()?.to_text()?.to_string())
    }

    #[test]
    fn a_step_sees_the_event_its_variant_and_what_was_before() {
        let step = path!["jobs", "test", "steps", 1, "run"];
        for (source, expected) in [
            ("github.ref_name", "main"),
            ("matrix.os", "windows-latest"),
            ("runner.os", "Windows"),
            ("needs.build.result", "success"),
            ("needs.build.outputs.tag", "v-main"),
            ("env.COLOUR", "redish"),
            ("steps.first.outcome", "success"),
            ("success()", "true"),
            ("github.run_attempt", "1"),
            ("github.sha", "ffac537e6cbbf934b08745a378932722df287a53"),
        ] {
            assert_eq!(value(&step, source).as_deref(), Some(expected), "{source}");
        }
        assert_eq!(value(&step, "steps.first.outputs.x"), None);
        assert_eq!(value(&path!["jobs", "build", "name"], "needs.build.result").as_deref(), Some(""));
        assert_eq!(value(&path!["run-name"], "github.ref").as_deref(), Some("refs/heads/main"));
    }

    #[test]
    fn the_event_has_the_inputs_of_a_run_by_hand_as_texts() {
        let text = "on:\n  workflow_dispatch:\n    inputs:\n      level: {type: choice, options: [a, b], default: a}\n      \
                    loud: {type: boolean}\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
        let analysis = Analysis::new(text, &Env::default());
        let event = Event::usual("workflow_dispatch", &analysis.workflow);
        let state =
            contexts_at(&analysis, &Env::default(), &event, &path!["jobs", "build", "steps", 0, "run"]);
        let value = |source: &str| {
            let ast = expr::parse(source).ast?;
            Some(expr::to_json(&expr::eval(&ast, &state).ok()?, expr::Layout::Compact))
        };
        assert_eq!(value("github.event.inputs.level").as_deref(), Some("\"a\""));
        assert_eq!(value("github.event.inputs.loud").as_deref(), Some("\"false\""));
        assert_eq!(value("inputs.loud").as_deref(), Some("false"));
    }
}
