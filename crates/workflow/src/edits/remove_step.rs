//! Takes a step away.

use stepladder_yaml::{Path, edit};

use super::draft::Draft;
use super::handed_over::handed_over;
use super::move_step::list_and_position;
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;

/// Removes the step at `step`, with its comments. `steps` stays as an empty list after the last one, since a job must
/// have it.
///
/// # Errors
/// When there is no such step, or it comes from an alias.
pub fn remove_step(a: &Analysis, step: &Path) -> Result<Edit, Refusal> {
    let (steps, at) = list_and_position(a, step)?;
    let mut draft = Draft::new(&a.tree);
    let known = draft.tree().at(&steps).map_or(0, |node| node.len());
    let written = edit::written_path(draft.tree(), &steps, true)?;
    let label = format!("remove {}{}", describe::place(&a.tree, step), handed_over(a, step));
    let select = if known == 1 {
        draft.hand_over(step)?;
        draft.set(&written, &Value::Seq(Vec::new()))?;
        steps.parent()
    } else {
        draft.remove(step)?;
        Some(steps.child(at.min(known - 2)))
    };
    draft.finish(label, select)
}
