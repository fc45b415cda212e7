//! What the anchors of something that is removed hold goes to the first alias that stays.

use stepladder_yaml::{Node, Path, Tree};

use super::describe;
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
    let all = heirs(&a.tree, path);
    let place = |anchor: &Node<'_>, alias: &Node<'_>| {
        // What stands within something that moves further up comes along with that.
        let above = all
            .iter()
            .filter(|(outer, to)| {
                to.range().start < alias.range().start && outer.range().covers(anchor.range())
            })
            .min_by_key(|(_, to)| to.range().start);
        let moved = above.and_then(|(outer, to)| {
            let (own, outer) = (anchor.path(), outer.path());
            Some(Path([to.path().steps(), own.steps().strip_prefix(outer.steps())?].concat()))
        });
        moved.unwrap_or_else(|| alias.path())
    };
    all.iter()
        .map(|(anchor, alias)| Heir {
            anchor: alias.alias_name().unwrap_or_default().to_owned(),
            place: describe::place(&a.tree, &place(anchor, alias)),
        })
        .collect()
}

/// What has an anchor at or below `path` that aliases elsewhere repeat, each with the first of these.
fn heirs<'t>(tree: &'t Tree, path: &Path) -> Vec<(Node<'t>, Node<'t>)> {
    let Some(gone) = tree.at(path) else { return Vec::new() };
    let range = gone.full_range();
    tree.anchors()
        .filter(|anchor| range.covers(anchor.range))
        .filter_map(|anchor| {
            let heir = tree.aliases().find(|alias| {
                alias.name == anchor.name && !range.covers(alias.range) && alias.node.resolve() == anchor.node
            })?;
            Some((anchor.node, heir.node))
        })
        .collect()
}

/// The first alias elsewhere of any anchor at or below `path`.
pub(super) fn first_heir(tree: &Tree, path: &Path) -> Option<Path> {
    let all = heirs(tree, path).into_iter().map(|(_, alias)| alias);
    all.min_by_key(|alias| alias.range().start).map(|alias| alias.path())
}

/// The first value at or below one of `places` whose anchor no alias repeats.
pub(super) fn idle_anchor(tree: &Tree, places: &[Path]) -> Option<Path> {
    let idle =
        tree.anchors().filter(|anchor| tree.aliases().all(|alias| alias.node.resolve() != anchor.node));
    idle.filter(|anchor| tree.at(&anchor.node.path()) == Some(anchor.node))
        .map(|anchor| anchor.node.path())
        .find(|path| places.iter().any(|place| place.contains(path)))
}

/// The end of the label of a removal that moves anchors; else nothing.
pub(super) fn handed_over(a: &Analysis, path: &Path) -> String {
    let mut words = String::new();
    for Heir { anchor, place } in anchors_of(a, path) {
        words.push_str(&format!("{} &{anchor} moves to {place}", if words.is_empty() { ";" } else { "," }));
    }
    words
}
