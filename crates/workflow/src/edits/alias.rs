//! The ways out when a place is written elsewhere: change it at its anchor, or detach the alias here.

use stepladder_yaml::edit::RefusalKind;
use stepladder_yaml::{Kind, Node, Path, Tree, edit};

use super::compose::compose;
use super::draft::{Draft, refuse};
use super::{Edit, Refusal, describe};
use crate::{Analysis, Env};

/// Most aliases that lead from one to the next.
const MAX_ALIASES: usize = 32;

/// Replaces the first alias on the way to `path` by a copy of what it repeats, so that `path` can be changed alone.
///
/// # Errors
/// When no alias stands on the way, or it leads nowhere.
pub fn detach_alias(a: &Analysis, path: &Path) -> Result<Edit, Refusal> {
    let Some(alias) = alias_on_the_way(a, path) else {
        return Err(refuse(format!("`{path}` comes from no alias; change it right away.")));
    };
    let mut draft = Draft::new(&a.tree);
    draft.make(|tree| edit::detach_alias(tree, &alias))?;
    draft.finish(format!("detach {} from its anchor", describe::place(&a.tree, &alias)), Some(path.clone()))
}

/// An edit of what is at or below `path` for this place alone: aliases on the way are replaced by copies of what they
/// repeat, as are those within that `make` comes upon, and `make` edits the copy. One edit in the end.
///
/// # Errors
/// When no alias stands on the way, it leads nowhere, or `make` refuses.
pub fn edit_detached(
    a: &Analysis,
    path: &Path,
    mut make: impl FnMut(&Analysis) -> Result<Edit, Refusal>,
) -> Result<Edit, Refusal> {
    let mut detached = detach_alias(a, path)?.edit;
    let length = u32::try_from(a.tree.text().len()).unwrap_or(u32::MAX);
    let mut copy = Analysis::new(detached.apply(a.tree.text()), &Env::default());
    for _ in 0..MAX_ALIASES {
        let further = match detach_alias(&copy, path) {
            Ok(further) => further,
            Err(_) => match make(&copy) {
                Ok(made) => return Ok(Edit { edit: compose(&detached, &made.edit, length), ..made }),
                Err(refusal) => match refused_for(&copy, &refusal) {
                    Some(inner) if path.contains(&inner.path) => detach_alias(&copy, &inner.path)?,
                    _ => return Err(refusal),
                },
            },
        };
        detached = compose(&detached, &further.edit, length);
        copy = Analysis::new(further.edit.apply(copy.tree.text()), &Env::default());
    }
    Err(refuse(format!("Too many aliases lead to `{path}` one after the other; write it out in the text.")))
}

/// An edit of what is written at anchors: whatever `make` would change behind an alias is changed there, for all that
/// repeat it.
///
/// # Errors
/// When `make` refuses.
pub fn edit_at_anchor(
    a: &Analysis,
    make: impl FnOnce(&Analysis) -> Result<Edit, Refusal>,
) -> Result<Edit, Refusal> {
    let mut through = Analysis::new(a.tree.shared_text(), &Env::default());
    through.tree = through.tree.editing_at_anchors(true);
    make(&through)
}

/// The edit that `make` makes, were there no question: what an alias repeats is changed for this place alone.
///
/// # Errors
/// When `make` refuses for another reason.
pub fn edit_here(
    a: &Analysis,
    mut make: impl FnMut(&Analysis) -> Result<Edit, Refusal>,
) -> Result<Edit, Refusal> {
    make(a).or_else(|refusal| match refused_for(a, &refusal) {
        Some(aliased) => edit_detached(a, &aliased.path, make),
        None => Err(refusal),
    })
}

/// The alias that `refusal` of an edit is about. `None`: it is about something else, or about the text on the way to the
/// edit.
#[must_use]
pub fn refused_for(a: &Analysis, refusal: &Refusal) -> Option<Aliased> {
    let RefusalKind::Alias { anchor } = &refusal.kind else { return None };
    let named = || a.tree.aliases().filter(|alias| alias.name == anchor);
    let alias = named().find(|alias| alias.range == refusal.range)?;
    let uses = repeats(&a.tree, alias.node.resolve()).len();
    Some(Aliased { anchor: anchor.clone(), uses, path: alias.node.path() })
}

/// What is written at an anchor, and by whom it is repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The anchor's name, without `&`.
    pub anchor: String,
    /// Where it can be detached from its aliases: it, or an anchor around it that is repeated itself.
    pub path: Path,
    /// Who repeats it, in words, in the order of the text.
    pub by: Vec<String>,
}

/// Who else changes with what is written at `path`: the nearest anchor at or above it that is repeated, not above
/// `within`. `None`: nobody does, or an alias is on the way.
#[must_use]
pub fn shared(a: &Analysis, path: &Path, within: &Path) -> Option<Shared> {
    if alias_on_the_way(a, path).is_some() {
        return None;
    }
    (within.steps().len()..=path.steps().len()).rev().find_map(|len| {
        let node = a.tree.at(&Path(path.steps()[..len].to_vec()))?;
        let anchor = node.anchor()?.name.to_owned();
        let mut by: Vec<Path> = repeats(&a.tree, node).iter().map(Node::path).collect();
        by.sort_by_key(|alias| a.tree.at(alias).map(|node| node.range().start));
        let by: Vec<_> = by.iter().map(|alias| describe::place(&a.tree, alias)).collect();
        let mut around = std::iter::successors(Some(node), Node::parent);
        let own = around.find(|node| a.tree.aliases().any(|alias| alias.node.resolve().id() == node.id()))?;
        (!by.is_empty()).then(|| Shared { anchor, path: own.path(), by })
    })
}

/// The aliases that repeat `node`: those of its own anchor and of those around it, and whatever repeats such an alias.
pub(super) fn repeats<'t>(tree: &'t Tree, node: Node<'t>) -> Vec<Node<'t>> {
    let mut found: Vec<Node<'t>> = Vec::new();
    let mut next = Some(node);
    let mut done = 0;
    while let Some(node) = next {
        let around = std::iter::successors(Some(node), Node::parent).filter(|node| node.anchor().is_some());
        let around: Vec<_> = around.map(|node| node.id()).collect();
        for alias in tree.aliases().filter(|alias| around.contains(&alias.node.resolve().id())) {
            if !found.iter().any(|known| known.id() == alias.node.id()) {
                found.push(alias.node);
            }
        }
        next = found.get(done).copied();
        done += 1;
    }
    found
}

/// Something that an alias repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aliased {
    /// The anchor's name, without `&`.
    pub anchor: String,
    /// How many aliases repeat it, those of what is around it included.
    pub uses: usize,
    /// Where the alias stands.
    pub path: Path,
}

/// The path of the first alias on the way to `path`, itself included.
fn alias_on_the_way(a: &Analysis, path: &Path) -> Option<Path> {
    (1..=path.steps().len())
        .map(|len| Path(path.steps()[..len].to_vec()))
        .find(|here| a.tree.at(here).is_some_and(|node| node.kind() == Kind::Alias))
}
