//! Properties, indexes and `.*`.

use super::super::value::{Array, Object, Unknown, Value};

/// `value[key]`, which `value.key` means as well.
pub(super) fn get(value: &Value, key: &Value) -> Value {
    match value {
        Value::Unknown(unknown) => key
            .to_text()
            .filter(|_| key.is_primitive())
            .map_or_else(|| Unknown { truth: None, ..unknown.clone() }, |name| unknown.property(&name))
            .into(),
        Value::Array(array) if array.filtered => {
            let mut found = Vec::new();
            for item in array.items() {
                let one = match item {
                    Value::Object(object) => entry(object, key),
                    Value::Array(array) => nth(array, key),
                    Value::Unknown(_) => Some(get(item, key)),
                    _ => None,
                };
                match one {
                    // Whether there is such an item is not known, so the list is not.
                    Some(Value::Unknown(unknown)) if item.unknown().is_some() || key.unknown().is_some() => {
                        return unknown.into();
                    }
                    Some(one) => found.push(one),
                    None => {}
                }
            }
            Value::filtered(found)
        }
        Value::Array(array) => nth(array, key).unwrap_or(Value::Null),
        Value::Object(object) => entry(object, key).unwrap_or(Value::Null),
        _ => Value::Null,
    }
}

fn entry(object: &Object, key: &Value) -> Option<Value> {
    if let Value::Unknown(unknown) = key {
        return Some(Unknown { truth: None, ..unknown.clone() }.into());
    }
    let name = key.to_text().filter(|_| key.is_primitive())?;
    object.get(&name).cloned().or_else(|| object.rest().map(|rest| rest.property(&name).into()))
}

fn nth(array: &Array, key: &Value) -> Option<Value> {
    if let Value::Unknown(unknown) = key {
        return Some(Unknown { truth: None, ..unknown.clone() }.into());
    }
    let index = key.to_number();
    if index.is_nan() || index < 0.0 {
        return None;
    }
    // Too large a number saturates, and no list is that long.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    array.items().get(index as usize).cloned()
}

/// `value.*`: the items of a list, the values of an object. After another `.*` those of all items, in one list.
pub(super) fn all(value: &Value) -> Value {
    let mut found = Vec::new();
    let sources = match value {
        Value::Array(array) if array.filtered => array.items(),
        _ => std::slice::from_ref(value),
    };
    for source in sources {
        match source {
            Value::Array(array) => found.extend_from_slice(array.items()),
            Value::Object(object) => match object.rest() {
                Some(rest) => return Unknown::new(&format!("{}.*", rest.what)).into(),
                None => found.extend(object.entries().map(|(_, value)| value.clone())),
            },
            Value::Unknown(unknown) => return Unknown::new(&format!("{}.*", unknown.what)).into(),
            _ => {}
        }
    }
    Value::filtered(found)
}
