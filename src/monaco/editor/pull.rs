//! What other views have written, into Monaco's model.

use std::rc::Weak;

use js_sys::Array;
use stepladder_yaml::{Change, TextEdit, TextRange};
use wasm_bindgen::prelude::*;

use super::super::position::Positions;
use super::super::sys::object;
use super::{Shared, monaco_range};
use crate::ui::paint::when_idle;

impl Shared {
    /// Writes into the model what other views have changed since.
    pub(super) fn pull(&self) {
        let revision = self.session.revision();
        if self.revision.get() == revision {
            return;
        }
        self.writing.set(true);
        match self.session.edits_since(self.revision.get()) {
            Some(edits) => match self.as_one(&edits) {
                Some(one) => self.write(&one),
                None => edits.iter().for_each(|edit| self.write(edit)),
            },
            None => {
                let text = self.session.text_untracked();
                self.model.set_value(&text);
                self.positions.replace(Positions::new(text));
            }
        }
        self.writing.set(false);
        self.revision.set(revision);
    }

    /// What was typed letter by letter within a line, as one edit: each one costs Monaco as much.
    fn as_one(&self, edits: &[TextEdit]) -> Option<TextEdit> {
        let new = (edits.len() > 1).then(|| self.session.text_untracked())?;
        let positions = self.positions.borrow();
        let one = TextEdit::between(positions.text(), &new);
        let is_within_line = |change: &Change| {
            let old = positions.text().get(change.range.to_usize());
            old.is_some_and(|old| !old.contains('\n')) && !change.insert.contains('\n')
        };
        one.changes().iter().all(is_within_line).then_some(one)
    }

    /// Writes a blank and takes it away again, when the browser has nothing else to do: it is slow at what it does for the
    /// first few times, and the first letters that somebody types elsewhere shall not wait for that.
    pub(super) fn rehearse(shared: Weak<Self>, times: u8) {
        when_idle(move || {
            let Some(here) = shared.upgrade() else { return };
            let is_over = times == 0 || here.model.is_disposed();
            if is_over || here.editor.has_focus() || here.revision.get() != here.session.revision() {
                return;
            }
            let end = here.positions.borrow().text().find('\n').unwrap_or_default() as u32;
            here.writing.set(true);
            here.write(&TextEdit::replace(TextRange::empty(end), " "));
            here.write(&TextEdit::replace(TextRange::new(end, end + 1), ""));
            here.writing.set(false);
            Self::rehearse(shared, times - 1);
        });
    }

    fn write(&self, edit: &TextEdit) {
        let new = {
            let positions = self.positions.borrow();
            let edits = edit.changes().iter().map(|change| {
                let range = monaco_range(&positions, change.range);
                JsValue::from(object(&[("range", range.into()), ("text", change.insert.as_str().into())]))
            });
            self.model.apply_edits(&edits.collect::<Array>());
            edit.apply(positions.text())
        };
        self.positions.replace(Positions::new(new.into()));
    }
}
