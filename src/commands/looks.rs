//! How the page looks: its panes, colours and editor.

use leptos::prelude::*;

use super::{Command, editing, unkeyed};
use crate::shell::{Mode, Pane, Shell, Theme, Width};
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
        enabled: |_| true,
        run: |shell| shell.theme.set(Theme::Light),
    },
    Command {
        id: "dark",
        title: "Use dark colours",
        icon: Icon::Moon,
        keys: "",
        enabled: |_| true,
        run: |shell| shell.theme.set(Theme::Dark),
    },
    Command {
        id: "system",
        title: "Use the system's colours",
        icon: Icon::Screen,
        keys: "",
        enabled: |_| true,
        run: |shell| shell.theme.set(Theme::System),
    },
    Command {
        id: "wrap",
        title: "Wrap long lines of the YAML, or let them run on",
        icon: Icon::Wrap,
        keys: "",
        enabled: |shell| editing(shell) && !shell.layout.get().plain,
        run: |shell| shell.wrap.set(Some(!untrack(|| shell.wraps()))),
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

/// Each pane by itself, and the drawer below them. They follow [`LOOKS`].
pub(super) static PANES: &[Command] = &[
    unkeyed(
        "show-graph",
        "Show the graph",
        Icon::Graph,
        |s| can(s, Pane::Graph, true),
        |s| s.reveal(Pane::Graph),
    ),
    unkeyed(
        "hide-graph",
        "Hide the graph",
        Icon::Graph,
        |s| can(s, Pane::Graph, false),
        |s| s.show_pane(Pane::Graph, false),
    ),
    unkeyed("show-form", "Show the form", Icon::Form, |s| can(s, Pane::Form, true), |s| s.reveal(Pane::Form)),
    unkeyed(
        "hide-form",
        "Hide the form",
        Icon::Form,
        |s| can(s, Pane::Form, false),
        |s| s.show_pane(Pane::Form, false),
    ),
    unkeyed("show-code", "Show the YAML", Icon::Code, |s| can(s, Pane::Code, true), |s| s.reveal(Pane::Code)),
    unkeyed(
        "hide-code",
        "Hide the YAML",
        Icon::Code,
        |s| can(s, Pane::Code, false),
        |s| s.show_pane(Pane::Code, false),
    ),
    unkeyed(
        "open-drawer",
        "Open the drawer",
        Icon::Up,
        |s| wide(s) && !s.layout.get().drawer,
        |s| {
            let tab = s.drawer.get_untracked();
            s.reveal(tab);
        },
    ),
    unkeyed(
        "close-drawer",
        "Close the drawer",
        Icon::Down,
        |s| wide(s) && s.layout.get().drawer,
        |s| {
            s.layout.update(|layout| layout.drawer = false);
        },
    ),
];

/// Whether that pane can be shown, or hidden: on a phone there is always one; elsewhere the last one stays.
fn can(shell: Shell, pane: Pane, show: bool) -> bool {
    if !editing(shell) {
        return false;
    }
    if shell.width.get() == Width::Phone {
        return show && shell.pane.get() != pane;
    }
    let layout = shell.layout.get();
    // On a tablet, graph and form share one place beside the YAML.
    if shell.width.get() == Width::Tablet && layout.mode() == Mode::Split && pane != Pane::Code {
        return show && shell.beside_code.get() != pane;
    }
    let shown = layout.shown;
    let is_shown = Pane::COLUMNS.iter().position(|other| *other == pane).is_some_and(|at| shown[at]);
    is_shown != show && (show || shown.iter().filter(|shown| **shown).count() > 1)
}

/// Whether what the command of that id makes is so already.
#[must_use]
pub(crate) fn is_so(shell: Shell, id: &str) -> bool {
    let theme = match id {
        "light" => Theme::Light,
        "dark" => Theme::Dark,
        "system" => Theme::System,
        _ => return false,
    };
    shell.theme.get() == theme
}

fn wide(shell: Shell) -> bool {
    editing(shell) && shell.width.get() != Width::Phone
}
