//! One tab at a time works on a draft: it holds a lock of the browser, which is free again when the tab is closed, however
//! that happens.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"], js_name = request)]
    fn request(name: &str, options: &Object, granted: &Function) -> Result<Promise, JsValue>;
}

/// A draft that this tab works on, until this is dropped.
#[derive(Debug)]
pub(crate) struct Claim {
    release: Option<Function>,
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// Claims the draft of that id; `None`: another tab has it. With `force` it is taken from that tab, which hears of it by
/// `lost`. A browser that knows no locks lets every tab have it.
pub(crate) async fn claim(id: &str, force: bool, lost: impl Fn() + 'static) -> Option<Claim> {
    if !is_known() {
        return Some(Claim { release: None });
    }
    let options = Object::new();
    let key = if force { "steal" } else { "ifAvailable" };
    let _ = Reflect::set(&options, &key.into(), &JsValue::TRUE);
    let name = format!("stepladder.draft.{id}");
    let mut outcome = None;
    let decided = Promise::new(&mut |decide, _| {
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if lock.is_null() {
                let _ = decide.call1(&JsValue::NULL, &JsValue::NULL);
                return JsValue::UNDEFINED;
            }
            // The lock is held as long as this promise is open.
            let held = Promise::new(&mut |release, _| drop(decide.call1(&JsValue::NULL, &release)));
            held.into()
        });
        outcome = Some(request(&name, &options, granted.unchecked_ref()));
    });
    let Some(Ok(held)) = outcome else { return Some(Claim { release: None }) };
    wasm_bindgen_futures::spawn_local(async move {
        // It ends with an error only when another tab took the draft over.
        if JsFuture::from(held).await.is_err() {
            lost();
        }
    });
    let release = JsFuture::from(decided).await.ok()?.dyn_into::<Function>().ok()?;
    Some(Claim { release: Some(release) })
}

fn is_known() -> bool {
    let navigator = leptos::prelude::window().navigator();
    Reflect::get(&navigator, &"locks".into()).is_ok_and(|locks| !locks.is_undefined())
}
