//! What is shown above everything else at a place of its own, and goes along when the page moves.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Why a panel is put somewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Moved {
    /// It is new, or the window has another size.
    Window,
    /// What it stands at was scrolled.
    Scrolled,
    /// The keyboard of a screen came or went, or changed its height.
    Keyboard,
}

/// Shows `panel` above everything else and lets `place` put it where it belongs, now and whenever the page moves. What is
/// scrolled inside of it moves nothing.
pub(crate) fn anchored(panel: NodeRef<Div>, place: impl Fn(&web_sys::HtmlElement, Moved) + Clone + 'static) {
    let first = place.clone();
    Effect::new(move |_| {
        if let Some(panel) = panel.get() {
            // A browser that does not know of it shows it all the same.
            let _ = panel.show_popover();
            first(&panel, Moved::Window);
        }
    });
    let moved = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let Some(Some(panel)) = panel.try_get_untracked() else { return };
        let target = event.target();
        let node = target.as_ref().and_then(|target| target.dyn_ref::<web_sys::Node>());
        let why = match event.type_().as_str() {
            "scroll" if node.is_some_and(|node| panel.contains(Some(node))) => return,
            "scroll" => Moved::Scrolled,
            _ if target.as_ref().is_some_and(|target| js_sys::Object::is(target, window().as_ref())) => {
                Moved::Window
            }
            _ => Moved::Keyboard,
        };
        place(&panel, why);
    });
    let listener: js_sys::Function = moved.as_ref().unchecked_ref::<js_sys::Function>().clone();
    // Whatever scrolls, which only its own elements are told.
    let _ = document().add_event_listener_with_callback_and_bool("scroll", &listener, true);
    let sized: Vec<web_sys::EventTarget> =
        [Some(window().into()), visual_viewport().and_then(|it| it.dyn_into().ok())]
            .into_iter()
            .flatten()
            .collect();
    for target in &sized {
        let _ = target.add_event_listener_with_callback("resize", &listener);
    }
    let kept = StoredValue::new_local((moved, listener, sized));
    on_cleanup(move || {
        kept.with_value(|(_, listener, sized)| {
            let _ = document().remove_event_listener_with_callback_and_bool("scroll", listener, true);
            for target in sized {
                let _ = target.remove_event_listener_with_callback("resize", listener);
            }
        });
    });
}

/// The part of the page that is seen, which a screen's keyboard makes smaller.
pub(crate) fn visual_viewport() -> Option<js_sys::Object> {
    js_sys::Reflect::get(window().as_ref(), &"visualViewport".into()).ok()?.dyn_into().ok()
}
