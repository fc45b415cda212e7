//! A workflow in forms that other programs read: its graph as Mermaid and SVG, its findings as SARIF and Markdown.

mod markdown;
mod mermaid;
pub mod sarif;
mod svg;

pub use markdown::findings;
pub use mermaid::mermaid;
pub use svg::{Colours, svg};

use crate::graph::trigger_in_words;
use crate::model::{Job, Workflow};

/// What starts the workflow, in words, a line each.
fn starts(workflow: &Workflow) -> Vec<String> {
    let said = workflow.triggers.iter().flat_map(trigger_in_words).map(|words| {
        if words.detail.is_empty() { words.title } else { format!("{} {}", words.title, words.detail) }
    });
    let starts: Vec<String> = said.collect();
    if starts.is_empty() { vec!["Nothing yet".to_owned()] } else { starts }
}

/// What runs a job, in few words: `ubuntu-latest · matrix`.
fn runner(job: &Job) -> String {
    let mut words: Vec<String> = Vec::new();
    match &job.uses {
        Some(uses) => words.push(uses.value.clone()),
        None => words.extend(job.runs_on.iter().map(|label| label.value.clone())),
    }
    if job.matrix.is_some() {
        words.push("matrix".to_owned());
    }
    if let Some(name) = job.environment.as_ref().and_then(|environment| environment.name.as_ref()) {
        words.push(format!("to {}", name.value));
    }
    words.join(" · ")
}

/// Text on one line, without what no XML may hold.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let kept = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    kept.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

/// At most `most` characters.
fn short(text: &str, most: usize) -> String {
    let text = line(text);
    if text.chars().count() <= most {
        return text;
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}
