//! One chip: pressed it is changed, dragged or by Alt with an arrow key it goes elsewhere, and its button takes it out.

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent, TouchEvent};
use leptos::html::Li;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::super::drag::{Drag, Grab};
use super::super::focus;
use super::{Acts, Chip};
use crate::ui::icon::{Icon, icon};

/// A chip is dropped at the nearest one, no further away than this, in CSS pixels.
const NEAR: f64 = 48.0;

/// The list as its chips know it.
#[derive(Clone)]
pub(super) struct Row {
    /// The id of the field behind the chips.
    pub(super) id: String,
    pub(super) values: Memo<Vec<Chip>>,
    pub(super) acts: Acts,
    pub(super) drag: Drag,
    /// The place of the one that is being changed.
    pub(super) editing: RwSignal<Option<usize>>,
}

impl Row {
    /// Puts the chip of the first place at the second one. The focus is on it then, wherever it is.
    fn shift(&self, from: usize, to: usize) {
        let (id, values) = (self.id.clone(), self.values);
        let before = values.get_untracked();
        (self.acts.shift)(from, to);
        focus::on_what(move || {
            let stays = values.try_with_untracked(|now| *now == before).unwrap_or_default();
            chip_near(&id, if stays { from } else { to })
        });
    }

    /// Takes a chip out. Its neighbour has the focus then.
    fn remove(&self, at: usize) {
        (self.acts.remove)(at);
        self.go_to(at);
    }

    /// The focus goes to the chip at `at`, or to what is there instead.
    pub(super) fn go_to(&self, at: usize) {
        let id = self.id.clone();
        focus::on_what(move || chip_near(&id, at));
    }

    /// The chip at `at` of `count`. `edit` lets it be changed.
    pub(super) fn chip(
        &self,
        (at, count): (usize, usize),
        chip: Chip,
        alone: bool,
        edit: impl Fn(usize, String) + 'static,
    ) -> AnyView {
        let Self { drag, editing, .. } = *self;
        let node = NodeRef::<Li>::new();
        let row = self.clone();
        let key = move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowLeft" if event.alt_key() => at.checked_sub(1),
                "ArrowRight" if event.alt_key() => Some(at + 1).filter(|to| *to < count),
                "Delete" | "Backspace" if !alone => {
                    event.prevent_default();
                    return row.remove(at);
                }
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            if let Some(to) = to {
                row.shift(at, to);
            }
        };
        let pressed = move |event: PointerEvent| {
            let is_text =
                event_target::<Element>(&event).closest(".chip-text").is_ok_and(|text| text.is_some());
            let grab = match event.pointer_type().as_str() {
                _ if !is_text || count < 2 => Grab::Nothing,
                "touch" => Grab::Rested,
                _ => Grab::AtOnce,
            };
            if let Some(element) = node.get_untracked() {
                drag.press(&event, at, &element, grab);
            }
        };
        let moved = move |event: PointerEvent| {
            if let Some(element) = node.get_untracked() {
                drag.moves(&event, &element, || nearest(&event, &element));
            }
        };
        let row = self.clone();
        let released = move |event: PointerEvent| {
            let place = node.get_untracked().and_then(|element| nearest(&event, &element));
            if let (Some(from), Some(to)) = (drag.end(), place)
                && from != to
            {
                row.shift(from, to);
            }
        };
        // Neither scrolls nor asks for a menu what has a chip in the hand.
        let held = move |event: &web_sys::Event| {
            if drag.dragged.get_untracked().is_some() && event.cancelable() {
                event.prevent_default();
            }
        };
        let would_be = move |is_there: fn(&usize, &usize) -> bool| {
            drag.over.get() == Some(at) && drag.dragged.get().is_some_and(|from| is_there(&at, &from))
        };
        let what = if chip.title.is_empty() { String::new() } else { format!("{}. ", chip.title) };
        let moves = if count > 1 { "; drag it, or press Alt+← and Alt+→, to move it" } else { "" };
        let (change, removal) = (format!("Change {}", chip.text), format!("Remove {}", chip.text));
        let (row, text) = (self.clone(), chip.text.clone());
        view! {
            <li
                node_ref=node
                class="chip"
                class:is-bare=chip.bare
                class:is-edited=move || editing.get() == Some(at)
                class:is-behind=move || editing.get().is_some_and(|edited| edited < at)
                class:is-dragged=move || drag.dragged.get() == Some(at)
                class:takes-before=move || would_be(usize::lt)
                class:takes-behind=move || would_be(usize::gt)
                on:pointerdown=pressed
                on:pointermove=moved
                // A quick pointer is elsewhere before it has moved here.
                on:pointerleave=moved
                on:pointerup=released
                on:pointercancel=move |_| _ = drag.end()
                on:touchmove=move |event: TouchEvent| held(&event)
                on:contextmenu=move |event: MouseEvent| held(&event)
                on:click:capture=move |event| drag.click(&event)
            >
                <button
                    type="button"
                    id=format!("{}-chip-{at}", self.id)
                    class="chip-text"
                    aria-label=change
                    title=format!("{what}Press to change it{moves}")
                    on:click=move |_| edit(at, text.clone())
                    on:keydown=key
                >
                    {chip.text}
                </button>
                {(!alone).then(|| view! {
                    <button type="button" aria-label=removal.clone() title=removal on:click=move |_| row.remove(at)>
                        {icon(Icon::Close)}
                    </button>
                })}
            </li>
        }
        .into_any()
    }
}

/// The chip at `at` of the list with that field, else the last one before it, else the field.
fn chip_near(id: &str, at: usize) -> Option<HtmlElement> {
    let chips = (0..=at).rev().map(|at| format!("{id}-chip-{at}"));
    let found = chips.chain([id.to_owned()]).find_map(|id| document().get_element_by_id(&id));
    found?.dyn_into().ok()
}

/// The place of the chip that is nearest to the pointer, in the list of `chip`; `None`: none is near.
fn nearest(event: &PointerEvent, chip: &Element) -> Option<usize> {
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let chips = chip.parent_element()?.children();
    let distance = |at: u32| {
        let rect = chips.item(at)?.get_bounding_client_rect();
        let beside = |from: f64, to: f64, at: f64| (from - at).max(at - to).max(0.0);
        let far = beside(rect.left(), rect.right(), x).hypot(beside(rect.top(), rect.bottom(), y));
        (rect.width() > 0.0 && far <= NEAR).then_some((far, at))
    };
    let nearest = (0..chips.length()).filter_map(distance).min_by(|(a, _), (b, _)| a.total_cmp(b));
    usize::try_from(nearest?.1).ok()
}
