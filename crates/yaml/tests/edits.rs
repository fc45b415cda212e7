//! Edits as before and after.
#![allow(clippy::unwrap_used)]

use stepladder_yaml::edit::{self, CommentPlace, Outcome, Place, RefusalKind, Value};
use stepladder_yaml::{Path, Tree};

fn p(text: &str) -> Path {
    text.parse().unwrap()
}

#[track_caller]
fn check(before: &str, edit: impl Fn(&Tree) -> Outcome, after: &str) {
    let tree = Tree::parse(before);
    let edit = edit(&tree).unwrap_or_else(|refusal| panic!("{refusal:?} for\n{before}"));
    let got = edit.apply(before);
    assert_eq!(got, after, "\n--- got\n{got}\n--- wanted\n{after}");
    assert_eq!(edit.invert(before).apply(&got), before);
}

/// The same, and the same again with CRLF, and without the final line break.
#[track_caller]
fn check_all(before: &str, edit: impl Fn(&Tree) -> Outcome, after: &str) {
    check(before, &edit, after);
    check(&before.replace('\n', "\r\n"), &edit, &after.replace('\n', "\r\n"));
    check(before.trim_end_matches('\n'), &edit, after.trim_end_matches('\n'));
    check(&format!("\u{feff}{before}"), &edit, &format!("\u{feff}{after}"));
}

#[track_caller]
fn check_set(before: &str, path: &str, value: impl Into<Value>, after: &str) {
    let value = value.into();
    check_all(before, |tree| edit::set(tree, &p(path), &value), after);
}

#[track_caller]
fn refused(before: &str, edit: impl Fn(&Tree) -> Outcome) -> (RefusalKind, String) {
    let refusal = edit(&Tree::parse(before)).unwrap_err();
    (refusal.kind, refusal.message)
}

fn map(entries: &[(&str, Value)]) -> Value {
    Value::Map(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
}

fn seq(items: &[&str]) -> Value {
    Value::Seq(items.iter().map(|item| Value::from(*item)).collect())
}

#[test]
fn set_replaces_scalars() {
    check_set("a: 1\nb: 2\n", "a", "x", "a: x\nb: 2\n");
    check_set("a: 1 # c\nb: 2\n", "a", "x", "a: x # c\nb: 2\n");
    check_set("a: 'x' # c\n", "a", "w", "a: 'w' # c\n");
    check_set("a: \"x\"\n", "a", "y", "a: \"y\"\n");
    check_set("a: x\nb: 'q'\n", "a", "on", "a: 'on'\nb: 'q'\n");
    check_set("a: x\nb: \"q\"\n", "a", "on", "a: \"on\"\nb: \"q\"\n");
    check_set("a: x\n", "a", true, "a: true\n");
    check_set("a: 'x'\n", "a", 5, "a: 5\n");
    check_set("a: x # c\n", "a", Value::Null, "a: # c\n");
    check_set("a: # c\nb: 1\n", "a", "x", "a: x # c\nb: 1\n");
    check_set("a:\nb: 1\n", "a", "x", "a: x\nb: 1\n");
    check_set("a: &k x # c\nb: *k\n", "a", "w", "a: &k w # c\nb: *k\n");
    check_set("a: plain\n  more\nb: 1\n", "a", "x", "a: x\nb: 1\n");
    check_set("- a\n- b # c\n", "[1]", "x", "- a\n- x # c\n");
    check_set("-\n- b\n", "[0]", "x", "- x\n- b\n");
    check_set("a: !t x # c\n", "a", "w", "a: w # c\n");
    check_set("a: [x, 'yy', z] # c\n", "a[1]", "w", "a: [x, 'w', z] # c\n");
    // Quotes that were needed were not chosen.
    check_set("a: [x, 'y', z] # c\n", "a[1]", "w", "a: [x, w, z] # c\n");
    check_set("a: \"on\"\n", "a", "one", "a: one\n");
    check_set("a: \"on\"\nb: 'x'\n", "a", "off", "a: \"off\"\nb: 'x'\n");
    check_set("a: {x: , y: 1}\n", "a.x", "w", "a: {x: w, y: 1}\n");
    check_set("a: {x, y: 1}\n", "a.x", "w", "a: {x: w, y: 1}\n");
    check_set("a: [x, y]\n", "a[0]", "b, c", "a: ['b, c', y]\n");
    check_set("a: *k\nb: 1\n", "b", "x", "a: *k\nb: x\n");
    check_set("a: &k 1\nb: *k\n", "b", "x", "a: &k 1\nb: x\n");
    check("x\n", |tree| edit::set(tree, &Path::root(), &"w".into()), "w\n");
}

#[test]
fn set_keeps_block_scalars() {
    check_set("a: |\n  x\n  y\nb: 1\n", "a", "x\nz\n", "a: |\n  x\n  z\nb: 1\n");
    check_set("a: | # c\n    x\n\nb: 1\n", "a", "one\n\ntwo\n", "a: | # c\n    one\n\n    two\n\nb: 1\n");
    check_set("a: |\n  x\nb: 1\n", "a", "y", "a: |-\n  y\nb: 1\n");
    check_set("a: >\n  x\n  y\nb: 1\n", "a", "p\nq\n", "a: >\n  p\n\n  q\nb: 1\n");
    check_set("a: >-\n  x\nb: 1\n", "a", "p q", "a: >-\n  p q\nb: 1\n");
    check_set("a: x # c\nb: 1\n", "a", "p\nq\n", "a: | # c\n  p\n  q\nb: 1\n");
    check_set("a: x\nb: 1\n", "a", "  p\nq\n", "a: |2\n    p\n  q\nb: 1\n");
    check_set("a: x\nb: 1\n", "a", "p\n\n", "a: \"p\\n\\n\"\nb: 1\n");
    check_set("a: |\n  x\nb: 1\n", "a", "", "a: ''\nb: 1\n");
    check_set("- run: |\n    x\n  name: y\n", "[0].run", "a\nb\n", "- run: |\n    a\n    b\n  name: y\n");
    check_set("a: | # c\n  x\nb: 1\n", "a", Value::Int(1), "a: 1 # c\nb: 1\n");
    check_set("a: | # c\n  x\nb: 1\n", "a", Value::Null, "a: # c\nb: 1\n");
    check_set("- |\n  x\n- y\n", "[0]", "a\nb", "- |-\n  a\n  b\n- y\n");
    check_set("a: 'x'\nb: 1\n", "a", "p\nq\n", "a: |\n  p\n  q\nb: 1\n");
}

#[test]
fn set_replaces_collections() {
    check_set("a: # c\n  x: 1\n  y: 2 # d\nb: 1\n", "a", "z", "a: z # c\nb: 1\n");
    check_set(
        "a: z # c\nb: 1\n",
        "a",
        map(&[("x", 1.into()), ("y", seq(&["p", "q"]))]),
        "a: # c\n  x: 1\n  y:\n    - p\n    - q\nb: 1\n",
    );
    check_set("a:\n  x: 1\nb:\n- p\n", "a", seq(&["q", "r"]), "a:\n- q\n- r\nb:\n- p\n");
    check_set("a:\n- p\n- q\nb: 1\n", "a", "x", "a: x\nb: 1\n");
    check_set("a:\n  x: 1\nb: 1\n", "a", map(&[]), "a: {}\nb: 1\n");
    check_set("a: [x]\nb: 1\n", "a", seq(&[]), "a: []\nb: 1\n");
    check_set("- x: 1\n  y: 2\n- z\n", "[0]", "p", "- p\n- z\n");
    check_set("- p # c\n- z\n", "[0]", map(&[("x", 1.into()), ("y", 2.into())]), "- x: 1 # c\n  y: 2\n- z\n");
    check_set(
        "- &k p\n- z\n",
        "[0]",
        map(&[("x", 1.into()), ("y", 2.into())]),
        "- &k\n  x: 1\n  y: 2\n- z\n",
    );
    check_set("a: &k\n  x: 1\nb: *k\n", "a", map(&[("y", 2.into())]), "a: &k\n  y: 2\nb: *k\n");
    check_set("a: {x: 1}\n", "a.x", seq(&["p", "q"]), "a: {x: [p, q]}\n");
    check("a: 1\n", |tree| edit::set(tree, &Path::root(), &seq(&["x"])), "- x\n");
}

#[test]
fn set_creates() {
    check_set("a: 1\n", "b", "x", "a: 1\nb: x\n");
    check_set("a: 1\n", "b.c.d", "x", "a: 1\nb:\n  c:\n    d: x\n");
    check_set("a:\n    b: 1\n", "a.c.d", "x", "a:\n    b: 1\n    c:\n        d: x\n");
    check_set("a: # c\nb: 1\n", "a.c", "x", "a: # c\n  c: x\nb: 1\n");
    check_set("a: {}\nb: 1\n", "a.c", "x", "a:\n  c: x\nb: 1\n");
    check_set("a: ~\n", "a.c", "x", "a:\n  c: x\n");
    check_set("a:\n", "a[0].c", "x", "a:\n  - c: x\n");
    check_set("a:\n  - b: 1\n", "a[1].c", "x", "a:\n  - b: 1\n  - c: x\n");
    check_set("- a: 1\n", "[0].b", "x", "- a: 1\n  b: x\n");
    check_set("a: {b: 1}\n", "a.c.d", "x", "a: {b: 1, c: {d: x}}\n");
    check_set("a: {}\n", "a.b", map(&[("c", seq(&["x"]))]), "a:\n  b:\n    c:\n      - x\n");
    check("", |tree| edit::set(tree, &p("a.b"), &"x".into()), "a:\n  b: x\n");
    check("# c\n", |tree| edit::set(tree, &p("a"), &"x".into()), "# c\na: x\n");
    check("# c", |tree| edit::set(tree, &p("a"), &"x".into()), "# c\na: x");
    check("---\n", |tree| edit::set(tree, &p("a"), &"x".into()), "---\na: x\n");
    check("--- # c\n\n", |tree| edit::set(tree, &p("a"), &"x".into()), "--- # c\na: x\n\n");
    check("~\n", |tree| edit::set(tree, &p("a"), &"x".into()), "a: x\n");
}

#[test]
fn set_source() {
    let source = |text: &str| Value::Source(text.to_owned());
    check_set("a: 1\nb: 1\n", "a", source("x: 1 # c\ny:\n  - 2\n"), "a:\n  x: 1 # c\n  y:\n    - 2\nb: 1\n");
    check_set("a: 1\nb: 1\n", "a", source("    - 1\n    - 2"), "a:\n  - 1\n  - 2\nb: 1\n");
    check_set("a: 1\nb: 1\n", "a", source("|\n  x\n\n  y\n"), "a: |\n  x\n\n  y\nb: 1\n");
    check_set("- a\n- b\n", "[1]", source("x: 1\ny: |\n  z\n"), "- a\n- x: 1\n  y: |\n    z\n");
    check_set("- a\n- b\n", "[1]", source("# c\nx: 1\n"), "- a\n-\n  # c\n  x: 1\n");
    check_set("a: [1]\n", "a[0]", source("x: 1\ny: [2]\n"), "a: [{x: 1, y: [2]}]\n");
    check_set("a: 1\n", "a", source("${{ x }} # c"), "a: ${{ x }} # c\n");
    check_set("a: 1\nb: 1\n", "a", source("[\n  x,\n  y\n]"), "a: [\n    x,\n    y\n  ]\nb: 1\n");
    let (kind, message) =
        refused("a: 1\n", |tree| edit::set(tree, &p("a"), &Value::Source("x: y: z".to_owned())));
    assert_eq!(kind, RefusalKind::Invalid);
    assert!(message.contains("quotes"), "{message}");
}

#[test]
fn sources_with_their_comments() {
    let check = |before: &str, path: &str, shown: &str, typed: &str, after: &str| {
        let tree = Tree::parse(before);
        let node = tree.at(&p(path)).unwrap();
        assert_eq!(edit::source(&node), shown, "of\n{before}");
        // What nobody has changed keeps its bytes.
        check_all(before, |tree| edit::set(tree, &p(path), &Value::Source(shown.to_owned())), before);
        check_all(before, |tree| edit::set(tree, &p(path), &Value::Source(typed.to_owned())), after);
    };
    // Behind the last line.
    check(
        "j:\n  a: # head\n    x:\n      y: 1 # tail\n  # of b\n  b: 1\n",
        "j.a",
        "x:\n  y: 1 # tail",
        "n: X\nx:\n  y: 1 # tail",
        "j:\n  a: # head\n    n: X\n    x:\n      y: 1 # tail\n  # of b\n  b: 1\n",
    );
    check("a:\n  x: 1 # tail\nb: 1\n", "a", "x: 1 # tail", "x: 1", "a:\n  x: 1\nb: 1\n");
    check(
        "s:\n  - x: 1 # tail\n  - b\n",
        "s[0]",
        "x: 1 # tail",
        "n: q\nx: 1 # tail",
        "s:\n  - n: q\n    x: 1 # tail\n  - b\n",
    );
    check(
        "s:\n  - x: 1 # n\n    y: 2 # tail\n",
        "s[0]",
        "x: 1 # n\ny: 2 # tail",
        "y: 2 # tail",
        "s:\n  - y: 2 # tail\n",
    );
    check("s:\n  - x: 1 # n\n", "s[0]", "x: 1 # n", "# c\nx: 1 # n", "s:\n  -\n    # c\n    x: 1 # n\n");
    check("s:\n  - # d\n    # c\n    x: 1\n", "s[0]", "# c\nx: 1", "x: 1", "s:\n  - # d\n    x: 1\n");
    // Above its first, below its last, and within; what is less deep belongs to what is around.
    check(
        "j:\n  a:\n\n      # one\n      x: 1\n# left\n      y: 2\n\n    # deep\n  # of b\n  b: 1\n",
        "j.a",
        "# one\nx: 1\n# left\ny: 2\n\n# deep",
        "# one\nx: 1\n# left\ny: 3\nz: 4\n\n# deep",
        "j:\n  a:\n\n      # one\n      x: 1\n# left\n      y: 3\n      z: 4\n\n    # deep\n  # of b\n  b: 1\n",
    );
    check("a:\n- x\n# of b\nb: 1\n", "a", "- x", "- x\n- y", "a:\n- x\n- y\n# of b\nb: 1\n");
    check("a:\n- x\nb: 1\n", "a", "- x", "y: 1", "a:\n  y: 1\nb: 1\n");
    check("a:\n    x: 1\nb: 1\n", "a", "x: 1", "- x # c", "a:\n    - x # c\nb: 1\n");
    check("a:\n  x: 1 # c\nb: 1\n", "a", "x: 1 # c", "z # c", "a: z # c\nb: 1\n");
    check(
        "s:\n  - r: |\n      one\n      # text\n\n    # deep\n  - b\n",
        "s[0]",
        "r: |\n  one\n  # text\n\n# deep",
        "r: |\n  one\n  two\n  # text\n\n# deep",
        "s:\n  - r: |\n      one\n      two\n      # text\n\n    # deep\n  - b\n",
    );
    check(
        "a:\n  r: |\n    one\nb: 1\n",
        "a",
        "r: |\n  one",
        "n: 1\nr: |\n  one",
        "a:\n  n: 1\n  r: |\n    one\nb: 1\n",
    );
    // An anchor stays, and is not shown.
    check(
        "a: &k # c\n  x:\n    y: 1\nb: *k\n",
        "a",
        "x:\n  y: 1",
        "x:\n  y: 2",
        "a: &k # c\n  x:\n    y: 2\nb: *k\n",
    );
}

#[test]
fn insert_entries() {
    let insert = |before: &str, at: &str, place: Place, after: &str| {
        check_all(before, |tree| edit::insert_entry(tree, &p(at), "k", &"v".into(), &place), after);
    };
    let (before, after) =
        (|key: &str| Place::Before(key.to_owned()), |key: &str| Place::After(key.to_owned()));
    insert("a: 1\nb: 2\n", "", Place::First, "k: v\na: 1\nb: 2\n");
    insert("a: 1\nb: 2\n", "", Place::Last, "a: 1\nb: 2\nk: v\n");
    insert("a: 1 # c\nb: 2\n", "", after("a"), "a: 1 # c\nk: v\nb: 2\n");
    insert("a: 1\n# c\nb: 2\n", "", before("b"), "a: 1\nk: v\n# c\nb: 2\n");
    insert("a: 1\n# c\nb: 2\n", "", after("a"), "a: 1\nk: v\n# c\nb: 2\n");
    insert("a: 1\n\nb: 2\n", "", after("a"), "a: 1\n\nk: v\n\nb: 2\n");
    insert("a: 1\n\nb: 2\n", "", Place::Last, "a: 1\n\nb: 2\n\nk: v\n");
    insert("a: 1\n\nb: 2\n", "", Place::First, "k: v\n\na: 1\n\nb: 2\n");
    insert("a:\n  x: 1\n  # in a\nb: 2\n", "", after("a"), "a:\n  x: 1\n  # in a\nk: v\nb: 2\n");
    insert("a:\n  x: 1\n# of b\nb: 2\n", "a", Place::Last, "a:\n  x: 1\n  k: v\n# of b\nb: 2\n");
    insert("a: |\n  x\n\nb: 2\n", "", after("a"), "a: |\n  x\n\nk: v\n\nb: 2\n");
    insert("- a: 1\n  b: 2\n", "[0]", Place::First, "- k: v\n  a: 1\n  b: 2\n");
    insert("- a: 1\n  b: 2\n", "[0]", before("b"), "- a: 1\n  k: v\n  b: 2\n");
    insert("a: {x: 1, y: 2} # c\n", "a", after("x"), "a: {x: 1, k: v, y: 2} # c\n");
    insert("a: { x: 1 }\n", "a", Place::First, "a: { k: v, x: 1 }\n");
    insert(
        "a: {\n  x: 1, # c\n  y: 2 # d\n}\n",
        "a",
        Place::Last,
        "a: {\n  x: 1, # c\n  y: 2, # d\n  k: v\n}\n",
    );
    insert("a: {\n  x: 1,\n}\n", "a", Place::Last, "a: {\n  x: 1,\n  k: v,\n}\n");
    insert("a: {\n  x: 1,\n  y: 2\n}\n", "a", after("x"), "a: {\n  x: 1,\n  k: v,\n  y: 2\n}\n");
    insert("b: [{}]\n", "b[0]", Place::Last, "b: [{k: v}]\n");
    insert("a: 1\n", "b", Place::Last, "a: 1\nb:\n  k: v\n");
    insert("a: |+\n  x\n\nb: 1\n", "", after("a"), "a: |+\n  x\n\nk: v\nb: 1\n");
    check(
        "a: |+\n  x\n\n",
        |tree| edit::insert_entry(tree, &p(""), "k", &"v".into(), &Place::Last),
        "a: |+\n  x\n\nk: v\n",
    );
    let (kind, _) =
        refused("a: 1\n", |tree| edit::insert_entry(tree, &p(""), "a", &"v".into(), &Place::Last));
    assert_eq!(kind, RefusalKind::Exists);
    let (kind, message) =
        refused("on: push\n", |tree| edit::insert_entry(tree, &p("on"), "a", &"v".into(), &Place::Last));
    assert_eq!(
        (kind, message.as_str()),
        (RefusalKind::Kind, "`on` holds a single value, not keys: change its value to keys first.")
    );
}

#[test]
fn insert_items() {
    let insert = |before: &str, index: usize, value: Value, after: &str| {
        check_all(before, |tree| edit::insert_item(tree, &p("s"), index, &value), after);
    };
    let step = || map(&[("uses", "x@v1".into()), ("with", map(&[("a", 1.into())]))]);
    insert("s:\n  - a\n  - b\n", 0, "m0".into(), "s:\n  - m0\n  - a\n  - b\n");
    insert("s:\n  - a\n  - b\n", 1, "m0".into(), "s:\n  - a\n  - m0\n  - b\n");
    insert("s:\n  - a\n  - b\nt: 1\n", 9, "m0".into(), "s:\n  - a\n  - b\n  - m0\nt: 1\n");
    insert("s:\n- a\n- b\nt: 1\n", 2, step(), "s:\n- a\n- b\n- uses: x@v1\n  with:\n    a: 1\nt: 1\n");
    insert("s:\n  - a\n\n  - b\n\nt: 1\n", 2, "m0".into(), "s:\n  - a\n\n  - b\n\n  - m0\n\nt: 1\n");
    insert("s:\n  - a # c\n\n  # d\n  - b\n", 1, "m0".into(), "s:\n  - a # c\n\n  - m0\n\n  # d\n  - b\n");
    insert("s: [a, b] # c\n", 1, "m0".into(), "s: [a, m0, b] # c\n");
    insert("s: [a, b]\n", 2, step(), "s: [a, b, {uses: x@v1, with: {a: 1}}]\n");
    insert("s: []\n", 0, "m0".into(), "s: [m0]\n");
    insert("s: [ ] # c\n", 0, step(), "s: # c\n  - uses: x@v1\n    with:\n      a: 1\n");
    insert("s: [\n  a,\n  b\n]\n", 2, "m0".into(), "s: [\n  a,\n  b,\n  m0\n]\n");
    insert("s: [\n  a,\n  b]\n", 0, "m0".into(), "s: [\n  m0,\n  a,\n  b]\n");
    insert("s: [\n  a,\n  b]\n", 2, "m0".into(), "s: [\n  a,\n  b,\n  m0]\n");
    insert("s:\nt:\n- x\n", 0, "m0".into(), "s:\n- m0\nt:\n- x\n");
    insert("t: 1\n", 0, "m0".into(), "t: 1\ns:\n  - m0\n");
    insert("s:\n  - - a\n    - b\n", 1, seq(&["m0", "m"]), "s:\n  - - a\n    - b\n  - - m0\n    - m\n");
    insert("s:\n  - a\n", 1, Value::Null, "s:\n  - a\n  - null\n");
    insert("s:\n  - a\n", 1, "p\nq\n".into(), "s:\n  - a\n  - |\n    p\n    q\n");
    let (kind, _) = refused("s: a\n", |tree| edit::insert_item(tree, &p("s"), 0, &"m0".into()));
    assert_eq!(kind, RefusalKind::Kind);
}

#[test]
fn wrapping() {
    let wrap = |before: &str, path: &str, after: &str| {
        check_all(before, |tree| edit::wrap_in_sequence(tree, &p(path)), after);
    };
    wrap("a: x # c\n", "a", "a: [x] # c\n");
    wrap("a: 'x'\n", "a", "a: ['x']\n");
    wrap("a: ${{ x }}\n", "a", "a: ['${{ x }}']\n");
    wrap("a:\nb: 1\n", "a", "a: []\nb: 1\n");
    wrap("a: |\n  x\n  y\nb: 1\n", "a", "a:\n  - |\n    x\n    y\nb: 1\n");
    wrap("a: # c\n  x: 1\n  y: 2\nb: 1\n", "a", "a: # c\n  - x: 1\n    y: 2\nb: 1\n");
    wrap("a: {x: 1}\n", "a", "a: [{x: 1}]\n");
    wrap("a: &k 1\nb: *k\n", "b", "a: &k 1\nb: [*k]\n");
}

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
fn renaming() {
    check_all("a: 1 # c\n'b': 2\n", |tree| edit::rename_key(tree, &p("a"), "on"), "on: 1 # c\n'b': 2\n");
    check_all("a: 1\n'b': 2\n", |tree| edit::rename_key(tree, &p("b"), "c d"), "a: 1\n'c d': 2\n");
    check_all("a: 1\n", |tree| edit::rename_key(tree, &p("a"), "1"), "'1': 1\n");
    check_all("&k a: 1\nb: *k\n", |tree| edit::rename_key(tree, &p("a"), "c"), "&k c: 1\nb: *k\n");
    assert_eq!(refused("a: 1\nb: 2\n", |tree| edit::rename_key(tree, &p("a"), "b")).0, RefusalKind::Exists);
    check_all(
        "a: &k 1\nb: *k\nc: [*k]\n",
        |tree| edit::rename_anchor(tree, "k", "env"),
        "a: &env 1\nb: *env\nc: [*env]\n",
    );
    assert_eq!(refused("a: &k 1\n", |tree| edit::rename_anchor(tree, "k", "a b")).0, RefusalKind::Invalid);
    assert_eq!(refused("a: &k 1\n", |tree| edit::rename_anchor(tree, "x", "y")).0, RefusalKind::Missing);
}

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

#[test]
fn comments() {
    let comment = |before: &str, path: &str, place, text: Option<&str>, after: &str| {
        check_all(before, |tree| edit::set_comment(tree, &p(path), place, text), after);
    };
    use CommentPlace::{Leading, Trailing};
    comment("a:\n  b: 1\n", "a.b", Leading, Some("one\ntwo"), "a:\n  # one\n  # two\n  b: 1\n");
    comment("# x\na: 1\n", "a", Leading, Some("y"), "# y\na: 1\n");
    comment("# x\na: 1\n", "a", Leading, None, "a: 1\n");
    comment("a: 1\n", "a", Trailing, Some("y"), "a: 1 # y\n");
    comment("a: 1 # x\nb: 1\n", "a", Trailing, Some("y"), "a: 1 # y\nb: 1\n");
    comment("a: 1  # x\nb: 1\n", "a", Trailing, None, "a: 1\nb: 1\n");
    comment("a:\n  b: 1\n", "a", Trailing, Some("y"), "a: # y\n  b: 1\n");
    comment("a: |\n  b\n", "a", Trailing, Some("y"), "a: | # y\n  b\n");
    comment("- a\n", "[0]", Trailing, Some("y"), "- a # y\n");
    assert_eq!(
        refused("- a: 1\n", |tree| edit::set_comment(tree, &p("[0]"), Trailing, Some("x"))).0,
        RefusalKind::Kind
    );
    assert_eq!(
        refused("a: {b: 1}\n", |tree| edit::set_comment(tree, &p("a.b"), Trailing, Some("x"))).0,
        RefusalKind::Unsafe
    );
    assert_eq!(
        refused("a: 1\n", |tree| edit::set_comment(tree, &p("a"), Trailing, Some("x\ny"))).0,
        RefusalKind::Invalid
    );
}

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

#[test]
fn the_only_item_leaves_comments_that_are_not_its_own() {
    let before = "a: # list\n\n  # set off\n\n  # own\n  - x # x\n    # inner\n  # below\nb:\n  - y\n";
    check_all(
        before,
        |tree| edit::remove(tree, &p("a[0]")),
        "a: [] # list\n\n  # set off\n  # below\nb:\n  - y\n",
    );
    check_all(
        before,
        |tree| edit::move_between(tree, &p("a[0]"), &p("b"), 1),
        "a: [] # list\n\n  # set off\n  # below\nb:\n  - y\n  # own\n  - x # x\n    # inner\n",
    );
}

#[test]
fn the_only_entry_of_a_document_leaves_the_comments_above() {
    check("# top\n\n# own\na: 1\n", |tree| edit::remove(tree, &p("a")), "# top\n\n# own\n{}\n");
}

#[test]
fn comments_move_along_in_brackets() {
    check_all(
        "a: {\n  # x\n  x: 1, # one\n  y: 2,\n  # z\n  z: 3\n}\n",
        |tree| edit::move_entry(tree, &p("a"), "x", &Place::Last),
        "a: {\n  y: 2,\n  # z\n  z: 3,\n  # x\n  x: 1 # one\n}\n",
    );
    check_all(
        "a: [\n  # x\n  x, # one\n  y\n]\nb:\n  - z\n",
        |tree| edit::move_between(tree, &p("a[0]"), &p("b"), 1),
        "a: [\n  y\n]\nb:\n  - z\n  # x\n  - x # one\n",
    );
    check_all(
        "a: [\n  x,\n  y # two\n]\nb:\n  - z\n",
        |tree| edit::move_between(tree, &p("a[1]"), &p("b"), 0),
        "a: [\n  x,\n]\nb:\n  - y # two\n  - z\n",
    );
}

#[test]
fn a_comment_before_the_last_in_brackets_stays() {
    check_all(
        "a: {x: 1, # one\n    y: 2}\nb: 1\n",
        |tree| edit::remove(tree, &p("a.y")),
        "a: {x: 1, # one\n    }\nb: 1\n",
    );
}

#[test]
fn a_comment_that_has_no_room_in_brackets_is_not_lost() {
    let (kind, message) =
        refused("a:\n  - x # one\n  - y\nb: [z]\n", |tree| edit::move_between(tree, &p("a[0]"), &p("b"), 0));
    assert_eq!(kind, RefusalKind::Unsafe);
    assert!(message.contains("comment"), "{message}");
}

#[test]
fn a_pair_in_brackets_takes_another_key_in_braces() {
    check_all(
        "a: [x: 1, y: 2]\n",
        |tree| edit::insert_entry(tree, &p("a[0]"), "z", &3.into(), &Place::Last),
        "a: [{x: 1, z: 3}, y: 2]\n",
    );
    check_all(
        "a: [ x: 1 ]\n",
        |tree| edit::insert_entry(tree, &p("a[0]"), "z", &3.into(), &Place::First),
        "a: [ {z: 3, x: 1} ]\n",
    );
}

#[test]
fn a_copied_entry_keeps_the_quotes_of_its_key() {
    check_all(
        "{\"a\":{\"b\":1}}\n",
        |tree| edit::duplicate_entry(tree, &p("a"), "c"),
        "{\"a\":{\"b\":1}, \"c\":{\"b\":1}}\n",
    );
}
