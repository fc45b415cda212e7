//! A workflow in plain sentences, each with the place that it is about.
//!
//! [`explain`] is pure and total: it reads the model and leaves out what is not there. [`words_of`] tells what the keys,
//! contexts and functions of a sentence's place mean, from the same tables as completion and hover; [`glossary`] tells what
//! the words mean that GitHub uses.

mod condition;
mod glossary;
mod job;
mod link;
mod step;
mod terms;
mod trigger;
mod workflow;

use stepladder_yaml::{Path, TextRange, path};

pub use condition::condition_in_words;
pub use glossary::{Term, glossary};
pub use link::documentation;
pub use terms::{Word, words_of};

use crate::{Analysis, Env, FileKind, NameUse};

/// What a part of the file does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// "When it starts", "Job train".
    pub title: String,
    /// What the part is.
    pub kind: SectionKind,
    /// The node that it is about.
    pub path: Path,
    /// Its sentences, in the order in which they are best read.
    pub sentences: Vec<Sentence>,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionKind {
    /// The workflow, or the action, as a whole.
    Whole,
    /// Its triggers.
    Triggers,
    /// A job, or the steps of an action.
    Job,
}

/// One plain sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// It starts with a capital letter and ends with a full stop; parts in backquotes are code.
    pub text: String,
    /// The node that it is about.
    pub path: Path,
    /// The bytes that it is about, with the key.
    pub range: TextRange,
    /// The number of the step that it is about, from 1.
    pub step: Option<usize>,
}

/// The file in sentences.
#[must_use]
pub fn explain(analysis: &Analysis, env: &Env) -> Vec<Section> {
    let cx = Cx::new(analysis, env);
    let mut sections = Vec::new();
    if analysis.kind == FileKind::Action {
        sections.push(workflow::action(&cx));
        sections.push(section(
            "Its steps",
            SectionKind::Job,
            path!["runs"],
            step::steps(&cx, &analysis.action.steps),
        ));
    } else {
        sections.push(workflow::whole(&cx));
        let triggers = trigger::triggers(&cx);
        sections.push(section("When it starts", SectionKind::Triggers, path!["on"], triggers));
        sections.extend(analysis.workflow.jobs.iter().map(|job| job::job(&cx, job)));
    }
    sections.retain(|section| !section.sentences.is_empty());
    sections
}

fn section(title: impl Into<String>, kind: SectionKind, path: Path, sentences: Vec<Sentence>) -> Section {
    Section { title: title.into(), kind, path, sentences }
}

/// What the sentences are made from.
struct Cx<'a> {
    analysis: &'a Analysis,
    env: &'a Env,
    names: Vec<NameUse>,
}

impl<'a> Cx<'a> {
    fn new(analysis: &'a Analysis, env: &'a Env) -> Self {
        Self { analysis, env, names: analysis.names() }
    }

    /// A sentence about the node at `path`; nothing when there is none.
    fn say(&self, path: &Path, text: impl Into<String>) -> Option<Sentence> {
        let tree = &self.analysis.tree;
        let range = match tree.entry_at(path) {
            Some(entry) => entry.range(),
            None => tree.at(path)?.range(),
        };
        Some(Sentence { text: text.into(), path: path.clone(), range, step: None })
    }
}

/// "`a`", "`a` and `b`", "`a`, `b` and `c`".
fn codes<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    join(names.into_iter().map(|name| format!("`{name}`")), "and")
}

/// "a", "a and b", "a, b and c", with another word for "and".
fn join(parts: impl IntoIterator<Item = String>, word: &str) -> String {
    let parts: Vec<String> = parts.into_iter().collect();
    match &parts[..] {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {word} {last}", most.join(", ")),
    }
}

/// "1 step", "2 steps".
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests;
