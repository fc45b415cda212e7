//! Evaluates expressions: one JSON request a line on standard input, one answer a line on standard output.

use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        writeln!(out, "{}", stepladder_workflow::expr::protocol(&line?))?;
    }
    Ok(())
}
