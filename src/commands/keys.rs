//! Shortcuts: which command a pressed key is meant for, and how its keys are labelled on this machine.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::{Command, all};

/// The command whose shortcut `event` is.
#[must_use]
pub(crate) fn by_key(event: &KeyboardEvent) -> Option<&'static Command> {
    all().find(|command| command.keys.split_whitespace().any(|keys| matches_keys(keys, event)))
}

fn matches_keys(keys: &str, event: &KeyboardEvent) -> bool {
    let (mut command, mut shift, mut alt) = (false, false, false);
    let mut key = "";
    for part in keys.split('+') {
        match part {
            "Mod" => command = true,
            "Shift" => shift = true,
            "Alt" => alt = true,
            _ => key = part,
        }
    }
    let pressed = event.key();
    // With Alt the character depends on the keyboard; the digit's place does not.
    let same = pressed.eq_ignore_ascii_case(key) || (alt && event.code().strip_prefix("Digit") == Some(key));
    // Whether a sign needs Shift depends on the keyboard too.
    let is_sign = key.starts_with(|c: char| c.is_ascii_punctuation());
    same && command == (event.ctrl_key() || event.meta_key())
        && (is_sign || shift == event.shift_key())
        && alt == event.alt_key()
}

/// The first shortcut of a command as its keys are labelled on this machine.
#[must_use]
pub(crate) fn keys_label(command: &Command) -> String {
    label(command.keys.split_whitespace().next().unwrap_or_default())
}

/// A shortcut as its keys are labelled on this machine.
#[must_use]
pub(crate) fn label(keys: &str) -> String {
    if is_mac() {
        keys.replace("Mod", "⌘").replace("Shift", "⇧").replace("Alt", "⌥").replace('+', "")
    } else {
        keys.replace("Mod", "Ctrl").replace("Escape", "Esc").replace('+', " ")
    }
}

/// Whether this machine has the keys of a Mac.
#[must_use]
pub(super) fn is_mac() -> bool {
    let agent = window().navigator().user_agent().unwrap_or_default();
    agent.contains("Mac OS") || agent.contains("iPhone") || agent.contains("iPad")
}
