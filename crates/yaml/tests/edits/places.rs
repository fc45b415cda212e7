//! Entries and items are removed, moved and copied.

use stepladder_yaml::Tree;
use stepladder_yaml::edit::{self, Place, RefusalKind};

use crate::{check, check_all, p, refused};

#[test]
fn removing() {
    let remove = |before: &str, path: &str, after: &str| {
        check_all(before, |tree| edit::remove(tree, &p(path)), after);
    };
    remove("a: 1\nb: 2\nc: 3\n", "b", "a: 1\nc: 3\n");
    remove("a: 1\nb: 2\n", "b", "a: 1\n");
    remove("a: 1\nb: 2\n", "a", "b: 2\n");
    remove("a: 1\n# of b\nb: 2 # too\n# of c\nc: 3\n", "b", "a: 1\n# of c\nc: 3\n");
    remove("a: 1\n\n# free\n\n# of b\nb: 2\n\nc: 3\n", "b", "a: 1\n\n# free\n\nc: 3\n");
    remove("a: 1\n\nb: 2\n\nc: 3\n", "b", "a: 1\n\nc: 3\n");
    remove("a: 1\n\nb: 2\n\nc: 3\n", "c", "a: 1\n\nb: 2\n");
    remove("x:\n  a: 1\n\n  b: 2\n\ny: 1\n", "x.b", "x:\n  a: 1\n\ny: 1\n");
    // A blank line goes on setting groups apart, and none is left at an end.
    remove("a:\n  - x\n  - y # c\n\n  - z\n", "a[1]", "a:\n  - x\n\n  - z\n");
    remove("a:\n  - x\n\n  - y\n  - z\n", "a[1]", "a:\n  - x\n\n  - z\n");
    remove("a:\n  - x\n\n  - y\n", "a[0]", "a:\n  - y\n");
    remove("a:\n  - x\n  - y\n\n  # free\n\n  - z\n", "a[1]", "a:\n  - x\n\n  # free\n\n  - z\n");
    remove("a: |+\n  x\n\nb: 1\n\nc: 1\n", "b", "a: |+\n  x\n\nc: 1\n");
    remove("a:\n  b: |\n    x\n    y\n  c: 1\n", "a.b", "a:\n  c: 1\n");
    remove("- a: 1 # c\n  b: 2\n- c\n", "[0].a", "- b: 2\n- c\n");
    remove("- a: 1\n  # d\n  b: 2\n", "[0].a", "- # d\n  b: 2\n");
    remove("- a: 1\n\n  # free\n\n  b: 2\n", "[0].a", "- # free\n\n  b: 2\n");
    remove("- a: 1\n\n  b: 2\n", "[0].a", "- b: 2\n");
    remove("- a: 1\n\n  # free\n\n  # of b\n  b: 2\n", "[0].a", "- # free\n\n  # of b\n  b: 2\n");
    remove("- a: 1\n- b\n", "[0].a", "- {}\n- b\n");
    remove("a:\n  x: 1\nb: 1\n", "a.x", "a: {}\nb: 1\n");
    remove("a: # c\n  # d\n  - x # e\nb: 1\n", "a[0]", "a: [] # c\nb: 1\n");
    remove("a: [x, y, z]\n", "a[0]", "a: [y, z]\n");
    remove("a: [x, y, z]\n", "a[1]", "a: [x, z]\n");
    remove("a: [x, y, z]\n", "a[2]", "a: [x, y]\n");
    remove("a: [x] # c\n", "a[0]", "a: [] # c\n");
    remove("a: {x: 1, y: 2}\n", "a.y", "a: {x: 1}\n");
    remove("a: [\n  x, # c\n  y, # d\n  z # e\n]\n", "a[1]", "a: [\n  x, # c\n  z # e\n]\n");
    remove("a: [\n  x,\n  y\n]\n", "a[1]", "a: [\n  x\n]\n");
    remove("a: [\n  x, # c\n  y\n]\n", "a[1]", "a: [\n  x, # c\n]\n");
    remove("a: &k 1\nb: 2\n", "a", "b: 2\n");
    remove("a: 1\n", "a", "{}\n");
    check("a: |+\n  x\n\nb: 1\n", |tree| edit::remove(tree, &p("b")), "a: |+\n  x\n\n");
    check("a: |+\n  x\n\nb: 1", |tree| edit::remove(tree, &p("b")), "a: |+\n  x\n\n");
    let pruned = |before: &str, path: &str, after: &str| {
        check_all(before, |tree| edit::remove_pruned(tree, &p(path)), after);
    };
    pruned("a:\n  b:\n    c: 1\nd: 1\n", "a.b.c", "d: 1\n");
    pruned("a:\n  b:\n    c: 1\n  e: 1\n", "a.b.c", "a:\n  e: 1\n");
    pruned("a:\n  b: 1\n", "a.b", "{}\n");
    let (kind, _) = refused("a: &k 1\nb: *k\n", |tree| edit::remove(tree, &p("a")));
    assert_eq!(kind, RefusalKind::Unsafe);
    assert_eq!(refused("a: 1\n", |tree| edit::remove(tree, &p("b"))).0, RefusalKind::Missing);
}

#[test]
fn moving_items() {
    let moved = |before: &str, from: usize, to: usize, after: &str| {
        check_all(before, |tree| edit::move_item(tree, &p("s"), from, to), after);
    };
    moved("s:\n  - a\n  - b\n  - c\n", 0, 2, "s:\n  - b\n  - c\n  - a\n");
    moved("s:\n  - a\n  - b\n  - c\n", 2, 0, "s:\n  - c\n  - a\n  - b\n");
    moved("s:\n  - a\n  - b\n  - c\n", 1, 1, "s:\n  - a\n  - b\n  - c\n");
    moved(
        "s:\n  - a # 1\n  # of b\n  - b # 2\n  - c\nt: 1\n",
        1,
        2,
        "s:\n  - a # 1\n  - c\n  # of b\n  - b # 2\nt: 1\n",
    );
    moved("s:\n- a: 1\n  x: |\n    k\n\n- b\n\n- c\n", 0, 1, "s:\n- b\n\n- a: 1\n  x: |\n    k\n\n- c\n");
    moved("s:\n  - a\n\n  - b\n\n  - c\n\nt: 1\n", 2, 0, "s:\n  - c\n\n  - a\n\n  - b\n\nt: 1\n");
    moved("s: [a, 'b', {c: 1}] # x\n", 2, 0, "s: [{c: 1}, a, 'b'] # x\n");
    moved("s:\n  - - a\n    - b\n", 0, 0, "s:\n  - - a\n    - b\n");
    check_all("- - a\n  - b # c\n", |tree| edit::move_item(tree, &p("[0]"), 1, 0), "- - b # c\n  - a\n");
    check_all("- - a\n  - b # c\n", |tree| edit::move_item(tree, &p("[0]"), 0, 1), "- - b # c\n  - a\n");
    let (kind, message) = refused("s:\n  - &k a\n  - *k\n", |tree| edit::move_item(tree, &p("s"), 0, 1));
    assert_eq!(kind, RefusalKind::Unsafe);
    assert!(message.contains("`&k` must stay above"), "{message}");
}

#[test]
fn moving_items_of_groups() {
    let moved = |before: &str, from: usize, to: usize, after: &str| {
        let list = |groups: &str| {
            let line =
                |item: char| if item == '|' { "\n".to_owned() } else { format!("  # {item}\n  - {item}\n") };
            format!("s:\n{}\nt: 1\n", groups.chars().map(line).collect::<String>())
        };
        check_all(&list(before), |tree| edit::move_item(tree, &p("s"), from, to), &list(after));
    };
    // Who leaves a group leaves the blank line.
    moved("ab|cd", 1, 0, "ba|cd");
    moved("ab|cd", 1, 2, "a|cbd");
    moved("ab|cd", 1, 3, "a|cdb");
    moved("ab|cd", 2, 1, "acb|d");
    moved("ab|cd", 2, 0, "cab|d");
    moved("ab|cd", 0, 3, "b|cda");
    // Who is a group alone stays apart.
    moved("a|bc", 0, 1, "b|ac");
    moved("a|bc", 0, 2, "bc|a");
    moved("bc|a", 2, 0, "a|bc");
    moved("bc|a", 2, 1, "b|ac");
    moved("a|b|cd", 1, 2, "a|c|bd");
    moved("a|b", 0, 1, "b|a");
    moved("a|b|c", 1, 0, "b|a|c");
}

#[test]
fn moving_entries() {
    let moved = |before: &str, key: &str, place: Place, after: &str| {
        check_all(before, |tree| edit::move_entry(tree, &p("m"), key, &place), after);
    };
    moved("m:\n  a: 1\n  b: 2\n  c: 3\n", "a", Place::Last, "m:\n  b: 2\n  c: 3\n  a: 1\n");
    moved("m:\n  a: 1\n  b: 2\n  c: 3\n", "c", Place::Before("b".into()), "m:\n  a: 1\n  c: 3\n  b: 2\n");
    moved("m:\n  a: 1\n  b: 2\n  c: 3\n", "a", Place::After("b".into()), "m:\n  b: 2\n  a: 1\n  c: 3\n");
    moved("m:\n  a: 1\n  b: 2\n", "a", Place::After("a".into()), "m:\n  a: 1\n  b: 2\n");
    moved("m: {a: 1, b: 2}\n", "b", Place::First, "m: {b: 2, a: 1}\n");
    check_all(
        "- a: 1\n  b: 2\n",
        |tree| edit::move_entry(tree, &p("[0]"), "a", &Place::Last),
        "- b: 2\n  a: 1\n",
    );
    check_all(
        "- a: 1\n  # of b\n  b: 2 # x\n",
        |tree| edit::move_entry(tree, &p("[0]"), "b", &Place::First),
        "- # of b\n  b: 2 # x\n  a: 1\n",
    );
}

#[test]
fn moving_between() {
    let moved = |before: &str, item: &str, target: &str, index: usize, after: &str| {
        check_all(before, |tree| edit::move_between(tree, &p(item), &p(target), index), after);
    };
    moved(
        "x:\n  s:\n    - a\n    # of b\n    - b: 1\n      c: |\n        k\ny:\n  t:\n  - d\n",
        "x.s[1]",
        "y.t",
        0,
        "x:\n  s:\n    - a\ny:\n  t:\n  # of b\n  - b: 1\n    c: |\n      k\n  - d\n",
    );
    moved("s:\n  - a\nt:\n  - b\n", "s[0]", "t", 9, "s: []\nt:\n  - b\n  - a\n");
    moved("s:\n  - a\n  - c: 1\n    d: 2\nt:\n", "s[1]", "t", 0, "s:\n  - a\nt:\n  - c: 1\n    d: 2\n");
    moved("s:\n  - a\n  - c: 1\n    d: 2\nt: [x]\n", "s[1]", "t", 0, "s:\n  - a\nt: [{c: 1, d: 2}, x]\n");
    moved("s: [a, b]\nt:\n  - x\n", "s[0]", "t", 1, "s: [b]\nt:\n  - x\n  - a\n");
    moved("s:\n  - a\n  - t:\n      - x\n", "s[0]", "s[1].t", 0, "s:\n  - t:\n      - a\n      - x\n");
    moved("s:\n  - a\n  - b\n", "s[0]", "t", 0, "s:\n  - b\nt:\n  - a\n");
    let (kind, _) = refused("s:\n  - t: []\n", |tree| edit::move_between(tree, &p("s[0]"), &p("s[0].t"), 0));
    assert_eq!(kind, RefusalKind::Kind);
}

#[test]
fn duplicating() {
    check_all(
        "s:\n  # c\n  - &k a: 1\n    b: &l 2\n  - d\n",
        |tree| edit::duplicate_item(tree, &p("s[0]")),
        "s:\n  # c\n  - &k a: 1\n    b: &l 2\n  # c\n  - a: 1\n    b: 2\n  - d\n",
    );
    check_all("s: [&k a, b]\n", |tree| edit::duplicate_item(tree, &p("s[0]")), "s: [&k a, a, b]\n");
    check_all(
        "j:\n  # c\n  a: &k # x\n    b: 1\n\n  d: 2\n",
        |tree| edit::duplicate_entry(tree, &p("j.a"), "e"),
        "j:\n  # c\n  a: &k # x\n    b: 1\n\n  # c\n  e: # x\n    b: 1\n\n  d: 2\n",
    );
    check_all("j: {a: 1}\n", |tree| edit::duplicate_entry(tree, &p("j.a"), "e"), "j: {a: 1, e: 1}\n");
}

#[test]
fn a_copied_entry_keeps_the_quotes_of_its_key() {
    check_all(
        "{\"a\":{\"b\":1}}\n",
        |tree| edit::duplicate_entry(tree, &p("a"), "c"),
        "{\"a\":{\"b\":1}, \"c\":{\"b\":1}}\n",
    );
}

#[test]
fn an_entry_goes_though_its_key_stands_above() {
    let later = |tree: &Tree| tree.at(&p("a")).and_then(|a| a.entries().nth(2)).map(|entry| entry.value.id());
    for (text, after) in [
        ("a:\n  x: 1\n  y: 2\n  # c\n  x: 3\nb: 1\n", "a:\n  x: 1\n  y: 2\nb: 1\n"),
        ("a: {x: 1, y: 2, x: {z: 3}}\n", "a: {x: 1, y: 2}\n"),
    ] {
        let remove = |tree: &Tree| edit::remove_entry(tree, tree.node(later(tree).unwrap()));
        check_all(text, remove, after);
    }
}
