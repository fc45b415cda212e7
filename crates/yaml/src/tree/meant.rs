//! Keys that are read as others: a language may know what a key means that is not written as it should be.

use std::collections::HashSet;

use super::build::{Owned, index};
use super::{Kind, Node, NodeId, ScalarStyle, Tree};

/// Which keys of a tree mean others, as one in the wrong case, and which ones.
pub type MeantKeys = fn(&Tree) -> Vec<(NodeId, &'static str)>;

impl Tree {
    /// The same tree, whose keys are read as what they mean. The text and all places in it stay as they are.
    #[must_use]
    pub fn with_meant_keys(mut self, meant: MeantKeys) -> Self {
        self.meant = Some(meant);
        let meant = meant(&self);
        if meant.is_empty() {
            return self;
        }
        let repeated: HashSet<NodeId> = self
            .nodes()
            .filter(|node| node.kind() == Kind::Alias)
            .map(|alias| alias.resolve().id())
            .collect();
        for (id, key) in meant {
            let node = self.node(id);
            let style = node.scalar_style();
            let is_line = matches!(
                style,
                Some(ScalarStyle::Plain | ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted)
            );
            // A key that an alias repeats is a value elsewhere.
            if !node.is_key() || !is_line || repeated.contains(&id) {
                continue;
            }
            let value = index(self.built.owned.len());
            self.built.owned.push(Owned { text: key.into(), column: 0 });
            self.built.nodes[id.0 as usize].value = value;
            self.meant_keys.push(id);
        }
        self.meant_keys.sort_unstable();
        self
    }

    /// The keys that are read as others, in the order of the text.
    pub fn meant_keys(&self) -> impl Iterator<Item = Node<'_>> {
        self.meant_keys.iter().map(|id| self.node(*id))
    }
}

impl<'t> Node<'t> {
    /// The text of a key that is read as another, as it is written.
    #[must_use]
    pub fn written_key(&self) -> Option<&'t str> {
        let is_meant = self.tree.meant_keys.binary_search(&self.id).is_ok();
        is_meant.then(|| self.tree.slice(self.content_range()))
    }
}
