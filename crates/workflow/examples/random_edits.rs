//! Random visual edits over all workflows of a folder, counted: `cargo xtask bench edits` runs it.

#![allow(missing_docs, unreachable_pub)]

use std::path::Path;
use std::process::ExitCode;

#[path = "../tests/support/files.rs"]
mod files;
#[path = "../tests/support/random_edits.rs"]
mod random_edits;

use files::files_below;
use random_edits::edit_files;

/// Edits of one chain.
const LENGTH: usize = 12;
/// About so many edits are tried at least, however few the files are.
const ENOUGH: usize = 120_000;
/// Some draws find nothing to edit in a file, so more are made than edits are wanted.
const DRAWS_FOR_ONE: usize = 2;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!(
            "say which folder holds the workflows, and, if others than the usual ones, how many chains and of which seed."
        );
        return ExitCode::FAILURE;
    };
    let files = files_below(Path::new(&folder));
    if files.is_empty() {
        eprintln!("{folder} holds no .yml or .yaml file.");
        return ExitCode::FAILURE;
    }
    let enough = (ENOUGH * DRAWS_FOR_ONE).div_ceil(files.len() * LENGTH).max(1) as u64;
    let mut number = || arguments.next().and_then(|argument| argument.parse::<u64>().ok());
    let (chains, seed) = (number().unwrap_or(enough), number().unwrap_or_default());
    println!("{} files, {chains} chains of {LENGTH} edits on each, seed {seed}", files.len());
    let score = edit_files(&files, chains, LENGTH, seed);
    println!("{score}");
    if score.failed.is_empty() && score.refusals() * 50 < score.tried {
        ExitCode::SUCCESS
    } else {
        eprintln!("none may fail and fewer than 2 % may be refused.");
        ExitCode::FAILURE
    }
}
