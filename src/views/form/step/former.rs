//! A step changes its kind, from a script to an action or back, and finds again what it was.

use leptos::prelude::*;
use stepladder_workflow::Analysis;
use stepladder_workflow::edits::{self, ToKind};
use stepladder_yaml::Path;
use stepladder_yaml::edit::Value;

use super::super::{read, write};
use crate::session::Session;

/// What a step does, with the keys that only such a step has.
#[derive(Clone)]
pub(super) struct Done {
    pub(super) what: ToKind,
    pub(super) more: Vec<(String, Value)>,
    /// The keys of the step in their order.
    pub(super) order: Vec<String>,
}

/// What the step did before it became of another kind, so that it comes back with all its settings.
#[derive(Clone, Copy)]
pub(super) struct Former {
    session: Session,
    pub(super) step: StoredValue<Path>,
    pub(super) script: StoredValue<Done>,
    pub(super) action: StoredValue<Option<Done>>,
}

impl Former {
    /// Nothing but a script that says hello, as long as the step at `step` has been of one kind.
    pub(super) fn new(session: Session, step: &Path) -> Self {
        let hello =
            Done { what: ToKind::Run(edits::FIRST_SCRIPT.into()), more: Vec::new(), order: Vec::new() };
        Self {
            session,
            step: StoredValue::new(step.clone()),
            script: StoredValue::new(hello),
            action: StoredValue::new(None),
        }
    }

    /// Makes the step do something else, and remembers what it did.
    pub(super) fn change(self, to: impl Fn(Self) -> Done) {
        let Done { what, more, order } = to(self);
        let step = self.step.get_value();
        let (did, kept, keys) = self.session.analysis.with_untracked(|analysis| {
            let kept = |keys: &[String]| {
                let source = |key: &str| Value::Source(read::source(analysis, &step.child(key)));
                keys.iter().map(|key| (key.clone(), source(key))).collect::<Vec<_>>()
            };
            let keys = read::pairs(analysis, &step).into_iter().map(|(key, _)| key).collect::<Vec<_>>();
            let mut only_here = keys.clone();
            only_here.retain(|key| match what {
                ToKind::Run(_) => key == "with",
                ToKind::Uses(_) => matches!(key.as_str(), "shell" | "working-directory"),
            });
            let kept = kept(&only_here);
            let did = if matches!(what, ToKind::Run(_)) { "uses" } else { "run" };
            (as_written(analysis, &step.child(did)), kept, keys)
        });
        let make = |analysis: &Analysis| edits::change_step_kind(analysis, &step, &what, &more, &order);
        if !write::act(self.session, make) {
            return;
        }
        self.session.offer_undo();
        let Some(did) = did else { return };
        match what {
            ToKind::Run(_) => {
                self.action.set_value(Some(Done { what: ToKind::Uses(did), more: kept, order: keys }));
            }
            ToKind::Uses(_) => {
                self.script.set_value(Done { what: ToKind::Run(did), more: kept, order: keys });
            }
        }
    }
}

/// The text at `path` as it is written, with its quotes and line breaks, so that it comes back the same. What an alias
/// repeats, or has an anchor that may have moved elsewhere, comes back as its text.
fn as_written(analysis: &Analysis, path: &Path) -> Option<Value> {
    let text = read::shown(analysis, path).text();
    if text.is_empty() {
        return None;
    }
    let source = read::source(analysis, path);
    Some(if source.starts_with(['&', '*', '!']) { Value::Str(text) } else { Value::Source(source) })
}
