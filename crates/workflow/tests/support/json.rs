//! A parsed text as JSON, and the edits as they are done on that.

use serde_json::{Map, Value as Json, json};
use stepladder_workflow::Analysis;
use stepladder_yaml::{Kind, Node, Path, Step};

pub(super) fn differ(expected: &Json, value: &Json) -> Result<(), String> {
    if expected == value {
        return Ok(());
    }
    Err(first_difference(expected, value, String::new()))
}

pub(super) fn first_difference(expected: &Json, value: &Json, at: String) -> String {
    match (expected, value) {
        (Json::Object(a), Json::Object(b)) => {
            for key in a.keys().chain(b.keys()) {
                match (a.get(key), b.get(key)) {
                    (Some(x), Some(y)) if x == y => {}
                    (Some(x), Some(y)) => return first_difference(x, y, format!("{at}.{key}")),
                    (x, y) => return format!("{at}.{key}: wanted {x:?}, got {y:?}"),
                }
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (i, (x, y)) in a.iter().zip(b).enumerate() {
                if x != y {
                    return first_difference(x, y, format!("{at}[{i}]"));
                }
            }
        }
        _ => {}
    }
    format!("{at}: wanted {expected}, got {value}")
}

/// The first document as JSON, aliases as what they are; of a repeated key the first. Where edits are made at anchors, what
/// an alias repeats stands in its place.
pub(super) fn json_of(a: &Analysis) -> Json {
    let follow = a.tree.edits_at_anchors();
    a.tree.root().map_or(Json::Null, |root| json_of_node(root, 0, follow))
}

/// The first document as JSON, aliases followed.
pub(super) fn meaning_of(a: &Analysis) -> Json {
    a.tree.root().map_or(Json::Null, |root| json_of_node(root, 0, true))
}

fn json_of_node(node: Node<'_>, depth: usize, follow: bool) -> Json {
    use stepladder_yaml::Scalar;
    let node = match node.alias_name() {
        // No text begins so.
        Some(name) if !follow => return json!(format!("\0*{name}")),
        _ => node.resolve(),
    };
    if depth > 60 {
        return Json::Null;
    }
    match node.kind() {
        Kind::Mapping => {
            let mut map = Map::new();
            for entry in node.entries() {
                let key = entry.name().unwrap_or_else(|| entry.key.source()).to_owned();
                map.entry(key).or_insert_with(|| json_of_node(entry.value, depth + 1, follow));
            }
            Json::Object(map)
        }
        Kind::Sequence => {
            Json::Array(node.items().map(|item| json_of_node(item, depth + 1, follow)).collect())
        }
        _ => match node.scalar() {
            None | Some(Scalar::Null) => Json::Null,
            Some(Scalar::Bool(value)) => json!(value),
            Some(Scalar::Number(value)) => json!(value),
            Some(Scalar::Str(text)) => json!(text),
        },
    }
}

pub(super) fn without_empty(value: &Json) -> Json {
    let is_empty = |value: &Json| match value {
        Json::Null => true,
        Json::Object(map) => map.is_empty(),
        Json::Array(items) => items.is_empty(),
        _ => false,
    };
    match value {
        Json::Object(map) => Json::Object(
            map.iter().map(|(k, v)| (k.clone(), without_empty(v))).filter(|(_, v)| !is_empty(v)).collect(),
        ),
        Json::Array(items) => Json::Array(items.iter().map(without_empty).filter(|v| !is_empty(v)).collect()),
        other => other.clone(),
    }
}

pub(super) fn at_mut<'a>(value: &'a mut Json, steps: &[Step]) -> Option<&'a mut Json> {
    steps.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(at) => value.get_mut(at),
    })
}

pub(super) fn set_json(root: &mut Json, path: &Path, new: Json) {
    let mut value = root;
    for (at, step) in path.steps().iter().enumerate() {
        let before = match at.checked_sub(1).and_then(|i| path.steps().get(i)) {
            Some(Step::Key(key)) => key.as_str(),
            _ => "",
        };
        match step {
            Step::Key(key) => {
                widen(value, before);
                if !value.is_object() {
                    *value = json!({});
                }
                let Some(map) = value.as_object_mut() else { return };
                value = map.entry(key.clone()).or_insert(Json::Null);
            }
            Step::Index(i) => {
                if !value.is_array() {
                    *value = json!([]);
                }
                let Some(list) = value.as_array_mut() else { return };
                if list.len() == *i {
                    list.push(Json::Null);
                }
                let Some(item) = list.get_mut(*i) else { return };
                value = item;
            }
        }
    }
    *value = new;
}

/// The long form of a short one.
pub(super) fn widen(value: &mut Json, key: &str) {
    let name = match key {
        "environment" => "name",
        "concurrency" => "group",
        "container" => "image",
        "on" => {
            let events: Vec<String> = match &*value {
                Json::Array(events) => events.iter().filter_map(event_name).collect(),
                Json::Object(_) | Json::Null => return,
                event => event_name(event).into_iter().collect(),
            };
            *value = Json::Object(events.into_iter().map(|event| (event, Json::Null)).collect());
            return;
        }
        _ => return,
    };
    if !value.is_object() && !value.is_array() && !value.is_null() {
        *value = json!({ name: value.clone() });
    }
}

pub(super) fn remove_json(root: &mut Json, path: &Path) {
    let Some((last, parent)) = path.steps().split_last() else { return };
    match (at_mut(root, parent), last) {
        (Some(Json::Object(map)), Step::Key(key)) => {
            map.remove(key);
        }
        (Some(Json::Array(items)), Step::Index(at)) if *at < items.len() => {
            items.remove(*at);
        }
        _ => {}
    }
}

pub(super) fn events_of(value: &Json) -> Vec<String> {
    let mut events: Vec<String> = match value.get("on") {
        Some(Json::Array(events)) => events.iter().filter_map(event_name).collect(),
        Some(Json::Object(map)) => map.keys().cloned().collect(),
        Some(event) => event_name(event).into_iter().collect(),
        None => Vec::new(),
    };
    events.retain(|event| !event.is_empty());
    events.sort();
    events
}

/// The name of an event, as it is written as a key: also of one that is none, such as `true`.
pub(super) fn event_name(value: &Json) -> Option<String> {
    match value {
        Json::String(event) => Some(event.clone()),
        Json::Bool(value) => Some(value.to_string()),
        Json::Number(value) => Some(value.as_f64()?.to_string()),
        _ => None,
    }
}

pub(super) fn needs_of(value: &Json, job: &str) -> Vec<String> {
    match &value["jobs"][job]["needs"] {
        Json::String(need) => vec![need.clone()],
        Json::Array(needs) => needs.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

pub(super) fn widen_on(value: &mut Json) {
    if let Some(on) = value.get_mut("on") {
        widen(on, "on");
    }
}

/// Writes `value` wherever `json` holds the text `old`.
pub(super) fn replace(json: &mut Json, old: &str, value: &Json) {
    match json {
        Json::String(text) if text == old => *json = value.clone(),
        Json::Array(items) => items.iter_mut().for_each(|item| replace(item, old, value)),
        Json::Object(entries) => entries.values_mut().for_each(|entry| replace(entry, old, value)),
        _ => {}
    }
}
