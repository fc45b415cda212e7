//! A way for the benchmarks to time the model in the browser's own WebAssembly.

use std::sync::Arc;

use stepladder_workflow::simulate::{Assumptions, plan, presets};
use stepladder_workflow::{Analysis, Env};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

/// With `#bench` in the address, gives the page two functions, which take a text and a number of runs and give
/// milliseconds: `stepladderBench` the mean of one analysis with its findings, `stepladderBenchPlan` the mean of one plan, for the
/// slowest of the text's preset events.
pub(crate) fn install() {
    let Some(window) = web_sys::window() else { return };
    if !window.location().hash().unwrap_or_default().contains("bench") {
        return;
    }
    let give = |name: &str, measure: fn(Arc<str>, &Env, u32) -> f64| {
        let bench = Closure::<dyn Fn(String, u32) -> f64>::new(move |text: String, n: u32| {
            let env = Env { file_name: Some(".github/workflows/bench.yml".to_owned()), ..Env::default() };
            measure(text.into(), &env, n)
        });
        let _ = js_sys::Reflect::set(&window, &JsValue::from_str(name), &bench.into_js_value());
    };
    give("stepladderBench", |text, env, n| {
        mean(n, || {
            std::hint::black_box(Analysis::new(Arc::clone(&text), env).findings());
        })
    });
    give("stepladderBenchPlan", |text, env, n| {
        let analysis = Analysis::new(text, env);
        let assumed = Assumptions::default();
        let events = presets(&analysis).into_iter();
        let times = events.map(|preset| {
            mean(n, || {
                std::hint::black_box(plan(&analysis, env, &preset.event, &assumed));
            })
        });
        times.fold(0.0, f64::max)
    });
}

/// Milliseconds per call.
fn mean(n: u32, run: impl Fn()) -> f64 {
    let now = || web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now());
    let start = now();
    for _ in 0..n {
        run();
    }
    (now() - start) / f64::from(n.max(1))
}
