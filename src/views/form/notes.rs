//! What is told around a control: what an alias repeats, and what is wrong.

use leptos::prelude::*;
use stepladder_workflow::{Severity, edits};
use stepladder_yaml::Path;

use super::controls::At;
use super::fields::is_group;
use super::prose::{plain, prose};
use super::read::{self, Problem};
use super::write;
use crate::commands::problems::fix as repair;
use crate::session::Session;
use crate::ui::button::button;
use crate::ui::icon::{Icon, icon};

/// Above what an alias repeats: from where, and the way to have it here alone.
pub(super) fn repeated(session: Session, path: &Path) -> AnyView {
    let here = path.clone();
    let anchor = session.form.derive(move |analysis| read::anchor(analysis, &here));
    let path = path.clone();
    (move || {
        let anchor = anchor.get()?;
        let path = path.clone();
        let detach = move |_| {
            if write::act_here(session, |analysis| edits::detach_alias(analysis, &path)) {
                session.offer_undo();
            }
        };
        Some(view! {
            <p class="field-note field-repeated">
                "Repeats what stands at the anchor " <code>{format!("&{anchor}")}</code> ". "
                <button type="button" class="link" on:click=detach>"Give it a copy of its own"</button>
            </p>
        })
    })
    .into_any()
}

/// What is wrong with the value, below it.
pub(super) fn problems(at: &At) -> AnyView {
    // A group shows its problems at its own fields.
    if is_group(at.field) { ().into_any() } else { source_problems(at.session, &at.path) }
}

/// What is wrong at `path`.
pub(super) fn source_problems(session: Session, path: &Path) -> AnyView {
    let here = path.clone();
    let found = session.echo.derive(move |analysis| read::problems(analysis, &here));
    let path = path.clone();
    (move || {
        let told = found.get().into_iter().map(|Problem { severity, message, fix }| {
            let (class, glyph) = match severity {
                Severity::Error => ("field-problem is-error", Icon::Error),
                Severity::Warning => ("field-problem is-warning", Icon::Warning),
                Severity::Hint => ("field-problem is-hint", Icon::Hint),
            };
            let (path, about) = (path.clone(), message.clone());
            let mend = move |_| {
                let finding =
                    session.analysis.with_untracked(|analysis| read::finding(analysis, &path, &about));
                if let Some(finding) = finding {
                    repair(session, &finding);
                }
            };
            let fix = fix.map(|title| {
                button("button-small button-quiet field-fix", Some(Icon::Fix), plain(&title), mend)
            });
            view! { <p class=class>{icon(glyph)} <span>{prose(&message)} " " {fix}</span></p> }
        });
        told.collect::<Vec<_>>()
    })
    .into_any()
}
