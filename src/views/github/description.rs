//! A pull request's description in Markdown, from what changed in a workflow and what the checks say.

use std::fmt::Write;

use stepladder_workflow::model::{Job, Step, StepKind};
use stepladder_workflow::{Analysis, Finding, Severity};

/// The description of a change from `old` (`None`: the file is new) to `new` of the file at `path`.
#[must_use]
pub(super) fn description(path: &str, old: Option<&Analysis>, new: &Analysis) -> String {
    let mut text = format!("### `{}`\n\n", code(path));
    let points = old.map_or_else(|| added(new), |old| changed(old, new));
    for point in &points {
        let _ = writeln!(text, "- {point}");
    }
    if points.is_empty() {
        text.push_str("- Other lines changed; triggers, jobs and steps are the same.\n");
    }
    text.push_str("\n### Checks\n\n");
    text.push_str(&checks(old, new));
    text
}

fn added(new: &Analysis) -> Vec<String> {
    let mut points = vec!["New file.".to_owned()];
    let events: Vec<String> =
        new.workflow.triggers.iter().map(|t| format!("`{}`", code(&t.event.value))).collect();
    if !events.is_empty() {
        points.push(format!("Starts on {}.", events.join(", ")));
    }
    points.extend(
        new.workflow.jobs.iter().map(|job| format!("Job `{}`: {}.", code(&job.id.value), steps(job))),
    );
    points
}

fn steps(job: &Job) -> String {
    match job.steps.len() {
        0 => "calls another workflow".to_owned(),
        1 => "1 step".to_owned(),
        count => format!("{count} steps"),
    }
}

fn changed(old: &Analysis, new: &Analysis) -> Vec<String> {
    let mut points = renamed(old, new);
    let slice = |analysis: &Analysis, range| analysis.tree.slice(range).to_owned();
    for (key, words) in [
        ("permissions", "What `GITHUB_TOKEN` may do changed (`permissions`)."),
        ("cache-mode", "Which caches its jobs may use changed (`cache-mode`)."),
        ("env", "Variables for all jobs changed (`env`)."),
        ("concurrency", "Which runs wait for each other changed (`concurrency`)."),
        ("defaults", "Defaults of its steps changed (`defaults`)."),
    ] {
        let of = |analysis: &Analysis| {
            analysis.tree.root().and_then(|root| root.get(key)).map(|node| node.source().trim().to_owned())
        };
        if of(old) != of(new) {
            points.push(words.to_owned());
        }
    }
    for trigger in &new.workflow.triggers {
        let event = &trigger.event.value;
        match old.workflow.trigger(event) {
            None => points.push(format!("Starts on `{}` now.", code(event))),
            Some(before) if slice(old, before.range) != slice(new, trigger.range) => {
                points.push(format!("The trigger `{}` changed.", code(event)));
            }
            Some(_) => {}
        }
    }
    for trigger in old.workflow.triggers.iter().filter(|t| new.workflow.trigger(&t.event.value).is_none()) {
        points.push(format!("No longer starts on `{}`.", code(&trigger.event.value)));
    }
    for job in &new.workflow.jobs {
        let id = code(&job.id.value);
        match old.workflow.job(&job.id.value) {
            None => points.push(format!("New job `{id}`: {}.", steps(job))),
            Some(before) if slice(old, before.range) != slice(new, job.range) => {
                points.push(format!("Job `{id}` changed{}.", parts(before, job)));
            }
            Some(_) => {}
        }
    }
    for job in old.workflow.jobs.iter().filter(|job| new.workflow.job(&job.id.value).is_none()) {
        points.push(format!("Job `{}` is gone.", code(&job.id.value)));
    }
    points
}

/// The new name, if it has another one.
fn renamed(old: &Analysis, new: &Analysis) -> Vec<String> {
    let name = |analysis: &Analysis| analysis.workflow.name.as_ref().map(|name| code(&name.value));
    match (name(old), name(new)) {
        (was, is) if was == is => Vec::new(),
        (Some(was), Some(is)) => vec![format!("Its name is `{is}` now; it was `{was}`.")],
        (None, Some(is)) => vec![format!("Its name is `{is}` now.")],
        (_, None) => vec!["It has no name of its own any more.".to_owned()],
    }
}

/// What is different in a job: `: new step `x`; actions/checkout@v5 (was v4)`.
fn parts(old: &Job, new: &Job) -> String {
    let titles = |job: &Job| job.steps.iter().map(title).collect::<Vec<_>>();
    let (was, is) = (titles(old), titles(new));
    let mut parts: Vec<String> = Vec::new();
    let only = |mine: &[String], others: &[String]| -> Vec<String> {
        mine.iter().filter(|title| !others.contains(title)).map(|title| format!("`{title}`")).collect()
    };
    for (words, names) in [("new step", only(&is, &was)), ("without step", only(&was, &is))] {
        if !names.is_empty() {
            let plural = if names.len() == 1 { "" } else { "s" };
            parts.push(format!("{words}{plural} {}", names.join(", ")));
        }
    }
    parts.extend(versions(old, new));
    if parts.is_empty() { String::new() } else { format!(": {}", parts.join("; ")) }
}

/// What a step is called; of an action without its version, so that another one is no other step.
fn title(step: &Step) -> String {
    let named = step.name.as_ref().or(step.id.as_ref()).map(|text| text.value.clone());
    let title = named.unwrap_or_else(|| match &step.kind {
        StepKind::Uses(uses) => uses.value.split('@').next().unwrap_or_default().to_owned(),
        StepKind::Run { script, .. } => script.value.lines().next().unwrap_or_default().to_owned(),
        _ => String::new(),
    });
    let title = code(&title);
    let short: String = title.chars().take(60).collect();
    if short.len() < title.len() { format!("{short}…") } else { short }
}

/// Which actions of a job have another version: `actions/checkout@v5 (was v4)`.
fn versions(old: &Job, new: &Job) -> Vec<String> {
    let uses = |job: &Job| -> Vec<(String, String)> {
        let steps = job.steps.iter().filter_map(|step| match &step.kind {
            StepKind::Uses(uses) => Some(uses),
            _ => None,
        });
        let all = steps.chain(&job.uses).filter_map(|uses| uses.value.split_once('@'));
        all.map(|(slug, version)| (slug.to_owned(), version.to_owned())).collect()
    };
    let before = uses(old);
    let mut other: Vec<String> = Vec::new();
    for (slug, version) in uses(new) {
        let was = before.iter().find(|(name, _)| *name == slug);
        if let Some((_, was)) = was.filter(|(_, was)| *was != version) {
            other.push(format!("`{}@{}` (was `{}`)", code(&slug), code(&version), code(was)));
        }
    }
    other.dedup();
    other
}

fn checks(old: Option<&Analysis>, new: &Analysis) -> String {
    let same = |a: &Finding, b: &Finding| a.rule == b.rule && a.message == b.message;
    let fixed = old.map_or(0, |old| {
        old.findings().iter().filter(|was| !new.findings().iter().any(|is| same(was, is))).count()
    });
    let mut text = String::new();
    if fixed > 0 {
        let _ = writeln!(text, "- {fixed} {} solved.", if fixed == 1 { "problem" } else { "problems" });
    }
    let serious: Vec<&Finding> =
        new.findings().iter().filter(|finding| finding.severity != Severity::Hint).collect();
    if serious.is_empty() {
        text.push_str("- Stepladder finds no errors and no warnings.\n");
    }
    for finding in serious {
        // Names and texts of a workflow may be anything; here they are words, no Markdown.
        let message: String = finding.message.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "- {}: {} (`{}`)", finding.severity, plain(&message), finding.rule);
    }
    text
}

/// A name to stand between backquotes.
fn code(name: &str) -> String {
    name.replace('`', "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words that Markdown takes as they are; the backquotes of our own messages stay.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            out.push('`');
        }
        for character in part.chars() {
            if at % 2 == 0 && "\\*_[]<>#@!|".contains(character) {
                out.push('\\');
            }
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use stepladder_workflow::Env;

    use super::*;

    const OLD: &str = "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n";

    fn of(old: Option<&str>, new: &str) -> String {
        let analyse = |text: &str| Analysis::new(text, &Env::default());
        description("ci.yml", old.map(analyse).as_ref(), &analyse(new))
    }

    #[test]
    fn tells_what_changed() {
        let new = OLD.replace("on: push", "on: [pull_request]").replace("@v4", "@v5")
            + "  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
        let text = of(Some(OLD), &new);
        for point in [
            "- Starts on `pull_request` now.",
            "- No longer starts on `push`.",
            "- Job `build` changed: `actions/checkout@v5` (was `v4`).",
            "- New job `test`: 1 step.",
            "- Stepladder finds no errors and no warnings.",
        ] {
            assert!(text.contains(point), "{point}\n{text}");
        }
        assert!(of(None, OLD).contains("- New file.\n- Starts on `push`.\n- Job `build`: 1 step."));
    }

    #[test]
    fn tells_steps_and_what_holds_for_the_whole_file() {
        let new =
            format!("name: Build\npermissions: read-all\n{OLD}      - name: Test\n        run: make test\n");
        let text = of(Some(OLD), &new);
        for point in [
            "- Its name is `Build` now.",
            "- What `GITHUB_TOKEN` may do changed (`permissions`).",
            "- Job `build` changed: new step `Test`.",
        ] {
            assert!(text.contains(point), "{point}\n{text}");
        }
        assert!(of(Some(&new), OLD).contains("- Job `build` changed: without step `Test`."));
    }

    #[test]
    fn what_was_wrong_before_is_told_as_solved_and_what_is_wrong_now_by_its_rule() {
        let broken = OLD.replace("runs-on: ubuntu-latest", "runs-onn: ubuntu-latest");
        assert!(of(Some(&broken), OLD).contains("solved."));
        assert!(of(Some(OLD), &broken).contains("- error: "), "{}", of(Some(OLD), &broken));
    }

    #[test]
    fn foreign_names_are_no_markdown() {
        let new = OLD.replace("build:", "\"x`](https://e.com) @everyone <img>\":");
        let text = of(Some(OLD), &new);
        assert!(!text.lines().any(|line| line.matches('`').count() % 2 == 1), "{text}");
    }
}
