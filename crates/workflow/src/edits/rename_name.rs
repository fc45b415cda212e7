//! Gives a secret or a variable another name, everywhere.

use stepladder_yaml::path;

use super::draft::{Draft, refuse};
use super::ids::check;
use super::references::references;
use super::{Edit, Refusal};
use crate::{Analysis, NameKind};

/// Where a name is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// `secrets`
    Secrets,
    /// `vars`
    Variables,
}

/// Renames a secret or a variable in all expressions, and a secret that callers give where it is declared.
///
/// # Errors
/// When nothing in the file uses it, `to` cannot be a name, or another one has that name: both would become one.
pub fn rename_name(a: &Analysis, store: Store, name: &str, to: &str) -> Result<Edit, Refusal> {
    let (context, word) = match store {
        Store::Secrets => ("secrets", "secret"),
        Store::Variables => ("vars", "variable"),
    };
    if check(to).is_err() || to.contains('-') || to.to_ascii_uppercase().starts_with("GITHUB_") {
        return Err(refuse(format!(
            "`{to}` cannot be the name of a {word}: start with a letter or `_`, go on with letters, digits and `_`, and do \
             not start with `GITHUB_`."
        )));
    }
    let places = a.tree.root().map(|root| references(root, &[context], name)).unwrap_or_default();
    let declared = path!["on", "workflow_call", "secrets", name];
    let is_declared = store == Store::Secrets && a.tree.at(&declared).is_some();
    if places.is_empty() && !is_declared {
        return Err(refuse(format!("Nothing in this file uses a {word} `{name}`.")));
    }
    if !to.eq_ignore_ascii_case(name) && is_taken(a, store, to) {
        return Err(refuse(format!(
            "There is a {word} `{to}` in this file already, and both would become one; choose another name."
        )));
    }
    let mut draft = Draft::new(&a.tree);
    draft.replace_all(places, to)?;
    if is_declared {
        draft.rename_key(&declared, to)?;
    }
    Ok(draft.finish(format!("rename {word} {name} to {to}"), None)?.for_all())
}

/// Whether the file uses or declares one of that name; case does not count.
fn is_taken(a: &Analysis, store: Store, to: &str) -> bool {
    let kind = match store {
        Store::Secrets => NameKind::Secret,
        Store::Variables => NameKind::Variable,
    };
    let is_used = a.names().iter().any(|name| name.kind == kind && name.name.eq_ignore_ascii_case(to));
    let declared = a.tree.at(&path!["on", "workflow_call", "secrets"]).filter(|_| store == Store::Secrets);
    let mut declared = declared.into_iter().flat_map(|secrets| secrets.entries());
    is_used || declared.any(|entry| entry.name().is_some_and(|name| name.eq_ignore_ascii_case(to)))
}
