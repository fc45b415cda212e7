//! Takes an event away.

use stepladder_yaml::{Kind, Path, Tree, edit, path};

use super::add_trigger::events;
use super::draft::{Draft, refuse};
use super::{Edit, Refusal, Value};
use crate::Analysis;

/// Removes `event` with its settings and comments. After the last one `on` is an empty list, so that its place and the
/// comments around it stay for the next. A list loses it as often as it says it; of a key that stands twice the first goes,
/// as what is seen of it is the first.
///
/// # Errors
/// When the workflow does not start on `event`, or the event comes from an alias.
pub fn remove_trigger(a: &Analysis, event: &str) -> Result<Edit, Refusal> {
    let mut draft = Draft::new(&a.tree);
    let times = remove(&mut draft, event)?;
    let all = if times > 1 { format!(", all {times} times") } else { String::new() };
    draft.finish(format!("remove trigger {event}{all}"), Some(path!["on"]))
}

/// How often the event was there and is gone.
fn remove(draft: &mut Draft<'_>, event: &str) -> Result<usize, Refusal> {
    let on = path!["on"];
    let known = events(draft.tree());
    let times = known.iter().filter(|known| *known == event).count();
    if times == 0 {
        return Err(refuse(format!("The workflow does not start on `{event}`.")));
    }
    let is_key = draft.tree().at(&on).is_some_and(|on| on.resolve().kind() == Kind::Mapping);
    if is_key && times > 1 {
        draft.remove(&on.child(event))?;
        return Ok(1);
    }
    if times == known.len() {
        let on = edit::written_path(draft.tree(), &on, true)?;
        draft.set(&on, &Value::Seq(Vec::new()))?;
        return Ok(times);
    }
    while let Some(place) = place(draft.tree(), event) {
        draft.remove(&place)?;
    }
    Ok(times)
}

/// Where an event is named, the last time it is.
fn place(tree: &Tree, event: &str) -> Option<Path> {
    let path = path!["on"];
    let on = tree.at(&path)?;
    match on.resolve().kind() {
        Kind::Sequence => {
            let at = on.resolve().items().enumerate().filter(|(_, item)| item.as_str() == Some(event)).last();
            at.map(|(at, _)| path.child(at))
        }
        _ => on.get(event).map(|_| path.child(event)),
    }
}
