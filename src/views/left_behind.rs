//! What a new name does not reach, or reaches beside what was meant.

use stepladder_workflow::{FileKind, edits};
use stepladder_yaml::{Path, Step, path};

use crate::session::Session;
use crate::ui::toast::Tone;

/// Tells, once a job has another name, where text that cannot be read still has the old one.
pub(crate) fn tell(session: Session, old: &str) {
    if let Some(line) = session.analysis.with_untracked(|analysis| edits::left_behind(analysis, old)) {
        let words =
            format!("`{old}` still stands in line {line}, which cannot be read; change it there by hand.");
        session.toaster.show(Tone::Warning, words, None);
    }
}

/// Tells, once the variable at `place` is called `new`, which scripts look as if they still read it as `old`.
pub(crate) fn tell_of_variable(session: Session, place: &Path, old: &str) {
    let Some(env) = place.parent() else { return };
    let lines = session.analysis.with_untracked(|analysis| edits::scripts_that_read(analysis, &env, old));
    let (which, read) = match lines.as_slice() {
        [] => return,
        [line] => (format!("The script in line {line}"), "reads"),
        [all @ .., last] => {
            let all: Vec<_> = all.iter().map(ToString::to_string).collect();
            (format!("The scripts in lines {} and {last}", all.join(", ")), "read")
        }
    };
    let words = format!("{which} still {read} `{old}`; change it there by hand.");
    session.toaster.show(Tone::Warning, words, None);
}

/// Tells, once the input of a trigger, or an input or output of an action, that was at `place` is called `new`, who else
/// has it under that name: another trigger, as expressions read both alike, and the workflows that use this file.
pub(crate) fn tell_of_input(session: Session, place: &Path, new: &str) {
    let is_action = session.analysis.with_untracked(|analysis| analysis.kind == FileKind::Action);
    if let [Step::Key(group), Step::Key(_)] = place.steps()
        && is_action
        && matches!(group.as_str(), "inputs" | "outputs")
    {
        let words = "Workflows that use this action must follow.";
        return session.toaster.show(Tone::Warning, words.to_owned(), None);
    }
    let [Step::Key(on), Step::Key(event), Step::Key(inputs), Step::Key(_)] = place.steps() else { return };
    if on != "on" || inputs != "inputs" {
        return;
    }
    let has = |event: &str| {
        let place = path!["on", event, "inputs", new];
        session.analysis.with_untracked(|analysis| analysis.tree.at(&place).is_some())
    };
    let other = match event.as_str() {
        "workflow_call" => "workflow_dispatch",
        _ => "workflow_call",
    };
    let words = match (has(other), has("workflow_call")) {
        (true, _) => format!(
            "The input of `{other}` is called `{new}` now, too; workflows that call this one must follow."
        ),
        (false, true) => "Workflows that call this one must follow.".to_owned(),
        (false, false) => return,
    };
    session.toaster.show(Tone::Warning, words, None);
}
