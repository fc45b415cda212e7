//! What holds for every edit of every text.
#![allow(clippy::unwrap_used)]

mod common;

use proptest::prelude::*;
use proptest::sample::Index;
use stepladder_yaml::edit::{self, CommentPlace, Place, Refusal, RefusalKind, Value};
use stepladder_yaml::{Kind, Node, Path, Scalar, Step, TextEdit, Tree, path};

/// Texts that are easily read as something else.
const NASTY: &[&str] = &[
    "",
    " ",
    "a",
    " a",
    "a ",
    "\ta",
    "a\tb",
    "on",
    "off",
    "yes",
    "NO",
    "y",
    "n",
    "true",
    "null",
    "~",
    "1e3",
    "0o7",
    "012",
    "1_000",
    "12:30",
    "0x1F",
    ".5",
    "1.",
    "-1",
    "+1",
    "1.2.3",
    "2024-01-31",
    "- x",
    "-",
    "--",
    "---",
    "--- a",
    "...",
    "# y",
    "a # b",
    "a #b",
    "a# b",
    "a: b",
    "a:",
    ":a",
    ": a",
    "*x",
    "&x",
    "!x",
    "!!str x",
    "%x",
    "@x",
    "`x`",
    "{a",
    "[a",
    "a]",
    "a, b",
    "|",
    ">-",
    "'a",
    "\"a",
    "it's",
    "say \"x\"",
    "back\\slash",
    "\\n",
    "? a",
    "?",
    "=",
    "<<",
    "${{ x }}",
    "${{ a['b'] || 'c: d' }}",
    "😀",
    "é\u{301}",
    "\u{feff}a",
    "a\u{feff}b",
    "a\u{85}b",
    "a\u{2028}b",
    "\u{0}",
    "\u{7f}",
    "\u{1b}[0m",
    "a\rb",
    "a\r\nb",
    "a\nb",
    "a\nb\n",
    "\na",
    "\n",
    "\n\n",
    "a\n\n",
    " a\nb",
    "a\n b\n",
    "a \nb\n",
    "a\n\n\nb\n",
    "\ta\nb",
    "a\n\tb\n",
    "# a\nb\n",
    "- a\n- b\n",
    "a: b\nc: d\n",
    "---\na\n",
    "a\n   \nb\n",
    "   \na\n",
    "\n  a\nb\n",
    "a\n...\nb\n",
    "if: x\n  then # y\n",
    "x\n ",
    "\u{10ffff}",
    "\u{e000}",
    "[]",
    "{}",
    "[x]",
    "{x}",
    "a,b",
    "http://x/?y#z",
];

fn nasty() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(NASTY).prop_map(str::to_owned),
        1 => prop::collection::vec(prop::sample::select(NASTY), 1..4).prop_map(|parts| parts.concat()),
        1 => "[ -~\n\té😀]{0,20}",
        1 => any::<String>(),
    ]
}

/// Places of every style and depth.
const PLACES: &[(&str, &str)] = &[
    ("a: x\nb: 1\n", "a"),
    ("a: 'x' # c\n", "a"),
    ("a: \"x\"", "a"),
    ("a: |\n  x\nb: 1\n", "a"),
    ("a: |\n    x", "a"),
    ("a: >\n  x\nb: 1\n", "a"),
    ("a: |+\n  x\n     \n  y\n\nb: 1\n", "a"),
    ("a: >+\n  x\n  y\n\n   z\n\n\n", "a"),
    ("- a: |2-\n     x\n    y\n\n- b\n", "[0].a"),
    ("a: 'x\n\n  y''\n  z' # c\n", "a"),
    ("a:\nb: 1\n", "a"),
    ("a: # c\n", "a"),
    ("a: [x, y]\n", "a[0]"),
    ("a: {b: x, c: 'y'}\n", "a.c"),
    ("a: {b, c: }\n", "a.b"),
    ("- x\n- y\n", "[0]"),
    ("- - x\n  - y\n", "[0][1]"),
    ("a:\n- b: x\n  c: y\n- d\n", "a[0].c"),
    ("a:\r\n    b: x # c\r\n    d:\r\n", "a.b"),
    ("x", ""),
    ("", "a.b"),
    ("a:\n  x: 1\nb: 1\n", "a"),
    ("a: &k x\nb: *k\n", "a"),
    ("a: *k\nk: &k x\n", "k"),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: common::cases(500), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_set_is_read_back(text in nasty(), place in prop::sample::select(PLACES)) {
        let (before, path) = place;
        let path: Path = path.parse().unwrap();
        let tree = Tree::parse(before);
        let edit = edit::set(&tree, &path, &Value::Str(text.clone()));
        let edit = edit.unwrap_or_else(|refusal| panic!("{refusal:?}: {text:?} in {before:?}"));
        let after = Tree::parse(edit.apply(before));
        let node = after.at(&path);
        let node = node.or_else(|| Some(after.node(*after.documents().first()?))).unwrap();
        prop_assert_eq!(node.scalar(), Some(Scalar::Str(&text)), "{:?}", after.text());
        prop_assert_eq!(edit.invert(before).apply(after.text()), before);
    }

    #[test]
    fn keys_are_read_back(text in nasty(), at in 0usize..3) {
        let before = ["a: 1\n", "x:\n  - a: 1\n", "x: {a: 1}\n"][at];
        let mapping: Path = ["", "x[0]", "x"][at].parse().unwrap();
        let tree = Tree::parse(before);
        for edit in [
            edit::insert_entry(&tree, &mapping, &text, &Value::Int(2), &Place::Last),
            edit::rename_key(&tree, &mapping.child("a"), &text),
        ] {
            match edit {
                Ok(edit) => {
                    let after = Tree::parse(edit.apply(before));
                    prop_assert!(after.at(&mapping.child(text.as_str())).is_some(), "{:?}", after.text());
                }
                Err(refusal) => {
                    let is_long = text.len() > 900;
                    prop_assert!(is_long || (text == "a" && refusal.kind == RefusalKind::Exists), "{:?} {:?}", text, refusal);
                }
            }
        }
    }
}

/// One edit, chosen by numbers, so that a failing sequence can be made smaller.
#[derive(Clone, Debug)]
struct Wish {
    what: u8,
    node: Index,
    other: Index,
    number: usize,
    value: Value,
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (-99i64..99).prop_map(Value::Int),
        prop::sample::select(NASTY).prop_map(|text| Value::Str(text.to_owned())),
        prop::sample::select(
            &["x: 1 # c\ny:\n- 2", "- a\n# d\n- b: |\n    c", "|\n  k\n  l", "[p, {q: r}]", "word"][..]
        )
        .prop_map(|text| Value::Source(text.to_owned())),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::Seq),
            prop::collection::vec(inner, 0..3).prop_map(|values| {
                Value::Map(
                    values.into_iter().enumerate().map(|(at, value)| (format!("k{at}"), value)).collect(),
                )
            }),
        ]
    })
}

fn wish() -> impl Strategy<Value = Wish> {
    (0u8..15, any::<Index>(), any::<Index>(), 0usize..5, value())
        .prop_map(|(what, node, other, number, value)| Wish { what, node, other, number, value })
}

/// Nodes of the first document, but keys and what is below complex keys.
fn editable(tree: &Tree) -> Vec<Node<'_>> {
    let Some(root) = tree.documents().first() else { return Vec::new() };
    tree.node(*root)
        .descendants()
        .filter(|node| !node.is_key() && tree.at(&node.path()) == Some(*node))
        .collect()
}

/// The edit, and the nodes whose comments may go with it.
fn make<'t>(tree: &'t Tree, wish: &Wish) -> Option<(Result<TextEdit, Refusal>, Option<Node<'t>>)> {
    let nodes = editable(tree);
    let any = |index: &Index| nodes.get(index.index(nodes.len().max(1))).copied();
    let of = |index: &Index, kind: Kind| {
        let wanted: Vec<Node<'_>> = nodes.iter().copied().filter(|node| node.kind() == kind).collect();
        wanted.get(index.index(wanted.len().max(1))).copied()
    };
    let place = |mapping: &Node<'_>| {
        let keys: Vec<String> =
            mapping.entries().filter_map(|entry| entry.name().map(str::to_owned)).collect();
        let key = keys.get(wish.other.index(keys.len().max(1))).cloned().unwrap_or_default();
        match wish.number {
            0 => Place::First,
            1 => Place::Last,
            2 => Place::Before(key),
            _ => Place::After(key),
        }
    };
    let n = wish.number;
    Some(match wish.what {
        0 | 1 => {
            let node = any(&wish.node)?;
            (edit::set(tree, &node.path(), &wish.value), Some(node))
        }
        2 => {
            let mapping = of(&wish.node, Kind::Mapping)?;
            let path = mapping.path().child("new").child("deep");
            (edit::set(tree, &path, &wish.value), tree.at(&path))
        }
        3 => {
            let mapping = of(&wish.node, Kind::Mapping)?;
            (edit::insert_entry(tree, &mapping.path(), "added", &wish.value, &place(&mapping)), None)
        }
        4 => (edit::insert_item(tree, &of(&wish.node, Kind::Sequence)?.path(), n, &wish.value), None),
        5 => {
            let node = any(&wish.node)?;
            (edit::remove(tree, &node.path()), Some(node))
        }
        6 => {
            let node = any(&wish.node)?;
            (edit::remove_pruned(tree, &node.path()), Some(node))
        }
        7 => {
            let sequence = of(&wish.node, Kind::Sequence)?;
            (edit::move_item(tree, &sequence.path(), wish.other.index(sequence.len().max(1)), n), None)
        }
        8 => {
            let mapping = of(&wish.node, Kind::Mapping)?;
            let keys: Vec<&str> = mapping.entries().filter_map(|entry| entry.name()).collect();
            let key = keys.get(wish.node.index(keys.len().max(1)))?;
            (edit::move_entry(tree, &mapping.path(), key, &place(&mapping)), None)
        }
        9 => {
            let items: Vec<Node<'_>> = nodes
                .iter()
                .copied()
                .filter(|node| node.parent().is_some_and(|p| p.kind() == Kind::Sequence))
                .collect();
            let item = items.get(wish.node.index(items.len().max(1)))?;
            (edit::move_between(tree, &item.path(), &of(&wish.other, Kind::Sequence)?.path(), n), Some(*item))
        }
        10 => {
            let node = any(&wish.node)?;
            let copied = match node.path().last()? {
                Step::Index(_) => edit::duplicate_item(tree, &node.path()),
                Step::Key(_) => edit::duplicate_entry(tree, &node.path(), "copied"),
            };
            (copied, None)
        }
        11 => (edit::rename_key(tree, &any(&wish.node)?.path(), "renamed"), None),
        12 => {
            let node = of(&wish.node, Kind::Alias)?;
            (edit::detach_alias(tree, &node.path()), None)
        }
        13 => {
            let node = any(&wish.node)?;
            (edit::wrap_in_sequence(tree, &node.path()), Some(node))
        }
        _ => {
            let node = any(&wish.node)?;
            let place = if n < 3 { CommentPlace::Leading } else { CommentPlace::Trailing };
            (edit::set_comment(tree, &node.path(), place, Some("said")), Some(node))
        }
    })
}

/// Comments that do not stand in or at `lost`.
fn comments(tree: &Tree, lost: Option<Node<'_>>) -> Vec<String> {
    let mut spared: Vec<(u32, u32)> = Vec::new();
    let mut node = lost;
    // What is pruned takes its comments too.
    while let Some(some) = node {
        let own = some.leading_comments().into_iter().chain(some.trailing_comment());
        spared.extend(own.map(|comment| (comment.range.start, comment.range.end)));
        let range = some.entry_range();
        let line = tree.lines().line_of(range.end);
        let mut last = line;
        let column = |line: usize| {
            let text = &tree.text()[tree.lines().line_start(line) as usize..];
            text.len() - text.trim_start_matches(' ').len()
        };
        let own_column = range.start - tree.lines().line_start(tree.lines().line_of(range.start));
        while last + 1 < tree.lines().lines() {
            let text = &tree.text()[tree.lines().line_start(last + 1) as usize..];
            let text = text.lines().next().unwrap_or_default().trim();
            if !(text.is_empty() || (text.starts_with('#') && column(last + 1) > own_column as usize)) {
                break;
            }
            last += 1;
        }
        let end = if last + 1 < tree.lines().lines() { tree.lines().line_start(last + 1) } else { u32::MAX };
        spared.push((range.start, end));
        node = some.parent().filter(|parent| parent.len() == 1);
    }
    let mut all: Vec<String> = tree
        .comments()
        .iter()
        .filter(|c| !spared.iter().any(|(start, end)| *start <= c.range.start && c.range.end <= *end))
        .map(|c| tree.slice(c.range).trim_end().to_owned())
        .collect();
    all.sort();
    all
}

fn is_subset(some: &[String], all: &[String]) -> bool {
    let mut all = all.iter();
    some.iter().all(|one| all.any(|other| other == one))
}

fn run(text: &str, wishes: &[Wish]) -> usize {
    let mut text = text.to_owned();
    let mut made = 0;
    for wish in wishes {
        let tree = Tree::parse(text.as_str());
        let Some((outcome, lost)) = make(&tree, wish) else { continue };
        let edit = match outcome {
            Ok(edit) => edit,
            Err(refusal) => {
                assert!(refusal.message.ends_with('.'), "{refusal:?}");
                if std::env::var_os("SHOW_REFUSALS").is_some() && refusal.kind == RefusalKind::Unsafe {
                    println!("{refusal:?}\n{wish:?}\n{}\n{text}\n=====", refusal.range.start);
                }
                continue;
            }
        };
        made += 1;
        let after = edit.apply(&text);
        assert_eq!(edit.invert(&text).apply(&after), text);
        let new = Tree::parse(after.as_str());
        assert!(new.problems().len() <= tree.problems().len(), "{wish:?}\n{text}\n---\n{after}");
        let (kept, now) = (comments(&tree, lost), comments(&new, None));
        assert!(
            is_subset(&kept, &now),
            "a comment is lost: {kept:?}\n{now:?}\n{wish:?}\n{text}\n---\n{after}"
        );
        assert_eq!(
            text.ends_with('\n') || text.is_empty(),
            after.ends_with('\n') || after.is_empty(),
            "{wish:?}\n{text}\n---\n{after}"
        );
        if text.contains("\r\n") && !text.replace("\r\n", "").contains('\n') {
            assert!(!after.replace("\r\n", "").contains('\n'), "{wish:?}\n{text:?}\n---\n{after:?}");
        }
        // The lines no change touches are there in the same order, of course; and no line is touched without need.
        for change in edit.changes() {
            let old = &text[change.range.to_usize()];
            assert!(old != change.insert);
        }
        text = after;
    }
    made
}

proptest! {
    #![proptest_config(ProptestConfig { cases: common::cases(200), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_in_a_row(pick in any::<Index>(), wishes in prop::collection::vec(wish(), 1..8)) {
        let fixtures = common::fixtures();
        run(&pick.get(&fixtures).1, &wishes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: common::cases(100), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_of_damaged_texts_do_no_harm(
        pick in any::<Index>(),
        damage in prop::collection::vec((any::<Index>(), 0usize..9, prop::sample::select(NASTY)), 1..3),
        wishes in prop::collection::vec(wish(), 1..5),
    ) {
        let fixtures = common::fixtures();
        let mut text = pick.get(&fixtures).1.clone();
        for (at, len, insert) in damage {
            let bounds: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
            let start = at.index(bounds.len());
            text.replace_range(bounds[start]..bounds[(start + len).min(bounds.len() - 1)], insert);
        }
        for wish in wishes {
            let tree = Tree::parse(text.as_str());
            let Some((Ok(edit), _)) = make(&tree, &wish) else { continue };
            let after = edit.apply(&text);
            prop_assert_eq!(edit.invert(&text).apply(&after), text.as_str());
            prop_assert!(Tree::parse(after.as_str()).problems().len() <= tree.problems().len());
            text = after;
        }
    }
}

#[test]
fn opening_and_saving_changes_nothing() {
    for (_, text) in common::fixtures().into_iter().chain(common::conformance()) {
        let tree = Tree::parse(text.as_str());
        assert_eq!(TextEdit::default().apply(tree.text()), text);
    }
}

#[test]
fn one_edit_in_a_long_text_touches_one_place() {
    let text = common::generated(5000);
    let tree = Tree::parse(text.as_str());
    let edit = edit::set(&tree, &path!["jobs", "job-70", "steps", 2, "name"], &"Other".into()).unwrap();
    let after = edit.apply(&text);
    let differing = text.lines().zip(after.lines()).filter(|(a, b)| a != b).count();
    assert_eq!((differing, text.lines().count()), (1, after.lines().count()));
    let edit = edit::remove(&tree, &path!["jobs", "job-70", "steps", 2]).unwrap();
    assert_eq!(text.lines().count() - edit.apply(&text).lines().count(), 6);
    let edit = edit::move_item(&tree, &path!["jobs", "job-70", "steps"], 1, 3).unwrap();
    assert_eq!(text.lines().count(), edit.apply(&text).lines().count());
}

#[test]
fn most_wishes_come_true() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut made, mut all) = (0, 0);
    for (name, text) in common::fixtures() {
        if name.contains("broken") || name.contains("anchors") {
            continue;
        }
        for _ in 0..100 {
            let wish = wish().new_tree(&mut runner).unwrap().current();
            made += run(&text, std::slice::from_ref(&wish));
            all += 1;
        }
    }
    println!("{made} of {all}");
    assert!(made * 100 >= all * 75, "only {made} of {all} edits were made");
}
