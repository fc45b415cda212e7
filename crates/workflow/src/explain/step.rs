//! Steps in words.

use super::{Cx, Sentence, codes, counted, job, join, trigger};
use crate::model::{Pair, Step, StepKind};
use crate::names::NameKind;

pub(super) fn steps(cx: &Cx<'_>, steps: &[Step]) -> Vec<Sentence> {
    let mut number = 0;
    let mut all = Vec::new();
    for step in steps {
        // Those of a `parallel` group are told with it.
        if step.path.steps().len() <= 4 {
            number += 1;
        }
        let at = |sentence: Sentence| Sentence { step: Some(number), ..sentence };
        let range = step.range;
        all.push(Sentence { text: what(cx, step), path: step.path.clone(), range, step: Some(number) });
        if let Some(condition) = &step.condition {
            let text = job::condition_sentence(&condition.value, "This step runs");
            all.extend(cx.say(&step.path.child("if"), text).map(at));
        }
        if step.continue_on_error.as_ref().is_some_and(|value| value.value == "true") {
            let text = "When this step fails, the job goes on.";
            all.extend(cx.say(&step.path.child("continue-on-error"), text).map(at));
        }
        if let Some(timeout) = &step.timeout {
            let text = format!("This step is stopped after {} minutes.", timeout.value);
            all.extend(cx.say(&step.path.child("timeout-minutes"), text).map(at));
        }
    }
    all
}

fn what(cx: &Cx<'_>, step: &Step) -> String {
    let name = step.name.as_ref().map(|name| name.value.as_str()).filter(|name| !name.is_empty());
    let mut text = match &step.kind {
        StepKind::Run { script, shell } => {
            let lines: Vec<&str> =
                script.value.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            let by = shell.as_ref().map(|shell| format!(" with `{}`", shell.value)).unwrap_or_default();
            match lines[..] {
                [] => "runs an empty script".to_owned(),
                [one] => format!("runs `{}`{by}", short(one)),
                [first, ..] => {
                    format!(
                        "runs a script of {}{by}, beginning with `{}`",
                        counted(lines.len(), "line"),
                        short(first)
                    )
                }
            }
        }
        StepKind::Uses(uses) => {
            let slug = uses.value.split('@').next().unwrap_or_default();
            let title = cx
                .env
                .catalogue
                .as_ref()
                .and_then(|all| all.action(slug))
                .map(|action| action.title.as_str());
            let what = title
                .filter(|title| !title.is_empty())
                .map(|title| format!(" to {}", trigger::lower_first(title)));
            if slug.starts_with("./") {
                format!("uses the action in this repository's folder `{slug}`")
            } else if let Some(image) = uses.value.strip_prefix("docker://") {
                format!("runs the container `{image}`")
            } else {
                format!("uses the action `{slug}`{}", what.unwrap_or_default())
            }
        }
        StepKind::Wait(ids) => format!("waits for {}", codes(ids.iter().map(|id| id.value.as_str()))),
        StepKind::WaitAll => "waits for all steps in the background".to_owned(),
        StepKind::Cancel(id) => format!("stops {}", codes(id.iter().map(|id| id.value.as_str()))),
        StepKind::Parallel => "runs several steps at the same time".to_owned(),
        StepKind::Unknown => "does nothing yet: it needs `run` or `uses`".to_owned(),
    };
    if step.background {
        text.push_str(" in the background");
    }
    if !step.with.is_empty() {
        text.push_str(&format!(", with {}", settings(&step.with)));
    }
    let mut sentence = match name {
        Some(name) => format!("“{name}” {text}."),
        None => format!("It {text}."),
    };
    sentence.push_str(&effects(step));
    sentence.push_str(&reads(cx, step));
    sentence
}

/// What a script leaves for later.
fn effects(step: &Step) -> String {
    let StepKind::Run { script, .. } = &step.kind else { return String::new() };
    let files = [
        ("GITHUB_OUTPUT", "sets outputs that later steps read"),
        ("GITHUB_STEP_SUMMARY", "writes to the summary of the run"),
        ("GITHUB_ENV", "sets environment variables for the steps after it"),
        ("GITHUB_PATH", "adds programs for the steps after it"),
    ];
    let parts: Vec<String> = files
        .iter()
        .filter(|(file, _)| script.value.contains(file))
        .map(|(_, what)| (*what).to_owned())
        .collect();
    if parts.is_empty() { String::new() } else { format!(" It {}.", join(parts, "and")) }
}

/// The secrets that it reads.
fn reads(cx: &Cx<'_>, step: &Step) -> String {
    let here = |name: &&crate::names::NameUse| {
        name.kind == NameKind::Secret && name.uses.iter().any(|used| step.path.contains(&used.path))
    };
    let names: Vec<&str> = cx.names.iter().filter(here).map(|name| name.name.as_str()).collect();
    match names.len() {
        0 => String::new(),
        1 => format!(" It reads the secret {}.", codes(names)),
        _ => format!(" It reads the secrets {}.", codes(names)),
    }
}

/// The first settings, with their values when these are short.
fn settings(pairs: &[Pair]) -> String {
    const SHOWN: usize = 3;
    let one = |(name, value): &Pair| {
        let text = value.value.trim();
        if text.is_empty() || text.contains('\n') || text.chars().count() > 40 {
            format!("`{}`", name.value)
        } else {
            format!("`{}: {text}`", name.value)
        }
    };
    let mut parts: Vec<String> = pairs.iter().take(SHOWN).map(one).collect();
    if pairs.len() > SHOWN {
        parts.push(counted(pairs.len() - SHOWN, "more setting"));
    }
    join(parts, "and")
}

fn short(line: &str) -> String {
    const MOST: usize = 72;
    let line = line.replace('`', "'");
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
