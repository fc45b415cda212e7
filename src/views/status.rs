//! The line at the foot: where the selection is, and whether the draft is safe.

use leptos::prelude::*;
use stepladder_yaml::path;

use crate::session::{Origin, job_of, step_of};
use crate::shell::Shell;
use crate::ui::icon::{Icon, icon};
use crate::ui::paint::painted;

/// The line.
pub(crate) fn status(shell: Shell) -> AnyView {
    let session = shell.session;
    let place = painted(Memo::new(move |_| session.selection().with(|selection| selection.path.clone())));
    let crumbs = move || {
        let path = place.get();
        let mut crumbs = vec![("Workflow".to_owned(), path![])];
        if let Some(id) = job_of(&path) {
            crumbs.push((id.to_owned(), path!["jobs", id]));
            if let Some(at) = step_of(&path) {
                let title = session.echo.with(|analysis| {
                    analysis.workflow.job(id).and_then(|job| Some(job.steps.get(at)?.title()))
                });
                let title = title.unwrap_or_else(|| format!("step {}", at + 1));
                crumbs.push((title, path!["jobs", id, "steps", at]));
            }
        } else if let Some(stepladder_yaml::Step::Key(key)) = path.steps().first() {
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
