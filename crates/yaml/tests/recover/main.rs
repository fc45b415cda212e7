//! What is not YAML is said, and the rest is there all the same.
#![allow(clippy::unwrap_used)]

mod colons;
mod columns;
mod items;
mod signs;
mod whole;

use stepladder_yaml::{Kind, Tree};

/// Reads a text in which a line of `^^^ message` marks what the line above gets told; then the values that must be
/// there in spite of it, as `path = text`.
fn check(fixture: &str, values: &[&str]) {
    let mut text = String::new();
    let mut wanted = Vec::new();
    let mut line_start = 0;
    for line in fixture.lines() {
        let marks = line.trim_start_matches([' ', '#']);
        if marks.starts_with('^') {
            let start = line_start + (line.len() - marks.len());
            let len = marks.bytes().take_while(|b| *b == b'^').count();
            wanted.push((start, start + len, marks[len..].trim().to_owned()));
        } else {
            line_start = text.len();
            text.push_str(line);
            text.push('\n');
        }
    }
    let tree = Tree::parse(text.as_str());
    let got: Vec<_> = tree
        .problems()
        .iter()
        .map(|p| (p.range.start as usize, p.range.end as usize, p.message.clone()))
        .collect();
    let matches = got.len() == wanted.len()
        && got.iter().zip(&wanted).all(|(g, w)| g.0 == w.0 && g.1 == w.1 && g.2.contains(&w.2));
    assert!(
        matches,
        "{text}\ngot {got:#?}\nwanted {wanted:#?}\nread as {:?}",
        tree.nodes().collect::<Vec<_>>()
    );
    for value in values {
        let (path, value) = value.split_once(" = ").unwrap();
        let node = tree.at(&path.parse().unwrap());
        let node = node.unwrap_or_else(|| panic!("nothing at {path} of\n{text}"));
        let got = match node.kind() {
            Kind::Scalar => node.as_str().unwrap().to_owned(),
            _ => node.source().to_owned(),
        };
        assert_eq!(got, value, "{path} of\n{text}");
    }
}

/// A job with a mistake in place of `from`, and the one message that tells of it.
#[track_caller]
fn job_with(from: &str, to: &str, line: u32, message: &str) {
    const GOOD: &str = "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: checkout\n        with:\n          depth: 0\n      - name: x\n        run: echo\n    timeout: 5\n  test:\n    needs: build\n    runs-on: ubuntu-latest\n";
    let text = GOOD.replacen(from, to, 1);
    assert_ne!(text, GOOD);
    let tree = Tree::parse(text.as_str());
    let told: Vec<_> =
        tree.problems().iter().map(|it| (tree.line_col(it.range.start).line, &it.message)).collect();
    let [(at, said)] = told.as_slice() else { panic!("{text}{told:#?}") };
    assert!(*at == line && said.contains(message), "{text}{told:#?}");
    let paths = |tree: &Tree| -> Vec<String> {
        let keys = tree.nodes().filter(|node| node.is_key());
        keys.map(|key| format!("{} {:?}", key.path(), key.as_str())).collect()
    };
    assert_eq!(paths(&tree), paths(&Tree::parse(GOOD)), "{text}");
    for node in tree.nodes().filter(|node| node.is_key()) {
        assert_eq!(Some(node.source()), node.as_str(), "{text}");
    }
}
