//! What a job's card says beside its steps: how many variants, environment, condition, services, permissions.

use stepladder_workflow::Severity;
use stepladder_workflow::model::{Job, Legs, Permissions};

use super::{JobCard, Mark, MatrixMark, StepLine};
use crate::views::graph::glyph::Glyph;
use crate::views::problems::counted;

/// How many jobs a matrix makes, and which.
pub(super) fn matrix_mark(legs: &Legs) -> MatrixMark {
    const LISTED: usize = 16;
    match legs {
        Legs::Unknown(reason) => MatrixMark {
            text: "×?".into(),
            title: format!("How many variants there are is not known: {reason}."),
        },
        Legs::Known(legs) if legs.is_empty() => {
            MatrixMark { text: "×0".into(), title: "No job comes of its matrix.".into() }
        }
        Legs::Known(legs) => {
            let mut lines: Vec<String> = legs
                .iter()
                .take(LISTED)
                .map(|leg| {
                    let values: Vec<String> =
                        leg.iter().map(|(name, value)| format!("{name} {}", value.brief())).collect();
                    values.join(", ")
                })
                .collect();
            if legs.len() > LISTED {
                lines.push(format!("and {} more", legs.len() - LISTED));
            }
            let times = if legs.len() == 1 { "once".to_owned() } else { format!("{} times", legs.len()) };
            let title = format!("Runs {times}:\n{}", lines.join("\n"));
            MatrixMark { text: format!("×{}", legs.len()), title }
        }
    }
}

/// What is worth seeing of a job beside its steps.
pub(super) fn marks(job: &Job, disabled: bool) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut mark = |glyph, text: String, title: String, key: &str| {
        marks.push(Mark { glyph, text, title, path: job.path.child(key) });
    };
    if let Some(name) = job.environment.as_ref().and_then(|environment| environment.name.as_ref()) {
        mark(Glyph::Environment, name.value.clone(), format!("Environment {}", name.value), "environment");
    }
    if let Some(condition) = job.condition.as_ref().filter(|_| !disabled) {
        mark(Glyph::Condition, "if".into(), format!("Only if {}", condition.value.trim()), "if");
    }
    if !job.services.is_empty() {
        let names: Vec<&str> = job.services.iter().map(|name| name.value.as_str()).collect();
        mark(Glyph::Service, names.join(", "), format!("Services: {}", names.join(", ")), "services");
    }
    if job.container {
        mark(Glyph::Container, "container".into(), "Its steps run in a container".into(), "container");
    }
    if let Some(permissions) = &job.permissions {
        let text = match permissions {
            Permissions::All(word) => word.value.clone(),
            Permissions::Scopes(scopes) if scopes.is_empty() => "no permissions".into(),
            Permissions::Scopes(scopes) => {
                let words: Vec<String> =
                    scopes.iter().map(|(scope, level)| format!("{} {}", level.value, scope.value)).collect();
                words.join(", ")
            }
        };
        // Writing is what counts.
        let short = match permissions {
            Permissions::Scopes(scopes) => {
                let written: Vec<&str> = scopes
                    .iter()
                    .filter(|(_, level)| level.value == "write")
                    .map(|(scope, _)| scope.value.as_str())
                    .collect();
                match written.as_slice() {
                    [] => "reads".to_owned(),
                    [one] => format!("writes {one}"),
                    many => format!("writes {}", many.len()),
                }
            }
            Permissions::All(word) => word.value.clone(),
        };
        mark(Glyph::Permissions, short, format!("Its token may: {text}"), "permissions");
    }
    marks
}

/// The job in one sentence.
pub(super) fn label(card: &JobCard, job: &Job, steps: usize) -> String {
    let mut parts = vec![format!("Job {}", card.title)];
    if card.named {
        parts.push(format!("id {}", job.id.value));
    }
    if job.is_twin() {
        parts.push("another job has its id".into());
    }
    if card.disabled {
        parts.push("switched off".into());
    }
    if !card.runner.is_empty() {
        parts.push(format!("runs on {}", card.runner));
    }
    if let Some(calls) = &card.calls {
        parts.push(format!("calls {calls}"));
    } else {
        parts.push(if steps == 1 { "1 step".into() } else { format!("{steps} steps") });
    }
    if !job.needs.is_empty() {
        let needs: Vec<&str> = job.needs.iter().map(|need| need.value.as_str()).collect();
        parts.push(format!("needs {}", needs.join(", ")));
    }
    if let Some(matrix) = &card.matrix {
        // Its title has the variants, one a line.
        let title = matrix.title.replace(":\n", ": ").replace('\n', "; ");
        parts.push(format!("matrix {}: {}", matrix.text, title.trim_end_matches('.')));
    }
    parts.extend(card.marks.iter().map(|mark| mark.title.clone()));
    if let Some(problems) = &card.problems {
        parts.push(if problems.count == 1 {
            "1 problem".into()
        } else {
            format!("{} problems", problems.count)
        });
    }
    parts.join(", ")
}

/// The step in a few words, with what is marked on its line.
pub(super) fn step_label(step: &StepLine, found: &[(Severity, usize)]) -> String {
    let mut parts = vec![format!("Step {}", step.title)];
    match (step.disabled, step.conditional) {
        (true, _) => parts.push("switched off".into()),
        (false, true) => parts.push("under a condition".into()),
        (false, false) => {}
    }
    parts.extend(found_words(found));
    parts.join(", ")
}

/// `2 errors`, `1 hint`
pub(super) fn found_words(found: &[(Severity, usize)]) -> Vec<String> {
    found.iter().map(|(severity, count)| counted(*severity, *count)).collect()
}
