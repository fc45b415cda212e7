//! What a tree tells about a text.
#![allow(clippy::unwrap_used)]

use stepladder_yaml::{Chomp, Kind, Node, Path, Scalar, ScalarStyle, TextRange, Tree, path};

fn p(text: &str) -> Path {
    text.parse().unwrap()
}

fn at<'t>(tree: &'t Tree, path: &str) -> Node<'t> {
    tree.at(&p(path)).unwrap_or_else(|| panic!("nothing at {path}"))
}

const SAMPLE: &str = "\
# A workflow
name: CI  # short
on: [push, {pull_request: {branches: [main]}}]

env: &env
  A: 1
  B: 'it''s'
jobs:
  # builds
  # all
  build: # here
    runs-on: ubuntu-latest
    env: *env
    steps:
      - uses: actions/checkout@v4 # pinned
      # second
      - name: \"a\\tb\"
        run: |- # script
          echo one

          echo two
      -
    empty:
  last: >
    folded
    text
";

#[test]
fn ranges_and_values() {
    let tree = Tree::parse(SAMPLE);
    assert_eq!(tree.problems(), []);
    assert_eq!(at(&tree, "name").source(), "CI");
    assert_eq!(at(&tree, "on").source(), "[push, {pull_request: {branches: [main]}}]");
    assert_eq!(at(&tree, "on[1].pull_request.branches[0]").as_str(), Some("main"));
    assert_eq!(at(&tree, "env").source(), "A: 1\n  B: 'it''s'");
    assert_eq!(tree.slice(at(&tree, "env").full_range()), "&env\n  A: 1\n  B: 'it''s'");
    assert_eq!(at(&tree, "env").anchor().unwrap().name, "env");
    assert_eq!(at(&tree, "env.B").as_str(), Some("it's"));
    assert_eq!(at(&tree, "env.A").scalar(), Some(Scalar::Number(1.0)));
    assert_eq!(at(&tree, "jobs.build.env").kind(), Kind::Alias);
    assert_eq!(at(&tree, "jobs.build.env").alias_name(), Some("env"));
    assert_eq!(at(&tree, "jobs.build.env.A").as_f64(), Some(1.0));
    assert_eq!(at(&tree, "jobs.build.env").resolve(), at(&tree, "env"));
    let run = at(&tree, "jobs.build.steps[1].run");
    assert_eq!(run.source(), "|- # script\n          echo one\n\n          echo two");
    assert_eq!(run.as_str(), Some("echo one\n\necho two"));
    let header = run.block_header().unwrap();
    assert_eq!((header.chomp, header.indent, header.content_column), (Chomp::Strip, None, 10));
    assert_eq!(tree.slice(header.range), "|-");
    assert_eq!(at(&tree, "jobs.build.steps[1].name").as_str(), Some("a\tb"));
    assert_eq!(at(&tree, "jobs.last").as_str(), Some("folded text\n"));
    assert_eq!(at(&tree, "jobs.last").source(), ">\n    folded\n    text");
    assert_eq!(at(&tree, "jobs.last").scalar_style(), Some(ScalarStyle::Folded));
    assert!(at(&tree, "jobs.build.steps[2]").is_null());
    assert_eq!(at(&tree, "jobs.build.empty").as_str(), Some(""));
    assert_eq!(at(&tree, "jobs.build.steps").len(), 3);
    assert_eq!(
        at(&tree, "jobs").entries().map(|e| e.key.as_str().unwrap()).collect::<Vec<_>>(),
        ["build", "last"]
    );
    for node in tree.nodes() {
        let found = tree.at(&node.path()).unwrap();
        assert!(found == node || node.key().is_some() || node.is_key(), "{node:?}");
    }
}

#[test]
fn slots() {
    let tree = Tree::parse(SAMPLE);
    let entry = |path: &str| tree.slice(at(&tree, path).entry_range());
    assert_eq!(entry("name"), "name: CI");
    assert_eq!(entry("env"), "env: &env\n  A: 1\n  B: 'it''s'");
    assert_eq!(entry("jobs.build.steps[0]"), "- uses: actions/checkout@v4");
    assert_eq!(entry("jobs.build.steps[2]"), "-");
    assert_eq!(entry("jobs.build.empty"), "empty:");
    assert_eq!(entry("on[0]"), "push");
    let indicator =
        |path: &str| tree.text()[at(&tree, path).indicator().unwrap() as usize..].chars().next().unwrap();
    assert_eq!(indicator("jobs.build.steps[1]"), '-');
    assert_eq!(indicator("jobs.build.empty"), ':');
    assert_eq!(indicator("on[1].pull_request"), ':');
    assert_eq!(at(&tree, "on[1]").indicator(), None);
}

#[test]
fn comments_have_owners() {
    let tree = Tree::parse(SAMPLE);
    let leading = |path: &str| {
        at(&tree, path).leading_comments().iter().map(|c| tree.slice(c.range)).collect::<Vec<_>>()
    };
    let trailing = |path: &str| at(&tree, path).trailing_comment().map(|c| tree.slice(c.range));
    assert_eq!(leading("name"), ["# A workflow"]);
    assert_eq!(leading("jobs.build"), ["# builds", "# all"]);
    assert_eq!(leading("jobs.build.steps[1]"), ["# second"]);
    assert_eq!(leading("jobs.build.steps[1].name"), [""; 0]);
    assert_eq!(leading("jobs.build.steps[0]"), [""; 0]);
    assert_eq!(trailing("name"), Some("# short"));
    assert_eq!(trailing("jobs.build"), Some("# here"));
    assert_eq!(trailing("jobs.build.steps[0].uses"), Some("# pinned"));
    assert_eq!(trailing("jobs.build.steps[1].run"), Some("# script"));
    assert_eq!(trailing("jobs.build.steps[1]"), None);
    assert_eq!(trailing("jobs"), None);
    let spaced = Tree::parse("a: 1\n# free\n\nb: 2\n  # deeper\nc: 3\n");
    assert!(at(&spaced, "b").leading_comments().is_empty());
    assert!(at(&spaced, "c").leading_comments().is_empty());
}

/// `$0` marks the caret; answers the path of the node there.
fn caret(text: &str) -> String {
    let offset = text.find("$0").unwrap();
    let tree = Tree::parse(text.replace("$0", ""));
    tree.node_at(u32::try_from(offset).unwrap()).map_or_else(
        || "none".to_owned(),
        |node| {
            let key = if node.is_key() { " key" } else { "" };
            format!("{}{key}", node.path())
        },
    )
}

#[test]
fn node_at_carets() {
    assert_eq!(caret("a:$0\nb: 1\n"), "a");
    assert_eq!(caret("a: $0\nb: 1\n"), "a");
    assert_eq!(caret("a:   $0"), "a");
    assert_eq!(caret("a$0: 1"), "a key");
    assert_eq!(caret("a: 1$0"), "a");
    assert_eq!(caret("a: [x$0, y]"), "a[0]");
    assert_eq!(caret("a: [x, $0y]"), "a[1]");
    assert_eq!(caret("a: [x,$0 y]"), "a");
    assert_eq!(caret("jobs:\n  build:\n    $0"), "jobs.build");
    assert_eq!(caret("jobs:\n  build:\n  $0"), "jobs");
    assert_eq!(caret("jobs:\n  build:\n$0"), "");
    assert_eq!(caret("jobs:\n  $0\n  build:\n"), "");
    assert_eq!(caret("- $0\n- b\n"), "[0]");
    assert_eq!(caret("$0"), "none");
    assert_eq!(caret("a: &x $0\nb: 1"), "a");
    assert_eq!(caret("a: b\nc: |\n  te$0xt\n"), "c");
}

#[test]
fn block_at_carets() {
    let block = |text: &str| {
        let offset = u32::try_from(text.find("$0").unwrap()).unwrap();
        let tree = Tree::parse(text.replace("$0", ""));
        tree.block_at(offset).map(|node| node.path().to_string())
    };
    assert_eq!(block("jobs:\n  build:\n    a: 1\n    $0"), Some("jobs.build".to_owned()));
    assert_eq!(block("jobs:\n  build:\n    a: 1\n  $0"), Some("jobs".to_owned()));
    assert_eq!(block("jobs:\n  build:\n    a: 1\n$0"), Some(String::new()));
    assert_eq!(block("jobs:\n  build:\n    a: 1\n   $0"), None);
    assert_eq!(block("s:\n  - a: 1\n  $0"), Some("s".to_owned()));
    assert_eq!(block("s:\n  - a: 1\n    $0"), Some("s[0]".to_owned()));
    assert_eq!(block("s:\n- a: 1\n$0"), Some("s".to_owned()));
}

#[test]
fn anchors_and_aliases() {
    let tree = Tree::parse("a: &x 1\nb: &x 2\nc: *x\nd: *y\ne: &z\n  f: *z\n*x : &k !!str\n");
    let anchors: Vec<_> = tree.anchors().map(|a| (a.name, a.node.path().to_string())).collect();
    assert_eq!(anchors.iter().map(|(n, _)| *n).collect::<Vec<_>>(), ["x", "x", "z", "k"]);
    assert_eq!(tree.aliases().map(|a| a.name).collect::<Vec<_>>(), ["x", "y", "z", "x"]);
    assert_eq!(at(&tree, "c").as_f64(), Some(2.0));
    assert_eq!(at(&tree, "d").resolve(), at(&tree, "d"));
    assert_eq!(at(&tree, "d").scalar(), None);
    assert_eq!(at(&tree, "e.f").resolve(), at(&tree, "e.f"));
    assert_eq!(tree.problems().len(), 2);
    let last = tree.root().unwrap().entries().last().unwrap();
    assert_eq!(
        (last.value.as_str(), last.value.tag(), last.value.scalar()),
        (Some(""), Some("!!str"), Some(Scalar::Str("")))
    );
    assert_eq!(tree.slice(last.value.full_range()), "&k !!str");
}

#[test]
fn keys_may_mean_others() {
    let lower = |tree: &Tree| {
        let keys = tree.nodes().filter(|node| node.is_key() && node.as_str() == Some("Key"));
        keys.map(|node| (node.id(), "key")).collect()
    };
    let text = "a: {Key: 1}\n\"Key\": Key # c\n";
    let tree = Tree::parse(text).with_meant_keys(lower);
    assert_eq!(tree.text(), text);
    assert_eq!(at(&tree, "a.key").as_str(), Some("1"));
    assert_eq!(at(&tree, "key").as_str(), Some("Key"));
    assert_eq!(at(&tree, "key").path().to_string(), "key");
    let written: Vec<_> = tree.meant_keys().map(|key| (key.source(), key.written_key())).collect();
    assert_eq!(written, [("Key", Some("Key")), ("\"Key\"", Some("Key"))]);
    // Edits leave them as they are written, and read the text after them in the same way.
    let edit = stepladder_yaml::edit::set(&tree, &path!["key"], &"x".into()).unwrap();
    let after = tree.parse_alike(edit.apply(text));
    assert_eq!(after.text(), "a: {Key: 1}\n\"Key\": x # c\n");
    assert_eq!(at(&after, "key").as_str(), Some("x"));
}

#[test]
fn anchored_keys_may_mean_others() {
    let lower = |tree: &Tree| {
        let keys = tree.nodes().filter(|node| node.is_key() && node.as_str() == Some("Key"));
        keys.map(|node| (node.id(), "key")).collect()
    };
    let tree = Tree::parse("&k Key: 1\na: {&l Key: 2}\n").with_meant_keys(lower);
    assert_eq!(at(&tree, "key").as_str(), Some("1"));
    assert_eq!(at(&tree, "a.key").as_str(), Some("2"));
    let written: Vec<_> = tree.meant_keys().map(|key| key.written_key()).collect();
    assert_eq!(written, [Some("Key"), Some("Key")]);
    // What an alias repeats elsewhere is the text as it is written.
    let tree = Tree::parse("&k Key: 1\na: *k\n").with_meant_keys(lower);
    assert_eq!(at(&tree, "Key").as_str(), Some("1"));
    assert_eq!(at(&tree, "a").resolve().as_str(), Some("Key"));
}

#[test]
fn documents_and_nothing() {
    for text in ["", "# c\n", "---\n", "~", "\u{feff}", "\n\n"] {
        let tree = Tree::parse(text);
        assert_eq!(tree.root(), None, "{text:?}");
        assert_eq!(tree.at(&path!["a"]), None);
        assert_eq!(tree.text(), text);
    }
    let tree = Tree::parse("a: 1\n---\nb: 2\n...\n# end\n");
    assert_eq!(tree.documents().len(), 2);
    assert_eq!(tree.node(tree.documents()[1]).source(), "b: 2");
    assert_eq!(tree.comments().len(), 1);
}

#[test]
fn byte_order_mark_and_crlf() {
    let tree = Tree::parse("\u{feff}# top\r\na: 1 # x\r\nb: |\r\n  l1\r\n\r\n  l2\r\nc: 'x\r\n  y'\r\n");
    assert_eq!(tree.problems(), []);
    assert_eq!(at(&tree, "b").as_str(), Some("l1\n\nl2\n"));
    assert_eq!(at(&tree, "b").source(), "|\r\n  l1\r\n\r\n  l2");
    assert_eq!(at(&tree, "a").leading_comments().len(), 1);
    assert_eq!(at(&tree, "a").trailing_comment().map(|c| tree.slice(c.range)), Some("# x"));
    assert_eq!(at(&tree, "c").as_str(), Some("x y"));
    assert!(!tree.comments()[0].trailing);
    assert_eq!(tree.comments()[0].range, TextRange::new(3, 8));
}
