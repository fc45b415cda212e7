//! Edits of what starts the workflow.

use serde_json::{Value as Json, json};
use stepladder_workflow::Analysis;
use stepladder_workflow::edits;
use stepladder_yaml::path;

use super::json::{differ, events_of, json_of, remove_json, set_json, widen_on, without_empty};
use super::{Expected, Rng, Trial, lines_of, trial};

pub(super) const EVENTS: &[&str] = &[
    "push",
    "pull_request",
    "workflow_dispatch",
    "schedule",
    "release",
    "fork",
    "watch",
    "workflow_run",
    "merge_group",
];

/// `on` shall name these events, with the settings that they had; the rest is as it was.
pub(super) fn expect_events(before: Json, mut events: Vec<String>) -> Expected {
    events.sort();
    Expected::Holds(Box::new(move |_, after| {
        if events_of(after) != events {
            return Err(format!("`on` names {:?}, wanted {events:?}", events_of(after)));
        }
        let (mut old, mut new) = (before.clone(), after.clone());
        for event in &events {
            let settings =
                |value: &Json| value.get("on").and_then(|on| on.get(event)).cloned().filter(|v| !v.is_null());
            if let Some(settings_before) = settings(&before)
                && Some(&settings_before) != settings(after).as_ref()
            {
                return Err(format!("the settings of {event} changed"));
            }
        }
        for value in [&mut old, &mut new] {
            if let Some(map) = value.as_object_mut() {
                map.remove("on");
            }
        }
        let (old, new) = (without_empty(&old), without_empty(&new));
        // An empty file has become a mapping.
        if old.is_null() && new == json!({}) { Ok(()) } else { differ(&old, &new) }
    }))
}

pub(super) fn add_trigger(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let before = json_of(a);
    let mut events = events_of(&before);
    let event = *rng.pick(EVENTS)?;
    if events.iter().any(|known| known == event) {
        return None;
    }
    events.push(event.to_owned());
    trial("add_trigger", edits::add_trigger(a, event), expect_events(before, events), path!["on"])
}

pub(super) fn remove_trigger(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let before = json_of(a);
    let mut events = events_of(&before);
    let event = rng.pick(&events)?.clone();
    events.retain(|known| *known != event);
    let mut trial = trial(
        "remove_trigger",
        edits::remove_trigger(a, &event),
        expect_events(before, events),
        path!["on"],
    )?;
    trial.may_lose = lines_of(a, &path!["on"]);
    Some(trial)
}

pub(super) fn change_trigger(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let before = json_of(a);
    let mut events = events_of(&before);
    let event = rng.pick(&events)?.clone();
    let to = *rng.pick(EVENTS)?;
    let twice = events.iter().filter(|known| **known == event).count() > 1;
    if twice || events.iter().any(|known| known == to) {
        return None;
    }
    events.retain(|known| *known != event);
    events.push(to.to_owned());
    let mut without = before;
    remove_json(&mut without, &path!["on", event.as_str()]);
    let mut trial = trial(
        "change_trigger",
        edits::change_trigger(a, &event, to),
        expect_events(without, events),
        path!["on"],
    )?;
    trial.may_lose = lines_of(a, &path!["on"]);
    Some(trial)
}

pub(super) fn move_trigger(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let mut order: Vec<String> = a.workflow.triggers.iter().map(|t| t.event.value.clone()).collect();
    let event = rng.pick(&order)?.clone();
    let to = rng.below(order.len());
    if order.iter().filter(|known| **known == event).count() > 1 {
        return None;
    }
    order.retain(|known| *known != event);
    order.insert(to, event.clone());
    let before = json_of(a);
    let expected = Expected::Holds(Box::new(move |after, value| {
        let now: Vec<String> = after.workflow.triggers.iter().map(|t| t.event.value.clone()).collect();
        if now != order {
            return Err(format!("the order is {now:?}, wanted {order:?}"));
        }
        // A list of events has another order now.
        let (mut old, mut new) = (before.clone(), value.clone());
        widen_on(&mut old);
        widen_on(&mut new);
        differ(&old, &new)
    }));
    trial("move_trigger", edits::move_trigger(a, &event, to), expected, path!["on"])
}

pub(super) fn add_schedule(_: &mut Rng, a: &Analysis) -> Option<Trial> {
    let before = json_of(a);
    let count = before.pointer("/on/schedule").and_then(Json::as_array).map_or(0, Vec::len);
    let expected = Expected::Holds(Box::new(move |_, after| {
        let times = after.pointer("/on/schedule").and_then(Json::as_array);
        match times {
            Some(times) if times.len() == count + 1 && times[count]["cron"] == "5 4 * * 0" => Ok(()),
            other => Err(format!("the schedule is {other:?}")),
        }
    }));
    let edit = edits::add_schedule(a, "5 4 * * 0", Some("Europe/Berlin"));
    let mut trial = trial("add_schedule", edit, expected, path!["on"])?;
    trial.places.push(path!["on", "schedule"]);
    Some(trial)
}

pub(super) fn remove_schedule(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let before = json_of(a);
    let count = before.pointer("/on/schedule").and_then(Json::as_array).map_or(0, Vec::len);
    if count == 0 {
        return None;
    }
    let at = rng.below(count);
    let mut expected = before;
    remove_json(&mut expected, &path!["on", "schedule", at]);
    let mut trial = trial(
        "remove_schedule",
        edits::remove_schedule(a, at),
        Expected::EqualButEmpty(expected),
        path!["on"],
    )?;
    trial.may_lose = lines_of(a, &path!["on"]);
    Some(trial)
}

pub(super) fn add_input(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let (event, kind) = *rng.pick(&[
        ("workflow_dispatch", "boolean"),
        ("workflow_dispatch", "choice"),
        ("workflow_call", "string"),
    ])?;
    let place = path!["on", event, "inputs", "new-input"];
    if a.tree.at(&place).is_some() {
        return None;
    }
    let mut events = events_of(&json_of(a));
    if !events.iter().any(|known| known == event) {
        events.push(event.into());
    }
    let mut before = json_of(a);
    widen_on(&mut before);
    let mut input = json!({ "type": kind });
    if kind == "choice" {
        input["options"] = json!(["first", "second"]);
    }
    set_json(&mut before, &place, input);
    let edit = edits::add_input(a, event, "new-input", kind);
    let mut trial = trial("add_input", edit, expect_events(before, events), path!["on"])?;
    trial.places.push(place);
    Some(trial)
}
