//! The ways out when a place is written elsewhere: change it at its anchor, or detach the alias here.

use stepladder_yaml::{Kind, Path, edit};

use super::compose::compose;
use super::draft::{Draft, refuse};
use super::{Edit, Refusal, describe};
use crate::{Analysis, Env};

/// Most aliases that lead from one to the next.
const MAX_ALIASES: usize = 32;

/// The path at which the node at `path` is written, when an alias stands on the way to it: changing it there changes
/// every use. `None`: no alias does, or there is no such node.
#[must_use]
pub fn path_at_anchor(a: &Analysis, path: &Path) -> Option<Path> {
    let mut written = path.clone();
    // An anchor may hold aliases of others, and in a text that is no workflow even one of itself.
    for _ in 0..MAX_ALIASES {
        let Some(alias) = alias_on_the_way(a, &written) else { break };
        let mut further = a.tree.at(&alias)?.resolve().path();
        further.0.extend_from_slice(&written.steps()[alias.steps().len()..]);
        written = further;
    }
    let is_there = alias_on_the_way(a, &written).is_none() && a.tree.at(&written).is_some();
    (is_there && written != *path).then_some(written)
}

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
    draft.finish(format!("detach {} from its anchor", describe::place(&alias)), Some(path.clone()))
}

/// An edit of what is at or below `path` for this place alone: aliases on the way are replaced by copies of what they
/// repeat, and `make` edits the copy. One edit in the end.
///
/// # Errors
/// When no alias stands on the way, it leads nowhere, or `make` refuses.
pub fn edit_detached(
    a: &Analysis,
    path: &Path,
    make: impl FnOnce(&Analysis) -> Result<Edit, Refusal>,
) -> Result<Edit, Refusal> {
    let mut detached = detach_alias(a, path)?.edit;
    let length = u32::try_from(a.tree.text().len()).unwrap_or(u32::MAX);
    let mut copy = Analysis::new(detached.apply(a.tree.text()), &Env::default());
    for _ in 0..MAX_ALIASES {
        let Ok(further) = detach_alias(&copy, path) else { break };
        detached = compose(&detached, &further.edit, length);
        copy = Analysis::new(further.edit.apply(copy.tree.text()), &Env::default());
    }
    let made = make(&copy)?;
    Ok(Edit { edit: compose(&detached, &made.edit, length), ..made })
}

/// The anchor that `path` comes from, when an alias stands on the way to it or to what would hold it: its name, the
/// path where it is written, and how many aliases repeat it.
#[must_use]
pub fn anchor_of(a: &Analysis, path: &Path) -> Option<Anchored> {
    let alias = alias_on_the_way(a, path)?;
    let node = a.tree.at(&alias)?;
    let name = node.alias_name()?.to_owned();
    let uses = a.tree.nodes().filter(|node| node.alias_name() == Some(&name)).count();
    let mut written = node.resolve().path();
    written.0.extend_from_slice(&path.steps()[alias.steps().len()..]);
    // Further aliases on the way lead on.
    let written = path_at_anchor(a, &written).unwrap_or(written);
    Some(Anchored { name, uses, written })
}

/// What is written at an anchor and repeated by aliases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchored {
    /// The anchor's name, without `&`.
    pub name: String,
    /// How many aliases repeat it.
    pub uses: usize,
    /// The path at the anchor that stands for the one that was asked for.
    pub written: Path,
}

/// The path of the first alias on the way to `path`, itself included.
fn alias_on_the_way(a: &Analysis, path: &Path) -> Option<Path> {
    (1..=path.steps().len())
        .map(|len| Path(path.steps()[..len].to_vec()))
        .find(|here| a.tree.at(here).is_some_and(|node| node.kind() == Kind::Alias))
}
