//! `cargo xtask COMMAND`: everything that is done to this project, one file a command.

use std::process::ExitCode;

mod bench;
mod build;
mod debian;
mod hook;
#[cfg(test)]
mod layers;
mod notices;
mod page;
mod project;
mod screenshots;
mod serve;
mod setup;
mod sh;
mod split;
mod test;
mod tools;
mod wasm;

struct Command {
    name: &'static str,
    usage: &'static str,
    run: fn(&[String]) -> sh::Outcome,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "setup",
        usage: "installs what is missing: wasm target, Trunk, npm packages, Chromium",
        run: setup::run,
    },
    Command {
        name: "serve",
        usage: "[--release] [TRUNK OPTIONS]  builds the page, serves it, rebuilds on change",
        run: serve::run,
    },
    Command { name: "build", usage: "[TRUNK OPTIONS]  the page for publishing, into dist/", run: build::run },
    Command {
        name: "test",
        usage: "[--native] [--web]  every check, or only the ones without or with a browser",
        run: test::run,
    },
    Command {
        name: "bench",
        usage: "[NAME…] [--corpus DIR]  sizes, Lighthouse, times of checking, of an analysis and of typing, random edits, seeded mistakes",
        run: bench::run,
    },
    Command {
        name: "screenshots",
        usage: "takes the pictures of docs/screenshots/ anew",
        run: screenshots::run,
    },
    Command { name: "notices", usage: "writes THIRD-PARTY.md anew", run: notices::run },
    Command {
        name: "hook",
        usage: "pre-build | post-build  what Trunk calls around a build",
        run: hook::run,
    },
];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        eprintln!("cargo xtask COMMAND\n");
        for command in COMMANDS {
            eprintln!("  {:12} {}", command.name, command.usage);
        }
        return if name.is_empty() || name.contains("help") { ExitCode::SUCCESS } else { ExitCode::from(2) };
    };
    match (command.run)(&rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\nxtask {name}: {sentence}");
            ExitCode::FAILURE
        }
    }
}
