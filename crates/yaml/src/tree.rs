//! The tree: what the text says, with the place of everything.

mod at;
mod build;
mod comments;
mod decode;
mod meant;
mod node;
mod recover;
mod schema;
mod value;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::{LineCol, LineIndex, Path, Step, TextRange};
use build::Built;

pub use meant::MeantKeys;
pub(crate) use schema::resolve_plain;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Text, number, boolean or nothing (`key:` has an empty plain scalar as its value).
    Scalar,
    /// Keys and values.
    Mapping,
    /// Items.
    Sequence,
    /// `*name`.
    Alias,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScalarStyle {
    /// Without quotes.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// How a mapping or a sequence is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CollectionStyle {
    /// One entry or item a line.
    Block,
    /// `{…}`, `[…]`
    Flow,
}

/// A scalar by the YAML 1.2 core schema.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar<'t> {
    /// Nothing, `~`, `null`, `Null`, `NULL`.
    Null,
    /// `true`, `True`, `TRUE`, `false`, `False`, `FALSE`.
    Bool(bool),
    /// An integer (decimal, `0x`, `0o`) or a float, as a float.
    Number(f64),
    /// Everything else, and everything in quotes or a block.
    Str(&'t str),
}

/// What follows the end of a block scalar's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chomp {
    /// One line break (`|`).
    Clip,
    /// Nothing (`|-`).
    Strip,
    /// All line breaks that stand there (`|+`).
    Keep,
}

/// The first line of a block scalar: `|`, `>-`, `|2+` and the like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockHeader {
    /// The bytes of the header, without a comment.
    pub range: TextRange,
    /// What happens to the line breaks at the end.
    pub chomp: Chomp,
    /// The written indentation, when there is one.
    pub indent: Option<u8>,
    /// The column, in bytes from the start of the line, where the content's lines start; 0 when all lines are blank.
    pub content_column: u32,
}

/// `&name` on a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor<'t> {
    /// Without the `&`.
    pub name: &'t str,
    /// The bytes of `&name`.
    pub range: TextRange,
}

/// A use of an anchor (`*name`) or its definition (`&name`), as the lists of a [`Tree`] give them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Named<'t> {
    /// Without `&` or `*`.
    pub name: &'t str,
    /// The bytes of `&name` or `*name`.
    pub range: TextRange,
    /// The node that carries the anchor, or the alias itself.
    pub node: Node<'t>,
}

/// A comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From `#` to the end of the line, without the line break.
    pub range: TextRange,
    /// Whether something else stands before it on its line.
    pub trailing: bool,
}

/// A place where the text is not YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where; may be empty.
    pub range: TextRange,
    /// One sentence for a person.
    pub message: String,
}

/// Names a node within one [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(crate) u32);

/// What a text says. Total: every text has a tree; where it is not YAML, [`Tree::problems`] says so and the healthy
/// rest is there all the same. Two trees are equal when their texts are.
#[derive(Clone)]
pub struct Tree {
    text: Arc<str>,
    /// Made when somebody asks.
    lines: OnceLock<LineIndex>,
    built: Built,
    problems: Vec<Problem>,
    masked: Vec<TextRange>,
    unquoted: Vec<TextRange>,
    at_anchors: bool,
    language: Option<&'static Language>,
    meant: Option<MeantKeys>,
    /// The keys that are read as others, sorted.
    meant_keys: Vec<NodeId>,
}

/// What is known of the language that a text is written in. It is asked where a broken text can be read in several ways.
#[derive(Debug)]
pub struct Language {
    /// Whether a word is known as a key at the root.
    pub is_root_key: fn(&str) -> bool,
    /// Whether what stands below the key at the path is what it holds, though this value stands behind its colon: a block
    /// that starts with this key, or, without one, with an item.
    pub holds: fn(&Path, &str, Option<&str>) -> bool,
}

/// A node of a [`Tree`]; cheap to copy. Equal when it is the same node of the same tree.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    id: NodeId,
}

/// A key and its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry<'t> {
    /// The key, usually a scalar.
    pub key: Node<'t>,
    /// The value; an empty plain scalar when there is none.
    pub value: Node<'t>,
}

impl<'t> Entry<'t> {
    /// From the first byte of the key (or its `?`) to the last one of the value.
    #[must_use]
    pub fn range(&self) -> TextRange {
        self.value.entry_range()
    }

    /// The key's text; `None` when the key is a collection.
    #[must_use]
    pub fn name(&self) -> Option<&'t str> {
        self.key.as_str()
    }
}

impl Tree {
    /// Reads `text`. Never fails: see [`Self::problems`].
    #[must_use]
    pub fn parse(text: impl Into<Arc<str>>) -> Self {
        Self::read(text.into(), None)
    }

    /// Reads `text`, whose language is known. Nothing else is a problem for it; but a word that stands alone at the root,
    /// with deeper lines below, is either a key that lacks its colon or no part of them, and this tells which; and so on.
    #[must_use]
    pub fn parse_in(text: impl Into<Arc<str>>, language: &'static Language) -> Self {
        Self::read(text.into(), Some(language))
    }

    /// Reads another text in the way in which this one was read.
    #[must_use]
    pub fn parse_alike(&self, text: impl Into<Arc<str>>) -> Self {
        let tree = Self { at_anchors: self.at_anchors, ..Self::read(text.into(), self.language) };
        match self.meant {
            Some(meant) => tree.with_meant_keys(meant),
            None => tree,
        }
    }

    fn read(text: Arc<str>, language: Option<&'static Language>) -> Self {
        let lines = OnceLock::new();
        let outcome = recover::parse(&text, &lines, language);
        Self {
            built: outcome.built,
            problems: outcome.problems,
            masked: outcome.masked,
            unquoted: outcome.unquoted,
            text,
            lines,
            at_anchors: false,
            language,
            meant: None,
            meant_keys: Vec::new(),
        }
    }

    /// The tree of no text, made without the parser.
    #[must_use]
    pub fn empty() -> Self {
        Self::unread("")
    }

    /// A tree without nodes and without problems, for a text that is too long to be worth reading.
    #[must_use]
    pub fn unread(text: impl Into<Arc<str>>) -> Self {
        Self {
            built: Built::default(),
            problems: Vec::new(),
            masked: Vec::new(),
            unquoted: Vec::new(),
            text: text.into(),
            lines: OnceLock::new(),
            at_anchors: false,
            language: None,
            meant: None,
            meant_keys: Vec::new(),
        }
    }

    /// The same tree, whose edits of what an alias repeats are made at the anchor, for all its uses, when `yes`; else they
    /// are refused, as by default.
    #[must_use]
    pub fn editing_at_anchors(mut self, yes: bool) -> Self {
        self.at_anchors = yes;
        self
    }

    /// Whether edits of what an alias repeats are made at the anchor.
    #[must_use]
    pub fn edits_at_anchors(&self) -> bool {
        self.at_anchors
    }

    /// The text as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, shared instead of copied.
    #[must_use]
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// Where its lines start.
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Line and column, from 1, of a byte offset.
    #[must_use]
    pub fn line_col(&self, offset: u32) -> LineCol {
        self.lines().line_col(&self.text, offset)
    }

    /// The bytes of `range`; empty when it does not fit the text.
    #[must_use]
    pub fn slice(&self, range: TextRange) -> &str {
        self.text.get(range.to_usize()).unwrap_or_default()
    }

    /// The root of the first document; `None` when that document holds nothing.
    #[must_use]
    pub fn root(&self) -> Option<Node<'_>> {
        self.documents().first().map(|id| self.node(*id)).filter(|root| !root.is_null())
    }

    /// The roots of all documents.
    #[must_use]
    pub fn documents(&self) -> &[NodeId] {
        &self.built.documents
    }

    /// The node that `id` names; `id` must come from this tree. An id of another tree names some node or the last.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node { tree: self, id }
    }

    /// Every node, in the order of the text: parents before children, keys before values.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = Node<'_>> {
        (0..self.built.len()).map(|id| self.node(NodeId(id)))
    }

    /// The node that `path` leads to in the first document; aliases on the way are followed, the last node may be one.
    #[must_use]
    pub fn at(&self, path: &Path) -> Option<Node<'_>> {
        let mut node = self.documents().first().map(|id| self.node(*id))?;
        for step in path.steps() {
            node = match step {
                Step::Key(key) => node.entry_or_twin(key)?.value,
                Step::Index(index) => node.items().nth(*index)?,
            };
        }
        Some(node)
    }

    /// The entry (key and value) that `path` leads to, when its last step is a key.
    #[must_use]
    pub fn entry_at(&self, path: &Path) -> Option<Entry<'_>> {
        let Some(Step::Key(key)) = path.last() else { return None };
        self.at(&path.parent()?)?.entry_or_twin(key)
    }

    /// Places that are not YAML, in the order of the text.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The bytes that were left out or read differently because of the problems, sorted and disjoint.
    #[must_use]
    pub fn broken(&self) -> &[TextRange] {
        &self.masked
    }

    /// Those of [`Self::broken`] that are values which lack their quotes, and are read as the texts that they would be in
    /// them.
    #[must_use]
    pub fn unquoted(&self) -> &[TextRange] {
        &self.unquoted
    }

    /// All comments, in the order of the text.
    #[must_use]
    pub fn comments(&self) -> &[Comment] {
        &self.built.comments
    }

    /// All `&name`, in the order of the text, unused and repeated ones included.
    pub fn anchors(&self) -> impl Iterator<Item = Named<'_>> {
        self.built.props.iter().filter_map(|props| {
            let range = props.anchor?;
            Some(Named {
                name: self.slice(range).get(1..).unwrap_or_default(),
                range,
                node: self.node(NodeId(props.node)),
            })
        })
    }

    /// All `*name`, in the order of the text, undefined and recursive ones included.
    pub fn aliases(&self) -> impl Iterator<Item = Named<'_>> {
        self.built.aliases.iter().filter_map(|id| {
            let node = self.node(NodeId(*id));
            Some(Named { name: node.alias_name()?, range: node.range(), node })
        })
    }

    /// The deepest node that touches `offset`. In the white space of an empty value, and on blank lines below its key
    /// that are indented deeper than the key, it is that value. Below the last node it is the deepest block collection
    /// there that does not start at a deeper column than `offset`.
    #[must_use]
    pub fn node_at(&self, offset: u32) -> Option<Node<'_>> {
        at::node(self, offset)
    }

    /// The deepest block collection that a new line starting at the column of `offset` would belong to; `None` when
    /// it would start a new root.
    #[must_use]
    pub fn block_at(&self, offset: u32) -> Option<Node<'_>> {
        at::block(self, offset)
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tree")
            .field("bytes", &self.text.len())
            .field("nodes", &self.built.len())
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Tree {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text) || self.text == other.text
    }
}

impl Eq for Tree {}

impl Default for Tree {
    fn default() -> Self {
        Self::parse("")
    }
}

/// A text with some of its bytes replaced, at the same length.
pub(crate) type Masked<'t> = Cow<'t, str>;
