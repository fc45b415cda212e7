//! A finger that rests: on the line of a step it takes the step into the hand, and where it does not move then, or rests
//! elsewhere, the menu opens.

use leptos::ev::PointerEvent;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use stepladder_yaml::Path;

use super::{Graph, lift, popup};
use crate::ui::finger::{REST, vibrate};

/// A finger that has taken a step and moves less than this, in CSS pixels, wants its menu.
const SLACK: f64 = 8.0;

/// A finger on a step.
#[derive(Clone, Debug)]
pub(super) struct Rest {
    step: Path,
    /// In the view.
    at: (f64, f64),
    timer: Option<TimeoutHandle>,
    /// Whether it has rested long enough, and not moved since.
    ripe: bool,
}

/// A finger has gone down on the line of `step`.
pub(super) fn begin(graph: Graph, event: &PointerEvent, step: Option<Path>, at: (f64, f64)) {
    end(graph);
    let Some(step) = step.filter(|_| event.pointer_type() == "touch") else { return };
    let (pointer, taken) = (event.pointer_id(), step.clone());
    let take = move || {
        graph.hand.update_value(|hand| {
            hand.moved = true;
            if let Some(rest) = &mut hand.rest {
                rest.ripe = true;
            }
        });
        if let Some(view) = graph.view.get_untracked() {
            let _ = view.set_pointer_capture(pointer);
        }
        lift::lift(graph, taken.clone(), at);
        vibrate();
    };
    let timer = set_timeout_with_handle(take, REST).ok();
    graph.hand.update_value(|hand| hand.rest = Some(Rest { step, at, timer, ripe: false }));
}

/// It is up, moves on, or another one has come.
pub(super) fn end(graph: Graph) {
    let rest = graph.hand.try_update_value(|hand| hand.rest.take()).flatten();
    if let Some(timer) = rest.and_then(|rest| rest.timer) {
        timer.clear();
    }
}

/// Whether the finger that has a step in the hand has not moved it yet, being at `at` now.
pub(super) fn still_rests(graph: Graph, at: (f64, f64)) -> bool {
    let rests = graph.hand.with_value(|hand| {
        hand.rest.as_ref().is_some_and(|rest| (at.0 - rest.at.0).hypot(at.1 - rest.at.1) < SLACK)
    });
    if !rests {
        end(graph);
    }
    rests
}

/// The finger is up that has a step in the hand. `true`: it has not moved it, and gets the menu instead.
pub(super) fn asks(graph: Graph) -> bool {
    let rest = graph.hand.with_value(|hand| hand.rest.clone()).filter(|rest| rest.ripe);
    let asks = rest.is_some() && graph.lifted.with_untracked(Option::is_some);
    if let Some(rest) = rest.filter(|_| asks) {
        graph.lifted.set(None);
        popup::open_step(graph, rest.step, rest.at);
    }
    asks
}

/// The browser asks for a menu. `false`: a step is in the hand, which is told otherwise what shall become of it. Else the
/// press ends with it: what the pointer does until it is up neither moves the view nor clicks.
pub(super) fn may_ask(graph: Graph) -> bool {
    if graph.lifted.with_untracked(Option::is_some) {
        return false;
    }
    end(graph);
    graph.connection.set(None);
    graph.hand.update_value(|hand| {
        if !hand.pointers.is_empty() {
            hand.pointers.clear();
            hand.moved = true;
        }
    });
    true
}
