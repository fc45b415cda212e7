//! What hands the workflow on first lets the field be left in which somebody types: its text may wait for that, or for an
//! answer.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::Command;
use crate::shell::Shell;
use crate::ui::toast::Action;

/// The commands that take the text as it is to somewhere else.
const HAND_ON: &[&str] = &[
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

/// Whether the command takes the text as it is to somewhere else.
pub(crate) fn hands_on(command: &Command) -> bool {
    HAND_ON.contains(&command.id)
}

/// Does the command; when it hands the workflow on, with all that was typed in it.
pub(crate) fn start(shell: Shell, command: &'static Command) {
    if !hands_on(command) {
        return (command.run)(shell);
    }
    let Some(field) = typed_field() else { return once_answered(shell, command) };
    let _ = field.blur();
    // An editor tells a moment later that it was left.
    set_timeout(
        move || {
            if field.is_connected() {
                let _ = field.focus();
            }
            once_answered(shell, command);
        },
        Duration::ZERO,
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
fn typed_field() -> Option<HtmlElement> {
    let is_field = |element: &Element| {
        element.matches("input, textarea").unwrap_or_default()
            && element.closest(".form, .graph").ok().flatten().is_some()
    };
    document().active_element().filter(is_field)?.dyn_into().ok()
}
