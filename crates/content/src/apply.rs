//! Writes answers into a template's text.

use std::collections::BTreeMap;

use stepladder_yaml::edit::{self, Value};
use stepladder_yaml::{Kind as NodeKind, Tree};

use crate::{Answer, Template};

/// The workflow with these answers in place, by the questions' ids. Questions without an answer keep the text as it
/// is, and so does an answer that says what already stands there. Every answer is written by ordinary edits, so that
/// comments, order and everything else stay.
///
/// # Errors
/// A sentence for the person: an answer to a question that is not asked, or a place that cannot be written.
pub fn apply_answers(template: &Template, answers: &BTreeMap<String, Answer>) -> Result<String, String> {
    let questions = &template.header.questions;
    if let Some(id) = answers.keys().find(|id| !questions.iter().any(|question| question.id == **id)) {
        let known: Vec<&str> = questions.iter().map(|question| question.id.as_str()).collect();
        return Err(format!("This template does not ask for `{id}`. It asks for: {}.", known.join(", ")));
    }
    let mut text = template.text.clone();
    for question in questions {
        let Some(answer) = answers.get(&question.id).filter(|answer| **answer != question.default) else {
            continue;
        };
        for target in question.targets()? {
            let value = match target.format {
                Some(format) => Value::Str(format.replace("{answer}", &answer.to_string())),
                None => value(answer),
            };
            let tree = Tree::parse(text.as_str());
            let edit = match (&value, tree.at(&target.path)) {
                // Item by item, so that a list in brackets stays one.
                (Value::Seq(items), Some(old)) if old.kind() == NodeKind::Sequence => {
                    set_items(&tree, &target.path, items, old.len())
                }
                _ => edit::set(&tree, &target.path, &value).map(|edit| edit.apply(&text)),
            };
            text = edit.map_err(|refusal| format!("{}: {}", question.ask, refusal.message))?;
        }
    }
    Ok(text)
}

/// Every question's answer by default, as a person would type it.
#[must_use]
pub fn defaults(template: &Template) -> BTreeMap<String, String> {
    let questions = template.header.questions.iter();
    questions.map(|question| (question.id.clone(), question.default.to_string())).collect()
}

fn set_items(
    tree: &Tree,
    path: &stepladder_yaml::Path,
    items: &[Value],
    old: usize,
) -> Result<String, edit::Refusal> {
    let mut text = tree.text().to_owned();
    for at in (items.len()..old).rev() {
        text = edit::remove(&Tree::parse(text.as_str()), &path.child(at))?.apply(&text);
    }
    for (at, item) in items.iter().enumerate() {
        text = edit::set(&Tree::parse(text.as_str()), &path.child(at), item)?.apply(&text);
    }
    Ok(text)
}

fn value(answer: &Answer) -> Value {
    match answer {
        Answer::Bool(value) => Value::Bool(*value),
        Answer::Number(value) => number(*value),
        Answer::Text(value) => Value::Str(value.clone()),
        Answer::List(items) => Value::Seq(items.iter().map(value).collect()),
    }
}

/// Whole numbers without a point: `60`, not `60.0`.
fn number(value: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
    if value.fract() == 0.0 && value.abs() < 1e15 { Value::Int(value as i64) } else { Value::Float(value) }
}

#[cfg(all(test, feature = "embedded"))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const SOURCE: &str = "\
title: A
summary: A.
description: A.
category: Building blocks
file: a.yml
level: beginner
questions:
  - {id: versions, ask: Which?, kind: list, default: [\"3.12\", \"3.13\"], sets: [jobs.a.strategy.matrix.python]}
  - {id: folder, ask: Where?, kind: text, default: src, sets: [\"on.push.paths[0] = {answer}/**\", env.FOLDER]}
  - {id: limit, ask: How long?, kind: number, default: 5, sets: [jobs.a.timeout-minutes]}
---
on:
  push:
    paths:
      - src/** # the code
env:
  FOLDER: src
jobs:
  a:
    timeout-minutes: 5   # minutes
    strategy:
      matrix:
        python: [\"3.12\", \"3.13\"]
";

    fn apply(answers: &[(&str, Answer)]) -> Result<String, String> {
        let template = crate::parse("a", SOURCE).unwrap();
        let answers = answers.iter().map(|(id, answer)| ((*id).to_owned(), answer.clone())).collect();
        apply_answers(&template, &answers)
    }

    #[test]
    fn only_what_was_answered_changes() {
        let text = SOURCE.split_once("\n---\n").unwrap().1;
        assert_eq!(apply(&[]).unwrap(), text);
        assert_eq!(apply(&[("limit", Answer::Number(5.0))]).unwrap(), text);
        assert_eq!(
            apply(&[("limit", Answer::Number(7.0)), ("folder", Answer::Text("app".into()))]).unwrap(),
            text.replace("minutes: 5 ", "minutes: 7 ")
                .replace("- src/**", "- app/**")
                .replace(": src", ": app")
        );
    }

    #[test]
    fn a_list_keeps_its_brackets_and_its_versions_stay_texts() {
        let list =
            |items: &[&str]| Answer::List(items.iter().map(|item| Answer::Text((*item).into())).collect());
        let line = |items: &[&str]| {
            let text = apply(&[("versions", list(items))]).unwrap();
            text.lines().last().unwrap().trim().to_owned()
        };
        assert_eq!(line(&["3.10"]), "python: [\"3.10\"]");
        assert_eq!(line(&["3.9", "3.10", "pypy3.11"]), "python: [\"3.9\", \"3.10\", pypy3.11]");
    }

    #[test]
    fn a_question_that_is_not_asked_is_named() {
        let problem = apply(&[("nope", Answer::Bool(true))]).unwrap_err();
        assert!(problem.contains("`nope`") && problem.contains("versions, folder, limit"), "{problem}");
    }
}
