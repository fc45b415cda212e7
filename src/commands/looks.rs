//! How the page looks: its panes, colours and editor.

use leptos::prelude::*;

use super::{Command, editing};
use crate::shell::{Mode, Shell, Theme, Width};
use crate::ui::icon::Icon;

/// They follow those of [`super::COMMANDS`].
pub(super) static LOOKS: &[Command] = &[
    Command {
        id: "visual",
        title: "Show graph and form",
        icon: Icon::Graph,
        keys: "Alt+1",
        enabled: wide,
        run: |shell| shell.set_mode(Mode::Visual),
    },
    Command {
        id: "split",
        title: "Show graph, form and YAML",
        icon: Icon::Form,
        keys: "Alt+2",
        enabled: wide,
        run: |shell| shell.set_mode(Mode::Split),
    },
    Command {
        id: "code",
        title: "Show the YAML alone",
        icon: Icon::Code,
        keys: "Alt+3",
        enabled: wide,
        run: |shell| shell.set_mode(Mode::Code),
    },
    Command {
        id: "light",
        title: "Use light colours",
        icon: Icon::Sun,
        keys: "",
        enabled: |shell| shell.theme.get() != Theme::Light,
        run: |shell| shell.theme.set(Theme::Light),
    },
    Command {
        id: "dark",
        title: "Use dark colours",
        icon: Icon::Moon,
        keys: "",
        enabled: |shell| shell.theme.get() != Theme::Dark,
        run: |shell| shell.theme.set(Theme::Dark),
    },
    Command {
        id: "system",
        title: "Use the system's colours",
        icon: Icon::Screen,
        keys: "",
        enabled: |shell| shell.theme.get() != Theme::System,
        run: |shell| shell.theme.set(Theme::System),
    },
    Command {
        id: "plain",
        title: "Use a plain text field for the YAML",
        icon: Icon::File,
        keys: "",
        enabled: |shell| editing(shell) && !shell.layout.get().plain,
        run: |shell| shell.layout.update(|layout| layout.plain = true),
    },
    Command {
        id: "full",
        title: "Use the full editor for the YAML",
        icon: Icon::Code,
        keys: "",
        enabled: |shell| editing(shell) && shell.layout.get().plain,
        run: |shell| shell.layout.update(|layout| layout.plain = false),
    },
];

fn wide(shell: Shell) -> bool {
    editing(shell) && shell.width.get() != Width::Phone
}
