//! How a form writes: an edit is made of the present analysis and applied, or its refusal is told.

use stepladder_workflow::edits::{self, Edit};
use stepladder_workflow::{Analysis, schema};
use stepladder_yaml::Path;
use stepladder_yaml::edit::{Refusal, Value};

use crate::session::{Origin, Session};
use crate::ui::question::Question;
use crate::ui::toast::Action;

/// Makes an edit and applies it as one step.
pub(super) fn act(session: Session, make: impl FnOnce(&Analysis) -> Result<Edit, Refusal>) -> bool {
    perform(session, false, make)
}

/// Like [`act`], staying where the person is: for what moves things within the list that they look at.
pub(super) fn act_here(session: Session, make: impl FnOnce(&Analysis) -> Result<Edit, Refusal>) -> bool {
    perform(session, false, |analysis| make(analysis).map(|edit| Edit { select: None, ..edit }))
}

/// Like [`act`], telling what was done with a way to take it back. For what removes something.
pub(super) fn act_aloud(session: Session, make: impl FnOnce(&Analysis) -> Result<Edit, Refusal>) {
    if act(session, make) {
        session.offer_undo();
    }
}

fn perform(session: Session, typing: bool, make: impl FnOnce(&Analysis) -> Result<Edit, Refusal>) -> bool {
    use leptos::prelude::WithUntracked;
    match session.analysis.with_untracked(|analysis| make(analysis)) {
        Ok(edit) => {
            let changed = if typing {
                session.apply_typing(edit.edit, edit.label, Origin::Form)
            } else {
                session.apply(edit.edit, edit.label, Origin::Form)
            };
            if let Some(path) = edit.select.filter(|_| !typing && changed) {
                session.select(path, Origin::Form);
            }
            changed
        }
        Err(refusal) => {
            session.tell_error(refusal.message);
            false
        }
    }
}

/// Sets the value at `path`; `typing` makes keystrokes one step of the history.
pub(super) fn set(session: Session, path: &Path, value: &Value, typing: bool) -> bool {
    let value = value.clone();
    at_place(session, path, typing, move |analysis, path| edits::set_field(analysis, path, &value))
}

/// Takes the key at `path` away.
pub(super) fn unset(session: Session, path: &Path, typing: bool) {
    at_place(session, path, typing, edits::remove_field);
}

/// Sets a text that a person types for `field`; nothing typed takes the key away.
pub(super) fn set_text(session: Session, path: &Path, field: &schema::Field, text: &str) {
    if text.is_empty() && !field.required {
        unset(session, path, true);
    } else {
        set(session, path, &typed(field, text), true);
    }
}

/// Makes an edit of what is at `path`. When that is written at an anchor, the person chooses: there, for all that
/// repeat it, or here alone.
fn at_place(
    session: Session,
    path: &Path,
    typing: bool,
    make: impl Fn(&Analysis, &Path) -> Result<Edit, Refusal> + Clone + Send + Sync + 'static,
) -> bool {
    use leptos::prelude::{Set, WithUntracked};
    let Some(anchored) = session.analysis.with_untracked(|analysis| edits::anchor_of(analysis, path)) else {
        return perform(session, typing, |analysis| make(analysis, path));
    };
    let edits::Anchored { name, uses, written } = anchored;
    let times = if uses == 1 { "one place".to_owned() } else { format!("{uses} places") };
    let (here, alone) = (path.clone(), make.clone());
    let everywhere = move || {
        perform(session, false, |analysis| make(analysis, &written));
    };
    let only_here = move || {
        perform(session, false, |analysis| edits::edit_detached(analysis, &here, |copy| alone(copy, &here)));
    };
    let shown = path.clone();
    // The control shows what was typed, which does not hold.
    let restore = move || {
        let text = session.analysis.with_untracked(|analysis| super::read::shown(analysis, &shown).text());
        super::controls::show(&shown, &text);
    };
    session.question.set(Some(Question {
        title: "Change it everywhere, or here alone?".to_owned(),
        text: format!(
            "This is written once, at the anchor `&{name}`, and repeated in {times} by the alias `*{name}`. A change \
             at the anchor holds for all of them; detached, this place gets a copy of its own."
        ),
        answers: vec![
            Action::new("Change it at the anchor", everywhere),
            Action::new("Detach and change it here", only_here),
        ],
        otherwise: Action::new("Cancel", restore),
    }));
    false
}

/// The value that `text` means for `field`: a number where numbers go, a boolean where booleans go, else text.
pub(super) fn typed(field: &schema::Field, text: &str) -> Value {
    use schema::Types;
    let trimmed = text.trim();
    if field.types.has(Types::BOOL) && matches!(trimmed, "true" | "false") {
        return Value::Bool(trimmed == "true");
    }
    if field.types.has(Types::NUMBER) {
        if let Ok(number) = trimmed.parse::<i64>() {
            return Value::Int(number);
        }
        if let Ok(number) = trimmed.parse::<f64>()
            && number.is_finite()
        {
            return Value::Float(number);
        }
    }
    Value::Str(text.to_owned())
}
