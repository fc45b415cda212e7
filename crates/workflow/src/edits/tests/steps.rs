use super::*;

const TWO: &str = "jobs:
  a:
    runs-on: x
    steps:
      # get it
      - uses: actions/checkout@v5 # pinned
      - name: Build
        id: make
        run: |
          make all
          make test
        shell: bash
      - run: echo ${{ steps.make.outputs.x }}
  b:
    runs-on: x
    steps:
      - run: b
";

fn at(job: &str, at: usize) -> Path {
    path!["jobs", job, "steps", at]
}

#[test]
fn a_step_is_added_where_it_is_wanted() {
    let test = NewStep::Fields(vec![("name".into(), text("Test")), ("run".into(), text("npm test"))]);
    let edit = check(
        TWO,
        |a| add_step(a, "b", 0, &test),
        &TWO.replace("      - run: b", "      - name: Test\n        run: npm test\n      - run: b"),
    );
    assert_eq!(edit.label, "add step Test to job b");
    let node = NewStep::Uses {
        action: "actions/setup-node@v5".into(),
        with: vec![("node-version".into(), text("22"))],
    };
    check(
        TWO,
        |a| add_step(a, "b", 9, &node),
        &format!("{TWO}      - uses: actions/setup-node@v5\n        with:\n          node-version: '22'\n"),
    );
    check(
        "jobs:\n  a:\n    runs-on: x\n",
        |a| add_step(a, "a", 0, &NewStep::Run("x".into())),
        "jobs:\n  a:\n    runs-on: x\n    steps:\n      - run: x\n",
    );
    check(
        "jobs:\n  a:\n    runs-on: x\n    steps: []\n",
        |a| add_step(a, "a", 0, &NewStep::Run("x".into())),
        "jobs:\n  a:\n    runs-on: x\n    steps:\n      - run: x\n",
    );
}

#[test]
fn a_step_moves_with_its_comments() {
    check(
        TWO,
        |a| move_step(a, &at("a", 0), "a", 1),
        "jobs:\n  a:\n    runs-on: x\n    steps:\n      - name: Build\n        id: make\n        run: |\n          make all\n          make test\n        shell: bash\n      # get it\n      - uses: actions/checkout@v5 # pinned\n      - run: echo ${{ steps.make.outputs.x }}\n  b:\n    runs-on: x\n    steps:\n      - run: b\n",
    );
    let without = TWO.replace("      # get it\n      - uses: actions/checkout@v5 # pinned\n", "");
    check(
        TWO,
        |a| move_step(a, &at("a", 0), "b", 5),
        &format!("{without}      # get it\n      - uses: actions/checkout@v5 # pinned\n"),
    );
}

#[test]
fn a_copied_step_has_an_id_of_its_own() {
    let copy = "      - name: Build\n        id: make-2\n        run: |\n          make all\n          make test\n        shell: bash\n";
    check(
        TWO,
        |a| duplicate_step(a, &at("a", 1)),
        &TWO.replace("        shell: bash\n", &format!("        shell: bash\n{copy}")),
    );
}

#[test]
fn the_last_step_leaves_an_empty_list() {
    check(
        TWO,
        |a| remove_step(a, &at("b", 0)),
        &TWO.replace("    steps:\n      - run: b\n", "    steps: []\n"),
    );
    check(
        TWO,
        |a| remove_step(a, &at("a", 0)),
        &TWO.replace("      # get it\n      - uses: actions/checkout@v5 # pinned\n", ""),
    );
}

#[test]
fn a_script_becomes_an_action_and_back() {
    check(
        TWO,
        |a| change_step_kind(a, &at("a", 1), &ToKind::Uses("x/y@v1".into()), &[], &[]),
        &TWO.replace(
            "        run: |\n          make all\n          make test\n        shell: bash\n",
            "        uses: x/y@v1\n",
        ),
    );
    check(
        TWO,
        |a| change_step_kind(a, &at("a", 0), &ToKind::Run("git clone".into()), &[], &[]),
        &TWO.replace("uses: actions/checkout@v5", "run: git clone"),
    );
    check(
        TWO,
        |a| {
            let shell = [("shell".to_owned(), "pwsh".into())];
            change_step_kind(a, &at("a", 0), &ToKind::Run("git clone".into()), &shell, &[])
        },
        &TWO.replace("uses: actions/checkout@v5 # pinned", "run: git clone # pinned\n        shell: pwsh"),
    );
    // What stood before the script stands before it again.
    let py = TWO
        .replace("        shell: bash\n", "")
        .replace("        run: |", "        shell: python\n        run: |");
    let action = py.replace(
        "        shell: python\n        run: |\n          make all\n          make test\n",
        "        uses: x/y@v1\n",
    );
    check(
        &action,
        |a| {
            let to = ToKind::Run("make all\nmake test\n".into());
            let order = ["name", "id", "shell", "run"].map(str::to_owned);
            change_step_kind(a, &at("a", 1), &to, &[("shell".to_owned(), "python".into())], &order)
        },
        &py,
    );
}

#[test]
fn a_script_comes_back_as_it_was_written() {
    let file = |what: &str| {
        format!("jobs:\n  a:\n    runs-on: x\n    steps:\n      - name: n\n        {what}\n        id: i\n")
    };
    for script in [
        "run: >-\n          one\n          two",
        "run: |\n          one\n            two",
        "run: 'one'",
        "run: \"one\\n\"",
        "run: one\n          two",
        "run: |2\n            one",
    ] {
        let source = script.strip_prefix("run: ").unwrap_or_default().replace("\n        ", "\n");
        let to = ToKind::Run(Value::Source(source));
        check(
            &file("uses: x/y@v1"),
            |a| change_step_kind(a, &path!["jobs", "a", "steps", 0], &to, &[], &[]),
            &file(script),
        );
    }
}

#[test]
fn a_new_id_is_followed() {
    check(
        TWO,
        |a| rename_step(a, &at("a", 1), "compile"),
        &TWO.replace("id: make", "id: compile").replace("steps.make", "steps.compile"),
    );
    check(
        TWO,
        |a| rename_step(a, &at("b", 0), "only"),
        &TWO.replace("      - run: b", "      - id: only\n        run: b"),
    );
}

#[test]
fn steps_that_wait_for_it_follow_a_new_id() {
    let before = "jobs:\n  a:\n    steps:\n      - id: server\n        run: s\n        background: true\n      - wait: [other, \"server\"]\n      - cancel: Server # stop\n";
    let after = before
        .replace("id: server", "id: db")
        .replace("\"server\"", "\"db\"")
        .replace("cancel: Server", "cancel: db");
    check(before, |a| rename_step(a, &at("a", 0), "db"), &after);
}

#[test]
fn who_reads_an_id_that_goes_is_told() {
    let analysis = Analysis::new(TWO, &Env::default());
    let told = removal_of_id(&analysis, &at("a", 1)).unwrap_or_default();
    assert!(told.starts_with("`steps.make` is read in "), "{told}");
    assert_eq!(removal_of_id(&analysis, &at("b", 0)), None);
    let text = "jobs:\n  a:\n    steps:\n      - id: server\n        run: s\n      - wait: server\n";
    let told = removal_of_id(&Analysis::new(text, &Env::default()), &at("a", 0));
    assert_eq!(told.as_deref(), Some("The step is waited for or stopped in 1 place by this id."));
}

#[test]
fn a_step_is_switched_off_and_on() {
    let step = path!["jobs", "b", "steps", 0];
    let off = TWO.replace("      - run: b", "      - if: false\n        run: b");
    check(TWO, |a| set_enabled(a, &step, false), &off);
    check(&off, |a| set_enabled(a, &step, true), TWO);
}
