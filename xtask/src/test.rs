//! `cargo xtask test`: every check there is, each under its own heading, and one verdict.

use std::time::Instant;

use crate::sh::{Outcome, command, part, read, seconds, stream};
use crate::{build, notices, page, project, setup};

/// `--native` and `--web` run one half each.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    if let Some(other) = arguments.iter().find(|argument| !["--native", "--web"].contains(&argument.as_str()))
    {
        return Err(format!("there is no option {other}: say --native, --web, or nothing for both."));
    }
    let has = |option: &str| arguments.is_empty() || arguments.iter().any(|argument| argument == option);
    let start = Instant::now();
    let mut parts = Parts::default();
    if has("--native") {
        native(&mut parts);
    }
    if has("--web") {
        web(&mut parts);
    }
    parts.verdict(start)
}

fn native(parts: &mut Parts) {
    parts.run("format", || stream(cargo().args(["fmt", "--all", "--check"])));
    parts.run("lints", || {
        stream(cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    });
    if read(command("cargo").args(["nextest", "--version"])).is_some() {
        parts.run("native tests", || {
            stream(cargo().args(["nextest", "run", "--workspace", "--no-fail-fast"]))
        });
        parts.run("documentation tests", || stream(cargo().args(["test", "--workspace", "--doc"])));
    } else {
        parts.run("native tests", || stream(cargo().args(["test", "--workspace", "--no-fail-fast"])));
    }
}

fn web(parts: &mut Parts) {
    let Some(toolchain) = parts.run("setup", setup::for_build) else { return };
    let Some(chromium) = parts.run("setup of the browser", setup::for_browser) else { return };
    parts.run("third-party notices", notices::check);
    parts.run("GitHub's contract", || stream(command("node").arg("tests/contract/check.mjs")));
    let built = parts.run("page", || build::run_trunk(toolchain, build::PUBLISH, &[]));
    if built.is_none() {
        return;
    }
    // The size is a measurement: it is shown here, and judged by `cargo xtask bench sizes`.
    if let Err(sentence) = page::print_sizes() {
        println!("  {sentence}");
    }
    parts.run("journeys", || {
        let mut playwright = command(project::npm_program("playwright"));
        playwright.args(["test", "--config", "tests"]).env("CHROMIUM", &chromium);
        stream(playwright.env("PORT", free_port()?))
    });
}

/// Cargo for what is built to be run once; on a build machine nothing is kept to build on.
fn cargo() -> std::process::Command {
    let mut cargo = command("cargo");
    if std::env::var_os("CI").is_some() {
        cargo.env("CARGO_INCREMENTAL", "0");
    }
    cargo
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> Outcome<String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0");
    let address = listener.and_then(|listener| listener.local_addr());
    address
        .map(|address| address.port().to_string())
        .map_err(|error| format!("no port can be listened on: {error}."))
}

#[derive(Default)]
struct Parts(Vec<(String, Outcome, String)>);

impl Parts {
    /// `None` when the part failed, which is remembered for the verdict.
    fn run<T>(&mut self, name: &str, work: impl FnOnce() -> Outcome<T>) -> Option<T> {
        let start = Instant::now();
        let outcome = part(name, work);
        let taken = seconds(start.elapsed());
        match outcome {
            Ok(result) => {
                self.0.push((name.to_owned(), Ok(()), taken));
                Some(result)
            }
            Err(sentence) => {
                eprintln!("{name}: {sentence}");
                self.0.push((name.to_owned(), Err(sentence), taken));
                None
            }
        }
    }

    fn verdict(self, start: Instant) -> Outcome {
        println!("\n── all of it in {}", seconds(start.elapsed()));
        for (name, outcome, taken) in &self.0 {
            println!(" {} {name} ({taken})", if outcome.is_ok() { "✓" } else { "✗" });
        }
        let failed: Vec<&str> = self
            .0
            .iter()
            .filter(|(_, outcome, _)| outcome.is_err())
            .map(|(name, ..)| name.as_str())
            .collect();
        println!("parts: {} passed, {} failed", self.0.len() - failed.len(), failed.len());
        if failed.is_empty() {
            Ok(())
        } else {
            Err(format!("failed: {}; look under its heading above.", failed.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failed_part_fails_the_whole_and_the_others_still_run() {
        let mut parts = Parts::default();
        assert_eq!(parts.run("first", || Err::<(), _>("It broke.".to_owned())), None);
        assert_eq!(parts.run("second", || Ok(2)), Some(2));
        assert_eq!(
            parts.verdict(Instant::now()),
            Err("failed: first; look under its heading above.".to_owned())
        );
    }
}
