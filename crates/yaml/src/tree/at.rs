//! From an offset to the node there.

use super::{CollectionStyle, Node, NodeId, Tree};

/// See [`Tree::node_at`].
pub(super) fn node(tree: &Tree, offset: u32) -> Option<Node<'_>> {
    let mut node = None;
    let mut roots = tree.documents().iter().map(|id| tree.node(*id)).peekable();
    while let Some(root) = roots.next() {
        let is_last = roots.peek().is_none_or(|next| next.full_range().start > offset);
        if root.full_range().touches(offset) || (is_last && takes(&root, offset)) {
            node = Some(root);
        }
    }
    let Some(mut node) = node else { return last_block(tree, offset) };
    while let Some(child) = child_at(&node, offset) {
        node = child;
    }
    Some(node)
}

/// The deepest block collection above `offset` that does not start at a deeper column.
fn last_block(tree: &Tree, offset: u32) -> Option<Node<'_>> {
    let wanted = column(tree, offset);
    let mut node =
        tree.documents().iter().map(|id| tree.node(*id)).rfind(|root| root.range().end < offset)?;
    let mut found = None;
    while node.collection_style() == Some(CollectionStyle::Block)
        && column(tree, node.range().start) <= wanted
    {
        found = Some(node);
        node = node.raw_children().last()?;
    }
    found
}

fn child_at<'t>(node: &Node<'t>, offset: u32) -> Option<Node<'t>> {
    let mut touched: Option<Node<'t>> = None;
    let mut last = None;
    for child in node.raw_children() {
        let range = child.full_range();
        if range.start > offset {
            break;
        }
        // Where two touch, the caret counts for the later one, unless that one is empty.
        if range.touches(offset) && (touched.is_none() || !range.is_empty()) {
            touched = Some(child);
        }
        last = Some(child);
    }
    touched.or(last.filter(|child| takes(child, offset)))
}

/// Whether `node` ends with an empty value, and text written at `offset`, behind it, would become that value.
fn takes(node: &Node<'_>, offset: u32) -> bool {
    let tree = node.tree;
    let empty = tree.node(NodeId(node.data().skip - 1));
    let start = empty.range().start;
    if !empty.is_empty_value() || offset <= start {
        return false;
    }
    let Some(between) = tree.text.get(start as usize..offset as usize) else { return false };
    if !between.bytes().all(|b| b.is_ascii_whitespace()) {
        return false;
    }
    let Some(last_line) = between.rfind('\n') else { return true };
    empty.parent().is_some()
        && super::build::index(between.len() - last_line - 1) > column(tree, empty.slot_start())
}

/// See [`Tree::block_at`].
pub(super) fn block(tree: &Tree, offset: u32) -> Option<Node<'_>> {
    let wanted = column(tree, offset);
    let mut node =
        tree.documents().iter().map(|id| tree.node(*id)).rfind(|root| root.range().start <= offset)?;
    let mut found = None;
    loop {
        let is_block = node.collection_style() == Some(CollectionStyle::Block);
        if is_block && column(tree, node.range().start) == wanted {
            found = Some(node);
        }
        match node.raw_children().take_while(|child| child.full_range().start < offset).last() {
            Some(child) if column(tree, child.slot_start()) <= wanted => node = child,
            _ => return found,
        }
    }
}

fn column(tree: &Tree, offset: u32) -> u32 {
    offset - tree.lines().line_start(tree.lines().line_of(offset))
}
