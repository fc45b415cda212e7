//! `stepladder`: the checks of the Stepladder page on the command line.

mod args;
mod check;
mod describe;
mod explain;
mod expr;
mod files;
mod fix;
mod ide;
mod new;
mod paint;
mod repository;
mod rules;
mod simulate;
mod templates;
mod test;
mod work;

use std::process::ExitCode;

/// Reading a text makes many small things, which this does in a fraction of the system's time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some((command, rest)) = words.split_first() else { return args::refuse("a command is missing") };
    if rest.iter().any(|word| word == "--help" || word == "-h") {
        return args::print(args::USAGE);
    }
    match command.as_str() {
        "check" => check::run(rest),
        "fix" => fix::run(rest),
        "explain" => explain::run(rest),
        "rules" => rules::run(rest),
        "simulate" => simulate::run(rest),
        "test" => test::run(rest),
        "describe" => describe::run(rest),
        "templates" => templates::run(rest),
        "new" => new::run(rest),
        "expr" => expr::run(rest),
        "complete" => ide::complete(rest),
        "hover" => ide::hover(rest),
        "help" | "--help" | "-h" => args::print(args::USAGE),
        "version" | "--version" | "-V" => args::print(concat!("stepladder ", env!("CARGO_PKG_VERSION"))),
        other => args::refuse(&format!("there is no command `{other}`")),
    }
}
