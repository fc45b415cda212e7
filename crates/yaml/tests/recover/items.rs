//! Items of lists, and what stands among them.

use super::{check, job_with};

#[test]
fn an_item_without_its_dash_is_read_as_one() {
    job_with("      - uses", "      uses", 6, "has no `-`");
    job_with("      - name", "      name", 9, "has no `-`");
    check(
        "\
steps:
- uses: a
name: b
^^^^^^^ has no `-`
- uses: c
",
        &["steps[1].name = b", "steps[2].uses = c"],
    );
}

#[test]
fn a_word_among_the_items_of_a_list_hides_none_of_them() {
    for word in ["x", "foo", "stray", "name", "foo # why", "foo\n\n      # why"] {
        let shown = "^".repeat(word.split([' ', '\n']).next().unwrap().len());
        let told = format!("      {shown} has no `-`\n");
        let (first, rest) = word.split_once('\n').unwrap_or((word, ""));
        let line = format!("      {first}\n{told}{rest}{}", if rest.is_empty() { "" } else { "\n" });
        let (start, one) = ("jobs:\n  a:\n    steps:\n", "      - name: S\n        run: ls\n");
        let (two, end) = ("      - name: T\n        run: ls\n", "  b:\n    uses: c\n");
        for steps in [
            [&line, one, "", two, ""],
            ["", one, &line, two, ""],
            ["", one, "", two, &line],
            [&line, one, &line, two, &line],
        ] {
            check(
                &format!("{start}{}{end}", steps.concat()),
                &["jobs.a.steps[0].name = S", "jobs.a.steps[1].name = T", "jobs.b.uses = c"],
            );
        }
        check(
            &format!("{start}{line}{line}{one}{line}{line}{two}"),
            &["jobs.a.steps[0].name = S", "jobs.a.steps[1].name = T"],
        );
    }
    check(
        "\
jobs:
  a:
    steps:
      - name: S
        run: ls
      foo
      ^^^ has no `-`
        run: make
      - name: T
",
        &["jobs.a.steps[0].run = ls", "jobs.a.steps[1].name = T"],
    );
    check(
        "\
steps:
- name: S
foo
^^^ has no `-`
- name: T
",
        &["steps[0].name = S", "steps[1].name = T"],
    );
    check(
        "\
list:
  - 1
  foo
  ^^^ has no `-`
  - 2
",
        &["list[0] = 1", "list[1] = 2"],
    );
}

#[test]
fn a_word_in_the_column_of_a_list_may_be_the_key_of_another() {
    check(
        "\
on:
  push:
    branches:
    - main
    tags
    ^^^^ A colon is missing
    - v1
",
        &["on.push.branches[0] = main", "on.push.tags[0] = v1"],
    );
    check(
        "\
include:
  - os:
    - a
    node
    ^^^^ A colon is missing
    - b
",
        &["include[0].os[0] = a", "include[0].node[0] = b"],
    );
    check(
        "\
on:
  schedule
  ^^^^^^^^ A colon is missing
  - cron: x
jobs:
  a:
    steps:
    - run: x
",
        &["on.schedule[0].cron = x"],
    );
}
