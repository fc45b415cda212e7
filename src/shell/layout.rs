//! Screens, panes and dialogs, and what is remembered of how they are laid out.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::Shell;

/// Which of the screens is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    /// Templates, drafts, opening a file.
    Start,
    /// The lessons.
    Learn,
    /// The workflow.
    Editor,
    /// What the checks look for.
    Rules,
}

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Width {
    /// Below 700 px: one pane.
    Phone,
    /// Below 1,100 px: two panes.
    Tablet,
    /// Three panes.
    Desktop,
}

/// One way to see the workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pane {
    /// The job graph.
    Graph,
    /// The form of what is selected.
    Form,
    /// The YAML.
    Code,
    /// The list of problems; a tab of the drawer where there is room for one.
    Problems,
    /// The list of secrets and variables; likewise.
    Secrets,
    /// What an event would do; likewise.
    Plan,
    /// What the workflow needs from its repository; likewise.
    Preflight,
    /// The workflow in sentences; likewise.
    Explain,
    /// The open lesson; beside the columns where there is room.
    Lesson,
    /// What has changed since the file was opened; likewise.
    Changes,
}

impl Pane {
    /// Those side by side on a desktop, from the left. All others are tabs of the drawer.
    pub(crate) const COLUMNS: [Self; 3] = [Self::Graph, Self::Form, Self::Code];

    /// Whether it stands in the drawer, where there is one.
    #[must_use]
    pub(crate) fn in_drawer(self) -> bool {
        self != Self::Lesson && !Self::COLUMNS.contains(&self)
    }
}

/// The three usual choices of panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Graph and form.
    Visual,
    /// Graph, form and YAML.
    Split,
    /// YAML alone.
    Code,
}

/// What the graph is asked to do to what is selected, or to how it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// A new job.
    AddJob,
    /// A new step at the end of the job.
    AddStep,
    /// A copy of the step or job.
    Duplicate,
    /// To type another name for the job.
    Rename,
    /// The step or job off, or on again.
    Toggle,
    /// The step or job away.
    Remove,
    /// The step or job before the one above it.
    MoveUp,
    /// The step or job behind the one below it.
    MoveDown,
    /// To draw an edge from the job by keys.
    Connect,
    /// To select an edge of the job, or the next one.
    NextEdge,
    /// The selected edge of the job away, or the only one of those that it waits for.
    RemoveEdge,
    /// To go to the triggers.
    First,
    /// To go to the last job.
    Last,
    /// The form of the step, job or triggers.
    OpenForm,
    /// The menu of the step or job.
    OpenMenu,
    /// The list of the jobs that come of its matrix.
    Legs,
    /// To go to the step below, or to the first one.
    NextStep,
    /// To go to the step above, or to the last one.
    FormerStep,
    /// All steps of the job on its card, or only the first ones.
    Fold,
    /// To see all of it.
    ShowAll,
    /// To see it run the other way.
    Turn,
    /// To see it larger.
    ZoomIn,
    /// To see it smaller.
    ZoomOut,
}

/// A dialog about GitHub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GitHubDialog {
    /// To open files from there.
    Open,
    /// To sign in or out.
    SignIn,
    /// To create a secret or a variable.
    Create,
    /// To take newer versions of actions.
    Update,
    /// To commit the document.
    Commit,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system is set.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Panes and their sizes, as remembered from visit to visit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Layout {
    /// Whether graph, form and code are shown.
    pub(crate) shown: [bool; 3],
    /// Their shares of the width.
    pub(crate) share: [f64; 3],
    /// Whether the drawer is open.
    pub(crate) drawer: bool,
    /// Height of the open drawer in CSS pixels.
    pub(crate) drawer_height: f64,
    /// Whether a plain text field is wanted instead of Monaco.
    pub(crate) plain: bool,
    /// Whether the graph runs from top to bottom (else from left to right); `None`: as fits its pane.
    #[serde(default)]
    pub(crate) graph_runs_down: Option<bool>,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            shown: [true; 3],
            share: [0.36, 0.28, 0.36],
            drawer: false,
            drawer_height: 220.0,
            plain: false,
            graph_runs_down: None,
        }
    }
}

impl Layout {
    /// The usual choice that these panes are nearest to.
    #[must_use]
    pub(crate) fn mode(&self) -> Mode {
        match self.shown {
            [false, false, _] => Mode::Code,
            [_, _, false] => Mode::Visual,
            _ => Mode::Split,
        }
    }
}

impl Shell {
    /// Whether a pane has room now.
    pub(crate) fn shows(self, pane: Pane) -> bool {
        let layout = self.layout.get();
        let [graph, form, code] = layout.shown;
        match (self.width.get(), pane) {
            (Width::Phone, _) => self.pane.get() == pane,
            (_, Pane::Code) => code,
            (Width::Desktop, Pane::Graph) => graph,
            (Width::Desktop, Pane::Form) => form,
            // Two panes: beside the YAML there is room for one of graph and form.
            (Width::Tablet, Pane::Graph | Pane::Form) => match layout.mode() {
                Mode::Code => false,
                Mode::Visual => true,
                Mode::Split => self.beside_code.get() == pane,
            },
            (_, _) => false,
        }
    }
}
