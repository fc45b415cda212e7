//! Adds an event that starts the workflow.

use stepladder_yaml::{Kind, Path, edit, path};

use super::draft::{Draft, refuse};
use super::{Edit, Refusal, Value};
use crate::Analysis;

/// Adds `event` to `on`, in the shape that `on` has: the second event makes a list of a single one, and an event that
/// must have settings (`schedule`, `workflow_run`) makes a mapping.
///
/// # Errors
/// When the event is there already, or `on` comes from an alias.
pub fn add_trigger(a: &Analysis, event: &str) -> Result<Edit, Refusal> {
    if events(&a.tree).iter().any(|known| known == event) {
        return Err(refuse(format!(
            "The workflow already starts on `{event}`; change its settings instead."
        )));
    }
    let mut draft = Draft::new(&a.tree);
    add(&mut draft, event)?;
    let on = draft.tree().at(&path!["on"]).map(|on| on.resolve());
    let place = on.and_then(|on| on.items().position(|item| item.as_str() == Some(event)));
    let select = match place {
        Some(at) => path!["on"].child(at),
        None if draft.tree().at(&path!["on", event]).is_some() => path!["on", event],
        None => path!["on"],
    };
    draft.finish(format!("add trigger {event}"), Some(select))
}

/// The names of the events in `on`, in the order of the text.
pub(super) fn events(tree: &stepladder_yaml::Tree) -> Vec<String> {
    let Some(on) = tree.at(&path!["on"]) else { return Vec::new() };
    let on = on.resolve();
    match on.kind() {
        Kind::Mapping => on.entries().filter_map(|entry| entry.name().map(str::to_owned)).collect(),
        Kind::Sequence => on.items().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
        _ if on.is_null() => Vec::new(),
        _ => on.as_str().map(str::to_owned).into_iter().collect(),
    }
}

pub(super) fn add(draft: &mut Draft<'_>, event: &str) -> Result<(), Refusal> {
    let on = path!["on"];
    let settings = settings(event);
    let is_set = |node: &stepladder_yaml::Node<'_>| match node.resolve().kind() {
        Kind::Mapping | Kind::Sequence => !node.is_empty(),
        _ => !node.is_null(),
    };
    let Some(node) = draft.tree().at(&on).filter(is_set) else {
        return draft.set(&on, &alone(event, settings));
    };
    match node.kind() {
        Kind::Mapping => draft.append_entry(&on, event, &settings),
        Kind::Sequence if settings == Value::Null => {
            let len = node.len();
            draft.insert_item(&on, len, &Value::Str(event.into()))
        }
        Kind::Sequence => {
            draft.events_to_mapping()?;
            draft.append_entry(&on, event, &settings)
        }
        Kind::Scalar => add_to_one(draft, &on, event, settings),
        Kind::Alias => draft.append_entry(&on, event, &settings),
    }
}

fn add_to_one(draft: &mut Draft<'_>, on: &Path, event: &str, settings: Value) -> Result<(), Refusal> {
    if settings != Value::Null {
        draft.events_to_mapping()?;
        return draft.append_entry(on, event, &settings);
    }
    draft.make(|tree| edit::wrap_in_sequence(tree, on))?;
    draft.insert_item(on, 1, &Value::Str(event.into()))
}

/// `on` with one event.
fn alone(event: &str, settings: Value) -> Value {
    match settings {
        Value::Null => Value::Str(event.into()),
        settings => Value::Map(vec![(event.into(), settings)]),
    }
}

/// What an event cannot do without, to begin with.
pub(super) fn settings(event: &str) -> Value {
    let text = |text: &str| Value::Str(text.into());
    match event {
        // Not at the full hour, when all the world's schedules start and some are dropped.
        "schedule" => Value::Seq(vec![Value::Map(vec![("cron".into(), text("17 4 * * 1"))])]),
        "workflow_run" => Value::Map(vec![
            ("workflows".into(), Value::Seq(vec![text("CI")])),
            ("types".into(), Value::Seq(vec![text("completed")])),
        ]),
        "image_version" => Value::Map(vec![("names".into(), Value::Seq(vec![text("my-image")]))]),
        _ => Value::Null,
    }
}
