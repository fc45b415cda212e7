//! How the text of a file becomes a tree: here alone it is decided what a key in the wrong case means, so that the model,
//! the rules, completion and the forms all read it as that.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use stepladder_yaml::{NodeId, Tree};

use super::{ACTION, Map, Tags, WORKFLOW, all, broken};
use crate::FileKind;

/// Reads a workflow or an action's metadata; the name of the file, if it has one, helps to tell which.
#[must_use]
pub fn read(text: impl Into<Arc<str>>, file_name: Option<&str>) -> (Tree, FileKind) {
    let tree = Tree::parse_in(text, &broken::LANGUAGE);
    let kind = FileKind::of(&tree, file_name);
    let tree = match kind {
        FileKind::Workflow => tree.with_meant_keys(|tree| meant(tree, WORKFLOW)),
        FileKind::Action => tree.with_meant_keys(|tree| meant(tree, ACTION)),
    };
    (tree, kind)
}

fn meant(tree: &Tree, root: &'static Map) -> Vec<(NodeId, &'static str)> {
    // Hardly any file has such a key, and where no key could be one nobody needs to know what the others are.
    let may_be = tree.nodes().any(|node| node.is_key() && node.as_str().is_some_and(is_known_in_other_case));
    if may_be { Tags::new(tree, root).meant } else { Vec::new() }
}

/// Whether the table has this key somewhere, but for its case. All keys of the table but a few are in small letters, so that
/// a glance at most keys of a file is enough.
fn is_known_in_other_case(key: &str) -> bool {
    static KEYS: OnceLock<(HashSet<&str>, Vec<&str>)> = OnceLock::new();
    let has_capitals = |key: &str| key.bytes().any(|byte| byte.is_ascii_uppercase());
    let (small, mixed) = KEYS.get_or_init(|| {
        let maps = all(WORKFLOW).into_iter().chain(all(ACTION));
        let keys: HashSet<&str> = maps.flat_map(|map| map.fields).map(|field| field.key).collect();
        let (mixed, small): (Vec<&str>, Vec<&str>) = keys.into_iter().partition(|key| has_capitals(key));
        (small.into_iter().collect(), mixed)
    });
    let is_other = |known: &&str| *known != key && known.eq_ignore_ascii_case(key);
    mixed.iter().any(is_other) || (has_capitals(key) && small.contains(key.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_known_in_another_case_alone() {
        for key in ["Jobs", "ON", "Timeout-Minutes", "deprecationmessage", "DEPRECATIONMESSAGE"] {
            assert!(is_known_in_other_case(key), "{key}");
        }
        for key in ["jobs", "on", "deprecationMessage", "GITHUB_TOKEN", "mine", ""] {
            assert!(!is_known_in_other_case(key), "{key}");
        }
    }
}
