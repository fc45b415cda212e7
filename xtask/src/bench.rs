//! `cargo xtask bench`: what the page and the checker promise to be, measured. One file of `xtask/bench/` a measurement.

use std::path::{Path, PathBuf};

use crate::sh::{Outcome, command, stream};
use crate::{build, page, project, setup, test};

/// Runs the measurements whose names are given, or all: those of `xtask/bench/native` as they are, the others over a
/// page that is built for publishing.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let (arguments, corpus) = take_corpus(arguments)?;
    let mut scripts = project::files_below(&project::root().join("xtask/bench"));
    scripts.retain(|path| !is_in(path, "support"));
    let name_of = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let names: Vec<String> = scripts.iter().filter_map(|path| name_of(path)).collect();
    let counted = |name: &str| COUNTED.iter().any(|(known, ..)| *known == name);
    let known = |name: &String| name == "sizes" || counted(name) || names.contains(name);
    if let Some(unknown) = arguments.iter().find(|name| !known(name)) {
        return Err(format!(
            "there is no measurement {unknown}: there are sizes, edits, faults, prefixes, {}.",
            names.join(", ")
        ));
    }
    let wanted = |name: &str| arguments.is_empty() || arguments.iter().any(|argument| argument == name);
    let chosen = scripts.iter().zip(names).filter(|(_, name)| wanted(name));
    let (native, paged): (Vec<_>, Vec<_>) = chosen.partition(|(script, _)| is_in(script, "native"));

    let mut missed = Vec::new();
    for (name, example, folder) in COUNTED {
        if wanted(name) && count(example, &corpus, folder).is_err() {
            missed.push((*name).to_owned());
        }
    }
    for (script, name) in native {
        if stream(command("node").arg(script)).is_err() {
            missed.push(name);
        }
    }
    if wanted("sizes") || !paged.is_empty() {
        missed.extend(over_the_page(wanted("sizes"), paged)?);
    }
    if missed.is_empty() {
        Ok(())
    } else {
        Err(format!("missed: {}; the figures are above.", missed.join(", ")))
    }
}

fn is_in(path: &Path, folder: &str) -> bool {
    path.parent().is_some_and(|parent| parent.ends_with(folder))
}

/// Builds the page and measures it; the names of what was missed.
fn over_the_page(sizes: bool, scripts: Vec<(&PathBuf, String)>) -> Outcome<Vec<String>> {
    let toolchain = setup::for_build()?;
    let chromium = setup::for_browser()?;
    build::run_trunk(toolchain, build::PUBLISH, &[])?;
    let mut missed = Vec::new();
    if sizes && page::print_sizes().is_err() {
        missed.push("sizes".to_owned());
    }
    for (script, name) in scripts {
        println!();
        if stream(command("node").arg(script).env("CHROMIUM", &chromium).env("PORT", test::free_port()?))
            .is_err()
        {
            missed.push(name);
        }
    }
    Ok(missed)
}

/// Where workflows to edit are looked for when `--corpus` does not say.
const CORPUS: &str = "../shared/conformance";

/// The names without `--corpus DIR`, and the folder.
fn take_corpus(arguments: &[String]) -> Outcome<(Vec<String>, String)> {
    let mut names = arguments.to_vec();
    let Some(at) = names.iter().position(|argument| argument == "--corpus") else {
        return Ok((names, CORPUS.to_owned()));
    };
    names.remove(at);
    if at == names.len() {
        return Err("say which folder after --corpus.".to_owned());
    }
    let folder = names.remove(at);
    // Commands start in the project's root, the person may be elsewhere.
    let folder = std::path::absolute(&folder).map_err(|error| format!("{folder}: {error}."))?;
    Ok((names, folder.display().to_string()))
}

/// What is counted over a folder of workflows: its name, the example of the crate that counts, and the part of the usual
/// corpus that it wants.
const COUNTED: &[(&str, &str, &str)] = &[
    // Random visual edits: how many were tried, refused and failed.
    ("edits", "random_edits", ""),
    // Mistakes in sound workflows: how many are found on their line.
    ("faults", "faults", "real"),
    // Every beginning of every file: none panics, none takes long.
    ("prefixes", "prefixes", ""),
];

fn count(example: &str, corpus: &str, part: &str) -> Outcome {
    let folder = if corpus == CORPUS { format!("{corpus}/{part}") } else { corpus.to_owned() };
    let cargo =
        ["run", "--quiet", "--release", "-p", "stepladder-workflow", "--example", example, "--", &folder];
    stream(command("cargo").args(cargo))
}
