//! What hovers and completions say, in Markdown, from the tables.

use super::hover::Clock;
use crate::cron::{Civil, Cron, TimezoneVerdict, in_words, timezone_verdict};
use crate::expr::contexts::{Context, Property, Shape};
use crate::expr::functions::Function;
use crate::facts::actions::{Action, Input, InputKind};
use crate::facts::events::{self, Event, Status, activity_doc};
use crate::facts::runners::{self, Hosted};
use crate::schema::{Ctx, Field, Types};

/// Paragraphs, the empty ones left out.
pub(super) fn paragraphs(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(part);
    }
    out
}

/// "`a`, `b`"
pub(super) fn codes<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut out = String::new();
    for name in names {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.extend(["`", name, "`"]);
    }
    out
}

/// A heading in bold: a name as code, and what it is.
pub(super) fn heading(name: &str, what: &str) -> String {
    if what.is_empty() { ["**`", name, "`**"].concat() } else { ["**`", name, "`** · ", what].concat() }
}

/// What a key means: its doc, what it takes, and what expressions in it may use.
pub(super) fn key(name: &str, field: &Field) -> String {
    let mut title = heading(name, field.title);
    if field.required {
        title.push_str(" (required)");
    }
    paragraphs(&[&title, field.doc, &takes(field), &available(field.ctx)])
}

/// "Takes text or a list. Without it: `x`."
fn takes(field: &Field) -> String {
    let mut out = String::new();
    if field.types != Types::ANY && field.types != Types::STRING {
        let names = field.types.names();
        let (last, most) = names.split_last().map_or(("", &[][..]), |(last, most)| (*last, most));
        out.push_str("Takes ");
        out.push_str(&most.join(", "));
        out.extend([if most.is_empty() { "" } else { " or " }, last, "."]);
    }
    let values = field.values.list();
    if field.values.closed() && values.len() <= 8 {
        out.extend([if out.is_empty() { "" } else { " " }, "Values: ", &codes(values), "."]);
    }
    if let Some(default) = field.default {
        out.extend([if out.is_empty() { "" } else { " " }, "Without it: ", default, "."]);
    }
    out
}

/// Which contexts and functions expressions may use here; empty where there can be none.
pub(super) fn available(ctx: Ctx) -> String {
    if !ctx.allows_expressions() {
        return String::new();
    }
    let functions = codes(ctx.functions().iter().map(|function| function.name));
    let more = if functions.is_empty() {
        String::new()
    } else {
        [" Functions only for here: ", &functions, "."].concat()
    };
    ["Expressions may use ", &codes(ctx.contexts().iter().copied()), ".", &more].concat()
}

/// An event.
pub(super) fn event(event: &Event) -> String {
    let types = match event.default_types {
        Some(types) => ["Without `types`: ", &codes(types.iter().copied()), "."].concat(),
        None => String::new(),
    };
    let status = match event.status {
        Status::Available => String::new(),
        Status::Preview => "A preview, which may change.".to_owned(),
        Status::Retired => "github.com no longer sends it.".to_owned(),
        Status::AliasOf(name) => ["Another name of `", name, "`, which is the one to write."].concat(),
    };
    let runs = ["The workflow runs on ", event.sha.doc(), "."].concat();
    let forks = if event.fork_restricted {
        "Runs for pull requests from forks get no secrets and a read-only token."
    } else if event.outsiders {
        "People without any right to the repository can start it, and it has the repository's secrets: never run their code here."
    } else {
        ""
    };
    paragraphs(&[&heading(event.name, event.title), event.doc, &types, &runs, forks, &status])
}

/// An activity type of an event.
pub(super) fn activity(event: &str, kind: &str) -> String {
    paragraphs(&[&heading(kind, &["activity of `", event, "`"].concat()), &activity_doc(event, kind)])
}

/// A runner label; empty when nothing is known about it.
pub(super) fn label(label: &str) -> String {
    match runners::hosted(label).or_else(|| runners::removed(label)) {
        Some(hosted) => runner(hosted),
        None if runners::is_self_hosted_preset(label) => paragraphs(&[
            &heading(label, "self-hosted runner"),
            "A label that self-hosted runners get by themselves.",
        ]),
        None => String::new(),
    }
}

fn runner(hosted: &Hosted) -> String {
    let instead =
        if matches!(hosted.status, runners::Status::Removed { .. } | runners::Status::Deprecated { .. }) {
            ["Use `", runners::successor(hosted), "` instead."].concat()
        } else {
            String::new()
        };
    paragraphs(&[&heading(hosted.label, "runner of GitHub"), &[&hosted.doc(), "."].concat(), &instead])
}

/// A shell by its name; empty for a command.
pub(super) fn shell(name: &str) -> String {
    let Some(shell) = runners::shell(name) else { return String::new() };
    paragraphs(&[&heading(name, "shell"), shell.doc, &["Runs `", shell.command, "`."].concat()])
}

/// A cron expression: in words, and when it runs next after `now` (minutes since 1970 in UTC) if it is read in UTC;
/// empty when it is not one.
pub(super) fn cron(text: &str, timezone: Option<&str>, clock: Option<Clock>) -> String {
    let Ok(cron) = Cron::parse(text) else { return String::new() };
    let zone = timezone.unwrap_or("UTC");
    let words = [&in_words(&cron), " (", zone, ")."].concat();
    let often = if cron.is_too_frequent() { "GitHub starts it at most every five minutes." } else { "" };
    let mut runs = String::new();
    // GitHub knows no zones such as `+02:00`, whatever the clock does.
    if let Some(clock) = clock.filter(|_| timezone_verdict(zone) != TimezoneVerdict::Malformed) {
        let offset = |minutes| (clock.offset)(zone, minutes);
        for run in cron.next_runs_by(clock.now, 3, offset) {
            let Some(ahead) = offset(run) else { break };
            runs.push_str(if runs.is_empty() { "Next runs:" } else { "" });
            runs.push_str("\n- ");
            runs.push_str(&moment(Civil::from_minutes(run + ahead), zone));
            if ahead != 0 {
                let utc = Civil::from_minutes(run);
                runs.push_str(&format!(" ({:02}:{:02} UTC)", utc.hour, utc.minute));
            }
        }
    }
    let never = if cron.ever_runs() { "" } else { "No date fits, so it never runs." };
    paragraphs(&[&heading(text, "cron"), &words, often, never, &runs])
}

/// "Mon 2026-11-02 06:30 UTC"
fn moment(at: Civil, zone: &str) -> String {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    let day = DAYS[usize::from(at.weekday() % 7)];
    format!("{day} {}-{:02}-{:02} {:02}:{:02} {zone}", at.year, at.month, at.day, at.hour, at.minute)
}

/// An action of the table, as it is used with `git_ref`.
pub(super) fn action(action: &Action, git_ref: &str, comment: Option<&str>) -> String {
    let mut version = String::new();
    if let Some(known) = action.at(git_ref, comment) {
        version.extend(["Version `", &known.name, "`"]);
        if let Some(using) = &known.using {
            version.extend([", runs on `", using, "`"]);
        }
        version.push('.');
    }
    if action.is_outdated(git_ref, comment) {
        version.push_str(" It needs a Node.js that runners no longer have.");
    }
    if let Some(newer) = action.newer_major(git_ref, comment) {
        version.extend([" The newest is `", newer, "`."]);
    }
    let page = ["[Open on GitHub](https://github.com/", &repository(&action.slug), ")"].concat();
    paragraphs(&[&heading(&action.slug, &action.title), &action.doc, version.trim_start(), &page])
}

fn repository(slug: &str) -> String {
    slug.splitn(3, '/').take(2).collect::<Vec<_>>().join("/")
}

/// What an input of an action means, without its name.
pub(super) fn input_doc(input: &Input) -> String {
    let default = match input.default.as_deref() {
        Some("") | None => String::new(),
        Some(default) => ["Default: `", default, "`."].concat(),
    };
    let kind = match input.kind {
        InputKind::Boolean => "Takes `true` or `false`.",
        InputKind::Number => "Takes a number.",
        InputKind::Lines => "Takes several lines.",
        InputKind::Text => "",
    };
    let old = if input.deprecated { "No longer to be used." } else { "" };
    paragraphs(&[&input.doc, kind, &default, old])
}

/// A context.
pub(super) fn context(context: &Context) -> String {
    let example = ["For example `", context.example, "`."].concat();
    paragraphs(&[&heading(context.name, "context"), context.doc, &example])
}

/// A property of a context under its full name, and what it holds here.
pub(super) fn property(name: &str, property: &Property, here: &str) -> String {
    paragraphs(&[&heading(name, kind(&property.shape)), property.doc, &details(property), here])
}

/// What a completion says about a property.
pub(super) fn property_doc(property: &Property) -> String {
    paragraphs(&[property.doc, &details(property)])
}

fn details(property: &Property) -> String {
    let mut out = String::new();
    if !property.values.is_empty() {
        out.extend(["Values: ", &codes(property.values.iter().copied()), ". "]);
    }
    if let Some(only) = property.only {
        out.extend(["Only ", only, ". "]);
    }
    if property.runner_only {
        out.push_str("Known on the runner only. ");
    }
    if let Some(variable) = property.env {
        out.extend(["In scripts: `$", variable, "`."]);
    }
    out.truncate(out.trim_end().len());
    out
}

pub(super) fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Any => "",
        Shape::String => "text",
        Shape::Number => "number",
        Shape::Bool => "boolean",
        Shape::Object(_) | Shape::Map(_) => "object",
    }
}

/// A function.
pub(super) fn function(function: &Function) -> String {
    let example = ["For example `", function.example, "`."].concat();
    paragraphs(&[&heading(&function.signature(), "function"), function.doc, &example])
}

/// An event by its name.
pub(super) fn event_named(name: &str) -> String {
    events::event(name).map(event).unwrap_or_default()
}
