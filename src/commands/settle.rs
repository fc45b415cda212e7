//! What hands the workflow on first lets the field be left in which somebody types: its text may wait for that, or for an
//! answer.

use std::time::Duration;

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::Command;
use crate::shell::Shell;
use crate::ui::question::Question;
use crate::ui::toast::Action;

/// The commands that take the text as it is to somewhere else, and the one that lists all commands: it would stand over the
/// question that the field leads to which is left for it.
const HAND_ON: &[&str] = &[
    "palette",
    "commit",
    "share",
    "export-all",
    "copy",
    "download",
    "save-template",
    "next-file",
    "previous-file",
    "close-file",
];

/// The command that leads from a field to what it belongs to, so that it is gone.
const UP: &str = "up";

/// So long after a press a field has told that it was left: nobody has let go of the button, or answered, by then.
const LEFT: Duration = Duration::from_millis(30);

/// Whether the command waits for the field that is left, and for what is asked then.
pub(crate) fn hands_on(command: &Command) -> bool {
    HAND_ON.contains(&command.id)
}

/// Does the command; when it hands the workflow on, or leads away from a field, with all that was typed in it.
pub(crate) fn start(shell: Shell, command: &'static Command) {
    if !hands_on(command) && command.id != UP {
        return (command.run)(shell);
    }
    let Some(field) = typed_field() else { return once_answered(shell, command) };
    let _ = field.blur();
    let is_editor = field.closest(".monaco-editor").is_ok_and(|editor| editor.is_some());
    let go_on = move || {
        if field.is_connected() {
            let _ = field.focus();
        }
        once_answered(shell, command);
    };
    // An editor tells a moment later that it was left. Who goes up may press the next key at once.
    if is_editor || command.id != UP {
        set_timeout(go_on, Duration::ZERO);
    } else {
        go_on();
    }
}

/// The mouse goes down on the button of a command: what waits in the field that is left by that may lead to a question, so
/// that the button is never let go of, and what was pressed is done after the answer.
pub(crate) fn press(shell: Shell, id: &str, event: &MouseEvent) {
    let Some(command) = super::find(id).filter(|command| hands_on(command)) else { return };
    press_of(shell, event, || false, Action::new(command.title, move || (command.run)(shell)));
}

/// As [`press`], on what does this and is no command. It is not done once more where it `is_heard` that the mouse was let
/// go of there.
pub(crate) fn press_of(
    shell: Shell,
    event: &MouseEvent,
    is_heard: impl Fn() -> bool + 'static,
    then: Action,
) {
    if event.button() != 0 || shell.session.is_asking() || typed_field().is_none() {
        return;
    }
    set_timeout(
        move || {
            let by_leaving = |question: &Option<Question>| question.as_ref().is_some_and(|it| it.unasked);
            if shell.session.question.with_untracked(by_leaving) && !is_heard() {
                shell.session.afterwards.set(Some(then));
            }
        },
        LEFT,
    );
}

/// Does the command, after the answer to the question if there is one.
fn once_answered(shell: Shell, command: &'static Command) {
    if shell.session.is_asking() {
        let then = Action::new(command.title, move || (command.run)(shell));
        shell.session.afterwards.set(Some(then));
    } else {
        (command.run)(shell);
    }
}

/// The field that somebody types into. The editor of the whole text has nothing that waits.
pub(super) fn typed_field() -> Option<HtmlElement> {
    let is_field = |element: &Element| {
        element.matches("input, textarea").unwrap_or_default()
            && element.closest(".form, .graph").ok().flatten().is_some()
    };
    document().active_element().filter(is_field)?.dyn_into().ok()
}
