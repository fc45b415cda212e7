//! Texts that the tests run over.
#![allow(clippy::unwrap_used, dead_code)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The fixtures of this crate, by name.
pub(crate) fn fixtures() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files = Vec::new();
    collect(&folder, &mut files);
    assert!(files.len() >= 9, "the fixtures are missing");
    files
}

/// A workflow of about `lines` lines.
pub(crate) fn generated(lines: usize) -> String {
    let mut text = "name: generated\non: [push]\njobs:\n".to_owned();
    let mut written = 3;
    let mut job = 0;
    while written < lines {
        let _ = write!(
            text,
            "  # job {job}\n  job-{job}:\n    runs-on: ubuntu-latest # fine\n    steps:\n      - uses: actions/checkout@v4\n"
        );
        written += 5;
        for step in 0..5 {
            let _ = write!(
                text,
                "      - name: Step {step}\n        run: |\n          echo \"{job}\"\n          echo ${{{{ github.sha }}}}\n        env: {{A: '{step}', B: [1, 2]}}\n\n"
            );
            written += 6;
        }
        job += 1;
    }
    text
}

/// The known cases, when their folder is there.
pub(crate) fn conformance() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var_os("STEPLADDER_CONFORMANCE")
        .map_or_else(|| root.join("../shared/conformance"), PathBuf::from);
    let mut files = Vec::new();
    collect(&folder, &mut files);
    if files.is_empty() {
        println!("no conformance cases at {}: skipped", folder.display());
    }
    files
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ext| ext == "yml" || ext == "yaml")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            files.push((path.display().to_string(), text));
        }
    }
}

/// How many random cases are tried: as many as `PROPTEST_CASES` says, or the usual number.
pub(crate) fn cases(usual: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}
