//! The ways out when a place is written elsewhere: change it at its anchor, or detach the alias here.

use stepladder_yaml::{Kind, Path, edit};

use super::draft::{Draft, refuse};
use super::{Edit, Refusal, describe};
use crate::Analysis;

/// The path at which the node at `path` is written, when an alias stands on the way to it: changing it there changes
/// every use. `None`: no alias does, or there is no such node.
#[must_use]
pub fn path_at_anchor(a: &Analysis, path: &Path) -> Option<Path> {
    let alias = alias_on_the_way(a, path)?;
    let mut written = a.tree.at(&alias)?.resolve().path();
    written.0.extend_from_slice(&path.steps()[alias.steps().len()..]);
    a.tree.at(&written).map(|_| path_at_anchor(a, &written).unwrap_or(written))
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

/// The path of the first alias on the way to `path`, itself included.
fn alias_on_the_way(a: &Analysis, path: &Path) -> Option<Path> {
    (1..=path.steps().len())
        .map(|len| Path(path.steps()[..len].to_vec()))
        .find(|here| a.tree.at(here).is_some_and(|node| node.kind() == Kind::Alias))
}
