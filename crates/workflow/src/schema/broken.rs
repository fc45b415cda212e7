//! What the table tells the reader of a broken text, of which nobody knows yet what it is.

use stepladder_yaml::{Language, Path, Step};

use super::{ACTION, Field, Map, Types, WORKFLOW};

pub(super) static LANGUAGE: Language = Language { is_root_key, holds };

/// Whether a key may stand at the root of a workflow or of an action.
fn is_root_key(key: &str) -> bool {
    WORKFLOW.named(key).or_else(|| ACTION.named(key)).is_some()
}

/// Whether what stands below the key at `path` is what the key holds, so that its `value` is in the way: no such value can be
/// right, or nothing else could hold what is below.
fn holds(path: &Path, value: &str, held: Option<&str>) -> bool {
    // Every shape that what is there may have.
    let mut maps: Vec<&Map> = vec![WORKFLOW, ACTION];
    let mut fields: Vec<&Field> = Vec::new();
    let mut around: Vec<&Map> = Vec::new();
    for step in path.steps() {
        fields = match step {
            Step::Key(key) => maps.iter().filter_map(|map| map.field(key)).collect(),
            Step::Index(_) => fields.iter().filter_map(|field| field.items).collect(),
        };
        around = std::mem::take(&mut maps);
        maps = fields.iter().flat_map(|field| field.maps).copied().collect();
    }
    let Some(key) = held else { return fields.iter().any(|field| field.types.has(Types::SEQUENCE)) };
    if maps.iter().any(|map| map.named(key).is_some()) {
        return true;
    }
    let may_be_right = value.starts_with("${{") || fields.iter().any(|field| field.types.has_scalar());
    // A key that a person may choose is also one beside this that is indented too deeply.
    let is_beside = may_be_right && around.iter().any(|map| map.field(key).is_some());
    maps.iter().any(|map| map.field(key).is_some()) && !is_beside
}
