use super::*;

const FILE: &str = "jobs:
  build:
    if: &cond github.ref == 'x' # when
    timeout-minutes: &t 5
    runs-on: &r [self-hosted, big]
    env: {A: &a one}
    steps:
      - &co
        run: &script |
          make
          make test
  nightly:
    if: *cond
    timeout-minutes: *t
    runs-on: *r
    env:
      B: *a # here
    steps:
      - run: *script
      - *co
";

/// The edit is refused for an alias, and can be made at its anchor and here alone.
#[track_caller]
fn asked(
    make: impl Fn(&Analysis) -> Result<Edit, Refusal>,
    (old, at_anchor): (&str, &str),
    (alias, alone): (&str, &str),
) {
    let refusal = make(&analysis(FILE)).expect_err("it must be asked about");
    let aliased = refused_for(&analysis(FILE), &refusal).expect(&refusal.message);
    check(FILE, |a| edit_at_anchor(a, &make), &FILE.replace(old, at_anchor));
    assert_eq!(FILE.matches(alias).count(), 1, "{alias}");
    check(FILE, |a| edit_detached(a, &aliased.path, &make), &FILE.replace(alias, alone));
}

#[test]
fn a_value_that_an_alias_repeats_is_asked_about() {
    let job = path!["jobs", "nightly"];
    asked(
        |a| set_field(a, &job.child("if"), &text("always()")),
        ("&cond github.ref == 'x'", "&cond always()"),
        ("if: *cond", "if: always()"),
    );
    asked(
        |a| set_field(a, &job.child("timeout-minutes"), &Value::Int(9)),
        ("&t 5", "&t 9"),
        ("minutes: *t", "minutes: 9"),
    );
    asked(
        |a| set_list(a, &job.child("runs-on"), &["self-hosted".into(), "small".into()]),
        ("[self-hosted, big]", "[self-hosted, small]"),
        ("runs-on: *r", "runs-on: [self-hosted, small]"),
    );
    asked(
        |a| set_field(a, &job.child("env").child("B"), &text("two")),
        ("&a one", "&a two"),
        ("B: *a", "B: two"),
    );
    asked(
        |a| insert_expression(a, &job.child("env").child("B"), None, "github.sha"),
        ("{A: &a one}", "{A: &a 'one${{ github.sha }}'}"),
        ("B: *a", "B: one${{ github.sha }}"),
    );
    asked(
        |a| set_field(a, &job.child("steps").child(0).child("run"), &text("make\nmake all\n")),
        ("make test", "make all"),
        ("run: *script", "run: |\n          make\n          make all"),
    );
}

#[test]
fn aliases_within_what_an_alias_repeats_are_detached_along() {
    let file = "jobs:\n  a:\n    if: &c x\n    steps:\n      - &s\n        if: *c\n        run: a\n  b:\n    steps:\n      - *s\n";
    let place = path!["jobs", "b", "steps", 0, "if"];
    let make = |a: &Analysis| set_field(a, &place, &text("z"));
    let aliased = refused_for(&analysis(file), &make(&analysis(file)).unwrap_err()).unwrap();
    assert_eq!(aliased.path, path!["jobs", "b", "steps", 0]);
    let alone = file.replace("      - *s\n", "      - if: z\n        run: a\n");
    check(file, |a| edit_detached(a, &aliased.path, make), &alone);
}

#[test]
fn what_replaces_an_alias_on_purpose_needs_no_answer() {
    let place = path!["jobs", "nightly", "if"];
    check(FILE, |a| remove_field(a, &place), &FILE.replace("    if: *cond\n", ""));
    let source = Value::Source("always()".into());
    check(FILE, |a| set_field(a, &place, &source), &FILE.replace("if: *cond", "if: always()"));
    // One that leads nowhere repeats nothing.
    let file = "on: push\nname: *none\n";
    check(file, |a| set_field(a, &path!["name"], &text("CI")), "on: push\nname: CI\n");
}

#[test]
fn who_else_changes_is_told() {
    let file = "jobs:\n  build: &job\n    env: &e\n      A: 1\n    steps: &steps\n      - &co\n        uses: x\n  second:\n    env: *e\n    steps: *steps\n  copy: *job\n  other:\n    steps:\n      - *co\n";
    let a = analysis(file);
    let by = |path: Path, within: Path| {
        shared(&a, &path, &within).map(|shared| (shared.anchor, shared.by.join(", ")))
    };
    let job = path!["jobs", "build"];
    let told = |anchor: &str, by: &str| Some((anchor.to_owned(), by.to_owned()));
    assert_eq!(by(job.clone(), job.clone()), told("job", "job copy"));
    assert_eq!(by(job.child("env"), job.child("env")), told("e", "env of job second, job copy"));
    let step = job.child("steps").child(0_usize);
    assert_eq!(
        by(step.child("uses"), Path::root()),
        told("co", "steps of job second, job copy, step 1 of job other")
    );
    assert_eq!(by(step.child("uses"), step.child("uses")), None);
    assert_eq!(by(path!["jobs", "other", "steps", 0_usize], Path::root()), None);
    let refusal = set_field(&a, &path!["jobs", "other", "steps", 0_usize, "uses"], &text("y")).unwrap_err();
    assert_eq!(refused_for(&a, &refusal).map(|aliased| aliased.uses), Some(3));
}
