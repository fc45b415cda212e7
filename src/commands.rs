//! What a person can do, as one table. Menus, the palette and the keys all read it.

mod code;
pub(crate) mod editing;
pub(crate) mod keys;
pub(crate) mod looks;
pub(crate) mod pressed;
pub(crate) mod problems;
pub(crate) mod settle;
mod travel;
pub(crate) mod words;

use leptos::prelude::*;
use stepladder_yaml::{Path, path};

use self::problems::{fix, fix_all, go_to_problem, has_problems, next_safe_fix, problem_at_selection};
use crate::files;
use crate::session::{Origin, Session, job_of, step_path};
use crate::shell::{GitHubDialog, Pane, Screen, Shell};
use crate::ui::icon::Icon;

/// One thing that a person can do.
pub(crate) struct Command {
    /// Its name in code.
    pub(crate) id: &'static str,
    /// Its name for people.
    pub(crate) title: &'static str,
    /// Its icon.
    pub(crate) icon: Icon,
    /// Its shortcuts, such as `Mod+Shift+Z`; `Mod` is Ctrl, or ⌘ on a Mac. Several are separated by spaces.
    pub(crate) keys: &'static str,
    /// Whether it can be done now.
    pub(crate) enabled: fn(Shell) -> bool,
    /// Does it.
    pub(crate) run: fn(Shell),
}

impl PartialEq for Command {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// A command without a shortcut.
const fn unkeyed(
    id: &'static str,
    title: &'static str,
    icon: Icon,
    enabled: fn(Shell) -> bool,
    run: fn(Shell),
) -> Command {
    Command { id, title, icon, keys: "", enabled, run }
}

/// All commands, in the palette's order.
pub(crate) fn all() -> impl Iterator<Item = &'static Command> {
    let rest = [looks::LOOKS, code::CODE, looks::PANES, travel::TRAVEL, editing::EDITING];
    COMMANDS.iter().chain(rest.into_iter().flatten())
}

static COMMANDS: &[Command] = &[
    Command {
        id: "palette",
        title: "Find a command, job or step",
        icon: Icon::Search,
        keys: "Mod+K F1",
        enabled: |_| true,
        run: |shell| shell.palette.update(|open| *open = !*open),
    },
    Command {
        id: "shortcuts",
        title: "Show the keyboard shortcuts",
        icon: Icon::Hint,
        keys: "?",
        enabled: |_| true,
        run: |shell| shell.shortcuts.set(true),
    },
    Command {
        id: "undo",
        title: "Undo",
        icon: Icon::Undo,
        keys: "Mod+Z",
        enabled: |shell| editing(shell) && shell.session.undo_label().is_some(),
        run: |shell| shell.session.undo(),
    },
    Command {
        id: "redo",
        title: "Redo",
        icon: Icon::Redo,
        keys: "Mod+Shift+Z Mod+Y",
        enabled: |shell| editing(shell) && shell.session.redo_label().is_some(),
        run: |shell| shell.session.redo(),
    },
    Command {
        id: "next-problem",
        title: "Go to the next problem",
        icon: Icon::Down,
        keys: "F8",
        enabled: has_problems,
        run: |shell| go_to_problem(shell, 1),
    },
    Command {
        id: "previous-problem",
        title: "Go to the previous problem",
        icon: Icon::Up,
        keys: "Shift+F8",
        enabled: has_problems,
        run: |shell| go_to_problem(shell, -1),
    },
    Command {
        id: "fix",
        title: "Fix the problem at the selection",
        icon: Icon::Fix,
        keys: "Mod+.",
        enabled: |shell| editing(shell) && problem_at_selection(shell.session).is_some(),
        run: |shell| {
            if let Some(finding) = problem_at_selection(shell.session) {
                fix(shell.session, &finding);
            }
        },
    },
    Command {
        id: "fix-all",
        title: "Fix all problems with a safe fix",
        icon: Icon::Fix,
        keys: "",
        enabled: |shell| editing(shell) && next_safe_fix(shell.session).is_some(),
        run: fix_all,
    },
    Command {
        id: "commit",
        title: "Commit to GitHub",
        icon: Icon::GitHub,
        keys: "Mod+Shift+S",
        enabled: editing,
        run: |shell| shell.github_dialog.set(Some(GitHubDialog::Commit)),
    },
    Command {
        id: "share",
        title: "Copy a link that carries the workflow",
        icon: Icon::Copy,
        keys: "",
        enabled: editing,
        run: |shell| {
            if let Some(part) = shell.session.model.get_untracked() {
                (part.copy_link)(shell);
            }
        },
    },
    Command {
        id: "export-all",
        title: "Share and export: link, files, graph, findings",
        icon: Icon::Share,
        keys: "",
        enabled: editing,
        run: |shell| shell.sharing.set(true),
    },
    Command {
        id: "open-github",
        title: "Open from GitHub",
        icon: Icon::GitHub,
        keys: "",
        enabled: |_| true,
        run: |shell| shell.github_dialog.set(Some(GitHubDialog::Open)),
    },
    Command {
        id: "sign-in",
        title: "Sign in to GitHub, or out",
        icon: Icon::Key,
        keys: "",
        enabled: |_| true,
        run: |shell| shell.github_dialog.set(Some(GitHubDialog::SignIn)),
    },
    Command {
        id: "copy",
        title: "Copy the YAML",
        icon: Icon::Copy,
        keys: "",
        enabled: editing,
        run: files::copy_yaml,
    },
    Command {
        id: "download",
        title: "Download the file",
        icon: Icon::Download,
        keys: "Mod+S",
        enabled: editing,
        run: files::download,
    },
    Command {
        id: "export",
        title: "Where to put the file on GitHub",
        icon: Icon::Folder,
        keys: "",
        enabled: editing,
        run: |shell| shell.export.set(true),
    },
    Command {
        id: "versions",
        title: "Go back to an earlier version",
        icon: Icon::Undo,
        keys: "",
        enabled: |shell| editing(shell) && shell.has_document(),
        run: |shell| shell.versions.set(true),
    },
    Command {
        id: "next-file",
        title: "Go to the next open file",
        icon: Icon::Right,
        keys: "Alt+PageDown",
        enabled: several,
        run: |shell| shell.next_file(1),
    },
    Command {
        id: "previous-file",
        title: "Go to the previous open file",
        icon: Icon::Left,
        keys: "Alt+PageUp",
        enabled: several,
        run: |shell| shell.next_file(-1),
    },
    Command {
        id: "close-file",
        title: "Close this file; its draft is kept",
        icon: Icon::Close,
        keys: "",
        enabled: |shell| editing(shell) && shell.has_document(),
        run: |shell| {
            if let Some(front) = shell.desk.front.get_untracked() {
                shell.close_file(&front.id);
            }
        },
    },
    Command {
        id: "save-template",
        title: "Save as a template of your own",
        icon: Icon::Template,
        keys: "",
        enabled: editing,
        run: |shell| shell.own.saving.set(true),
    },
    Command {
        id: "templates",
        title: "Start from a template",
        icon: Icon::Template,
        keys: "",
        enabled: |_| true,
        run: Shell::show_start,
    },
    Command {
        id: "learn",
        title: "Learn by doing",
        icon: Icon::Book,
        keys: "",
        enabled: |shell| shell.screen.get() != Screen::Learn,
        run: Shell::show_learn,
    },
    Command {
        id: "rules",
        title: "Look up what the checks find",
        icon: Icon::Hint,
        keys: "",
        enabled: |_| true,
        run: |shell| shell.show_rules(None),
    },
    Command {
        id: "open",
        title: "Open a file",
        icon: Icon::Folder,
        keys: "Mod+O",
        enabled: |_| true,
        run: files::pick,
    },
    Command {
        id: "paste",
        title: "Paste a workflow",
        icon: Icon::Paste,
        keys: "",
        enabled: |_| true,
        run: |shell| shell.paste.set(true),
    },
    Command {
        id: "empty",
        title: "New empty workflow",
        icon: Icon::Plus,
        keys: "",
        enabled: |_| true,
        run: |shell| shell.open(files::NEW, "workflow.yml", true),
    },
    Command {
        id: "problems",
        title: "Show problems",
        icon: Icon::Warning,
        keys: "",
        enabled: editing,
        run: |shell| shell.reveal(Pane::Problems),
    },
    Command {
        id: "secrets",
        title: "Show secrets and variables",
        icon: Icon::Key,
        keys: "",
        enabled: editing,
        run: |shell| shell.reveal(Pane::Secrets),
    },
    Command {
        id: "plan",
        title: "Show what an event would run",
        icon: Icon::Play,
        keys: "",
        enabled: editing,
        run: |shell| shell.reveal(Pane::Plan),
    },
    Command {
        id: "explain",
        title: "Explain the workflow in plain sentences",
        icon: Icon::Speech,
        keys: "",
        enabled: editing,
        run: |shell| shell.reveal(Pane::Explain),
    },
    Command {
        id: "changes",
        title: "Show what has changed",
        icon: Icon::Changes,
        keys: "",
        enabled: editing,
        run: |shell| shell.reveal(Pane::Changes),
    },
    Command {
        id: "up",
        title: "Select what holds the selection",
        icon: Icon::Up,
        keys: "Escape",
        enabled: |shell| editing(shell) && shell.session.selection().with(|s| s.path != Path::root()),
        run: |shell| select_up(shell.session),
    },
];

/// The command of that id.
#[must_use]
pub(crate) fn find(id: &str) -> Option<&'static Command> {
    all().find(|command| command.id == id)
}

/// Does the command of that id if it can be done now.
pub(crate) fn run(shell: Shell, id: &str) {
    if let Some(command) = find(id)
        && untrack(move || (command.enabled)(shell))
    {
        settle::start(shell, command);
    }
}

fn editing(shell: Shell) -> bool {
    shell.screen.get() == Screen::Editor
}

fn several(shell: Shell) -> bool {
    editing(shell) && shell.has_document() && shell.desk.files.with(|files| files.len() > 1)
}

/// From anything in a step to the step, to its job, to the workflow.
fn select_up(session: Session) {
    let path = session.selection().with_untracked(|selection| selection.path.clone());
    let job = job_of(&path).map(|id| path!["jobs", id]);
    let up = [step_path(&path), job].into_iter().flatten().find(|up| *up != path).unwrap_or_default();
    session.select(up, Origin::Command);
}
