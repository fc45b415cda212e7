//! Anchors and aliases.

use stepladder_yaml::{Named, Node, TextRange, Tree};

/// The anchor that `*name` at `at` leads to: the last one of that name before it.
pub(super) fn anchor_before<'t>(tree: &'t Tree, name: &str, at: u32) -> Option<Named<'t>> {
    tree.anchors().take_while(|anchor| anchor.range.start < at).filter(|anchor| anchor.name == name).last()
}

/// The anchor that `offset` is about: on its `&name`, or on an alias of it.
pub(super) fn anchor_at(tree: &Tree, offset: u32) -> Option<(Named<'_>, TextRange)> {
    if let Some(anchor) = tree.anchors().find(|anchor| anchor.range.touches(offset)) {
        return Some((anchor, anchor.range));
    }
    let alias = tree.aliases().find(|alias| alias.range.touches(offset))?;
    Some((anchor_before(tree, alias.name, alias.range.start)?, alias.range))
}

/// The aliases of an anchor, in the order of the text.
pub(super) fn aliases_of<'t>(tree: &'t Tree, anchor: &Named<'t>) -> impl Iterator<Item = Node<'t>> {
    let anchor = *anchor;
    tree.aliases()
        .filter(move |alias| {
            alias.name == anchor.name
                && anchor_before(tree, alias.name, alias.range.start)
                    .is_some_and(|it| it.range == anchor.range)
        })
        .map(|alias| alias.node)
}
