//! The id of a step: with a new one goes what reads its results.

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_yaml::{Path, Step};

use super::super::controls::{self, At};
use super::super::named::Named;
use super::super::write;
use crate::session::Session;
use crate::ui::question::Question;
use crate::ui::toast::Action;

/// Whether `path` is the id of a step.
pub(in super::super) fn is_id(path: &Path) -> bool {
    let list = |name: &str| matches!(name, "steps" | "parallel");
    matches!(path.steps(), [.., Step::Key(name), Step::Index(_), Step::Key(id)] if id == "id" && list(name))
}

/// The field for the id at `at`.
pub(in super::super) fn id(at: &At) -> AnyView {
    let session = at.session;
    let refused = RwSignal::new(false);
    let here = at.path.clone();
    let step = here.parent().unwrap_or_default();
    let rename = move |new: &str| {
        if new.is_empty() {
            return leave_out(session, &here, refused);
        }
        write::act_here(session, |analysis| edits::rename_step(analysis, &step, new))
    };
    let field = Named {
        class: "field-input",
        id: Some(at.id()),
        label: None,
        may_go: true,
        refused,
        name: at.text().into(),
    };
    field.view(rename)
}

/// Takes the id away; where something reads it that is told first. `false`: it is there still.
fn leave_out(session: Session, id: &Path, refused: RwSignal<bool>) -> bool {
    let step = id.parent().unwrap_or_default();
    let told = session.analysis.with_untracked(|analysis| edits::removal_of_id(analysis, &step));
    let here = id.clone();
    let remove = move || write::act_here(session, |analysis| edits::remove_field(analysis, &here));
    let Some(text) = told else { return remove() };
    let name = controls::text_at(session, id);
    let (path, held) = (id.clone(), name.clone());
    session.question.set(Some(Question {
        title: format!("Take the id {name} away?"),
        text,
        answers: vec![Action::new("Take it away", move || {
            if remove() {
                refused.try_set(false);
                session.offer_undo();
            }
        })],
        otherwise: Action::new("Cancel", move || {
            controls::show(&path, &held);
            refused.try_set(false);
        }),
        unasked: true,
    }));
    false
}
