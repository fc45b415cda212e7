//! How the text of a file becomes a tree: here alone it is decided what a key in the wrong case means, so that the model,
//! the rules, completion and the forms all read it as that.

use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

use stepladder_yaml::{NodeId, Tree};

use super::{ACTION, Map, Tags, WORKFLOW, all, is_root_key};
use crate::FileKind;

/// Reads a workflow or an action's metadata; the name of the file, if it has one, helps to tell which.
#[must_use]
pub fn read(text: impl Into<Arc<str>>, file_name: Option<&str>) -> (Tree, FileKind) {
    let tree = Tree::parse_with_keys(text, is_root_key);
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

/// Whether the table has this key somewhere, but for its case.
fn is_known_in_other_case(key: &str) -> bool {
    static KEYS: OnceLock<Vec<&str>> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        let maps = all(WORKFLOW).into_iter().chain(all(ACTION));
        let mut keys: Vec<&str> = maps.flat_map(|map| map.fields).map(|field| field.key).collect();
        keys.sort_unstable_by(|a, b| in_any_case(a, b));
        keys.dedup();
        keys
    });
    keys.binary_search_by(|known| in_any_case(known, key)).is_ok_and(|at| keys[at] != key)
}

fn in_any_case(a: &str, b: &str) -> Ordering {
    let lower = u8::to_ascii_lowercase;
    a.len().cmp(&b.len()).then_with(|| a.bytes().map(|a| lower(&a)).cmp(b.bytes().map(|b| lower(&b))))
}
