//! What the editor of the YAML can do, at its caret.

use leptos::prelude::*;

use super::keys::{is_mac, label};
use super::{Command, editing, unkeyed};
use crate::shell::{Pane, Shell};
use crate::ui::icon::Icon;

/// The commands; they follow those of how things look.
pub(super) static CODE: &[Command] = &[
    Command {
        id: "outline",
        title: "Go to a job, step or key of the YAML",
        icon: Icon::Search,
        keys: "Mod+Shift+O",
        enabled: has_editor,
        run: |shell| does(shell, "editor.action.quickOutline"),
    },
    Command {
        id: "meaning",
        title: "Tell what stands at the caret of the YAML",
        icon: Icon::Hint,
        keys: "Mod+I",
        enabled: has_editor,
        run: |shell| does(shell, "editor.action.showHover"),
    },
    unkeyed("suggest", "Offer what may stand at the caret of the YAML", Icon::Plus, has_editor, |shell| {
        does(shell, "editor.action.triggerSuggest");
    }),
    unkeyed(
        "declaration",
        "Go to where the name at the caret of the YAML is declared",
        Icon::Right,
        has_editor,
        |shell| {
            does(shell, "editor.action.revealDefinition");
        },
    ),
    unkeyed(
        "references",
        "Show where the name at the caret of the YAML is used",
        Icon::Search,
        has_editor,
        |shell| {
            does(shell, "editor.action.goToReferences");
        },
    ),
    unkeyed("find", "Find in the YAML", Icon::Search, has_editor, |shell| does(shell, "actions.find")),
    unkeyed("replace", "Find and replace in the YAML", Icon::Search, has_editor, |shell| {
        does(shell, "editor.action.startFindReplaceAction");
    }),
    unkeyed(
        "change-all",
        "Change all places of the word at the caret of the YAML",
        Icon::Fix,
        has_editor,
        |shell| {
            does(shell, "editor.action.changeAll");
        },
    ),
    unkeyed(
        "comment",
        "Make a comment of the lines at the caret of the YAML, or YAML of the comment",
        Icon::Code,
        has_editor,
        |shell| {
            does(shell, "editor.action.commentLine");
        },
    ),
    unkeyed("fold-code", "Fold all of the YAML", Icon::Up, has_editor, |shell| does(shell, "editor.foldAll")),
    unkeyed("unfold-code", "Unfold all of the YAML", Icon::Down, has_editor, |shell| {
        does(shell, "editor.unfoldAll");
    }),
];

/// The keys that do the same while the editor of the YAML has the focus, as they are labelled on this machine.
#[must_use]
pub(super) fn key_in_code(id: &str) -> Option<String> {
    let keys = match id {
        "suggest" => return Some(if is_mac() { "⌃Space" } else { "Ctrl Space" }.to_owned()),
        "declaration" => "Mod+F12",
        "references" => "Shift+F12",
        "find" => "Mod+F",
        "replace" if is_mac() => "Mod+Alt+F",
        "replace" => "Mod+H",
        "change-all" => "Mod+F2",
        "comment" => "Mod+/",
        _ => return None,
    };
    Some(label(keys))
}

/// The plain text field can do none of it.
fn has_editor(shell: Shell) -> bool {
    editing(shell) && !shell.layout.get().plain
}

/// Has the editor of the YAML do what Monaco calls `action`.
fn does(shell: Shell, action: &'static str) {
    shell.reveal(Pane::Code);
    shell.in_code.update(|(times, asked)| (*times, *asked) = (times.wrapping_add(1), action));
}
