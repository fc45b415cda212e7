use super::*;

const CALLER: &str = "on: push\njobs:\n  build:\n    runs-on: x\n    steps: [{run: x}]\n  call:\n    needs: build\n    uses: ./.github/workflows/called.yml\n    with: {deploy: true, name: '${{ github.ref_name }}'}\n  after:\n    needs: call\n    if: needs.call.outputs.where == 'main' && needs.call.outputs.made == 'x'\n    runs-on: x\n    steps: [{run: x}]\n";

const CALLED: &str = "on:\n  workflow_call:\n    inputs: {deploy: {type: boolean}, name: {type: string}, n: {type: number}}\n    outputs:\n      where: {value: '${{ inputs.name }}'}\n      made: {value: '${{ jobs.one.outputs.made }}'}\njobs:\n  one:\n    runs-on: x\n    outputs: {made: '${{ steps.s.outputs.made }}'}\n    steps: [{id: s, run: x}]\n  two:\n    needs: one\n    if: inputs.deploy && github.event_name == 'push' && inputs.n == 0\n    runs-on: x\n    steps: [{run: x}]\n  three:\n    if: '!inputs.deploy'\n    runs-on: x\n    steps: [{run: x}]\n";

fn show(files: &[(&str, &str)], assumed: &Assumptions) -> String {
    fn list(jobs: &[JobPlan]) -> String {
        let show = |job: &JobPlan| {
            let inner =
                if job.called.is_empty() { String::new() } else { format!("({})", list(&job.called)) };
            [&job.id, ["+", "-", "?"][job.verdict.answer as usize], &inner].concat()
        };
        jobs.iter().map(show).collect::<Vec<_>>().join(" ")
    }
    let path = |name: &str| format!(".github/workflows/{name}");
    let env = Env {
        file_name: Some(path("caller.yml")),
        files: files.iter().map(|(name, text)| (path(name), (*text).into())).collect(),
        ..Env::default()
    };
    let analysis = Analysis::new(CALLER, &env);
    list(&plan(&analysis, &env, &push(), assumed).jobs)
}

/// A job that calls a workflow runs the jobs of that one, each with its own conditions.
#[test]
fn the_called_workflow_is_planned_in_turn() {
    let files = [("called.yml", CALLED)];
    assert_eq!(show(&files, &Assumptions::default()), "build+ call+(one+ two+ three-) after?");
    assert_eq!(show(&files, &output("call/one", "made", "x")), "build+ call+(one+ two+ three-) after+");
    assert_eq!(show(&files, &output("call", "made", "y")), "build+ call+(one+ two+ three-) after-");
    assert_eq!(
        show(&files, &assume(&[("call/one", Ending::Failure)])),
        "build+ call+(one+ two- three-) after-"
    );
    assert_eq!(show(&files, &assume(&[("build", Ending::Failure)])), "build+ call- after-");
    let open = Assumptions { others: None, ..Assumptions::default() };
    assert_eq!(show(&files, &open), "build+ call?(one? two? three-) after?");
}

/// A call of which all jobs are skipped counts as skipped.
#[test]
fn a_call_of_which_all_jobs_are_skipped_is_skipped() {
    let called = "on: workflow_call\njobs:\n  one:\n    if: false\n    runs-on: x\n    steps: [{run: x}]\n";
    assert_eq!(show(&[("called.yml", called)], &Assumptions::default()), "build+ call+(one-) after-");
}

#[test]
fn what_is_not_known_stays_open() {
    assert_eq!(show(&[], &Assumptions::default()), "build+ call+ after?");
    assert_eq!(
        show(&[("called.yml", "on: push\njobs: {}\n")], &Assumptions::default()),
        "build+ call+ after?"
    );
}

#[test]
fn calls_in_a_circle_end() {
    let called = "on: workflow_call\njobs:\n  one: {uses: ./.github/workflows/other.yml}\n  two: {uses: ./.github/workflows/other.yml}\n";
    let other = "on: workflow_call\njobs:\n  x: {uses: ./.github/workflows/called.yml}\n";
    let files = [("called.yml", called), ("other.yml", other)];
    assert_eq!(show(&files, &Assumptions::default()), "build+ call+(one+(x+) two+(x+)) after-");
}

#[test]
fn many_calls_are_cut_off() {
    let names: Vec<String> = (0..10).map(|n| format!("w{n}.yml")).collect();
    let mut texts = vec!["on: workflow_call\njobs:\n  a: {uses: ./.github/workflows/w1.yml}\n".to_owned()];
    for next in 2..11 {
        let calls: String =
            (0..9).map(|n| format!("  j{n}: {{uses: ./.github/workflows/w{next}.yml}}\n")).collect();
        texts.push(format!("on: workflow_call\njobs:\n{calls}"));
    }
    let mut files: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
    files[0].0 = "called.yml";
    assert!(show(&files, &Assumptions::default()).starts_with("build+ call+(a+(j0+"));
}
