//! What a step does, as a choice: a script or an action, and for what is neither, that in words.

use leptos::prelude::*;
use stepladder_workflow::edits::{self, ToKind};
use stepladder_yaml::{Path, edit::Value};

use super::super::{library, read, write};
use super::former;
use crate::session::Session;

/// What a step does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Run,
    Uses,
    /// What one of the rarer keys says; `None`: no key says anything.
    Other(Option<&'static str>),
}

impl Kind {
    /// The kind of the step at `path`, as it changes.
    pub(super) fn of(session: Session, path: &Path) -> Memo<Self> {
        let here = path.clone();
        session.form.derive(move |analysis| match edits::kind_of_step(analysis, &here) {
            Some("uses") => Self::Uses,
            Some("run") => Self::Run,
            other => Self::Other(other),
        })
    }
}

/// Chooses between a script and an action. What the step was before comes back with all its settings; a rarer kind that
/// it was has a button of its own.
pub(super) fn choice(session: Session, path: &Path, kind: Memo<Kind>) -> AnyView {
    let library_open = RwSignal::new(false);
    let (to_run, to_uses, other, chosen) = (path.clone(), path.clone(), path.clone(), path.clone());
    let to_run = move |_| {
        if kind.get_untracked() != Kind::Run {
            let hello = || former::fresh(ToKind::Run(edits::FIRST_SCRIPT.into()));
            former::change(session, &to_run, &former::former(session, &to_run, "run").unwrap_or_else(hello));
        }
    };
    let to_uses = move |_| {
        let known = former::former(session, &to_uses, "uses");
        match known.filter(|_| kind.get_untracked() != Kind::Uses) {
            Some(action) => former::change(session, &to_uses, &action),
            None => library_open.set(true),
        }
    };
    let pressed = move |own: Kind| if kind.get() == own { "true" } else { "false" };
    view! {
        <div class="segmented" role="group" aria-label="What the step does">
            <button type="button" class="step-to-script" aria-pressed=move || pressed(Kind::Run) on:click=to_run>"Script"</button>
            <button type="button" class="step-to-action" aria-pressed=move || pressed(Kind::Uses) on:click=to_uses>"Action"</button>
            {move || back_to_other(session, &other, kind.get())}
        </div>
        {library::changer(session, library_open, move |uses| {
            if kind.get_untracked() == Kind::Uses {
                write::set(session, &chosen.child("uses"), &Value::Str(uses.to_owned()));
            } else {
                former::change(session, &chosen, &former::fresh(ToKind::Uses(uses.into())));
            }
        })}
    }
    .into_any()
}

/// The way back to the rarer kind that the step was of.
fn back_to_other(session: Session, step: &Path, kind: Kind) -> Option<AnyView> {
    let former = session.formers(step).into_iter().rfind(|former| matches!(former.what, ToKind::Other(..)));
    let former = former.filter(|_| !matches!(kind, Kind::Other(_)))?;
    let name = match former.what.key() {
        "parallel" => "Parallel steps",
        "cancel" => "Stop a step",
        _ => "Wait",
    };
    let step = step.clone();
    let back = move |_| former::change(session, &step, &former);
    Some(view! { <button type="button" aria-pressed="false" on:click=back>{name}</button> }.into_any())
}

/// What a step does that is neither a script nor an action.
pub(super) fn words(session: Session, path: &Path, kind: Memo<Kind>) -> AnyView {
    let group = path.child("parallel");
    let count = session.form.derive(move |analysis| {
        analysis
            .tree
            .at(&group)
            .filter(|_| read::exists(analysis, &group))
            .map_or(0, |group| group.resolve().len())
    });
    (move || {
        let Kind::Other(Some(kind)) = kind.get() else { return ().into_any() };
        let does = match kind {
            "parallel" => match count.get() {
                1 => "This step is a group of steps that run at the same time; it has one.".to_owned(),
                count => format!("This step is a group of {count} steps that run at the same time."),
            },
            "wait" => "This step waits until steps that run in the background have ended.".to_owned(),
            "wait-all" => "This step waits until all steps that run in the background have ended.".to_owned(),
            _ => "This step stops one that runs in the background.".to_owned(),
        };
        let words = format!("{does} “Script” and “Action” make something else of it.");
        view! { <p class="field-note">{words}</p> }.into_any()
    })
    .into_any()
}
