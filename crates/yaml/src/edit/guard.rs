//! The last look before an edit is given away: does the text after it mean what was asked for, and nothing else?

use super::{Outcome, Refusal, RefusalKind, Value};
use crate::tree::resolve_plain;
use crate::{Change, Kind, Node, Path, Scalar, Step, TextEdit, TextRange, Tree};

/// What a node means, without its places.
#[derive(Clone, Debug)]
pub(super) struct Meaning {
    anchor: Option<String>,
    tag: Option<String>,
    pub(super) what: What,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    Null,
    Bool(bool),
    Number(f64),
    Str(String),
    Alias(String),
    Seq(Vec<Meaning>),
    /// Keys by their text; a key that is a collection by its source.
    Map(Vec<(String, Meaning)>),
}

impl From<What> for Meaning {
    fn from(what: What) -> Self {
        Self { anchor: None, tag: None, what }
    }
}

impl Meaning {
    pub(super) fn of(node: &Node<'_>) -> Self {
        let what = match node.kind() {
            Kind::Alias => What::Alias(node.alias_name().unwrap_or_default().to_owned()),
            Kind::Sequence => What::Seq(node.items().map(|item| Self::of(&item)).collect()),
            Kind::Mapping => What::Map(
                node.entries()
                    .map(|entry| (key_text(&entry.key).to_owned(), Self::of(&entry.value)))
                    .collect(),
            ),
            Kind::Scalar => match node.scalar() {
                Some(Scalar::Bool(value)) => What::Bool(value),
                Some(Scalar::Number(value)) => What::Number(value),
                Some(Scalar::Str(text)) => What::Str(text.to_owned()),
                Some(Scalar::Null) | None => What::Null,
            },
        };
        Self {
            anchor: node.anchor().map(|anchor| anchor.name.to_owned()),
            tag: node.tag().map(str::to_owned),
            what,
        }
    }

    /// Whether that is what `node` means; its `anchors` may matter or not.
    pub(super) fn is(&self, node: &Node<'_>, anchors: bool) -> bool {
        let same = match (&self.what, node.kind()) {
            (What::Alias(name), Kind::Alias) => node.alias_name().unwrap_or_default() == name,
            (What::Seq(items), Kind::Sequence) => {
                items.len() == node.len()
                    && items.iter().zip(node.items()).all(|(item, node)| item.is(&node, anchors))
            }
            (What::Map(entries), Kind::Mapping) => {
                entries.len() == node.len()
                    && entries.iter().zip(node.entries()).all(|((key, value), entry)| {
                        is_called(&entry.key, key) && value.is(&entry.value, anchors)
                    })
            }
            (what, Kind::Scalar) => match (what, node.scalar()) {
                (What::Null, Some(Scalar::Null) | None) => true,
                (What::Bool(a), Some(Scalar::Bool(b))) => *a == b,
                (What::Number(a), Some(Scalar::Number(b))) => *a == b || (a.is_nan() && b.is_nan()),
                (What::Str(a), Some(Scalar::Str(b))) => a == b,
                _ => false,
            },
            _ => false,
        };
        same && (!anchors || self.anchor.as_deref() == node.anchor().map(|anchor| anchor.name))
            && self.tag.as_deref() == node.tag()
    }

    /// What `value` means once it is written; `None` when it is source that is not YAML.
    pub(super) fn of_value(value: &Value) -> Option<Self> {
        let what = match value {
            Value::Null => What::Null,
            Value::Bool(value) => What::Bool(*value),
            #[expect(clippy::cast_precision_loss, reason = "that is how it is read back")]
            Value::Int(value) => What::Number(*value as f64),
            Value::Float(value) => What::Number(*value),
            Value::Number(text) => match resolve_plain(text) {
                Scalar::Number(number) => What::Number(number),
                _ => return None,
            },
            Value::Str(text) => What::Str(text.clone()),
            Value::Seq(items) => What::Seq(items.iter().map(Self::of_value).collect::<Option<_>>()?),
            Value::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| Some((key.clone(), Self::of_value(value)?)));
                What::Map(entries.collect::<Option<_>>()?)
            }
            Value::Source(source) => {
                let tree = Tree::parse(source.as_str());
                let Some(root) = tree.documents().first() else { return Some(What::Null.into()) };
                return Some(Self::of(&tree.node(*root)));
            }
        };
        Some(what.into())
    }

    /// Takes over `new`, but keeps the own anchor.
    pub(super) fn replace(&mut self, new: Self) {
        let anchor = self.anchor.take();
        *self = new;
        self.anchor = anchor.or(self.anchor.take());
    }

    /// Gives it an anchor.
    pub(super) fn name(&mut self, anchor: &str) {
        self.anchor = Some(anchor.to_owned());
    }

    pub(super) fn forget_name(&mut self) {
        self.anchor = None;
    }

    pub(super) fn without_anchors(mut self) -> Self {
        self.anchor = None;
        match &mut self.what {
            What::Seq(items) => {
                *items = std::mem::take(items).into_iter().map(Self::without_anchors).collect();
            }
            What::Map(entries) => {
                let old = std::mem::take(entries);
                *entries = old.into_iter().map(|(key, value)| (key, value.without_anchors())).collect();
            }
            _ => {}
        }
        self
    }

    pub(super) fn rename_anchor(&mut self, old: &str, new: &str) {
        if self.anchor.as_deref() == Some(old) {
            self.anchor = Some(new.to_owned());
        }
        match &mut self.what {
            What::Alias(name) if name == old => new.clone_into(name),
            What::Seq(items) => items.iter_mut().for_each(|item| item.rename_anchor(old, new)),
            What::Map(entries) => entries.iter_mut().for_each(|(_, value)| value.rename_anchor(old, new)),
            _ => {}
        }
    }

    pub(super) fn entries(&mut self) -> Option<&mut Vec<(String, Self)>> {
        if matches!(self.what, What::Null) {
            self.what = What::Map(Vec::new());
        }
        match &mut self.what {
            What::Map(entries) => Some(entries),
            _ => None,
        }
    }

    pub(super) fn items(&mut self) -> Option<&mut Vec<Self>> {
        if matches!(self.what, What::Null) {
            self.what = What::Seq(Vec::new());
        }
        match &mut self.what {
            What::Seq(items) => Some(items),
            _ => None,
        }
    }
}

/// Whether a key has this text. One that is read as another may be taken over as it is written.
fn is_called(key: &Node<'_>, text: &str) -> bool {
    key_text(key) == text || key.written_key() == Some(text)
}

fn key_text<'t>(key: &Node<'t>) -> &'t str {
    match key.kind() {
        Kind::Alias => key.source(),
        _ => key.as_str().unwrap_or_else(|| key.source()),
    }
}

/// What all documents of a text mean.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    documents: Vec<Meaning>,
}

impl Expected {
    pub(super) fn of(tree: &Tree) -> Self {
        let mut documents: Vec<Meaning> =
            tree.documents().iter().map(|id| Meaning::of(&tree.node(*id))).collect();
        if documents.is_empty() {
            documents.push(What::Null.into());
        }
        Self { documents }
    }

    /// Whether that is what the text of `tree` means; without a copy of all its values.
    fn is(&self, tree: &Tree) -> bool {
        match tree.documents() {
            [] => {
                matches!(self.documents.as_slice(), [Meaning { anchor: None, tag: None, what: What::Null }])
            }
            documents => {
                documents.len() == self.documents.len()
                    && self.documents.iter().zip(documents).all(|(own, id)| own.is(&tree.node(*id), true))
            }
        }
    }

    pub(super) fn root(&mut self) -> &mut Meaning {
        &mut self.documents[0]
    }

    /// What is at `path`, not through aliases.
    pub(super) fn at(&mut self, path: &[Step]) -> Option<&mut Meaning> {
        let mut at = self.root();
        for step in path {
            at = match (step, &mut at.what) {
                (Step::Key(key), What::Map(entries)) => {
                    entries.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value)?
                }
                (Step::Index(index), What::Seq(items)) => items.get_mut(*index)?,
                _ => return None,
            };
        }
        Some(at)
    }

    /// Takes out what is at `path`.
    pub(super) fn take(&mut self, path: &Path) -> Option<(String, Meaning)> {
        let (last, parent) = path.steps().split_last()?;
        match (last, &mut self.at(parent)?.what) {
            (Step::Key(key), What::Map(entries)) => {
                let at = entries.iter().position(|(name, _)| name == key)?;
                Some(entries.remove(at))
            }
            (Step::Index(index), What::Seq(items)) if *index < items.len() => {
                Some((String::new(), items.remove(*index)))
            }
            _ => None,
        }
    }

    /// Takes out the entry of a value by its place alone, as its key may stand there several times.
    pub(super) fn take_entry(&mut self, value: &Node<'_>) {
        if let Some((entries, place)) = self.entry_of(value) {
            entries.remove(place);
        }
    }

    /// Puts what the entry of `second` holds behind what that of `first` in the same mapping does, but for what is not
    /// `kept`, and takes the entry of `second` out.
    pub(super) fn join_entries(&mut self, first: &Node<'_>, second: &Node<'_>, kept: &[bool]) {
        let Some((_, from)) = self.entry_of(second) else { return };
        let Some((entries, to)) = self.entry_of(first) else { return };
        let moved = entries[from].1.what.clone();
        match (&mut entries[to].1.what, moved) {
            (What::Seq(items), What::Seq(more)) => {
                items.extend(more.into_iter().zip(kept).filter(|(_, kept)| **kept).map(|(item, _)| item));
            }
            (What::Map(own), What::Map(more)) => own.extend(more),
            _ => {}
        }
        entries.remove(from);
    }

    /// The entries of the mapping that a value is in, and which of them is its own.
    fn entry_of(&mut self, value: &Node<'_>) -> Option<(&mut Vec<(String, Meaning)>, usize)> {
        let mut way = Vec::new();
        let mut node = *value;
        while let Some(parent) = node.parent() {
            let place = match parent.kind() {
                Kind::Mapping => parent.entries().position(|entry| entry.value == node),
                _ => parent.items().position(|item| item == node),
            };
            way.push(place?);
            node = parent;
        }
        let mut at = self.root();
        for place in way.iter().skip(1).rev() {
            at = match &mut at.what {
                What::Seq(items) => items.get_mut(*place)?,
                What::Map(entries) => entries.get_mut(*place).map(|(_, value)| value)?,
                _ => return None,
            };
        }
        match &mut at.what {
            What::Map(entries) => Some((entries, *way.first()?)),
            _ => None,
        }
    }

    pub(super) fn rename_anchor(&mut self, old: &str, new: &str) {
        for document in &mut self.documents {
            document.rename_anchor(old, new);
        }
    }
}

/// Like [`finish`], for what moves: its comments come along, and none is lost or doubled on the way.
pub(super) fn finish_with_comments(tree: &Tree, changes: Vec<Change>, expected: &Expected) -> Outcome {
    let edit = finish(tree, changes, expected)?;
    let after = tree.parse_alike(edit.apply(tree.text()));
    if comments(tree) == comments(&after) {
        return Ok(edit);
    }
    let first = edit.changes().first().map(|change| change.range).unwrap_or_default();
    let message = "A comment would be lost, as brackets have no room for it: write the list with dashes, one line an item, first.";
    Err(Refusal::new(RefusalKind::Unsafe, first, message))
}

fn comments(tree: &Tree) -> Vec<&str> {
    let mut texts: Vec<&str> =
        tree.comments().iter().map(|comment| tree.slice(comment.range).trim_end()).collect();
    texts.sort_unstable();
    texts
}

/// Makes the edit of `changes` if the text after it means what is `expected`.
pub(super) fn finish(tree: &Tree, changes: Vec<Change>, expected: &Expected) -> Outcome {
    let text = tree.text();
    let changes: Vec<Change> = changes
        .into_iter()
        .map(|change| smallest(text, change))
        .filter(|c| !c.range.is_empty() || !c.insert.is_empty())
        .collect();
    for change in changes.iter().filter(|change| !adds_lines(text, change)) {
        not_broken(tree, change.range)?;
    }
    let first = changes.first().map(|change| change.range).unwrap_or_default();
    let refusal = || {
        let message = if tree.problems().is_empty() {
            "This cannot be changed here without changing something else: edit the text by hand."
        } else {
            "This cannot be changed safely while the text around it is not YAML: mend that first."
        };
        Refusal::new(RefusalKind::Unsafe, first, message)
    };
    let edit = TextEdit::new(changes).ok_or_else(refusal)?;
    let after = tree.parse_alike(edit.apply(text));
    let anchors_hold = after.problems().len() <= tree.problems().len();
    let is_meant = expected.is(&after);
    if anchors_hold && is_meant {
        return Ok(edit);
    }
    let undefined = after.aliases().find(|alias| alias.node.resolve() == alias.node);
    match undefined {
        Some(alias) if !anchors_hold && is_meant => Err(Refusal::new(
            RefusalKind::Unsafe,
            first,
            format!(
                "The anchor `&{0}` must stay above its alias `*{0}`: detach the alias first.",
                alias.name
            ),
        )),
        _ => Err(refusal()),
    }
}

/// Without the bytes at both ends that stay the same.
fn smallest(text: &str, change: Change) -> Change {
    let Some(old) = text.get(change.range.to_usize()) else { return change };
    let inner = TextEdit::between(old, &change.insert);
    match inner.changes() {
        [] => Change { range: TextRange::empty(change.range.start), insert: String::new() },
        [only, ..] => Change {
            range: TextRange::new(only.range.start + change.range.start, only.range.end + change.range.start),
            insert: only.insert.clone(),
        },
    }
}

/// Whether a change does nothing but add lines between two others, which touches neither of them.
fn adds_lines(text: &str, change: &Change) -> bool {
    let (before, behind) = text.split_at(change.range.start as usize);
    let insert = change.insert.as_str();
    let is_behind_line =
        insert.starts_with(['\r', '\n']) && (behind.is_empty() || behind.starts_with(['\r', '\n']));
    let is_before_line = insert.ends_with('\n') && (before.is_empty() || before.ends_with('\n'));
    change.range.is_empty() && (is_behind_line || is_before_line)
}

/// Refuses a range on lines that are not YAML.
pub(super) fn not_broken(tree: &Tree, range: TextRange) -> Result<(), Refusal> {
    let lines = tree.lines();
    let end = if range.is_empty() { range.end } else { range.end - 1 };
    let (first, last) = (lines.line_of(range.start), lines.line_of(end));
    let hit = tree.broken().iter().find(|broken| {
        let content = tree.slice(**broken);
        let start = broken.start as usize + (content.len() - content.trim_start().len());
        let end = broken.start as usize + content.trim_end().len();
        let offset = |at: usize| lines.line_of(u32::try_from(at).unwrap_or(u32::MAX));
        offset(start) <= last && first <= offset(end)
    });
    match hit {
        None => Ok(()),
        Some(broken) => Err(Refusal::new(
            RefusalKind::Broken,
            *broken,
            "The lines here are not YAML yet: mend them in the text first.",
        )),
    }
}
