//! Lines that start in another column than they should.

use stepladder_yaml::{Language, Tree};

use super::{check, job_with};

#[test]
fn indentation() {
    check(
        "\
jobs:
  build:
    runs-on: x
   test:
   ^^^^^ fits none of the lines above
    runs-on: y
  last:
    runs-on: z
",
        &["jobs.build.runs-on = x", "jobs.last.runs-on = z"],
    );
    check("a: 1\n  b: 2\n  ^^^^ align it with the keys above\n    c: 3\nd: 4\n", &["d = 4"]);
    check("  a: 1\n  ^^^^ start it at the same column\n  b: 2\nc: 3\nd: 4\n", &["c = 3", "d = 4"]);
    check(
        "\
steps:
  - run: a
   name: b
   ^^^^^^^ has no `-`
  - run: c
",
        &["steps[0].run = a", "steps[1].run = c"],
    );
    check(
        "\
a:
  run: |
    echo 1
  echo 2
  ^^^^^^ nor indented deeply enough
  b: 1
",
        &["a.run = echo 1\n", "a.b = 1"],
    );
    check("a: 1\n- b\n^^^ A list item stands among keys\nc: d\n", &["a = 1", "c = d"]);
    check("a: - b\n   ^^^ move the `-` there\nc: d\n", &["c = d"]);
}

#[test]
fn one_misplaced_line_is_told_once() {
    check(
        "\
a:
  b: 1
    c: 2
    ^^^^ This line is indented deeper than the one above
    d: 3
    e: 4
  f: 5
g:
  h: 6
    i: 7
    ^^^^ This line is indented deeper than the one above
",
        &["a.b = 1", "a.f = 5", "g.h = 6"],
    );
}

#[test]
fn a_line_that_is_moved_alone_hides_no_other() {
    check(
        "\
on: push
 jobs:
 ^^^^^ align it with
  build:
    runs-on: x
     timeout: 5
     ^^^^^^^^^^ align it with
  test:
    runs-on: y
    steps:
      - name: z
         run: w
         ^^^^^^ align it with
",
        &["on = push", "jobs.build.runs-on = x", "jobs.build.timeout = 5", "jobs.test.steps[0].run = w"],
    );
    // With all that is below it, it is one mistake.
    check(
        "\
jobs:
  build:
    runs-on: x
  test:
    steps:
      - run: v
       - run: w
       ^^^^^^^^ 
         env:
           A: 1
",
        &["jobs.build.runs-on = x"],
    );
}

#[test]
fn the_first_line_of_a_block_that_is_too_deep_takes_nothing_with_it() {
    for build in ["   build:", "    build:", "     build:"] {
        job_with("  build:", build, 3, "deeper than the ones that follow it");
    }
}

#[test]
fn a_head_far_from_its_place_is_known_by_what_it_holds() {
    job_with("    steps", "       steps", 5, "align it with");
    job_with("    steps", " steps", 5, "align it with");
    job_with("        with", "           with", 7, "align it with");
}

const LANGUAGE: Language =
    Language { is_root_key: |key| matches!(key, "on" | "env" | "jobs" | "defaults"), holds: |_, _, _| false };

#[test]
fn keys_of_the_document_are_known_in_any_column() {
    for (before, after) in
        [("jobs:", "   jobs:"), ("jobs:", "\tjobs:"), ("  build:", "build:"), ("    defaults:", "defaults:")]
    {
        let good = "on: push\nenv:\n  A: x\njobs:\n  build:\n    runs-on: x\n    defaults:\n      B: x\n    steps:\n      - run: v\n  test:\n    runs-on: x\n";
        let text = good.replacen(before, after, 1);
        let tree = Tree::parse_in(text.as_str(), &LANGUAGE);
        assert_eq!(tree.problems().len(), 1, "{text}{:#?}", tree.problems());
        let paths = |tree: &Tree| -> Vec<String> {
            tree.nodes().filter(|node| node.is_key()).map(|key| key.path().to_string()).collect()
        };
        assert_eq!(paths(&tree), paths(&Tree::parse(good)), "{text}");
    }
}

#[test]
fn a_line_one_column_beside_its_place_hides_nothing() {
    const ALIGN: &str = "align it with";
    job_with("    runs-on", "   runs-on", 4, "indented less");
    job_with("    steps", "     steps", 5, ALIGN);
    job_with("    steps", "   steps", 5, ALIGN);
    job_with("        with", "       with", 7, "indentation to that of a key");
    job_with("        with", "         with", 7, ALIGN);
    job_with("        run", "         run", 10, ALIGN);
    job_with("        run", "       run", 10, "");
    job_with("    timeout", "   timeout", 11, ALIGN);
    job_with("    timeout", "     timeout", 11, ALIGN);
    job_with("  test:", "   test:", 12, ALIGN);
    job_with("  test:", " test:", 12, ALIGN);
    job_with("      - name", "     - name", 9, ALIGN);
    job_with("      - name", "       - name", 9, "");
    job_with("        with", "        \twith", 7, "A tab");
    job_with("        with", "      \twith", 7, "A tab");
    job_with("run: echo", "run:echo", 10, "A space is missing");
}
