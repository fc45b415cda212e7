//! Values and keys are written.

use stepladder_yaml::edit::{self, Place, RefusalKind, Value};
use stepladder_yaml::{Path, Tree};

use crate::{check, check_all, check_set, map, p, refused, seq};

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
fn a_number_stands_as_it_was_written() {
    let number = |text: &str| Value::number(text).expect("a number");
    check_set("a: 1 # c\n", "a", number("1e3"), "a: 1e3 # c\n");
    check_set("a: x\n", "a", number("0x10"), "a: 0x10\n");
    check_set("a: [1, 2]\n", "a[1]", number("2.50"), "a: [1, 2.50]\n");
    check_set("a: 1000\n", "a", number("1e3"), "a: 1e3\n");
    for text in ["", "x", "1e", "1_000", ".inf", ".nan", "null", "1 2", "true"] {
        assert_eq!(Value::number(text), None, "{text}");
    }
}
