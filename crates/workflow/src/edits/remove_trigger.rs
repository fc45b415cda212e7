//! Takes an event away.

use stepladder_yaml::{Kind, Path, Tree, edit, path};

use super::add_trigger::events;
use super::draft::{Draft, refuse};
use super::{Edit, Refusal, Value};
use crate::Analysis;

/// Removes `event` with its settings and comments. After the last one `on` is an empty list, so that its place and the
/// comments around it stay for the next.
///
/// # Errors
/// When the workflow does not start on `event`, or the event comes from an alias.
pub fn remove_trigger(a: &Analysis, event: &str) -> Result<Edit, Refusal> {
    let mut draft = Draft::new(&a.tree);
    remove(&mut draft, event)?;
    draft.finish(format!("remove trigger {event}"), Some(path!["on"]))
}

/// Removes the event wherever it is listed; a list may say it twice.
fn remove(draft: &mut Draft<'_>, event: &str) -> Result<(), Refusal> {
    let on = path!["on"];
    let is_it = |known: &String| known == event;
    if !events(draft.tree()).iter().any(is_it) {
        return Err(refuse(format!("The workflow does not start on `{event}`.")));
    }
    if events(draft.tree()).iter().all(is_it) {
        let on = edit::written_path(draft.tree(), &on, true)?;
        return draft.set(&on, &Value::Seq(Vec::new()));
    }
    while let Some(place) = place(draft.tree(), event) {
        draft.remove(&place)?;
    }
    Ok(())
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
