//! The YAML in a plain text field: until Monaco is there, when it fails, or by choice.

use leptos::html::Textarea;
use leptos::prelude::*;
use stepladder_yaml::{Change, TextEdit, TextRange};

use crate::monaco::position::{byte_of_utf16, utf16_of_byte};
use crate::session::{Origin, Session};

/// The text field.
pub(crate) fn plain(session: Session) -> AnyView {
    let field = NodeRef::<Textarea>::new();
    Effect::new(move |_| {
        let (text, Some(field)) = (session.text(), field.get()) else { return };
        let shown = shown(&text);
        let old = field.value();
        if old != shown {
            // What was written elsewhere moves the caret along, and only as far.
            let caret = field.selection_start().ok().flatten().unwrap_or_default() as usize;
            let moved = TextEdit::between(&old, &shown).map_offset(offset(byte_of_utf16(&old, caret)));
            field.set_value(&shown);
            let units = u32::try_from(utf16_of_byte(&shown, moved as usize)).ok();
            let _ = field.set_selection_start(units);
            let _ = field.set_selection_end(units);
        }
    });
    Effect::new(move |_| {
        let selection = session.selection().get();
        let (Some(field), true) = (field.get(), selection.origin != Origin::Code) else { return };
        let text = session.text_untracked();
        let range = selection.range.or_else(|| {
            session.analysis.with_untracked(|analysis| {
                let entry = analysis.tree.entry_at(&selection.path).map(|entry| entry.range());
                entry.or_else(|| analysis.tree.at(&selection.path).map(|node| node.range()))
            })
        });
        if let Some(range) = range.filter(|_| !selection.path.steps().is_empty() || selection.range.is_some())
        {
            let units = |at: u32| {
                let before = text.get(..at as usize).unwrap_or_default();
                u32::try_from(shown(before).encode_utf16().count()).unwrap_or(u32::MAX)
            };
            let _ = field.set_selection_range(units(range.start), units(range.end));
            reveal_line(&field, text.get(..range.start as usize).unwrap_or_default());
        }
    });
    let typed = move || {
        if let Some(field) = field.get_untracked()
            && let Some(edit) = edit_to(&session.text_untracked(), &field.value())
        {
            session.apply_typing(edit, "typing", Origin::Code);
        }
    };
    let caret = move || {
        if let Some(field) = field.get_untracked() {
            let text = session.text_untracked();
            let units = field.selection_start().ok().flatten().unwrap_or_default() as usize;
            let at = byte_of_utf16(&shown(&text), units);
            session.select_range(TextRange::empty(offset(original_offset(&text, at))), Origin::Code);
        }
    };
    view! {
        <textarea
            node_ref=field
            class="plain"
            aria-label="YAML of the workflow"
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            wrap="off"
            on:input=move |_| typed()
            on:click=move |_| caret()
            on:keyup=move |_| caret()
        ></textarea>
    }
    .into_any()
}

fn reveal_line(field: &web_sys::HtmlTextAreaElement, before: &str) {
    let line = before.matches('\n').count();
    let lines = field.value().matches('\n').count() + 1;
    let height = f64::from(field.scroll_height()) / u32::try_from(lines).map_or(1.0, f64::from);
    let middle = f64::from(field.client_height()) / 2.0;
    let top = height * u32::try_from(line).map_or(0.0, f64::from) - middle;
    field.set_scroll_top(top.max(0.0) as i32);
}

/// The text as a text field shows it: with every line break as `\n`.
fn shown(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

/// The edit that makes `text` what the field holds, with untouched line breaks kept and new ones like the others.
fn edit_to(text: &str, field: &str) -> Option<TextEdit> {
    let edit = TextEdit::between(&shown(text), field);
    if !text.contains('\r') {
        return Some(edit);
    }
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\r" };
    let changes = edit.changes().iter().map(|change| {
        let at = |shown: u32| offset(original_offset(text, shown as usize));
        Change {
            range: TextRange::new(at(change.range.start), at(change.range.end)),
            insert: change.insert.replace('\n', line_break),
        }
    });
    TextEdit::new(changes.collect())
}

/// The byte of `text` that stands at the byte `at` of [`shown`].
fn original_offset(text: &str, at: usize) -> usize {
    let mut left = at;
    let bytes = text.as_bytes();
    let mut original = 0;
    while left > 0 && original < bytes.len() {
        original += if bytes[original..].starts_with(b"\r\n") { 2 } else { 1 };
        left -= 1;
    }
    original
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn typed(text: &str, field: &str) -> String {
        edit_to(text, field).unwrap().apply(text)
    }

    #[test]
    fn line_breaks_that_are_not_touched_stay() {
        assert_eq!(typed("a\r\nb\r\nc", "a\nbX\nc"), "a\r\nbX\r\nc");
        assert_eq!(typed("a\r\nb\nc\r\n", "a\nb\ncX\n"), "a\r\nb\ncX\r\n");
        assert_eq!(typed("a\nb", "a\nb"), "a\nb");
    }

    #[test]
    fn new_line_breaks_are_like_the_others() {
        assert_eq!(typed("a\r\nb\r\n", "a\nx\nb\n"), "a\r\nx\r\nb\r\n");
        assert_eq!(typed("a\nb\n", "a\nx\nb\n"), "a\nx\nb\n");
    }

    #[test]
    fn a_joined_line_loses_its_whole_break() {
        assert_eq!(typed("a\r\nb\r\n", "ab\n"), "ab\r\n");
    }

    #[test]
    fn characters_of_several_bytes() {
        assert_eq!(typed("ü\r\n🚀\r\n", "ü\n🚀x\n"), "ü\r\n🚀x\r\n");
    }
}
