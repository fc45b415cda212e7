//! The triggers of a workflow as they are meant, so that one slip among them does not silence what is told of the others.

use super::Cx;
use super::suggest::{meant, nearest};
use crate::facts::events::{self, EVENTS};
use crate::facts::payload::Trigger;

/// Events with the activity types that were chosen, each as it is meant.
pub(crate) struct Triggers<'c> {
    all: Vec<(&'c str, Vec<&'c str>)>,
    /// Whether there is one that nobody can guess, so that the event may be any.
    pub(crate) open: bool,
}

impl<'c> Triggers<'c> {
    pub(crate) fn new(cx: &'c Cx<'_>) -> Self {
        let mut open = false;
        let mut all = Vec::new();
        for trigger in &cx.workflow.triggers {
            let name = trigger.event.value.as_str();
            let known = events::event(name);
            let event =
                known.or_else(|| events::event(nearest(name, EVENTS.iter().map(|event| event.name))?));
            let Some(event) = event else {
                open = true;
                continue;
            };
            let mut types: Vec<&str> = Vec::new();
            for kind in trigger.types.iter().map(|kind| kind.value.as_str()) {
                match meant(kind, event.types.iter().copied()) {
                    _ if event.types.is_empty() || event.types.contains(&kind) => types.push(kind),
                    Some(meant) => types.push(meant),
                    None => types.extend(event.types),
                }
            }
            all.push((event.name, types));
        }
        Self { all, open }
    }

    /// Their names.
    pub(crate) fn events(&self) -> Vec<&'c str> {
        self.all.iter().map(|(event, _)| *event).collect()
    }

    /// What `github.event.action` can be; `None`: not known.
    pub(crate) fn actions(&self) -> Option<Vec<&'c str>> {
        let mut actions = Vec::new();
        for (name, types) in &self.all {
            let event = events::event(name)?;
            match &types[..] {
                [] if event.free_types => return None,
                [] => actions.extend(event.types_when_omitted()),
                types => actions.extend(types),
            }
        }
        (!actions.is_empty() && !self.open).then_some(actions)
    }

    /// As the table of payloads asks for them.
    pub(crate) fn for_payloads(&self) -> Vec<Trigger<'_>> {
        self.all.iter().map(|(event, types)| Trigger { event, types }).collect()
    }
}
