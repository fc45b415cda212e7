use super::*;

/// A workflow of jobs, each `id` or `id <- need need` or with ` if condition` at its end.
fn flow(lines: &[&str]) -> String {
    let mut text = "on: [push, workflow_dispatch]\njobs:\n".to_owned();
    for line in lines {
        let (head, condition) = line.split_once(" if ").map_or((*line, None), |(head, c)| (head, Some(c)));
        let (id, needs) = head.split_once(" <- ").unwrap_or((head, ""));
        text.push_str(&format!("  {id}:\n    runs-on: ubuntu-latest\n"));
        if !needs.is_empty() {
            text.push_str(&format!("    needs: [{}]\n", needs.replace(' ', ", ")));
        }
        if let Some(condition) = condition {
            text.push_str(&format!("    if: {condition}\n"));
        }
        text.push_str("    steps: [{run: x}]\n");
    }
    text
}

#[track_caller]
fn check(lines: &[&str], assumed: &Assumptions, want: &str) {
    assert_eq!(jobs_of(&flow(lines), &push(), assumed), want);
}

/// A job without a condition runs when all jobs that it needs succeeded.
#[test]
fn all_run_when_all_succeed() {
    check(&["a", "b <- a", "c <- a b"], &Assumptions::default(), "a+ b+ c+");
}

/// A job that fails or is skipped skips all jobs behind it, unless their condition asks for the status.
#[test]
fn a_failure_or_skip_goes_down_the_whole_chain() {
    // A failure or skip applies to all jobs in the dependency chain from there on, unless they ask for it.
    let lines = ["a", "b <- a", "c <- b", "d <- c if always()", "e <- d"];
    check(&lines, &assume(&[("a", Ending::Failure)]), "a+ b- c- d+ e-");
    let lines = [
        "a if false",
        "b <- a if always()",
        "c <- b",
        "d <- c if success() || true",
        "e <- b if ${{ !cancelled() }}",
    ];
    check(&lines, &Assumptions::default(), "a- b+ c- d+ e+");
}

/// `failure()` of a job asks for all jobs before it, not only for those in its `needs`.
#[test]
fn failure_looks_at_all_ancestors() {
    // failure(): any ancestor job fails.
    let lines = ["a", "b <- a if always()", "c <- b if failure()", "d if failure()"];
    check(&lines, &assume(&[("a", Ending::Failure)]), "a+ b+ c+ d-");
    check(&lines, &Assumptions::default(), "a+ b+ c- d-");
}

/// A job with `continue-on-error` that fails counts as successful for the jobs behind it.
#[test]
fn a_job_that_may_fail_counts_as_successful() {
    // jobs.<id>.continue-on-error: `needs.<id>.result` is success.
    let text = flow(&["a", "b <- a if needs.a.result == 'success'", "c <- a if failure()"])
        .replace("  a:\n", "  a:\n    continue-on-error: true\n");
    assert_eq!(jobs_of(&text, &push(), &assume(&[("a", Ending::Failure)])), "a+ b+ c-");
    let text = text.replace("error: true", "error: ${{ vars.X }}");
    assert_eq!(jobs_of(&text, &push(), &assume(&[("a", Ending::Failure)])), "a+ b? c?");
}

/// `needs.<job>.result` is `success`, `failure`, `cancelled` or `skipped`.
#[test]
fn results_are_compared() {
    let lines = ["a", "b if false", "c <- a b if always() && contains(needs.*.result, 'failure')"];
    check(&lines, &assume(&[("a", Ending::Failure)]), "a+ b- c+");
    check(&lines, &Assumptions::default(), "a+ b- c-");
    check(&lines, &Assumptions { others: None, ..Assumptions::default() }, "a+ b- c?");
}

/// After a cancellation only jobs run whose condition asks `always()` or `cancelled()`.
#[test]
fn cancelled_jobs() {
    let lines =
        ["a", "b <- a", "c <- a if always()", "d <- a if cancelled()", "e <- a if ${{ !cancelled() }}"];
    let cancelled = |cancelled| Assumptions { cancelled, ..assume(&[("a", Ending::Cancelled)]) };
    check(&lines, &cancelled(Some(true)), "a+ b- c+ d+ e-");
    check(&lines, &cancelled(Some(false)), "a+ b- c+ d- e+");
    check(&lines, &cancelled(None), "a+ b- c+ d? e?");
    check(&lines, &Assumptions { cancelled: Some(true), ..Assumptions::default() }, "a+ b- c+ d+ e-");
}

/// What is not known leaves the answer open.
#[test]
fn unknown_results_leave_followers_open() {
    let lines = ["a", "b <- a", "c <- b", "d <- a if always()", "e <- a if github.event_name == 'x'"];
    check(&lines, &Assumptions { others: None, ..Assumptions::default() }, "a+ b? c? d+ e-");
    let lines = ["a if vars.X == 'y'", "b <- a", "c <- a if always()"];
    check(&lines, &Assumptions::default(), "a? b? c+");
    let none = Assumptions { only_these_vars: true, ..Assumptions::default() };
    check(&lines, &none, "a- b- c+");
    let vars = BTreeMap::from([("x".to_owned(), "Y".to_owned())]);
    check(&lines, &Assumptions { vars, ..none }, "a+ b+ c+");
}

/// Outputs of a job are read by the jobs that need it.
#[test]
fn outputs_pass_through() {
    let text = "on: push\njobs:\n  a:\n    runs-on: x\n    outputs: {go: '${{ steps.s.outputs.go }}', fixed: 'yes'}\n    steps: [{id: s, run: x}]\n  b:\n    needs: a\n    if: needs.a.outputs.go == 'true'\n    runs-on: x\n    outputs: {again: '${{ needs.a.outputs.go }}'}\n    steps: [{run: x}]\n  c:\n    needs: [a, b]\n    if: needs.b.outputs.again == 'true' && needs.a.outputs.fixed == 'yes' && !needs.a.outputs.none\n    runs-on: x\n    steps: [{run: x}]\n";
    assert_eq!(jobs_of(text, &push(), &output("a", "go", "true")), "a+ b+ c+");
    assert_eq!(jobs_of(text, &push(), &output("A", "GO", "no")), "a+ b- c-");
    let plan = plan(&analysis(text), &Env::default(), &push(), &Assumptions::default());
    let verdict = &plan.job("b").unwrap().verdict;
    assert_eq!(verdict.missing, ["needs.a.outputs.go"]);
    assert_eq!(verdict.reason, "It depends on `needs.a.outputs.go`, which is not known.");
    assert_eq!(decider(text, verdict), "needs.a.outputs.go == 'true'");
}

#[test]
fn reasons_name_what_decided() {
    let text = flow(&[
        "a",
        "b <- a",
        "c if github.ref == 'refs/heads/dev' && github.event_name == 'push'",
        "d <- c",
        "e <- d",
        "f if \"github.event_name == 'push' || vars.X\"",
    ]);
    let plan = plan(&analysis(&text), &Env::default(), &push(), &assume(&[("a", Ending::Failure)]));
    let reasons: Vec<&str> = plan.jobs.iter().map(|job| job.verdict.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "It runs whenever the workflow starts.",
            "It is skipped because `a`, which it needs, fails.",
            "Its condition does not hold: `github.ref` is `refs/heads/main`, not `refs/heads/dev`.",
            "It is skipped because `c`, which it needs, is skipped.",
            "It is skipped because `c`, which comes before it, is skipped.",
            "Its condition holds: `github.event_name` is `push`.",
        ]
    );
    let deciders: Vec<String> =
        [1, 2, 3, 5].iter().map(|at| decider(&text, &plan.jobs[*at].verdict)).collect();
    assert_eq!(deciders, ["a", "github.ref == 'refs/heads/dev'", "c", "github.event_name == 'push'"]);
}

/// A condition with text around its `${{ }}` is a text that is not empty, and so true.
#[test]
fn text_around_the_braces_is_always_true() {
    check(&["a if ${{ false }} x", "b if ${{ false }}"], &Assumptions::default(), "a+ b-");
}

/// `inputs` keeps the type of an input; `github.event.inputs` holds texts.
#[test]
fn inputs_keep_their_types() {
    let text = "on:\n  push:\n  workflow_dispatch:\n    inputs:\n      go: {type: boolean, default: true}\n      n: {type: number, default: 3}\n      s: {}\njobs:\n  a: {if: inputs.go == true && inputs.n > 2 && inputs.s == '', runs-on: x, steps: [{run: x}]}\n  b: {if: inputs.go, runs-on: x, steps: [{run: x}]}\n";
    let event = usual("workflow_dispatch", "workflow_dispatch");
    let jobs = |event: &Event| jobs_of(text, event, &Assumptions::default());
    assert_eq!(jobs(&event), "a+ b+");
    assert_eq!(jobs(&event.clone().input("go", "false")), "a- b-");
    assert_eq!(jobs(&event.clone().input("N", 1.0)), "a- b+");
    assert_eq!(jobs(&Event { inputs: None, ..event }), "a? b?");
    // Other events bring no inputs.
    assert_eq!(jobs(&push()), "a- b-");
}

#[test]
fn forks_are_told_from_home() {
    let text = "on: [pull_request, push]\njobs:\n  a:\n    if: github.event_name == 'push' || github.event.pull_request.head.repo.full_name == github.repository\n    runs-on: x\n    steps: [{run: x}]\n";
    let pull = usual("pull_request", "pull_request");
    let jobs = |event: &Event| jobs_of(text, event, &Assumptions::default());
    assert_eq!(jobs(&pull), "a+");
    assert_eq!(jobs(&Event { fork: Some(true), ..pull.clone() }), "a-");
    assert_eq!(jobs(&Event { fork: None, ..pull }), "a?");
    assert_eq!(jobs(&push()), "a+");
}

#[test]
fn the_table_of_payloads_tells_what_is_absent() {
    let text = "on: push\njobs:\n  a:\n    if: github.event.pull_request.draft\n    runs-on: x\n    steps: [{run: x}]\n";
    assert_eq!(jobs_of(text, &push(), &Assumptions::default()), "a?");
    let payloads = Some(std::sync::Arc::new(crate::facts::payload::Payloads::embedded()));
    let env = Env { payloads, ..Env::default() };
    let plan = plan(&analysis(text), &env, &push(), &Assumptions::default());
    assert_eq!(plan.jobs[0].verdict.answer, Answer::No);
}

/// A matrix makes one job for each combination, named with its values.
#[test]
fn variants_are_counted_and_named() {
    let text = "on: push\njobs:\n  find:\n    runs-on: x\n    steps: [{run: x}]\n  a:\n    name: Test ${{ matrix.os }}\n    strategy: {matrix: {os: [u, w], v: [1, 2], exclude: [{os: w, v: 1}]}}\n    runs-on: x\n    steps: [{run: x}]\n  b:\n    needs: find\n    strategy: {matrix: {p: '${{ fromJSON(needs.find.outputs.list) }}'}}\n    runs-on: x\n    steps: [{run: x}]\n";
    let titles = |assumed: &Assumptions, id: &str| {
        let plan = plan(&analysis(text), &Env::default(), &push(), assumed);
        match &plan.job(id).unwrap().legs {
            Legs::Known(legs) => legs.iter().map(|leg| leg.title.clone()).collect(),
            Legs::Unknown(why) => vec![why.clone()],
        }
    };
    assert_eq!(titles(&Assumptions::default(), "a"), ["Test u", "Test u", "Test w"]);
    assert_eq!(titles(&Assumptions::default(), "find"), ["find"]);
    let open = "The matrix depends on `needs.find.outputs.list`, which is not known.";
    let text_of = titles(&output("find", "list", "[\"x\", \"y\"]"), "b");
    assert_eq!(text_of, ["b (x)", "b (y)"]);
    assert_eq!(titles(&output("find", "list", "[]"), "b"), Vec::<String>::new());
    let text = text.replace(
        "steps: [{run: x}]\n  a:",
        "outputs: {list: '${{ steps.x.outputs.y }}'}\n    steps: [{run: x}]\n  a:",
    );
    let plan = plan(&analysis(&text), &Env::default(), &push(), &Assumptions::default());
    assert_eq!(plan.job("b").unwrap().legs, Legs::Unknown(open.to_owned()));
}

#[test]
fn gates_and_groups_are_noted() {
    let text = "on: push\nconcurrency: {group: ci, cancel-in-progress: true}\njobs:\n  a:\n    environment: production\n    concurrency: deploy\n    runs-on: x\n    steps: [{run: x}]\n";
    let plan = plan(&analysis(text), &Env::default(), &push(), &Assumptions::default());
    assert!(plan.notes[0].text.contains("`ci`") && plan.notes[0].text.contains("cancelled"));
    let notes: Vec<&str> = plan.jobs[0].notes.iter().map(|note| note.text.as_str()).collect();
    assert!(notes[0].contains("`production`") && notes[1].contains("waits") && notes[1].contains("`deploy`"));
}
