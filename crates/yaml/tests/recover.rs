//! What is not YAML is said, and the rest is there all the same.
#![allow(clippy::unwrap_used)]

use stepladder_yaml::{Kind, Language, Path, Tree, edit, path};

/// Reads a text in which a line of `^^^ message` marks what the line above gets told; then the values that must be
/// there in spite of it, as `path = text`.
fn check(fixture: &str, values: &[&str]) {
    let mut text = String::new();
    let mut wanted = Vec::new();
    let mut line_start = 0;
    for line in fixture.lines() {
        let marks = line.trim_start_matches([' ', '#']);
        if marks.starts_with('^') {
            let start = line_start + (line.len() - marks.len());
            let len = marks.bytes().take_while(|b| *b == b'^').count();
            wanted.push((start, start + len, marks[len..].trim().to_owned()));
        } else {
            line_start = text.len();
            text.push_str(line);
            text.push('\n');
        }
    }
    let tree = Tree::parse(text.as_str());
    let got: Vec<_> = tree
        .problems()
        .iter()
        .map(|p| (p.range.start as usize, p.range.end as usize, p.message.clone()))
        .collect();
    let matches = got.len() == wanted.len()
        && got.iter().zip(&wanted).all(|(g, w)| g.0 == w.0 && g.1 == w.1 && g.2.contains(&w.2));
    assert!(
        matches,
        "{text}\ngot {got:#?}\nwanted {wanted:#?}\nread as {:?}",
        tree.nodes().collect::<Vec<_>>()
    );
    for value in values {
        let (path, value) = value.split_once(" = ").unwrap();
        let node = tree.at(&path.parse().unwrap());
        let node = node.unwrap_or_else(|| panic!("nothing at {path} of\n{text}"));
        let got = match node.kind() {
            Kind::Scalar => node.as_str().unwrap().to_owned(),
            _ => node.source().to_owned(),
        };
        assert_eq!(got, value, "{path} of\n{text}");
    }
}

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
fn tabs() {
    check(
        "\
jobs:
\tbuild:
^ A tab indents this line
\t\truns-on: x
\ttest:
\t\truns-on: y
on: push
",
        &["jobs.build.runs-on = x", "jobs.test.runs-on = y", "on = push"],
    );
    check("a: 1\n\tb: 2\n^ A tab indents\nc: 3\n", &["a = 1", "c = 3"]);
    check("a: |\n\techo\n^ A tab indents\nb: 1\n", &["a = echo\n", "b = 1"]);
}

#[test]
fn quotes() {
    check(
        "\
name: \"CI
      ^^^ add the missing `\"`
on: push
jobs:
  build:
    runs-on: \"x\"
",
        &["name = ", "on = push", "jobs.build.runs-on = x"],
    );
    check("name: 'CI\n      ^^^ add the missing `'`\non: push\n", &["on = push"]);
    check("name: 'it's'\n      ^^^^^^ quotes around the whole value\non: push\n", &["name = ", "on = push"]);
    check("a: \"x\" y\n   ^^^^^ Text follows the closing quote\nb: 1\n", &["b = 1"]);
    check("a: \"C:\\dir\"\n   ^^^^^^^^ starts an escape\nb: 1\n", &["b = 1"]);
    check("- run: \"x\n       ^^ add the missing\n- run: y\n", &["[0].run = ", "[1].run = y"]);
}

#[test]
fn brackets() {
    check(
        "\
on:
  push:
    branches: [main
              ^^^^^ add the missing `]`
  pull_request:
jobs:
  a: [b]
",
        &["on.push.branches = ", "on.pull_request = ", "jobs.a = [b]"],
    );
    check("a: {b: c\n   ^^^^^ add the missing `}`\n\nd: e\nf: {g: h}\n", &["d = e", "f.g = h"]);
    check("a: [b,\n   ^^^ add the missing `]`\n  c\n\nd: e\n", &["d = e"]);
    check("a: [${{ x }}, b]\n     ^^^^^^^^^^^ must be in quotes\nc: d\n", &["a = ", "c = d"]);
    check("a: ]\n   ^ closes nothing\nb: c\n", &["a = ", "b = c"]);
    check("a: {{ d }}-x\n   ^^^^^^^^^ put the whole value in quotes\nc: d\n", &["c = d"]);
}

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
fn other_mistakes() {
    check("a: @x\n   ^^ cannot start with `@`\nb: 1\n", &["a = ", "b = 1"]);
    check("a: %x\n   ^^ cannot start with `%`\nb: 1\n", &["b = 1"]);
    check("a: | echo\n     ^^^^ on the line below\n  x\nb: 1\n", &["a = x\n", "b = 1"]);
    check("- *\n  ^ put the value in quotes\n- b\n", &["[0] = ", "[1] = b"]);
    check("- **.md\n  ^^^^^ write it in quotes, `'**.md'`\n- b\n", &["[1] = b"]);
    check("a: !x!y z\n   ^^^^^^ read as a tag\nb: 1\n", &["b = 1"]);
    check("a: x\u{1}y\n   ^^^ control character\nb: 1\n", &["b = 1"]);
    check("a: b # c\n   d\n   ^ cannot go on behind a comment\ne: 1\n", &["e = 1"]);
    check("a: |\n     \n  x\n  ^ A blank line above\nb: 1\n", &["b = 1"]);
    check("a: *x\n   ^^ No anchor `&x`\nb: &y\n  c: *y\n     ^^ stands inside the value\n", &[]);
}

#[test]
fn several_at_once() {
    check(
        "\
name: a: b
      ^^^^ put the value in quotes
on
^^ A colon is missing
jobs:
  build:
    runs-on: \"x
             ^^ add the missing
    steps:
      - run: y
      - @z
        ^^ cannot start
      - run: w
",
        &["jobs.build.steps[0].run = y", "jobs.build.steps[2].run = w"],
    );
}

#[test]
fn broken_bytes_are_known() {
    let tree = Tree::parse("a: b: c\nd\ne: f\n");
    let broken: Vec<_> = tree.broken().iter().map(|range| tree.slice(*range)).collect();
    assert_eq!(broken, ["b: c", "d"]);
}

#[test]
fn endless_mistakes_end() {
    let text = "a: b: c\n".repeat(2000);
    let tree = Tree::parse(text.as_str());
    assert!(tree.problems().len() <= 20);
    let deep = "[".repeat(10_000);
    assert_eq!(Tree::parse(deep.as_str()).problems().len(), 1);
    let deep: String = (0..3_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert!(!Tree::parse(deep).problems().is_empty());
    let deep = "- ".repeat(10_000);
    assert_eq!(Tree::parse(deep).problems().len(), 1);
    let mut bomb = "a0: &a0 [x, x]\n".to_owned();
    for level in 1..40 {
        bomb += &format!("a{level}: &a{level} [*a{0}, *a{0}, *a{0}, *a{0}, *a{0}]\n", level - 1);
    }
    let tree = Tree::parse(bomb);
    assert!(tree.problems().is_empty());
    assert_eq!(tree.root().unwrap().len(), 40);
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

/// A job with a mistake in place of `from`, and the one message that tells of it.
#[track_caller]
fn job_with(from: &str, to: &str, line: u32, message: &str) {
    const GOOD: &str = "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: checkout\n        with:\n          depth: 0\n      - name: x\n        run: echo\n    timeout: 5\n  test:\n    needs: build\n    runs-on: ubuntu-latest\n";
    let text = GOOD.replacen(from, to, 1);
    assert_ne!(text, GOOD);
    let tree = Tree::parse(text.as_str());
    let told: Vec<_> =
        tree.problems().iter().map(|it| (tree.line_col(it.range.start).line, &it.message)).collect();
    let [(at, said)] = told.as_slice() else { panic!("{text}{told:#?}") };
    assert!(*at == line && said.contains(message), "{text}{told:#?}");
    let paths = |tree: &Tree| -> Vec<String> {
        let keys = tree.nodes().filter(|node| node.is_key());
        keys.map(|key| format!("{} {:?}", key.path(), key.as_str())).collect()
    };
    assert_eq!(paths(&tree), paths(&Tree::parse(GOOD)), "{text}");
    for node in tree.nodes().filter(|node| node.is_key()) {
        assert_eq!(Some(node.source()), node.as_str(), "{text}");
    }
}

#[test]
fn a_first_key_without_its_colon_is_told_on_its_own_line() {
    job_with("runs-on: ", "runs-on ", 4, "A colon is missing behind `runs-on`");
    job_with("uses: ", "uses ", 6, "A colon is missing behind `uses`");
    job_with("needs: ", "needs ", 13, "A colon is missing behind `needs`");
    job_with("name: x", "name x", 9, "A colon is missing behind `name`");
}

#[test]
fn the_first_line_of_a_block_that_is_too_deep_takes_nothing_with_it() {
    for build in ["   build:", "    build:", "     build:"] {
        job_with("  build:", build, 3, "deeper than the ones that follow it");
    }
}

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

#[test]
fn a_head_far_from_its_place_is_known_by_what_it_holds() {
    job_with("    steps", "       steps", 5, "align it with");
    job_with("    steps", " steps", 5, "align it with");
    job_with("        with", "           with", 7, "align it with");
}

#[test]
fn the_text_of_a_line_that_is_broken_goes_with_it() {
    check(
        "\
steps:
  - env:
      A: 1
    run: \"|
         ^^ This quote is never closed
      make it
      echo
    if: x
  - run: y
",
        &["steps[0].env.A = 1", "steps[0].if = x", "steps[1].run = y"],
    );
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

#[test]
fn what_stands_at_a_broken_value_is_told_as_it_stands() {
    let at = |text: &str, path: &Path| {
        let tree = Tree::parse(text);
        tree.at(path).and_then(|node| edit::broken_text(&node).map(str::to_owned))
    };
    let job = |line: &str| format!("a:\n  x: 1\n  {line}\n  z: 2\nb: 3\n");
    for (line, shown) in [
        ("name: \"It", "\"It"),
        ("name: 'x'y", "'x'y"),
        ("name: 'x'y # why", "'x'y # why"),
        ("name: [a, b", "[a, b"),
        ("name:   a: b", "a: b"),
    ] {
        assert_eq!(at(&job(line), &path!["a", "name"]).as_deref(), Some(shown), "{line}");
    }
    assert_eq!(at("a:\n  - if: 'x'y\n    run: z\n", &path!["a", 0, "if"]).as_deref(), Some("'x'y"));
    assert_eq!(at("a:\n  - 'x'y\n  - z\n", &path!["a", 0]).as_deref(), Some("'x'y"));
    for whole in [path!["a", "x"], path!["a", "z"], path!["b"]] {
        assert_eq!(at(&job("name: \"It"), &whole), None, "{whole}");
    }
}
