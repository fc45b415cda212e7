//! What the anchors of something that is removed hold goes to the first alias that stays.

use stepladder_yaml::Path;

use super::describe;
use super::draft::heirs;
use crate::Analysis;

/// An anchor that moves when what holds it is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heir {
    /// The anchor's name, without `&`.
    pub anchor: String,
    /// Where its content is written then: "step 1 of job lint".
    pub place: String,
}

/// The anchors that would move if what is at `path` were removed, to be told before.
#[must_use]
pub fn anchors_of(a: &Analysis, path: &Path) -> Vec<Heir> {
    heirs(&a.tree, path)
        .into_iter()
        .map(|(anchor, alias)| Heir { anchor, place: describe::place(&a.tree, &alias) })
        .collect()
}

/// The end of the label of a removal that moves anchors; else nothing.
pub(super) fn handed_over(a: &Analysis, path: &Path) -> String {
    let mut words = String::new();
    for Heir { anchor, place } in anchors_of(a, path) {
        words.push_str(&format!("{} &{anchor} moves to {place}", if words.is_empty() { ";" } else { "," }));
    }
    words
}
