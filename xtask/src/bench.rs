//! `cargo xtask bench`: what the page promises to be, measured. One file of `xtask/bench/` a measurement.

use crate::sh::{Outcome, command, stream};
use crate::{build, page, project, setup, test};

/// Runs the measurements whose names are given, or all, over a page that is built for publishing.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let mut scripts = project::files_below(&project::root().join("xtask/bench"));
    scripts.retain(|path| !path.to_string_lossy().contains("support"));
    let name_of = |path: &std::path::Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let names: Vec<String> = scripts.iter().filter_map(|path| name_of(path)).collect();
    let known = |name: &String| name == "sizes" || names.contains(name);
    if let Some(unknown) = arguments.iter().find(|name| !known(name)) {
        return Err(format!("there is no measurement {unknown}: there are sizes, {}.", names.join(", ")));
    }
    let wanted = |name: &str| arguments.is_empty() || arguments.iter().any(|argument| argument == name);

    let toolchain = setup::for_build()?;
    let chromium = setup::for_browser()?;
    build::run_trunk(toolchain, &["build", "--release"], &[])?;
    let mut missed = Vec::new();
    if wanted("sizes") && page::print_sizes().is_err() {
        missed.push("sizes".to_owned());
    }
    for (script, name) in scripts.iter().zip(names).filter(|(_, name)| wanted(name)) {
        println!();
        if stream(command("node").arg(script).env("CHROMIUM", &chromium).env("PORT", test::free_port()?))
            .is_err()
        {
            missed.push(name);
        }
    }
    if missed.is_empty() {
        Ok(())
    } else {
        Err(format!("missed: {}; the figures are above.", missed.join(", ")))
    }
}
