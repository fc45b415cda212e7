use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Waits.
pub(super) async fn seconds(seconds: u64) {
    millis(seconds * 1_000).await;
}

/// Waits.
pub(crate) async fn millis(millis: u64) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let done = move || drop(resolve.call0(&wasm_bindgen::JsValue::NULL));
        set_timeout(done, std::time::Duration::from_millis(millis));
    });
    // A promise that is only ever fulfilled.
    let _ = JsFuture::from(promise).await;
}
