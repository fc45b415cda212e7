//! The text and its undo history.

use std::sync::Arc;

use stepladder_yaml::{TextEdit, TextRange};

/// Most steps that are kept; the oldest are forgotten first.
const MAX_STEPS: usize = 2_000;

/// Whether an edit may become one undo step with the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// A step of its own.
    No,
    /// Typing: joins the typing before it when it goes on at the same place and in the same word or line.
    Typing,
    /// Typing into a field of one line, which is one step from when somebody came to the field, of which this is the number.
    Visit(u32),
    /// What follows of the last step, such as that a key goes whose value was emptied: one step with it.
    Last,
}

/// An edit that was just done to the text by [`Document::undo`] or [`Document::redo`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// What the step is called.
    pub label: String,
    /// The change that the text went through.
    pub edit: TextEdit,
}

/// The text, and the edits that lead back to where it came from and forth again.
#[derive(Clone, Debug)]
pub struct Document {
    text: Arc<str>,
    undo: Vec<Step>,
    redo: Vec<Step>,
}

/// `edit` leads away from the present text, back (in `undo`) or forth (in `redo`).
#[derive(Clone, Debug)]
struct Step {
    label: String,
    edit: TextEdit,
    merge: Merge,
}

impl Document {
    /// A document with no history.
    #[must_use]
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self { text: text.into(), undo: Vec::new(), redo: Vec::new() }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Does `edit` and makes it one undo step called `label`. `false`: nothing changed, and nothing was recorded.
    pub fn apply(&mut self, edit: TextEdit, label: impl Into<String>, merge: Merge) -> bool {
        let new = edit.apply(&self.text);
        if *new == *self.text {
            return false;
        }
        let back = edit.invert(&self.text);
        let last = self.undo.last().filter(|last| last.merge == merge || merge == Merge::Last);
        let joined = last.and_then(|last| match merge {
            Merge::No => None,
            Merge::Typing => join(&last.edit, &edit, &self.text),
            Merge::Visit(_) | Merge::Last => Some(TextEdit::between(&new, &last.edit.apply(&self.text))),
        });
        match (joined, self.undo.last_mut()) {
            // What was there before is there again.
            (Some(joined), _) if joined.is_empty() => _ = self.undo.pop(),
            // What was typed is called what it is in the end.
            (Some(joined), Some(last)) => (last.edit, last.label) = (joined, label.into()),
            _ => {
                if self.undo.len() == MAX_STEPS {
                    self.undo.remove(0);
                }
                let merge = if merge == Merge::Last { Merge::No } else { merge };
                self.undo.push(Step { label: label.into(), edit: back, merge });
            }
        }
        self.redo.clear();
        self.text = new.into();
        true
    }

    /// Takes the last step back.
    pub fn undo(&mut self) -> Option<Applied> {
        let step = self.undo.pop()?;
        let (applied, back) = self.step(step);
        self.redo.push(back);
        Some(applied)
    }

    /// Does again what was taken back last.
    pub fn redo(&mut self) -> Option<Applied> {
        let step = self.redo.pop()?;
        let (applied, back) = self.step(step);
        self.undo.push(back);
        Some(applied)
    }

    /// What [`Document::undo`] would take back.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.last().map(|step| step.label.as_str())
    }

    /// What [`Document::redo`] would do again.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|step| step.label.as_str())
    }

    fn step(&mut self, step: Step) -> (Applied, Step) {
        let back = step.edit.invert(&self.text);
        self.text = step.edit.apply(&self.text).into();
        // Typing that was undone and redone is complete: what is typed next is a step of its own.
        let reverse = Step { label: step.label.clone(), edit: back, merge: Merge::No };
        (Applied { label: step.label, edit: step.edit }, reverse)
    }
}

/// The way back over both: over `edit`, which is about to be done to `text`, and over the step whose way back from
/// `text` is `back`. `None`: they are not one piece of typing.
fn join(back: &TextEdit, edit: &TextEdit, text: &str) -> Option<TextEdit> {
    let ([back], [edit]) = (back.changes(), edit.changes()) else { return None };
    let (written, old) = (back.range, &back.insert);
    let range = edit.range;
    let typed_on = range.is_empty() && range.start == written.end;
    let erased_on = edit.insert.is_empty() && (range.end == written.start || range.end == written.end);
    if !typed_on && !erased_on {
        return None;
    }
    let before = text.get(written.to_usize())?;
    if typed_on && starts_new_step(before, &edit.insert) {
        return None;
    }
    if erased_on && !before.is_empty() && range.start < written.start {
        return None;
    }
    // What stood there before both, and what will stand there after both.
    let mut replaced = text.get(range.start.min(written.start) as usize..written.start as usize)?.to_owned();
    replaced.push_str(old);
    let start = range.start.min(written.start);
    let len =
        i64::from(written.end - start) - i64::from(range.len()) + i64::try_from(edit.insert.len()).ok()?;
    let end = u32::try_from(i64::from(start) + len).ok()?;
    Some(TextEdit::replace(TextRange::new(start, end), replaced))
}

/// A line break ends a step, and so does the first letter after a space.
fn starts_new_step(before: &str, typed: &str) -> bool {
    let after_space = before.ends_with(char::is_whitespace);
    typed.contains('\n')
        || typed.chars().count() > 1
        || (after_space && !typed.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn insert(at: u32, text: &str) -> TextEdit {
        TextEdit::replace(TextRange::empty(at), text)
    }

    fn erase(start: u32, end: u32) -> TextEdit {
        TextEdit::replace(TextRange::new(start, end), "")
    }

    fn type_in(document: &mut Document, at: u32, text: &str) {
        for (i, c) in text.char_indices() {
            let at = at + u32::try_from(i).unwrap();
            assert!(document.apply(insert(at, &c.to_string()), "typing", Merge::Typing));
        }
    }

    #[test]
    fn a_word_is_one_step_and_each_further_word_another() {
        let mut document = Document::new("name: \n");
        type_in(&mut document, 6, "my build");
        assert_eq!(&**document.text(), "name: my build\n");
        assert_eq!(document.undo().unwrap().label, "typing");
        assert_eq!(&**document.text(), "name: my \n");
        document.undo();
        assert_eq!(&**document.text(), "name: \n");
        assert!(document.undo().is_none());
        document.redo();
        document.redo();
        assert_eq!(&**document.text(), "name: my build\n");
        assert!(document.redo().is_none());
    }

    #[test]
    fn a_step_of_typing_is_called_by_its_last_letter() {
        let mut document = Document::new("name: \n");
        for (at, text) in [(6, "a"), (7, "b")] {
            document.apply(insert(at, text), format!("type {text}"), Merge::Typing);
        }
        assert_eq!(document.undo_label(), Some("type b"));
        assert_eq!(document.undo().unwrap().label, "type b");
    }

    #[test]
    fn a_line_break_ends_the_step() {
        let mut document = Document::new("");
        type_in(&mut document, 0, "a\nb");
        for expected in ["a\n", "a", ""] {
            document.undo();
            assert_eq!(&**document.text(), expected);
        }
    }

    #[test]
    fn one_visit_of_a_field_is_one_step() {
        let mut document = Document::new("name: CI\n");
        for (at, letter) in (8..).zip(" of two words".chars()) {
            document.apply(insert(at, &letter.to_string()), "name", Merge::Visit(1));
        }
        document.apply(erase(6, 9), "name", Merge::Visit(1));
        document.apply(insert(6, "x"), "name again", Merge::Visit(2));
        document.undo();
        assert_eq!(&**document.text(), "name: of two words\n");
        document.undo();
        assert_eq!((&**document.text(), document.undo_label()), ("name: CI\n", None));
        // What was typed and erased again is no step.
        document.apply(insert(8, "y"), "name", Merge::Visit(3));
        document.apply(erase(8, 9), "name", Merge::Visit(3));
        assert_eq!(document.undo_label(), None);
    }

    #[test]
    fn what_follows_of_a_step_is_one_with_it() {
        let mut document = Document::new("a: x\nb: y\n");
        document.apply(erase(8, 9), "empty b", Merge::Visit(1));
        document.apply(erase(5, 9), "remove b", Merge::Last);
        assert_eq!((&**document.text(), document.undo_label()), ("a: x\n", Some("remove b")));
        document.undo();
        assert_eq!((&**document.text(), document.undo_label()), ("a: x\nb: y\n", None));
        document.redo();
        assert_eq!(&**document.text(), "a: x\n");
        // Where nothing was done before, it is a step of its own.
        let mut document = Document::new("ab");
        document.apply(erase(0, 1), "a", Merge::Last);
        document.apply(erase(0, 1), "b", Merge::No);
        document.undo();
        assert_eq!(&**document.text(), "b");
    }

    #[test]
    fn backspaces_are_one_step() {
        let mut document = Document::new("abcdef");
        for end in (3..=6).rev() {
            document.apply(erase(end - 1, end), "delete", Merge::Typing);
        }
        assert_eq!(&**document.text(), "ab");
        assert_eq!(document.undo().unwrap().edit, insert(2, "cdef"));
        assert_eq!(&**document.text(), "abcdef");
    }

    #[test]
    fn typing_elsewhere_and_visual_edits_are_steps_of_their_own() {
        let mut document = Document::new("ab");
        type_in(&mut document, 0, "x");
        type_in(&mut document, 3, "y");
        document.apply(insert(4, "z"), "add a job", Merge::No);
        type_in(&mut document, 5, "w");
        assert_eq!(&**document.text(), "xabyzw");
        for expected in ["xabyz", "xaby", "xab", "ab"] {
            document.undo();
            assert_eq!(&**document.text(), expected);
        }
    }

    #[test]
    fn a_new_edit_forgets_what_was_undone() {
        let mut document = Document::new("a");
        document.apply(insert(1, "b"), "b", Merge::No);
        document.undo();
        assert_eq!(document.redo_label(), Some("b"));
        document.apply(insert(1, "c"), "c", Merge::No);
        assert_eq!((document.undo_label(), document.redo_label()), (Some("c"), None));
    }

    #[test]
    fn nothing_changed_is_nothing_recorded() {
        let mut document = Document::new("a");
        assert!(!document.apply(TextEdit::replace(TextRange::new(0, 1), "a"), "same", Merge::No));
        assert_eq!(document.undo_label(), None);
    }

    proptest! {
        #[test]
        fn undo_leads_back_and_redo_forth(edits in proptest::collection::vec((0u32..40, 0u32..6, "[a-z \n]{0,4}", 0u32..4), 1..40)) {
            let mut document = Document::new("on: push\njobs: {}\n");
            for (start, len, text, typing) in edits {
                let size = u32::try_from(document.text().len()).unwrap();
                let start = start.min(size);
                let edit = TextEdit::replace(TextRange::new(start, (start + len).min(size)), text);
                let merge = [Merge::No, Merge::Typing, Merge::Visit(1), Merge::Visit(2)][typing as usize];
                document.apply(edit, "edit", merge);
            }
            let last = document.text().clone();
            while document.undo().is_some() {}
            prop_assert_eq!(&**document.text(), "on: push\njobs: {}\n");
            while document.redo().is_some() {}
            prop_assert_eq!(document.text(), &last);
        }
    }
}
