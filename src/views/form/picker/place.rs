//! Where an expression goes, and how it gets there.

use leptos::prelude::*;
use stepladder_workflow::edits::{self, Edit, Holds, Inserted};
use stepladder_workflow::ide;
use stepladder_workflow::schema::Widget;
use stepladder_yaml::edit::Value;
use stepladder_yaml::{Path, TextRange};
use wasm_bindgen::JsCast;

use super::super::controls::At;
use super::super::{lines, script, write};
use crate::monaco::position::{byte_of_utf16, utf16_of_byte};

/// What becomes of the expression.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Target {
    /// It goes where the caret of the field is.
    Caret,
    /// It takes the place of these bytes of the field's text, which are the inside of an expression.
    Inside(TextRange),
}

/// The value in which an expression is put, and what becomes of its text.
pub(super) struct Place {
    /// One more item, where the field is a list.
    pub(super) path: Path,
    pub(super) inserted: Inserted,
}

/// Where the expression goes.
pub(super) fn place(at: &At, target: Target, source: &str) -> Place {
    match draft(at).filter(|_| target == Target::Caret) {
        Some(field) => place_in_draft(at, &field, source),
        None => Place { path: at.path.clone(), inserted: text_with(at, target, source) },
    }
}

fn place_in_draft(at: &At, field: &web_sys::HtmlInputElement, source: &str) -> Place {
    let typed = field.value();
    let session = at.session;
    let found = session.analysis.with_untracked(|analysis| {
        session.env.with_untracked(|env| ide::place_in_list(analysis, env, &at.path, source))
    });
    let is_all = found == at.path && typed.is_empty();
    let (path, holds) = match is_all {
        true => (found, Holds::Value),
        // What is typed already is an item.
        false if found == at.path => (at.path.child(0), Holds::Text),
        false => (found, Holds::Text),
    };
    Place { path, inserted: edits::with_expression(&typed, holds, caret_of(field, &typed), source) }
}

/// The field's text with the expression in it.
fn text_with(at: &At, target: Target, source: &str) -> Inserted {
    match target {
        Target::Inside(range) => {
            let text = write::held(at.session, &at.path);
            let range = range.to_usize();
            let (before, behind) =
                (text.get(..range.start).unwrap_or(&text), text.get(range.end..).unwrap_or_default());
            let at = before.len();
            Inserted { text: format!("{before}{source}{behind}"), at, end: at + source.len() }
        }
        Target::Caret => {
            // A switch and a choice have no caret: what is put into them takes their place.
            let text = if has_text(at) { typed(at) } else { String::new() };
            edits::with_expression(&text, Holds::of(at.field), caret(at, &text), source)
        }
    }
}

/// Puts the expression where it belongs, and the caret behind it.
pub(super) fn put(at: &At, target: Target, source: &str) {
    let drafted = draft(at).filter(|_| target == Target::Caret);
    let Place { path, inserted } = place(at, target, source);
    let is_all = path == at.path;
    if let Some(field) = drafted.as_ref().filter(|_| !is_all) {
        return put_into_draft(field, &inserted);
    }
    let done = match target {
        Target::Caret if drafted.is_none() && has_text(at) => write::act(at.session, |analysis| {
            let text = typed(at);
            edits::insert_expression_into(analysis, &at.path, &text, caret(at, &text), source)
        }),
        _ => write::set(at.session, &at.path, &Value::Str(inserted.text.clone())),
    };
    go_behind(at, &inserted, done);
}

/// Takes the expression `source` with these bytes of the field's text inside, and its brackets, out of it.
pub(super) fn take_out(at: &At, range: TextRange, source: &str) {
    let text = without(&write::held(at.session, &at.path), range);
    let done = write::act_here(at.session, |analysis| {
        let label = format!("remove the expression {source} from {}", edits::name_of(analysis, &at.path));
        write::text_edit(analysis, &at.path, at.field, &text.text).map(|edit| Edit { label, ..edit })
    });
    if done {
        at.session.offer_undo();
    }
    go_behind(at, &text, done);
}

/// `text` without the expression with these bytes inside. A condition without brackets is one as a whole.
fn without(text: &str, range: TextRange) -> Inserted {
    let range = range.to_usize();
    let before = text.get(..range.start).and_then(|before| before.trim_end().strip_suffix("${{"));
    let behind = text.get(range.end..).and_then(|behind| behind.trim_start().strip_prefix("}}"));
    let (Some(before), Some(behind)) = (before, behind) else { return Inserted::default() };
    // Of the blanks on both sides one is left.
    let ends = behind.is_empty() || behind.starts_with([' ', '\n']);
    let before = before.strip_suffix(' ').filter(|_| ends).unwrap_or(before);
    let behind = behind.strip_prefix(' ').filter(|_| before.is_empty()).unwrap_or(behind);
    Inserted { text: format!("{before}{behind}"), at: before.len(), end: before.len() }
}

/// Puts the focus into the field and, when that is `done`, the caret behind what was put there.
fn go_behind(at: &At, inserted: &Inserted, done: bool) {
    let behind = utf16_of_byte(&inserted.text, inserted.end);
    let at = at.clone();
    request_animation_frame(move || {
        let behind = u32::try_from(behind).unwrap_or(u32::MAX);
        let Some(element) = document().get_element_by_id(&at.id()) else { return script::enter(&at) };
        if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
            let _ = element.focus();
        }
        if !done {
            return;
        }
        if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
            // An input that holds no text has no caret.
            let _ = input.set_selection_range(behind, behind);
        } else if let Some(area) = element.dyn_ref::<web_sys::HtmlTextAreaElement>() {
            let _ = area.set_selection_range(behind, behind);
        }
    });
}

/// The text of the field, with the blanks and empty lines at its end that wait for what follows.
fn typed(at: &At) -> String {
    let held = write::held(at.session, &at.path);
    let area = document().get_element_by_id(&at.id());
    let shown = match area {
        Some(area) => area.dyn_into::<web_sys::HtmlTextAreaElement>().ok().map(|area| area.value()),
        None => script::shown_text(at),
    };
    shown.map_or_else(|| held.clone(), |shown| lines::waiting(&shown, &held))
}

/// The field behind the chips of a list, in which one more of them is being typed.
fn draft(at: &At) -> Option<web_sys::HtmlInputElement> {
    let chips = |id: &str| {
        let element = document().get_element_by_id(id)?;
        element.class_list().contains("chips-input").then(|| element.dyn_into().ok())?
    };
    // One label of several stands beside the list of machines, which has the id.
    let is_label = at.field.widget != Widget::Runner;
    chips(&at.id()).or_else(|| is_label.then(|| chips(&format!("{}-own", at.id()))).flatten())
}

/// Puts the text into the field, as if it were typed there; Enter makes it one of the list.
fn put_into_draft(field: &web_sys::HtmlInputElement, inserted: &Inserted) {
    field.set_value(&inserted.text);
    if let Ok(typed) = web_sys::Event::new("input") {
        typed.init_event_with_bubbles("input", true);
        let _ = field.dispatch_event(&typed);
    }
    let behind = u32::try_from(utf16_of_byte(&inserted.text, inserted.end)).unwrap_or(u32::MAX);
    let field = field.clone();
    request_animation_frame(move || {
        let _ = field.focus();
        let _ = field.set_selection_range(behind, behind);
    });
}

/// Whether the control is one in which a person types: not a switch, nor a list to choose from.
fn has_text(at: &At) -> bool {
    let Some(element) = document().get_element_by_id(&at.id()) else { return true };
    match element.dyn_ref::<web_sys::HtmlInputElement>() {
        Some(input) => input.type_() != "checkbox",
        None => element.dyn_ref::<web_sys::HtmlSelectElement>().is_none(),
    }
}

/// Where the caret of the field is, in bytes of `text`, which is what it shows. It stays where it is while the focus is
/// elsewhere; in a field in which nobody has been it stands at the end.
fn caret(at: &At, text: &str) -> Option<usize> {
    let Some(element) = document().get_element_by_id(&at.id()) else { return script::caret(at) };
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        return caret_of(input, text);
    }
    let units = element.dyn_ref::<web_sys::HtmlTextAreaElement>()?.selection_end().ok().flatten();
    units.map(|units| byte_of_utf16(text, units as usize))
}

/// Where the caret of an input is, in bytes of `text`, which is what it shows.
fn caret_of(input: &web_sys::HtmlInputElement, text: &str) -> Option<usize> {
    let units = input.selection_end().ok().flatten()?;
    Some(byte_of_utf16(text, units as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_goes_with_its_brackets() {
        for (text, inside, after) in [
            ("a ${{ x }} b", "x", "a b"),
            ("a ${{x}}", "x", "a"),
            ("${{ x }} b", "x", "b"),
            ("${{ x }}", "x", ""),
            ("v${{ x }}-${{ y }}", "y", "v${{ x }}-"),
            ("echo ${{ x }}\necho\n", "x", "echo\necho\n"),
            ("x == 'y'", "x == 'y'", ""),
        ] {
            let start = u32::try_from(text.rfind(inside).unwrap_or_default()).unwrap_or_default();
            let range = TextRange::new(start, start + u32::try_from(inside.len()).unwrap_or_default());
            assert_eq!(without(text, range).text, after, "{text}");
        }
    }
}
