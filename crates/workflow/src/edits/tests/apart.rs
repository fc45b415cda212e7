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
    let spread = also_changed(&a, &edit).into_iter().next().expect("it reaches others");
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
        &moved("&n [g] #", "[g, c] #", "*n", "[g] # first"),
    );
    spreads(
        |a| set_field(a, &path!["jobs", "a", "env", "B"], &text("two")),
        &["env of job b"],
        &moved("&e {A: &v one}", "{A: &v one, B: two}", "*e", "{A: one}"),
    );
    spreads(
        |a| remove_step(a, &path!["jobs", "a", "steps", 1_usize]),
        &["steps of job b"],
        &moved(
            "steps: &s\n",
            "steps:\n",
            "steps: *s",
            "steps:\n      - uses: actions/checkout@v4\n      - run: make # it",
        )
        .replacen("      - run: make # it\n", "", 1),
    );
    // The innermost goes first, then what is around it.
    let edit = |a: &Analysis| set_field(a, &path!["jobs", "a", "env", "A"], &text("two"));
    let a = analysis(FILE);
    let spread = also_changed(&a, &edit(&a).expect("made")).into_iter().next().expect("it reaches others");
    assert_eq!((spread.anchor.as_str(), spread.by.len()), ("v", 2));
    let alone = edit_apart(&a, edit).expect("made").edit.apply(FILE);
    assert!(may_also_change(&a, &edit(&a).expect("made")));
    assert!(!may_also_change(&a, &set_field(&a, &path!["jobs", "g", "runs-on"], &text("y")).expect("made")));
    assert!(alone.contains("    env: {A: two}\n"), "{alone}");
    assert!(alone.contains("    env: {A: one}\n") && alone.contains("      C: one\n"), "{alone}");
}

#[test]
fn a_move_between_two_jobs_of_one_anchor_leaves_the_third_alone() {
    let file = "jobs:\n  build:\n    runs-on: x\n    steps: &steps\n      - run: a\n      - run: b\n  three:\n    runs-on: x\n    \
                steps: *steps\n  four:\n    runs-on: x\n    steps: *steps\n";
    for (from, third) in [("four", "three"), ("three", "four")] {
        let step = path!["jobs", from, "steps", 1_usize];
        let make = |a: &Analysis| move_step(a, &step, "build", usize::MAX);
        let a = analysis(file);
        let aliased = refused_for(&a, &make(&a).unwrap_err()).expect("it is asked about");
        let detached = edit_detached(&a, &aliased.path, make).expect("made");
        // What is at the anchor gets the step, and the third job with it.
        let [spread] = &also_changed(&a, &detached)[..] else { panic!("it reaches others") };
        assert_eq!(
            (spread.place.as_str(), &spread.by[..]),
            ("steps of job build", &[format!("steps of job {third}")][..])
        );
        let apart = edit_apart(&a, |a| edit_here(a, make)).expect("made");
        assert_eq!(also_changed(&a, &apart), []);
        let after = analysis(&apart.edit.apply(file));
        let steps = |job: &str| {
            let job = after.workflow.job(job).expect("a job");
            job.steps.iter().map(crate::model::Step::title).collect::<Vec<_>>()
        };
        assert_eq!(steps("build"), ["Run a", "Run b", "Run b"]);
        assert_eq!(
            (steps(from), steps(third)),
            (vec!["Run a".to_owned()], vec!["Run a".to_owned(), "Run b".to_owned()])
        );
    }
}

#[test]
fn each_anchor_that_an_edit_changes_is_told() {
    let file = "jobs:\n  a:\n    runs-on: x\n    steps: &one\n      - run: a\n      - run: b\n  b:\n    runs-on: x\n    steps: &two\n      \
                - run: c\n  c:\n    runs-on: x\n    steps: *one\n  d:\n    runs-on: x\n    steps: *two\n";
    let a = analysis(file);
    let edit = move_step(&a, &path!["jobs", "a", "steps", 0_usize], "b", 0).expect("made");
    let mut told: Vec<_> =
        also_changed(&a, &edit).into_iter().map(|spread| (spread.anchor, spread.by.join(", "))).collect();
    told.sort();
    let words = |anchor: &str, by: &str| (anchor.to_owned(), by.to_owned());
    assert_eq!(told, [words("one", "steps of job c"), words("two", "steps of job d")]);
}

#[test]
fn names_versions_and_what_is_elsewhere_spread_to_nobody() {
    let a = analysis(FILE);
    let none = |edit: Result<Edit, Refusal>| also_changed(&a, &edit.expect("made")).is_empty();
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
        &file.replace("needs: &n [a]", "needs: [a, h]").replace("*n", "[a]"),
    );
    let whole = "jobs:\n  a: &a\n    runs-on: x\n  b: *a\n";
    check(
        whole,
        |a| add_need(a, "a", "b"),
        "jobs:\n  a:\n    needs: b\n    runs-on: x\n  b:\n    runs-on: x\n",
    );
}

#[test]
fn what_is_at_an_anchor_gets_its_own_text() {
    let after = FILE.replace("env: &e {A: &v one}", "env: {A: &v one}").replace("env: *e", "env: {A: one}");
    let a = analysis(FILE);
    let env = path!["jobs", "a", "env"];
    let place = shared(&a, &env, &env).map(|shared| shared.path);
    assert_eq!(place, Some(env.clone()));
    let step = path!["jobs", "a", "steps", 1_usize, "run"];
    assert_eq!(
        shared(&a, &step, &path!["jobs", "a"]).map(|shared| shared.path),
        Some(path!["jobs", "a", "steps"])
    );
    check(FILE, |a| detach_anchor(a, &env), &after);
    // What two aliases repeat goes on being shared by them.
    let third = |b: &str| format!("a: {}\nb: {b}\nc: *x\n", if b == "*x" { "&x [1]" } else { "[1]" });
    check(&third("*x"), |a| detach_anchor(a, &path!["a"]), &third("&x [1]"));
    assert!(detach_anchor(&a, &path!["jobs", "b", "env"]).is_err());
}
