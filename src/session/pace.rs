//! When the views follow an edit: at once, when that is painted, or when a hand that types quickly rests.

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;

use super::{Followed, Origin, Session};
use crate::storage;
use crate::ui::paint::{QUICK, QUIET, after_paint, when_idle};

/// How long views may lag behind somebody who does not rest, in milliseconds.
const LAG: f64 = 1000.0;

/// What is known of a hand that types.
#[derive(Default)]
pub(super) struct Typed {
    /// When the last letter came, in milliseconds.
    last: f64,
    /// Since when the views lag behind.
    behind: Option<f64>,
    /// Ends when the hand rests.
    rests: Option<TimeoutHandle>,
    /// How often something was done that was not typed.
    acts: u32,
}

impl Typed {
    /// A letter comes. Whether the views follow it, rather than one that comes later.
    fn letter(&mut self, now: f64) -> bool {
        let is_quick = now - self.last < QUICK;
        self.last = now;
        if let Some(rests) = self.rests.take() {
            rests.clear();
        }
        let behind = *self.behind.get_or_insert(now);
        let follow = !is_quick || now - behind >= LAG;
        if follow {
            self.behind = None;
        }
        follow
    }
}

impl Session {
    /// Shows the present to all who follow it, before somebody does something else.
    pub(crate) fn catch_up(self) {
        [self.analysis, self.form, self.echo].into_iter().for_each(Followed::catch_up);
    }

    /// Tells all views of the present once more, one by one, when the browser has nothing else to do.
    pub(crate) fn rehearse(self) {
        when_idle(move || {
            self.analysis.tell_again();
            when_idle(move || {
                self.form.tell_again();
                when_idle(move || self.echo.tell_again());
            });
        });
    }

    /// The run of letters that would go on now: another number than before when something else was changed in between.
    pub(crate) fn run(self) -> u32 {
        self.typed.with_value(|typed| typed.acts)
    }

    /// Something is done that is not typed.
    pub(super) fn acts(self) {
        self.typed.update_value(|typed| typed.acts = typed.acts.wrapping_add(1));
    }

    /// Tells the graph and the forms of the present, at once or when that is painted; all others then.
    pub(super) fn tell(self, graph_at_once: bool, form_at_once: bool) {
        for (view, at_once) in [(self.analysis, graph_at_once), (self.form, form_at_once), (self.echo, false)]
        {
            if at_once {
                view.catch_up();
            } else {
                view.catch_up_later();
            }
        }
    }

    /// Tells all views of a letter when it is painted. Of letters in quick succession only the last one is told, for what
    /// follows one would be in the way of the next; but the form knows each that is typed into it.
    pub(super) fn tell_typed(self, origin: Origin) {
        let follow = self.typed.try_update_value(|typed| typed.letter(storage::now())).unwrap_or(true);
        if follow {
            return self.tell(false, false);
        }
        if origin == Origin::Form {
            self.form.catch_up_later();
        } else {
            // What the next letter acts on is known before it comes.
            after_paint(move || drop(self.analysis.get_untracked()));
        }
        let rests = set_timeout_with_handle(
            move || {
                self.typed.update_value(|typed| typed.behind = None);
                self.catch_up();
            },
            QUIET,
        );
        self.typed.update_value(|typed| typed.rests = rests.ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which letters at these times, in milliseconds, the views follow at once.
    fn followed(times: &[f64]) -> Vec<f64> {
        let mut typed = Typed::default();
        times.iter().copied().filter(|&at| typed.letter(at)).collect()
    }

    #[test]
    fn views_follow_each_letter_of_a_slow_hand() {
        assert_eq!(followed(&[1000.0, 1200.0, 1400.0]), [1000.0, 1200.0, 1400.0]);
    }

    #[test]
    fn views_wait_for_a_quick_hand_but_not_for_long() {
        let times: Vec<f64> = (0..40).map(|at| 1000.0 + 60.0 * f64::from(at)).collect();
        assert_eq!(followed(&times), [1000.0, 2080.0, 3160.0]);
    }
}
