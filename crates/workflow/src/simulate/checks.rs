//! What must hold for an event to start a workflow, put together.

use super::{Answer, Verdict};
use crate::model::Trigger;

/// All checks must pass; the first that does not is the reason.
#[derive(Default)]
pub(super) struct Checks {
    no: Option<Verdict>,
    unknown: Option<Verdict>,
    yes: Vec<Verdict>,
}

impl Checks {
    pub(super) fn add(&mut self, verdict: Option<Verdict>) {
        let Some(verdict) = verdict else { return };
        match verdict.answer {
            Answer::No => {
                self.no.get_or_insert(verdict);
            }
            Answer::Unknown => match &mut self.unknown {
                Some(first) => first.missing.extend(verdict.missing),
                None => self.unknown = Some(verdict),
            },
            Answer::Yes => self.yes.push(verdict),
        }
    }

    /// A fact that must not hold: the sentence tells why not.
    pub(super) fn unless(&mut self, fact: Option<bool>, why: &str, missing: &str) {
        self.add(match fact {
            Some(false) => None,
            Some(true) => Some(Verdict::no(why)),
            None => Some(Verdict::unknown(format!("It is not known: {missing}."), missing)),
        });
    }

    pub(super) fn end(self, trigger: &Trigger) -> Verdict {
        if let Some(verdict) = self.no.or(self.unknown) {
            return verdict;
        }
        let event = &trigger.event.value;
        let place = self.yes.last().and_then(|verdict| verdict.place.clone());
        let mut reason = String::new();
        for verdict in &self.yes {
            reason.push_str(if reason.is_empty() { "It starts: " } else { ", and " });
            reason.push_str(&verdict.reason);
        }
        if reason.is_empty() {
            reason = format!("It starts on `{event}`, and no filter stands in the way");
        }
        let verdict = Verdict::yes(reason + ".");
        match place {
            Some(place) => Verdict { place: Some(place), ..verdict },
            None => verdict.at(&trigger.path, trigger.event.range),
        }
    }
}
