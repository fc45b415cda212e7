//! The programs that build and test the page. Each `ensure_…` is quick when its tool is there.

use std::path::{Path, PathBuf};

use crate::sh::{Outcome, command, read, run_quietly, stream};
use crate::{debian, project};

/// Trunk 0.22 and newer read the same configuration; this one builds with every Rust since 1.95.
const TRUNK: &str = "0.21";

pub(crate) fn ensure_trunk() -> Outcome<String> {
    let installed =
        || read(command("trunk").arg("--version")).and_then(|text| text.split(' ').nth(1).map(str::to_owned));
    match installed() {
        Some(version) if version.starts_with(TRUNK) => return Ok(version),
        other => cargo_install("trunk", &format!("^{TRUNK}"), other.is_some(), &["--locked"])?,
    }
    installed()
        .ok_or_else(|| "Trunk was installed but does not run: put Cargo's bin folder on the PATH.".to_owned())
}

/// The generated bindings are only understood by exactly the version of the library that is compiled in.
pub(crate) fn ensure_wasm_bindgen() -> Outcome<String> {
    let wanted = project::locked_version("wasm-bindgen")?;
    let installed = || {
        read(command("wasm-bindgen").arg("--version"))
            .and_then(|text| text.split(' ').nth(1).map(str::to_owned))
    };
    if installed().as_deref() != Some(&wanted) {
        cargo_install("wasm-bindgen-cli", &format!("={wanted}"), installed().is_some(), &[])?;
    }
    if installed().as_deref() != Some(&wanted) {
        return Err(format!(
            "wasm-bindgen {wanted} was installed but another one is found first: put Cargo's bin folder first on the PATH."
        ));
    }
    Ok(wanted)
}

/// Makes two files of the program. Its version goes with the library that marks where it is split.
pub(crate) fn ensure_wasm_split() -> Outcome {
    let installed = || read(command("wasm-split-cli").arg("--help")).is_some();
    if !installed() {
        cargo_install(
            "wasm_split_cli_support",
            "=0.2.4",
            false,
            &["--locked", "--features", "build-binary"],
        )?;
    }
    if installed() {
        Ok(())
    } else {
        Err("wasm-split-cli was installed but does not run: put Cargo's bin folder on the PATH.".to_owned())
    }
}

/// Installs into Cargo's home, or, to leave another version there alone, into the project's `target/tools`.
fn cargo_install(package: &str, version: &str, keep_existing: bool, options: &[&str]) -> Outcome {
    println!("   compiling {package} {version} (some minutes, once)");
    let mut cargo = command("cargo");
    cargo.args(["install", package, "--version", version]).args(options);
    if keep_existing {
        cargo.arg("--force").arg("--root").arg(project::tools());
    }
    // Tools are compiled to be there soon rather than to be fast: link-time optimisation doubles the wait.
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1").env_remove("CARGO_BUILD_TARGET");
    run_quietly(&mut cargo).map_err(|_| {
        format!(
            "{package} could not be compiled: run `cargo install {package} --version '{version}'` to see why."
        )
    })
}

/// Installs the npm packages when `package-lock.json` has changed since the last time.
pub(crate) fn ensure_npm() -> Outcome {
    let modules = project::root().join("node_modules");
    let installed = modules.join(".package-lock.json");
    let changed = |path: &Path| std::fs::metadata(path).and_then(|meta| meta.modified()).ok();
    let lock = changed(&project::root().join("package-lock.json"));
    if changed(&installed) >= lock && installed.exists() {
        return Ok(());
    }
    let node = read(command("node").arg("--version"))
        .ok_or("Node.js is missing: install Node 20 or newer (https://nodejs.org), then try again.")?;
    let major: u32 = node.trim_start_matches('v').split('.').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    if major < 20 {
        return Err(format!(
            "Node.js {node} is too old: install Node 20 or newer (https://nodejs.org), then try again."
        ));
    }
    println!("   npm ci");
    run_quietly(
        command(npm()).args(["ci", "--no-audit", "--no-fund"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )
}

fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// Bundles Monaco when its entry or its version has changed.
pub(crate) fn ensure_monaco() -> Outcome {
    stream(command("node").arg("src/monaco/bundle/build.js"))
}

/// The Chromium that the browser tests and the measurements run in.
pub(crate) fn ensure_chromium() -> Outcome<PathBuf> {
    if let Some(path) = find_chromium() {
        return Ok(path);
    }
    if debian::is_here() {
        debian::install(&["chromium"])?;
    } else {
        println!("   downloading Chromium with Playwright");
        run_quietly(command(project::npm_program("playwright")).args(["install", "chromium"]))?;
    }
    find_chromium().ok_or_else(|| {
        "Chromium was installed but is not found: set CHROMIUM to the path of a Chromium or Chrome, then try again.".to_owned()
    })
}

fn find_chromium() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|path| path.exists()) {
        return Some(path);
    }
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let on_path =
        names.iter().flat_map(|name| std::env::split_paths(&paths).map(move |folder| folder.join(name)));
    on_path.into_iter().find(|path| path.is_file()).or_else(playwright_chromium)
}

fn playwright_chromium() -> Option<PathBuf> {
    let script = "process.stdout.write(require('@playwright/test').chromium.executablePath())";
    read(command("node").args(["-e", script])).map(PathBuf::from).filter(|path| path.is_file())
}
