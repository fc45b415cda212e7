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

#[test]
fn the_switch_gives_a_condition_back_as_it_was_written() {
    let step = path!["jobs", "a", "steps", 0];
    let file = |condition: &str| {
        format!(
            "jobs:\n  a:\n    steps:\n      - name: A\n        if:{condition}\n        run: a\n      - run: b\n"
        )
    };
    for (condition, off) in [
        (" \"!cancelled()\"", " \"false && (!cancelled())\""),
        (" 'a == ''b''' # why", " 'false && (a == ''b'')' # why"),
        (" true", " false && (true)"),
        (" ${{always()}}", " ${{false && (always())}}"),
        (" \"${{ always() }}\"", " \"${{ false && (always()) }}\""),
        (
            " >-\n          a == 'b'\n          && always()",
            " >-\n          false && (a == 'b'\n          && always())",
        ),
        (" |\n          always()\n", " |\n          false && (always())\n"),
        (" a\n          && b", " false && (a\n          && b)"),
    ] {
        let (on, off) = (file(condition), file(off));
        check(&on, |a| set_enabled(a, &step, false), &off);
        check(&off, |a| set_enabled(a, &step, true), &on);
    }
}

#[test]
fn what_the_switch_cannot_keep_in_the_file_comes_back_from_what_is_known() {
    let step = path!["jobs", "a", "steps", 0];
    let file = |entry: &str, other: &str| {
        format!("jobs:\n  a:\n    steps:\n      - name: A\n{entry}        run: a\n{other}      - run: b\n")
    };
    for (entry, other, is_on) in [
        ("        if: ${{ false }} # for now\n", "", false),
        ("        if: 'false'\n", "", false),
        ("        if: ''\n", "", true),
        ("        if:\n", "", true),
        ("", "        if:\n", true),
        ("", "        if: # none\n", true),
        ("", "        if: false # now\n", false),
    ] {
        let start = file(entry, other);
        let (edit, known) = switch(&analysis(&start), &step, !is_on, None).unwrap();
        let there = edit.edit.apply(&start);
        assert_eq!(is_disabled(&analysis(&there), &step), is_on, "{there}");
        let (back, _) = switch(&analysis(&there), &step, is_on, known.as_ref()).unwrap();
        assert_eq!(back.edit.apply(&there), start);
        // What has changed since is not what was known.
        let other = there.replace("name: A", "name: B");
        let (back, _) = switch(&analysis(&other), &step, is_on, known.as_ref()).unwrap();
        assert!(back.edit.apply(&other).contains("name: B"));
    }
}

#[test]
fn a_step_of_a_rarer_kind_becomes_a_script_without_its_key_and_back_to_the_byte() {
    let file = |steps: &str| format!("jobs:\n  a:\n    runs-on: x\n    steps:\n{steps}      - run: z\n");
    let step = at("a", 0);
    for (kind, name) in [
        ("parallel:\n          # one\n          - run: a # A\n\n          - run: b\n", ""),
        ("wait: [p, q] # both\n", "name: n\n        "),
        ("wait-all:\n", "name: n\n        "),
        ("cancel: p\n\n", "id: i\n        "),
    ] {
        let text = file(&format!("      - {name}{kind}"));
        let before = Analysis::new(text.as_str(), &Env::default());
        let kept = StepText::of(&before, &step).unwrap();
        let blank = if kind.ends_with("\n\n") { "\n" } else { "" };
        for (to, line) in
            [(ToKind::Run("make".into()), "run: make"), (ToKind::Uses("x/y@v1".into()), "uses: x/y@v1")]
        {
            let after = file(&format!("      - {name}{line}\n{blank}"));
            check(&text, |a| change_step_kind(a, &step, &to, &[], &[]), &after);
            let now = Analysis::new(after.as_str(), &Env::default());
            let back = restore_step(&now, &step, &kept).unwrap();
            assert_eq!(back.edit.apply(&after), text);
            // What is called otherwise meanwhile keeps that name.
            let renamed = after.replace("name: n", "name: m");
            let now = Analysis::new(renamed.as_str(), &Env::default());
            assert_eq!(restore_step(&now, &step, &kept).is_none(), renamed != after);
        }
    }
}

#[test]
fn a_script_comes_back_with_its_comments_and_its_keys_where_they_stood() {
    let step = at("a", 0);
    let start = "jobs:\n  a:\n    runs-on: x\n    steps:\n      - name: n\n        # why\n        run: |\n          one\n          two\n        env:\n          A: 1\n        shell: bash # here\n";
    let before = Analysis::new(start, &Env::default());
    let kept = StepText::of(&before, &step).unwrap();
    let action = "jobs:\n  a:\n    runs-on: x\n    steps:\n      - name: n\n        uses: x/y@v1\n        env:\n          A: 1\n";
    let to_uses = ToKind::Uses("x/y@v1".into());
    check(start, |a| change_step_kind(a, &step, &to_uses, &[], &[]), action);
    let now = Analysis::new(action, &Env::default());
    assert_eq!(restore_step(&now, &step, &kept).unwrap().edit.apply(action), start);
    // Beside another name, the keys find their places.
    let order = ["name", "run", "env", "shell"].map(str::to_owned);
    let renamed = action.replace("name: n", "name: m");
    check(
        &renamed,
        |a| {
            let to = ToKind::Run(Value::Source("|\n  one\n  two".to_owned()));
            change_step_kind(a, &step, &to, &[("shell".to_owned(), "bash".into())], &order)
        },
        &start.replace("name: n", "name: m").replace("        # why\n", "").replace(" # here", ""),
    );
    // What an alias repeats cannot come back without it.
    let shared = "jobs:\n  a:\n    steps:\n      - &s\n        run: x\n      - *s\n";
    let shared = Analysis::new(shared, &Env::default());
    assert_eq!((StepText::of(&shared, &step), StepText::of(&shared, &at("a", 1))), (None, None));
}

#[test]
fn a_step_with_a_comment_moves_into_brackets_which_become_dashes() {
    let file = |a: &str, b: &str| {
        format!(
            "jobs:\n  a:\n    runs-on: x\n    steps:\n{a}      - run: z\n  b:\n    steps:{b}\n    runs-on: x # last\n"
        )
    };
    let moved = "      # why\n      - name: n # here\n        run: |\n          one\n          two\n";
    for (to, wanted) in [
        (0, format!("\n{moved}      - {{run: b1}}\n      - {{run: b2, if: always()}}")),
        (9, format!("\n      - {{run: b1}}\n      - {{run: b2, if: always()}}\n{}", moved.trim_end())),
    ] {
        check(
            &file(moved, " [{run: b1}, {run: b2, if: always()}]"),
            |a| move_step(a, &at("a", 0), "b", to),
            &file("", &wanted),
        );
    }
    // What fits stays in brackets.
    check(
        &file("      - run: w\n", " [{run: b1}]"),
        |a| move_step(a, &at("a", 0), "b", 9),
        &file("", " [{run: b1}, {run: w}]"),
    );
    let script = NewStep::Run("one\ntwo\n".into());
    let added = add_step(&analysis(&file("", " [{run: b1}]")), "b", 9, &script).unwrap();
    assert!(added.edit.apply(&file("", " [{run: b1}]")).contains("{run: b1}, "));
    let flow = file("", " [{run: b1}]");
    check(&flow, |a| duplicate_step(a, &at("b", 0)), &file("", " [{run: b1}, {run: b1}]"));
}

#[test]
fn who_repeats_what_a_step_did_is_told_where_that_goes() {
    let file = |first: &str, second: &str| {
        format!(
            "jobs:\n  a:\n    steps:\n      - name: Make\n{first}  b:\n    steps:\n      - name: Again\n{second}"
        )
    };
    let step = path!["jobs", "a", "steps", 0_usize];
    let uses = ToKind::Uses("actions/checkout@v5".into());
    let label = "make step Make of job a use an action; &r moves to run of step Again of job b";
    for script in ["make", "|\n          make\n          make all"] {
        let edit = check(
            &file(&format!("        run: &r {script}\n"), "        run: *r\n"),
            |a| change_step_kind(a, &step, &uses, &[], &[]),
            &file("        uses: actions/checkout@v5\n", &format!("        run: {script}\n")),
        );
        assert_eq!(edit.label, label);
    }
    // Where several repeat it, the first has it from then on.
    let edit = check(
        &file(
            "        run: &r make # c\n        shell: &s bash\n",
            "        run: *r\n        shell: *s\n      - run: *r\n",
        ),
        |a| change_step_kind(a, &step, &uses, &[], &[]),
        &file(
            "        uses: actions/checkout@v5 # c\n",
            "        run: &r make # c\n        shell: bash\n      - run: *r\n",
        ),
    );
    assert_eq!(edit.label, format!("{label}; &s moves to shell of step Again of job b"));
}
