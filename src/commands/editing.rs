//! What a person can do to the workflow itself and to the view of its graph. The graph does it, see [`Wish`].

use leptos::prelude::*;
use stepladder_workflow::FileKind;
use stepladder_yaml::{Path, Step, path};
use wasm_bindgen::JsCast;

use super::keys::is_mac;
use super::{Command, editing, unkeyed};
use crate::monaco::leave;
use crate::session::{Origin, job_of, step_path};
use crate::shell::{Pane, Shell, Wish};
use crate::ui::icon::Icon;
use crate::ui::keep_focus;
use crate::ui::reach::{Reach, reach, seen};

/// They follow those of [`super::COMMANDS`].
pub(super) static EDITING: &[Command] = &[
    unkeyed("add-job", "Add a job", Icon::Plus, can_add_job, |shell| shell.wish(Wish::AddJob)),
    unkeyed("add-step", "Add a step to the selected job", Icon::Plus, in_job, |shell| {
        shell.wish(Wish::AddStep)
    }),
    unkeyed("add-trigger", "Add a trigger", Icon::Bolt, in_workflow, |shell| {
        shell.reveal(Pane::Form);
        shell.session.select(Path::root(), Origin::Command);
        reach(".form .add-trigger .pick-open", Reach::Press);
    }),
    unkeyed(
        "insert-expression",
        "Insert an expression into the field",
        Icon::Code,
        |shell| editing(shell) && builder().is_some() || in_step(shell),
        |shell| match builder() {
            Some(builder) => request_animation_frame(move || builder.click()),
            None => insert_into_step(shell),
        },
    ),
    unkeyed(
        "newest-version",
        "Use the newest version of the selected step's action",
        Icon::Up,
        |shell| in_step(shell) && seen(NEWEST).is_some(),
        |shell| press(shell, NEWEST),
    ),
    unkeyed(
        "take-all-back",
        "Take all changes back",
        Icon::Undo,
        |shell| editing(shell) && shell.session.dirty.get(),
        |shell| {
            shell.reveal(Pane::Changes);
            reach(".changes-bar .button", Reach::Press);
        },
    ),
    unkeyed("add-action", "Add an action to the selected job", Icon::Search, in_job, |shell| {
        let job =
            shell.session.selection().with_untracked(|selection| job_of(&selection.path).map(str::to_owned));
        shell.reveal(Pane::Form);
        shell.session.select(path!["jobs", job.unwrap_or_default()], Origin::Command);
        reach(".form .add-action", Reach::Press);
    }),
    unkeyed("duplicate", "Duplicate the selected job or step", Icon::Copy, in_job, |shell| {
        shell.wish(Wish::Duplicate);
    }),
    unkeyed("rename", "Rename the selected job", Icon::Fix, in_job, |shell| shell.wish(Wish::Rename)),
    unkeyed("toggle", "Switch the selected job or step off, or on again", Icon::Hide, in_job, |shell| {
        shell.wish(Wish::Toggle);
    }),
    unkeyed("remove", "Remove the selected job or step", Icon::Trash, in_job, |shell| {
        shell.wish(Wish::Remove)
    }),
    unkeyed("move-up", "Move the selected job or step up", Icon::Up, in_job, |shell| {
        shell.wish(Wish::MoveUp)
    }),
    unkeyed("move-down", "Move the selected job or step down", Icon::Down, in_job, |shell| {
        shell.wish(Wish::MoveDown);
    }),
    unkeyed("move-to-job", "Move the selected step to another job", Icon::Right, has_other_job, |shell| {
        press(shell, ".step-move .pick-open");
    }),
    unkeyed("make-script", "Make the selected step run a script", Icon::Code, in_step, |shell| {
        press(shell, ".step-to-script");
    }),
    unkeyed("make-action", "Make the selected step use an action", Icon::Step, in_step, |shell| {
        press(shell, ".step-to-action");
    }),
    unkeyed(
        "connect",
        "Draw an edge from the selected job to one that shall wait",
        Icon::Right,
        in_job,
        |shell| {
            shell.wish(Wish::Connect);
        },
    ),
    unkeyed(
        "next-edge",
        "Select an edge of the selected job, or its next one",
        Icon::Right,
        has_edges,
        |shell| {
            shell.wish(Wish::NextEdge);
        },
    ),
    unkeyed(
        "remove-edge",
        "Remove an edge: a job no longer waits for another",
        Icon::Trash,
        has_edges,
        |shell| {
            shell.wish(Wish::RemoveEdge);
        },
    ),
    unkeyed("legs", "List the jobs that come of a matrix", Icon::Job, has_matrix, |shell| {
        shell.wish(Wish::Legs);
    }),
    unkeyed("open-form", "Open the form of the selected job or step", Icon::Form, has_form, |shell| {
        shell.wish(Wish::OpenForm);
    }),
    unkeyed("open-menu", "Open the menu of the selected job or step", Icon::More, in_job, |shell| {
        shell.wish(Wish::OpenMenu);
    }),
    unkeyed("to-triggers", "Go to the triggers", Icon::Bolt, in_workflow, |shell| shell.wish(Wish::First)),
    unkeyed("to-last-job", "Go to the last job", Icon::Job, in_workflow, |shell| shell.wish(Wish::Last)),
    unkeyed("former-step", "Go to the former step of the selected job", Icon::Up, in_job, |shell| {
        shell.wish(Wish::FormerStep);
    }),
    unkeyed("next-step", "Go to the next step of the selected job", Icon::Down, in_job, |shell| {
        shell.wish(Wish::NextStep);
    }),
    unkeyed(
        "fold",
        "Show all steps of the selected job, or only the first ones",
        Icon::Step,
        in_job,
        |shell| {
            shell.wish(Wish::Fold);
        },
    ),
    unkeyed("show-all", "Show the whole graph", Icon::Graph, editing, |shell| shell.wish(Wish::ShowAll)),
    unkeyed("turn", "Turn the graph: left to right, or top to bottom", Icon::Graph, editing, |shell| {
        shell.wish(Wish::Turn);
    }),
    unkeyed("zoom-in", "Zoom the graph in", Icon::Plus, editing, |shell| shell.wish(Wish::ZoomIn)),
    unkeyed("zoom-out", "Zoom the graph out", Icon::Search, editing, |shell| shell.wish(Wish::ZoomOut)),
    unkeyed("tab", "In the YAML, let Tab move the focus, or indent again", Icon::Right, editing, |shell| {
        leave::toggle(shell.session);
    }),
    unkeyed(
        "preflight",
        "Show what the workflow needs from its repository (preflight)",
        Icon::GitHub,
        editing,
        |shell| shell.reveal(Pane::Preflight),
    ),
];

/// The button that builds an expression for the field that somebody is in, or was in before they asked for a command.
fn builder() -> Option<web_sys::HtmlElement> {
    let field =
        keep_focus::last()?.closest(".form :is([data-field], .pair):has(.picker-open)").ok().flatten()?;
    field.query_selector(".picker-open").ok().flatten()?.dyn_into().ok()
}

/// The button that takes the newest version of an action.
const NEWEST: &str = ".step-newest";

/// Nobody is in a field: what a step runs is where an expression mostly goes, else the first field that may have one.
fn insert_into_step(shell: Shell) {
    let step = shell.session.selection().with_untracked(|selection| step_path(&selection.path));
    let has = |key: &str| {
        let path = step.as_ref().map(|step| step.child(key));
        path.is_some_and(|path| shell.session.analysis.with_untracked(|a| a.tree.at(&path).is_some()))
    };
    press(
        shell,
        match (has("run"), has("with")) {
            (true, _) => "[data-field$='.run'] .picker-open",
            (false, true) => "[data-field*='.with.'] .picker-open",
            (false, false) => ".picker-open",
        },
    );
}

/// The key that does the same elsewhere, and where.
#[must_use]
pub(crate) fn key_elsewhere(id: &str) -> Option<String> {
    if id == "tab" {
        let keys = if is_mac() { "⌃⇧M" } else { "Ctrl+M" };
        return Some(format!("{keys} in the YAML; Esc, then Tab leaves it"));
    }
    let in_code = || super::code::key_in_code(id).map(|key| format!("{key} in the YAML"));
    key_on_graph(id).map(|key| format!("{key} on the graph")).or_else(in_code)
}

/// Keys of the graph that are no command by themselves, as they depend on where one is, and what they do.
pub(crate) static TRAVEL: &[(&str, &str)] = &[
    ("← ↑ → ↓", "Go to the next card that way"),
    ("Space", "Select the job, not a step of it"),
    ("Escape", "Back from a step to its job, or leave what was begun"),
];

/// The key of the graph that does what the command of that id does.
#[must_use]
pub(crate) fn key_on_graph(id: &str) -> Option<&'static str> {
    Some(match id {
        "add-job" => "N",
        "add-step" => "S",
        "duplicate" => "D",
        "rename" => "F2",
        "remove" => "Delete",
        "move-up" => "Alt+Shift+↑",
        "move-down" => "Alt+Shift+↓",
        "move-to-job" => "J",
        "connect" => "C",
        "next-edge" => "X",
        "remove-edge" => "X, then Delete",
        "legs" => "M",
        "open-form" => "Enter",
        "open-menu" => "Shift+F10",
        "to-triggers" => "Home",
        "to-last-job" => "End",
        "former-step" => "Alt+↑",
        "next-step" => "Alt+↓",
        "fold" => "E",
        "show-all" => "0",
        "turn" => "T",
        "zoom-in" => "+",
        "zoom-out" => "-",
        _ => return None,
    })
}

/// An action's metadata has no jobs.
fn in_workflow(shell: Shell) -> bool {
    editing(shell) && shell.session.analysis.with(|analysis| analysis.kind == FileKind::Workflow)
}

fn can_add_job(shell: Shell) -> bool {
    let model = shell.session.model.get();
    in_workflow(shell)
        && model.is_some_and(|part| shell.session.analysis.with(|analysis| (part.can_add_job)(analysis)))
}

/// Presses a button of the form of what is selected.
fn press(shell: Shell, button: &str) {
    shell.reveal(Pane::Form);
    reach(format!(".form:not([aria-busy]) {button}"), Reach::Press);
}

/// What is selected has a form of its own.
fn has_form(shell: Shell) -> bool {
    editing(shell) && shell.session.selection().with(|selection| selection.path != Path::root())
}

/// Whether a job is selected that waits for another, or that another waits for.
fn has_edges(shell: Shell) -> bool {
    let own = shell.session.selection().with(|selection| job_of(&selection.path).map(str::to_owned));
    editing(shell)
        && own.is_some_and(|own| {
            shell.session.analysis.with(|analysis| {
                let needs_it = |need: &str| need.eq_ignore_ascii_case(&own);
                let jobs = &analysis.workflow.jobs;
                jobs.iter().any(|job| {
                    let is_own = job.id.value == own && !job.needs.is_empty();
                    is_own || job.needs.iter().any(|need| needs_it(&need.value))
                })
            })
        })
}

fn has_matrix(shell: Shell) -> bool {
    let own = shell.session.selection().with(|selection| job_of(&selection.path).map(str::to_owned));
    let has = |id: String| {
        shell
            .session
            .analysis
            .with(|analysis| analysis.workflow.job(&id).is_some_and(|job| job.matrix.is_some()))
    };
    editing(shell) && own.is_some_and(has)
}

fn in_step(shell: Shell) -> bool {
    editing(shell) && shell.session.selection().with(|selection| step_path(&selection.path).is_some())
}

/// Whether a step is selected that another job could take, which one of a parallel group is not.
fn has_other_job(shell: Shell) -> bool {
    let path = shell.session.selection().with(|selection| selection.path.clone());
    let is_in_group =
        matches!(path.steps().get(4..), Some([Step::Key(group), Step::Index(_), ..]) if group == "parallel");
    in_step(shell)
        && !is_in_group
        && job_of(&path).is_some_and(|own| {
            shell.session.analysis.with(|analysis| {
                let jobs = &analysis.workflow.jobs;
                jobs.iter().any(|job| job.uses.is_none() && !job.is_twin() && job.id.value != own)
            })
        })
}

fn in_job(shell: Shell) -> bool {
    editing(shell) && shell.session.selection().with(|selection| job_of(&selection.path).is_some())
}
