//! Running other programs, and saying what is being done.

use std::ffi::OsStr;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::project;

/// The error is one sentence for the person at the terminal: what failed and what to do.
pub(crate) type Outcome<T = ()> = Result<T, String>;

/// A command that starts in the project's root, reads no input, and finds the tools of `target/tools` first.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(project::tools().join("bin")).chain(std::env::split_paths(&inherited));
    if let Ok(path) = std::env::join_paths(paths) {
        command.env("PATH", path);
    }
    command.current_dir(project::root()).stdin(Stdio::null());
    command
}

/// Runs with the output shown as it comes.
pub(crate) fn stream(command: &mut Command) -> Outcome {
    let line = line(command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` failed ({status}); its own message is above.")),
        Err(error) => {
            Err(format!("`{line}` could not be started: {error}. Is it installed and on the PATH?"))
        }
    }
}

/// Runs with the output kept back, and shows its end only when the command fails.
pub(crate) fn run_quietly(command: &mut Command) -> Outcome {
    let line = line(command);
    let output = command.output().map_err(|error| format!("`{line}` could not be started: {error}."))?;
    if output.status.success() {
        return Ok(());
    }
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    for line in &lines[lines.len().saturating_sub(40)..] {
        eprintln!("  | {line}");
    }
    Err(format!("`{line}` failed ({}); the end of its output is above.", output.status))
}

/// The standard output, trimmed, of a command that succeeds; `None` when it fails or does not exist.
pub(crate) fn read(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Does one part of a longer task, under a heading and followed by the time that it took.
pub(crate) fn part<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("\n── {name}");
    let start = Instant::now();
    let outcome = work();
    let word = if outcome.is_ok() { "done" } else { "FAILED" };
    println!("── {name}: {word} in {}", seconds(start.elapsed()));
    outcome
}

/// `75 s` or `2 min 05 s`.
pub(crate) fn seconds(duration: Duration) -> String {
    let all = duration.as_secs_f64();
    if all < 10.0 {
        format!("{all:.1} s")
    } else if all < 100.0 {
        format!("{all:.0} s")
    } else {
        format!("{} min {:02} s", duration.as_secs() / 60, duration.as_secs() % 60)
    }
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_command_is_named_in_the_sentence() {
        let outcome = stream(command("cargo").arg("no-such-command-here").stderr(Stdio::null()));
        assert!(outcome.is_err_and(|sentence| sentence.starts_with("`cargo no-such-command-here` failed")));
    }

    #[test]
    fn durations_are_short_to_read() {
        assert_eq!(seconds(Duration::from_millis(1240)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(75)), "75 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }
}
