//! Thousands of random visual edits over real files: untouched bytes and comments stay, the result means what the edit
//! says, undo leads back.

#![allow(clippy::unwrap_used, missing_docs, unreachable_pub)]

use std::path::{Path, PathBuf};

#[path = "support/files.rs"]
mod files;
#[path = "support/random_edits.rs"]
mod random_edits;

use files::files_below;
use random_edits::{Score, edit_files};

/// Runs over the files of `folder` and shows the figures; `None`: there are no files.
fn run(folder: &Path, chains: u64, length: usize) -> Option<Score> {
    let files = files_below(folder);
    if files.is_empty() {
        eprintln!("skipped: no files in {}", folder.display());
        return None;
    }
    let score = edit_files(&files, chains, length, 0);
    println!("{score}");
    Some(score)
}

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

#[test]
fn templates_survive_random_edits() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/templates");
    let Some(score) = run(&folder, 1, 25) else { return };
    assert!(score.failed.is_empty(), "{}", score.failed.join("\n"));
}

#[test]
fn real_files_survive_random_edits() {
    let folder = std::env::var_os("STEPLADDER_CONFORMANCE").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance"),
        PathBuf::from,
    );
    let chains = u64::try_from(number("STEPLADDER_EDIT_CHAINS", 1)).unwrap();
    let Some(score) = run(&folder.join("real"), chains, number("STEPLADDER_EDITS", 8)) else { return };
    assert!(score.failed.is_empty(), "{}", score.failed.join("\n"));
    let refused = score.refusals();
    assert!(refused * 50 <= score.tried, "{refused} of {} edits were refused", score.tried);
}
