//! Takes a field away.

use stepladder_yaml::Path;

use super::draft::Draft;
use super::handed_over::handed_over;
use super::{Edit, Refusal, describe};
use crate::Analysis;

/// Removes the entry or item at `path` with its comments. A mapping or list that becomes empty by that goes with it, when
/// it says nothing while empty. What is not there is an edit without changes.
///
/// # Errors
/// When the place comes from an alias.
pub fn remove_field(a: &Analysis, path: &Path) -> Result<Edit, Refusal> {
    let mut draft = Draft::new(&a.tree);
    draft.remove_with_empty_parents(path)?;
    draft
        .finish(format!("remove {}{}", describe::removed(&a.tree, path), handed_over(a, path)), path.parent())
}
