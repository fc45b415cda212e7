//! What steps were before they became of another kind, and before they were switched, as long as the document is open.

use leptos::prelude::*;
use stepladder_workflow::Analysis;
use stepladder_workflow::edits::{self, Edit, Refusal, StepText, ToKind, Value};
use stepladder_yaml::Path;

use super::Session;

/// What a step was when it was of another kind.
#[derive(Clone)]
pub(crate) struct Former {
    pub(crate) what: ToKind,
    /// The keys that only such a step has.
    pub(crate) more: Vec<(String, Value)>,
    /// All keys of the step in their order.
    pub(crate) order: Vec<String>,
    /// The step as it was written; `None`: it shares something with other places.
    pub(crate) text: Option<StepText>,
}

/// What switches a step or a job.
pub(crate) type Switching<'a> = dyn Fn(&Analysis) -> Result<Edit, Refusal> + 'a;

impl Session {
    /// What the step at `step` was when it was of each other kind, the latest last.
    pub(crate) fn formers(self, step: &Path) -> Vec<Former> {
        let Some(spot) = self.spot(step) else { return Vec::new() };
        self.formers.with_value(|kept| kept.get(&spot).cloned().unwrap_or_default())
    }

    /// Remembers what the step at `step` was; `known` is what it had been before that.
    pub(crate) fn keep_formers(self, step: &Path, mut known: Vec<Former>, latest: Former) {
        let Some(spot) = self.spot(step) else { return };
        known.retain(|former| former.what.key() != latest.what.key());
        known.push(latest);
        self.formers.update_value(|kept| kept.insert(spot, known));
    }

    /// Switches the step or job at `path` off or on again, by way of `act`, which makes the edit. What it was before is
    /// remembered for the way back.
    pub(crate) fn switch(self, path: &Path, enabled: bool, act: impl FnOnce(&Switching) -> bool) {
        let known =
            self.spot(path).and_then(|spot| self.switched.with_value(|kept| kept.get(&spot).cloned()));
        let make = |analysis: &Analysis| edits::switch(analysis, path, enabled, known.as_ref());
        let switched = self.analysis.with_untracked(make);
        let done = act(&|analysis| make(analysis).map(|(edit, _)| edit));
        if let (true, Ok((_, Some(switched))), Some(spot)) = (done, switched, self.spot(path)) {
            self.switched.update_value(|kept| kept.insert(spot, switched));
        }
    }
}
