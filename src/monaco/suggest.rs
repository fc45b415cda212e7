//! Offers and explanations as Monaco wants them.

use js_sys::{Array, Object};
use stepladder_workflow::ide::{Completion, CompletionKind, Hover};
use stepladder_yaml::TextEdit;
use wasm_bindgen::prelude::*;

use super::editor::monaco_range;
use super::position::Positions;
use super::sys::object;

/// The characters after which Monaco asks by itself.
pub(super) fn triggers(characters: &str) -> JsValue {
    characters.chars().map(|c| JsValue::from(c.to_string())).collect::<Array>().into()
}

pub(super) fn markdown(text: &str) -> JsValue {
    object(&[("value", text.into())]).into()
}

/// What may be written, for a text with these positions.
pub(super) fn suggestions(positions: &Positions, found: &[Completion]) -> JsValue {
    let suggestions: Array =
        found.iter().map(|completion| JsValue::from(suggestion(positions, completion))).collect();
    object(&[("suggestions", suggestions.into())]).into()
}

/// What is known about a place.
pub(super) fn told(positions: &Positions, hover: &Hover) -> JsValue {
    let contents = Array::of1(&markdown(&hover.markdown));
    object(&[("range", monaco_range(positions, hover.range).into()), ("contents", contents.into())]).into()
}

fn suggestion(positions: &Positions, completion: &Completion) -> Object {
    let kind = match completion.kind {
        CompletionKind::Key => 9,
        CompletionKind::Value => 16,
        CompletionKind::Event => 10,
        CompletionKind::Action | CompletionKind::Job | CompletionKind::Step => 8,
        CompletionKind::Input => 3,
        CompletionKind::Context => 7,
        CompletionKind::Property => 9,
        CompletionKind::Function => 1,
        CompletionKind::Secret => 14,
        CompletionKind::Variable => 4,
        CompletionKind::Snippet => 28,
    };
    let item = object(&[
        ("label", completion.label.as_str().into()),
        ("kind", kind.into()),
        ("detail", completion.detail.as_ref().into()),
        ("documentation", markdown(&completion.docs)),
        ("insertText", completion.insert.as_str().into()),
        ("insertTextRules", if completion.is_snippet { 4 } else { 0 }.into()),
        ("range", monaco_range(positions, completion.replace).into()),
        ("sortText", format!("{:05}", completion.sort).into()),
    ]);
    let mut more: Vec<(&str, JsValue)> = Vec::new();
    if completion.deprecated {
        more.push(("tags", Array::of1(&1.into()).into()));
    }
    if completion.ask_again {
        let again = object(&[("id", "editor.action.triggerSuggest".into()), ("title", "".into())]);
        more.push(("command", again.into()));
    }
    if let Some(extra) = &completion.extra {
        more.push(("additionalTextEdits", edits(positions, extra).into()));
    }
    for (key, value) in more {
        let _ = js_sys::Reflect::set(&item, &key.into(), &value);
    }
    item
}

fn edits(positions: &Positions, edit: &TextEdit) -> Array {
    let edits = edit.changes().iter().map(|change| {
        let range = monaco_range(positions, change.range).into();
        JsValue::from(object(&[("range", range), ("text", change.insert.as_str().into())]))
    });
    edits.collect()
}
