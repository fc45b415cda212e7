//! Takes a time away at which the workflow starts.

use stepladder_yaml::path;

use super::draft::{Draft, refuse};
use super::{Edit, Refusal, remove_trigger};
use crate::Analysis;

/// Removes the time at position `at` (from 0) of `on.schedule`, and the whole trigger with the last time.
///
/// # Errors
/// When there is no such time, or the schedule comes from an alias.
pub fn remove_schedule(a: &Analysis, at: usize) -> Result<Edit, Refusal> {
    let place = path!["on", "schedule"];
    let known = a.tree.at(&place).map_or(0, |node| node.len());
    if at >= known {
        return Err(refuse(format!("There is no schedule number {}.", at + 1)));
    }
    if known == 1 {
        return remove_trigger(a, "schedule");
    }
    let mut draft = Draft::new(&a.tree);
    draft.remove(&place.child(at))?;
    draft.finish("remove a schedule", Some(place))
}
