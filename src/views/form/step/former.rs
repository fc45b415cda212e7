//! A step changes its kind, from a script to an action, or from one of the rarer kinds, and finds again what it was.

use stepladder_workflow::Analysis;
use stepladder_workflow::edits::{self, StepText, ToKind};
use stepladder_yaml::Path;
use stepladder_yaml::edit::Value;

use super::super::{read, write};
use crate::session::{Former, Session};

/// What the step at `step` was when it was of the kind `key`.
pub(super) fn former(session: Session, step: &Path, key: &str) -> Option<Former> {
    session.formers(step).into_iter().find(|former| former.what.key() == key)
}

/// A step that does this and has been nothing else.
pub(super) fn fresh(what: ToKind) -> Former {
    Former { what, more: Vec::new(), order: Vec::new(), text: None }
}

/// Makes the step do something else, and remembers what it did.
pub(super) fn change(session: Session, step: &Path, to: &Former) {
    let known = session.formers(step);
    let now = session.analysis.with_untracked(|analysis| now(analysis, step, &to.what));
    let make = |analysis: &Analysis| {
        let as_written = to.text.as_ref().and_then(|text| edits::restore_step(analysis, step, text));
        match (as_written, edits::change_step_kind(analysis, step, &to.what, &to.more, &to.order)) {
            // To the byte, and called what it is.
            (Some(edit), Ok(named)) => Ok(edits::Edit { label: named.label, ..edit }),
            (_, changed) => changed,
        }
    };
    if !write::act(session, make) {
        return;
    }
    session.offer_undo();
    if let Some(now) = now {
        session.keep_formers(step, known, now);
    }
}

/// What the step is before it becomes `to`.
fn now(analysis: &Analysis, step: &Path, to: &ToKind) -> Option<Former> {
    let kind = edits::kind_of_step(analysis, step)?;
    let what = match kind {
        "run" => ToKind::Run(as_written(analysis, &step.child(kind))?),
        "uses" => ToKind::Uses(as_written(analysis, &step.child(kind))?),
        _ => ToKind::Other(kind.to_owned(), Value::Source(read::source(analysis, &step.child(kind)))),
    };
    let order: Vec<String> = read::pairs(analysis, step).into_iter().map(|(key, _)| key).collect();
    let source = |key: &String| Value::Source(read::source(analysis, &step.child(key.as_str())));
    let lost = order.iter().filter(|key| to.lost().contains(&key.as_str()));
    let more = lost.map(|key| (key.clone(), source(key))).collect();
    Some(Former { what, more, order, text: StepText::of(analysis, step) })
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
