//! The built page: how large it is.

use std::path::Path;

use crate::project;
use crate::sh::{Outcome, command, read};

/// What may be downloaded to show the start page, compressed.
const SHELL_BUDGET: u64 = 400 * 1024;

/// Bytes after brotli.
pub(crate) struct Sizes {
    pub(crate) shell: Vec<(String, u64)>,
    /// The model and the editor, fetched after the start page is there.
    pub(crate) model: u64,
    pub(crate) monaco: u64,
}

impl Sizes {
    pub(crate) fn shell_total(&self) -> u64 {
        self.shell.iter().map(|(_, size)| size).sum()
    }
}

pub(crate) fn sizes() -> Outcome<Sizes> {
    let dist = project::dist();
    let monaco = dist.join("monaco");
    let mut sizes = Sizes { shell: Vec::new(), model: 0, monaco: 0 };
    for file in project::files_below(&dist) {
        let is_shell = !file.starts_with(&monaco) && !file.starts_with(dist.join("content"));
        let kind = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if file.starts_with(&monaco) {
            sizes.monaco += brotli(&file)?;
        } else if file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("model-")) {
            sizes.model += brotli(&file)?;
        } else if is_shell && ["html", "css", "js", "wasm"].contains(&kind) {
            let name = file.strip_prefix(&dist).unwrap_or(&file).display().to_string();
            sizes.shell.push((name, brotli(&file)?));
        }
    }
    if sizes.shell.is_empty() {
        return Err("dist/ is empty: run `cargo xtask build` first.".to_owned());
    }
    sizes.shell.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    Ok(sizes)
}

/// Fails when the shell has outgrown its budget.
pub(crate) fn print_sizes() -> Outcome {
    let sizes = sizes()?;
    println!("\nBrotli sizes");
    for (name, size) in &sizes.shell {
        println!("  {:>8.1} KB  {name}", kilobytes(*size));
    }
    let total = sizes.shell_total();
    println!("  {:>8.1} KB  the shell, of at most {:.0} KB", kilobytes(total), kilobytes(SHELL_BUDGET));
    println!("  {:>8.1} KB  the model and the editor, fetched when that is there", kilobytes(sizes.model));
    println!("  {:>8.1} KB  Monaco, loaded with the first workflow", kilobytes(sizes.monaco));
    if total > SHELL_BUDGET {
        return Err(format!(
            "the shell is {:.1} KB over its budget: look for a large dependency or table in the first part of the list.",
            kilobytes(total - SHELL_BUDGET)
        ));
    }
    Ok(())
}

fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1024.0
}

fn brotli(file: &Path) -> Outcome<u64> {
    let script = "process.stdout.write(String(require('zlib').brotliCompressSync(require('fs').readFileSync(process.argv[1])).length))";
    read(command("node").args(["-e", script]).arg(file)).and_then(|length| length.parse().ok()).ok_or_else(
        || format!("{} could not be compressed: does `node --version` say 20 or newer?", file.display()),
    )
}
