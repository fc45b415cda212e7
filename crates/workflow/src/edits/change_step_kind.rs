//! Makes a step that runs a script one that uses an action, and back.

use stepladder_yaml::Path;
use stepladder_yaml::edit::Place;

use super::draft::Draft;
use super::move_step::list_and_position;
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;

/// What the step shall do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToKind {
    /// Run this script.
    Run(String),
    /// Use this action.
    Uses(String),
}

/// Changes what the step at `step` does, in the place of what it did. Keys that only the former
/// kind has (`shell`, `working-directory`; `with`) are removed; name, id, condition and `env` stay. `more` are keys of the
/// new kind that come with it.
///
/// # Errors
/// When there is no such step, or it comes from an alias.
pub fn change_step_kind(
    a: &Analysis,
    step: &Path,
    to: &ToKind,
    more: &[(String, Value)],
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
    let value = Value::Str(value.clone());
    let (former, place) = (step.child(old), step.child(new));
    let says_both = draft.tree().at(&former).is_some() && draft.tree().at(&place).is_some();
    if says_both {
        draft.remove(&former)?;
    }
    match draft.tree().at(&former) {
        // A script over several lines gives way, a line keeps its comment.
        Some(node) if node.block_header().is_some() => {
            draft.insert_entry(step, new, &value, &Place::Before(old.into()))?;
            draft.remove(&former)?;
        }
        Some(_) => {
            draft.rename_key(&former, new)?;
            draft.set(&place, &value)?;
        }
        None => draft.set(&place, &value)?,
    }
    for (key, value) in more {
        draft.set(&step.child(key.as_str()), value)?;
    }
    let what = if matches!(to, ToKind::Run(_)) { "run a script" } else { "use an action" };
    draft.finish(format!("make {} {what}", describe::place(&a.tree, step)), Some(step.clone()))
}
