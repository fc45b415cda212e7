//! Gives a field a value.

use stepladder_yaml::Path;

use super::draft::Draft;
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;

/// Sets the value at `path`, whatever form control it comes from. What is missing on the way is written in the order of
/// the language; a short form on the way becomes the long one (`environment: prod` gets a `name` when its `url` is
/// set, `on: push` a mapping when a filter is). A value that is there already is an edit without changes.
///
/// # Errors
/// When the place comes from an alias, or holds something in which the value has no place.
pub fn set_field(a: &Analysis, path: &Path, value: &Value) -> Result<Edit, Refusal> {
    let place = describe::place(&a.tree, path);
    let label = match value {
        _ if describe::is_entry(path) && a.tree.at(path).is_none() => format!("add {place}"),
        Value::Str(text) if text.is_empty() => format!("empty {place}"),
        _ => format!("set {place}{}", describe::to_value(value)),
    };
    let mut draft = Draft::new(&a.tree);
    draft.set(path, value)?;
    draft.finish(label, None)
}
