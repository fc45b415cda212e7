//! Edits of a tree, as text replacements that touch nothing but what they must.
//!
//! Every function reads a [`Tree`] and answers a [`TextEdit`] for its text, or a [`Refusal`] with a sentence for the
//! person who asked. Before an edit is given away, the text after it is read again and compared with what was asked
//! for: an edit that would do harm is refused.

mod alias;
mod comment;
mod extent;
mod guard;
mod insert;
mod lines;
mod locate;
mod merge;
mod moves;
mod remove;
mod rename;
mod render;
mod scalar;
mod set;
mod source;
mod style;
mod within;
mod wrap;

use std::fmt;

use crate::tree::resolve_plain;
use crate::{Node, Path, Scalar, ScalarStyle, TextEdit, TextRange, Tree};

use locate::written;

pub use comment::CommentPlace;

/// How `text` is written in place of a scalar that stands on one line: in the quotes that this has, or without any where
/// every reader takes it for this text. `None`: the scalar is a key or a block, or one of them goes over several lines.
#[must_use]
pub fn written_as(node: &Node<'_>, text: &str) -> Option<String> {
    let style = node.scalar_style().filter(|_| !node.is_key() && !node.source().contains('\n'))?;
    if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) || text.contains(['\n', '\r']) {
        return None;
    }
    let spot = if set::is_in_brackets(node) { scalar::Spot::Flow } else { scalar::Spot::Block };
    // Doubled quotes are hard to read.
    let easy = text.contains('\'') && !text.contains(['"', '\\']);
    let quotes = if easy { ScalarStyle::DoubleQuoted } else { ScalarStyle::SingleQuoted };
    Some(scalar::one_line(text, style, spot, quotes))
}

/// What is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: `key:` in a block, `null` in brackets and lists.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number; infinite ones and NaN are written as YAML writes them.
    Float(f64),
    /// A number as somebody has written it, as [`Value::number`] makes it: `1e3` stays so.
    Number(String),
    /// A text, quoted only where it must be.
    Str(String),
    /// Items.
    Seq(Vec<Value>),
    /// Keys and values, in this order.
    Map(Vec<(String, Value)>),
    /// YAML as it is, moved to the indentation of its place.
    Source(String),
}

impl Value {
    /// The number that a plain `text` is in YAML, written so; `None`: it is none, or no finite one.
    #[must_use]
    pub fn number(text: &str) -> Option<Self> {
        match resolve_plain(text) {
            Scalar::Number(number) if number.is_finite() => Some(Self::Number(text.to_owned())),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Str(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Str(text)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

/// Where among the entries of a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before all others.
    First,
    /// Behind all others.
    Last,
    /// Before the entry with this key; last when there is none.
    Before(String),
    /// Behind the entry with this key; last when there is none.
    After(String),
}

/// Why an edit is not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The reason, for programs.
    pub kind: RefusalKind,
    /// One sentence for a person, with the way out.
    pub message: String,
    /// What stands in the way.
    pub range: TextRange,
}

/// The reasons of a [`Refusal`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// The place is written elsewhere, at an anchor.
    Alias {
        /// Its name, without `&`.
        anchor: String,
    },
    /// An entry above has the same key, so that this one cannot be told by its own.
    Twin {
        /// The key.
        key: String,
    },
    /// There is nothing at the path.
    Missing,
    /// What is there is of another kind, such as a text where a mapping is needed.
    Kind,
    /// The key or the anchor is there already.
    Exists,
    /// What should be written is not YAML, or no valid name.
    Invalid,
    /// The place overlaps lines that are not YAML.
    Broken,
    /// No replacement was found that changes this and nothing else.
    Unsafe,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    pub(crate) fn new(kind: RefusalKind, range: TextRange, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), range }
    }
}

/// Where an edit of what is at `path` is made: there, or at the anchors that aliases on the way to it name, when the tree
/// [edits at anchors](Tree::edits_at_anchors). With `whole`, `path` may be such an alias itself.
///
/// # Errors
/// When an alias stands on the way and the tree does not edit at anchors.
pub fn written_path(tree: &Tree, path: &Path, whole: bool) -> Result<Path, Refusal> {
    let written = written(tree, path, whole).into_owned();
    match locate::alias_before(tree, &written, whole) {
        Some(alias) => Err(locate::behind_alias(&alias)),
        None => Ok(written),
    }
}

/// What every edit answers.
pub type Outcome = Result<TextEdit, Refusal>;

/// Replaces the value at `path`, or creates it with the mappings that lead to it (behind what is there). A step
/// beyond the end of a sequence by one appends to it. A text that replaces a text keeps its style where it can;
/// comments stay.
///
/// # Errors
/// When a text or a list stands where a mapping is needed, behind an alias, or in broken lines.
pub fn set(tree: &Tree, path: &Path, value: &Value) -> Outcome {
    set::set(tree, &written(tree, path, true), value)
}

/// The YAML of the value as it stands in the text, moved to the left edge, with all comments that belong to it: those of a
/// block collection above its first and behind and below its last line, too. Set as a [`Value::Source`] with changes, it
/// changes no other bytes.
#[must_use]
pub fn source(node: &Node<'_>) -> String {
    source::of(node)
}

/// Adds an entry to the mapping at `mapping`, which is created when it is missing or empty.
///
/// # Errors
/// When the key is there already, when `mapping` is something else or behind an alias, or in broken lines.
pub fn insert_entry(tree: &Tree, mapping: &Path, key: &str, value: &Value, place: &Place) -> Outcome {
    insert::entry(tree, &written(tree, mapping, true), key, value, place)
}

/// Adds an item before the one at `index` (behind the last one when it is too large) to the sequence at `sequence`,
/// which is created when it is missing or empty.
///
/// # Errors
/// When `sequence` is something else (see [`wrap_in_sequence`]) or behind an alias, or in broken lines.
pub fn insert_item(tree: &Tree, sequence: &Path, index: usize, value: &Value) -> Outcome {
    insert::item(tree, &written(tree, sequence, true), index, value)
}

/// Turns the value at `path` into a sequence with this value as its only item; nothing becomes `[]`.
///
/// # Errors
/// When there is nothing at `path`, behind an alias, or in broken lines.
pub fn wrap_in_sequence(tree: &Tree, path: &Path) -> Outcome {
    wrap::wrap(tree, &written(tree, path, false))
}

/// Removes the entry or item at `path`, with its comments. The last one of a collection leaves `{}` or `[]`.
///
/// # Errors
/// When there is nothing at `path`, for the root, behind an alias, or in broken lines.
pub fn remove(tree: &Tree, path: &Path) -> Outcome {
    remove::remove(tree, &written(tree, path, false), false)
}

/// Removes the entry of a mapping whose value is `value`, with its comments: also one that no path leads to, as its key
/// stands above it too.
///
/// # Errors
/// When `value` is no value of an entry, or the only one, or in broken lines.
pub fn remove_entry(tree: &Tree, value: Node<'_>) -> Outcome {
    remove::entry(tree, &value)
}

/// Makes one of two entries of a mapping that have the same key: what `second` holds comes behind what `first` holds, with
/// its comments, and the entry of `second` goes. An item of a list that is there already is not added again.
///
/// # Errors
/// When the two are not both mappings or both lists with something in them, when a comment would be lost, or in broken lines.
pub fn merge_entries(tree: &Tree, first: Node<'_>, second: Node<'_>) -> Outcome {
    merge::entries(tree, &first, &second)
}

/// As [`remove`], and removes the mappings and sequences that become empty by it.
///
/// # Errors
/// As [`remove`].
pub fn remove_pruned(tree: &Tree, path: &Path) -> Outcome {
    remove::remove(tree, &written(tree, path, false), true)
}

/// Moves an item within its sequence; afterwards it is at index `to`. Its comments go with it.
///
/// # Errors
/// When there is no such item, behind an alias, in broken lines, or when an anchor would come below its alias.
pub fn move_item(tree: &Tree, sequence: &Path, from: usize, to: usize) -> Outcome {
    moves::item(tree, &written(tree, sequence, true), from, to)
}

/// Moves an entry within its mapping. Its comments go with it.
///
/// # Errors
/// As [`move_item`].
pub fn move_entry(tree: &Tree, mapping: &Path, key: &str, place: &Place) -> Outcome {
    moves::entry(tree, &written(tree, mapping, true), key, place)
}

/// Moves the item at `item` into the sequence at `target`, before its item `index`. Its comments go with it.
///
/// # Errors
/// As [`move_item`], and when `target` lies in the item.
pub fn move_between(tree: &Tree, item: &Path, target: &Path, index: usize) -> Outcome {
    moves::between(tree, &written(tree, item, false), &written(tree, target, true), index)
}

/// Adds a copy of the item at `path` behind it. Anchors are not copied.
///
/// # Errors
/// When there is no such item, behind an alias, or in broken lines.
pub fn duplicate_item(tree: &Tree, path: &Path) -> Outcome {
    moves::duplicate_item(tree, &written(tree, path, false))
}

/// Adds a copy of the entry at `path` behind it, under another key. Anchors are not copied.
///
/// # Errors
/// When there is no such entry or `key` is there already, behind an alias, or in broken lines.
pub fn duplicate_entry(tree: &Tree, path: &Path, key: &str) -> Outcome {
    moves::duplicate_entry(tree, &written(tree, path, false), key)
}

/// Gives the entry at `path` another key.
///
/// # Errors
/// When there is no such entry or `new` is there already, behind an alias, or in broken lines.
pub fn rename_key(tree: &Tree, path: &Path, new: &str) -> Outcome {
    rename::key(tree, &written(tree, path, false), new)
}

/// Renames an anchor and all its aliases.
///
/// # Errors
/// When there is no such anchor, or `new` is in use or no valid name, or in broken lines.
pub fn rename_anchor(tree: &Tree, old: &str, new: &str) -> Outcome {
    rename::anchor(tree, old, new)
}

/// Replaces the alias at `path` by a copy of the value it repeats, without anchors.
///
/// # Errors
/// When there is no alias at `path`, or it leads nowhere, or in broken lines.
pub fn detach_alias(tree: &Tree, path: &Path) -> Outcome {
    alias::detach(tree, path)
}

/// Writes at the alias at `path` what it repeats, with the anchor: aliases below it repeat this place from then on, so
/// that the place where it was written can go.
///
/// # Errors
/// As [`detach_alias`].
pub fn hand_over_anchor(tree: &Tree, path: &Path) -> Outcome {
    alias::hand_over(tree, path)
}

/// As [`hand_over_anchor`], for a place that goes as a whole: anchors within it come along, and what one of them holds that
/// was handed over to a place further up is repeated from there.
///
/// # Errors
/// As [`detach_alias`].
pub fn hand_over_anchors(tree: &Tree, path: &Path) -> Outcome {
    alias::hand_over_all(tree, path)
}

/// Takes the anchor away from the value at `path`. Whatever repeats it must have been given another one before.
///
/// # Errors
/// When there is no anchor at `path`, or an alias repeats it, or in broken lines.
pub fn remove_anchor(tree: &Tree, path: &Path) -> Outcome {
    alias::remove_anchor(tree, path)
}

/// Whether no edit of what stands at `range` is refused because of lines that are not YAML.
///
/// # Errors
/// When there are such lines, with their range.
pub fn not_broken(tree: &Tree, range: TextRange) -> Result<(), Refusal> {
    guard::not_broken(tree, range)
}

/// What is written at a scalar in a line that is not YAML, as it stands there; `None` where the line is.
#[must_use]
pub fn broken_text<'t>(node: &Node<'t>) -> Option<&'t str> {
    let tree = node.tree();
    not_broken(tree, node.entry_range()).err()?;
    let start = node.indicator()? + 1;
    tree.text().get(start as usize..)?.lines().next().map(str::trim)
}

/// Whether two values, of one tree or of two, mean the same, whatever their style, comments and anchors.
#[must_use]
pub fn mean_the_same(one: &Node<'_>, other: &Node<'_>) -> bool {
    guard::Meaning::of(one).is(other, false)
}

/// Replaces the comment above or behind the entry or item at `path`; `None` removes it. `text` is without `#`; a
/// comment above may have several lines.
///
/// # Errors
/// When there is nothing at `path`, when a trailing comment would have several lines or finds no room, behind an
/// alias, or in broken lines.
pub fn set_comment(tree: &Tree, path: &Path, place: CommentPlace, text: Option<&str>) -> Outcome {
    comment::set(tree, &written(tree, path, false), place, text)
}
