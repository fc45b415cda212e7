//! How a form writes.

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use stepladder_workflow::edits::{self, Edit};
use stepladder_workflow::model::Data;
use stepladder_workflow::{Analysis, schema};
use stepladder_yaml::edit::{Refusal, Value};
use stepladder_yaml::{Path, TextEdit};

use wasm_bindgen::JsCast;

use super::{dispatch, read};
use crate::session::{Origin, Session};
use crate::views::perform::{Pace, is_asked_about, may_reach_others, perform_or};

/// Makes an edit and applies it as one step. When it is refused, or wanted nowhere, the control that somebody has changed
/// for it shows again what holds.
pub(super) fn act(session: Session, make: impl Fn(&Analysis) -> Result<Edit, Refusal>) -> bool {
    let control = Control::in_hand();
    let cancelled = control.clone();
    let done = perform_or(session, Origin::Form, acts(), make, move || cancelled.show_what_holds());
    if !done && !session.is_asking() {
        control.show_what_holds();
    }
    done
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

/// Sets the value at `path`.
pub(super) fn set(session: Session, path: &Path, value: &Value) -> bool {
    put(session, path, Pace::Acts, |analysis| edits::set_field(analysis, path, value))
}

/// Takes the key at `path` away.
pub(super) fn unset(session: Session, path: &Path) {
    put(session, path, Pace::Acts, |analysis| edits::remove_field(analysis, path));
}

/// Takes the key at `path` away, whose field somebody leaves empty. Where they have just emptied it, the two are one step, and
/// who types another value there changes the one that there was.
pub(super) fn unset_left(session: Session, path: &Path) {
    let before = session.before_emptied(path);
    let pace = if before.is_some() { Pace::LeavesEmpty } else { Pace::Leaves };
    if put(session, path, pace, |analysis| edits::remove_field(analysis, path))
        && let Some(before) = before
    {
        session.keep_emptied(path, before);
    }
}

/// Sets what was typed into a field that somebody leaves; `None` takes the key away.
pub(super) fn set_left(session: Session, path: &Path, value: Option<&Value>) {
    put(session, path, Pace::Leaves, |analysis| match value {
        Some(value) => edits::set_field(analysis, path, value),
        None => edits::remove_field(analysis, path),
    });
}

/// Changes what the control at `path` shows. When the change is wanted nowhere, the control shows again what holds.
fn put(session: Session, path: &Path, pace: Pace, make: impl Fn(&Analysis) -> Result<Edit, Refusal>) -> bool {
    let shown = path.clone();
    let control = Control::in_hand();
    let restore = move || {
        let text = session.analysis.with_untracked(|analysis| read::shown(analysis, &shown).text());
        super::controls::show(&shown, &text);
        control.show_what_holds();
    };
    let refused = restore.clone();
    let now = if pace == Pace::Acts { acts() } else { pace };
    let done = perform_or(session, Origin::Form, now, make, restore);
    if !done && pace == Pace::Acts && !session.is_asking() {
        refused();
    }
    done
}

/// The pace of what somebody does now: they may have left a field, and are elsewhere then.
fn acts() -> Pace {
    let event = window().event().dyn_into::<web_sys::Event>();
    let is_left = event.is_ok_and(|event| matches!(event.type_().as_str(), "blur" | "focusout"));
    if is_left { Pace::Leaves } else { Pace::Acts }
}

/// The switch or menu that somebody has just changed, if that is what happens now.
#[derive(Clone)]
struct Control(SendWrapper<Option<web_sys::Element>>);

impl Control {
    fn in_hand() -> Self {
        let event = window().event().dyn_into::<web_sys::Event>().ok();
        let control = event.and_then(|event| {
            let control = event.target()?.dyn_into::<web_sys::Element>().ok()?;
            // What somebody has chosen in a menu may be taken when they leave it, too.
            (event.type_() == "change" || control.tag_name() == "SELECT").then_some(control)
        });
        Self(SendWrapper::new(control))
    }

    /// A text is shown by its field; a switch goes back, and a menu shows the option that the page has chosen for it.
    fn show_what_holds(&self) {
        let Some(element) = self.0.as_ref() else { return };
        if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
            if input.type_() == "checkbox" {
                input.set_checked(!input.checked());
            }
        } else if let Some(menu) = element.dyn_ref::<web_sys::HtmlSelectElement>() {
            let held = menu.query_selector("option[selected]").ok().flatten();
            let held = held.and_then(|option| option.dyn_into::<web_sys::HtmlOptionElement>().ok());
            if let Some(held) = held {
                held.set_selected(true);
            }
        }
    }
}

/// Sets a text that a person types for `field`; nothing typed takes the key away. What lies behind an alias, or is
/// repeated by one, stays as it is until [`end_text`]. `false`: nothing has changed.
pub(super) fn set_text(session: Session, path: &Path, field: &schema::Field, text: &str) -> bool {
    put_typed(session, path, text, &before_emptied(session, path), |analysis| {
        text_edit(analysis, path, field, text)
    })
}

/// As [`set_text`], for a text on one line; the line break at the end of a block stays. Blanks at its end wait until
/// [`end_line`]: mostly a word follows, and until then the text would have to stand in quotes. Where the text before looked
/// like a number it `stays_text`.
pub(super) fn set_line(session: Session, path: &Path, field: &schema::Field, text: &str, stays_text: bool) {
    let now = held(session, path);
    let former = before_emptied(session, path);
    let held = former.as_ref().map_or_else(|| now.clone(), |former| read::shown(former, path).text());
    let waits = !now.ends_with(' ') && !text.trim_end_matches(' ').is_empty();
    let text = ended_as(&held, if waits { text.trim_end_matches(' ') } else { text });
    if text == now {
        return;
    }
    put_typed(session, path, &text, &former, |analysis| {
        if stays_text && field.types.has(schema::Types::STRING) && !is_taken_away(field, &text) {
            edits::set_field(analysis, path, &Value::Str(text.clone()))
        } else {
            text_edit(analysis, path, field, &text)
        }
    });
}

/// What held before the value at `path` was emptied, if that was the last change.
fn before_emptied(session: Session, path: &Path) -> Option<Analysis> {
    let text = session.before_emptied(path)?;
    Some(session.env.with_untracked(|env| Analysis::new(text, env)))
}

/// Changes what the control at `path` shows into the typed `text`. Where it has been emptied for that, the value that it had
/// in `former` is changed.
fn put_typed(
    session: Session,
    path: &Path,
    text: &str,
    former: &Option<Analysis>,
    make: impl Fn(&Analysis) -> Result<Edit, Refusal>,
) -> bool {
    let (before, was_empty) = (session.text_untracked(), held(session, path).is_empty());
    let done = put(session, path, Pace::Types, |analysis| {
        let Some(former) = former else { return make(analysis) };
        let edit = make(former)?;
        let after = edit.edit.apply(former.tree.text());
        Ok(Edit { edit: TextEdit::between(analysis.tree.text(), &after), ..edit })
    });
    if done && text.is_empty() && !was_empty {
        session.keep_emptied(path, before);
    }
    done
}

/// Whether the value at `path` is a text that without its quotes would be a number or a boolean.
pub(super) fn is_quoted_number(analysis: &Analysis, path: &Path) -> bool {
    let Some(node) = analysis.tree.at(path).map(|node| node.resolve()) else { return false };
    match Data::new(node) {
        Data::Text(text) => matches!(text.as_str(), "true" | "false") || text.parse::<f64>().is_ok(),
        _ => false,
    }
}

/// As [`end_text`], for a text on one line.
pub(super) fn end_line(session: Session, path: &Path, field: &schema::Field, text: &str) {
    end_text(session, path, field, &ended_as(&held(session, path), text));
}

/// The text at `path` as it is.
pub(super) fn held(session: Session, path: &Path) -> String {
    session.analysis.with_untracked(|analysis| read::shown(analysis, path).text())
}

/// `text` with the line breaks at the end of `held`.
fn ended_as(held: &str, text: &str) -> String {
    let end = &held[held.trim_end_matches('\n').len()..];
    if text.is_empty() { String::new() } else { format!("{text}{end}") }
}

/// Whether `text` is what is written at `path` with blanks behind it.
fn adds_blanks(session: Session, path: &Path, text: &str) -> bool {
    let held = held(session, path);
    let held = held.trim_end_matches('\n');
    let added = text.trim_end_matches('\n').strip_prefix(held).filter(|_| !held.is_empty());
    added.is_some_and(|added| !added.is_empty() && added.bytes().all(|byte| byte == b' '))
}

/// Sets a text that a person has finished typing, where [`set_text`] has waited.
pub(super) fn end_text(session: Session, path: &Path, field: &schema::Field, text: &str) {
    if waits(session, path, field, text) || adds_blanks(session, path, text) {
        put(session, path, Pace::Leaves, |analysis| text_edit(analysis, path, field, text));
    }
}

/// Sets a text that a person has chosen.
pub(super) fn choose_text(session: Session, path: &Path, field: &schema::Field, text: &str) {
    set_text(session, path, field, text);
    end_text(session, path, field, text);
}

/// Whether a typed text waits for an answer to where it goes.
pub(super) fn waits(session: Session, path: &Path, field: &schema::Field, text: &str) -> bool {
    let edit = session.analysis.with_untracked(|analysis| {
        let differs = read::shown(analysis, path).text() != text;
        differs.then(|| text_edit(analysis, path, field, text))
    });
    match edit {
        None => false,
        Some(Ok(edit)) => may_reach_others(session, &edit),
        Some(Err(refusal)) => is_asked_about(session, &refusal),
    }
}

/// The edit that a text typed for `field` means.
pub(super) fn text_edit(
    analysis: &Analysis,
    path: &Path,
    field: &schema::Field,
    text: &str,
) -> Result<Edit, Refusal> {
    if is_taken_away(field, text) {
        edits::remove_field(analysis, path)
    } else {
        edits::set_field(analysis, path, &typed_like(analysis, path, field, text))
    }
}

/// Whether the key goes with its text.
fn is_taken_away(field: &schema::Field, text: &str) -> bool {
    text.is_empty() && !field.required && !is_named_by_person(field)
}

/// As [`typed`]; a number in the place of a number stays one, without quotes. The default of an input is what its type says.
fn typed_like(analysis: &Analysis, path: &Path, field: &schema::Field, text: &str) -> Value {
    if let Some(input) = dispatch::input_of(path, "default") {
        return match read::shown(analysis, &input.child("type")).text().as_str() {
            "number" => Value::number(text.trim()).unwrap_or_else(|| text.into()),
            "boolean" => typed(field, text),
            _ => text.into(),
        };
    }
    let is_number = analysis.tree.at(path).is_some_and(|node| matches!(Data::new(node), Data::Number(_)));
    match text.parse::<i64>() {
        Ok(number) if is_number && number.to_string() == text => Value::Int(number),
        _ => typed(field, text),
    }
}

/// Whether the key is one that the person has chosen: with an empty value it stays, as whoever clears a value mostly types
/// another one. It goes by its own button.
fn is_named_by_person(field: &schema::Field) -> bool {
    field.key.starts_with('<')
}

/// The value that `text` means where anything may stand: a boolean or a number that YAML prints just so, else a text.
pub(super) fn plain_value(text: &str) -> Value {
    match (text, text.parse::<i64>()) {
        ("true" | "false", _) => Value::Bool(text == "true"),
        (_, Ok(number)) if number.to_string() == text => Value::Int(number),
        _ => Value::Str(text.to_owned()),
    }
}

/// The value that `text` means for `field`: a number where numbers go, a boolean where booleans go, else text.
pub(super) fn typed(field: &schema::Field, text: &str) -> Value {
    use schema::Types;
    let trimmed = text.trim();
    if field.types.has(Types::BOOL) && matches!(trimmed, "true" | "false") {
        return Value::Bool(trimmed == "true");
    }
    if field.types.has(Types::NUMBER)
        && let Some(number) = Value::number(trimmed)
        // Where a text may stand, too, what YAML would print otherwise is one, such as 3.10.
        && (is_printed_so(trimmed) || !field.types.has(Types::STRING))
    {
        return number;
    }
    Value::Str(text.to_owned())
}

/// Whether a number is written as YAML prints it.
fn is_printed_so(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|number| number.to_string() == text)
        || text.parse::<f64>().is_ok_and(|number| format!("{number:?}") == text)
}

#[cfg(test)]
mod tests {
    use stepladder_workflow::Env;
    use stepladder_yaml::path;

    use super::*;

    #[test]
    fn a_number_is_written_as_it_is_typed() {
        let text = "on:\n  workflow_dispatch:\n    inputs:\n      s: {default: a}\n      n: {type: number}\njobs:\n  a: {env: {A: 1}}\n  b: {uses: ./b.yml, with: {A: 1}}\n";
        let analysis = Analysis::new(text, &Env::default());
        let written = |path: Path, text: &str| {
            let field = schema::field_at(&path, &analysis.tree).expect("a field");
            typed_like(&analysis, &path, field, text)
        };
        let number = |text: &str| Value::Number(text.to_owned());
        let minutes = path!["jobs", "a", "timeout-minutes"];
        for typed in ["1e3", "10", "0x10", "1.50", "-0.5"] {
            assert_eq!(written(minutes.clone(), typed), number(typed));
        }
        assert_eq!(written(minutes, "1e"), "1e".into());
        // Where a text may stand, too, only what is read back the same is a number.
        let input = path!["jobs", "b", "with", "B"];
        assert_eq!(written(input.clone(), "1.5"), number("1.5"));
        assert_eq!(written(input.clone(), "3.10"), "3.10".into());
        assert_eq!(written(input, "1e3"), "1e3".into());
        let default = |input: &str| path!["on", "workflow_dispatch", "inputs", input, "default"];
        assert_eq!(written(default("n"), "1e3"), number("1e3"));
        assert_eq!(written(default("s"), "30"), "30".into());
        assert_eq!(written(default("s"), "true"), "true".into());
    }
}
