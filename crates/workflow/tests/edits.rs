//! Thousands of random visual edits over real files: untouched bytes and comments stay, the result means what the edit
//! says, undo leads back.

#![allow(clippy::unwrap_used, missing_docs, unreachable_pub)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use stepladder_workflow::{Analysis, Env};

#[path = "support/random_edits.rs"]
mod random_edits;

use random_edits::{Rng, is_plain, random, verify};

#[derive(Default)]
struct Score {
    tried: usize,
    refused: BTreeMap<String, usize>,
    failed: Vec<String>,
}

/// A chain of edits on one file, each on what the one before left.
fn chain(name: &str, text: &str, seed: u64, length: usize, score: &mut Score) {
    let mut rng = Rng(seed);
    let mut a = Analysis::new(text, &Env::default());
    if !is_plain(&a) {
        return;
    }
    for _ in 0..length {
        let Some(trial) = random(&mut rng, &a) else { continue };
        score.tried += 1;
        match verify(&a, &trial) {
            Ok(Some(after)) => a = after,
            Ok(None) => {
                let refusal = trial.edit.unwrap_err();
                *score.refused.entry(format!("{}: {}", trial.kind, refusal.message)).or_default() += 1;
            }
            Err(why) => {
                score.failed.push(format!("{name}, seed {seed}: {}: {why}", trial.kind));
                return;
            }
        }
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "yml" || e == "yaml") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn run(folder: &Path, chains: u64, length: usize) -> Option<Score> {
    let files = files_below(folder);
    if files.is_empty() {
        eprintln!("skipped: no files in {}", folder.display());
        return None;
    }
    let mut score = Score::default();
    for (at, file) in files.iter().enumerate() {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        for chain_number in 0..chains {
            let seed = u64::try_from(at).unwrap() * 1_000 + chain_number;
            chain(&file.display().to_string(), &text, seed, length, &mut score);
        }
    }
    let refused: usize = score.refused.values().sum();
    println!("{} edits, {refused} refused, {} failed", score.tried, score.failed.len());
    for (reason, count) in &score.refused {
        println!("  refused {count}: {reason}");
    }
    for failed in score.failed.iter().take(60) {
        println!("  failed: {failed}");
    }
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
    let refused: usize = score.refused.values().sum();
    assert!(refused * 50 <= score.tried, "{refused} of {} edits were refused", score.tried);
}
