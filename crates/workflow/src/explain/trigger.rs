//! What starts the workflow, in words.

use super::{Cx, Sentence, codes, join};
use crate::cron::{self, Cron};
use crate::facts::events;
use crate::model::{Filter, Input, Trigger};

pub(super) fn triggers(cx: &Cx<'_>) -> Vec<Sentence> {
    let mut all = Vec::new();
    for trigger in &cx.analysis.workflow.triggers {
        if trigger.schedules.is_empty() {
            all.extend(cx.say(&trigger.path, event(trigger)));
        }
        all.extend(trigger.schedules.iter().filter_map(|schedule| {
            let line = &schedule.cron.as_ref()?.value;
            let zone = schedule.timezone.as_ref().map_or("UTC", |zone| &zone.value);
            let text = match Cron::parse(line) {
                Ok(cron) => {
                    format!("It starts by the clock: {}, {zone} time.", lower_first(&cron::in_words(&cron)))
                }
                Err(_) => format!("It starts by the clock at `{line}`, which GitHub does not understand."),
            };
            cx.say(&schedule.path, text)
        }));
        all.extend(trigger.inputs.iter().filter_map(|own| cx.say(&own.path, input(trigger, own))));
    }
    all
}

/// "It starts when code is pushed to `main`, if a file changed that matches `src/**`."
fn event(trigger: &Trigger) -> String {
    let name = trigger.event.value.as_str();
    let mut text = match (name, events::event(name)) {
        ("push", _) => "It starts when something is pushed".to_owned(),
        ("pull_request", _) => "It starts for pull requests".to_owned(),
        ("pull_request_target", _) => {
            "It starts for pull requests, with the rights and secrets of the target repository".to_owned()
        }
        ("workflow_dispatch", _) => {
            "It can be started by hand, with the button “Run workflow” or the API".to_owned()
        }
        ("workflow_call", _) => "Other workflows can call it like a function".to_owned(),
        ("repository_dispatch", _) => "It starts when another program sends an event by the API".to_owned(),
        ("workflow_run", _) => "It starts after another workflow".to_owned(),
        (_, Some(fact)) => format!("It starts on `{name}`: {}", lower_first(fact.title)),
        (_, None) => return format!("It names `{name}`, which is no event that GitHub knows."),
    };
    let filter = |key: &str| trigger.filters.iter().find(|filter| filter.key.value == key);
    let kinds: Vec<&str> = trigger.types.iter().map(|kind| kind.value.as_str()).collect();
    let defaults = events::event(name).and_then(|fact| fact.default_types);
    match (&kinds[..], defaults) {
        ([], Some(defaults)) => {
            let all = join(defaults.iter().map(|kind| format!("`{kind}`")), "or");
            text.push_str(&format!(", when they are {all}"));
        }
        ([], None) => {}
        (kinds, _) if name == "repository_dispatch" => {
            text.push_str(&format!(" named {}", or(kinds.iter().copied())))
        }
        (kinds, _) => text.push_str(&format!(", when the activity is {}", or(kinds.iter().copied()))),
    }
    if let Some(workflows) = filter("workflows") {
        text.push_str(&format!(": {}", or(patterns(workflows))));
    }
    let (to, into) = match name {
        "push" => ("to the branch", "to"),
        "workflow_run" => ("that ran on the branch", "on"),
        _ => ("into the branch", "into"),
    };
    let mut parts = Vec::new();
    if let Some(branches) = filter("branches") {
        parts.push(format!("{to} {}", listed(branches)));
    }
    if let Some(branches) = filter("branches-ignore") {
        parts.push(format!("{into} any branch but {}", listed(branches)));
    }
    if let Some(tags) = filter("tags") {
        parts.push(format!("as the tag {}", listed(tags)));
    }
    if let Some(tags) = filter("tags-ignore") {
        parts.push(format!("as any tag but {}", listed(tags)));
    }
    if !parts.is_empty() {
        text.push_str(&format!(" {}", join(parts, "or")));
    }
    if let Some(paths) = filter("paths") {
        text.push_str(&format!(", if a changed file matches {}", listed(paths)));
    }
    if let Some(paths) = filter("paths-ignore") {
        text.push_str(&format!(", unless all changed files match {}", listed(paths)));
    }
    text.push('.');
    text
}

fn patterns(filter: &Filter) -> impl Iterator<Item = &str> {
    filter.patterns.iter().map(|pattern| pattern.value.as_str())
}

/// The patterns of a list in which the last one that matches decides.
fn listed(filter: &Filter) -> String {
    let mut out = String::new();
    for (at, pattern) in patterns(filter).enumerate() {
        let (word, pattern) = match pattern.strip_prefix('!') {
            Some(rest) => ("but not ", rest),
            None if at == 0 => ("", pattern),
            None => ("or ", pattern),
        };
        if at > 0 {
            out.push_str(if word == "or " { " " } else { ", " });
        }
        out.push_str(&format!("{word}`{pattern}`"));
    }
    out
}

fn or<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    join(names.into_iter().map(|name| format!("`{name}`")), "or")
}

fn input(trigger: &Trigger, input: &Input) -> String {
    let who = if trigger.event.value == "workflow_call" { "The caller gives" } else { "It asks for" };
    let name = &input.name.value;
    let kind = input.kind.as_ref().map_or("string", |kind| &kind.value);
    let mut text = format!("{who} the input `{name}`");
    text.push_str(match kind {
        "boolean" => ", yes or no",
        "number" => ", a number",
        "choice" => ", one of ",
        "environment" => ", the name of an environment",
        _ => ", a text",
    });
    if kind == "choice" {
        text.push_str(&codes(input.options.iter().map(|option| option.value.as_str())));
    }
    match (&input.default, input.required) {
        (Some(default), _) if default.value.is_empty() => text.push_str("; it may stay empty"),
        (Some(default), _) => text.push_str(&format!("; without one it is `{}`", default.value)),
        (None, Some(true)) => text.push_str("; it has to be given"),
        (None, _) => {}
    }
    text.push('.');
    if let Some(description) = input.description.as_ref().filter(|text| !text.value.is_empty()) {
        text.push_str(&format!(" It is described as “{}”.", description.value.trim_end_matches('.')));
    }
    text
}

pub(super) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
