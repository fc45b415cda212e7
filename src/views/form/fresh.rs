//! The place where a new entry gets its name: it is written when somebody confirms it or goes elsewhere, and below it stands
//! why one is not taken.

use leptos::ev::FocusEvent;
use leptos::prelude::*;
use stepladder_workflow::Analysis;
use stepladder_workflow::edits::{Edit, Refusal};
use wasm_bindgen::JsCast;

use crate::session::{Origin, Session};
use crate::ui::icon::{Icon, icon};
use crate::ui::prose::with_code;
use crate::views::perform::{Pace, is_asked_about, perform_or};

/// How somebody comes to add what they have typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Adds {
    /// By Enter or the button.
    Confirms,
    /// By going elsewhere.
    Leaves,
}

/// Whether the focus has gone out of the place that hears `event`, rather than to its next field, or out of the page.
pub(super) fn is_left(event: &FocusEvent) -> bool {
    let place = event.current_target().and_then(|place| place.dyn_into::<web_sys::Node>().ok());
    let next = event.related_target().and_then(|next| next.dyn_into::<web_sys::Node>().ok());
    let stays = place.zip(next).is_some_and(|(place, next)| place.contains(Some(&next)));
    !stays && document().has_focus().unwrap_or(true)
}

/// Why what was typed is not taken.
#[derive(Clone, Copy)]
pub(super) struct Untaken(RwSignal<Option<String>>);

impl Untaken {
    pub(super) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    pub(super) fn tell(self, why: impl Into<String>) {
        self.0.set(Some(why.into()));
    }

    pub(super) fn clear(self) {
        self.0.set(None);
    }

    /// For `aria-invalid`.
    pub(super) fn mark(self) -> Option<&'static str> {
        self.0.with(Option::is_some).then_some("true")
    }

    /// Makes the edit, or tells why not. `true`: it is made, or asked about.
    pub(super) fn add(
        self,
        session: Session,
        adds: Adds,
        make: impl Fn(&Analysis) -> Result<Edit, Refusal>,
    ) -> bool {
        self.clear();
        let make = |analysis: &Analysis| make(analysis).map(|edit| Edit { select: None, ..edit });
        let refused = session.analysis.with_untracked(make).err();
        if let Some(refusal) = refused.filter(|refusal| !is_asked_about(session, refusal)) {
            self.tell(refusal.message);
            return false;
        }
        let pace = if adds == Adds::Leaves { Pace::Leaves } else { Pace::Acts };
        let done = perform_or(session, Origin::Form, pace, make, || {});
        // Who goes elsewhere may not have meant it.
        if done && adds == Adds::Leaves {
            session.offer_undo();
        }
        done || session.is_asking()
    }

    /// What is told, at the foot of the place and in view.
    pub(super) fn view(self, id: String) -> AnyView {
        let wanted = id.clone();
        Effect::new(move |_| {
            if self.0.with(Option::is_some) {
                let id = wanted.clone();
                request_animation_frame(move || {
                    let how = web_sys::ScrollIntoViewOptions::new();
                    how.set_block(web_sys::ScrollLogicalPosition::Nearest);
                    if let Some(told) = document().get_element_by_id(&id) {
                        told.scroll_into_view_with_scroll_into_view_options(&how);
                    }
                });
            }
        });
        view! {
            <div id=id class="untaken" role="status">
                {move || self.0.get().map(|why| view! {
                    <p class="field-problem is-error">{icon(Icon::Error)} <span>{with_code(&why)}</span></p>
                })}
            </div>
        }
        .into_any()
    }
}
