//! A finger that rests on something: how long until that is taken, and that the device is felt then.

use std::time::Duration;

use js_sys::{Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// How long it rests; a little less than until the browser asks for a menu.
pub(crate) const REST: Duration = Duration::from_millis(400);
/// How long the device is felt, in milliseconds.
const FELT: f64 = 12.0;

/// Lets the device be felt, where it can; a page that nobody has touched before may not.
pub(crate) fn vibrate() {
    let navigator: JsValue = window().navigator().into();
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    let touched = get(&navigator, "userActivation").and_then(|touched| get(&touched, "hasBeenActive"));
    let vibrate = get(&navigator, "vibrate").and_then(|vibrate| vibrate.dyn_into::<Function>().ok());
    if let (Some(vibrate), Some(true)) = (vibrate, touched.and_then(|touched| touched.as_bool())) {
        let _ = vibrate.call1(&navigator, &FELT.into());
    }
}
