//! What a person should know besides the verdicts.

use stepladder_yaml::path;

use super::{Event, Note, Place};
use crate::Analysis;
use crate::facts::events;
use crate::model::{Concurrency, Job};

/// What else a person should know about a run of this event.
pub(super) fn notes(analysis: &Analysis, event: &Event) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut say = |text: String| notes.push(Note { text, place: None });
    let fact = events::event(&event.name);
    if event.fork == Some(true) && fact.is_some_and(|fact| fact.fork_restricted) {
        say("From a fork, the run has a token that only reads, and no secrets.".to_owned());
    }
    if event.fork == Some(true) && event.name == "pull_request_target" {
        say("`pull_request_target` runs with the secrets of the repository, though the pull request comes from a fork."
            .to_owned());
    }
    if event.by_token == Some(true) && event.name == "pull_request" {
        say("The pull request was made with the `GITHUB_TOKEN`, so the run waits for someone's approval."
            .to_owned());
    }
    if let Some(concurrency) = &analysis.workflow.concurrency
        && let Some(group) = &concurrency.group
    {
        let path = path!["concurrency"];
        let place = Some(Place { path, range: group.range });
        notes.push(Note { text: concurrency_of("run", concurrency), place });
    }
    notes
}

/// What a concurrency group means for the run or the job that is in it.
pub(super) fn concurrency_of(what: &str, concurrency: &Concurrency) -> String {
    let group = concurrency.group.as_ref().map_or("", |group| &group.value);
    let cancels = concurrency.cancel.as_ref().map(|cancel| cancel.value.as_str());
    match cancels {
        Some("true") => {
            format!("A {what} of the same concurrency group `{group}` that is still going is cancelled.")
        }
        Some(other) if other.contains("${{") => {
            format!(
                "Whether a {what} of the same concurrency group `{group}` is cancelled depends on `{other}`."
            )
        }
        _ => format!("It waits while another {what} of the concurrency group `{group}` is going."),
    }
}

/// The note about a job's environment.
pub(super) fn environment_of(job: &Job) -> Option<Note> {
    let name = job.environment.as_ref()?.name.as_ref()?;
    let text = format!(
        "It waits for the rules of the environment `{}`, such as somebody's approval, if it has any.",
        name.value
    );
    Some(Note { text, place: Some(Place { path: job.path.child("environment"), range: name.range }) })
}
