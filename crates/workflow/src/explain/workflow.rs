//! What holds for the whole file.

use stepladder_yaml::{Path, path};

use super::{Cx, Section, SectionKind, Sentence, codes, counted, section};
use crate::facts::permissions as facts;
use crate::model::{Concurrency, Pair, Permissions, Text};

pub(super) fn whole(cx: &Cx<'_>) -> Section {
    let workflow = &cx.analysis.workflow;
    let mut all = Vec::new();
    let jobs = counted(workflow.jobs.len(), "job");
    if let Some(name) = &workflow.name {
        all.extend(
            cx.say(&path!["name"], format!("The workflow is called “{}” and has {jobs}.", name.value)),
        );
    } else {
        all.extend(cx.say(
            &path!["jobs"],
            format!("The workflow has {jobs}; without `name` GitHub shows its file's name."),
        ));
    }
    if workflow.run_name.is_some() {
        all.extend(cx.say(&path!["run-name"], "Each run has a title of its own in the list of runs."));
    }
    all.extend(permissions(cx, &Path::root(), workflow.permissions.as_ref(), "Its token"));
    all.extend(caches(cx, &Path::root(), workflow.cache_mode.as_ref(), "Its jobs"));
    all.extend(env(cx, &Path::root(), &workflow.env, "All steps"));
    all.extend(concurrency(cx, &Path::root(), workflow.concurrency.as_ref(), "run"));
    let defaults = &workflow.defaults;
    if let Some(shell) = &defaults.shell {
        all.extend(cx.say(
            &path!["defaults"],
            format!("Scripts run in `{}`, unless a step says otherwise.", shell.value),
        ));
    }
    if let Some(folder) = &defaults.working_directory {
        all.extend(cx.say(
            &path!["defaults"],
            format!("Scripts run in the folder `{}`, unless a step says otherwise.", folder.value),
        ));
    }
    section("The workflow", SectionKind::Whole, Path::root(), all)
}

pub(super) fn action(cx: &Cx<'_>) -> Section {
    let action = &cx.analysis.action;
    let mut all = Vec::new();
    if let Some(name) = &action.name {
        all.extend(cx.say(
            &path!["name"],
            format!("This is the action “{}”, which steps of workflows use.", name.value),
        ));
    }
    for input in &action.inputs {
        let name = &input.name.value;
        let mut text = format!("A step gives it the input `{name}` under `with`");
        match (&input.default, input.required) {
            (Some(default), _) => text.push_str(&format!("; without one it is `{}`", default.value)),
            (None, Some(true)) => text.push_str("; it has to be given"),
            _ => {}
        }
        all.extend(cx.say(&input.path, text + "."));
    }
    for (name, _) in &action.outputs {
        let path = path!["outputs", name.value.as_str()];
        all.extend(cx.say(&path, format!("Later steps read its output `{}`.", name.value)));
    }
    if let Some(using) = &action.using {
        let text = match using.value.as_str() {
            "composite" => "It is made of steps, like a part of a job.".to_owned(),
            "docker" => "It runs in a container.".to_owned(),
            other => format!("It is a program for `{other}`."),
        };
        all.extend(cx.say(&path!["runs", "using"], text));
    }
    section("The action", SectionKind::Whole, Path::root(), all)
}

/// What the token may do.
pub(super) fn permissions(
    cx: &Cx<'_>,
    owner: &Path,
    own: Option<&Permissions>,
    whose: &str,
) -> Option<Sentence> {
    let path = owner.child("permissions");
    let text = match own? {
        Permissions::All(word) if word.value == "read-all" => {
            format!("{whose} may read everything and write nothing.")
        }
        Permissions::All(word) if word.value == "write-all" => {
            format!("{whose} may read and write everything, which is more than most jobs need.")
        }
        Permissions::All(word) => format!("{whose} gets the permissions `{}`.", word.value),
        Permissions::Scopes(scopes) if scopes.is_empty() => format!("{whose} may do nothing at all."),
        Permissions::Scopes(scopes) => {
            let of = |level: &str| -> Vec<String> {
                let named = scopes.iter().filter(|(_, own)| own.value == level);
                named
                    .map(|(scope, _)| {
                        let title = facts::scope(&scope.value).map_or("", |fact| fact.title);
                        let plain = title.is_empty() || title.eq_ignore_ascii_case(&scope.value);
                        if plain {
                            format!("`{}`", scope.value)
                        } else {
                            format!("`{}` ({title})", scope.value)
                        }
                    })
                    .collect()
            };
            let (read, write) = (of("read"), of("write"));
            let mut parts = Vec::new();
            if !read.is_empty() {
                parts.push(format!("read {}", super::join(read, "and")));
            }
            if !write.is_empty() {
                parts.push(format!("write {}", super::join(write, "and")));
            }
            match parts.is_empty() {
                true => format!("{whose} may do nothing at all."),
                false => format!("{whose} may {}, and nothing else.", super::join(parts, "and")),
            }
        }
    };
    cx.say(&path, text)
}

/// Which caches may be used.
pub(super) fn caches(cx: &Cx<'_>, owner: &Path, mode: Option<&Text>, who: &str) -> Option<Sentence> {
    let text = match mode?.value.as_str() {
        "read" => format!("{who} may take from the caches and save nothing in them."),
        "write" => format!("{who} may take from the caches and save in them."),
        "write-only" => format!("{who} may save in the caches and take nothing from them."),
        "none" => format!("{who} use no caches."),
        _ => return None,
    };
    cx.say(&owner.child("cache-mode"), text)
}

/// Environment variables.
pub(super) fn env(cx: &Cx<'_>, owner: &Path, pairs: &[Pair], who: &str) -> Option<Sentence> {
    if pairs.is_empty() {
        return None;
    }
    let one = pairs.len() == 1;
    let names = codes(pairs.iter().map(|(name, _)| name.value.as_str()));
    let noun = if one { "variable" } else { "variables" };
    cx.say(&owner.child("env"), format!("{who} can read the environment {noun} {names}."))
}

/// What happens when there are several at a time.
pub(super) fn concurrency(
    cx: &Cx<'_>,
    owner: &Path,
    own: Option<&Concurrency>,
    what: &str,
) -> Option<Sentence> {
    let own = own?;
    let group = own.group.as_ref().map_or("", |group| &group.value);
    let text = match own.cancel.as_ref().map(|cancel| cancel.value.as_str()) {
        Some("true") => format!("A new {what} of the same group `{group}` cancels one that is still going."),
        Some(word) if word.contains("${{") => {
            format!(
                "Of the group `{group}` only one {what} goes at a time; `{word}` decides whether a new one cancels it."
            )
        }
        _ => format!("Of the group `{group}` only one {what} goes at a time; a new one waits."),
    };
    cx.say(&owner.child("concurrency"), text)
}
