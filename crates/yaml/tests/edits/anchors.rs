//! Anchors and aliases.

use stepladder_yaml::edit::{self, Place, RefusalKind};

use crate::{check_all, p, refused};

#[test]
fn aliases() {
    let text = "a: &k\n  x: &l 1\n  y: |\n    z\nb: *k # c\nd:\n  - *k\ne: [*k]\nf: &m v\ng: *m\n";
    check_all(
        text,
        |tree| edit::detach_alias(tree, &p("b")),
        &text.replace("b: *k # c\n", "b: # c\n  x: 1\n  y: |\n    z\n"),
    );
    check_all(
        text,
        |tree| edit::detach_alias(tree, &p("d[0]")),
        &text.replace("  - *k\n", "  - x: 1\n    y: |\n      z\n"),
    );
    check_all(
        text,
        |tree| edit::detach_alias(tree, &p("e[0]")),
        &text.replace("[*k]", "[{x: 1, y: \"z\\n\"}]"),
    );
    check_all(text, |tree| edit::detach_alias(tree, &p("g")), &text.replace("g: *m", "g: v"));
    let (kind, message) = refused(text, |tree| edit::set(tree, &p("b.x"), &"q".into()));
    assert_eq!(kind, RefusalKind::Alias { anchor: "k".to_owned() });
    assert!(message.contains("anchor `&k` in line 2") && message.contains("detach"), "{message}");
    assert!(matches!(
        refused(text, |tree| edit::insert_entry(tree, &p("b"), "q", &"q".into(), &Place::Last)).0,
        RefusalKind::Alias { .. }
    ));
    check_all(text, |tree| edit::set(tree, &p("a.x"), &2.into()), &text.replace("&l 1", "&l 2"));
    check_all(text, |tree| edit::set(tree, &p("b"), &2.into()), &text.replace("b: *k", "b: 2"));
    // In a copy, an alias within its own anchor would lead to it.
    let (kind, message) = refused("a: &k\n  x: *k\nb: *k\n", |tree| edit::detach_alias(tree, &p("b")));
    assert!(kind == RefusalKind::Missing && message.contains("holds `*k`"), "{message}");
}

#[test]
fn a_copy_of_what_an_alias_repeats_has_its_comments() {
    let steps =
        "a: &s # the line's\n  # first\n  - x: 1 # x\n    # inner\n  # last\n\n  # end\nb: *s # mine\nc: 1\n";
    check_all(
        steps,
        |tree| edit::detach_alias(tree, &p("b")),
        &steps.replace(
            "b: *s # mine\n",
            "b: # mine\n  # first\n  - x: 1 # x\n    # inner\n  # last\n\n  # end\n",
        ),
    );
    let block = "a: &s\n    # first\n    x: |\n        t\n    # last\nb:\n    - *s\n";
    check_all(
        block,
        |tree| edit::detach_alias(tree, &p("b[0]")),
        &block.replace("    - *s\n", "    -\n      # first\n      x: |\n          t\n      # last\n"),
    );
    let flow = "a: &s\n  # first\n  x: 1\n  # last\nb: [*s]\n";
    check_all(flow, |tree| edit::detach_alias(tree, &p("b[0]")), &flow.replace("[*s]", "[{x: 1}]"));
}

#[test]
fn a_copy_of_an_anchored_item_begins_behind_its_dash() {
    for (item, copy) in [
        ("  - &k\n    x: 1\n    y: 2\n", "  - x: 1\n    y: 2\n"),
        ("  # c\n  - &k\n      x: |\n        t\n      # d\n", "  # c\n  - x: |\n      t\n    # d\n"),
        ("  - &k\n    - 1\n    - 2\n", "  - - 1\n    - 2\n"),
        ("  - &k # c\n    x: 1\n", "  - # c\n    x: 1\n"),
        ("  - &k\n    # c\n    x: 1\n", "  -\n    # c\n    x: 1\n"),
    ] {
        let text = format!("s:\n{item}t: 1\n");
        let after = format!("s:\n{item}{copy}t: 1\n");
        check_all(&text, |tree| edit::duplicate_item(tree, &p("s[0]")), &after);
    }
}

#[test]
fn a_detached_list_has_no_dash_on_a_line_of_its_own() {
    for (item, copy) in [
        ("  - &k\n    x: 1\n    y: 2\n", "  - x: 1\n    y: 2\n"),
        ("  -   &k\n      x: &in\n        z: 1\n      y: 2\n", "  -   x:\n        z: 1\n      y: 2\n"),
        ("  - &k\n    - 1\n    - &in\n      x: 2\n", "  - - 1\n    - x: 2\n"),
        ("  - &k # c\n    x: 1\n", "  - # c\n    x: 1\n"),
        ("  - &k\n    # c\n    x: 1\n", "  -\n    # c\n    x: 1\n"),
    ] {
        let text = format!("s: &s\n{item}t: *s\n");
        check_all(&text, |tree| edit::detach_alias(tree, &p("t")), &format!("s: &s\n{item}t:\n{copy}"));
    }
}
