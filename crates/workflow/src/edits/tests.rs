#![allow(clippy::unwrap_used)]
//! Each edit as a text before and a text after; what all edits have in common is in `tests/edits.rs` of the crate.

use stepladder_yaml::{Path, path};

use super::*;
use crate::{Analysis, Env};

mod aliases;
mod apart;
mod jobs;
mod labels;
mod matrix;
mod steps;
mod triggers;

fn analysis(text: &str) -> Analysis {
    Analysis::new(text, &Env::default())
}

/// Makes the edit, compares the text after it, and goes back.
#[track_caller]
fn check(before: &str, make: impl FnOnce(&Analysis) -> Result<Edit, Refusal>, after: &str) -> Edit {
    let a = analysis(before);
    let edit = make(&a).unwrap_or_else(|refusal| panic!("refused: {}", refusal.message));
    let text = edit.edit.apply(before);
    assert_eq!(text, after, "\n--- got\n{text}\n--- wanted\n{after}");
    assert_eq!(edit.edit.invert(before).apply(&text), before, "undo must lead back");
    edit
}

#[track_caller]
fn refused(text: &str, make: impl FnOnce(&Analysis) -> Result<Edit, Refusal>) -> String {
    match make(&analysis(text)) {
        Ok(edit) => panic!("made: {}", edit.edit.apply(text)),
        Err(refusal) => refusal.message,
    }
}

fn text(value: &str) -> Value {
    Value::Str(value.into())
}

#[test]
fn keys_in_the_wrong_case_stay_as_they_are_written() {
    let file = "on: push\nJobs:\n  build:\n    Runs-On: ubuntu-latest # fast\n    Steps:\n      - Run: make\n      - Run: test\n";
    check(
        file,
        |a| set_field(a, &path!["jobs", "build", "runs-on"], &text("macos-latest")),
        &file.replace("ubuntu-latest", "macos-latest"),
    );
    check(
        file,
        |a| set_field(a, &path!["jobs", "build", "steps", 1, "name"], &text("Test")),
        &file.replace("      - Run: test\n", "      - name: Test\n        Run: test\n"),
    );
    check(
        file,
        |a| move_step(a, &path!["jobs", "build", "steps", 0], "build", 1),
        &file.replace("      - Run: make\n      - Run: test\n", "      - Run: test\n      - Run: make\n"),
    );
}

#[test]
fn a_field_is_set_in_its_place_and_new_ones_in_the_order_of_the_language() {
    let file = "# CI\non: push\njobs:\n  build:\n    # where\n    runs-on: ubuntu-latest # fast\n    steps:\n      - run: make\n";
    let edit = check(
        file,
        |a| set_field(a, &path!["jobs", "build", "runs-on"], &text("macos-latest")),
        &file.replace("ubuntu-latest", "macos-latest"),
    );
    assert_eq!(edit.label, "set runs-on of job build to macos-latest");
    check(
        file,
        |a| set_field(a, &path!["jobs", "build", "name"], &text("Build")),
        &file.replace("    # where", "    name: Build\n    # where"),
    );
    check(
        file,
        |a| set_field(a, &path!["jobs", "build", "timeout-minutes"], &Value::Int(5)),
        &file.replace(" # fast\n", " # fast\n    timeout-minutes: 5\n"),
    );
    check(
        file,
        |a| set_field(a, &path!["jobs", "build", "steps", 0, "env", "A"], &text("1")),
        &file.replace("make\n", "make\n        env:\n          A: '1'\n"),
    );
}

#[test]
fn short_forms_become_long_ones() {
    let file = "jobs:\n  a:\n    environment: prod # live\n    runs-on: x\n";
    check(
        file,
        |a| set_field(a, &path!["jobs", "a", "environment", "url"], &text("https://a.example")),
        "jobs:\n  a:\n    environment:\n      name: prod # live\n      url: https://a.example\n    runs-on: x\n",
    );
}

#[test]
fn what_is_left_empty_goes_too() {
    let file =
        "jobs:\n  a:\n    steps:\n      - uses: x/y@v1\n        with:\n          a: 1\n      - run: z\n";
    let step: Path = path!["jobs", "a", "steps", 0];
    check(
        file,
        |a| set_input(a, &step, "a", None),
        "jobs:\n  a:\n    steps:\n      - uses: x/y@v1\n      - run: z\n",
    );
    check(
        "permissions:\n  contents: read\njobs: {}\n",
        |a| set_permission(a, None, "contents", None),
        "permissions: {}\njobs: {}\n",
    );
    check(
        "on:\n  push:\n    branches: [main]\n  pull_request:\n",
        |a| set_list(a, &path!["on", "push", "branches"], &[]),
        "on:\n  push:\n  pull_request:\n",
    );
}

#[test]
fn a_list_changes_only_where_it_differs() {
    let file = "on:\n  push:\n    branches:\n      - main # keep\n      - old\n      - 'release/**'\n";
    let wanted = ["main", "dev", "release/**", "x"].map(str::to_owned);
    check(
        file,
        |a| set_list(a, &path!["on", "push", "branches"], &wanted),
        "on:\n  push:\n    branches:\n      - main # keep\n      - dev\n      - 'release/**'\n      - x\n",
    );
}

#[test]
fn an_item_that_changes_or_moves_keeps_what_is_written_about_it() {
    let file = "on:\n  push:\n    branches:\n      # one\n      - a # A\n      # two\n      - 'b' # B\n      # three\n      - c # C\n";
    let to = |items: &[&str], after: &str| {
        let items: Vec<_> = items.iter().map(|item| (*item).to_owned()).collect();
        check(file, |a| set_list(a, &path!["on", "push", "branches"], &items), after);
    };
    let (a, b, c) =
        ("      # one\n      - a # A\n", "      # two\n      - 'b' # B\n", "      # three\n      - c # C\n");
    let list = |items: &[&str]| format!("on:\n  push:\n    branches:\n{}", items.concat());
    to(&["a", "x", "c"], &list(&[a, &b.replace('b', "x"), c]));
    to(&["b", "a", "c"], &list(&[b, a, c]));
    to(&["b", "c", "a"], &list(&[b, c, a]));
    to(&["x", "y", "z"], &list(&[&a.replace("- a", "- x"), &b.replace('b', "y"), &c.replace("- c", "- z")]));
    to(&["a", "c"], &list(&[a, c]));
    to(&["a", "x", "b", "c"], &list(&[a, "      - x\n", b, c]));
    // The only one stays in its line.
    let single = "on:\n  push:\n    branches:\n      - main # why\n";
    let other = ["dev".to_owned()];
    check(single, |a| set_list(a, &path!["on", "push", "branches"], &other), &single.replace("main", "dev"));
}

#[test]
fn blank_lines_go_on_setting_the_items_of_a_list_apart() {
    let file = "on:\n  push:\n    branches:\n      - main\n      # next\n      - dev # D\n\n      # old\n      - 'release/**'\n      - x\n";
    let branches = path!["on", "push", "branches"];
    let texts = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
    check(
        file,
        |a| set_list(a, &branches, &texts(&["main", "release/**", "x"])),
        &file.replace("      # next\n      - dev # D\n", ""),
    );
    check(
        file,
        |a| set_list(a, &branches, &texts(&["dev", "main", "release/**", "x"])),
        &file.replace(
            "      - main\n      # next\n      - dev # D\n",
            "      # next\n      - dev # D\n      - main\n",
        ),
    );
    let edit = check(
        file,
        |a| move_item(a, &branches, 1, 2),
        "on:\n  push:\n    branches:\n      - main\n\n      # old\n      - 'release/**'\n      # next\n      - dev # D\n      - x\n",
    );
    assert_eq!(edit.label, "move item 2 of branches of trigger push");
}

#[test]
fn names_follow() {
    let file = "on: push\njobs:\n  a:\n    env:\n      T: ${{ secrets.TOKEN }}\n    steps:\n      - run: echo ${{ Secrets['token'] }} $TOKEN\n        if: secrets.TOKEN != ''\n";
    check(
        file,
        |a| rename_name(a, Store::Secrets, "TOKEN", "KEY"),
        "on: push\njobs:\n  a:\n    env:\n      T: ${{ secrets.KEY }}\n    steps:\n      - run: echo ${{ Secrets['KEY'] }} $TOKEN\n        if: secrets.KEY != ''\n",
    );
    assert!(refused(file, |a| rename_name(a, Store::Variables, "TOKEN", "KEY")).contains("TOKEN"));
}

#[test]
fn an_expression_goes_in_at_the_caret() {
    let file = "jobs:\n  a:\n    if: x\n    env:\n      A: a-b\n      B: ${{ c }}\n";
    let env = path!["jobs", "a", "env"];
    check(
        file,
        |a| insert_expression(a, &env.child("A"), Some(2), "secrets.X"),
        &file.replace("a-b", "a-${{ secrets.X }}b"),
    );
    check(
        file,
        |a| insert_expression(a, &env.child("B"), Some(5), " || vars.V"),
        &file.replace("${{ c }}", "${{ c || vars.V }}"),
    );
    check(
        file,
        |a| insert_expression(a, &path!["jobs", "a", "if"], Some(1), " && y"),
        &file.replace("if: x", "if: x && y"),
    );
    let script = "jobs:\n  a:\n    steps:\n      - run: |\n          npm ci\n          npm test\n      - run: >+\n          a\n\n";
    let run = |at: usize| path!["jobs", "a", "steps", at, "run"];
    check(
        script,
        |a| insert_expression(a, &run(0), None, "matrix.os"),
        &script.replace("npm test", "npm test${{ matrix.os }}"),
    );
    check(
        script,
        |a| insert_expression(a, &run(0), Some(6), "matrix.os"),
        &script.replace("npm ci", "npm ci${{ matrix.os }}"),
    );
}

#[test]
fn two_secrets_do_not_become_one_by_a_new_name() {
    let file = "jobs:\n  a:\n    env: {A: '${{ secrets.A }}', B: '${{ secrets.b }}', C: '${{ vars.C }}'}\n";
    let message = refused(file, |a| rename_name(a, Store::Secrets, "A", "B"));
    assert!(message.contains("There is a secret `B` in this file already"), "{message}");
    check(file, |a| rename_name(a, Store::Secrets, "A", "C"), &file.replace("secrets.A", "secrets.C"));
    check(file, |a| rename_name(a, Store::Secrets, "b", "B"), &file.replace("secrets.b", "secrets.B"));
    let called = format!("on: {{workflow_call: {{secrets: {{D: }}}}}}\n{file}");
    assert!(refused(&called, |a| rename_name(a, Store::Secrets, "A", "D")).contains("already"));
}

#[test]
fn what_an_alias_repeats_is_changed_at_its_anchor_or_detached() {
    let file = "jobs:\n  a:\n    env: &e\n      A: x\n    runs-on: x\n  b:\n    env: *e\n    runs-on: x\n";
    let place = path!["jobs", "b", "env", "A"];
    let refusal = set_field(&analysis(file), &place, &text("y")).unwrap_err();
    assert!(refusal.message.contains("`&e`"));
    let aliased = refused_for(&analysis(file), &refusal).unwrap();
    let expected = Aliased { anchor: "e".to_owned(), uses: 1, path: path!["jobs", "b", "env"] };
    assert_eq!(aliased, expected);
    let new = |a: &Analysis| set_field(a, &place, &text("new"));
    check(file, |a| edit_at_anchor(a, new), &file.replace("A: x", "A: new"));
    let detached = file.replace("env: *e", "env:\n      A: x");
    check(file, |a| detach_alias(a, &place), &detached);
    let last = detached.rfind("A: x").unwrap();
    let changed = format!("{}A: new{}", &detached[..last], &detached[last + 4..]);
    check(&detached, |a| set_field(a, &place, &text("new")), &changed);
    check(file, |a| edit_detached(a, &place, new), &changed);
}

#[test]
fn a_need_at_an_anchor_closes_no_circle_for_another_job() {
    let file = "jobs:\n  a: &a\n    runs-on: x\n  b: *a\n  c: *a\n  d:\n    runs-on: x\n";
    let message = refused(file, |a| edit_at_anchor(a, |a| add_need(a, "b", "a")));
    assert!(message.contains("`a` has its `needs` from the same anchor"), "{message}");
    let message = refused(file, |a| edit_at_anchor(a, |a| add_need(a, "b", "c")));
    assert!(message.contains("`c` has its `needs` from the same anchor"), "{message}");
    let after = file.replace("&a\n", "&a\n    needs: d\n");
    check(file, |a| edit_at_anchor(a, |a| add_need(a, "b", "d")), &after);
    let alone = "jobs:\n  a: &a\n    runs-on: x\n  b:\n    needs: a\n    runs-on: x\n";
    check(
        file,
        |a| edit_detached(a, &path!["jobs", "b"], |a| add_need(a, "b", "a")),
        &file.replace("  b: *a\n", &alone[alone.find("  b:").unwrap()..]),
    );
}

#[test]
fn every_kind_of_edit_can_be_made_at_the_anchor_or_here_alone() {
    let file = "jobs:\n  a:\n    runs-on: x\n    env: &e\n      A: 1 # one\n    steps: &s\n      - id: one\n        run: a # first\n      - run: b\n  b:\n    runs-on: x\n    env: *e\n    steps: *s\n";
    let step = path!["jobs", "b", "steps", 0];
    let variable = path!["jobs", "b", "env", "A"];
    let shared = file.find("steps: &s").unwrap();
    let head = &file[..shared];
    let tail = "  b:\n    runs-on: x\n    env: *e\n    steps: *s\n";
    let at_anchor = |make: &dyn Fn(&Analysis) -> Result<Edit, Refusal>, after: &str| {
        let refusal = make(&analysis(file)).unwrap_err();
        let aliased = refused_for(&analysis(file), &refusal).expect(&refusal.message);
        check(file, |a| edit_at_anchor(a, make), after);
        // Here alone: the anchor and what it holds stay as they are.
        let edit = edit_detached(&analysis(file), &aliased.path, make).unwrap();
        let alone = edit.edit.apply(file);
        let end = file.find("  b:\n").unwrap();
        assert_eq!(&alone[..end], &file[..end]);
        assert_ne!(&alone[end..], tail);
    };
    let steps = |steps: &str| format!("{head}steps: &s\n{steps}{tail}");
    at_anchor(
        &|a| move_step(a, &step, "b", 1),
        &steps("      - run: b\n      - id: one\n        run: a # first\n"),
    );
    at_anchor(&|a| remove_step(a, &step), &steps("      - run: b\n"));
    at_anchor(
        &|a| add_step(a, "b", 2, &NewStep::Run("c".into())),
        &steps("      - id: one\n        run: a # first\n      - run: b\n      - run: c\n"),
    );
    at_anchor(
        &|a| set_enabled(a, &step, false),
        &steps("      - id: one\n        if: false\n        run: a # first\n      - run: b\n"),
    );
    at_anchor(
        &|a| change_step_kind(a, &step, &ToKind::Uses("a/b@v1".into()), &[], &[]),
        &steps("      - id: one\n        uses: a/b@v1 # first\n      - run: b\n"),
    );
    at_anchor(&|a| rename_field(a, &variable, "B"), &file.replace("A: 1", "B: 1"));
    at_anchor(&|a| remove_field(a, &variable), &file.replace("&e\n      A: 1 # one\n", "&e {}\n"));
}

#[test]
fn an_action_s_outputs_follow_the_new_id_of_a_step() {
    let file = "name: A\noutputs:\n  x:\n    value: ${{ steps.one.outputs.x }}\nruns:\n  using: composite\n  steps:\n    - id: one\n      run: echo\n      shell: bash\n";
    check(file, |a| rename_step(a, &path!["runs", "steps", 0], "two"), &file.replace("one", "two"));
}

#[test]
fn a_text_is_not_overwritten_by_what_goes_into_a_mapping() {
    let file = "on: push\njobs:\n  a:\n    env: nothing\n    runs-on: x\n";
    refused(file, |a| set_field(a, &path!["jobs", "a", "env", "A"], &text("1")));
}

#[test]
fn a_step_that_says_both_does_only_the_one_that_is_chosen() {
    let step = path!["jobs", "a", "steps", 0];
    for keys in ["run: make # mine\n        uses: o/r@v1\n", "uses: o/r@v1\n        run: make # mine\n"] {
        let file = format!("jobs:\n  a:\n    runs-on: x\n    steps:\n      - {keys}");
        let only = |step: &str| format!("jobs:\n  a:\n    runs-on: x\n    steps:\n      - {step}\n");
        let to_uses = ToKind::Uses("a/b@v1".into());
        check(&file, |a| change_step_kind(a, &step, &to_uses, &[], &[]), &only("uses: a/b@v1"));
        let to_run = ToKind::Run("make all".into());
        check(&file, |a| change_step_kind(a, &step, &to_run, &[], &[]), &only("run: make all # mine"));
    }
}

#[test]
fn an_event_over_several_lines_gets_no_settings() {
    for on in ["on:\n  - |\n    two\n    lines\n  - push\n", "on: ['two\n  lines', push]\n"] {
        let file = format!("{on}jobs: {{}}\n");
        assert!(refused(&file, |a| change_trigger(a, "push", "workflow_run")).contains("several lines"));
    }
}

#[test]
fn events_that_are_named_twice_get_no_settings() {
    let file = "on: [push, push]\njobs: {}\n";
    assert!(refused(file, |a| add_schedule(a, "1 2 * * *", None)).contains("twice"));
}

#[test]
fn what_an_anchor_holds_stays_for_its_aliases() {
    let file = "on: push\njobs:\n  test:\n    runs-on: u\n    steps:\n      - &checkout\n        # The code.\n        uses: a/b@v1\n        with: {x: 1}\n      - run: &script |\n          a\n          b\n  lint:\n    runs-on: u\n    steps:\n      - *checkout\n      - run: *script\n  more:\n    runs-on: u\n    steps:\n      - *checkout\n";
    check(
        file,
        |a| remove_job(a, "test"),
        "on: push\njobs:\n  lint:\n    runs-on: u\n    steps:\n      - &checkout\n        # The code.\n        uses: a/b@v1\n        with: {x: 1}\n      - run: |\n          a\n          b\n  more:\n    runs-on: u\n    steps:\n      - *checkout\n",
    );
    let step = path!["jobs", "test", "steps", 0];
    check(
        file,
        |a| remove_step(a, &step),
        &file
            .replace(
                "      - &checkout\n        # The code.\n        uses: a/b@v1\n        with: {x: 1}\n",
                "",
            )
            .replacen(
                "      - *checkout\n",
                "      - &checkout\n        # The code.\n        uses: a/b@v1\n        with: {x: 1}\n",
                1,
            ),
    );
    let analysis = Analysis::new(file, &crate::Env::default());
    let label = remove_step(&analysis, &step).map(|edit| edit.label);
    assert_eq!(label.as_deref(), Ok("remove step 1 of job test; &checkout moves to step 1 of job lint"));
    check(
        "jobs:\n  a:\n    env: &e\n      A: &v 1\n      B: *v\n  b:\n    env: *e\n    name: *v\n",
        |a| remove_job(a, "a"),
        "jobs:\n  b:\n    env:\n      A: &v 1\n      B: *v\n    name: *v\n",
    );
    check(
        "jobs:\n  a:\n    env: &e # why\n      A: 1 # one\n      # last\n  b:\n    env: *e\n  c:\n    name: &v x # short\n  d:\n    name: *v\n",
        |a| remove_job(a, "a"),
        "jobs:\n  b:\n    env: # why\n      A: 1 # one\n      # last\n  c:\n    name: &v x # short\n  d:\n    name: *v\n",
    );
    let short = "jobs:\n  c:\n    name: &v x # short\n  d:\n    name: *v\n";
    check(short, |a| remove_job(a, "c"), "jobs:\n  d:\n    name: x # short\n");
    check(
        "jobs:\n  a:\n    steps: [&s {run: x}]\n  b:\n    steps: [*s, *s]\n",
        |a| remove_step(a, &path!["jobs", "a", "steps", 0]),
        "jobs:\n  a:\n    steps: []\n  b:\n    steps: [&s {run: x}, *s]\n",
    );
}

#[test]
fn what_stays_keeps_sharing_and_no_anchor_is_left_without_an_alias() {
    let body = "    runs-on: u\n    steps: &s\n      - run: one\n";
    let plain = body.replace(" &s", "");
    let rest = "  c:\n    runs-on: u\n    steps: *s\n";
    check(
        &format!("jobs:\n  a: &job\n{body}  b: *job\n{rest}"),
        |a| remove_job(a, "a"),
        &format!("jobs:\n  b:\n{body}{rest}"),
    );
    check(
        &format!("jobs:\n  a: &job\n{body}{rest}  b: *job\n"),
        |a| remove_job(a, "a"),
        "jobs:\n  c:\n    runs-on: u\n    steps: &s\n      - run: one\n  b:\n    runs-on: u\n    steps: *s\n",
    );
    check(
        &format!("jobs:\n  a: &job\n{body}  b: *job\n{rest}  d: *job\n"),
        |a| remove_job(a, "a"),
        &format!("jobs:\n  b: &job\n{body}{rest}  d: *job\n"),
    );
    check(
        &format!("jobs:\n  a: &j # A\n{plain}  b: *j\n"),
        |a| remove_job(a, "a"),
        &format!("jobs:\n  b: # A\n{plain}"),
    );
    check(&format!("jobs:\n  a:\n{body}{rest}"), |a| remove_job(a, "a"), &format!("jobs:\n  c:\n{plain}"));
    check(
        "jobs:\n  a:\n    steps:\n      - &s\n        run: x # why\n        env: &e {A: 1}\n      - run: y\n  b:\n    steps:\n      - *s\n    env: *e\n",
        |a| remove_step(a, &path!["jobs", "a", "steps", 0]),
        "jobs:\n  a:\n    steps:\n      - run: y\n  b:\n    steps:\n      - run: x # why\n        env: &e {A: 1}\n    env: *e\n",
    );
    check(
        "jobs:\n  a:\n    steps: [&s {run: &r x}]\n  b:\n    steps: [*s, {run: *r}]\n",
        |a| remove_job(a, "a"),
        "jobs:\n  b:\n    steps: [{run: &r x}, {run: *r}]\n",
    );
    check(
        "jobs:\n  a:\n    services: &all\n      db: &db\n        image: x\n  b:\n    services: *all\n  c:\n    services:\n      other: *db\n",
        |a| remove_job(a, "a"),
        "jobs:\n  b:\n    services:\n      db: &db\n        image: x\n  c:\n    services:\n      other: *db\n",
    );
}

#[test]
fn what_loses_its_last_setting_in_brackets_keeps_empty_ones() {
    let secrets =
        |own: &str| format!("on:\n  workflow_call:\n    secrets: {{A: {own}, B: {{required: true}}}}\n");
    let place = path!["on", "workflow_call", "secrets", "A", "required"];
    check(&secrets("{required: true}"), |a| remove_field(a, &place), &secrets("{}"));
    check(
        "on:\n  workflow_call:\n    secrets:\n      A: {required: true}\n",
        |a| remove_field(a, &place),
        "on:\n  workflow_call:\n    secrets:\n      A:\n",
    );
}

#[test]
fn the_type_of_an_input_takes_what_is_not_its_own_along() {
    let file = "on:\n  workflow_dispatch:\n    inputs:\n      a:\n        type: choice\n        default: x\n        options: [x, y]\n      b:\n        default: 'true'\n";
    let input = |name: &str| path!["on", "workflow_dispatch", "inputs", name];
    let edit = check(
        file,
        |a| set_input_type(a, &input("a"), "boolean"),
        &file.replace("choice\n        default: x\n        options: [x, y]", "boolean"),
    );
    assert_eq!(
        edit.label,
        "make input a of trigger workflow_dispatch a boolean, without options, without the default x"
    );
    check(
        file,
        |a| set_input_type(a, &input("b"), "boolean"),
        &file.replace("        default: 'true'", "        type: boolean\n        default: true"),
    );
    check(
        file,
        |a| set_input_type(a, &input("a"), "string"),
        &file.replace("choice", "string").replace("        options: [x, y]\n", ""),
    );
}

#[test]
fn what_is_handed_over_is_renamed_where_it_is_read() {
    let file = "on:\n  workflow_call:\n    inputs:\n      a: {type: string}\n    secrets:\n      S:\njobs:\n  j:\n    services:\n      db: {image: x}\n    env:\n      A: ${{ inputs.a }}${{ secrets.S }}${{ job.services.db.id }}\n";
    let call = path!["on", "workflow_call"];
    check(
        file,
        |a| rename_field(a, &call.child("inputs").child("a"), "b"),
        &file.replace("a: {type", "b: {type").replace("inputs.a", "inputs.b"),
    );
    check(
        file,
        |a| rename_field(a, &call.child("secrets").child("S"), "T"),
        &file.replace("S:\n", "T:\n").replace("secrets.S", "secrets.T"),
    );
    check(
        file,
        |a| rename_field(a, &path!["jobs", "j", "services", "db"], "pg"),
        &file.replace("db: {", "pg: {").replace("services.db", "services.pg"),
    );
}

#[test]
fn a_variable_is_renamed_only_where_it_is_meant() {
    let file = "env:\n  A: 1\njobs:\n  own:\n    env:\n      A: 2\n    steps:\n      - run: echo ${{ env.A }}\n  steps:\n    steps:\n      - env:\n          A: ${{ env.A }}3\n        run: echo ${{ env.A }}\n      - run: echo ${{ env.a }}\n";
    check(
        file,
        |a| rename_field(a, &path!["env", "A"], "B"),
        &file.replacen("A: 1", "B: 1", 1).replace("${{ env.A }}3", "${{ env.B }}3").replace("env.a", "env.B"),
    );
    check(
        file,
        |a| rename_field(a, &path!["jobs", "own", "env", "A"], "B"),
        &file.replace("A: 2", "B: 2").replacen("env.A", "env.B", 1),
    );
    let step = path!["jobs", "steps", "steps", 0_usize, "env", "A"];
    check(
        file,
        |a| rename_field(a, &step, "B"),
        &file.replace(
            "A: ${{ env.A }}3\n        run: echo ${{ env.A",
            "B: ${{ env.A }}3\n        run: echo ${{ env.B",
        ),
    );
}

#[test]
fn a_variable_is_not_given_a_name_that_would_mean_another() {
    let file = "env:\n  A: 1\n  B: 1\njobs:\n  j:\n    env:\n      C: 2\n      D: 2\n    steps:\n      - env:\n          E: 3\n        run: echo ${{ env.D }}\n      - env:\n          F: 3\n        run: echo\n";
    let d = path!["jobs", "j", "env", "D"];
    assert_eq!(
        refused(file, |a| rename_field(a, &d, "B")),
        "The workflow sets `B` too, which this one would hide; choose another name."
    );
    assert_eq!(
        refused(file, |a| rename_field(a, &d, "E")),
        "Step 1 of job j reads `D` and sets `E` itself, which would be read then; choose another name."
    );
    check(file, |a| rename_field(a, &d, "F"), &file.replace("D: 2", "F: 2").replace("env.D", "env.F"));
    let e = path!["jobs", "j", "steps", 0_usize, "env", "E"];
    assert_eq!(
        refused(file, |a| rename_field(a, &e, "C")),
        "Job j sets `C` too, which this one would hide; choose another name."
    );
}
