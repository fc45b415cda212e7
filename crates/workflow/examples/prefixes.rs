//! `cargo run --release -p stepladder-workflow --example prefixes -- FOLDER [STEP]`: analyses what every workflow and action
//! in a folder is while it is typed: each of its beginnings, or every STEP bytes one. A panic names the file and the place,
//! and so does a beginning that takes longer than anybody may wait.

#![allow(unreachable_pub)]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use stepladder_workflow::{Analysis, Env};

#[path = "../tests/support/files.rs"]
mod files;

use files::files_below;

/// Longer than this no beginning may take, on a machine that is busy, too.
const LONGEST: Duration = Duration::from_secs(10);

/// Names where it was, should the analysis panic.
struct At<'a>(&'a Path, usize);

impl Drop for At<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("in the first {} bytes of {}", self.1, self.0.display());
        }
    }
}

/// What was done.
#[derive(Default)]
struct Tried {
    count: usize,
    longest: Duration,
    /// The file that took longest, and how much of it.
    place: Option<(PathBuf, usize)>,
}

fn main() {
    let mut words = std::env::args().skip(1);
    let Some(folder) = words.next() else { return println!("say which folder") };
    let step: usize = words.next().and_then(|word| word.parse().ok()).unwrap_or(1).max(1);
    let files = files_below(Path::new(&folder));
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let tried = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(|| work(&files, &next, step))).collect();
        let tried = workers.into_iter().map(|worker| worker.join().expect("the place is told above"));
        tried.fold(Tried::default(), |sum, one| {
            let (slower, count) = (one.longest > sum.longest, sum.count + one.count);
            Tried { count, ..if slower { one } else { sum } }
        })
    });
    println!("{} beginnings of {} files have an analysis", tried.count, files.len());
    if let Some((path, end)) = tried.place {
        let ms = tried.longest.as_secs_f64() * 1e3;
        println!("the slowest took {ms:.1} ms: the first {end} bytes of {}", path.display());
    }
    assert!(tried.longest < LONGEST, "the slowest took too long");
}

/// Takes one file after the other until there is none.
fn work(files: &[PathBuf], next: &AtomicUsize, step: usize) -> Tried {
    let mut tried = Tried::default();
    while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let env = Env {
            file_name: path.file_name().map(|name| name.to_string_lossy().into_owned()),
            ..Env::default()
        };
        for end in (0..=text.len()).step_by(step).filter(|end| text.is_char_boundary(*end)) {
            let _at = At(path, end);
            let start = Instant::now();
            let beginning = &text[..end];
            for finding in Analysis::new(beginning, &env).findings() {
                assert!(beginning.get(finding.range.to_usize()).is_some(), "{} does not fit", finding.rule);
            }
            tried.count += 1;
            let taken = start.elapsed();
            if taken > tried.longest {
                tried.longest = taken;
                tried.place = Some((path.clone(), end));
            }
        }
    }
    tried
}
