//! Reading the table from JSON.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Action, Catalogue, Input, InputKind, Release, Version};

pub(super) fn load(json: &str) -> Result<Catalogue, String> {
    let table: Map<String, Value> = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let rows =
        table.get("actions").and_then(Value::as_array).ok_or("the table of actions lacks `actions`")?;
    let mut actions = Vec::with_capacity(rows.len());
    for row in rows {
        let action =
            action(row).ok_or_else(|| format!("this action has not the form of the table: {row}"))?;
        actions.push(action);
    }
    actions.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(Catalogue { actions })
}

fn action(row: &Value) -> Option<Action> {
    let slug = text(row, "slug")?;
    let declared = row.get("in")?.as_array()?.iter().map(|input| self::input(input).map(Arc::new));
    let declared: Vec<Arc<Input>> = declared.collect::<Option<_>>()?;
    let latest_major = text(row, "major")?;
    let mut versions: Vec<Version> =
        row.get("versions")?.as_array()?.iter().map(|row| version(row, &declared)).collect::<Option<_>>()?;
    if flag(row, "behind") {
        // Majors before that of the newest release in the table had come to their end.
        let major = |name: &str| name.strip_prefix('v')?.split('.').next()?.parse::<u32>().ok();
        let newest = text(row, "tag").and_then(|tag| major(&tag));
        let ended =
            |version: &Version| major(&version.name).zip(newest).is_some_and(|(own, newest)| own < newest);
        for version in versions.iter_mut().filter(|version| !ended(version)) {
            version.any_inputs = true;
            version.any_outputs = true;
        }
    }
    let release = |tag: String| {
        Some(Release {
            tag,
            sha: text(row, "sha")?,
            major_sha: text(row, "major_sha"),
            as_of: text(row, "date")?,
        })
    };
    Some(Action {
        title: text(row, "title").unwrap_or_else(|| title(&slug)),
        doc: text(row, "doc").unwrap_or_default(),
        category: text(row, "category").unwrap_or_default(),
        words: text(row, "words").unwrap_or_default(),
        latest_major,
        has_major_tag: !flag(row, "no_major_tag"),
        exact_refs: flag(row, "exact_refs"),
        latest: text(row, "tag").and_then(release),
        versions,
        outdated: strings(row.get("outdated")),
        rank: row
            .get("rank")
            .and_then(Value::as_u64)
            .and_then(|rank| usize::try_from(rank).ok())
            .unwrap_or(usize::MAX),
        key: slug.to_ascii_lowercase(),
        slug,
    })
}

fn version(row: &Value, declared: &[Arc<Input>]) -> Option<Version> {
    let inputs = row.get("in")?.as_array()?.iter();
    let inputs = inputs.map(|index| declared.get(usize::try_from(index.as_u64()?).ok()?).cloned());
    Some(Version {
        name: text(row, "name")?,
        using: text(row, "using"),
        inputs: inputs.collect::<Option<_>>()?,
        outputs: strings(row.get("out")),
        any_inputs: flag(row, "any_in"),
        any_outputs: flag(row, "any_out"),
    })
}

/// `"name"`, or `["name", flags, default, doc]`; the later members may be absent or null.
fn input(row: &Value) -> Option<Input> {
    let member = |index: usize| row.get(index).and_then(Value::as_str);
    let name = row.as_str().or_else(|| member(0))?;
    let (flags, default, doc) = (member(1).unwrap_or(""), member(2), member(3));
    Some(Input {
        name: name.to_owned(),
        doc: doc.unwrap_or_default().to_owned(),
        required: flags.contains('r'),
        has_default: default.is_some() || flags.contains('d'),
        default: default.map(str::to_owned),
        deprecated: flags.contains('x'),
        kind: kind(name, default, flags),
    })
}

pub(super) fn kind(name: &str, default: Option<&str>, flags: &str) -> InputKind {
    match default {
        _ if flags.contains('t') => InputKind::Text,
        _ if flags.contains('b') => InputKind::Boolean,
        _ if flags.contains('n') => InputKind::Number,
        _ if flags.contains('l') => InputKind::Lines,
        Some("true" | "false") => InputKind::Boolean,
        Some(number)
            if !number.is_empty()
                && number.bytes().all(|b| b.is_ascii_digit())
                && !name.contains("version") =>
        {
            InputKind::Number
        }
        _ => InputKind::Text,
    }
}

fn text(row: &Value, key: &str) -> Option<String> {
    row.get(key)?.as_str().map(str::to_owned)
}

fn flag(row: &Value, key: &str) -> bool {
    row.get(key).and_then(Value::as_bool).unwrap_or(false)
}

fn strings(list: Option<&Value>) -> Vec<String> {
    list.and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// A label made of the last part of the slug: "setup-chrome" becomes "Setup chrome".
fn title(slug: &str) -> String {
    let mut parts = slug.rsplit('/');
    let last = parts.next().unwrap_or(slug);
    // `owner/action` says nothing without its owner.
    let words = if matches!(last, "action" | "actions" | "github-action") {
        [parts.next().unwrap_or(""), " ", last].concat()
    } else {
        last.to_owned()
    };
    let words = words.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
