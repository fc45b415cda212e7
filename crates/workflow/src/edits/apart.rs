//! What an edit at an anchor changes elsewhere, and the way to change it at the anchor alone.

use stepladder_yaml::{Kind, Node, Path, TextRange, Tree, edit};

use super::alias::repeats;
use super::compose::compose;
use super::draft::{Draft, refuse};
use super::handed_over::idle_anchor;
use super::{Edit, Refusal, describe};
use crate::{Analysis, Env};

/// Most anchors that one edit is taken apart from.
const MAX_ANCHORS: usize = 32;

/// What is written at an anchor that an edit changes, and who else gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// The anchor's name, without `&`.
    pub anchor: String,
    /// Where it stands.
    pub path: Path,
    /// The same in words.
    pub place: String,
    /// Who repeats it once the edit is made, in words, in the order of the text.
    pub by: Vec<String>,
}

/// What else `edit` changes, as it changes what anchors hold that aliases repeat: each such anchor that holds no other, the
/// shortest first. Nothing where the edit is meant wherever it reaches.
#[must_use]
pub fn also_changed(a: &Analysis, edit: &Edit) -> Vec<Spread> {
    if edit.everywhere || a.tree.aliases().next().is_none() {
        return Vec::new();
    }
    let after = a.tree.parse_alike(edit.edit.apply(a.tree.text()));
    let still = repeated(&after);
    let changed = repeated(&a.tree).into_iter().filter_map(|(name, number, node)| {
        let (.., now) = still.iter().find(|(other, at, _)| *other == name && *at == number)?;
        (!edit::mean_the_same(&node, now)).then(|| (name, node.path(), node.full_range().len(), *now))
    });
    let mut changed: Vec<_> = changed.collect();
    changed.sort_by_key(|(_, _, len, _)| *len);
    let holds_another =
        |path: &Path| changed.iter().any(|(_, inner, ..)| inner != path && path.contains(inner));
    let innermost = changed.iter().filter(|(_, path, ..)| !holds_another(path));
    innermost
        .map(|(anchor, path, _, now)| {
            let mut by: Vec<Path> = repeats(&after, *now).iter().map(Node::path).collect();
            by.sort_by_key(|alias| after.at(alias).map(|node| node.range().start));
            Spread {
                anchor: (*anchor).to_owned(),
                path: path.clone(),
                place: describe::place(&a.tree, path),
                by: by.iter().map(|alias| describe::place(&after, alias)).collect(),
            }
        })
        .collect()
}

/// Whether `edit` may change what aliases repeat: it writes into or beside what a repeated anchor holds. Found without a
/// parse, for each letter that is typed; [`also_changed`] tells what is so.
#[must_use]
pub fn may_also_change(a: &Analysis, edit: &Edit) -> bool {
    if edit.everywhere || a.tree.aliases().next().is_none() {
        return false;
    }
    let held: Vec<_> = repeated(&a.tree).into_iter().map(|(.., node)| node.full_range()).collect();
    let touches =
        |range: TextRange| held.iter().any(|held| held.start <= range.end && range.start <= held.end);
    edit.edit.changes().iter().any(|change| touches(change.range))
}

/// The edit that `make` makes, for the place of an anchor alone: the first alias gets what is written there, with the
/// anchor, before that is changed here. One edit in the end.
///
/// # Errors
/// When `make` refuses, or what is at the anchor cannot be written at an alias.
pub fn edit_apart(
    a: &Analysis,
    mut make: impl FnMut(&Analysis) -> Result<Edit, Refusal>,
) -> Result<Edit, Refusal> {
    let made = make(a)?;
    let Some(spread) = also_changed(a, &made).into_iter().next() else { return Ok(made) };
    let mut apart = detach_anchor(a, &spread.path)?;
    for _ in 0..MAX_ANCHORS {
        let copy = done(a, &apart);
        let made = make(&copy)?;
        let Some(spread) = also_changed(&copy, &made).into_iter().next() else {
            return Ok(followed_by(a, &apart, made));
        };
        apart = followed_by(a, &apart, detach_anchor(&copy, &spread.path)?);
    }
    Err(refuse("Too many anchors hold this; write it out in the text."))
}

/// The text after `edit`.
pub(super) fn done(a: &Analysis, edit: &Edit) -> Analysis {
    Analysis::new(edit.edit.apply(a.tree.text()), &Env::default())
}

/// `then`, which is for the text after `first`, as one edit with that.
pub(super) fn followed_by(a: &Analysis, first: &Edit, then: Edit) -> Edit {
    let length = u32::try_from(a.tree.text().len()).unwrap_or(u32::MAX);
    Edit { edit: compose(&first.edit, &then.edit, length), ..then }
}

/// Gives the anchor of what is at `path`, with a copy of that, to the first alias that repeats it: what is at `path` stays
/// as it is, and changes alone from then on. Where no other alias repeats the copy, that needs no anchor.
///
/// # Errors
/// When nothing there has an anchor that an alias repeats, or it cannot be written at the alias.
pub fn detach_anchor(a: &Analysis, path: &Path) -> Result<Edit, Refusal> {
    let node = a.tree.at(path).filter(|node| node.anchor().is_some());
    let heir = node.and_then(|node| {
        let mut own = a.tree.aliases().filter(|alias| alias.node.resolve().id() == node.id());
        own.next().map(|alias| alias.node.path())
    });
    let Some(heir) = heir else {
        return Err(refuse(format!("`{path}` has no anchor that an alias repeats; change it right away.")));
    };
    let mut draft = Draft::new(&a.tree);
    draft.make(|tree| edit::hand_over_anchor(tree, &heir))?;
    draft.make(|tree| edit::remove_anchor(tree, path))?;
    while let Some(idle) = idle_anchor(draft.tree(), std::slice::from_ref(&heir)) {
        draft.make(|tree| edit::remove_anchor(tree, &idle))?;
    }
    draft.finish(format!("detach {} from its aliases", describe::place(&a.tree, path)), Some(path.clone()))
}

/// The values with anchors that aliases repeat: the name, how many anchors above have that name too, and the value.
fn repeated(tree: &Tree) -> Vec<(&str, usize, Node<'_>)> {
    let anchors: Vec<_> = tree.anchors().collect();
    let number = |at: usize| anchors[..at].iter().filter(|other| other.name == anchors[at].name).count();
    let is_value = |node: &Node<'_>| node.kind() != Kind::Alias && tree.at(&node.path()) == Some(*node);
    let repeated = anchors.iter().enumerate().filter(|(_, anchor)| {
        is_value(&anchor.node) && tree.aliases().any(|alias| alias.node.resolve() == anchor.node)
    });
    repeated.map(|(at, anchor)| (anchor.name, number(at), anchor.node)).collect()
}
