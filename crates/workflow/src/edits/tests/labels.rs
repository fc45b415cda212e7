//! What edits are called in the undo list.

use super::*;

#[test]
fn labels_tell_what_is_new_and_the_value() {
    let text =
        "on:\n  workflow_dispatch:\n    inputs:\n      a: {type: string}\njobs:\n  b:\n    runs-on: x\n";
    let a = &analysis(text);
    let label = |edit: Result<Edit, Refusal>| edit.unwrap().label;
    let set = |path: &str, value: Value| label(set_field(a, &path.parse().unwrap(), &value));
    assert_eq!(
        set("on.workflow_call.secrets.token", Value::Null),
        "add secret token of trigger workflow_call"
    );
    assert_eq!(set("jobs.b.outputs.x", "".into()), "add output x of job b");
    assert_eq!(set("jobs.b.env.X", "".into()), "add variable X of job b");
    assert_eq!(set("env.X", "a".into()), "add variable X");
    assert_eq!(set("jobs.b.with.x", "".into()), "add input x of job b");
    assert_eq!(set("jobs.env.name", "N".into()), "set name of job env to N");
    assert_eq!(set("jobs.b.services.db", Value::Map(vec![])), "add service db of job b");
    let read = Value::Map(vec![("contents".into(), "read".into())]);
    assert_eq!(set("jobs.b.permissions", read), "set permissions of job b to contents: read");
    assert_eq!(set("jobs.b.permissions", Value::Map(vec![])), "set permissions of job b to nothing");
    let labels = ["self-hosted".to_owned(), "linux".to_owned()];
    assert_eq!(
        label(set_list(a, &"jobs.b.runs-on".parse().unwrap(), &labels)),
        "change runs-on of job b to self-hosted, linux"
    );
    let input = |value: Value| set("on.workflow_dispatch.inputs.a.default", value);
    assert_eq!(input(Value::Float(1.5)), "set default of input a of trigger workflow_dispatch to 1.5");
    assert_eq!(input("abc".into()), "set default of input a of trigger workflow_dispatch to abc");
    assert_eq!(set("on.schedule[0].cron", "".into()), "empty cron of schedule 1");
    assert_eq!(label(set_list(a, &"jobs.b.needs".parse().unwrap(), &[])), "remove needs of job b");
    assert_eq!(
        label(set_permission(a, Some("b"), "contents", Some("write"))),
        "let job b write contents, nothing else"
    );
    assert_eq!(
        label(set_permission(a, Some("b"), "contents", Some("none"))),
        "give job b no access to contents, nothing else"
    );
    let input = "on.workflow_dispatch.inputs.a".parse().unwrap();
    assert_eq!(
        label(set_input_type(a, &input, "environment")),
        "make input a of trigger workflow_dispatch an environment"
    );
}

#[test]
fn an_action_of_another_kind_loses_what_only_the_former_has() {
    let file = "name: A\noutputs:\n  r:\n    description: R\n    value: x # where from\nruns:\n  using: composite # kind\n  # what it does\n  steps:\n    - run: a\n      shell: bash\n  other: 1\n";
    let edit = check(
        file,
        |a| set_action_kind(a, "docker"),
        "name: A\noutputs:\n  r:\n    description: R\nruns:\n  using: docker # kind\n  other: 1\n",
    );
    assert_eq!(
        edit.label,
        "make the action one of the kind docker, without steps and the values of its outputs"
    );
    let node = "runs:\n  using: node20\n  # ours\n  main: a.js\n  post: b.js\n";
    check(node, |a| set_action_kind(a, "node24"), &node.replace("node20", "node24"));
    let edit = check(node, |a| set_action_kind(a, "composite"), "runs:\n  using: composite\n");
    assert!(edit.label.ends_with(", without main and post"), "{}", edit.label);
}
