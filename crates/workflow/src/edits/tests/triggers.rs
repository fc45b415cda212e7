use super::*;

#[test]
fn a_second_event_makes_a_list() {
    check(
        "on: push # c\njobs: {}\n",
        |a| add_trigger(a, "pull_request"),
        "on: [push, pull_request] # c\njobs: {}\n",
    );
    check("on: [push]\n", |a| add_trigger(a, "fork"), "on: [push, fork]\n");
    check("on:\n  - push # c\n", |a| add_trigger(a, "fork"), "on:\n  - push # c\n  - fork\n");
    check(
        "on:\n  push:\n    branches: [main]\n\njobs: {}\n",
        |a| add_trigger(a, "pull_request"),
        "on:\n  push:\n    branches: [main]\n  pull_request:\n\njobs: {}\n",
    );
}

#[test]
fn the_first_event_is_a_word() {
    check("on: []\n", |a| add_trigger(a, "push"), "on: push\n");
    check("name: x\njobs: {}\n", |a| add_trigger(a, "push"), "name: x\non: push\njobs: {}\n");
}

#[test]
fn settings_make_a_mapping_and_keep_comments() {
    let push_only = |a: &Analysis| set_list(a, &path!["on", "push", "branches"], &["main".to_owned()]);
    check("on: push # c\nx: 1\n", push_only, "on: # c\n  push:\n    branches: [main]\nx: 1\n");
    check(
        "on: [push, fork] # c\nx: 1\n",
        push_only,
        "on: # c\n  push:\n    branches: [main]\n  fork:\nx: 1\n",
    );
    check(
        "on: [\n  push, # a\n  # b\n  fork\n]\nx: 1\n",
        push_only,
        "on:\n  push: # a\n    branches: [main]\n  # b\n  fork:\nx: 1\n",
    );
    check(
        "on:\n- push # a\n# b\n- fork\nx: 1\n",
        |a| set_list(a, &path!["on", "fork", "types"], &["x".to_owned()]),
        "on:\n  push: # a\n# b\n  fork:\n    types: [x]\nx: 1\n",
    );
}

#[test]
fn a_schedule_has_a_time_from_the_start() {
    let edit = check(
        "on: push\n",
        |a| add_schedule(a, "0 6 * * *", Some("Europe/Berlin")),
        "on:\n  push:\n  schedule:\n    - cron: 0 6 * * *\n      timezone: Europe/Berlin\n",
    );
    assert_eq!(edit.label, "add schedule 0 6 * * *");
    check(
        "on:\n  schedule:\n    - cron: '1 1 * * *'\n    - cron: '2 2 * * *'\n",
        |a| remove_schedule(a, 0),
        "on:\n  schedule:\n    - cron: '2 2 * * *'\n",
    );
}

#[test]
fn the_last_event_leaves_an_empty_list() {
    check("on: push # c\n", |a| remove_trigger(a, "push"), "on: [] # c\n");
    check("on: [push, fork]\n", |a| remove_trigger(a, "push"), "on: [fork]\n");
    check("on: [push, fork, push]\n", |a| remove_trigger(a, "push"), "on: [fork]\n");
    check("on: [{a: 1}, push, fork]\n", |a| remove_trigger(a, "push"), "on: [{a: 1}, fork]\n");
    check("on: [push, push]\n", |a| remove_trigger(a, "push"), "on: []\n");
    check("on:\n  push:\n  fork:\n", |a| remove_trigger(a, "push"), "on:\n  fork:\n");
}

#[test]
fn of_an_event_that_stands_twice_only_the_first_goes() {
    let block = "on:\n  push: # a\n    branches: [main]\n  push: # b\n    branches: [dev]\n";
    let left = "on:\n  push: # b\n    branches: [dev]\n";
    let edit = check(block, |a| remove_trigger(a, "push"), left);
    assert_eq!(edit.label, "remove trigger push");
    let flow = "on: {push: {branches: [main]}, push: {branches: [dev]}}\n";
    check(flow, |a| remove_trigger(a, "push"), "on: {push: {branches: [dev]}}\n");
    let edit = check("on: [push, fork, push]\n", |a| remove_trigger(a, "push"), "on: [fork]\n");
    assert_eq!(edit.label, "remove trigger push, all 2 times");
    for text in [block, flow] {
        let triggers = analysis(text).workflow.triggers;
        let [trigger] = triggers.as_slice() else { panic!("{triggers:?}") };
        assert_eq!(trigger.filters[0].patterns[0].value, "main");
    }
}

#[test]
fn an_event_becomes_another_with_what_both_know() {
    check("on: [push, fork]\n", |a| change_trigger(a, "fork", "watch"), "on: [push, watch]\n");
    check(
        "on:\n  push:\n    branches: [main]\n    tags: [v1]\n",
        |a| change_trigger(a, "push", "pull_request"),
        "on:\n  pull_request:\n    branches: [main]\n",
    );
    assert!(refused("on: [push, fork]\n", |a| change_trigger(a, "push", "fork")).contains("already"));
}

#[test]
fn inputs_are_added_and_renamed() {
    check(
        "on: push\njobs: {}\n",
        |a| add_input(a, "workflow_dispatch", "dry-run", "boolean"),
        "on:\n  push:\n  workflow_dispatch:\n    inputs:\n      dry-run:\n        type: boolean\njobs: {}\n",
    );
    check(
        "on:\n  workflow_dispatch:\n    inputs:\n      a:\n        type: string\njobs:\n  x:\n    if: inputs.a == github.event.inputs.a\n",
        |a| rename_input(a, "a", "b"),
        "on:\n  workflow_dispatch:\n    inputs:\n      b:\n        type: string\njobs:\n  x:\n    if: inputs.b == github.event.inputs.b\n",
    );
}

#[test]
fn events_get_settings_in_brackets_too() {
    check(
        r#"{"on": ["push", "fork"], "jobs": {}}"#,
        |a| set_list(a, &path!["on", "fork", "types"], &["x".to_owned()]),
        r#"{"on": {"push": null, "fork": {types: [x]}}, "jobs": {}}"#,
    );
}

#[test]
fn events_at_an_anchor_get_settings_and_repeated_ones_are_asked_about() {
    let branches = |a: &Analysis| set_list(a, &path!["on", "push", "branches"], &["main".to_owned()]);
    for (before, after) in [
        ("on: &t push # c\n", "on: &t # c\n  push:\n    branches: [main]\n"),
        ("on: &t [push, fork] # c\n", "on: &t # c\n  push:\n    branches: [main]\n  fork:\n"),
        ("on: &t\n  # c\n  - push\n  - fork\n", "on: &t\n  # c\n  push:\n    branches: [main]\n  fork:\n"),
        ("on:\n- push\n- fork\n", "on:\n  push:\n    branches: [main]\n  fork:\n"),
        ("on: { push, fork }\n", "on: { push: {branches: [main]}, fork }\n"),
    ] {
        check(&format!("{before}jobs: {{}}\n"), branches, &format!("{after}jobs: {{}}\n"));
    }
    let file = "x: &t [push, fork]\non: *t\njobs: {}\n";
    let a = analysis(file);
    let refusal = branches(&a).unwrap_err();
    let aliased = refused_for(&a, &refusal).unwrap();
    assert_eq!((aliased.anchor.as_str(), aliased.path), ("t", path!["on"]));
    check(
        file,
        |a| edit_detached(a, &path!["on"], branches),
        "x: &t [push, fork]\non:\n  push:\n    branches: [main]\n  fork:\njobs: {}\n",
    );
    // What an alias repeats as a list stays one.
    assert!(refused("on: &t [push]\nx: *t\njobs: {}\n", branches).contains("repeated"));
    check(
        "on: { push, fork }\njobs: {}\n",
        |a| add_trigger(a, "watch"),
        "on: { push, fork, watch: null }\njobs: {}\n",
    );
}

#[test]
fn the_default_of_an_input_becomes_what_its_new_type_needs() {
    let file = |fields: &str| {
        format!("on:\n  workflow_dispatch:\n    inputs:\n      a: # why\n{fields}jobs: {{}}\n")
    };
    let input = path!["on", "workflow_dispatch", "inputs", "a"];
    let become_of = |before: &str, kind: &str, after: &str| {
        check(&file(before), |a| set_input_type(a, &input, kind), &file(after)).label
    };
    let boolean = "        type: boolean\n        default: true # c\n";
    let number = "        type: number\n        default: 1.10 # c\n";
    become_of(boolean, "string", "        type: string\n        default: 'true' # c\n");
    become_of(boolean, "environment", "        type: environment\n        default: 'true' # c\n");
    become_of(number, "string", "        type: string\n        default: '1.10' # c\n");
    // A choice must offer its default.
    let label = become_of(
        "        type: string\n        default: low\n",
        "choice",
        "        type: choice\n        default: low\n        options: [low]\n",
    );
    assert_eq!(label, "make input a of trigger workflow_dispatch a choice, with the option low");
    become_of(
        number,
        "choice",
        "        type: choice\n        default: '1.10' # c\n        options: ['1.10']\n",
    );
    let label = become_of(
        "        options: [x, y]\n        default: z\n",
        "choice",
        "        type: choice\n        options: [x, y]\n",
    );
    assert_eq!(label, "make input a of trigger workflow_dispatch a choice, without the default z");
    become_of(
        "        options: [x, y]\n        default: y\n",
        "choice",
        "        type: choice\n        options: [x, y]\n        default: y\n",
    );
    let open = "        default: ${{ vars.A }}\n";
    become_of(open, "string", &format!("        type: string\n{open}"));
}

#[test]
fn the_default_of_a_choice_goes_with_its_option() {
    let file = |options: &str, default: &str| {
        format!(
            "on:\n  workflow_dispatch:\n    inputs:\n      a:\n        type: choice\n        options:\n{options}{default}jobs: {{}}\n"
        )
    };
    let options = path!["on", "workflow_dispatch", "inputs", "a", "options"];
    let before = file("          - low # l\n          - high\n", "        default: low # c\n");
    let change = |to: &[&str], after: &str| {
        let items: Vec<String> = to.iter().map(|item| (*item).to_owned()).collect();
        check(&before, |a| set_options(a, &options, &items), after).label
    };
    let place = "options of input a of trigger workflow_dispatch";
    let label = change(
        &["lower", "high"],
        &file("          - lower # l\n          - high\n", "        default: lower # c\n"),
    );
    assert_eq!(label, format!("change {place} to lower, high, with the default lower"));
    let label = change(&["high"], &file("          - high\n", ""));
    assert_eq!(label, format!("change {place} to high, without the default low"));
    let label = change(
        &["low", "mid"],
        &file("          - low # l\n          - mid\n", "        default: low # c\n"),
    );
    assert_eq!(label, format!("change {place} to low, mid"));
    // A default that was none of them before is left to whoever wrote it.
    let astray = before.replace("default: low", "default: other");
    check(
        &astray,
        |a| set_options(a, &options, &["low".to_owned()]),
        &astray.replace("          - high\n", ""),
    );
}
