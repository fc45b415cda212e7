//! What is selected and lit up, and who said so.

use stepladder_yaml::{Path, Step, TextRange, twin_of};

/// Where a change or a selection comes from. A view ignores selections that came from itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The code editor.
    Code,
    /// The job graph.
    Graph,
    /// A form.
    Form,
    /// The list of problems, or the keys that walk through it.
    Problems,
    /// The list of secrets and variables.
    Secrets,
    /// What an event would do.
    Plan,
    /// The workflow in sentences.
    Explain,
    /// The header, the palette or a key.
    Command,
    /// Undo or redo.
    History,
    /// A document was opened.
    Open,
}

/// What is selected, in all views at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    /// The selected node; the root when nothing is.
    pub(crate) path: Path,
    /// The very bytes meant, when they are not the whole node. They belong to the text at the time of selecting.
    pub(crate) range: Option<TextRange>,
    /// Who selected it.
    pub(crate) origin: Origin,
    /// Goes up with every selection, also of what was selected before.
    pub(crate) serial: u32,
}

/// What an edit just wrote, for a moment of light in the code view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flash {
    /// Bytes of the text after the edit.
    pub(crate) ranges: Vec<TextRange>,
    /// Goes up with every flash.
    pub(crate) serial: u32,
}

/// The job that `path` lies in.
#[must_use]
pub(crate) fn job_of(path: &Path) -> Option<&str> {
    match path.steps() {
        [Step::Key(jobs), Step::Key(id), ..] if jobs == "jobs" => Some(id),
        _ => None,
    }
}

/// The id of the job of that key, as people read it.
#[must_use]
pub(crate) fn shown_id(key: &str) -> &str {
    twin_of(key).map_or(key, |(id, _)| id)
}

/// The step that `path` lies in, from 0: of a job, or of a composite action.
#[must_use]
pub(crate) fn step_of(path: &Path) -> Option<usize> {
    match step_path(path)?.last() {
        Some(Step::Index(at)) => Some(*at),
        _ => None,
    }
}

/// The path of the step that `path` lies in, which of a parallel group is the group.
#[must_use]
pub(crate) fn step_path(path: &Path) -> Option<Path> {
    let steps = path.steps();
    let len = match steps {
        [Step::Key(jobs), _, Step::Key(list), Step::Index(_), ..] if jobs == "jobs" && list == "steps" => 4,
        [Step::Key(runs), Step::Key(list), Step::Index(_), ..] if runs == "runs" && list == "steps" => 3,
        _ => return None,
    };
    Some(Path(steps[..len].to_vec()))
}
