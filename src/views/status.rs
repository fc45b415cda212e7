//! The line at the foot: where the selection is, and whether the draft is safe.

use leptos::prelude::*;
use stepladder_workflow::FileKind;
use stepladder_workflow::model::Step;
use stepladder_yaml::Step::Key;
use stepladder_yaml::path;

use crate::session::{Origin, job_of, shown_id, step_of, step_path};
use crate::shell::Shell;
use crate::ui::icon::{Icon, icon};
use crate::ui::paint::painted;

/// The line.
pub(crate) fn status(shell: Shell) -> AnyView {
    let session = shell.session;
    let place = painted(Memo::new(move |_| session.selection().with(|selection| selection.path.clone())));
    let kind = session.echo.derive(|analysis| analysis.kind);
    let crumbs = move || {
        let path = place.get();
        let root = match kind.get() {
            FileKind::Workflow => "Workflow",
            FileKind::Action => "Action",
        };
        let mut crumbs = vec![(root.to_owned(), path![])];
        if let Some(id) = job_of(&path) {
            crumbs.push((shown_id(id).to_owned(), path!["jobs", id]));
        }
        if let Some(step) = step_path(&path) {
            let title = session.echo.with(|analysis| analysis.step(&step).map(Step::title));
            let number = || format!("step {}", step_of(&path).unwrap_or_default() + 1);
            crumbs.push((title.unwrap_or_else(number), step));
        } else if let Some(Key(key)) = path.steps().first().filter(|_| job_of(&path).is_none()) {
            crumbs.push((key.clone(), path![key.as_str()]));
        }
        let crumbs = crumbs.into_iter().enumerate().map(|(at, (title, path))| {
            let go = move |_| session.select(path.clone(), Origin::Command);
            view! {
                {(at > 0).then(|| icon(Icon::Right))}
                <button type="button" class="trail-part" on:click=go>
                    {title}
                </button>
            }
            .into_any()
        });
        crumbs.collect::<Vec<_>>()
    };
    let is_saved = painted(Memo::new(move |_| shell.saved.get().is_some()));
    let saved = move || {
        if is_saved.get() {
            view! { <span class="status-saved" title="In this browser; nothing is uploaded">{icon(Icon::Check)} "Draft saved"</span> }
                .into_any()
        } else {
            view! { <span class="status-saved">"Saving…"</span> }.into_any()
        }
    };
    view! {
        <nav class="trail" aria-label="Selection">
            {crumbs}
        </nav>
        {saved}
    }
    .into_any()
}
