//! Whether an event starts the workflow.

use super::checks::Checks;
use super::{Event, Verdict, filters, names, own_rules};
use crate::expr::Value;
use crate::facts::events::{self, Status};
use crate::model::Trigger;
use crate::{Analysis, FileKind};

pub(super) fn starts(analysis: &Analysis, event: &Event, payload: &Value) -> Verdict {
    if let Some(refused) = refused(analysis) {
        return refused;
    }
    let Some(fact) = events::event(&event.name) else {
        return Verdict::no(format!("GitHub knows no event `{}` that starts workflows.", event.name));
    };
    let waits = |trigger: &&Trigger| {
        let name = trigger.event.value.as_str();
        let alias = events::event(name).map(|fact| fact.status);
        name == event.name || alias == Some(Status::AliasOf(fact.name))
    };
    let Some(trigger) = analysis.workflow.triggers.iter().find(waits) else {
        let known: Vec<&str> =
            analysis.workflow.triggers.iter().map(|trigger| trigger.event.value.as_str()).collect();
        return Verdict::no(match known[..] {
            [] => "The workflow names no event under `on`.".to_owned(),
            _ => format!("The workflow waits for {}, not for `{}`.", names(known), event.name),
        });
    };
    let mut checks = Checks::default();
    if fact.status == Status::Retired {
        checks.add(Some(Verdict::no(format!("GitHub no longer sends `{}`.", event.name))));
    }
    if fact.default_branch_file == Some(true) {
        let why = format!("`{}` starts a workflow only when its file is on the default branch.", event.name);
        let missing = "whether the file is on the default branch";
        checks.unless(event.on_default_branch.map(|there| !there), &why, missing);
    }
    if !matches!(
        event.name.as_str(),
        "workflow_dispatch" | "repository_dispatch" | "workflow_call" | "schedule"
    ) {
        checks.add(token(event));
    }
    checks.add(activity(fact, trigger, event));
    own_rules::check(&mut checks, trigger, event, payload);
    if fact.filters.contains(&"branches") {
        checks.add(match event.name.as_str() {
            "push" => filters::pushed_ref(trigger, event),
            // The list is compared with the branch that the earlier run was on.
            "workflow_run" => filters::branches(trigger, "branch of that run", event.head.as_deref()),
            _ => filters::branches(trigger, "base branch", event.base.as_deref()),
        });
    }
    if fact.filters.contains(&"paths") {
        checks.add(filters::changed_paths(trigger, event));
    }
    checks.end(trigger)
}

/// Why GitHub takes the file as a whole for broken.
fn refused(analysis: &Analysis) -> Option<Verdict> {
    if analysis.kind == FileKind::Action {
        return Some(Verdict::no(
            "This file is an action, which workflows use in a step; no event starts it.",
        ));
    }
    if let Some(problem) = analysis.tree.problems().first() {
        let root = stepladder_yaml::Path::root();
        return Some(
            Verdict::no("GitHub cannot read the file: it is not valid YAML.").at(&root, problem.range),
        );
    }
    let jobs = &analysis.workflow.jobs;
    if jobs.is_empty() {
        return Some(Verdict::no("The workflow has no job, and GitHub refuses such a file."));
    }
    let is_there = |id: &str| jobs.iter().any(|job| job.id.value.eq_ignore_ascii_case(id));
    for job in jobs {
        if let Some(need) = job.needs.iter().find(|need| !is_there(&need.value)) {
            let reason = format!(
                "The job `{}` needs `{}`, which is not there: GitHub refuses the file.",
                job.id.value, need.value
            );
            return Some(Verdict::no(reason).at(&job.path.child("needs"), need.range));
        }
    }
    if super::jobs::order(jobs).len() < jobs.len() {
        return Some(Verdict::no("Jobs wait for each other in a circle: GitHub refuses the file."));
    }
    None
}

/// What the `GITHUB_TOKEN` of a run does starts no further run, but a pull request that it opens or updates may.
fn token(event: &Event) -> Option<Verdict> {
    let by_token = match event.by_token {
        Some(false) => return None,
        Some(true) => true,
        None => false,
    };
    let waits = event.name == "pull_request"
        && matches!(event.activity.as_deref(), Some("opened" | "synchronize" | "reopened"));
    if waits {
        return None;
    }
    if by_token && !(event.name == "pull_request" && event.activity.is_none()) {
        return Some(Verdict::no("What a run does with its `GITHUB_TOKEN` starts no other run."));
    }
    let missing = "whether it was done with the `GITHUB_TOKEN`";
    Some(Verdict::unknown(format!("It is not known: {missing}."), missing))
}

fn activity(fact: &events::Event, trigger: &Trigger, event: &Event) -> Option<Verdict> {
    if !fact.has_types() {
        return None;
    }
    let listed: Vec<&str> = trigger.types.iter().map(|kind| kind.value.as_str()).collect();
    let counts: &[&str] = if listed.is_empty() { fact.types_when_omitted() } else { &listed };
    let Some(activity) = event.activity.as_deref() else {
        let all = listed.is_empty() && fact.default_types.is_none();
        let reason = format!("It depends on the activity type: {} counts.", names(counts.iter().copied()));
        return (!all).then(|| Verdict::unknown(reason, "activity type"));
    };
    let free = fact.free_types && listed.is_empty();
    let found = counts.iter().position(|kind| *kind == activity);
    let listed_at = |verdict: Verdict, index: usize| match trigger.types.get(index) {
        Some(kind) => verdict.at(&trigger.path.child("types"), kind.range),
        None => verdict.at(&trigger.path, trigger.event.range),
    };
    Some(match found {
        _ if free => return None,
        Some(index) if !listed.is_empty() => {
            listed_at(Verdict::yes(format!("the activity is `{activity}`")), index)
        }
        Some(_) => return None,
        None if !fact.free_types && !fact.types.contains(&activity) => {
            Verdict::no(format!("The activity `{activity}` of `{}` starts no workflow.", event.name))
        }
        None if listed.is_empty() => {
            let defaults = names(counts.iter().copied());
            let reason = format!("Without `types`, only {defaults} count, not `{activity}`.");
            Verdict::no(reason).at(&trigger.path, trigger.event.range)
        }
        None => listed_at(Verdict::no(format!("`types` does not name the activity `{activity}`.")), 0),
    })
}
