//! Random visual edits over all workflows of a folder, counted: `cargo xtask bench edits` runs it.

#![allow(missing_docs, unreachable_pub)]

use std::path::Path;
use std::process::ExitCode;

#[path = "../tests/support/random_edits.rs"]
mod random_edits;

use random_edits::{edit_files, files_below};

/// Edits of one chain.
const LENGTH: usize = 12;
/// About so many edits are tried at least, however few the files are.
const ENOUGH: usize = 120_000;
/// Some draws find nothing to edit in a file, so more are made than edits are wanted.
const DRAWS_FOR_ONE: usize = 2;

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("say which folder holds the workflows.");
        return ExitCode::FAILURE;
    };
    let files = files_below(Path::new(&folder));
    if files.is_empty() {
        eprintln!("{folder} holds no .yml or .yaml file.");
        return ExitCode::FAILURE;
    }
    let chains = (ENOUGH * DRAWS_FOR_ONE).div_ceil(files.len() * LENGTH).max(1);
    println!("{} files, {chains} chains of {LENGTH} edits on each", files.len());
    let score = edit_files(&files, chains as u64, LENGTH);
    println!("{score}");
    if score.failed.is_empty() && score.refusals() * 50 < score.tried {
        ExitCode::SUCCESS
    } else {
        eprintln!("none may fail and fewer than 2 % may be refused.");
        ExitCode::FAILURE
    }
}
