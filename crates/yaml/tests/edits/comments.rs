//! Comments stay with what they belong to.

use stepladder_yaml::edit::{self, CommentPlace, Place, RefusalKind};

use crate::{check, check_all, p, refused};

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
