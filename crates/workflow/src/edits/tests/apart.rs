use super::*;

const FILE: &str = "jobs:
  a:
    runs-on: x
    needs: &n [g] # first
    env: &e {A: &v one}
    steps: &s
      - &co
        uses: actions/checkout@v4
      - run: make # it
  b:
    runs-on: x
    needs: *n
    env: *e
    steps: *s
  c:
    runs-on: x
    env:
      C: *v
    steps:
      - *co
  g:
    runs-on: x
    steps: [run: x]
";

/// The edit reaches these places too; for here alone it leads to `after`.
#[track_caller]
fn spreads(make: impl Fn(&Analysis) -> Result<Edit, Refusal>, by: &[&str], after: &str) {
    let a = analysis(FILE);
    let edit = make(&a).expect("made");
    let spread = also_changed(&a, &edit).expect("it reaches others");
    assert_eq!(spread.by, by);
    check(FILE, |a| edit_apart(a, &make), after);
}

#[test]
fn what_is_changed_at_an_anchor_is_told_with_those_who_repeat_it_and_can_be_changed_alone() {
    let moved = |from: &str, to: &str, alias: &str, copy: &str| {
        assert_eq!((FILE.matches(from).count(), FILE.matches(alias).count()), (1, 1));
        FILE.replace(from, to).replace(alias, copy)
    };
    spreads(
        |a| add_need(a, "a", "c"),
        &["needs of job b"],
        &moved("&n [g] #", "[g, c] #", "*n", "&n [g] # first"),
    );
    spreads(
        |a| set_field(a, &path!["jobs", "a", "env", "B"], &text("two")),
        &["env of job b"],
        &moved("&e {A: &v one}", "{A: &v one, B: two}", "*e", "&e {A: one}"),
    );
    spreads(
        |a| remove_step(a, &path!["jobs", "a", "steps", 1_usize]),
        &["steps of job b"],
        &moved(
            "steps: &s\n",
            "steps:\n",
            "steps: *s",
            "steps: &s\n      -\n        uses: actions/checkout@v4\n      - run: make # it",
        )
        .replacen("      - run: make # it\n", "", 1),
    );
    // The innermost goes first, then what is around it.
    let edit = |a: &Analysis| set_field(a, &path!["jobs", "a", "env", "A"], &text("two"));
    let a = analysis(FILE);
    let spread = also_changed(&a, &edit(&a).expect("made")).expect("it reaches others");
    assert_eq!((spread.anchor.as_str(), spread.by.len()), ("v", 2));
    let alone = edit_apart(&a, edit).expect("made").edit.apply(FILE);
    assert!(alone.contains("    env: {A: two}\n"), "{alone}");
    assert!(alone.contains("    env: &e {A: one}\n") && alone.contains("      C: &v one\n"), "{alone}");
}

#[test]
fn names_versions_and_what_is_elsewhere_spread_to_nobody() {
    let a = analysis(FILE);
    let none = |edit: Result<Edit, Refusal>| also_changed(&a, &edit.expect("made")).is_none();
    assert!(none(rename_job(&a, "g", "h")));
    assert!(none(remove_job(&a, "g")));
    assert!(none(remove_job(&a, "a")));
    assert!(none(add_job(&a, &NewJob::default())));
    assert!(none(set_field(&a, &path!["jobs", "a", "timeout-minutes"], &Value::Int(5))));
    assert!(none(move_job(&a, "g", 0)));
}

#[test]
fn who_would_wait_for_itself_through_an_anchor_keeps_its_needs() {
    let file = "jobs:\n  a:\n    runs-on: x\n  g:\n    needs: &n [a]\n    runs-on: x\n  h:\n    needs: *n\n    runs-on: x\n";
    check(
        file,
        |a| add_need(a, "g", "h"),
        &file.replace("needs: &n [a]", "needs: [a, h]").replace("*n", "&n [a]"),
    );
    let whole = "jobs:\n  a: &a\n    runs-on: x\n  b: *a\n";
    check(
        whole,
        |a| add_need(a, "a", "b"),
        "jobs:\n  a:\n    needs: b\n    runs-on: x\n  b: &a\n    runs-on: x\n",
    );
}
