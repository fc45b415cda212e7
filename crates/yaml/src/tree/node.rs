//! What one can ask a node.

use std::fmt;

use super::build::{Data, NONE, Role, Shape};
use super::{Anchor, CollectionStyle, Entry, Kind, Node, NodeId, ScalarStyle, Tree};
use crate::{Path, Step, TextRange};

impl<'t> Node<'t> {
    #[inline]
    pub(super) fn data(&self) -> &'t Data {
        let nodes = &self.tree.built.nodes;
        &nodes[(self.id.0 as usize).min(nodes.len() - 1)]
    }

    pub(super) fn shape(&self) -> Shape {
        self.data().shape
    }

    /// Its name within the tree.
    #[must_use]
    pub fn id(&self) -> NodeId {
        self.id
    }

    /// The tree it belongs to.
    #[must_use]
    pub fn tree(&self) -> &'t Tree {
        self.tree
    }

    /// What it is; an alias is an alias, whatever it leads to.
    #[must_use]
    #[inline]
    pub fn kind(&self) -> Kind {
        self.data().shape.kind()
    }

    /// The bytes of the value: with its quotes, brackets or block header, without anchor, tag and trailing comment.
    /// Block collections and block scalars end before their last line break. Empty for an empty value, then just
    /// behind the `:` or `-`.
    #[must_use]
    pub fn range(&self) -> TextRange {
        self.data().range
    }

    /// As [`Self::range`], with anchor and tag.
    #[must_use]
    pub fn full_range(&self) -> TextRange {
        let range = self.range();
        let start = [self.anchor_range(), self.tag_range()].into_iter().flatten().map(|r| r.start).min();
        TextRange::new(start.map_or(range.start, |start| start.min(range.start)), range.end)
    }

    /// The text of [`Self::range`].
    #[must_use]
    pub fn source(&self) -> &'t str {
        self.tree.slice(self.range())
    }

    fn anchor_range(&self) -> Option<TextRange> {
        self.tree.built.props.get(self.data().props as usize)?.anchor
    }

    /// The bytes of the tag.
    #[must_use]
    pub fn tag_range(&self) -> Option<TextRange> {
        self.tree.built.props.get(self.data().props as usize)?.tag
    }

    /// Its anchor.
    #[must_use]
    pub fn anchor(&self) -> Option<Anchor<'t>> {
        let range = self.anchor_range()?;
        Some(Anchor { name: self.tree.slice(range).get(1..)?, range })
    }

    /// Its tag as it is written, such as `!!str`.
    #[must_use]
    pub fn tag(&self) -> Option<&'t str> {
        self.tag_range().map(|range| self.tree.slice(range))
    }

    /// For an alias, the name without `*`.
    #[must_use]
    pub fn alias_name(&self) -> Option<&'t str> {
        (self.shape() == Shape::Alias).then(|| self.source().get(1..)).flatten()
    }

    /// The node an alias leads to; itself for every other node and for an alias that leads nowhere.
    #[must_use]
    #[inline]
    pub fn resolve(&self) -> Self {
        let data = self.data();
        if data.shape == Shape::Alias && data.value != NONE {
            return self.tree.node(NodeId(data.value));
        }
        *self
    }

    /// Whether there is no text at all where the value would be.
    #[must_use]
    pub fn is_empty_value(&self) -> bool {
        self.shape() == Shape::Scalar(ScalarStyle::Plain) && self.range().is_empty()
    }

    /// How a scalar is written; `None` for everything else. Does not follow aliases.
    #[must_use]
    pub fn scalar_style(&self) -> Option<ScalarStyle> {
        match self.shape() {
            Shape::Scalar(style) => Some(style),
            _ => None,
        }
    }

    /// How a collection is written; `None` for everything else. Does not follow aliases.
    #[must_use]
    pub fn collection_style(&self) -> Option<CollectionStyle> {
        match self.shape() {
            Shape::BlockMapping | Shape::BlockSequence => Some(CollectionStyle::Block),
            Shape::FlowMapping | Shape::FlowSequence => Some(CollectionStyle::Flow),
            _ => None,
        }
    }

    /// Where the `-` before it, its key's `?`, its key or its colon stands.
    pub(super) fn slot(&self) -> Option<u32> {
        Some(self.data().slot).filter(|slot| *slot != NONE)
    }

    /// The first byte of the entry or item this node is the value, key or item of.
    #[must_use]
    pub fn slot_start(&self) -> u32 {
        let own = || self.slot().unwrap_or_else(|| self.full_range().start);
        match self.key() {
            Some(key) => key.slot().unwrap_or_else(|| key.full_range().start),
            None => own(),
        }
    }

    /// Behind the indicator that leads to this node: the `:` of an entry, the `-` of an item.
    pub(crate) fn slot_line_end(&self) -> u32 {
        let start = match self.anchor_range().into_iter().chain(self.tag_range()).map(|r| r.end).max() {
            Some(end) => end,
            None => return self.slot().map_or(self.range().start, |slot| slot + 1),
        };
        start.min(self.range().start)
    }

    /// The `:` before a value, the `-` before an item of a block sequence; `None` where there is none.
    #[must_use]
    pub fn indicator(&self) -> Option<u32> {
        let parent = self.parent()?;
        let slot = self.slot()?;
        match parent.shape() {
            Shape::BlockMapping | Shape::FlowMapping => (!self.is_key()).then_some(slot),
            Shape::BlockSequence => Some(slot),
            _ => None,
        }
    }

    /// Whether it is the key of an entry.
    #[must_use]
    pub fn is_key(&self) -> bool {
        self.data().role == Role::Key
    }

    /// For the value of an entry, the key.
    #[must_use]
    pub fn key(&self) -> Option<Self> {
        if self.data().role != Role::Value {
            return None;
        }
        let parent = self.data().parent;
        // The node before is the last one of the key's subtree.
        let mut key = self.id.0.checked_sub(1)?;
        while self.tree.built.nodes[key as usize].parent != parent {
            key = self.tree.built.nodes[key as usize].parent;
        }
        Some(self.tree.node(NodeId(key)))
    }

    /// The mapping or sequence it stands in.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let parent = self.data().parent;
        (parent != NONE).then(|| self.tree.node(NodeId(parent)))
    }

    /// The next node of the same parent: for a key its value, for a value the next key.
    #[must_use]
    pub fn next_sibling(&self) -> Option<Self> {
        let data = self.data();
        let end = match data.parent {
            NONE => return None,
            parent => self.tree.built.nodes[parent as usize].skip,
        };
        (data.skip < end).then(|| self.tree.node(NodeId(data.skip)))
    }

    pub(super) fn raw_children(&self) -> impl Iterator<Item = Self> + use<'t> {
        let tree = self.tree;
        let end = self.data().skip;
        let mut at = self.id.0 + 1;
        std::iter::from_fn(move || {
            let node = (at < end).then(|| tree.node(NodeId(at)))?;
            at = node.data().skip;
            Some(node)
        })
    }

    fn raw_entries(&self) -> impl Iterator<Item = Entry<'t>> + use<'t> {
        let mut children = self.raw_children();
        let is_mapping = self.kind() == Kind::Mapping;
        std::iter::from_fn(move || {
            let key = children.next().filter(|_| is_mapping)?;
            Some(Entry { key, value: children.next()? })
        })
    }

    /// Keys and items in the order of the text, not through aliases; for a mapping, keys and values alternate.
    pub fn children(&self) -> impl Iterator<Item = Self> + use<'t> {
        self.raw_children()
    }

    /// This node and everything below it, in the order of the text, not through aliases.
    pub fn descendants(&self) -> impl Iterator<Item = Self> + use<'t> {
        let tree = self.tree;
        (self.id.0..self.data().skip).map(move |id| tree.node(NodeId(id)))
    }

    /// The entries of a mapping in the order of the text, repeated keys included; none for anything else. Follows
    /// aliases.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'t>> + use<'t> {
        self.resolve().raw_entries()
    }

    /// The items of a sequence; none for anything else. Follows aliases.
    pub fn items(&self) -> impl Iterator<Item = Self> + use<'t> {
        let node = self.resolve();
        let is_sequence = node.kind() == Kind::Sequence;
        node.raw_children().take_while(move |_| is_sequence)
    }

    /// The value of the first entry with this key. Follows aliases.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Self> {
        self.entry(key).map(|entry| entry.value)
    }

    /// The first entry with this key. Follows aliases.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<Entry<'t>> {
        self.entries().find(|entry| entry.key.is(key))
    }

    /// As [`Self::entry`], also for the key of a later entry that [`Step::twin`](crate::Step::twin) has made.
    pub(crate) fn entry_or_twin(&self, key: &str) -> Option<Entry<'t>> {
        match crate::twin_of(key) {
            Some((key, number)) => self.entries().filter(|entry| entry.key.is(key)).nth(number - 1),
            None => self.entry(key),
        }
    }

    /// Number of entries or items; 0 for anything else. Follows aliases.
    #[must_use]
    pub fn len(&self) -> usize {
        let node = self.resolve();
        match node.kind() {
            Kind::Mapping => node.raw_entries().count(),
            Kind::Sequence => node.raw_children().count(),
            Kind::Scalar | Kind::Alias => 0,
        }
    }

    /// Whether it has neither entries nor items.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let node = self.resolve();
        node.data().skip == node.id.0 + 1
    }

    /// For the key or the value of an entry: from the first byte of the key (or its `?`) to the last one of the
    /// value. For an item: from its `-` to its last byte. For a root: the node itself.
    #[must_use]
    pub fn entry_range(&self) -> TextRange {
        let last = if self.is_key() { self.next_sibling().unwrap_or(*self) } else { *self };
        let key_end = last.key().map_or(0, |key| key.range().end);
        TextRange::new(last.slot_start(), last.range().end.max(key_end))
    }

    /// The way from the document's root to this node, in the place where it is written; a key has its value's path.
    #[must_use]
    pub fn path(&self) -> Path {
        let mut steps = Vec::new();
        let mut node = *self;
        while let Some(parent) = node.parent() {
            match parent.kind() {
                Kind::Mapping => {
                    let key = if node.is_key() { node } else { node.key().unwrap_or(node) };
                    steps.push(Step::Key(key.as_str().unwrap_or_else(|| key.source()).to_owned()));
                }
                _ => steps.push(Step::Index(parent.raw_children().take_while(|item| *item != node).count())),
            }
            node = parent;
        }
        steps.reverse();
        Path(steps)
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.tree, other.tree)
    }
}

impl Eq for Node<'_> {}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let range = self.range();
        let source: String = self.source().chars().take(40).collect();
        write!(f, "{:?} {}..{} {source:?}", self.kind(), range.start, range.end)
    }
}
