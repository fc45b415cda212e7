//! Where an expression goes, and how it gets there.

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_yaml::TextRange;
use stepladder_yaml::edit::Value;
use wasm_bindgen::JsCast;

use super::super::controls::At;
use super::super::{pairs, read, write};
use super::is_condition;

/// What becomes of the expression.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Target {
    /// It goes where the caret of the field is.
    Caret,
    /// It takes the place of these bytes of the field's text, which are the inside of an expression.
    Inside(TextRange),
}

/// The field's text with the expression in it, and a byte in the expression.
pub(super) fn text_with(at: &At, target: Target, source: &str) -> (String, usize) {
    let text = at.session.analysis.with_untracked(|analysis| read::shown(analysis, &at.path).text());
    match target {
        Target::Inside(range) => {
            let range = range.to_usize();
            let (before, behind) =
                (text.get(..range.start).unwrap_or(&text), text.get(range.end..).unwrap_or_default());
            (format!("{before}{source}{behind}"), before.len())
        }
        Target::Caret if is_condition(at) && text.is_empty() => (source.to_owned(), 0),
        Target::Caret => (format!("${{{{ {source} }}}}"), 4),
    }
}

/// Puts the expression where it belongs.
pub(super) fn put(at: &At, target: Target, source: &str) {
    let id = at.id();
    match target {
        Target::Inside(_) => {
            let (text, _) = text_with(at, target, source);
            write::set(at.session, &at.path, &Value::Str(text), false);
        }
        Target::Caret => {
            let caret = document().get_element_by_id(&id).map_or(0, |element| caret(&element));
            write::act(at.session, |analysis| {
                let value = read::shown(analysis, &at.path).text();
                // A newly opened field has no caret yet: behind everything is where people go on.
                let caret = if caret == 0 { value.len() } else { byte_of(&value, caret) };
                edits::insert_expression(analysis, &at.path, caret, source)
            });
        }
    }
    pairs::focus(id);
}

/// The byte of `text` at `units` UTF-16 units.
fn byte_of(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    for (at, c) in text.char_indices() {
        if left < c.len_utf16() {
            return at;
        }
        left -= c.len_utf16();
    }
    text.len()
}

/// Where the caret of a text control is, in UTF-16 units.
fn caret(element: &web_sys::Element) -> u32 {
    let place = |at: Result<Option<u32>, _>| at.ok().flatten().unwrap_or_default();
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        place(input.selection_end())
    } else if let Some(area) = element.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        place(area.selection_end())
    } else {
        0
    }
}
