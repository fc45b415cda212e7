//! Fills an input of an action or of a called workflow.

use stepladder_yaml::Path;

use super::draft::Draft;
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;

/// Gives input `name` of the step or calling job at `path` a value; `None` removes it, and `with` with the last one.
///
/// # Errors
/// When the place comes from an alias.
pub fn set_input(a: &Analysis, path: &Path, name: &str, value: Option<&Value>) -> Result<Edit, Refusal> {
    let mut draft = Draft::new(&a.tree);
    let place = path.child("with").child(name);
    let label = match value {
        Some(value) => {
            let is_new = a.tree.at(&place).is_none();
            draft.set(&place, value)?;
            let owner = describe::place(&a.tree, path);
            match value {
                _ if is_new => format!("add input {name} of {owner}"),
                Value::Str(text) if text.is_empty() => format!("empty input {name} of {owner}"),
                _ => format!("set input {name} of {owner}{}", describe::to_value(value)),
            }
        }
        None => {
            draft.remove_with_empty_parents(&place)?;
            format!("remove input {name} of {}", describe::place(&a.tree, path))
        }
    };
    draft.finish(label, None)
}
