//! A Rust toolchain that builds for wasm32-unknown-unknown.
//!
//! Nearly everywhere this is `rustup target add`. Where rustup's server cannot be reached but Debian's can, Debian's
//! own compiler becomes a rustup toolchain and the standard library is built from the sources that Debian packages;
//! both are kept outside of the checkout, so a fresh clone finds them ready.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::debian::{self, as_root};
use crate::project;
use crate::sh::{Outcome, command, read, run_quietly};

const TARGET: &str = "wasm32-unknown-unknown";
const LINKED: &str = "stepladder-wasm";
const DEBIAN_PREFIX: &str = "/usr";

/// The compiler that is used for the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The active one.
    Active,
    /// Debian's, which rustup knows by [`LINKED`].
    Debian,
}

impl Toolchain {
    /// Makes a command, and all that it starts, use this toolchain.
    pub(crate) fn apply(self, command: &mut Command) -> &mut Command {
        match self {
            Self::Active => command,
            Self::Debian => command.env("RUSTUP_TOOLCHAIN", LINKED),
        }
    }

    /// What to put before `trunk …` when it is called by hand.
    pub(crate) fn prefix(self) -> String {
        match self {
            Self::Active => String::new(),
            Self::Debian => format!("RUSTUP_TOOLCHAIN={LINKED} "),
        }
    }
}

/// The toolchain that has the target already.
pub(crate) fn find() -> Option<Toolchain> {
    if has_standard_library(&mut command("rustc")) {
        return Some(Toolchain::Active);
    }
    let linked = || read(command("rustc").env("RUSTUP_TOOLCHAIN", LINKED).arg("-vV"));
    (debian_is_ready() && linked().is_some()).then_some(Toolchain::Debian)
}

/// Finds the toolchain or installs what it lacks.
pub(crate) fn ensure() -> Outcome<Toolchain> {
    if let Some(toolchain) = find() {
        return Ok(toolchain);
    }
    println!("   adding the target {TARGET} with rustup");
    if run_quietly(command("rustup").args(["target", "add", TARGET])).is_ok() {
        return Ok(Toolchain::Active);
    }
    if !debian::is_here() {
        return Err(format!(
            "the target {TARGET} is missing and rustup could not add it (its message is above): run `rustup target \
             add {TARGET}` where https://static.rust-lang.org can be reached, then try again."
        ));
    }
    install_debian()?;
    Ok(Toolchain::Debian)
}

fn has_standard_library(rustc: &mut Command) -> bool {
    let Some(folder) = read(rustc.args(["--print", "target-libdir", "--target", TARGET])) else {
        return false;
    };
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd"))
}

fn install_debian() -> Outcome {
    println!("   taking Debian's compiler instead");
    debian::install(&["rustc-web", "cargo-web", "rust-web-src", "lld"])?;
    if !debian_is_ready() {
        build_standard_library()?;
    }
    run_quietly(command("rustup").args(["toolchain", "link", LINKED, DEBIAN_PREFIX]))
}

fn debian_rustc() -> Command {
    command(Path::new(DEBIAN_PREFIX).join("bin/rustc"))
}

fn debian_library_folder() -> PathBuf {
    Path::new(DEBIAN_PREFIX).join("lib/rustlib").join(TARGET)
}

/// Names the compiler that built the library: another version of it cannot read it.
fn stamp() -> PathBuf {
    debian_library_folder().join("built-by")
}

fn debian_is_ready() -> bool {
    let built_by = std::fs::read_to_string(stamp()).ok();
    built_by.is_some()
        && built_by == read(debian_rustc().arg("-vV"))
        && has_standard_library(&mut debian_rustc())
}

fn build_standard_library() -> Outcome {
    println!("   building the standard library for {TARGET} (a minute)");
    let version = read(debian_rustc().arg("-vV"))
        .ok_or("Debian's rustc does not run: reinstall the package rustc-web.")?;
    let release = version.lines().find_map(|line| line.strip_prefix("release: ")).unwrap_or_default();
    let source = PathBuf::from(format!("/usr/src/rustc-{release}/library"));
    let copy = project::target().join("wasm-std");
    run_quietly(command("rm").arg("-rf").arg(&copy))?;
    project::make_folder(&copy)?;
    run_quietly(command("cp").arg("-r").arg(&source).arg(copy.join("library"))).map_err(|_| {
        format!("{} is missing: install the package rust-web-src of version {release}.", source.display())
    })?;
    let build = copy.join("build");
    run_quietly(
        command(Path::new(DEBIAN_PREFIX).join("bin/cargo"))
            .current_dir(copy.join("library"))
            .env("RUSTC", Path::new(DEBIAN_PREFIX).join("bin/rustc"))
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", "-Zforce-unstable-if-unmarked -Cembed-bitcode=yes")
            .env("CARGO_TARGET_DIR", &build)
            .args(["build", "--release", "--package", "sysroot", "--no-default-features"])
            .args(["--features", "compiler-builtins-mem,panic-unwind", "--target", TARGET]),
    )?;
    install_libraries(&build.join(TARGET).join("release/deps"))?;
    link_linker()?;
    write_system_file(&stamp(), &version)?;
    run_quietly(command("rm").arg("-rf").arg(&copy))
}

fn install_libraries(built: &Path) -> Outcome {
    let folder = debian_library_folder().join("lib");
    run_quietly(as_root("rm").arg("-rf").arg(&folder))?;
    run_quietly(as_root("mkdir").arg("-p").arg(&folder))?;
    let libraries =
        project::files_below(built).into_iter().filter(|path| path.extension().is_some_and(|e| e == "rlib"));
    run_quietly(as_root("cp").args(libraries).arg(&folder))
}

/// rustc looks for a `rust-lld` among its own tools; Debian packages the same program as `lld`.
fn link_linker() -> Outcome {
    let host = read(debian_rustc().args(["--print", "host-tuple"]))
        .unwrap_or_else(|| "x86_64-unknown-linux-gnu".into());
    let folder = Path::new(DEBIAN_PREFIX).join("lib/rustlib").join(host).join("bin");
    run_quietly(as_root("mkdir").arg("-p").arg(&folder))?;
    run_quietly(as_root("ln").arg("-sfn").arg("/usr/bin/lld").arg(folder.join("rust-lld")))
}

fn write_system_file(path: &Path, text: &str) -> Outcome {
    let draft = project::target().join("built-by");
    project::write(&draft, text)?;
    run_quietly(as_root("cp").arg(&draft).arg(path))
}
