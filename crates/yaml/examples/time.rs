//! `cargo run --release -p stepladder-yaml --example time -- FILE…`: milliseconds per parse, against the bare parser.

use std::hint::black_box;
use std::time::Instant;

use stepladder_yaml::Tree;

fn main() {
    for name in std::env::args().skip(1) {
        let Ok(text) = std::fs::read_to_string(&name) else {
            println!("{name}: cannot be read");
            continue;
        };
        let rounds = (20_000_000 / text.len().max(1)).clamp(3, 20_000);
        let bare = time(rounds, || {
            let options = granit_parser::options! { emit_unresolved_aliases: true, emit_anchor_events: true };
            black_box(granit_parser::Parser::new_from_str_with_options(&text, options).count());
        });
        let tree = time(rounds, || {
            black_box(Tree::parse(text.as_str()));
        });
        println!("{name}: {} bytes, parser {bare:.4} ms, tree {tree:.4} ms", text.len());
    }
}

fn time(rounds: usize, mut run: impl FnMut()) -> f64 {
    run();
    let start = Instant::now();
    for _ in 0..rounds {
        run();
    }
    start.elapsed().as_secs_f64() * 1000.0 / f64::from(u32::try_from(rounds).unwrap_or(u32::MAX))
}
