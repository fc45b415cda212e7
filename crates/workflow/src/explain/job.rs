//! A job in words.

use super::{
    Cx, Section, SectionKind, Sentence, codes, condition_in_words, counted, section, step, workflow,
};
use crate::expr;
use crate::facts::limits;
use crate::model::{self, Job, Legs, Secrets};

pub(super) fn job(cx: &Cx<'_>, job: &Job) -> Section {
    let mut all: Vec<Sentence> = Vec::new();
    let child = |key: &str| job.path.child(key);
    all.extend(cx.say(&child("needs"), needs(job)));
    if let Some(condition) = &job.condition {
        all.extend(cx.say(&child("if"), condition_sentence(&condition.value, "It runs")));
    }
    if let Some(uses) = &job.uses {
        let mut text = format!("It runs the jobs of the workflow `{}`", uses.value);
        if !job.with.is_empty() {
            text.push_str(&format!(
                " and gives it {}",
                codes(job.with.iter().map(|(name, _)| name.value.as_str()))
            ));
        }
        all.extend(cx.say(&child("uses"), text + "."));
        match &job.secrets {
            Secrets::Inherit(_) => {
                all.extend(cx.say(&child("secrets"), "The called workflow gets all secrets of this one."))
            }
            Secrets::Given(pairs) if !pairs.is_empty() => {
                let names = codes(pairs.iter().map(|(name, _)| name.value.as_str()));
                all.extend(cx.say(&child("secrets"), format!("It hands over the secrets {names}.")));
            }
            _ => {}
        }
    } else {
        all.extend(cx.say(&child("runs-on"), runner(job)));
    }
    all.extend(matrix(cx, job));
    if let Some(name) = job.environment.as_ref().and_then(|environment| environment.name.as_ref()) {
        let text = format!(
            "It deploys to the environment `{}`: it waits for that environment's rules, such as an approval, and reads its secrets.",
            name.value
        );
        all.extend(cx.say(&child("environment"), text));
    }
    if job.container {
        all.extend(cx.say(&child("container"), "Its steps run in a container."));
    }
    if !job.services.is_empty() {
        let names = codes(job.services.iter().map(|name| name.value.as_str()));
        all.extend(cx.say(
            &child("services"),
            format!("Beside it run the services {names}, which its steps can reach."),
        ));
    }
    all.extend(workflow::permissions(cx, &job.path, job.permissions.as_ref(), "In this job the token"));
    all.extend(workflow::caches(cx, &job.path, job.cache_mode.as_ref(), "Its steps"));
    all.extend(workflow::env(cx, &job.path, &job.env, "Its steps"));
    all.extend(workflow::concurrency(cx, &job.path, job.concurrency.as_ref(), "job"));
    if let Some(timeout) = &job.timeout {
        all.extend(
            cx.say(&child("timeout-minutes"), format!("It is stopped after {} minutes.", timeout.value)),
        );
    } else if job.uses.is_none() {
        let hours = limits::JOB_TIMEOUT_MINUTES / 60;
        all.extend(cx.say(
            &job.path,
            format!("Nothing limits its time, so GitHub stops it only after {hours} hours."),
        ));
    }
    if job.continue_on_error.as_ref().is_some_and(|value| value.value == "true") {
        all.extend(cx.say(&child("continue-on-error"), "When it fails, the run goes on as if it had not."));
    }
    if !job.outputs.is_empty() {
        let names = codes(job.outputs.iter().map(|(name, _)| name.value.as_str()));
        all.extend(cx.say(&child("outputs"), format!("Jobs after it can read its outputs {names}.")));
    }
    all.extend(step::steps(cx, &job.steps));
    let title = if job.name.is_some() && job.title() != job.id.value {
        format!("Job {} ({})", job.id.value, job.title())
    } else {
        format!("Job {}", job.id.value)
    };
    section(title, SectionKind::Job, job.path.clone(), all)
}

fn needs(job: &Job) -> String {
    let ids = codes(job.needs.iter().map(|need| need.value.as_str()));
    let asks = job.condition.as_ref().is_some_and(|condition| asks_status(&condition.value));
    match (job.needs.len(), asks) {
        (1, false) => format!("It waits for the job {ids}, and is skipped unless that one succeeds."),
        (_, false) => format!("It waits for the jobs {ids}, and is skipped unless all of them succeed."),
        (1, true) => format!("It waits for the job {ids}, however that one ends."),
        (_, true) => format!("It waits for the jobs {ids}, however they end."),
    }
}

fn asks_status(condition: &str) -> bool {
    let mut asts = expr::expressions(condition, true)
        .into_iter()
        .filter_map(|range| expr::parse(condition.get(range.to_usize()).unwrap_or_default()).ast);
    asts.any(|ast| expr::asks_status(&ast))
}

/// "It runs only if …", or the condition itself where it has no words.
pub(super) fn condition_sentence(condition: &str, it: &str) -> String {
    match condition_in_words(condition) {
        Some(words) if words.starts_with("whatever") => format!("{it} {words}."),
        Some(words) => format!("{it} only if {words}."),
        None => format!("{it} only if `{}` holds.", condition.trim()),
    }
}

fn runner(job: &Job) -> String {
    let labels: Vec<&str> = job.runs_on.iter().map(|label| label.value.as_str()).collect();
    let steps = counted(job.steps.len(), "step");
    match (&labels[..], &job.runner_group) {
        ([one], None) if one.contains("${{") => {
            format!("It runs {steps} on a machine that is computed: `{one}`.")
        }
        ([one], None) if crate::facts::runners::hosted(one).is_some() => {
            format!("It runs {steps} on a fresh machine of GitHub's, `{one}`.")
        }
        ([one], None) => format!("It runs {steps} on a runner with the label `{one}`."),
        ([], Some(group)) => format!("It runs {steps} on a runner of the group `{}`.", group.value),
        (labels, _) => {
            format!("It runs {steps} on a runner with the labels {}.", codes(labels.iter().copied()))
        }
    }
}

fn matrix(cx: &Cx<'_>, job: &Job) -> Option<Sentence> {
    let matrix = job.matrix.as_ref()?;
    let names: Vec<&str> = matrix.rows.iter().map(|row| row.name.value.as_str()).collect();
    let text = match matrix.legs() {
        Legs::Known(legs) => {
            let few: Vec<String> = legs.iter().take(3).map(leg).collect();
            let more = legs.len().saturating_sub(few.len());
            let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
            let by = if names.is_empty() {
                String::new()
            } else {
                format!(", once for each combination of {}", codes(names))
            };
            format!("It runs {} at the same time{by}: {}{tail}.", counted(legs.len(), "time"), few.join("; "))
        }
        Legs::Unknown(_) if matrix.wrong => return None,
        Legs::Unknown(_) => {
            "It runs several times at once; how often is computed while the workflow runs.".to_owned()
        }
    };
    cx.say(&job.path.child("strategy"), text)
}

fn leg(leg: &model::Leg) -> String {
    let values: Vec<String> = leg.iter().map(|(_, value)| value.label()).collect();
    format!("`{}`", values.join(", "))
}
