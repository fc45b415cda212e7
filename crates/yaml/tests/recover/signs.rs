//! Tabs, quotes, brackets and other signs.

use super::check;

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
