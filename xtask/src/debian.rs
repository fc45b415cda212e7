//! Debian's packages, for the tools that other systems get elsewhere.

use std::process::Command;

use crate::sh::{Outcome, command, read, run_quietly};

pub(crate) fn is_here() -> bool {
    std::fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|line| line == "ID=debian"))
}

pub(crate) fn install(packages: &[&str]) -> Outcome {
    println!("   installing Debian's {}", packages.join(", "));
    let apt = |arguments: &[&str]| {
        run_quietly(
            as_root("env").args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]).args(arguments),
        )
    };
    let install = [&["install", "--yes", "--no-install-recommends"], packages].concat();
    // Other sources of the system than Debian's may fail to update without harm to what is wanted here.
    let updated = apt(&["update"]);
    apt(&install).or(updated.and_then(|()| apt(&install))).map_err(|_| {
        format!(
            "apt-get could not install {0}: run `apt-get install {0}` as root, then try again.",
            packages.join(" ")
        )
    })
}

/// A command as root: directly, or with a sudo that asks for no password.
pub(crate) fn as_root(program: &str) -> Command {
    if read(command("id").arg("-u")).is_some_and(|id| id == "0") {
        return command(program);
    }
    let mut sudo = command("sudo");
    sudo.args(["-n", program]);
    sudo
}
