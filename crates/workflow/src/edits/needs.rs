//! Who waits for whom, read from the text.

use std::collections::HashSet;

use stepladder_yaml::{Kind, Path, TextRange, Tree, path};

use super::ids::{is_named, jobs, meant};

/// A job that another one needs.
pub(super) struct Need {
    /// Its id, as written.
    pub(super) id: String,
    /// The bytes of the id, without quotes.
    pub(super) content: TextRange,
    /// Where it is written: `jobs.ID.needs`, or an item of it.
    pub(super) path: Path,
}

/// What `job` needs, in the order of the text.
pub(super) fn needs_of(tree: &Tree, job: &str) -> Vec<Need> {
    let place = path!["jobs", job, "needs"];
    let Some(node) = tree.at(&place) else { return Vec::new() };
    let node = node.resolve();
    let need = |node: stepladder_yaml::Node<'_>, path: Path| {
        let id = node.as_str().filter(|_| !node.is_null())?.to_owned();
        Some(Need { id, content: node.resolve().content_range(), path })
    };
    match node.kind() {
        Kind::Sequence => {
            node.items().enumerate().filter_map(|(at, item)| need(item, place.child(at))).collect()
        }
        _ => need(node, place).into_iter().collect(),
    }
}

/// The jobs that wait for `job` itself, in the order of the text.
pub(super) fn dependents_of(tree: &Tree, job: &str) -> Vec<String> {
    jobs(tree)
        .into_iter()
        .filter(|id| needs_of(tree, id).iter().any(|need| is_named(tree, &need.id, job)))
        .collect()
}

/// The way from `from` over its needs to `to`, both ends included; `None`: `from` does not wait for `to`.
pub(super) fn way(tree: &Tree, from: &str, to: &str) -> Option<Vec<String>> {
    let mut seen = HashSet::new();
    let mut stack = vec![vec![from.to_owned()]];
    while let Some(way) = stack.pop() {
        let here = way.last()?;
        if here == to {
            return Some(way);
        }
        if !seen.insert(here.clone()) {
            continue;
        }
        for need in needs_of(tree, here).into_iter().rev() {
            let mut next = way.clone();
            next.push(meant(tree, &need.id).map_or(need.id, str::to_owned));
            stack.push(next);
        }
    }
    None
}
