//! How long a plan takes: `cargo run --release -p stepladder-workflow --example plan [FILE]`. Without a file, a workflow of
//! 300 lines is made up.

use std::sync::Arc;
use std::time::Instant;

use stepladder_workflow::facts::payload::Payloads;
use stepladder_workflow::simulate::{Assumptions, plan, presets};
use stepladder_workflow::{Analysis, Env};

/// Rounds that are measured for each event.
const ROUNDS: u32 = 200;

fn made_up() -> String {
    let mut text = "on:\n  push:\n    branches: [main, 'release/**', '!release/old/**']\n    paths: ['src/**', '!src/docs/**']\n  pull_request:\n    branches: [main]\njobs:\n".to_owned();
    for job in 0..21 {
        let needs = if job == 0 { String::new() } else { format!("    needs: [job{}]\n", job - 1) };
        text.push_str(&format!(
            "  job{job}:\n{needs}    if: github.event_name == 'push' || contains(github.event.pull_request.labels.*.name, 'run')\n    strategy:\n      matrix:\n        os: [ubuntu-latest, windows-latest, macos-latest]\n        version: [1, 2, 3]\n    runs-on: ${{{{ matrix.os }}}}\n    steps:\n      - uses: actions/checkout@v4\n      - name: Build\n        if: runner.os != 'Windows' && matrix.version > 1\n        run: make\n      - if: failure()\n        run: make report\n"
        ));
    }
    text
}

fn main() {
    let text = match std::env::args().nth(1) {
        Some(file) => std::fs::read_to_string(&file).unwrap_or_else(|why| {
            eprintln!("cannot read {file}: {why}");
            String::new()
        }),
        None => made_up(),
    };
    let payloads = Payloads::from_json(include_str!("../data/payload.json")).ok().map(Arc::new);
    let env = Env { payloads, ..Env::default() };
    let analysis = Analysis::new(text.as_str(), &env);
    println!("{} lines, {} jobs", text.lines().count(), analysis.workflow.jobs.len());
    for preset in presets(&analysis) {
        let assumed = Assumptions::default();
        let mut best = f64::INFINITY;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            std::hint::black_box(plan(&analysis, &env, &preset.event, &assumed));
            best = best.min(start.elapsed().as_secs_f64());
        }
        println!("{:>9.3} ms  {}", best * 1e3, preset.title);
    }
}
