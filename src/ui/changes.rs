//! Signals for many who follow the same thing, of which an event changes little.

use leptos::prelude::*;

/// What `read` gives. Who follows it is woken when it has changed; who follows a [`Memo`] is woken when it might have,
/// which costs more than finding out when a few hundred do.
///
/// It is brought up to date with the other effects: who needs it earlier asks where `read` does.
pub(crate) fn changes<T: PartialEq + Send + Sync + 'static>(read: impl Fn() -> T + 'static) -> ReadSignal<T> {
    let (now, set) = signal(untrack(&read));
    Effect::new(move |_| {
        let next = read();
        if now.with_untracked(|now| *now != next) {
            set.set(next);
        }
    });
    now
}
