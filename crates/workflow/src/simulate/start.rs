//! Whether an event starts the workflow.

use super::context::look;
use super::{Answer, Event, Note, Verdict, filters, names};
use crate::cron::Cron;
use crate::expr::{Kind, Value};
use crate::facts::events::{self, Status};
use crate::model::{Input, Job, Trigger};
use crate::{Analysis, FileKind};

/// Words in a commit message that keep `push` and `pull_request` from starting anything.
const SKIP_WORDS: [&str; 5] = ["[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]"];
/// Most tags that may be pushed, created or deleted at once to send an event.
const MAX_TAGS: u32 = 3;
/// Most branches that may be pushed at once to send an event.
const MAX_BRANCHES: u32 = 5_000;
/// Most levels of workflows that start each other by `workflow_run`.
const MAX_CHAIN: u32 = 3;

/// All checks must pass; the first that does not is the reason.
#[derive(Default)]
struct Checks {
    no: Option<Verdict>,
    unknown: Option<Verdict>,
    yes: Vec<Verdict>,
}

impl Checks {
    fn add(&mut self, verdict: Option<Verdict>) {
        let Some(verdict) = verdict else { return };
        match verdict.answer {
            Answer::No => {
                self.no.get_or_insert(verdict);
            }
            Answer::Unknown => match &mut self.unknown {
                Some(first) => first.missing.extend(verdict.missing),
                None => self.unknown = Some(verdict),
            },
            Answer::Yes => self.yes.push(verdict),
        }
    }

    /// A fact that must not hold: the sentence tells why not.
    fn unless(&mut self, fact: Option<bool>, why: &str, missing: &str) {
        self.add(match fact {
            Some(false) => None,
            Some(true) => Some(Verdict::no(why)),
            None => Some(Verdict::unknown(format!("It is not known: {missing}."), missing)),
        });
    }

    fn end(self, trigger: &Trigger) -> Verdict {
        if let Some(verdict) = self.no.or(self.unknown) {
            return verdict;
        }
        let event = &trigger.event.value;
        let place = self.yes.last().and_then(|verdict| verdict.place.clone());
        let mut reason = String::new();
        for verdict in &self.yes {
            reason.push_str(if reason.is_empty() { "It starts: " } else { ", and " });
            reason.push_str(&verdict.reason);
        }
        if reason.is_empty() {
            reason = format!("It starts on `{event}`, and no filter stands in the way");
        }
        let verdict = Verdict::yes(reason + ".");
        match place {
            Some(place) => Verdict { place: Some(place), ..verdict },
            None => verdict.at(&trigger.path, trigger.event.range),
        }
    }
}

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
    own_rules(&mut checks, trigger, event, payload);
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

fn own_rules(checks: &mut Checks, trigger: &Trigger, event: &Event, payload: &Value) {
    let text = |path: &[&str]| look(payload, path).and_then(Value::to_text);
    let is = |path: &[&str], word: &str| text(path).map(|text| &*text == word);
    match event.name.as_str() {
        "push" => {
            checks.add(too_many(event, MAX_BRANCHES));
            checks.add(message(event));
        }
        "create" | "delete" => checks.add(too_many(event, u32::MAX)),
        "pull_request" => {
            checks.add(message(event));
            let why =
                "The pull request is in conflict with its base: `pull_request` waits until that is solved.";
            checks.unless(event.conflict, why, "whether the pull request is in conflict with its base");
        }
        "release" => {
            // Drafts are silent but for `published` and its like, which make them public.
            let quiet = |kind: &str| matches!(kind, "created" | "edited" | "deleted");
            if event.activity.as_deref().is_none_or(quiet) {
                let draft = look(payload, &["release", "draft"]).and_then(Value::truth);
                let sure = draft != Some(true) || event.activity.is_some();
                let why = "The release is a draft, and drafts start nothing.";
                checks.unless(draft.filter(|_| sure), why, "github.event.release.draft");
            }
        }
        "deployment_status" => {
            let why = "The state `inactive` starts nothing.";
            let path = ["deployment_status", "state"];
            checks.unless(is(&path, "inactive"), why, "github.event.deployment_status.state");
        }
        "check_run" | "check_suite" => {
            let path: &[&str] = match event.name.as_str() {
                "check_run" => &["check_run", "check_suite", "app", "slug"],
                _ => &["check_suite", "app", "slug"],
            };
            let why = "The checks are those of GitHub Actions itself, which start nothing.";
            checks.unless(is(path, "github-actions"), why, &format!("github.event.{}", path.join(".")));
        }
        "schedule" => checks.add(Some(schedule(trigger, event))),
        "workflow_run" => {
            checks.add(workflows(trigger, event));
            let why = "Workflows may start each other by `workflow_run` three times in a row, not more.";
            checks.unless(
                event.chain.map(|chain| chain > MAX_CHAIN),
                why,
                "length of the chain of workflows",
            );
            if event.activity.as_deref().is_none_or(|kind| kind == "requested") {
                let attempt = look(payload, &["workflow_run", "run_attempt"]).map(Value::to_number);
                let rerun = attempt.map(|attempt| attempt > 1.0);
                let sure = rerun != Some(true) || event.activity.is_some();
                let why = "A re-run does not count as `requested`.";
                checks.unless(rerun.filter(|_| sure), why, "github.event.workflow_run.run_attempt");
            }
        }
        "workflow_dispatch" | "workflow_call" => {
            for input in &trigger.inputs {
                checks.add(required(input, event));
            }
        }
        "repository_dispatch" => {
            let long = event.activity.as_ref().is_some_and(|name| name.chars().count() > 100);
            let why = "GitHub refuses an event name of more than 100 characters.";
            checks.unless(Some(long), why, "");
            if let Some(Value::Object(data)) = look(payload, &["client_payload"]) {
                let why = "GitHub refuses a `client_payload` with more than ten names at its top.";
                checks.unless(Some(data.entries().count() > 10), why, "");
            }
        }
        "image_version" => {
            for key in ["names", "versions"] {
                checks.add(filters::filter(trigger, key).map(|filter| {
                    let reason = format!("It depends on the image, which `{key}` filters.");
                    Verdict::unknown(reason, format!("{key} of the image")).at(&filter.path, filter.key.range)
                }));
            }
        }
        _ => {}
    }
}

fn too_many(event: &Event, max_branches: u32) -> Option<Verdict> {
    let unknown = |missing: &str| Some(Verdict::unknown(format!("It is not known: {missing}."), missing));
    match (event.refs, event.short_ref()) {
        (Some(refs), _) if refs <= MAX_TAGS => None,
        (Some(refs), _) if refs > MAX_TAGS.max(max_branches) => {
            Some(Verdict::no("GitHub sends no event when so many branches or tags change at once."))
        }
        (Some(_), Some((_, true))) => {
            Some(Verdict::no("GitHub sends no event when more than three tags change at once."))
        }
        (Some(_), Some((_, false))) => None,
        (Some(_), None) => unknown("branch or tag"),
        (None, _) => unknown("how many branches or tags change at once"),
    }
}

/// `[skip ci]` and its like.
fn message(event: &Event) -> Option<Verdict> {
    let Some(message) = &event.message else {
        let reason = "It is not known whether the commit message asks to skip the run, as with `[skip ci]`.";
        return Some(Verdict::unknown(reason, "commit message"));
    };
    if let Some(word) = SKIP_WORDS.iter().find(|word| message.contains(**word)) {
        return Some(Verdict::no(format!("The commit message says `{word}`.")));
    }
    skips_checks(message).then(|| Verdict::no("The commit message ends with `skip-checks: true`."))
}

/// Whether the trailers, the lines behind two empty lines at the end, end with `skip-checks: true`.
fn skips_checks(message: &str) -> bool {
    let message = message.trim_end().replace("\r\n", "\n");
    let Some((_, trailers)) = message.rsplit_once("\n\n\n") else { return false };
    let last = trailers.lines().next_back().unwrap_or_default();
    !trailers.contains("\n\n") && matches!(last.trim_end(), "skip-checks: true" | "skip-checks:true")
}

fn schedule(trigger: &Trigger, event: &Event) -> Verdict {
    let mut lines = trigger.schedules.iter().filter_map(|schedule| Some((schedule, schedule.cron.as_ref()?)));
    let Some(due) = &event.schedule else {
        return Verdict::unknown("It depends on which schedule comes due.", "schedule");
    };
    let same = |text: &str| text.split_whitespace().eq(due.split_whitespace());
    let Some((schedule, cron)) = lines.find(|(_, cron)| same(&cron.value)) else {
        let reason = format!("No schedule of the workflow reads `{due}`.");
        return Verdict::no(reason).at(&trigger.path, trigger.event.range);
    };
    let path = schedule.path.child("cron");
    match Cron::parse(&cron.value) {
        Err(_) => Verdict::no(format!("`{due}` is no cron line that GitHub understands.")),
        Ok(parsed) if !parsed.ever_runs() => Verdict::no(format!("`{due}` never comes due.")),
        Ok(_) => Verdict::yes(format!("the schedule `{due}` comes due")),
    }
    .at(&path, cron.range)
}

fn workflows(trigger: &Trigger, event: &Event) -> Option<Verdict> {
    let Some(filter) = filters::filter(trigger, "workflows").filter(|filter| !filter.patterns.is_empty())
    else {
        return Some(Verdict::no("`workflow_run` names no workflow under `workflows`, so it never starts."));
    };
    let at = |verdict: Verdict| verdict.at(&filter.path, filter.key.range);
    let Some(ran) = &event.workflow else {
        let listed = names(filter.patterns.iter().map(|name| name.value.as_str()));
        let reason = format!("It depends on the workflow that ran: {listed} counts.");
        return Some(at(Verdict::unknown(reason, "name of the workflow that ran")));
    };
    let index = filter.patterns.iter().position(|name| name.value == *ran);
    Some(match index.and_then(|index| filter.patterns.get(index)) {
        Some(name) => Verdict::yes(format!("the workflow `{ran}` is named")).at(&filter.path, name.range),
        None if filter.patterns.iter().any(|name| name.value.contains('*')) => {
            let reason = format!("Whether a `*` in `workflows` stands for `{ran}` is not known.");
            at(Verdict::unknown(reason, "whether `workflows` takes patterns"))
        }
        None => at(Verdict::no(format!("`workflows` does not name `{ran}`."))),
    })
}

/// An input that has to be given.
fn required(input: &Input, event: &Event) -> Option<Verdict> {
    let name = input.name.value.as_str();
    let at = |verdict: Verdict| Some(verdict.at(&input.path, input.name.range));
    let Some(given) = &event.inputs else {
        let needed = input.required == Some(true) && input.default.is_none();
        let reason = format!("It depends on the input `{name}`, which has to be given.");
        return if needed { at(Verdict::unknown(reason, format!("inputs.{name}"))) } else { None };
    };
    let value = given.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    match value {
        None if input.required == Some(true) && input.default.is_none() && !chooses(input) => {
            at(Verdict::no(format!("The input `{name}` is required, and nothing was given.")))
        }
        Some(value) if input.kind.as_ref().is_some_and(|kind| kind.value == "choice") => {
            let text = value.to_text()?;
            let fits = input.options.iter().any(|option| *option.value == *text);
            let reason = format!("`{text}` is not among the options of the input `{name}`.");
            if fits || input.options.is_empty() { None } else { at(Verdict::no(reason)) }
        }
        Some(value) if value.kind() == Some(Kind::Null) && input.required == Some(true) => {
            at(Verdict::no(format!("The input `{name}` is required, and nothing was given.")))
        }
        _ => None,
    }
}

/// Whether GitHub's form always has a value for it.
fn chooses(input: &Input) -> bool {
    input
        .kind
        .as_ref()
        .is_some_and(|kind| matches!(kind.value.as_str(), "boolean" | "choice" | "environment"))
}

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
        let path = stepladder_yaml::path!["concurrency"];
        let place = Some(super::Place { path, range: group.range });
        notes.push(Note { text: concurrency_note("run", concurrency), place });
    }
    notes
}

/// What a concurrency group means for the run or the job that is in it.
pub(super) fn concurrency_note(what: &str, concurrency: &crate::model::Concurrency) -> String {
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
pub(super) fn environment_note(job: &Job) -> Option<Note> {
    let name = job.environment.as_ref()?.name.as_ref()?;
    let text = format!(
        "It waits for the rules of the environment `{}`, such as somebody's approval, if it has any.",
        name.value
    );
    Some(Note { text, place: Some(super::Place { path: job.path.child("environment"), range: name.range }) })
}
