//! Makes a step that runs a script one that uses an action, and back.

use stepladder_yaml::Path;
use stepladder_yaml::edit::Place;

use super::draft::Draft;
use super::move_step::list_and_position;
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;

/// What the step shall do.
#[derive(Clone, Debug, PartialEq)]
pub enum ToKind {
    /// Run this script.
    Run(Value),
    /// Use this action.
    Uses(Value),
}

/// Changes what the step at `step` does, in the place of what it did. Keys that only the former
/// kind has (`shell`, `working-directory`; `with`) are removed; name, id, condition and `env` stay. `more` are keys of the
/// new kind that come with it, each before the first of those behind it in `order` that the step has, so that what was
/// taken away before comes back to where it was; without one at the end.
///
/// # Errors
/// When there is no such step, or it comes from an alias.
pub fn change_step_kind(
    a: &Analysis,
    step: &Path,
    to: &ToKind,
    more: &[(String, Value)],
    order: &[String],
) -> Result<Edit, Refusal> {
    list_and_position(a, step)?;
    let mut draft = Draft::new(&a.tree);
    let (old, new, value, only_old): (_, _, _, &[&str]) = match to {
        ToKind::Run(script) => ("uses", "run", script, &["with"]),
        ToKind::Uses(action) => ("run", "uses", action, &["shell", "working-directory"]),
    };
    for key in only_old {
        if draft.tree().at(&step.child(*key)).is_some() {
            draft.remove(&step.child(*key))?;
        }
    }
    let (former, place) = (step.child(old), step.child(new));
    let says_both = draft.tree().at(&former).is_some() && draft.tree().at(&place).is_some();
    if says_both {
        draft.remove(&former)?;
    }
    match draft.tree().at(&former) {
        // A script over several lines gives way, a line keeps its comment.
        Some(node) if node.block_header().is_some() => {
            draft.insert_entry(step, new, value, &Place::Before(old.into()))?;
            draft.remove(&former)?;
        }
        Some(_) => {
            draft.rename_key(&former, new)?;
            draft.set(&place, value)?;
        }
        None => draft.set(&place, value)?,
    }
    // From the end, so that one can stand before the next.
    for (key, value) in more.iter().rev() {
        let behind = order.iter().skip_while(|own| *own != key).skip(1);
        let next = behind.into_iter().find(|own| draft.tree().at(&step.child(own.as_str())).is_some());
        match next.filter(|_| draft.tree().at(&step.child(key.as_str())).is_none()) {
            Some(next) => draft.insert_entry(step, key, value, &Place::Before(next.clone()))?,
            None => draft.set(&step.child(key.as_str()), value)?,
        }
    }
    let what = if matches!(to, ToKind::Run(_)) { "run a script" } else { "use an action" };
    draft.finish(format!("make {} {what}", describe::place(&a.tree, step)), Some(step.clone()))
}
