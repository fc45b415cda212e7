//! The draft in front is saved as it changes, and versions of it are kept.

use std::sync::Arc;
use std::time::Duration;

use leptos::leptos_dom::helpers::set_timeout_with_handle;
use leptos::prelude::*;

use super::Front;
use crate::drafts::{self, Draft, Version};
use crate::shell::Shell;
use crate::storage;
use crate::ui::toast::Tone;

/// How long after the last change a draft is saved.
const SAVE_AFTER: Duration = Duration::from_millis(400);
/// How much time lies between two versions of a draft that is worked on, in milliseconds.
const VERSION_AFTER: f64 = 60_000.0;

impl Shell {
    /// Saves the draft as it changes.
    pub(in crate::shell) fn remember_drafts(self) {
        Effect::new(move |_| {
            // At once: the page may be gone before the next frame.
            self.session.track_text();
            let _ = self.session.file_path();
            self.scenarios.track();
            self.source.track();
            if self.has_document() {
                self.desk.changes.update_value(|changes| *changes = changes.wrapping_add(1));
                self.saved.set(None);
                self.save_later();
            }
        });
        for event in ["pagehide", "visibilitychange"] {
            let handle = window_event_listener_untyped(event, move |_| {
                if self.saved.get_untracked().is_none()
                    && let Some((id, draft)) = self.draft()
                {
                    // There may be no time left for the database.
                    drafts::journal(&id, &draft);
                    self.save();
                }
            });
            on_cleanup(move || handle.remove());
        }
    }

    fn save_later(self) {
        self.desk.timer.update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
            *timer = set_timeout_with_handle(move || self.save(), SAVE_AFTER).ok();
        });
    }

    /// The draft in front as it is now.
    pub(super) fn draft(self) -> Option<(String, Draft)> {
        let Front { id, template } = self.desk.front.get_untracked()?;
        let draft = Draft {
            file: untrack(move || self.session.file_path()),
            text: self.session.text_untracked(),
            original: self.session.original.get_untracked(),
            saved: storage::now(),
            template,
            scenarios: self.scenarios.get_untracked(),
            source: self.source.get_untracked(),
        };
        Some((id, draft))
    }

    /// Saves the draft now.
    pub(crate) fn save(self) {
        let Some((id, draft)) = self.draft() else { return };
        let (saved, changes) = (draft.saved, self.desk.changes.get_value());
        if saved - self.desk.version.with_value(|(at, _)| *at) >= VERSION_AFTER {
            self.keep_version();
        }
        self.desk.drafts.put(&id, draft, move |result| match result {
            Ok(()) => {
                self.desk.told.set_value(false);
                if self.desk.changes.get_value() == changes {
                    self.saved.set(Some(saved));
                }
            }
            Err(message) if !self.desk.told.get_value() => {
                self.desk.told.set_value(true);
                self.session.toaster.show(Tone::Error, message, None);
            }
            Err(_) => {}
        });
    }

    /// Saves the draft if one is open, and keeps a version of it.
    pub(crate) fn save_now(self) {
        if self.has_document() {
            self.keep_version();
            self.save();
        }
    }

    /// Keeps the present text as a version, unless it is the last one.
    pub(crate) fn keep_version(self) {
        let Some((id, draft)) = self.draft() else { return };
        if self.desk.version.with_value(|(_, text)| **text == *draft.text) {
            return;
        }
        let label = untrack(move || self.session.undo_label());
        self.desk.version.set_value((draft.saved, Arc::clone(&draft.text)));
        drafts::keep_version(&id, Version { at: draft.saved, label, text: draft.text });
    }
}
