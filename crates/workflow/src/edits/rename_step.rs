//! Gives a step another id, everywhere.

use stepladder_yaml::{Kind, Node, Path, TextRange};

use super::draft::{Draft, refuse};
use super::ids::{check, steps};
use super::move_step::{job_of, list_and_position, scope_of};
use super::references::{references, refuse_shared, shared};
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;

/// Gives the step at `step` the id `to`; `steps.ID` in the expressions of its job follows, and the steps that wait for
/// it or cancel it.
///
/// # Errors
/// When there is no such step, `to` is no id or is taken, or the id comes from an alias.
pub fn rename_step(a: &Analysis, step: &Path, to: &str) -> Result<Edit, Refusal> {
    list_and_position(a, step)?;
    let scope = scope_of(step);
    check(to)?;
    let place = step.child("id");
    let old = a.tree.at(&place).and_then(|id| id.as_str()).filter(|id| !id.is_empty());
    let is_other = |known: &String| old.is_none_or(|old| !known.eq_ignore_ascii_case(old));
    if let Some(taken) =
        steps(&a.tree, &scope).iter().find(|known| known.eq_ignore_ascii_case(to) && is_other(known))
    {
        return Err(refuse(format!("Another step has the id `{taken}`; choose another.")));
    }
    let mut draft = Draft::new(&a.tree);
    let label = match old {
        Some(old) => {
            let readers = readers_of(a, step);
            let scope = a.tree.at(&scope);
            if let Some(anchor) = readers.and_then(|node| shared(node, &["steps"], old)) {
                return Err(refuse_shared(&anchor, &format!("steps.{old}")));
            }
            let mut places = readers.map(|node| references(node, &["steps"], old)).unwrap_or_default();
            places.extend(scope.into_iter().flat_map(|node| waiting(node, old)));
            draft.replace_all(places, to)?;
            format!("rename step {old} to {to}")
        }
        None => format!("give {} the id {to}", describe::place(&a.tree, step)),
    };
    draft.set(&place, &Value::Str(to.into()))?;
    Ok(draft.finish(label, Some(step.clone()))?.for_all())
}

/// What comes of taking the id of the step at `step` away, in a sentence, to be told before; `None`: nobody reads it.
#[must_use]
pub fn removal_of_id(a: &Analysis, step: &Path) -> Option<String> {
    let id = a.tree.at(&step.child("id"))?.as_str().filter(|id| !id.is_empty())?;
    let scope = scope_of(step);
    let count = readers_of(a, step).map_or(0, |node| references(node, &["steps"], id).len());
    let waits = a.tree.at(&scope).map_or(0, |node| waiting(node, id).len());
    let places = |count: usize| if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
    let mut sentences = Vec::new();
    if count > 0 {
        sentences.push(format!(
            "`steps.{id}` is read in {}: what stands there will be empty until you change it.",
            places(count)
        ));
    }
    if waits > 0 {
        sentences.push(format!("The step is waited for or stopped in {} by this id.", places(waits)));
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// Where the step at `step` can be read: the outputs of a composite action read its steps, beside `runs`.
pub(super) fn readers_of<'a>(a: &'a Analysis, step: &Path) -> Option<Node<'a>> {
    if job_of(step).is_some() { a.tree.at(&scope_of(step)) } else { a.tree.root() }
}

/// Where the steps of `scope` name the step `id` in `wait` and `cancel`.
pub(super) fn waiting(scope: Node<'_>, id: &str) -> Vec<TextRange> {
    let mut found = Vec::new();
    for step in scope.get("steps").into_iter().flat_map(all_items) {
        let group = step.get("parallel").map(all_items).unwrap_or_default();
        for step in std::iter::once(step).chain(group) {
            let lists = ["wait", "cancel"].into_iter().filter_map(|key| step.get(key));
            let names = lists.flat_map(all_items);
            let own = names.filter(|name| name.as_str().is_some_and(|name| name.eq_ignore_ascii_case(id)));
            found.extend(own.map(|name| TextRange::new(name.offset_of(0), name.offset_of(id.len()))));
        }
    }
    found
}

/// The items of a list; a single value is a list of one.
pub(super) fn all_items(list: Node<'_>) -> Vec<Node<'_>> {
    let list = list.resolve();
    if list.kind() == Kind::Scalar {
        return vec![list];
    }
    list.items().map(|item| item.resolve()).collect()
}
