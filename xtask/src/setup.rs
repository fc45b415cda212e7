//! `cargo xtask setup`: from a machine with Rust, Node and git to one that builds and tests everything.

use std::time::Instant;

use crate::sh::{Outcome, seconds};
use crate::{project, tools, wasm};

pub(crate) fn run(_arguments: &[String]) -> Outcome {
    let toolchain = for_build()?;
    for_browser()?;
    println!("\nReady. By hand: {}trunk serve", toolchain.prefix());
    Ok(())
}

/// What building the page needs.
pub(crate) fn for_build() -> Outcome<wasm::Toolchain> {
    for folder in ["public/content", "public/monaco"] {
        project::make_folder(&project::root().join(folder))?;
    }
    let toolchain = step("wasm32 target", wasm::ensure)?;
    step("Trunk", tools::ensure_trunk)?;
    step("wasm-bindgen", tools::ensure_wasm_bindgen)?;
    step("wasm-split", tools::ensure_wasm_split)?;
    step("npm packages", tools::ensure_npm)?;
    step("Monaco bundle", tools::ensure_monaco)?;
    Ok(toolchain)
}

/// What running the page's tests needs besides.
pub(crate) fn for_browser() -> Outcome<std::path::PathBuf> {
    step("Chromium", tools::ensure_chromium)
}

fn step<T>(name: &str, ensure: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    let start = Instant::now();
    let result = ensure()?;
    println!(" ✓ {name} ({})", seconds(start.elapsed()));
    Ok(result)
}
