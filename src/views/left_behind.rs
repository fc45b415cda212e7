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

/// What callers of this workflow must do once the input, output or secret at `place`, which it declares for them, has
/// another name.
pub(crate) const CALLERS: &str = "workflows that call this one must follow";

/// Whether the value at `place` is what a call passes to the workflow or gets from it.
fn is_of_call(place: &Path) -> bool {
    let [Step::Key(on), Step::Key(event), Step::Key(group), Step::Key(_)] = place.steps() else {
        return false;
    };
    on == "on" && event == "workflow_call" && matches!(group.as_str(), "inputs" | "outputs" | "secrets")
}

/// Whether this workflow declares the secret for those who call it.
pub(crate) fn is_passed(session: Session, secret: &str) -> bool {
    let place = path!["on", "workflow_call", "secrets"];
    session.analysis.with_untracked(|analysis| {
        let declared = analysis.tree.at(&place);
        let mut names =
            declared.iter().flat_map(|secrets| secrets.entries()).filter_map(|entry| entry.name());
        names.any(|name| name.eq_ignore_ascii_case(secret))
    })
}

/// Tells, once what was at `place`, which an action or a trigger declares, is called `new`, who else has it under that
/// name: another trigger, as expressions read both alike, and the workflows that use this file.
pub(crate) fn tell_of_declared(session: Session, place: &Path, new: &str) {
    let is_action = session.analysis.with_untracked(|analysis| analysis.kind == FileKind::Action);
    if let [Step::Key(group), Step::Key(_)] = place.steps()
        && is_action
        && matches!(group.as_str(), "inputs" | "outputs")
    {
        let words = "Workflows that use this action must follow.";
        return session.toaster.show(Tone::Warning, words.to_owned(), None);
    }
    let [Step::Key(on), Step::Key(event), Step::Key(inputs), Step::Key(_)] = place.steps() else { return };
    let other = match event.as_str() {
        "workflow_call" => "workflow_dispatch",
        _ => "workflow_call",
    };
    let twin = path!["on", other, "inputs", new];
    let has_twin = on == "on"
        && inputs == "inputs"
        && session.analysis.with_untracked(|analysis| analysis.tree.at(&twin).is_some());
    let words = if has_twin {
        format!("The input of `{other}` is called `{new}` now, too; {CALLERS}.")
    } else if is_of_call(place) {
        crate::session::sentence(&format!("{CALLERS}."))
    } else {
        return;
    };
    session.toaster.show(Tone::Warning, words, None);
}
