//! Takes an event away.

use stepladder_yaml::{Kind, edit, path};

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

fn remove(draft: &mut Draft<'_>, event: &str) -> Result<(), Refusal> {
    let on = path!["on"];
    let events = events(draft.tree());
    let Some(at) = events.iter().position(|known| known == event) else {
        return Err(refuse(format!("The workflow does not start on `{event}`.")));
    };
    if events.len() == 1 {
        let on = edit::written_path(draft.tree(), &on, true)?;
        return draft.set(&on, &Value::Seq(Vec::new()));
    }
    match draft.tree().at(&on).map(|node| node.kind()) {
        Some(Kind::Sequence) => draft.remove(&on.child(at)),
        _ => draft.remove(&on.child(event)),
    }
}
