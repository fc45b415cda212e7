//! `cargo run --release -p stepladder-yaml --example time -- [--total] FILE…`: milliseconds per parse, against the bare
//! parser; with `--total` only those of all files together.

use std::hint::black_box;
use std::time::Instant;

use stepladder_yaml::Tree;

fn main() {
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    let total = names.first().is_some_and(|first| first == "--total");
    let (mut size, mut bare_total, mut tree_total) = (0, 0.0, 0.0);
    for name in names.split_off(usize::from(total)) {
        let Ok(text) = std::fs::read_to_string(&name) else {
            println!("{name}: cannot be read");
            continue;
        };
        let work = if total { 500_000 } else { 20_000_000 };
        let rounds = (work / text.len().max(1)).clamp(3, 20_000);
        let bare = time(rounds, || {
            let options = granit_parser::options! { emit_unresolved_aliases: true, emit_anchor_events: true };
            black_box(granit_parser::Parser::new_from_str_with_options(&text, options).count());
        });
        let tree = time(rounds, || {
            black_box(Tree::parse(text.as_str()));
        });
        if !total {
            println!("{name}: {} bytes, parser {bare:.4} ms, tree {tree:.4} ms", text.len());
        }
        size += text.len();
        bare_total += bare;
        tree_total += tree;
    }
    println!("all: {size} bytes, parser {bare_total:.4} ms, tree {tree_total:.4} ms");
}

/// The quickest of some batches: what other programs took of the machine is not the parser's doing.
fn time(rounds: usize, mut run: impl FnMut()) -> f64 {
    run();
    let batch = rounds.div_ceil(5);
    let quickest = (0..5).map(|_| {
        let start = Instant::now();
        (0..batch).for_each(|_| run());
        start.elapsed()
    });
    quickest.min().unwrap_or_default().as_secs_f64() * 1000.0
        / f64::from(u32::try_from(batch).unwrap_or(u32::MAX))
}
