//! A way for the benchmarks to time the analysis in the browser's own WebAssembly.

use std::sync::Arc;

use stepladder_workflow::{Analysis, Env};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

/// With `#bench` in the address, gives the page a function `stepladderBench(text, n)`: milliseconds per
/// `Analysis::new`, the mean of `n` runs.
pub(crate) fn install() {
    let Some(window) = web_sys::window() else { return };
    if !window.location().hash().unwrap_or_default().contains("bench") {
        return;
    }
    let bench = Closure::<dyn Fn(String, u32) -> f64>::new(|text: String, n: u32| {
        let now = || web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now());
        let text: Arc<str> = text.into();
        let env = Env { file_name: Some(".github/workflows/bench.yml".to_owned()), ..Env::default() };
        let start = now();
        for _ in 0..n {
            std::hint::black_box(Analysis::new(Arc::clone(&text), &env));
        }
        (now() - start) / f64::from(n.max(1))
    });
    let _ = js_sys::Reflect::set(&window, &JsValue::from_str("stepladderBench"), &bench.into_js_value());
}
