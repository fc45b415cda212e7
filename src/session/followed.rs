//! The analysis for those who follow it, and for those who act on it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::reactive::graph::Observer;
use stepladder_workflow::Analysis;

use crate::ui::paint::after_paint;

/// All that follows from the text. Who acts reads that of the present text; a view that follows it is told when
/// [`Self::catch_up`] says so: at once, or when the browser has painted what comes first. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Followed {
    now: Memo<Arc<Analysis>>,
    shown: RwSignal<Arc<Analysis>>,
    /// Whether a frame is waited for.
    waits: StoredValue<bool>,
}

impl Followed {
    /// Follows `now`, which is worked out when it is asked for.
    pub(super) fn new(now: Memo<Arc<Analysis>>) -> Self {
        let shown = RwSignal::new(Arc::new(Analysis::empty()));
        Self { now, shown, waits: StoredValue::new(false) }
    }

    /// Shows the present to all who follow.
    pub(crate) fn catch_up(self) {
        let now = self.now.get_untracked();
        if !self.shown.with_untracked(|shown| Arc::ptr_eq(shown, &now)) {
            self.shown.set(now);
        }
    }

    /// Tells all who follow that nothing has changed.
    pub(super) fn tell_again(self) {
        self.shown.set(self.now.get_untracked());
    }

    /// Shows the present after the next frame.
    pub(super) fn catch_up_later(self) {
        if !self.waits.get_value() {
            self.waits.set_value(true);
            after_paint(move || {
                self.waits.set_value(false);
                self.catch_up();
            });
        }
    }

    /// A part of it as a signal that changes only when the part does. Leave byte ranges out of it: they shift with every
    /// keystroke.
    #[must_use]
    pub(crate) fn derive<T: PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&Analysis) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.with(|analysis| part(analysis)))
    }

    /// Follows it.
    pub(crate) fn track(self) {
        self.shown.track();
    }

    /// The analysis; whoever follows signals follows this one.
    pub(crate) fn get(self) -> Arc<Analysis> {
        if Observer::get().is_some() { self.shown.get() } else { self.now.get_untracked() }
    }

    /// Reads it as [`Self::get`] does.
    pub(crate) fn with<T>(self, read: impl FnOnce(&Analysis) -> T) -> T {
        read(&self.get())
    }

    /// The analysis of the present text.
    pub(crate) fn get_untracked(self) -> Arc<Analysis> {
        self.now.get_untracked()
    }

    /// Reads that of the present text.
    pub(crate) fn with_untracked<T>(self, read: impl FnOnce(&Analysis) -> T) -> T {
        read(&self.get_untracked())
    }
}
