//! Edits as before and after.
#![allow(clippy::unwrap_used)]

mod anchors;
mod comments;
mod odd;
mod places;
mod scripts;
mod values;

use stepladder_yaml::edit::{self, Outcome, RefusalKind, Value};
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
