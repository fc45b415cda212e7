//! A press that leaves a field whose text then leads to a question: the mouse is let go of over the question, so that what
//! was pressed never hears of it. It is pressed after the answer.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::settle::{press_of, typed_field};
use crate::shell::Shell;
use crate::ui::listen::listen_first;
use crate::ui::toast::Action;

/// What a mouse presses.
const CONTROLS: &str =
    "button, a[href], summary, label, input, select, textarea, [role=treeitem], [role=option]";
/// Of these, what it only goes to.
const FIELDS: &str = "input:not([type=checkbox], [type=radio], [type=button]), select, textarea";
/// What is there to be answered, or has nothing to do with the workflow.
const APART: &str = "dialog, .toasts";

/// Listens to the mouse, as long as the page lives.
pub(crate) fn listen(shell: Shell) {
    let waits = StoredValue::new_local(None::<Element>);
    // What follows a finger is told when that is gone, and the graph takes the focus as soon as a pointer is down.
    listen_first(&["pointerdown", "mousedown"], move |event| {
        // Mostly nobody is in a field, and a card has much text. Who was in one when the pointer went down waits still.
        if typed_field().is_none() {
            return;
        }
        let Some(control) = control(event) else { return waits.set_value(None) };
        let Some(mouse) = event.dyn_ref::<web_sys::MouseEvent>() else { return };
        let pressed = Pressed::of(&control);
        waits.set_value(Some(control));
        // It has heard of the press by now, as by a tap.
        let is_heard = move || waits.with_value(Option::is_none);
        press_of(shell, mouse, is_heard, Action::new(pressed.words(), move || pressed.press_soon()));
    });
    listen_first(&["click"], move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_there =
            waits.with_value(|control| control.as_ref().is_some_and(|it| it.contains(target.as_deref())));
        if is_there {
            waits.set_value(None);
        }
    });
}

fn control(event: &web_sys::Event) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let control = target.closest(CONTROLS).ok()??;
    (control.closest(APART).ok()?.is_none() && document().active_element().as_ref() != Some(&control))
        .then_some(control)
}

/// What was pressed, which the answer may make anew.
#[derive(Clone)]
struct Pressed {
    element: send_wrapper::SendWrapper<Element>,
    name: String,
    /// The field that it belongs to.
    field: Option<String>,
}

impl Pressed {
    fn of(control: &Element) -> Self {
        Self {
            name: name_of(control),
            field: field_of(control),
            element: send_wrapper::SendWrapper::new(control.clone()),
        }
    }

    /// What is told of it beside the question: a field is only gone to.
    fn words(&self) -> String {
        let is_field = self.element.matches(FIELDS).unwrap_or_default() || self.element.tag_name() == "LABEL";
        if is_field { String::new() } else { self.name.clone() }
    }

    /// Presses it once the question is gone and the page shows what the answer has made.
    fn press_soon(&self) {
        let pressed = self.clone();
        request_animation_frame(move || {
            set_timeout(
                move || {
                    let Some(control) = pressed.now() else { return };
                    let _ = control.focus();
                    if !control.matches(FIELDS).unwrap_or_default() {
                        press(&control);
                    }
                },
                Duration::ZERO,
            );
        });
    }

    fn now(&self) -> Option<HtmlElement> {
        if self.element.is_connected() {
            return (*self.element).clone().dyn_into().ok();
        }
        let all = document().query_selector_all(&self.element.tag_name()).ok()?;
        (0..all.length())
            .filter_map(|at| all.get(at)?.dyn_into::<HtmlElement>().ok())
            .find(|other| name_of(other) == self.name && field_of(other) == self.field)
    }
}

/// The graph tells a click from a drag by what comes before it.
fn press(control: &HtmlElement) {
    let init = web_sys::PointerEventInit::new();
    init.set_bubbles(true);
    init.set_pointer_type("mouse");
    let is_in_graph = control.closest(".graph").is_ok_and(|graph| graph.is_some());
    for kind in ["pointerdown", "pointerup"].into_iter().filter(|_| is_in_graph) {
        if let Ok(event) = web_sys::PointerEvent::new_with_event_init_dict(kind, &init) {
            let _ = control.dispatch_event(&event);
        }
    }
    control.click();
}

fn name_of(element: &Element) -> String {
    let label = element.get_attribute("aria-label").or_else(|| element.text_content()).unwrap_or_default();
    label.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn field_of(element: &Element) -> Option<String> {
    element.closest("[data-field]").ok()??.get_attribute("data-field")
}
