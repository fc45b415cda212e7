//! Makes an event another one.

use stepladder_yaml::{Kind, path};

use super::add_trigger::{events, settings};
use super::draft::{Draft, refuse};
use super::{Edit, Refusal, Value};
use crate::Analysis;

/// Makes `event` the event `to`, in its place. Settings that `to` cannot have are removed; those that it must have are
/// written.
///
/// # Errors
/// When `event` is not there, `to` is there already, or the event comes from an alias.
pub fn change_trigger(a: &Analysis, event: &str, to: &str) -> Result<Edit, Refusal> {
    let on = path!["on"];
    let known = events(&a.tree);
    let Some(at) = known.iter().position(|known| known == event) else {
        return Err(refuse(format!("The workflow does not start on `{event}`.")));
    };
    if event != to && known.iter().any(|known| known == to) {
        return Err(refuse(format!("The workflow already starts on `{to}`; remove `{event}` instead.")));
    }
    let mut draft = Draft::new(&a.tree);
    let is_mapping =
        |draft: &Draft<'_>| draft.tree().at(&on).is_some_and(|node| node.resolve().kind() == Kind::Mapping);
    if settings(to) != Value::Null && !is_mapping(&draft) {
        draft.events_to_mapping()?;
    }
    if is_mapping(&draft) {
        draft.rename_key(&on.child(event), to)?;
        fit_settings(&mut draft, to)?;
    } else if draft.tree().at(&on).is_some_and(|node| node.kind() == Kind::Sequence) {
        draft.set(&on.child(at), &Value::Str(to.into()))?;
    } else {
        draft.set(&on, &Value::Str(to.into()))?;
    }
    let select = if is_mapping(&draft) { on.child(to) } else { on };
    draft.finish(format!("change trigger {event} to {to}"), Some(select))
}

/// Leaves those settings that the event `to` can have.
fn fit_settings(draft: &mut Draft<'_>, to: &str) -> Result<(), Refusal> {
    let place = path!["on", to];
    let Some(node) = draft.tree().at(&place) else { return Ok(()) };
    let needed = settings(to);
    let takes_list = matches!(needed, Value::Seq(_));
    let has_list = node.resolve().kind() == Kind::Sequence;
    let fits = takes_list == has_list || (node.is_null() && !takes_list);
    if !fits {
        return draft.set(&place, &needed);
    }
    let allowed = crate::schema::at(&place, draft.tree());
    let keys: Vec<String> = node.entries().filter_map(|entry| entry.name().map(str::to_owned)).collect();
    let (keep, drop): (Vec<_>, Vec<_>) = keys
        .into_iter()
        .partition(|key| allowed.is_some_and(|map| map.field(key).is_some()) && key != "types");
    if keep.is_empty() {
        return if drop.is_empty() && needed == Value::Null { Ok(()) } else { draft.set(&place, &needed) };
    }
    drop.iter().try_for_each(|key| draft.remove(&place.child(key.as_str())))
}
