//! Gives an input another name, everywhere.

use stepladder_yaml::path;

use super::draft::{Draft, refuse};
use super::ids::check;
use super::references::references;
use super::{Edit, Refusal};
use crate::Analysis;

/// Renames input `name` to `to` in every event that declares it, and `inputs.NAME` and `github.event.inputs.NAME` in
/// expressions. Workflows that call this one are other files and must follow.
///
/// # Errors
/// When no event declares it, `to` is no id or is taken.
pub fn rename_input(a: &Analysis, name: &str, to: &str) -> Result<Edit, Refusal> {
    check(to)?;
    let mut draft = Draft::new(&a.tree);
    let mut select = None;
    let mut places = Vec::new();
    if let Some(root) = a.tree.root() {
        places.extend(references(root, &["inputs"], name));
        places.extend(references(root, &["github", "event", "inputs"], name));
    }
    draft.replace_all(places, to)?;
    for event in ["workflow_dispatch", "workflow_call"] {
        let inputs = path!["on", event, "inputs"];
        let Some(node) = a.tree.at(&inputs).filter(|node| node.get(name).is_some()) else { continue };
        if to != name && node.get(to).is_some() {
            return Err(refuse(format!("There is an input `{to}` already; choose another name.")));
        }
        draft.rename_key(&inputs.child(name), to)?;
        select.get_or_insert(inputs.child(to));
    }
    if select.is_none() {
        return Err(refuse(format!("There is no input `{name}`.")));
    }
    Ok(draft.finish(format!("rename input {name} to {to}"), select)?.for_all())
}
