//! Makes a job no longer wait for another.

use stepladder_yaml::{CollectionStyle, Kind, TextEdit, Tree, path};

use super::draft::{Draft, refuse};
use super::ids::is_named;
use super::needs::needs_of;
use super::{Edit, Refusal};
use crate::Analysis;

/// Removes `need` from the `needs` of `job`, and `needs` itself with the last one. Where one is left in brackets, the
/// brackets go too, as they came with the second.
///
/// # Errors
/// When `job` does not need it, or the need comes from an alias.
pub fn remove_need(a: &Analysis, job: &str, need: &str) -> Result<Edit, Refusal> {
    remove_need_in(&a.tree, job, need)
}

/// See [`remove_need`].
pub(crate) fn remove_need_in(tree: &Tree, job: &str, need: &str) -> Result<Edit, Refusal> {
    let mut draft = Draft::new(tree);
    if !remove(&mut draft, job, need)? {
        return Err(refuse(format!("`{job}` does not wait for `{need}`.")));
    }
    draft.finish(format!("make job {job} no longer need {need}"), Some(path!["jobs", job]))
}

/// `false`: it was not there.
pub(super) fn remove(draft: &mut Draft<'_>, job: &str, need: &str) -> Result<bool, Refusal> {
    let mut removed = false;
    // From the end, so that earlier paths stay right.
    for known in needs_of(draft.tree(), job).into_iter().rev() {
        if is_named(draft.tree(), &known.id, need) {
            draft.remove_with_empty_parents(&known.path)?;
            removed = true;
        }
    }
    if removed && let Some(edit) = unwrapped(draft.tree(), job) {
        draft.apply(edit);
    }
    Ok(removed)
}

/// `[a]` as `a`, unless a comment or an anchor stands with it.
fn unwrapped(tree: &Tree, job: &str) -> Option<TextEdit> {
    let list = tree.at(&path!["jobs", job, "needs"])?;
    let (range, items) = (list.range(), list.items().collect::<Vec<_>>());
    let [only] = items.as_slice() else { return None };
    let plain = list.collection_style() == Some(CollectionStyle::Flow)
        && list.anchor().is_none()
        && only.kind() == Kind::Scalar
        && only.anchor().is_none()
        && !list.source().contains(['#', '\n']);
    plain.then(|| TextEdit::replace(range, only.source()))
}
