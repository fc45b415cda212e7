//! Colons that lack, and those that are too many.

use stepladder_yaml::Tree;

use super::{check, job_with};

#[test]
fn missing_colons() {
    check(
        "\
on: push
jobs
^^^^ A colon is missing behind `jobs`.
  build:
    runs-on: x
",
        &["on = push", "jobs.build.runs-on = x"],
    );
    check(
        "\
jobs
^^^^ A colon is missing
  build:
    runs-on: x
",
        &["jobs.build.runs-on = x"],
    );
    check(
        "\
name
^^^^ A colon is missing
on: push
",
        &["name = ", "on = push"],
    );
    check(
        "\
steps:
  - uses: a
    wit
    ^^^ A colon is missing behind `wit`.
    env:
      A: 1
  - run: b
",
        &["steps[0].uses = a", "steps[0].wit = ", "steps[0].env.A = 1", "steps[1].run = b"],
    );
    check(
        "\
steps:
  - uses: a
    with
    ^^^^ A colon is missing
      x: 1
",
        &["steps[0].with.x = 1"],
    );
    check(
        "\
a: 1
b:2
^^^ write `b: 2`
c: 3
",
        &["a = 1", "c = 3"],
    );
    check(
        "\
- a
-n
^^ A space is missing behind the `-`
- c
",
        &["[0] = a", "[1] = c"],
    );
}

#[test]
fn keys_that_are_being_written() {
    check("a: 1\nb\n^ A colon is missing behind `b`\nc: 3\n", &["a = 1", "b = ", "c = 3"]);
    check("s:\n  - x: 1\n    y\n    ^ A colon is missing\n  - z\n", &["s[0].x = 1", "s[0].y = ", "s[1] = z"]);
    let tree = Tree::parse("jobs:\n  build:\n    x: 1\n    ru\n");
    let key = tree.node_at(30).unwrap();
    assert!(key.is_key());
    assert_eq!(
        (key.as_str(), key.source(), key.path().to_string().as_str()),
        (Some("ru"), "ru", "jobs.build.ru")
    );
}

#[test]
fn too_many_colons() {
    check(
        "\
name: Build: all
      ^^^^^^^^^^ put the value in quotes
on: push
",
        &["name = Build: all", "on = push"],
    );
    check(
        "\
steps:
  - run: echo \"a: b\" # why
         ^^^^^^^^^^^^^^^^^ put the value in quotes
    name: x
  - run: y
",
        &["steps[0].run = echo \"a: b\"", "steps[0].name = x", "steps[1].run = y"],
    );
    // What stands deeper is the value of what ends with the colon.
    check(
        "on: push:\n#   ^^^^^ put the value in quotes\n  branches: x\nd: e\n",
        &["on.branches = x", "d = e"],
    );
    check("a: 'b': c\n#  ^^^^^^ put the value in quotes\nd: e\n", &["d = e"]);
}

#[test]
fn a_blank_behind_the_colon_of_a_first_key() {
    check(
        "\
steps:
  - name:foo
    ^^^^^^^^ A space is missing behind the colon: write `name: foo`.
    run: x
  - uses:a/b@v6
    ^^^^^^^^^^^ A space is missing behind the colon
    with: y
build:
  runs-on:ubuntu-latest
  ^^^^^^^^^^^^^^^^^^^^^ A space is missing behind the colon
  steps: z
",
        &[
            "steps[0].name = foo",
            "steps[0].run = x",
            "steps[1].uses = a/b@v6",
            "steps[1].with = y",
            "build.runs-on = ubuntu-latest",
            "build.steps = z",
        ],
    );
}

#[test]
fn a_first_key_without_its_colon_is_told_on_its_own_line() {
    job_with("runs-on: ", "runs-on ", 4, "A colon is missing behind `runs-on`");
    job_with("uses: ", "uses ", 6, "A colon is missing behind `uses`");
    job_with("needs: ", "needs ", 13, "A colon is missing behind `needs`");
    job_with("name: x", "name x", 9, "A colon is missing behind `name`");
}
