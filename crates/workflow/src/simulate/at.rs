//! What expressions at one place see, for those who write one.

use stepladder_yaml::{Path, Step};

use super::context::{Run, environment, overlay, payload};
use super::jobs::{self, Scope};
use super::{Assumptions, Event, legs, steps};
use crate::expr::{self, State, Unknown, Value};
use crate::model::Input;
use crate::{Analysis, Env, FileKind};

/// The contexts at `path` when `event` happens and every job and step before it succeeds. Of a matrix job it is the
/// first variant. What the file and the event do not tell is unknown.
#[must_use]
pub fn contexts_at(analysis: &Analysis, env: &Env, event: &Event, path: &Path) -> State {
    let assumed = Assumptions::default();
    let mut run = Run::new(analysis, env, event, payload(event, env), &assumed);
    run.github = overlay(examples(), &run.github);
    if analysis.kind == FileKind::Action {
        return in_action(analysis, run.github, path);
    }
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

/// The contexts at `path` of an action. The workflows that use it are not known, but what they leave out of its inputs.
fn in_action(analysis: &Analysis, github: Value, path: &Path) -> State {
    let input = |input: &Input| {
        let name = input.name.value.as_str();
        let default = input.default.as_ref().filter(|default| !expr::has_expression(&default.value));
        let unknown = || Unknown::new(&["inputs.", name].concat()).into();
        (name.to_owned(), default.map_or_else(unknown, |default| default.value.as_str().into()))
    };
    let inputs = Value::object(analysis.action.inputs.iter().map(input).collect::<Vec<_>>());
    let contexts = [("github".to_owned(), github), ("inputs".to_owned(), inputs)];
    let state = State { contexts: contexts.into(), ..State::default() };
    let all = &analysis.action.steps;
    let before = match path.steps() {
        [_, Step::Key(list), Step::Index(step), ..] if list == "steps" => *step,
        _ => all.len(),
    };
    steps::state_in_action(all, state, before)
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
    fn a_step_of_an_action_sees_the_defaults_of_its_inputs_and_the_steps_before() {
        let text = "name: a\ndescription: b\ninputs:\n  who: {description: x, required: true}\n  greeting: {description: x, default: Hi}\n  \
                    token: {description: x, default: '${{ github.token }}'}\nruns:\n  using: composite\n  steps:\n    - id: x\n      run: a\n      \
                    shell: bash\n    - run: b\n      shell: bash\n      env:\n        LOUD: ${{ inputs.greeting }}!\n";
        let analysis = Analysis::new(text, &Env::default());
        let event = Event::usual("push", &analysis.workflow);
        let value = |path: &Path, source: &str| {
            let state = contexts_at(&analysis, &Env::default(), &event, path);
            expr::eval(&expr::parse(source).ast?, &state).ok()?.to_text().map(|text| text.to_string())
        };
        let step = path!["runs", "steps", 1, "run"];
        for (source, expected) in [
            ("inputs.greeting", Some("Hi")),
            ("inputs.who", None),
            ("inputs.token", None),
            ("steps.x.conclusion", Some("success")),
            ("steps.x.outputs.r", None),
            ("env.LOUD", Some("Hi!")),
            ("runner.os", None),
            ("github.ref_name", Some("main")),
            ("success()", Some("true")),
        ] {
            assert_eq!(value(&step, source).as_deref(), expected, "{source}");
        }
        assert_eq!(value(&path!["runs", "steps", 0, "run"], "steps.x.conclusion").as_deref(), Some(""));
        assert_eq!(value(&path!["outputs", "r", "value"], "steps.x.outcome").as_deref(), Some("success"));
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
