//! Makes an action one of another kind: JavaScript, Docker or composite.

use stepladder_yaml::{Path, Step, path};

use super::draft::Draft;
use super::{Edit, Refusal};
use crate::{Analysis, schema};

/// Makes the action run by `kind`, a value of `using`. What belongs to another kind goes with that: the keys of `runs` that
/// only others have, and the values of outputs, which only composite actions give so.
///
/// # Errors
/// When it comes from an alias.
pub fn set_action_kind(a: &Analysis, kind: &str) -> Result<Edit, Refusal> {
    let runs = path!["runs"];
    let mut draft = Draft::new(&a.tree);
    draft.set(&runs.child("using"), &kind.into())?;
    let old: Vec<Path> = schema::of_other_kinds(draft.tree());
    let mut lost: Vec<String> = Vec::new();
    for path in old {
        let name = match path.steps() {
            [_, Step::Key(key)] => key.clone(),
            _ => "the values of its outputs".to_owned(),
        };
        draft.remove(&path)?;
        if !lost.contains(&name) {
            lost.push(name);
        }
    }
    let without = match lost.as_slice() {
        [] => String::new(),
        [one] => format!(", without {one}"),
        [all @ .., last] => format!(", without {} and {last}", all.join(", ")),
    };
    draft.finish(format!("make the action one of the kind {kind}{without}"), None)
}
