//! A pull request's description in Markdown, from what changed in a workflow and what the checks say.

use std::fmt::Write;

use stepladder_workflow::model::{Job, StepKind};
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
    let mut points = Vec::new();
    let slice = |analysis: &Analysis, range| analysis.tree.slice(range).to_owned();
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
                points.push(format!("Job `{id}` changed{}.", actions(before, job)));
            }
            Some(_) => {}
        }
    }
    for job in old.workflow.jobs.iter().filter(|job| new.workflow.job(&job.id.value).is_none()) {
        points.push(format!("Job `{}` is gone.", code(&job.id.value)));
    }
    points
}

/// Which actions of a job have another version: `, with actions/checkout@v5 for @v4`.
fn actions(old: &Job, new: &Job) -> String {
    let uses = |job: &Job| -> Vec<(String, String)> {
        let uses = job.steps.iter().filter_map(|step| match &step.kind {
            StepKind::Uses(uses) => uses.value.split_once('@'),
            _ => None,
        });
        uses.map(|(slug, version)| (slug.to_owned(), version.to_owned())).collect()
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
    if other.is_empty() { String::new() } else { format!(", with {}", other.join(", ")) }
}

fn checks(old: Option<&Analysis>, new: &Analysis) -> String {
    let same = |a: &Finding, b: &Finding| a.rule == b.rule && a.message == b.message;
    let fixed = old.map_or(0, |old| {
        old.findings.iter().filter(|was| !new.findings.iter().any(|is| same(was, is))).count()
    });
    let mut text = String::new();
    if fixed > 0 {
        let _ = writeln!(text, "- {fixed} {} solved.", if fixed == 1 { "problem" } else { "problems" });
    }
    let serious: Vec<&Finding> =
        new.findings.iter().filter(|finding| finding.severity != Severity::Hint).collect();
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
            "- Job `build` changed, with `actions/checkout@v5` (was `v4`).",
            "- New job `test`: 1 step.",
            "- Stepladder finds no errors and no warnings.",
        ] {
            assert!(text.contains(point), "{point}\n{text}");
        }
        assert!(of(None, OLD).contains("- New file.\n- Starts on `push`.\n- Job `build`: 1 step."));
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
