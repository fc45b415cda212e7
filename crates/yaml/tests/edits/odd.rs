//! Texts that are broken, odd or deep.

use stepladder_yaml::Tree;
use stepladder_yaml::edit::{self, RefusalKind};

use crate::{check, check_all, check_set, map, p, refused};

#[test]
fn broken_text() {
    let text = "a: 1\nb: c: d\ne:\n  f: 1\n";
    check(text, |tree| edit::set(tree, &p("a"), &2.into()), "a: 2\nb: c: d\ne:\n  f: 1\n");
    check(text, |tree| edit::set(tree, &p("e.g"), &2.into()), "a: 1\nb: c: d\ne:\n  f: 1\n  g: 2\n");
    let (kind, message) = refused(text, |tree| edit::set(tree, &p("b"), &2.into()));
    assert_eq!(kind, RefusalKind::Broken);
    assert!(message.contains("not YAML yet"), "{message}");
    assert_eq!(refused(text, |tree| edit::remove(tree, &p("b"))).0, RefusalKind::Broken);
    check(text, |tree| edit::remove(tree, &p("a")), "b: c: d\ne:\n  f: 1\n");
}

#[test]
fn odd_places() {
    check_set(
        "-   a: 1\n    b: 2\n- c\n",
        "[0]",
        map(&[("x", 1.into()), ("z", 2.into())]),
        "-   x: 1\n    z: 2\n- c\n",
    );
    check_all(
        "-   a: 1\n    b: 2\n",
        |tree| edit::wrap_in_sequence(tree, &p("[0]")),
        "-   - a: 1\n      b: 2\n",
    );
    check_set("a: x\n  # below\nb: 1\n", "a", "p\nq", "a: \"p\\nq\"\n  # below\nb: 1\n");
    check_all(
        "- |2\n    a\n   b\n",
        |tree| edit::wrap_in_sequence(tree, &p("[0]")),
        "- - |2\n      a\n     b\n",
    );
}

#[test]
fn deep_texts_are_edited() {
    let deep = format!("a: {}x{}\nb: 1\n", "[".repeat(198), "]".repeat(198));
    check_set(&deep, "b", 2, &deep.replace("b: 1", "b: 2"));
    let mut block = String::new();
    for depth in 0..198 {
        block += &format!("{}k:\n", " ".repeat(depth));
    }
    block += "b: 1\n";
    assert_eq!(Tree::parse(block.as_str()).problems(), []);
    check_set(&block, "b", 2, &block.replace("b: 1", "b: 2"));
}
