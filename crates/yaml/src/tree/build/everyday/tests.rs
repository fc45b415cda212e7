#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::super::parsed;
use super::read;

/// That what is read here is what the parser reads; whether it was read here.
fn agree(text: &str) -> bool {
    let Some(built) = read(text) else { return false };
    let run = parsed(text);
    assert!(run.error.is_none() && run.bad_aliases.is_empty(), "the parser refuses {text:?}");
    for (one, other) in built.nodes.iter().zip(&run.built.nodes) {
        assert_eq!(one, other, "in {text:?}");
    }
    assert_eq!(built, run.built, "in {text:?}");
    true
}

#[test]
fn what_workflows_are_made_of_is_read() {
    for text in [
        "a: b",
        "a: b\n",
        "# first\n\na: b # beside\n# below\n",
        "---\na: b\n",
        "--- # start\na: b\n",
        "a:\n  b:\n    c: d\n  e:\nf:\n",
        "a:\n- b\n- c: d\n  e: f\n-\ng: h\n",
        "a:\n  - b\n  -\n    c: d\n  - - e\n    - f\n",
        "a: # why\n  b: c\n",
        "a: |\n  one\n  two\nb: c\n",
        "a: |-\n  one\n\n    two\n \n\n# c\nb: >\n  one\n  two\n\n  three\n",
        "a:\n  - run: | # run\n      one\n       two\n    # comment\n  - run: >-\n      x\n      y",
        "a: [b, 'c', \"d\"]\ne: []\nf: {}\ng: { h: i, j: [k, l] }\n",
        "a: [\n  b, # why\n  # and\n  c,\n]\nd: [e,\n    f]\n",
        "a: 'it''s'\nb: \"a \\\"b\\\" \\\\ \\n\"\n\"c d\": e\n'f': g\n",
        "if: ${{ a == 'b' }}\nx y : z\nurl: http://x:80/#y\nw: a#b\nv: -1\n",
        "# licence\n\n---\n# more\na: b\n",
        "a: >\n  one\n   two\n    three\n\n   four\n  five\n\n\n  six\n   seven\nb: >-\n  one\n\n   two\n\n  three\n",
        "a: |\n  one\n    \n\n  two\n   \nb: |-\n  one\n     \n",
        "é: ü # ß\n💡: \"✔️\"\n",
    ] {
        assert!(agree(text), "not read: {text:?}");
    }
}

#[test]
fn what_could_mean_anything_else_is_left_to_the_parser() {
    for text in [
        "",
        "# a\n",
        "a",
        "- a\n",
        "[a]\n",
        "a: &b c\n",
        "a: *b\n",
        "a: !c d\n",
        "? a\n: b\n",
        "a:\n\tb: c\n",
        "a: b\n  c\n",
        "a: b: c\n",
        "a: 'b\n  c'\n",
        "a: \"b\\x41\"\n",
        "a: |2\n   b\n",
        "a: |+\n  b\n\n",
        "a: |\n\n  b\n",
        "a: |\nb: c\n",
        "a: b\n---\nc: d\n",
        "a: b\n...\n",
        "%YAML 1.2\n---\na: b\n",
        "a:\r\n  b: c\r\n",
        "\u{feff}a: b\n",
        "a: b\u{85}c\n",
        "a: \u{7}\n",
        "a: [b\n",
        "a: [b: c]\n",
        "a: {b}\n",
        "a: [b\nc]\n",
        "a: 'b' c\n",
        "a: 'b'#c\n",
        "a:\n  b: c\n d: e\n",
        "a\n",
        "a: @b\n",
        "a: b\nc\n",
        "a: {b: c: d}\n",
        "a: - b\n",
        "a: [,]\n",
        "a: [b [c]]\n",
        "a: {\"b\":c}\n",
    ] {
        assert!(read(text).is_none(), "read: {text:?}");
    }
}

#[test]
fn long_and_deep_texts_are_bounded() {
    let deep: String = (0..200).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert!(read(&deep).is_none() && read(&format!("a: {}", "[".repeat(100_000))).is_none());
    assert!(read(&format!("a: {}{}", "- ".repeat(10_000), "b")).is_none());
    assert!(read(&format!("{}: b", "a".repeat(2_000))).is_none());
    assert!(agree(&format!("a: {}", "b".repeat(2_000))));
}

/// Real files, where they lie beside the project.
#[test]
fn real_files_have_the_same_tree_either_way() {
    let mut folders =
        vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance")];
    let (mut count, mut read) = (0, 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "yml" || end == "yaml") {
                let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
                count += 1;
                read += usize::from(agree(&text));
                // A text while it is typed.
                for cut in (0..text.len()).step_by(text.len() / 4 + 1) {
                    agree(&String::from_utf8_lossy(&text.as_bytes()[..cut]));
                }
            }
        }
    }
    println!("{read} of {count} files are read without the parser");
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "a",
        "b",
        "- ",
        "-",
        ": ",
        ":",
        "\n",
        "\n  ",
        "\n    ",
        "\n",
        " ",
        "  ",
        "# c",
        " #",
        "|",
        ">",
        "|-",
        ">-",
        "'",
        "\"",
        "''",
        "\\n",
        "\\",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ",",
        "${{ a }}",
        "?",
        "&x",
        "*x",
        "!",
        "---",
        "...",
        "\t",
        "1",
        "a: b\n",
        "key:\n  ",
        "- c\n",
        "a: |\n  x\n",
        "é",
        "%",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_the_same_tree_either_way(pieces in prop::collection::vec(piece(), 0..24)) {
        agree(&pieces.concat());
        agree(&format!("k: {}", pieces.concat()));
    }
}
