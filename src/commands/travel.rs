//! From pane to pane by keys.

use leptos::prelude::*;
use web_sys::Element;

use super::{Command, editing};
use crate::ui::icon::Icon;
use crate::ui::reach::{reach_now, seen};

/// They follow those of the panes.
pub(super) static TRAVEL: &[Command] = &[
    Command {
        id: "next-pane",
        title: "Go to the next pane",
        icon: Icon::Right,
        keys: "F6",
        enabled: editing,
        run: |_| go(1),
    },
    Command {
        id: "previous-pane",
        title: "Go to the pane before",
        icon: Icon::Left,
        keys: "Shift+F6",
        enabled: editing,
        run: |_| go(-1),
    },
];

/// The panes in their order, each with what takes the focus in it, the best first.
const PANES: [(&str, &[&str]); 5] = [
    (".pane-graph", &[".pane-graph [role=treeitem][tabindex='0']", ".pane-graph .pane-body button"]),
    (".pane-form", &[".form :is(input, select, textarea, button)"]),
    (".pane-code", &[".pane-code .native-edit-context", ".pane-code textarea"]),
    // On a phone, in the place of all others.
    (".pane-full", &[".pane-full"]),
    (".drawer", &[".drawer [role=tab][aria-selected=true]", ".drawer [role=tab]", ".drawer button"]),
];

/// Takes the focus to the next pane that is shown, or the one before.
fn go(by: i32) {
    let shown: Vec<_> = PANES.iter().filter(|(pane, _)| seen(pane).is_some()).collect();
    let Ok(count) = i32::try_from(shown.len()) else { return };
    if count == 0 {
        return;
    }
    let active = document().active_element();
    let is_in = |pane: &str| {
        let around = active.as_ref().and_then(|active: &Element| active.closest(pane).ok().flatten());
        around.is_some()
    };
    let here = shown.iter().position(|(pane, _)| is_in(pane)).and_then(|at| i32::try_from(at).ok());
    let first = if by > 0 { -1 } else { count };
    let next = (here.unwrap_or(first) + by).rem_euclid(count);
    let Some((_, places)) = usize::try_from(next).ok().and_then(|next| shown.get(next)) else { return };
    if let Some(place) = places.iter().find(|place| seen(place).is_some()) {
        reach_now(*place);
    }
}
