//! Finding what an edit is about, without stepping through aliases.

use std::borrow::Cow;

use super::{Refusal, RefusalKind};
use crate::{Kind, Node, Path, Step, TextRange, Tree, twin_of};

pub(super) enum Located<'t> {
    Found(Node<'t>),
    /// The path ends behind `depth` steps, at `node` (or at nothing, in an empty document).
    Missing {
        node: Option<Node<'t>>,
        depth: usize,
    },
}

/// Follows `path` in the first document.
pub(super) fn locate<'t>(tree: &'t Tree, path: &Path) -> Result<Located<'t>, Refusal> {
    let Some(root) = tree.documents().first() else { return Ok(Located::Missing { node: None, depth: 0 }) };
    let mut node = tree.node(*root);
    for (depth, step) in path.steps().iter().enumerate() {
        if let Step::Key(key) = step
            && let Some((key, _)) = twin_of(key)
        {
            return Err(twin(&node, key));
        }
        let next = match (node.kind(), step) {
            (Kind::Alias, _) => return Err(behind_alias(&node)),
            (Kind::Mapping, Step::Key(key)) => node.get(key),
            (Kind::Sequence, Step::Index(index)) => node.items().nth(*index),
            (Kind::Scalar, _) if node.is_null() => None,
            (_, Step::Key(_)) => return Err(wrong_kind(&node, "keys")),
            (_, Step::Index(_)) => return Err(wrong_kind(&node, "a list")),
        };
        match next {
            Some(next) => node = next,
            None => return Ok(Located::Missing { node: Some(node), depth }),
        }
    }
    Ok(Located::Found(node))
}

/// Most aliases that lead from one to the next.
const MAX_ALIASES: usize = 32;

/// Where an edit of what is at `path` is made: there, unless the tree wants edits made at anchors and aliases stand on
/// the way. With `whole` the last step counts as well, as for what is put into a collection.
pub(super) fn written<'p>(tree: &Tree, path: &'p Path, whole: bool) -> Cow<'p, Path> {
    let mut written = Cow::Borrowed(path);
    if !tree.edits_at_anchors() {
        return written;
    }
    for _ in 0..MAX_ALIASES {
        let Some(alias) = alias_before(tree, &written, whole) else { break };
        let mut further = alias.resolve().path();
        further.0.extend_from_slice(&written.steps()[alias.path().steps().len()..]);
        written = Cow::Owned(further);
    }
    written
}

/// The first alias on the way to what is at `path`; with `whole` it may be what is there.
pub(super) fn alias_before<'t>(tree: &'t Tree, path: &Path, whole: bool) -> Option<Node<'t>> {
    let steps = path.steps();
    let above = if whole { steps.len() } else { steps.len().saturating_sub(1) };
    (1..=above).map_while(|len| tree.at(&Path(steps[..len].to_vec()))).find(|node| node.kind() == Kind::Alias)
}

/// The node at `path`, which must be there.
pub(super) fn found<'t>(tree: &'t Tree, path: &Path) -> Result<Node<'t>, Refusal> {
    match locate(tree, path)? {
        Located::Found(node) => Ok(node),
        Located::Missing { node, .. } => {
            let range = node.map(|node| node.range()).unwrap_or_default();
            Err(Refusal::new(RefusalKind::Missing, range, format!("There is no `{path}`: add it first.")))
        }
    }
}

/// The collection of this kind at `path`.
pub(super) fn collection<'t>(tree: &'t Tree, path: &Path, kind: Kind) -> Result<Node<'t>, Refusal> {
    let node = found(tree, path)?;
    match node.kind() {
        got if got == kind => Ok(node),
        Kind::Alias => Err(behind_alias(&node)),
        _ => Err(wrong_kind(&node, if kind == Kind::Mapping { "keys" } else { "a list" })),
    }
}

pub(super) fn behind_alias(alias: &Node<'_>) -> Refusal {
    let anchor = alias.alias_name().unwrap_or_default().to_owned();
    let target = alias.resolve();
    let place = if target == *alias {
        String::new()
    } else {
        format!(" in line {}", alias.tree().line_col(target.range().start).line)
    };
    let message = format!(
        "This comes from the anchor `&{anchor}`{place}: change it there for all its uses, or detach the alias `*{anchor}` here first."
    );
    Refusal::new(RefusalKind::Alias { anchor }, alias.range(), message)
}

fn twin(mapping: &Node<'_>, key: &str) -> Refusal {
    let message = format!("Another `{key}` stands above: give this one a key of its own first.");
    Refusal::new(RefusalKind::Twin { key: key.to_owned() }, mapping.range(), message)
}

pub(super) fn wrong_kind(node: &Node<'_>, wanted: &str) -> Refusal {
    let is = match node.kind() {
        Kind::Mapping => "keys",
        Kind::Sequence => "a list",
        Kind::Scalar | Kind::Alias => "a single value",
    };
    let path = node.path().to_string();
    let name = if path.is_empty() { "The document".to_owned() } else { format!("`{path}`") };
    Refusal::new(
        RefusalKind::Kind,
        node.range(),
        format!("{name} holds {is}, not {wanted}: change its value to {wanted} first."),
    )
}

pub(super) fn exists(range: TextRange, name: &str) -> Refusal {
    Refusal::new(RefusalKind::Exists, range, format!("`{name}` is there already: choose another name."))
}
