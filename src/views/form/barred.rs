//! What cannot be written, as the lines at its place are not YAML: its field takes no letters, and says where they are.

use leptos::prelude::*;
use stepladder_workflow::{Analysis, edits};
use stepladder_yaml::edit::{self, RefusalKind, Value};
use stepladder_yaml::{Kind, Path, TextRange};

use super::controls::At;
use super::read;
use crate::commands::problems::select_finding;
use crate::shell::Shell;

/// The line, from 1, that keeps the text at `at` from being written.
pub(super) fn barred(at: &At) -> Memo<Option<usize>> {
    let (session, path) = (at.session, at.path.clone());
    let is_here = {
        let path = path.clone();
        Memo::new(move |_| session.field.with(|field| field.as_ref() == Some(&path)))
    };
    session.form.derive(move |analysis| {
        let range = lines(analysis, &path, is_here.get())?;
        let text = analysis.tree.slice(range);
        let blank = text.len() - text.trim_start().len();
        Some(analysis.tree.lines().line_of(range.start + u32::try_from(blank).unwrap_or_default()) + 1)
    })
}

/// The text of the scalar, or, where its line is not YAML, what is written there.
pub(super) fn text(at: &At) -> Memo<String> {
    let path = at.path.clone();
    at.session.form.derive(move |analysis| {
        let node = analysis.tree.at(&path).filter(|_| !analysis.tree.broken().is_empty());
        let broken =
            node.filter(|node| node.kind() == Kind::Scalar).and_then(|node| edit::broken_text(&node));
        broken.map_or_else(|| read::shown(analysis, &path).text(), str::to_owned)
    })
}

/// What is told of that, with the way to the line.
pub(super) fn note(at: &At) -> AnyView {
    let Some(shell) = use_context::<Shell>() else { return ().into_any() };
    let (line, path) = (barred(at), at.path.clone());
    (move || {
        let line = line.get()?;
        let path = path.clone();
        let go = move |_| {
            if let Some(range) =
                shell.session.analysis.with_untracked(|analysis| lines(analysis, &path, true))
            {
                select_finding(shell, range);
            }
        };
        Some(view! {
            <p class="field-note field-barred" role="status">
                {format!("Nothing can be written here while line {line} of the file is not YAML. ")}
                <button type="button" class="link" on:click=go>{format!("Go to line {line}")}</button>
            </p>
        })
    })
    .into_any()
}

/// The lines that are not YAML and in the way of a text at `path`. Where nothing stands yet, `tries` finds out whether
/// there is a place for it, which takes longer.
fn lines(analysis: &Analysis, path: &Path, tries: bool) -> Option<TextRange> {
    if analysis.tree.broken().is_empty() {
        return None;
    }
    let refusal = match analysis.tree.at(path) {
        Some(node) if node.kind() == Kind::Scalar => {
            edit::not_broken(&analysis.tree, node.entry_range()).err()
        }
        None if tries => edits::set_field(analysis, path, &Value::from("x")).err(),
        _ => None,
    };
    refusal.filter(|refusal| refusal.kind == RefusalKind::Broken).map(|refusal| refusal.range)
}
