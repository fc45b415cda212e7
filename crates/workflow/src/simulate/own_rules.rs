//! What single events ask for besides their filters.

use super::checks::Checks;
use super::context::look;
use super::{Event, Verdict, filters, names};
use crate::cron::Cron;
use crate::expr::{Kind, Value};
use crate::model::{Input, Trigger};

/// Words in a commit message that keep `push` and `pull_request` from starting anything.
const SKIP_WORDS: [&str; 5] = ["[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]"];
/// Most tags that may be pushed, created or deleted at once to send an event.
const MAX_TAGS: u32 = 3;
/// Most branches that may be pushed at once to send an event.
const MAX_BRANCHES: u32 = 5_000;
/// Most levels of workflows that start each other by `workflow_run`.
const MAX_CHAIN: u32 = 3;

/// Adds what the event of `trigger` asks for.
pub(super) fn check(checks: &mut Checks, trigger: &Trigger, event: &Event, payload: &Value) {
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
