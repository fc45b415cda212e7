//! Triggers in a few words, as the graph and summaries show them.

use crate::cron::{Cron, in_words};
use crate::facts::events;
use crate::model::{Filter, Trigger};

/// What starts the workflow, and what narrows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// "Push", "Every hour".
    pub title: String,
    /// "to main, not docs/**"; empty when nothing narrows it.
    pub detail: String,
}

/// The trigger in words; one for each time of a schedule, else one.
#[must_use]
pub fn trigger_in_words(trigger: &Trigger) -> Vec<Words> {
    let event = trigger.event.value.as_str();
    let times: Vec<Words> = trigger
        .schedules
        .iter()
        .filter_map(|schedule| {
            let cron = &schedule.cron.as_ref()?.value;
            let Ok(parsed) = Cron::parse(cron) else {
                return Some(Words { title: "Not a valid schedule".to_owned(), detail: cron.clone() });
            };
            let words = in_words(&parsed);
            let zone = schedule.timezone.as_ref().map_or("UTC", |zone| &zone.value);
            let (title, days) = words.split_once(", ").unwrap_or((&words, ""));
            let detail = if days.is_empty() { zone.to_owned() } else { format!("{days} · {zone}") };
            Some(Words { title: title.to_owned(), detail })
        })
        .collect();
    if !times.is_empty() {
        return times;
    }
    let title = events::event(event).map_or_else(|| event.to_owned(), |known| known.title.to_owned());
    vec![Words { title, detail: detail(trigger) }]
}

fn detail(trigger: &Trigger) -> String {
    let mut parts: Vec<String> = trigger.filters.iter().filter_map(filter).collect();
    if !trigger.types.is_empty() {
        parts.push(list(trigger.types.iter().map(|kind| kind.value.replace('_', " "))));
    }
    match trigger.inputs.len() {
        0 => {}
        1 => parts.push("1 input".to_owned()),
        many => parts.push(format!("{many} inputs")),
    }
    parts.join(" · ")
}

fn filter(filter: &Filter) -> Option<String> {
    if filter.patterns.is_empty() {
        return None;
    }
    let patterns = list(filter.patterns.iter().map(|pattern| pattern.value.clone()));
    Some(match filter.key.value.as_str() {
        "branches" => format!("to {patterns}"),
        "branches-ignore" => format!("not to {patterns}"),
        "tags" => format!("tags {patterns}"),
        "tags-ignore" => format!("not tags {patterns}"),
        "paths" => format!("in {patterns}"),
        "paths-ignore" => format!("not in {patterns}"),
        "workflows" => patterns,
        key => format!("{key} {patterns}"),
    })
}

/// The first three, and how many more.
fn list(items: impl Iterator<Item = String>) -> String {
    const SHOWN: usize = 3;
    let items: Vec<String> = items.collect();
    let more = items.len().saturating_sub(SHOWN);
    let mut words = items[..items.len() - more].join(", ");
    if more > 0 {
        words.push_str(&format!(" and {more} more"));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analysis, Env};

    fn words(text: &str) -> Vec<(String, String)> {
        let analysis = Analysis::new(text, &Env::default());
        let words = analysis.workflow.triggers.iter().flat_map(trigger_in_words);
        words.map(|words| (words.title, words.detail)).collect()
    }

    #[test]
    fn filters_and_types_narrow() {
        let text = "on:\n  push:\n    branches: [main, 'release/**']\n    paths-ignore: [a, b, c, d]\n  pull_request:\n    types: [opened, ready_for_review]\n";
        let push = words(text);
        assert_eq!(push[0].1, "to main, release/** · not in a, b, c and 1 more");
        assert_eq!(push[1].1, "opened, ready for review");
    }

    #[test]
    fn each_time_has_its_words() {
        let text =
            "on:\n  schedule:\n    - cron: '30 6 * * 1'\n      timezone: Europe/Berlin\n    - cron: never\n";
        let times = words(text);
        assert!(times[0].0.contains("06:30") && times[0].1.ends_with(" · Europe/Berlin"), "{times:?}");
        assert_eq!(times[1], ("Not a valid schedule".to_owned(), "never".to_owned()));
    }

    #[test]
    fn an_unknown_event_keeps_its_name() {
        assert_eq!(words("on: pushed\n"), [("pushed".to_owned(), String::new())]);
    }
}
