//! Events in plain words, made from what a workflow itself waits for.

use super::Event;
use super::filters::filter;
use crate::Analysis;
use crate::cron::{self, Cron};
use crate::expr::{self, ExprKind};
use crate::facts::events;
use crate::glob::{self, Pattern, Target};
use crate::model::{Input, Trigger, Workflow};

/// Most activity types, workflows or options of one event that get a preset of their own.
const MAX_KINDS: usize = 6;

/// An event that a person can choose from a list.
#[derive(Clone, Debug)]
pub struct Preset {
    /// What happens, in plain words: "Push to main that touches data/". No two presets of a workflow have the same.
    pub title: String,
    /// The event.
    pub event: Event,
}

/// Events to try on this workflow: those that it waits for, and near misses beside them. Empty without triggers.
#[must_use]
pub fn presets(analysis: &Analysis) -> Vec<Preset> {
    let workflow = &analysis.workflow;
    let mut list = List { workflow, found: Vec::new() };
    for trigger in &workflow.triggers {
        list.of(trigger);
    }
    list.found
}

/// The default branch, guessed from the branches that the triggers name; `main` when they name none.
pub(super) fn default_branch(workflow: &Workflow) -> String {
    let named = workflow.triggers.iter().filter_map(|trigger| filter(trigger, "branches"));
    let named: Vec<&str> = named
        .flat_map(|filter| &filter.patterns)
        // Whoever writes a branch with its prefix, which matches none, means that branch all the same.
        .map(|pattern| pattern.value.strip_prefix("refs/heads/").unwrap_or(&pattern.value))
        .filter(|name| !name.contains(['*', '?', '+', '[', '!', '\\', '$', ' ']))
        .filter(|name| !glob::examples(name, Target::Ref).is_empty())
        .collect();
    let usual = ["main", "master"].into_iter().find(|usual| named.contains(usual));
    usual.or(named.first().copied()).unwrap_or("main").to_owned()
}

/// The repository: the one that a condition compares `github.repository` with, since only there the workflow is at
/// home, else `owner/repository`.
pub(super) fn repository(workflow: &Workflow) -> String {
    let conditions = workflow.jobs.iter().filter_map(|job| job.condition.as_ref());
    for condition in conditions.filter(|condition| condition.value.contains("github.repository")) {
        for range in expr::expressions(&condition.value, true) {
            let parsed = expr::parse(condition.value.get(range.to_usize()).unwrap_or_default());
            if let Some(name) = parsed.ast.as_ref().and_then(compared_repository) {
                return name;
            }
        }
    }
    "owner/repository".to_owned()
}

fn compared_repository(part: &expr::Expr) -> Option<String> {
    if let ExprKind::Compare { op: expr::Compare::Equal, left, right } = &part.kind
        && let (Some(path), ExprKind::String(text)) = (expr::path(left), &right.kind)
    {
        match path.names()[..] {
            [root, name]
                if root.eq_ignore_ascii_case("github") && name.eq_ignore_ascii_case("repository") =>
            {
                return text.contains('/').then(|| text.clone());
            }
            [root, name]
                if root.eq_ignore_ascii_case("github") && name.eq_ignore_ascii_case("repository_owner") =>
            {
                return Some([text, "/repository"].concat());
            }
            _ => {}
        }
    }
    part.children().find_map(compared_repository)
}

struct List<'a> {
    workflow: &'a Workflow,
    found: Vec<Preset>,
}

impl List<'_> {
    fn usual(&self, name: &str) -> Event {
        Event::usual(name, self.workflow)
    }

    fn add(&mut self, title: impl Into<String>, event: Event) {
        let title = title.into();
        if !self.found.iter().any(|preset| preset.title == title) {
            self.found.push(Preset { title, event });
        }
    }

    fn of(&mut self, trigger: &Trigger) {
        let name = trigger.event.value.as_str();
        match name {
            "push" => self.push(trigger),
            "pull_request" | "pull_request_target" => self.pull_request(trigger),
            "merge_group" => {
                let branch = branch(trigger, self.workflow);
                let title = format!("The merge queue tests a group for {branch}");
                self.add(title, self.usual(name).branch(&branch));
            }
            "schedule" => {
                for schedule in &trigger.schedules {
                    let Some(cron) = &schedule.cron else { continue };
                    let words = Cron::parse(&cron.value).map(|cron| cron::in_words(&cron));
                    let words = words.unwrap_or_else(|_| cron.value.clone());
                    let event = Event { schedule: Some(cron.value.clone()), ..self.usual(name) };
                    self.add(format!("Schedule: {}", lower_first(&words)), event);
                }
            }
            "workflow_dispatch" => {
                self.add("Somebody presses Run workflow", self.form(trigger));
                for input in &trigger.inputs {
                    self.choices(trigger, input);
                }
            }
            "workflow_call" => self.add("Another workflow calls it", self.form(trigger)),
            "repository_dispatch" => {
                for kind in types(trigger, &["something"]) {
                    self.add(format!("Another program sends `{kind}`"), self.usual(name).activity(kind));
                }
            }
            "workflow_run" => {
                let names = filter(trigger, "workflows").map_or(&[][..], |filter| &filter.patterns);
                let branch = branch(trigger, self.workflow);
                for ran in names.iter().take(MAX_KINDS) {
                    let ran = ran.value.as_str();
                    for kind in types(trigger, &["completed"]) {
                        let event = || {
                            let event = self.usual(name).activity(kind).branch(&branch);
                            Event { workflow: Some(ran.to_owned()), ..event }
                        };
                        if kind == "completed" {
                            let failed = event().with("workflow_run.conclusion", "failure");
                            self.add(format!("The workflow {ran} ends well"), event());
                            self.add(format!("The workflow {ran} fails"), failed);
                        } else {
                            self.add(format!("The workflow {ran} starts ({kind})"), event());
                        }
                    }
                }
            }
            "release" => {
                for kind in types(trigger, &["published"]) {
                    self.add(format!("A release is {kind}"), self.usual(name).activity(kind));
                }
            }
            _ => {
                let Some(fact) = events::event(name) else { return };
                match types(trigger, fact.types_when_omitted())[..] {
                    [] => self.add(fact.title, self.usual(name)),
                    [kind] => self.add(fact.title, self.usual(name).activity(kind)),
                    ref kinds => {
                        for kind in kinds {
                            let title = format!("{} ({})", fact.title, kind.replace('_', " "));
                            self.add(title, self.usual(name).activity(kind));
                        }
                    }
                }
            }
        }
    }

    fn push(&mut self, trigger: &Trigger) {
        let has = |key: &str| filter(trigger, key).is_some();
        let (branches, tags) = (has("branches") || has("branches-ignore"), has("tags") || has("tags-ignore"));
        let event = self.usual("push");
        if branches || !tags {
            let name = branch(trigger, self.workflow);
            let event = event.clone().branch(&name);
            self.paths(trigger, &format!("Push to {name}"), event);
        }
        if branches || tags {
            let other = event.clone().branch("feature/idea").changed(&[&touched(trigger)]);
            self.add("Push to another branch, feature/idea", other);
        }
        if tags || !branches {
            let patterns = filter(trigger, "tags").map_or(&[][..], |filter| &filter.patterns);
            let texts: Vec<&str> = patterns.iter().map(|pattern| pattern.value.as_str()).collect();
            let tag = sample(&texts, Target::Ref, &["v1.2.3", "v1"]).unwrap_or_else(|| "v1.2.3".to_owned());
            self.add(format!("The tag {tag} is pushed"), event.clone().tag(&tag));
        }
        let name = branch(trigger, self.workflow);
        if branches || !tags {
            let skip = Event { message: Some("Fix a typo [skip ci]".to_owned()), ..event.branch(&name) };
            self.add(
                format!("Push to {name} with [skip ci] in its message"),
                skip.changed(&[&touched(trigger)]),
            );
        }
    }

    fn pull_request(&mut self, trigger: &Trigger) {
        let name = trigger.event.value.as_str();
        let suffix = if name == "pull_request_target" { " (pull_request_target)" } else { "" };
        let base = branch(trigger, self.workflow);
        let event = self.usual(name).branch(&base);
        let kinds = types(trigger, &["opened"]);
        let first = kinds.first().copied().unwrap_or("opened");
        let event = event.activity(first);
        let done = |kind: &str| match kind {
            "opened" => format!("Pull request to {base}"),
            "synchronize" => format!("New commits in a pull request to {base}"),
            kind => format!("Pull request to {base}: {}", kind.replace('_', " ")),
        };
        self.paths(trigger, &[&done(first), suffix].concat(), event.clone());
        let file = touched(trigger);
        let event = event.changed(&[&file]);
        self.add(["Pull request from a fork", suffix].concat(), Event { fork: Some(true), ..event.clone() });
        for kind in kinds.iter().skip(1) {
            self.add([&done(kind), suffix].concat(), event.clone().activity(kind));
        }
        if kinds.contains(&"closed") {
            let merged = event.clone().activity("closed").with("pull_request.merged", true);
            self.add([&format!("Pull request is merged into {base}"), suffix].concat(), merged);
        }
        if filter(trigger, "branches").or(filter(trigger, "branches-ignore")).is_some() {
            self.add(["Pull request to another branch", suffix].concat(), event.branch("feature/base"));
        }
    }

    /// With files that the path filter lets through, and with one that it does not.
    fn paths(&mut self, trigger: &Trigger, title: &str, event: Event) {
        let Some(filter) = filter(trigger, "paths").or(filter(trigger, "paths-ignore")) else {
            self.add(title, event.changed(&["README.md", "src/main.txt"]));
            return;
        };
        let touched = touched(trigger);
        let patterns: Vec<Pattern> =
            filter.patterns.iter().map(|pattern| Pattern::parse(&pattern.value, Target::Path).0).collect();
        let only = filter.key.value == "paths";
        let left_out =
            filter.patterns.iter().flat_map(|pattern| glob::examples(&pattern.value, Target::Path));
        let left_out =
            ["README.md", "docs/guide.md", "notes.txt"].iter().map(|path| (*path).to_owned()).chain(left_out);
        let left_out = left_out.into_iter().find(|path| glob::matches_list(&patterns, path).matched != only);
        self.add(format!("{title} that touches {}", folder(&touched)), event.clone().changed(&[&touched]));
        if let Some(path) = left_out {
            self.add(format!("{title} that touches only {path}"), event.changed(&[&path]));
        }
    }

    /// What the form holds when nobody changes it, with something in the fields that must not be empty.
    fn form(&self, trigger: &Trigger) -> Event {
        let mut event = self.usual(&trigger.event.value);
        for input in trigger.inputs.iter().filter(|input| input.default.is_none()) {
            let kind = input.kind.as_ref().map_or("string", |kind| kind.value.as_str());
            let name = input.name.value.as_str();
            match kind {
                "choice" => {
                    if let Some(option) = input.options.first() {
                        event = event.input(name, option.value.as_str());
                    }
                }
                "environment" => event = event.input(name, "production"),
                "number" if input.required == Some(true) => event = event.input(name, 1.0),
                "boolean" => {}
                _ if input.required == Some(true) => event = event.input(name, "something"),
                _ => {}
            }
        }
        event
    }

    /// The values of an input that a person can choose.
    fn choices(&mut self, trigger: &Trigger, input: &Input) {
        let name = input.name.value.as_str();
        let default = input.default.as_ref().map(|default| default.value.as_str());
        match input.kind.as_ref().map(|kind| kind.value.as_str()) {
            Some("boolean") => {
                let on = default == Some("true");
                let title = format!("Run workflow with {name} {}", if on { "off" } else { "on" });
                self.add(title, self.form(trigger).input(name, !on));
            }
            Some("choice") => {
                let first = default.or(input.options.first().map(|option| option.value.as_str()));
                for option in input.options.iter().take(MAX_KINDS) {
                    let option = option.value.as_str();
                    if Some(option) != first {
                        let title = format!("Run workflow with {name}: {option}");
                        self.add(title, self.form(trigger).input(name, option));
                    }
                }
            }
            _ => {}
        }
    }
}

/// The types that the trigger lists, or else these.
fn types<'t>(trigger: &'t Trigger, otherwise: &[&'t str]) -> Vec<&'t str> {
    let listed = trigger.types.iter().map(|kind| kind.value.as_str()).take(MAX_KINDS);
    if trigger.types.is_empty() {
        otherwise.iter().take(MAX_KINDS).copied().collect()
    } else {
        listed.collect()
    }
}

/// A branch that the trigger lets through: the default branch if it does.
fn branch(trigger: &Trigger, workflow: &Workflow) -> String {
    let default = default_branch(workflow);
    if let Some(filter) = filter(trigger, "branches") {
        let texts: Vec<&str> = filter.patterns.iter().map(|pattern| pattern.value.as_str()).collect();
        return sample(&texts, Target::Ref, &[&default]).unwrap_or(default);
    }
    let Some(filter) = filter(trigger, "branches-ignore") else { return default };
    let patterns: Vec<Pattern> =
        filter.patterns.iter().map(|pattern| Pattern::parse(&pattern.value, Target::Ref).0).collect();
    let passes = |name: &&str| !glob::matches_list(&patterns, name).matched;
    [default.as_str(), "feature/idea", "idea"].into_iter().find(passes).unwrap_or(&default).to_owned()
}

/// A file that the path filter lets through.
fn touched(trigger: &Trigger) -> String {
    const COMMON: [&str; 4] = ["README.md", "src/main.txt", "docs/guide.md", "data/table.csv"];
    if let Some(filter) = filter(trigger, "paths") {
        let texts: Vec<&str> = filter.patterns.iter().map(|pattern| pattern.value.as_str()).collect();
        return sample(&texts, Target::Path, &[]).unwrap_or_else(|| COMMON[1].to_owned());
    }
    let patterns: Vec<Pattern> = filter(trigger, "paths-ignore")
        .map_or(&[][..], |filter| &filter.patterns)
        .iter()
        .map(|pattern| Pattern::parse(&pattern.value, Target::Path).0)
        .collect();
    let passes = |path: &&&str| !glob::matches_list(&patterns, path).matched;
    COMMON.iter().rev().skip(1).find(passes).unwrap_or(&COMMON[1]).to_string()
}

/// A value that the list as a whole matches; one of `wanted` if it does.
fn sample(patterns: &[&str], target: Target, wanted: &[&str]) -> Option<String> {
    let parsed: Vec<Pattern> = patterns.iter().map(|text| Pattern::parse(text, target).0).collect();
    let fits = |value: &String| glob::matches_list(&parsed, value).matched;
    let positive = patterns.iter().filter(|text| !text.starts_with('!'));
    let made = positive.flat_map(|text| glob::examples(text, target));
    wanted.iter().map(|text| (*text).to_owned()).chain(made).find(fits)
}

/// The folder at the top of a path, or the path itself.
fn folder(path: &str) -> &str {
    path.find('/').map_or(path, |slash| &path[..=slash])
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
