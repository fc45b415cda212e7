//! All that the events of a workflow carry, for those who look for it by a name.

use std::collections::{HashMap, VecDeque};

use super::members::kinds_words;
use crate::facts::payload::{Kinds, Trigger};
use crate::{Analysis, Env};

/// So deep are the names that people read: `pull_request.head.repo.full_name`.
const DEPTH: usize = 4;

/// What `github.event` has for each of the workflow's triggers, as paths, with what it is in a few words: the nearest
/// first. What is in a list is left out.
#[must_use]
pub fn payload_names(a: &Analysis, env: &Env) -> Vec<(String, String)> {
    let Some(payloads) = &env.payloads else { return Vec::new() };
    let triggers = &a.workflow.triggers;
    let mut found: Vec<(String, Kinds, Vec<&str>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for trigger in triggers {
        let types: Vec<&str> = trigger.types.iter().map(|kind| &*kind.value).collect();
        let event = &*trigger.event.value;
        let sent = [Trigger { event, types: &types }];
        let mut left: VecDeque<Vec<String>> = VecDeque::from([Vec::new()]);
        while let Some(path) = left.pop_front() {
            let steps: Vec<&str> = path.iter().map(String::as_str).collect();
            for (name, kinds) in payloads.members(&sent, &steps) {
                let inner: Vec<String> = path.iter().cloned().chain([name]).collect();
                let full = ["github.event.", &inner.join(".")].concat();
                match places.get(&full) {
                    Some(at) => {
                        let (_, known, events) = &mut found[*at];
                        *known = known.or(kinds);
                        if !events.contains(&event) {
                            events.push(event);
                        }
                    }
                    None => {
                        places.insert(full.clone(), found.len());
                        found.push((full, kinds, vec![event]));
                    }
                }
                if kinds.has(Kinds::OBJECT) && inner.len() < DEPTH {
                    left.push_back(inner);
                }
            }
        }
    }
    found.sort_by_key(|(full, ..)| full.matches('.').count());
    let words = |(full, kinds, events): (String, Kinds, Vec<&str>)| {
        let what = kinds_words(kinds);
        let sent = if events.len() == triggers.len() { String::new() } else { with(&events) };
        (full, [what, sent].concat())
    };
    found.into_iter().map(words).collect()
}

/// The events that send it.
fn with(events: &[&str]) -> String {
    [", sent with `", &events.join("`, `"), "`"].concat()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::facts::payload::Payloads;

    #[test]
    fn what_events_carry_is_told_with_the_event() {
        let env = Env { payloads: Some(Arc::new(Payloads::embedded())), ..Env::default() };
        let found = |on: &str| {
            let text =
                format!("on: {on}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n");
            payload_names(&Analysis::new(text, &env), &env)
        };
        let both = found("[push, pull_request]");
        let note = |path: &str| {
            both.iter().find(|(full, _)| full == path).map(|(_, note)| note.as_str()).unwrap_or_default()
        };
        assert_eq!(note("github.event.pull_request.title"), "text, sent with `pull_request`");
        assert_eq!(note("github.event.pull_request.head.repo.full_name"), "text, sent with `pull_request`");
        assert!(note("github.event.head_commit.message").ends_with("sent with `push`"));
        assert_eq!(note("github.event.repository.full_name"), "text");
        let depth = |full: &str| full.matches('.').count();
        assert!(both.is_sorted_by_key(|(full, _)| depth(full)));
        assert!(both.len() < 2_500, "{}", both.len());
        assert!(found("workflow_call").is_empty());
        assert!(payload_names(&Analysis::new("on: push\n", &Env::default()), &Env::default()).is_empty());
    }
}
