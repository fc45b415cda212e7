//! What is known of a text with mistakes as a whole.

use stepladder_yaml::{Path, Tree, edit, path};

use super::check;

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
