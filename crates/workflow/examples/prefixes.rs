//! `cargo run --release -p stepladder-workflow --example prefixes -- FOLDER [STEP]`: analyses what every workflow and action
//! in a folder is while it is typed: each of its beginnings, or every STEP bytes one. A panic names the file and the place.

#![allow(unreachable_pub)]

use std::path::Path;

use stepladder_workflow::{Analysis, Env};

#[path = "../tests/support/files.rs"]
mod files;

use files::files_below;

/// Names where it was, should the analysis panic.
struct At<'a>(&'a Path, usize);

impl Drop for At<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("in the first {} bytes of {}", self.1, self.0.display());
        }
    }
}

fn main() {
    let mut words = std::env::args().skip(1);
    let Some(folder) = words.next() else { return println!("say which folder") };
    let step: usize = words.next().and_then(|word| word.parse().ok()).unwrap_or(1);
    let files = files_below(Path::new(&folder));
    let env = Env::default();
    let mut count = 0;
    for path in &files {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let env = Env {
            file_name: path.file_name().map(|name| name.to_string_lossy().into_owned()),
            ..env.clone()
        };
        for end in (0..=text.len()).step_by(step.max(1)).filter(|end| text.is_char_boundary(*end)) {
            let _at = At(path, end);
            let beginning = &text[..end];
            for finding in Analysis::new(beginning, &env).findings() {
                assert!(beginning.get(finding.range.to_usize()).is_some(), "{} does not fit", finding.rule);
            }
            count += 1;
        }
    }
    println!("{count} beginnings of {} files have an analysis", files.len());
}
