//! `cargo xtask build`: the page as it is published, into `dist/`.

use crate::sh::{Outcome, command, stream};
use crate::{page, setup, wasm};

/// What Trunk is told for a page that is published.
pub(crate) const PUBLISH: &[&str] = &["build", "--release", "--features", "split"];

pub(crate) fn run_trunk(toolchain: wasm::Toolchain, arguments: &[&str], more: &[String]) -> Outcome {
    stream(toolchain.apply(&mut command("trunk")).args(arguments).args(more).env_remove("RUST_BACKTRACE"))
}

/// Further arguments are Trunk's, such as `--public-url /NAME/`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let toolchain = setup::for_build()?;
    run_trunk(toolchain, PUBLISH, arguments)?;
    page::print_sizes()
}
