//! The page is built in several short tasks, between which the browser can answer a person.

use std::time::Duration;

use leptos::prelude::*;

/// Which parts of the page are there already. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Turns(RwSignal<u8>);

/// What listens, remembers and follows the address.
pub(crate) const START: u8 = 1;
/// The frame around everything.
pub(crate) const FRAME: u8 = 2;
/// The screen in it.
pub(crate) const SCREEN: u8 = 3;
/// All that is seen at first is there, and shown at once.
const SHOWN: u8 = 4;
/// What lies further down on the screen.
pub(crate) const BELOW: u8 = 5;
/// What opens when it is asked for.
pub(crate) const HIDDEN: u8 = 6;

impl Turns {
    /// Begins; views find it as their context.
    pub(crate) fn begin() -> Self {
        let turns = Self(RwSignal::new(0));
        provide_context(turns);
        turns.go_on();
        turns
    }

    fn go_on(self) {
        let next = move || {
            let turn = self.0.get_untracked() + 1;
            if turn == SHOWN
                && let Some(skeleton) = document().get_element_by_id("skeleton")
            {
                skeleton.remove();
            }
            self.0.set(turn);
            if turn < HIDDEN {
                self.go_on();
            }
        };
        set_timeout(next, Duration::ZERO);
    }

    /// Whether that turn has come.
    pub(crate) fn has_come(self, turn: u8) -> Memo<bool> {
        Memo::new(move |_| self.0.get() >= turn)
    }

    /// Does something when its turn comes; what it creates lives as long as the present owner.
    pub(crate) fn then(self, turn: u8, run: impl Fn() + 'static) {
        let here = self.has_come(turn);
        Effect::new(move |_| {
            if here.get() {
                untrack(&run);
            }
        });
    }

    /// Whether the page may be shown, in place of its skeleton.
    pub(crate) fn is_shown(self) -> Memo<bool> {
        self.has_come(SHOWN)
    }
}

/// A view that is built when its turn comes.
pub(crate) fn in_turn(turn: u8, view: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    let Some(turns) = use_context::<Turns>() else { return view() };
    let here = turns.has_come(turn);
    (move || here.get().then(&view)).into_any()
}
