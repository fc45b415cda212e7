//! Copies a step.

use stepladder_yaml::{Path, edit};

use super::draft::Draft;
use super::ids::{steps, unused};
use super::move_step::{list_and_position, scope_of};
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;

/// Copies the step at `step`, comments included, behind itself. An `id` becomes a free one; anchors stay with the
/// original.
///
/// # Errors
/// When there is no such step, or it comes from an alias.
pub fn duplicate_step(a: &Analysis, step: &Path) -> Result<Edit, Refusal> {
    let (list, at) = list_and_position(a, step)?;
    let mut draft = Draft::new(&a.tree);
    draft.make(|tree| edit::duplicate_item(tree, step))?;
    let copy = list.child(at + 1);
    if let Some(id) = a.tree.at(&step.child("id")).and_then(|id| id.as_str()) {
        draft.set(&copy.child("id"), &Value::Str(unused(&steps(&a.tree, &scope_of(step)), id)))?;
    }
    draft.finish(format!("duplicate {}", describe::place(&a.tree, step)), Some(copy))
}
