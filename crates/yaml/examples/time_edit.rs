//! `cargo run --release -p stepladder-yaml --example time_edit -- FILE…`: milliseconds per edit, the check included.

use std::hint::black_box;
use std::time::Instant;

use stepladder_yaml::{Kind, Tree, edit};

fn main() {
    for name in std::env::args().skip(1) {
        let Ok(text) = std::fs::read_to_string(&name) else {
            println!("{name}: cannot be read");
            continue;
        };
        let tree = Tree::parse(text.as_str());
        let paths: Vec<_> = tree
            .nodes()
            .filter(|node| node.kind() == Kind::Scalar && !node.is_key())
            .map(|node| node.path())
            .collect();
        let start = Instant::now();
        let made =
            paths.iter().filter(|path| black_box(edit::set(&tree, path, &"other".into())).is_ok()).count();
        let each = start.elapsed().as_secs_f64() * 1000.0 / (paths.len().max(1) as f64);
        println!("{name}: {} bytes, {made} of {} edits, {each:.4} ms each", text.len(), paths.len());
    }
}
