//! Lists whose items can be put in another order: by dragging with mouse, pen or finger, by buttons, and by Alt with an
//! arrow key. What is dropped elsewhere may find a taker there.

use std::sync::Arc;

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::ui::button::icon_button;
use crate::ui::icon::{Icon, icon};

/// One such list.
#[derive(Clone)]
pub(super) struct Sortable {
    dragged: RwSignal<Option<usize>>,
    over: RwSignal<Option<usize>>,
    /// The place, from 0, whose item gets the focus once the list is drawn anew.
    focus: RwSignal<Option<usize>>,
    put: Arc<dyn Fn(usize, usize) + Send + Sync>,
    /// Takes an item that is dropped outside of the list.
    away: Option<Away>,
    /// Where the pointer went down; `None` while it is up.
    start: StoredValue<Option<(f64, f64)>>,
    /// Whether the press that just ended has dragged something, so that the click that follows is none.
    has_dragged: StoredValue<bool>,
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

/// A pointer that moves less than this, in CSS pixels, clicks.
const SLACK: f64 = 5.0;

impl Sortable {
    /// `put(from, to)` moves the item at `from` so that it stands at `to`, both from 0.
    pub(super) fn new(put: impl Fn(usize, usize) + Send + Sync + 'static) -> Self {
        Self {
            dragged: RwSignal::new(None),
            over: RwSignal::new(None),
            focus: RwSignal::new(None),
            put: Arc::new(put),
            away: None,
            start: StoredValue::new(None),
            has_dragged: StoredValue::new(false),
        }
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

    /// The item at `index` of `count`, named `title`: `main` is its button, `actions` what else can be done with it.
    pub(super) fn item(
        &self,
        index: usize,
        count: usize,
        title: &str,
        main: AnyView,
        actions: AnyView,
    ) -> AnyView {
        let Self { dragged, over, focus, .. } = *self;
        let put = Arc::clone(&self.put);
        let step = {
            let put = Arc::clone(&put);
            move |to: usize| {
                focus.set(Some(to));
                put(index, to);
            }
        };
        let (go_up, go_down, by_key) = (step.clone(), step.clone(), step);
        let key = move |event: KeyboardEvent| {
            if !event.alt_key() {
                return;
            }
            match event.key().as_str() {
                "ArrowUp" if index > 0 => by_key(index - 1),
                "ArrowDown" if index + 1 < count => by_key(index + 1),
                _ => return,
            }
            event.prevent_default();
        };
        let Self { start, has_dragged, .. } = *self;
        let away = self.away.clone();
        let node = NodeRef::<leptos::html::Li>::new();
        let end = move || {
            start.set_value(None);
            over.set(None);
            dragged.set(None);
            mark(None);
        };
        let down = move |event: PointerEvent| {
            has_dragged.set_value(false);
            let on = |selector: &str| closest(&event, selector).is_some();
            // A finger scrolls, but for on the grip; buttons beside are pressed.
            let grabs = if event.pointer_type() == "touch" { on(".item-grip") } else { !on(".item-actions") };
            if event.button() == 0 && grabs {
                start.set_value(Some((f64::from(event.client_x()), f64::from(event.client_y()))));
            }
        };
        let taker = away.as_ref().map(|away| away.selector);
        let moved = move |event: PointerEvent| {
            let Some((x, y)) = start.get_value() else { return };
            let (now_x, now_y) = (f64::from(event.client_x()), f64::from(event.client_y()));
            if dragged.get_untracked().is_none() {
                if (now_x - x).hypot(now_y - y) < SLACK {
                    return;
                }
                dragged.set(Some(index));
                has_dragged.set_value(true);
                if let Some(element) = node.get_untracked() {
                    let _ = element.set_pointer_capture(event.pointer_id());
                }
            }
            event.prevent_default();
            let below = below(&event);
            over.set(below.as_ref().and_then(|below| place_in(below, node)));
            mark(below.zip(taker).and_then(|(below, taker)| below.closest(taker).ok().flatten()));
        };
        let up = {
            let put = Arc::clone(&put);
            move |event: PointerEvent| {
                if dragged.get_untracked().is_some() {
                    let below = below(&event);
                    let place = below.as_ref().and_then(|below| place_in(below, node));
                    end();
                    match (place, &away, below) {
                        (Some(to), ..) if to != index => put(index, to),
                        (None, Some(away), Some(below)) => {
                            if let Ok(Some(taker)) = below.closest(away.selector) {
                                (away.take)(index, &taker);
                            }
                        }
                        _ => {}
                    }
                }
                end();
            }
        };
        let click = move |event: MouseEvent| {
            if has_dragged.get_value() {
                has_dragged.set_value(false);
                event.prevent_default();
                event.stop_propagation();
            }
        };
        Effect::new(move |_| {
            let Some(element) = node.get().filter(|_| focus.get_untracked() == Some(index)) else { return };
            focus.set(None);
            if let Ok(Some(button)) = element.query_selector(".item-main")
                && let Ok(button) = button.dyn_into::<web_sys::HtmlElement>()
            {
                let _ = button.focus();
            }
        });
        let moves = (count > 1).then(|| {
            view! {
                {icon_button(Icon::Up, format!("Move {title} up"), move || index == 0, move |_| go_up(index.saturating_sub(1)))}
                {icon_button(Icon::Down, format!("Move {title} down"), move || index + 1 == count, move |_| go_down(index + 1))}
            }
        });
        let grip = (count > 1 || self.away.is_some())
            .then(|| view! { <span class="item-grip" aria-hidden="true">{icon(Icon::Grip)}</span> });
        view! {
            <li
                node_ref=node
                class="item"
                class:is-dragged=move || dragged.get() == Some(index)
                class:is-over=move || over.get() == Some(index) && dragged.get() != Some(index)
                data-at=index
                on:keydown=key
                on:pointerdown=down
                on:pointermove=moved
                // A quick pointer is elsewhere before it has moved here.
                on:pointerleave=moved
                on:pointerup=up
                on:pointercancel=move |_| end()
                on:click:capture=click
            >
                {grip}
                {main}
                <span class="item-actions">{moves}{actions}</span>
            </li>
        }
        .into_any()
    }
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
