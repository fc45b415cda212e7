//! What a person can do, as one table. Menus, the palette and the keys all read it.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use stepladder_workflow::{Finding, Severity};
use stepladder_yaml::{Path, TextRange};

use crate::files;
use crate::session::{Origin, Session, job_of, step_of};
use crate::shell::{GitHubDialog, Mode, Pane, Screen, Shell, Theme, Width};
use crate::ui::icon::Icon;
use crate::ui::toast::Tone;

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

/// All commands, in the palette's order.
pub(crate) static COMMANDS: &[Command] = &[
    Command {
        id: "palette",
        title: "Find a command, job or step",
        icon: Icon::Search,
        keys: "Mod+K F1",
        enabled: |_| true,
        run: |shell| shell.palette.update(|open| *open = !*open),
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

/// The command of that id.
#[must_use]
pub(crate) fn find(id: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.id == id)
}

/// Does the command of that id if it can be done now.
pub(crate) fn run(shell: Shell, id: &str) {
    if let Some(command) = find(id)
        && untrack(move || (command.enabled)(shell))
    {
        (command.run)(shell);
    }
}

/// The command whose shortcut `event` is.
#[must_use]
pub(crate) fn by_key(event: &KeyboardEvent) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.keys.split_whitespace().any(|keys| matches_keys(keys, event)))
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
    same && command == (event.ctrl_key() || event.meta_key())
        && shift == event.shift_key()
        && alt == event.alt_key()
}

/// The first shortcut of a command as its keys are labelled on this machine.
#[must_use]
pub(crate) fn keys_label(command: &Command) -> String {
    let keys = command.keys.split_whitespace().next().unwrap_or_default();
    if is_mac() {
        keys.replace("Mod", "⌘").replace("Shift", "⇧").replace("Alt", "⌥").replace('+', "")
    } else {
        keys.replace("Mod", "Ctrl").replace("Escape", "Esc").replace('+', " ")
    }
}

fn is_mac() -> bool {
    let agent = window().navigator().user_agent().unwrap_or_default();
    agent.contains("Mac OS") || agent.contains("iPhone") || agent.contains("iPad")
}

fn editing(shell: Shell) -> bool {
    shell.screen.get() == Screen::Editor
}

fn several(shell: Shell) -> bool {
    editing(shell) && shell.has_document() && shell.desk.files.with(|files| files.len() > 1)
}

fn wide(shell: Shell) -> bool {
    editing(shell) && shell.width.get() != Width::Phone
}

fn has_problems(shell: Shell) -> bool {
    editing(shell) && shell.session.echo.with(|analysis| !analysis.findings().is_empty())
}

/// Selects the next problem (`step` 1) or the one before (`step` -1), seen from the selection; goes round at the ends.
fn go_to_problem(shell: Shell, step: i32) {
    let session = shell.session;
    let selection = session.selection().get_untracked();
    let target = session.analysis.with_untracked(|analysis| {
        let here = selection.range.or_else(|| analysis.tree.at(&selection.path).map(|node| node.range()));
        let here = here.unwrap_or_default();
        let key = |finding: &Finding| (finding.range.start, finding.range.end);
        let findings = analysis.findings();
        let found = if step > 0 {
            findings.iter().find(|f| key(f) > (here.start, here.end)).or(findings.first())
        } else {
            findings.iter().rev().find(|f| key(f) < (here.start, here.end)).or(findings.last())
        };
        found.cloned()
    });
    if let Some(finding) = target {
        select_finding(shell, finding.range);
        session.toaster.show(tone(finding.severity), finding.message, None);
    }
}

/// Selects a problem's place in all views; on a phone the YAML comes to the front.
pub(crate) fn select_finding(shell: Shell, range: TextRange) {
    shell.session.select_range(range, Origin::Problems);
    if shell.width.get_untracked() == Width::Phone {
        shell.pane.set(Pane::Code);
    }
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Error,
        Severity::Warning => Tone::Warning,
        Severity::Hint => Tone::Hint,
    }
}

/// The finding with a fix that the selection is on.
fn problem_at_selection(session: Session) -> Option<Finding> {
    let selection = session.selection().get();
    session.analysis.with(|analysis| {
        let node = || {
            analysis
                .tree
                .at(&selection.path)
                .filter(|_| selection.path != Path::root())
                .map(|node| node.full_range())
        };
        let range = selection.range.or_else(node)?;
        let touches =
            |f: &&Finding| f.fix.is_some() && f.range.start <= range.end && range.start <= f.range.end;
        analysis.findings().iter().find(touches).cloned()
    })
}

/// Makes a finding go away and offers to take that back.
pub(crate) fn fix(session: Session, finding: &Finding) {
    if let Some(fix) = finding.fix.clone()
        && session.apply(fix.edit, fix.title, Origin::Problems)
    {
        session.offer_undo();
    }
}

fn next_safe_fix(session: Session) -> Option<Finding> {
    session.analysis.with(|analysis| {
        analysis.findings().iter().find(|f| f.fix.as_ref().is_some_and(|fix| fix.safe)).cloned()
    })
}

/// Fixes one finding after the other, as each fix is made for the text that it was found in.
fn fix_all(shell: Shell) {
    let session = shell.session;
    let mut count = 0;
    let most = session.analysis.with_untracked(|analysis| analysis.findings().len());
    while count < most
        && let Some(Finding { fix: Some(fix), .. }) = untrack(move || next_safe_fix(session))
        && session.apply(fix.edit, fix.title, Origin::Problems)
    {
        count += 1;
    }
    let noun = if count == 1 { "problem" } else { "problems" };
    session.toaster.show(Tone::Done, format!("Fixed {count} {noun}."), None);
}

/// From anything in a step to the step, to its job, to the workflow.
fn select_up(session: Session) {
    let path = session.selection().with_untracked(|selection| selection.path.clone());
    let step =
        job_of(&path).zip(step_of(&path)).map(|(id, at)| stepladder_yaml::path!["jobs", id, "steps", at]);
    let job = job_of(&path).map(|id| stepladder_yaml::path!["jobs", id]);
    let up = [step, job].into_iter().flatten().find(|up| *up != path).unwrap_or_default();
    session.select(up, Origin::Command);
}
