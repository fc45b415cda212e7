//! Keeps the focus where a person works: when what had it goes, or is made anew, a neighbour gets it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::ev::FocusEvent;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, MutationObserver, MutationObserverInit, MutationRecord};

use super::reach::seen;

/// Parts of the page that look after the focus themselves, or are there for a moment only.
const APART: &str = "dialog, .toasts, [role=menu], .pick-panel";
/// A part in which one element stands for all; it knows which.
const GRAPH: &str = ".graph";
/// That element.
pub(crate) const ENTRY: &str = ".graph [role=treeitem][tabindex='0']";
/// What a pane shows while there is no graph.
const BODY_WITHOUT_GRAPH: &str = ".pane-graph[hidden] ~ .pane > .pane-body";
/// What surrounds a place; beyond it nobody looks for a neighbour.
const REGIONS: &str = ".graph, .form, .pane, .drawer, .header, main, body";
/// What can have the focus.
const FOCUSABLE: &str = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), \
                         textarea:not(:disabled), summary, [tabindex='0']:not([role=separator])";

/// What can have the focus at all, also when no key leads there.
const HOLDS_FOCUS: &str = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]";

/// Where the focus is, or was.
struct Place {
    element: HtmlElement,
    /// What tells it from others there.
    name: String,
    /// Where to look when it is gone, the nearest first.
    ways: Vec<Way>,
    region: Option<Element>,
}

/// Where something like it may be.
enum Way {
    /// In the field of that path, which may be made anew.
    Field(String),
    /// In what stands behind or before it, or behind or before what it stands in.
    Beside(Element),
}

thread_local! {
    /// Where somebody works, dialogs and messages apart.
    static PLACE: RefCell<Option<Rc<Place>>> = const { RefCell::new(None) };
    /// Whether somebody has come from the graph to where they are now.
    static FROM_GRAPH: Cell<bool> = const { Cell::new(false) };
    /// Whether somebody who was nowhere yet waits for a place, as after a command on the empty page.
    static OWED: Cell<bool> = const { Cell::new(false) };
    /// How often the focus has come to something.
    static VISITS: Cell<u32> = const { Cell::new(0) };
}

/// The number of the visit of the field of one line that has the focus, if one has.
pub(crate) fn visit() -> Option<u32> {
    document().active_element().filter(|element| element.tag_name() == "INPUT").map(|_| VISITS.get())
}

fn place() -> Option<Rc<Place>> {
    PLACE.with_borrow(Clone::clone)
}

/// Where somebody works, or worked before a dialog came.
pub(crate) fn last() -> Option<HtmlElement> {
    place().map(|place| place.element.clone()).filter(|element| element.is_connected())
}

/// Whether somebody was in the graph just before they came to where they work, as by one of its keys.
pub(crate) fn came_from_graph() -> bool {
    FROM_GRAPH.get()
}

/// Gives the focus back to where somebody worked, when nothing has it: for what took it and goes.
pub(crate) fn give_back() {
    if !is_lost() || is_asked() {
        return;
    }
    match place() {
        Some(place) => place.restore(),
        None => OWED.set(!enter_workflow()),
    }
}

/// The graph is what one begins with; where it is hidden, the first of the other panes. `false`: there is none yet.
fn enter_workflow() -> bool {
    let entry = document().query_selector(ENTRY).ok().flatten();
    entry.is_some_and(|entry| focus(&entry))
        || seen(BODY_WITHOUT_GRAPH).and_then(|body| first(&body)).is_some_and(|field| focus(&field))
}

/// Begins to keep it, for as long as the page is there.
pub(crate) fn keep_focus() {
    let came = window_event_listener(leptos::ev::focusin, move |event: FocusEvent| {
        VISITS.set(VISITS.get().wrapping_add(1));
        let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if let Some(element) = target.filter(|element| !is_in(element, APART)) {
            OWED.set(false);
            let before = place().map(|place| place.element.clone()).filter(|before| *before != element);
            if let Some(before) = before {
                FROM_GRAPH.set(is_in(&before, GRAPH));
            }
            PLACE.set(Some(Rc::new(Place::of(element))));
        }
    });
    let waits = StoredValue::new(false);
    let give_back_later = move || {
        waits.set_value(true);
        // Whoever made the change may know a better place, and says so when it is drawn.
        request_animation_frame(move || {
            set_timeout(
                move || {
                    waits.set_value(false);
                    // What gets the focus is the place from then on.
                    give_back();
                },
                std::time::Duration::ZERO,
            );
        });
    };
    // Somebody who clicks beside everything wants it nowhere. What goes is still there when its loss is told.
    let left = window_event_listener(leptos::ev::focusout, move |event: FocusEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if event.related_target().is_some() || target.as_ref().is_none_or(|target| is_in(target, APART)) {
            return;
        }
        // What is drawn anew in its place may lose its attributes for that moment, and with them what lets it have the focus.
        let is_drawn = target.is_some_and(|target| !target.matches(HOLDS_FOCUS).unwrap_or(true));
        if is_drawn && !waits.get_value() {
            return give_back_later();
        }
        set_timeout(
            move || {
                let meant = place().is_some_and(|place| place.is_there()) && is_lost() && !is_asked();
                if meant && !waits.get_value() {
                    PLACE.set(None);
                }
            },
            std::time::Duration::ZERO,
        );
    });
    let changed = Closure::<dyn FnMut(js_sys::Array)>::new(move |records: js_sys::Array| {
        if waits.get_value() {
            return;
        }
        let gone =
            |place: &Place| !place.is_there() || place.is_off() || is_lost() && place.has_moved(&records);
        if !place().as_deref().map_or(OWED.get(), gone) {
            return;
        }
        give_back_later();
    });
    let options = MutationObserverInit::new();
    options.set_child_list(true);
    options.set_subtree(true);
    options.set_attribute_filter(&js_sys::Array::of1(&JsValue::from_str("disabled")));
    let observer = MutationObserver::new(changed.as_ref().unchecked_ref()).ok();
    if let (Some(observer), Some(body)) = (&observer, document().body()) {
        let _ = observer.observe_with_options(&body, &options);
    }
    let kept = StoredValue::new_local((changed, observer));
    on_cleanup(move || {
        came.remove();
        left.remove();
        kept.with_value(|(_, observer)| {
            if let Some(observer) = observer {
                observer.disconnect();
            }
        });
    });
}

impl Place {
    fn of(element: HtmlElement) -> Self {
        let region = element.closest(REGIONS).ok().flatten();
        let mut ways = Vec::new();
        let mut at: Option<Element> = Some(element.clone().into());
        while let Some(inner) = at {
            ways.extend(inner.get_attribute("data-field").map(Way::Field));
            let beside = [inner.next_element_sibling(), inner.previous_element_sibling()];
            ways.extend(beside.into_iter().flatten().map(Way::Beside));
            at = inner.parent_element().filter(|_| Some(&inner) != region.as_ref());
        }
        Self { name: name_of(&element), ways, region, element }
    }

    fn is_there(&self) -> bool {
        self.element.is_connected() && !is_in(&self.element, "[hidden]")
    }

    /// Whether it takes no press now, as a button whose work is done.
    fn is_off(&self) -> bool {
        self.element.matches(":disabled").unwrap_or_default()
    }

    /// Whether it, or what it is in, was taken out and put in again, as where a list gets another order: the browser takes
    /// the focus from it then.
    fn has_moved(&self, records: &js_sys::Array) -> bool {
        let records = records.iter().map(JsCast::unchecked_into::<MutationRecord>);
        records.map(|record| record.removed_nodes()).any(|removed| {
            (0..removed.length())
                .any(|at| removed.get(at).is_some_and(|node| node.contains(Some(&self.element))))
        })
    }

    /// Gives the focus to what is there instead, or next to it.
    fn restore(&self) {
        if self.is_there() && focus(&self.element) {
            return;
        }
        // Where another screen has taken the place of its own, the graph is what one begins with.
        let is_left = |region: &Element| region.tag_name() == "MAIN" && !region.is_connected();
        if self.region.as_ref().is_some_and(|region| is_in(region, GRAPH) || is_left(region))
            && enter_workflow()
        {
            return;
        }
        let same = Some(self.element.id()).filter(|id| !id.is_empty());
        let same = same.and_then(|id| document().get_element_by_id(&id));
        let near = || self.ways.iter().find_map(|way| self.like(&way.now()?));
        let around = || {
            let region = self.region.as_ref()?;
            if region.is_connected() && is_seen(region) {
                return entry(region);
            }
            // A pane that is hidden has others beside it; on a phone another has taken its place.
            let beside = region.parent_element().and_then(|parent| first(&parent));
            beside.or_else(|| entry(&*seen(".pane")?))
        };
        let found = same.filter(is_seen).or_else(near).or_else(around);
        let found = found.or_else(|| document().get_element_by_id("main"));
        if let Some(found) = found {
            focus(&found);
        }
        // A button may be there only while what it belongs to has the focus.
        if self.is_there() {
            focus(&self.element);
        }
    }

    /// What is like it in `element`, else the first there that can have the focus.
    fn like(&self, element: &Element) -> Option<Element> {
        if !element.is_connected() || !is_seen(element) {
            return None;
        }
        if element.matches(FOCUSABLE).unwrap_or_default() {
            return Some(element.clone());
        }
        let all = element.query_selector_all(FOCUSABLE).ok()?;
        let mut all = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<Element>().ok());
        let class = self.element.class_name();
        let mut others = Vec::new();
        let same = all.find(|other| {
            if !is_reached(other) {
                return false;
            }
            others.push(other.clone());
            name_of(other) == self.name || !class.is_empty() && other.class_name() == class
        });
        let is_field = |other: &&Element| other.matches("input, select, textarea").unwrap_or_default();
        same.or_else(|| others.iter().find(is_field).or(others.first()).cloned())
    }
}

impl Way {
    fn now(&self) -> Option<Element> {
        match self {
            Self::Beside(element) => Some(element.clone()),
            Self::Field(path) => {
                let path = path.replace('\\', "\\\\").replace('"', "\\\"");
                document().query_selector(&format!("[data-field=\"{path}\"]")).ok().flatten()
            }
        }
    }
}

/// What is entered first in `region`; where nothing in it can have the focus, it may have it itself.
fn entry(region: &Element) -> Option<Element> {
    let current = region.query_selector("[aria-current=page], [role=tab][aria-selected=true]").ok().flatten();
    let itself = || region.has_attribute("tabindex").then(|| region.clone());
    current.or_else(|| first(region)).or_else(itself)
}

fn first(element: &Element) -> Option<Element> {
    let all = element.query_selector_all(FOCUSABLE).ok()?;
    (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<Element>().ok()).find(is_reached)
}

fn name_of(element: &Element) -> String {
    let label = element.get_attribute("aria-label").or_else(|| element.text_content()).unwrap_or_default();
    format!("{} {label}", element.tag_name())
}

/// Gives it the focus, and leaves the page where it is. `false`: it does not take it.
fn focus(element: &Element) -> bool {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(is_in(element, GRAPH));
        let _ = element.focus_with_options(&options);
    }
    document().active_element().as_ref() == Some(element)
}

fn is_in(element: &Element, selector: &str) -> bool {
    element.closest(selector).is_ok_and(|found| found.is_some())
}

/// Whether it is seen, and reached by Tab: of several tabs only the chosen one is.
fn is_reached(element: &Element) -> bool {
    is_seen(element) && element.get_attribute("tabindex").as_deref() != Some("-1")
}

fn is_seen(element: &Element) -> bool {
    element.get_client_rects().length() > 0
}

/// Whether nothing has the focus that a person sees.
fn is_lost() -> bool {
    document()
        .active_element()
        .is_none_or(|element| element.tag_name() == "BODY" || is_in(&element, "[hidden]"))
}

/// Whether a dialog has the page's attention.
fn is_asked() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}
