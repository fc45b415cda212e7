//! Makes two files of the program, see `src/model.rs`: what the start page needs, and the model with the editor.
//!
//! Trunk hands what Cargo has linked to wasm-bindgen at once; splitting has to come between the two. So it is done after
//! Trunk's build, from the same linked file, and takes the place of what Trunk has made.

use std::path::Path;

use crate::project;
use crate::sh::{Outcome, command, run_quietly};

const NAME: &str = "stepladder-app";
/// Stands in a program that was built with the feature `split`.
const MARK: &[u8] = b"__wasm_split_load_model";

/// Replaces the program in `staging` by its two parts; leaves one that was built without the feature as it is.
pub(crate) fn split(staging: &Path) -> Outcome {
    let linked = project::target().join("wasm32-unknown-unknown/web").join(format!("{NAME}.wasm"));
    let program = std::fs::read(&linked).unwrap_or_default();
    if !program.windows(MARK.len()).any(|bytes| bytes == MARK) {
        return Ok(());
    }
    // The name that Trunk has given, with its hash, which browsers keep the files by.
    let files = project::files_below(staging);
    let names = files.iter().filter_map(|path| path.file_name()?.to_str()?.strip_suffix("_bg.wasm"));
    let name = names.into_iter().find(|name| name.starts_with(NAME)).ok_or("Trunk has made no program.")?;
    let hash = name.trim_start_matches(NAME);

    let parts = project::target().join("page/parts");
    let bound = project::target().join("page/bound");
    for folder in [&parts, &bound] {
        run_quietly(command("rm").arg("-rf").arg(folder))?;
        project::make_folder(folder)?;
    }
    run_quietly(command("wasm-split-cli").arg(&linked).arg(&parts).args(["--out-name", name]))?;
    run_quietly(
        command("wasm-bindgen")
            .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--remove-name-section"])
            .args(["--remove-producers-section", "--out-name", name, "--out-dir"])
            .arg(&bound)
            .arg(parts.join(format!("{name}.wasm"))),
    )?;

    let (loader, model) = (format!("split{hash}.js"), format!("model{hash}.wasm"));
    let program = format!("{name}_bg.wasm");
    copy(&bound.join(&program), &staging.join(&program))?;
    copy(&parts.join("split_model.wasm"), &staging.join(&model))?;
    let script = format!("{name}.js");
    // The program itself goes on to call the loader by the splitter's name for it, so only the import changes.
    let (old, new) = ("from \"./__wasm_split.js\"", format!("from \"./{loader}\""));
    renamed(&bound.join(&script), &staging.join(&script), old, &new)?;
    let (old, new) = ("\"./split_model.wasm\"", format!("\"./{model}\""));
    renamed(&parts.join("__wasm_split.js"), &staging.join(&loader), old, &new)?;
    // For the page's script, which has it downloaded when the start page is there.
    let index = staging.join("index.html");
    let link =
        format!("<link data-later href=\"./{model}\" as=\"fetch\" crossorigin=\"anonymous\">\n  </head>");
    project::write(&index, &project::read(&index)?.replacen("</head>", &link, 1))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    std::fs::copy(from, to).map(drop).map_err(|error| format!("{} is not made: {error}.", to.display()))
}

/// Copies a script in which a file is named that now has another name.
fn renamed(from: &Path, to: &Path, old: &str, new: &str) -> Outcome {
    let script = project::read(from)?;
    if !script.contains(old) {
        return Err(format!("{} does not name {old}: has the splitter changed?", from.display()));
    }
    project::write(to, &script.replace(old, new))
}
