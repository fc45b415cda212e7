//! Moves an event among the others.

use stepladder_yaml::edit::{self, Place};
use stepladder_yaml::{Kind, path};

use super::add_trigger::events;
use super::draft::{Draft, refuse};
use super::{Edit, Refusal};
use crate::Analysis;

/// Moves `event`, with its settings and comments, so that it stands at position `to` (from 0) under `on`. The order
/// means nothing to GitHub; people read it.
///
/// # Errors
/// When the workflow does not start on `event`, or two keys are called so, or `on` comes from an alias.
pub fn move_trigger(a: &Analysis, event: &str, to: usize) -> Result<Edit, Refusal> {
    let on = path!["on"];
    let mut draft = Draft::new(&a.tree);
    let known = events(&a.tree);
    let Some(from) = known.iter().position(|known| known == event) else {
        return Err(refuse(format!("The workflow does not start on `{event}`.")));
    };
    if a.tree.at(&on).is_some_and(|node| node.kind() == Kind::Sequence) {
        draft.make(|tree| edit::move_item(tree, &on, from, to.min(known.len() - 1)))?;
    } else if known.len() > 1 {
        if known.iter().filter(|known| *known == event).count() > 1 {
            // The one that went behind the other would no longer be the one that is shown.
            return Err(refuse(format!("`{event}` stands twice: remove one of the two first.")));
        }
        // Who sees them sees each once.
        let mut others: Vec<String> = Vec::new();
        for other in known.into_iter().filter(|known| known != event) {
            if !others.contains(&other) {
                others.push(other);
            }
        }
        let place = match others.get(to) {
            Some(next) => Place::Before(next.clone()),
            None => Place::Last,
        };
        draft.make(|tree| edit::move_entry(tree, &on, event, &place))?;
    }
    draft.finish(format!("move trigger {event}"), Some(on.child(event)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Env;

    fn moved(text: &str, event: &str, to: usize) -> String {
        let analysis = Analysis::new(text, &Env::default());
        match move_trigger(&analysis, event, to) {
            Ok(edit) => edit.edit.apply(text),
            Err(refusal) => refusal.message,
        }
    }

    #[test]
    fn a_trigger_travels_with_its_settings_and_comments() {
        let text =
            "on:\n  # nightly\n  schedule:\n    - cron: '0 3 * * *' # UTC\n  push:\n  workflow_dispatch:\n";
        let expected =
            "on:\n  push:\n  workflow_dispatch:\n  # nightly\n  schedule:\n    - cron: '0 3 * * *' # UTC\n";
        assert_eq!(moved(text, "schedule", 2), expected);
        assert_eq!(moved(expected, "schedule", 0), text);
    }

    #[test]
    fn what_stands_twice_counts_once_and_stays() {
        let text = "on: {fork: , push: , watch: , push: }\n";
        assert_eq!(moved(text, "fork", 1), "on: {push: , fork: , watch: , push: }\n");
        assert_eq!(moved(text, "push", 0), "`push` stands twice: remove one of the two first.");
    }

    #[test]
    fn lists_and_single_events_work_too() {
        assert_eq!(moved("on: [push, pull_request]\n", "push", 1), "on: [pull_request, push]\n");
        assert_eq!(moved("on: push\n", "push", 0), "on: push\n");
        assert_eq!(moved("on: push\n", "fork", 0), "The workflow does not start on `fork`.");
    }
}
