//! Moves an item within its list, or puts several in its place: a branch, a label, a value of a matrix.

use stepladder_yaml::{Path, edit};

use super::draft::Draft;
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;

/// Puts the item at `from` of the list at `list`, with its comments, so that it stands at `to`, both from 0.
///
/// # Errors
/// When there is no such item, or the list comes from an alias.
pub fn move_item(a: &Analysis, list: &Path, from: usize, to: usize) -> Result<Edit, Refusal> {
    let mut draft = Draft::new(&a.tree);
    draft.make(|tree| edit::move_item(tree, list, from, to))?;
    draft.finish(format!("move {}", describe::place(&a.tree, &list.child(from))), None)
}

/// Gives the item at `at` of the list at `list` another value, if there is one, and adds `behind` behind it.
///
/// # Errors
/// When there is no such item, or the list comes from an alias.
pub fn replace_item(
    a: &Analysis,
    list: &Path,
    at: usize,
    value: Option<&Value>,
    behind: &[Value],
) -> Result<Edit, Refusal> {
    let mut draft = Draft::new(&a.tree);
    if let Some(value) = value {
        draft.set(&list.child(at), value)?;
    }
    for (more, value) in behind.iter().enumerate() {
        draft.insert_item(list, at + 1 + more, value)?;
    }
    draft.finish(format!("change {}", describe::place(&a.tree, list)), None)
}
