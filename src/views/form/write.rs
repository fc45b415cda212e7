//! How a form writes.

use stepladder_workflow::edits::{self, Edit};
use stepladder_workflow::{Analysis, schema};
use stepladder_yaml::Path;
use stepladder_yaml::edit::{Refusal, Value};

use crate::session::{Origin, Session};
use crate::views::perform::{perform, perform_or};

/// Makes an edit and applies it as one step.
pub(super) fn act(session: Session, make: impl Fn(&Analysis) -> Result<Edit, Refusal>) -> bool {
    perform(session, Origin::Form, make)
}

/// Like [`act`], staying where the person is: for what moves things within the list that they look at.
pub(super) fn act_here(session: Session, make: impl Fn(&Analysis) -> Result<Edit, Refusal>) -> bool {
    act(session, |analysis| make(analysis).map(|edit| Edit { select: None, ..edit }))
}

/// Like [`act`], telling what was done with a way to take it back. For what removes something.
pub(super) fn act_aloud(session: Session, make: impl Fn(&Analysis) -> Result<Edit, Refusal>) {
    if act(session, make) {
        session.offer_undo();
    }
}

/// Sets the value at `path`; `typing` makes keystrokes one step of the history.
pub(super) fn set(session: Session, path: &Path, value: &Value, typing: bool) -> bool {
    put(session, path, typing, |analysis| edits::set_field(analysis, path, value))
}

/// Takes the key at `path` away.
pub(super) fn unset(session: Session, path: &Path, typing: bool) {
    put(session, path, typing, |analysis| edits::remove_field(analysis, path));
}

/// Changes what the control at `path` shows. When the change is wanted nowhere, the control shows again what holds.
fn put(
    session: Session,
    path: &Path,
    typing: bool,
    make: impl Fn(&Analysis) -> Result<Edit, Refusal>,
) -> bool {
    let shown = path.clone();
    let restore = move || {
        let text = session.analysis.with_untracked(|analysis| super::read::shown(analysis, &shown).text());
        super::controls::show(&shown, &text);
    };
    perform_or(session, Origin::Form, typing, make, restore)
}

/// Sets a text that a person types for `field`; nothing typed takes the key away.
pub(super) fn set_text(session: Session, path: &Path, field: &schema::Field, text: &str) {
    if text.is_empty() && !field.required {
        unset(session, path, true);
    } else {
        set(session, path, &typed(field, text), true);
    }
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
