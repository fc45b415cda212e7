//! Lists whose items can be put in another order: by dragging with mouse, pen or finger, by buttons, and by Alt with an
//! arrow key. What is dropped elsewhere may find a taker there.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::drag::{Drag, Grab};
use crate::ui::button::icon_button;
use crate::ui::icon::{Icon, icon};

/// One such list.
#[derive(Clone)]
pub(super) struct Sortable {
    drag: Drag,
    /// The place, from 0, whose item gets the focus once the list is drawn anew, and which of its buttons.
    focus: RwSignal<Option<(usize, Held)>>,
    put: Arc<dyn Fn(usize, usize) + Send + Sync>,
    /// Takes an item that is dropped outside of the list.
    away: Option<Away>,
}

/// A place outside of the list that takes items.
#[derive(Clone)]
struct Away {
    /// What such places match, in CSS.
    selector: &'static str,
    /// Gets the position of the item and the element that it was dropped on.
    take: Take,
}

type Take = Arc<dyn Fn(usize, &Element) + Send + Sync>;

/// The button of an item that somebody is at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Main,
    Up,
    Down,
}

impl Sortable {
    /// `put(from, to)` moves the item at `from` so that it stands at `to`, both from 0.
    pub(super) fn new(put: impl Fn(usize, usize) + Send + Sync + 'static) -> Self {
        Self { drag: Drag::new(), focus: RwSignal::new(None), put: Arc::new(put), away: None }
    }

    /// Lets items be dropped on elements that match `selector`, which `take` is then told.
    pub(super) fn with_takers(
        mut self,
        selector: &'static str,
        take: impl Fn(usize, &Element) + Send + Sync + 'static,
    ) -> Self {
        self.away = Some(Away { selector, take: Arc::new(take) });
        self
    }

    /// The list of `rows`, each as `draw` says. An item stays as long as its row is the same, wherever it moves.
    pub(super) fn list<T: Clone + Eq + Hash + Send + Sync + 'static>(
        self,
        class: &'static str,
        rows: Memo<Vec<T>>,
        draw: impl Fn(T, Place) -> Item + Clone + Send + Sync + 'static,
    ) -> AnyView {
        let count = Memo::new(move |_| rows.with(Vec::len));
        let draw = move |at: ReadSignal<usize>, (row, _)| self.item(at, count, draw(row, Place(at)));
        view! {
            <ol class=class>
                <ForEnumerate each=move || told_apart(rows.get()) key=|row| row.clone() children=draw />
            </ol>
        }
        .into_any()
    }

    /// The item at `at` of `count`.
    fn item(&self, at: ReadSignal<usize>, count: Memo<usize>, item: Item) -> AnyView {
        let Item { name, main, actions } = item;
        let Self { drag, focus, .. } = *self;
        let put = Arc::clone(&self.put);
        let node = NodeRef::<leptos::html::Li>::new();
        let step = {
            let put = Arc::clone(&put);
            move |to: usize| {
                focus.set(Some((to, held(node))));
                put(at.get_untracked(), to);
            }
        };
        let up = {
            let step = step.clone();
            move || {
                if let Some(to) = at.get_untracked().checked_sub(1) {
                    step(to);
                }
            }
        };
        let down = move || {
            let to = at.get_untracked() + 1;
            if to < count.get_untracked() {
                step(to);
            }
        };
        let (key_up, key_down) = (up.clone(), down.clone());
        let key = move |event: KeyboardEvent| {
            match event.key().as_str() {
                "ArrowUp" if event.alt_key() => key_up(),
                "ArrowDown" if event.alt_key() => key_down(),
                _ => return,
            }
            event.prevent_default();
        };
        let away = self.away.clone();
        let end = move || {
            mark(None);
            drag.end()
        };
        let pressed = move |event: PointerEvent| {
            let on = |selector: &str| closest(&event, selector).is_some();
            // A finger scrolls, but for on the grip; buttons beside are pressed.
            let grabs = if event.pointer_type() == "touch" { on(".item-grip") } else { !on(".item-actions") };
            if let Some(element) = node.get_untracked() {
                let grab = if grabs { Grab::AtOnce } else { Grab::Nothing };
                drag.press(&event, at.get_untracked(), &element, grab);
            }
        };
        let taker = away.as_ref().map(|away| away.selector);
        let moved = move |event: PointerEvent| {
            let Some(element) = node.get_untracked() else { return };
            let below = || below(&event);
            if drag.moves(&event, &element, || place_in(&below()?, node)) {
                mark(below().zip(taker).and_then(|(below, taker)| below.closest(taker).ok().flatten()));
            }
        };
        let released = {
            let put = Arc::clone(&put);
            move |event: PointerEvent| {
                let Some(index) = end() else { return };
                let below = below(&event);
                match (below.as_ref().and_then(|below| place_in(below, node)), &away, below) {
                    (Some(to), ..) if to != index => {
                        focus.set(Some((to, Held::Main)));
                        put(index, to);
                    }
                    (None, Some(away), Some(below)) => {
                        if let Ok(Some(taker)) = below.closest(away.selector) {
                            (away.take)(index, &taker);
                        }
                    }
                    _ => {}
                }
            }
        };
        Effect::new(move |_| {
            let here = at.get();
            let wanted = focus.get_untracked().filter(|(at, _)| *at == here);
            let (Some(element), Some((_, held))) = (node.get(), wanted) else { return };
            focus.set(None);
            // At an end, where the one has nothing more to do, its sibling has.
            let button = match held {
                Held::Main => ".item-main",
                Held::Up | Held::Down if here == 0 => MOVES[1],
                Held::Up | Held::Down if here + 1 == count.get_untracked() => MOVES[0],
                Held::Up => MOVES[0],
                Held::Down => MOVES[1],
            };
            // The others are there only while something in the item has the focus.
            for button in [".item-main", button] {
                if let Ok(Some(button)) = element.query_selector(button)
                    && let Ok(button) = button.dyn_into::<web_sys::HtmlElement>()
                {
                    let _ = button.focus();
                }
            }
        });
        let several = Memo::new(move |_| count.get() > 1);
        let is_first = Memo::new(move |_| at.get() == 0);
        let is_last = Memo::new(move |_| at.get() + 1 == count.get());
        let moves = move || {
            let (up, down) = (up.clone(), down.clone());
            several.get().then(|| {
                view! {
                    {icon_button(Icon::Up, format!("Move {name} up"), move || is_first.get(), move |_| up())}
                    {icon_button(Icon::Down, format!("Move {name} down"), move || is_last.get(), move |_| down())}
                }
            })
        };
        let is_taken = self.away.is_some();
        let grip = move || {
            (is_taken || several.get())
                .then(|| view! { <span class="item-grip" aria-hidden="true">{icon(Icon::Grip)}</span> })
        };
        view! {
            <li
                node_ref=node
                class="item"
                class:is-dragged=move || drag.dragged.get() == Some(at.get())
                class:is-over=move || drag.over.get() == Some(at.get()) && drag.dragged.get() != Some(at.get())
                data-at=move || at.get()
                on:keydown=key
                on:pointerdown=pressed
                on:pointermove=moved
                // A quick pointer is elsewhere before it has moved here.
                on:pointerleave=moved
                on:pointerup=released
                on:pointercancel=move |_| _ = end()
                on:click:capture=move |event| drag.click(&event)
            >
                {grip}
                {main}
                <span class="item-actions">{moves}{actions}</span>
            </li>
        }
        .into_any()
    }
}

/// The buttons that move an item up and down.
const MOVES: [&str; 2] = [".item-actions > button:nth-child(1)", ".item-actions > button:nth-child(2)"];

/// Which button of the item has the focus.
fn held(item: NodeRef<leptos::html::Li>) -> Held {
    let focused = document().active_element();
    let is = |selector: &str| {
        let button = item.get_untracked().and_then(|item| item.query_selector(selector).ok().flatten());
        button.is_some() && button == focused
    };
    match MOVES.map(is) {
        [true, _] => Held::Up,
        [_, true] => Held::Down,
        _ => Held::Main,
    }
}

/// Where an item is now, from 0.
#[derive(Clone, Copy)]
pub(super) struct Place(ReadSignal<usize>);

impl Place {
    /// For those who act on the item.
    pub(super) fn now(self) -> usize {
        self.0.get_untracked()
    }

    /// For what is drawn.
    pub(super) fn get(self) -> usize {
        self.0.get()
    }
}

/// What such a list shows of a row.
pub(super) struct Item {
    /// What the item is called in the names of its buttons.
    pub(super) name: String,
    /// Its button.
    pub(super) main: AnyView,
    /// What else can be done with it.
    pub(super) actions: AnyView,
}

/// The rows, each with the number of equal ones before it.
fn told_apart<T: Clone + Eq + Hash>(rows: Vec<T>) -> Vec<(T, usize)> {
    let mut seen = HashMap::<T, usize>::new();
    rows.into_iter()
        .map(|row| {
            let times = seen.entry(row.clone()).or_default();
            let told = (row, *times);
            *times += 1;
            told
        })
        .collect()
}

/// The element under the pointer.
fn below(event: &PointerEvent) -> Option<Element> {
    document().element_from_point(event.client_x() as f32, event.client_y() as f32)
}

fn closest(event: &PointerEvent, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}

/// The place, from 0, of the item of the same list that `element` lies in.
fn place_in(element: &Element, of: NodeRef<leptos::html::Li>) -> Option<usize> {
    let item = element.closest("li.item").ok()??;
    let list = of.get_untracked()?.parent_element()?;
    (item.parent_element()? == list).then(|| item.get_attribute("data-at")?.parse().ok())?
}

/// Shows which element outside of the list would take what is dragged.
fn mark(taker: Option<Element>) {
    if let Ok(marked) = document().query_selector_all(".is-taker") {
        for at in 0..marked.length() {
            if let Some(element) = marked.item(at).and_then(|node| node.dyn_into::<Element>().ok()) {
                let _ = element.class_list().remove_1("is-taker");
            }
        }
    }
    if let Some(taker) = taker {
        let _ = taker.class_list().add_1("is-taker");
    }
}
