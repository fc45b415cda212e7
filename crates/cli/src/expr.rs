//! `stepladder expr`

use std::io::{BufRead, Write};
use std::process::ExitCode;

use stepladder_workflow::expr;

use crate::args::refuse;

/// One request a line on standard input, one answer a line on standard output; see [`expr::protocol`].
pub(crate) fn run(words: &[String]) -> ExitCode {
    if !words.is_empty() {
        return refuse("`expr` takes no arguments: it reads requests from standard input");
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines().map_while(Result::ok).filter(|line| !line.trim().is_empty()) {
        if writeln!(out, "{}", expr::protocol(&line)).is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}
