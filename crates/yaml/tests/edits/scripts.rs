//! Texts over several lines, of which one line changes.

use stepladder_yaml::edit::{self, Value};
use stepladder_yaml::{Tree, path};

use crate::{check, p};

/// What stands below `run:` in a job with a step behind it.
fn step(script: &str) -> String {
    format!("jobs:\n  a:\n    steps:\n      - run: {script}      - run: b # c\n")
}

fn run_of(text: &str) -> String {
    let tree = Tree::parse(text);
    assert_eq!(tree.problems(), [], "{text}");
    let node = tree.at(&path!["jobs", "a", "steps", 0, "run"]).unwrap();
    node.as_str().unwrap().to_owned()
}

/// Replaces `old` by `new` in the script; `after` is the text of its lines then.
#[track_caller]
fn becomes(script: &str, old: &str, new: &str, after: &str) {
    for eol in ["\n", "\r\n"] {
        let (text, after) = (step(script).replace('\n', eol), step(after).replace('\n', eol));
        let wanted = run_of(&text).replacen(old, new, 1);
        let tree = Tree::parse(text.as_str());
        let path = path!["jobs", "a", "steps", 0, "run"];
        let now = edit::set(&tree, &path, &Value::Str(wanted.clone())).unwrap().apply(&text);
        assert_eq!(now, after, "\n--- got\n{now}\n--- wanted\n{after}");
        assert_eq!(run_of(&now), wanted);
    }
}

/// As [`becomes`], where the text is the same but for these words.
#[track_caller]
fn stays(script: &str, old: &str, new: &str) {
    becomes(script, old, new, &script.replacen(old, new, 1));
}

const EIGHT: &str = "          one\n          two\n          three\n          four\n          five\n          six\n          seven\n          eight\n";

#[test]
fn one_letter_changes_one_line() {
    for header in ["|", "|-", "|+", "| # c", "|2", "|2+", "|-2", ">", ">-", ">+", ">2+"] {
        for blank in ["", "\n", "\n\n", "          \n", "   \n\n"] {
            let script = format!("{header}\n{EIGHT}{blank}");
            stays(&script, "one", "oneX");
            stays(&script, "five", "X");
            stays(&script, "eight", "eightX");
        }
    }
    stays("|4\n            deep\n            one\n\n", "one", "oneX");
    stays("|4+\n              deep\n            one\n\n\n", "one", "oneX");
    stays("|+\n\n          one\n\n\n          two\n\n", "two", "twoX");
}

#[test]
fn at_the_end_of_the_file() {
    let set = |before: &str, path: &str, text: &str, after: &str| {
        check(before, |tree| edit::set(tree, &p(path), &text.into()), after);
    };
    set("a: |+\n  x\n  y\n\n", "a", "xX\ny\n\n", "a: |+\n  xX\n  y\n\n");
    set("a: |+\n  x\n  y\n\n\n", "a", "x\nyX\n\n\n", "a: |+\n  x\n  yX\n\n\n");
    set("a: >+\n  x\n  y\n\n\n", "a", "x yX\n\n\n", "a: >+\n  x\n  yX\n\n\n");
    set("a: |+\n  x\n", "a", "xX\n", "a: |+\n  xX\n");
    set("- |+\n  x\n\n- b\n", "[0]", "xX\n\n", "- |+\n  xX\n\n- b\n");
}

#[test]
fn the_header_changes_only_if_it_must() {
    // Line breaks at the end come and go.
    becomes("|+\n          one\n\n", "one\n\n", "one", "|-\n          one\n\n");
    becomes("|+\n          one\n\n", "one\n\n", "one\n", "|+\n          one\n");
    becomes("|+\n          one\n\n", "one\n\n", "one\n\n\n", "|+\n          one\n\n\n");
    becomes("|\n          one\n\n", "one\n", "one", "|-\n          one\n\n");
    becomes("|\n          one\n\n", "one\n", "one\n\n", "|+\n          one\n\n");
    becomes("|\n          one\n", "one\n", "one\n\n\n", "|+\n          one\n\n\n");
    becomes("|-\n          one\n\n", "one", "one\n", "|\n          one\n\n");
    // A first line that is deeper needs to be told how deep.
    becomes("|\n          one\n          two\n", "one", "  one", "|2\n            one\n          two\n");
    becomes("|-\n          one\n          two\n", "one", "\tone", "|2-\n          \tone\n          two\n");
    becomes(
        "|2+\n            one\n          two\n\n",
        "  one",
        "one",
        "|2+\n          one\n          two\n\n",
    );
    becomes(
        ">\n          one\n          two\n\n          three\n",
        "one",
        "  one",
        ">2\n            one two\n          three\n",
    );
}

#[test]
fn lines_of_blanks_stay() {
    for blank in ["              \n", "          \n", "    \n", "          \t\n", "\n"] {
        for header in ["|", "|+", "|-", "|2"] {
            let script =
                format!("{header}\n          one\n{blank}          two\n{blank}{blank}          three\n");
            stays(&script, "one", "oneX");
            stays(&script, "two", "twoX");
            stays(&script, "three", "threeX");
            let longer = script.replacen("two", "two\n          new", 1);
            becomes(&script, "two", "two\nnew", &longer);
        }
    }
    stays("|\n          one\n              \n          two\n              \n", "one", "oneX");
}

#[test]
fn folded_lines_stay() {
    let script = ">\n          one\n          two\n\n          three\n          four\n            deep\n            deeper\n\n          five\n          six\n";
    for word in ["one", "two", "three", "four", "deep", "deeper", "five", "six"] {
        stays(script, word, &format!("{word}X"));
    }
}

#[test]
fn quotes_over_lines_stay() {
    for quote in ["'", "\""] {
        let script = format!(
            "{quote}echo one\n          two  \n\n\n\n          echo three\n\n          four\n          five{quote}\n"
        );
        for word in ["one", "two", "three", "four", "five"] {
            stays(&script, word, "X");
            stays(&script, word, "X: y # z");
            becomes(
                &script,
                word,
                "it's",
                &script.replace(word, if quote == "'" { "it''s" } else { "it's" }),
            );
            becomes(&script, word, "\"", &script.replace(word, if quote == "'" { "\"" } else { "\\\"" }));
        }
        becomes(&script, "four", "four\nnew", &script.replace("four", "four\n\n          new"));
        becomes(&script, "four five", "four", &script.replace("\n          five", ""));
    }
    becomes(
        "'a ''b''\n\n          c ''d'' e\n\n          f'\n",
        "d' e",
        "D' E",
        "'a ''b''\n\n          c ''D'' E\n\n          f'\n",
    );
    stays("a\n          b\n\n          c\n", "b", "X");
}
