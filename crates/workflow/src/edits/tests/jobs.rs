use super::*;

#[test]
fn what_is_no_mapping_of_jobs_is_not_replaced_by_one() {
    let new = NewJob::default();
    assert!(refused("jobs: ${{ fromJSON('{}') }}\n", |a| add_job(a, &new)).contains("`jobs`"));
    assert!(refused("jobs: [a]\n", |a| add_job(a, &new)).contains("`jobs`"));
}

#[test]
fn a_rename_takes_all_that_names_the_job() {
    let edit = check(
        THREE,
        |a| rename_job(a, "build", "compile"),
        &THREE
            .replace("  build:", "  compile:")
            .replace("needs: build", "needs: compile")
            .replace("[build,", "[compile,")
            .replace("needs.build", "needs.compile")
            .replace("['build']", "['compile']"),
    );
    assert_eq!(edit.label, "rename job build to compile");
    assert_eq!(edit.select, Some(path!["jobs", "compile"]));
    assert!(refused(THREE, |a| rename_job(a, "build", "Test")).contains("`test`"));
    assert!(refused(THREE, |a| rename_job(a, "build", "a b")).contains("cannot be an id"));
}

#[test]
fn text_that_cannot_be_read_keeps_the_old_name_of_a_job_and_that_is_known() {
    let text =
        "on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{run: y}]\n  b:\n    needs: [a\n    runs-on: x\n";
    let line = |id: &str| left_behind(&Analysis::new(text, &Env::default()), id);
    assert_eq!(line("a"), Some(7));
    // A part of a word is another name.
    assert_eq!(line("nee"), None);
    assert_eq!(left_behind(&Analysis::new(THREE, &Env::default()), "build"), None);
}

#[test]
fn called_workflows_outputs_follow_a_rename() {
    let file = "on:\n  workflow_call:\n    outputs:\n      o:\n        value: ${{ jobs.a.outputs.o }}\njobs:\n  a:\n    runs-on: x\n";
    check(file, |a| rename_job(a, "a", "b"), &file.replace("jobs.a", "jobs.b").replace("  a:", "  b:"));
}

#[test]
fn a_removed_job_is_needed_no_more() {
    let edit = check(
        THREE,
        |a| remove_job(a, "test"),
        &THREE
            .replace("  test:\n    needs: build # first\n    runs-on: x\n    if: needs.build.result == 'success'\n\n", "")
            .replace("[build, test]", "build"),
    );
    assert_eq!(edit.label, "remove job test, which deploy no longer needs");
    assert_eq!(dependents(&analysis(THREE), "build"), ["test", "deploy"]);
}

#[test]
fn needs_grow_and_shrink() {
    let file =
        "jobs:\n  a:\n    runs-on: x\n  b:\n    runs-on: x\n  c:\n    needs: a # first\n    runs-on: x\n";
    check(file, |a| add_need(a, "c", "b"), &file.replace("needs: a", "needs: [a, b]"));
    check(file, |a| add_need(a, "b", "a"), &file.replace("  b:\n", "  b:\n    needs: a\n"));
    check(file, |a| remove_need(a, "c", "a"), &file.replace("    needs: a # first\n", ""));
    let listed = file.replace("needs: a # first", "needs: [a, b]");
    check(&listed, |a| remove_need(a, "c", "a"), &listed.replace("[a, b]", "b"));
}

#[test]
fn a_circle_is_refused_with_its_way() {
    let message = refused(THREE, |a| add_need(a, "build", "deploy"));
    assert!(message.contains("`deploy`") && message.contains("`build`"), "{message}");
    assert_eq!(refused(THREE, |a| add_need(a, "build", "build")), "A job cannot wait for itself.");
    assert!(refused(THREE, |a| add_need(a, "test", "build")).contains("already waits"));
}

#[test]
fn a_new_job_has_a_free_id() {
    let file = "on: push\njobs:\n  build:\n    runs-on: x\n";
    let new =
        NewJob { needs: vec!["build".into()], uses: Some("actions/checkout@v5".into()), ..NewJob::default() };
    let edit = check(
        file,
        |a| add_job(a, &new),
        "on: push\njobs:\n  build:\n    runs-on: x\n  build-2:\n    needs: build\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n",
    );
    assert_eq!(edit.label, "add job build-2");
    check(
        "on: push\n",
        |a| add_job(a, &NewJob::default()),
        "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"Hello\"\n",
    );
}

#[test]
fn a_copied_job_keeps_its_comments_and_leaves_anchors_behind() {
    let file = "env: &e {A: 1}\njobs:\n  # builds\n  build: &b # x\n    runs-on: &r y\n    env: *e\n\n  last:\n    runs-on: x\n";
    check(
        file,
        |a| duplicate_job(a, "build"),
        "env: &e {A: 1}\njobs:\n  # builds\n  build: &b # x\n    runs-on: &r y\n    env: *e\n\n  # builds\n  build-2: # x\n    runs-on: y\n    env: *e\n\n  last:\n    runs-on: x\n",
    );
}

#[test]
fn a_job_moves_with_its_comments() {
    let file = "jobs:\n  # a\n  a:\n    runs-on: x\n  b:\n    runs-on: x\n";
    check(file, |a| move_job(a, "b", 0), "jobs:\n  b:\n    runs-on: x\n  # a\n  a:\n    runs-on: x\n");
}

#[test]
fn a_job_is_switched_off_and_on() {
    let job = path!["jobs", "test"];
    let off = THREE
        .replace("if: needs.build.result == 'success'", "if: false && (needs.build.result == 'success')");
    check(THREE, |a| set_enabled(a, &job, false), &off);
    check(&off, |a| set_enabled(a, &job, true), THREE);
    let bare = THREE.replace("  build:\n", "  build:\n    if: false\n");
    check(THREE, |a| set_enabled(a, &path!["jobs", "build"], false), &bare);
    check(&bare, |a| set_enabled(a, &path!["jobs", "build"], true), THREE);
    assert!(is_disabled(&analysis(&off), &job) && !is_disabled(&analysis(THREE), &job));
}

const CALL: &str = "jobs:\n  # ships it\n  ship:\n    needs: build # after\n    uses: ./.github/workflows/ship.yml\n    with:\n      to: prod\n    secrets: inherit\n  build:\n    runs-on: x\n    # a while\n    timeout-minutes: 5\n    permissions: {}\n    steps:\n      # go\n      - run: b\n";

#[test]
fn a_job_becomes_a_call_and_keeps_what_both_have() {
    check(
        CALL,
        |a| change_job_kind(a, "build", &ToJob::Call(" o/r/.github/workflows/w.yml@v1 ".into())),
        &CALL.replace(
            "    runs-on: x\n    # a while\n    timeout-minutes: 5\n    permissions: {}\n    steps:\n      # go\n      - run: b\n",
            "    permissions: {}\n    uses: o/r/.github/workflows/w.yml@v1\n",
        ),
    );
    let analysis = Analysis::new(CALL, &Env::default());
    let lost = |id: &str, to: ToJob| lost_with_kind(&analysis, id, &to);
    assert_eq!(lost("build", ToJob::Call("x".into())), ["runs-on", "timeout-minutes", "steps"]);
    assert_eq!(lost("ship", ToJob::Steps), ["uses", "with", "secrets"]);
    assert!(change_job_kind(&analysis, "ship", &ToJob::Call("x".into())).is_err());
    assert!(change_job_kind(&analysis, "build", &ToJob::Call(" ".into())).is_err());
    assert!(change_job_kind(&analysis, "build", &ToJob::Steps).is_err());
}

#[test]
fn a_call_becomes_a_job_with_a_first_step() {
    check(
        CALL,
        |a| change_job_kind(a, "ship", &ToJob::Steps),
        &CALL.replace(
            "    uses: ./.github/workflows/ship.yml\n    with:\n      to: prod\n    secrets: inherit\n",
            "    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"Hello\"\n",
        ),
    );
}

#[test]
fn a_job_whose_id_is_taken_gets_another_or_goes_and_nothing_else_reaches_it() {
    let file = "jobs:\n  a:\n    runs-on: x\n    steps:\n      - run: one\n  # the second\n  'a': # pasted\n    runs-on: y\n    steps:\n      - run: two\n  b:\n    needs: a\n    runs-on: z\n";
    let a = analysis(file);
    let keys: Vec<&str> = a.workflow.jobs.iter().map(|job| job.key()).collect();
    let twin = keys[1];
    assert!(keys[0] == "a" && keys[2] == "b" && a.workflow.jobs[1].is_twin());
    assert_eq!(
        a.tree.at(&a.workflow.jobs[1].steps[0].path.child("run")).and_then(|run| run.as_str()),
        Some("two")
    );
    let at = u32::try_from(file.find("two").unwrap()).unwrap();
    assert_eq!(a.path_at(at), a.workflow.jobs[1].steps[0].path.child("run"));

    let renamed = check(file, |a| rename_job(a, twin, "c"), &file.replace("'a'", "c"));
    assert_eq!(renamed.select, Some(path!["jobs", "c"]));
    let without =
        file.replace("  # the second\n  'a': # pasted\n    runs-on: y\n    steps:\n      - run: two\n", "");
    check(file, |a| remove_job(a, twin), &without);
    assert!(refused(file, |a| rename_job(a, twin, "b")).contains("`b`"));

    let path = a.workflow.jobs[1].path.clone();
    let step = a.workflow.jobs[1].steps[0].path.clone();
    let value = text("x");
    let acts: [(&str, Result<Edit, Refusal>); 9] = [
        ("job", add_job(&a, &NewJob { needs: vec![twin.to_owned()], ..NewJob::default() })),
        ("duplicate", duplicate_job(&a, twin)),
        ("move", move_job(&a, twin, 0)),
        ("need", add_need(&a, "b", twin)),
        ("needs", add_need(&a, twin, "b")),
        ("set", set_field(&a, &path.child("name"), &value)),
        ("step", duplicate_step(&a, &step)),
        ("gone", remove_step(&a, &step)),
        ("off", set_enabled(&a, &step, false)),
    ];
    for (act, made) in acts {
        let refusal = made.err().unwrap_or_else(|| panic!("{act} is made"));
        assert!(refusal.message.contains("Another"), "{act}: {}", refusal.message);
    }
    assert!(refused(file, |a| move_step(a, &path!["jobs", "a", "steps", 0], twin, 0)).contains("Another"));
    assert!(refused(file, |a| move_step(a, &step, "b", 0)).contains("Another"));
}

#[test]
fn of_ids_that_differ_by_case_the_one_that_is_written_is_meant() {
    let file = "on: push\njobs:\n  Build: {runs-on: u}\n  build: {runs-on: u}\n  a:\n    needs: [Build, build]\n    \
                if: needs.build.result == needs.Build.result\n";
    check(
        file,
        |a| rename_job(a, "build", "c"),
        &file.replace("  build:", "  c:").replace(", build]", ", c]").replace("needs.build.", "needs.c."),
    );
    check(
        file,
        |a| rename_job(a, "Build", "c"),
        &file.replace("  Build:", "  c:").replace("[Build,", "[c,").replace("needs.Build.", "needs.c."),
    );
    check(file, |a| remove_need(a, "a", "build"), &file.replace("[Build, build]", "Build"));
    let edit = check(
        file,
        |a| remove_job(a, "build"),
        &file.replace("  build: {runs-on: u}\n", "").replace("[Build, build]", "Build"),
    );
    assert_eq!(edit.label, "remove job build, which a no longer needs");
    let other = "on: push\njobs:\n  build: {runs-on: u}\n  a:\n    needs: BUILD\n";
    check(other, |a| rename_job(a, "build", "c"), &other.replace("build:", "c:").replace("BUILD", "c"));
    let workflow = analysis(file).workflow;
    assert_eq!(workflow.job("build").map(|job| job.id.value.as_str()), Some("build"));
    assert_eq!(workflow.job("BUILD").map(|job| job.id.value.as_str()), Some("Build"));
}

const THREE: &str = "on: push
jobs:
  # builds
  build:
    runs-on: x
    outputs:
      v: 1

  test:
    needs: build # first
    runs-on: x
    if: needs.build.result == 'success'

  deploy:
    needs: [build, test]
    runs-on: x
    env:
      V: ${{ needs['build'].outputs.v }}
      T: \"${{ needs.test.result }} build\"
";
