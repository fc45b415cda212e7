use super::*;

/// The steps of the first job with `+`, `-` or `?`, and the variants when not all of them.
fn steps(job: &str, assumed: &Assumptions) -> String {
    let text = format!("on: push\nenv: {{ALL: one}}\njobs:\n  a:\n{job}");
    let plan = plan(&analysis(&text), &Env::default(), &push(), assumed);
    let show = |step: &StepPlan| {
        let mark = ["+", "-", "?"][step.verdict.answer as usize];
        match &step.only_legs {
            Some(legs) => format!("{mark}{legs:?}"),
            None => mark.to_owned(),
        }
    };
    plan.jobs[0].steps.iter().map(show).collect::<Vec<_>>().join(" ")
}

/// A step without a condition runs when all steps before it succeeded.
#[test]
fn steps_of_a_job_that_succeeds() {
    let job = "    runs-on: ubuntu-latest\n    steps:\n      - run: a\n      - {run: b, if: failure()}\n      - {run: c, if: always()}\n      - {run: d, if: \"success() && job.status == 'success'\"}\n      - {run: e, if: cancelled()}\n      - {run: f, if: \"hashFiles('x') != ''\"}\n";
    assert_eq!(steps(job, &Assumptions::default()), "+ - + + - ?");
}

#[test]
fn which_step_fails_is_not_known() {
    let job = "    runs-on: ubuntu-latest\n    steps:\n      - run: a\n      - run: b\n      - {run: c, if: failure()}\n      - {run: d, if: always()}\n      - {run: e, if: \"github.event_name == 'x'\"}\n      - {run: f, if: cancelled()}\n";
    assert_eq!(steps(job, &assume(&[("a", Ending::Failure)])), "+ ? ? + - -");
    assert_eq!(steps(job, &assume(&[("a", Ending::Cancelled)])), "+ ? - + - ?");
}

/// `steps` holds the steps of the job that came before, by their ids.
#[test]
fn steps_see_the_steps_before_them() {
    let job = "    runs-on: ubuntu-latest\n    steps:\n      - {id: one, run: a}\n      - {id: two, run: b, if: false}\n      - {id: three, run: c, continue-on-error: true}\n      - {run: d, if: steps.one.outcome == 'success' && steps.two.conclusion == 'skipped'}\n      - {run: e, if: steps.two.outputs.x}\n      - {run: f, if: steps.one.outputs.x}\n      - {run: g, if: steps.three.outcome == 'failure'}\n      - {run: h, if: steps.later.outcome == 'success'}\n      - {id: later, run: i}\n";
    assert_eq!(steps(job, &Assumptions::default()), "+ - + + - ? ? - +");
}

#[test]
fn variants_differ() {
    let job = "    strategy: {matrix: {os: [ubuntu-latest, windows-latest, own], v: [1]}}\n    runs-on: ${{ matrix.os }}\n    steps:\n      - {run: a, if: runner.os == 'Linux'}\n      - {run: b, if: matrix.os != 'own'}\n      - {run: c, if: matrix.v == 1}\n      - {run: d, if: matrix.none}\n      - {run: e, if: strategy.job-index == 0 && strategy.job-total == 3}\n";
    assert_eq!(steps(job, &Assumptions::default()), "+[0] +[0, 1] + - +[0]");
}

#[test]
fn environment_variables() {
    let job = "    env: {OWN: two, SET: x}\n    runs-on: ubuntu-latest\n    steps:\n      - {run: a, if: env.ALL == 'one' && env.OWN == 'two'}\n      - {run: b, if: env.HERE == 'y', env: {HERE: y}}\n      - {run: c, if: env.NONE}\n      - run: echo SET=z >> \"$GITHUB_ENV\"\n      - {run: d, if: env.SET == 'x'}\n      - {run: e, if: env.OWN == 'two'}\n";
    assert_eq!(steps(job, &Assumptions::default()), "+ + ? + ? +");
}

/// Of a job that is skipped no step runs.
#[test]
fn skipped_jobs_have_no_steps() {
    assert_eq!(steps("    if: false\n    runs-on: x\n    steps: [{run: a}]\n", &Assumptions::default()), "");
}
