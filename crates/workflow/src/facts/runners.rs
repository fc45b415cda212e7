//! Runners: the labels of hosted ones, what became of old labels, and the shells that each system has.

/// An operating system, under the name that `runner.os` gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Os {
    /// Linux.
    Linux,
    /// Windows.
    Windows,
    /// macOS.
    MacOs,
}

/// A processor architecture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arch {
    /// 64 bit Intel and AMD.
    X64,
    /// 32 bit ARM, on self-hosted runners only.
    Arm,
    /// 64 bit ARM.
    Arm64,
}

/// Whether a hosted label can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It can.
    Available,
    /// It can, but may change without notice.
    Preview,
    /// It still can; the dates are `YYYY-MM-DD`.
    Deprecated {
        /// The day of the announcement.
        since: &'static str,
        /// The day from which jobs with this label no longer start.
        removal: &'static str,
    },
    /// It no longer can: jobs with it wait until they fail. The date is `YYYY-MM-DD` or `YYYY-MM`.
    Removed {
        /// When it went away.
        since: &'static str,
    },
}

/// A label of runners that GitHub hosts.
#[derive(Clone, Copy, Debug)]
pub struct Hosted {
    /// The label, in lower case; case does not matter in workflows.
    pub label: &'static str,
    /// The system.
    pub os: Os,
    /// The processor.
    pub arch: Arch,
    /// The image behind it; labels with the same image and architecture are the same machine.
    pub image: &'static str,
    /// Whether it can be used.
    pub status: Status,
    /// Whether it belongs to the larger runners that are billed even for public repositories.
    pub larger: bool,
}

/// A value of `shell`.
#[derive(Clone, Copy, Debug)]
pub struct Shell {
    /// Its name.
    pub name: &'static str,
    /// Systems that have it.
    pub os: &'static [Os],
    /// The command line; `{0}` stands for the file with the script.
    pub command: &'static str,
    /// What a person should know about it.
    pub doc: &'static str,
}

impl Os {
    /// Its name in `runner.os`.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["Linux", "Windows", "macOS"][self as usize]
    }

    /// The shell for `run` when none is set: its name, and its command line.
    #[must_use]
    pub fn default_shell(self) -> (&'static str, &'static str) {
        match self {
            Self::Linux | Self::MacOs => ("bash", "bash -e {0}"),
            Self::Windows => ("pwsh", "pwsh -command \". '{0}'\""),
        }
    }
}

impl Arch {
    /// What a person calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["x64", "ARM", "ARM64"][self as usize]
    }
}

impl Hosted {
    /// What a person should know before choosing it: "Linux on x64, image ubuntu-26.04".
    #[must_use]
    pub fn doc(&self) -> String {
        let mut doc = [self.os.name(), " on ", self.arch.name(), ", image ", self.image].concat();
        if self.larger {
            doc.push_str(", a larger runner that is always billed");
        }
        match self.status {
            Status::Available => {}
            Status::Preview => doc.push_str("; a preview, which may change"),
            Status::Deprecated { removal, .. } => doc.extend(["; goes away on ", removal]),
            Status::Removed { since } => doc.extend(["; gone since ", since]),
        }
        doc
    }
}

/// The hosted label, in any case, if it can be used today.
#[must_use]
pub fn hosted(label: &str) -> Option<&'static Hosted> {
    HOSTED.iter().find(|known| known.label.eq_ignore_ascii_case(label))
}

/// The label of a hosted runner that is gone, in any case.
#[must_use]
pub fn removed(label: &str) -> Option<&'static Hosted> {
    REMOVED.iter().find(|known| known.label.eq_ignore_ascii_case(label))
}

/// The usable label closest in kind to one that is gone or deprecated.
#[must_use]
pub fn successor(old: &Hosted) -> &'static str {
    match (old.os, old.arch, old.larger) {
        (Os::Linux, Arch::X64, _) => "ubuntu-24.04",
        (Os::Linux, ..) => "ubuntu-24.04-arm",
        (Os::Windows, Arch::X64, _) => "windows-2022",
        (Os::Windows, ..) => "windows-11-arm",
        (Os::MacOs, Arch::X64, true) => "macos-26-large",
        (Os::MacOs, Arch::X64, false) => "macos-26-intel",
        (Os::MacOs, _, true) => "macos-26-xlarge",
        (Os::MacOs, ..) => "macos-26",
    }
}

/// The shell named `name`; case matters.
#[must_use]
pub fn shell(name: &str) -> Option<&'static Shell> {
    SHELLS.iter().find(|shell| shell.name == name)
}

/// The labels that every self-hosted runner gets by itself, according to its system and processor.
pub const SELF_HOSTED: [&str; 7] = ["self-hosted", "linux", "windows", "macOS", "x64", "arm", "arm64"];

/// Whether `label` is one of [`SELF_HOSTED`], in any case.
#[must_use]
pub fn is_self_hosted_preset(label: &str) -> bool {
    SELF_HOSTED.iter().any(|known| known.eq_ignore_ascii_case(label))
}

/// How the labels begin of services that rent out runners, in lower case. What follows chooses system and size.
const SERVICES: [&str; 10] = [
    "blacksmith-",
    "buildjet-",
    "codebuild-",
    "depot-",
    "namespace-profile-",
    "nscloud-",
    "runs-on",
    "sprinters:",
    "ubicloud",
    "warp-",
];

/// Whether the label, in any case, is one of a service that rents out runners.
#[must_use]
pub fn is_of_service(label: &str) -> bool {
    SERVICES.iter().any(|start| label.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start)))
}

/// The system of runners with this label, as far as it is certain; `None` for labels that people choose themselves.
#[must_use]
pub fn os_of_label(label: &str) -> Option<Os> {
    if let Some(runner) = hosted(label).or_else(|| removed(label)) {
        return Some(runner.os);
    }
    let label = label.to_ascii_lowercase();
    match label.as_str() {
        "linux" => return Some(Os::Linux),
        "windows" => return Some(Os::Windows),
        "macos" => return Some(Os::MacOs),
        _ => {}
    }
    // The names that GitHub proposes for larger runners, such as `ubuntu-latest-8-cores`.
    if label.ends_with("-cores") || label.ends_with("-core") {
        return [("ubuntu-", Os::Linux), ("windows-", Os::Windows), ("macos-", Os::MacOs)]
            .into_iter()
            .find(|(start, _)| label.starts_with(start))
            .map(|(_, os)| os);
    }
    None
}

/// The system of a runner that has all of these labels, when they agree and at least one of them tells it.
#[must_use]
pub fn os_of_labels<S: AsRef<str>>(labels: &[S]) -> Option<Os> {
    let mut found = labels.iter().filter_map(|label| os_of_label(label.as_ref()));
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// The processor of runners with this label, as far as it is certain.
#[must_use]
pub fn arch_of_label(label: &str) -> Option<Arch> {
    if let Some(runner) = hosted(label).or_else(|| removed(label)) {
        return Some(runner.arch);
    }
    [("x64", Arch::X64), ("arm", Arch::Arm), ("arm64", Arch::Arm64)]
        .into_iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(label))
        .map(|(_, arch)| arch)
}

/// Why no runner can have both labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// They are for different systems.
    Os(Os, Os),
    /// They are for different processors.
    Arch,
    /// They name two different hosted images.
    Image,
}

/// Whether no runner can have both labels, with the reason; `None` when one could, or when that is not certain.
#[must_use]
pub fn conflict(a: &str, b: &str) -> Option<Conflict> {
    if let (Some(a), Some(b)) = (os_of_label(a), os_of_label(b))
        && a != b
    {
        return Some(Conflict::Os(a, b));
    }
    if let (Some(a), Some(b)) = (arch_of_label(a), arch_of_label(b))
        && a != b
    {
        return Some(Conflict::Arch);
    }
    if let (Some(a), Some(b)) = (hosted(a), hosted(b))
        && a.image != b.image
        && !moves(a, b)
        && !moves(b, a)
    {
        return Some(Conflict::Image);
    }
    None
}

/// Whether `latest` is a label whose image changes with time, and may be that of `other` for some.
fn moves(latest: &Hosted, other: &Hosted) -> bool {
    latest.label.contains("latest") && (MOVING.contains(&other.image) || other.label.contains("latest"))
}

/// The images that labels with `latest` stand for, now or before their last move.
const MOVING: [&str; 5] = ["ubuntu-26.04", "ubuntu-24.04", "windows-2025-vs2026", "macos-26", "macos-15"];

const fn on(label: &'static str, os: Os, arch: Arch, image: &'static str) -> Hosted {
    Hosted { label, os, arch, image, status: Status::Available, larger: false }
}

const fn large(label: &'static str, arch: Arch, image: &'static str) -> Hosted {
    Hosted { larger: true, ..on(label, MacOs, arch, image) }
}

const fn gone(label: &'static str, os: Os, arch: Arch, since: &'static str) -> Hosted {
    Hosted { status: Status::Removed { since }, ..on(label, os, arch, label) }
}

use Arch::{Arm64, X64};
use Os::{Linux, MacOs, Windows};

const UBUNTU_22_ENDS: Status = Status::Deprecated { since: "2026-09-17", removal: "2027-04-17" };

/// Labels of hosted runners that can be used, the usual ones first. State of November 2026.
pub static HOSTED: &[Hosted] = &[
    on("ubuntu-latest", Linux, X64, "ubuntu-26.04"),
    on("ubuntu-26.04", Linux, X64, "ubuntu-26.04"),
    on("ubuntu-24.04", Linux, X64, "ubuntu-24.04"),
    Hosted { status: UBUNTU_22_ENDS, ..on("ubuntu-22.04", Linux, X64, "ubuntu-22.04") },
    on("ubuntu-slim", Linux, X64, "ubuntu-24.04"),
    on("ubuntu-26.04-arm", Linux, Arm64, "ubuntu-26.04"),
    on("ubuntu-24.04-arm", Linux, Arm64, "ubuntu-24.04"),
    Hosted { status: UBUNTU_22_ENDS, ..on("ubuntu-22.04-arm", Linux, Arm64, "ubuntu-22.04") },
    on("windows-latest", Windows, X64, "windows-2025-vs2026"),
    on("windows-2025", Windows, X64, "windows-2025-vs2026"),
    on("windows-2025-vs2026", Windows, X64, "windows-2025-vs2026"),
    on("windows-2022", Windows, X64, "windows-2022"),
    on("windows-11-arm", Windows, Arm64, "windows-11-vs2026-arm"),
    on("windows-11-vs2026-arm", Windows, Arm64, "windows-11-vs2026-arm"),
    on("macos-latest", MacOs, Arm64, "macos-26"),
    on("macos-26", MacOs, Arm64, "macos-26"),
    on("macos-15", MacOs, Arm64, "macos-15"),
    on("macos-26-intel", MacOs, X64, "macos-26"),
    on("macos-15-intel", MacOs, X64, "macos-15"),
    large("macos-latest-large", X64, "macos-26"),
    large("macos-latest-xlarge", Arm64, "macos-15"),
    large("macos-26-large", X64, "macos-26"),
    large("macos-26-xlarge", Arm64, "macos-26"),
    large("macos-15-large", X64, "macos-15"),
    large("macos-15-xlarge", Arm64, "macos-15"),
    Hosted { status: Status::Preview, ..on("xcode-27", MacOs, Arm64, "xcode-27") },
    Hosted { status: Status::Preview, ..large("xcode-27-xlarge", Arm64, "xcode-27") },
];

/// Labels of hosted runners that are gone.
pub static REMOVED: &[Hosted] = &[
    gone("ubuntu-20.04", Linux, X64, "2025-04"),
    gone("ubuntu-18.04", Linux, X64, "2023-04"),
    gone("ubuntu-16.04", Linux, X64, "2021-09"),
    gone("windows-2019", Windows, X64, "2025-06"),
    gone("windows-2016", Windows, X64, "2022-03"),
    gone("macos-14", MacOs, Arm64, "2026-11-02"),
    Hosted { larger: true, ..gone("macos-14-large", MacOs, X64, "2026-11-02") },
    Hosted { larger: true, ..gone("macos-14-xlarge", MacOs, Arm64, "2026-11-02") },
    gone("macos-13", MacOs, X64, "2025-12-08"),
    Hosted { larger: true, ..gone("macos-13-large", MacOs, X64, "2025-12-08") },
    Hosted { larger: true, ..gone("macos-13-xlarge", MacOs, Arm64, "2025-12-08") },
    Hosted { larger: true, ..gone("macos-13-xl", MacOs, X64, "2024-12") },
    gone("macos-12", MacOs, X64, "2024-12"),
    Hosted { larger: true, ..gone("macos-12-large", MacOs, X64, "2024-12") },
    Hosted { larger: true, ..gone("macos-12-xl", MacOs, X64, "2024-12") },
    gone("macos-11", MacOs, X64, "2024-06"),
    gone("macos-10.15", MacOs, X64, "2022-12"),
];

/// The shells that `shell` knows by name; any other command line with `{0}` is possible too.
pub static SHELLS: &[Shell] = &[
    Shell {
        name: "bash",
        os: &[Linux, MacOs, Windows],
        command: "bash --noprofile --norc -e -o pipefail {0}",
        doc: "Stops at the first command that fails, also inside a pipe. On Windows it is Git's bash.",
    },
    Shell {
        name: "sh",
        os: &[Linux, MacOs],
        command: "sh -e {0}",
        doc: "The plain POSIX shell: stops at the first command that fails, but not inside a pipe.",
    },
    Shell {
        name: "pwsh",
        os: &[Linux, MacOs, Windows],
        command: "pwsh -command \". '{0}'\"",
        doc: "PowerShell 7. Errors stop the script.",
    },
    Shell {
        name: "powershell",
        os: &[Windows],
        command: "powershell -command \". '{0}'\"",
        doc: "The older Windows PowerShell 5. Errors stop the script.",
    },
    Shell {
        name: "cmd",
        os: &[Windows],
        command: "%ComSpec% /D /E:ON /V:OFF /S /C \"CALL \"{0}\"\"",
        doc: "The Windows command prompt: goes on after a command fails, unless the script checks.",
    },
    Shell {
        name: "python",
        os: &[Linux, MacOs, Windows],
        command: "python {0}",
        doc: "Runs the script as Python.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_looked_up_in_any_case() {
        assert_eq!(hosted("Ubuntu-Latest").map(|r| r.image), Some("ubuntu-26.04"));
        assert!(hosted("ubuntu-20.04").is_none());
        assert!(matches!(
            removed("ubuntu-20.04").map(|r| r.status),
            Some(Status::Removed { since: "2025-04" })
        ));
        assert!(is_self_hosted_preset("MACOS") && !is_self_hosted_preset("gpu"));
    }

    #[test]
    fn labels_are_explained() {
        let doc = |label| hosted(label).or(removed(label)).map(Hosted::doc);
        assert_eq!(doc("ubuntu-latest").as_deref(), Some("Linux on x64, image ubuntu-26.04"));
        assert_eq!(
            doc("ubuntu-22.04-arm").as_deref(),
            Some("Linux on ARM64, image ubuntu-22.04; goes away on 2027-04-17")
        );
        assert_eq!(doc("macos-12").as_deref(), Some("macOS on x64, image macos-12; gone since 2024-12"));
    }

    #[test]
    fn systems_follow_from_labels() {
        for (labels, os) in [
            (&["ubuntu-latest"][..], Some(Os::Linux)),
            (&["self-hosted", "Windows", "gpu"], Some(Os::Windows)),
            (&["macos-14"], Some(Os::MacOs)),
            (&["ubuntu-latest-8-cores"], Some(Os::Linux)),
            (&["self-hosted", "gpu"], None),
            (&["linux", "windows"], None),
            (&["ubuntu-fans"], None),
            (&[], None),
        ] {
            assert_eq!(os_of_labels(labels), os, "{labels:?}");
        }
    }

    #[test]
    fn labels_that_no_runner_has_together() {
        for (a, b, expected) in [
            ("ubuntu-latest", "windows-latest", Some(Conflict::Os(Os::Linux, Os::Windows))),
            ("ubuntu-latest", "windows", Some(Conflict::Os(Os::Linux, Os::Windows))),
            ("linux", "macOS", Some(Conflict::Os(Os::Linux, Os::MacOs))),
            ("x64", "ARM64", Some(Conflict::Arch)),
            ("macos-26", "macos-26-intel", Some(Conflict::Arch)),
            ("ubuntu-22.04", "ubuntu-24.04", Some(Conflict::Image)),
            ("ubuntu-latest", "ubuntu-22.04", Some(Conflict::Image)),
            ("windows-latest", "windows-2022", Some(Conflict::Image)),
            // The labels with `latest` move, and not everywhere at once.
            ("ubuntu-latest", "ubuntu-26.04", None),
            ("ubuntu-latest", "ubuntu-24.04", None),
            ("macos-latest", "macos-15", None),
            ("self-hosted", "linux", None),
            ("linux", "x64", None),
            ("gpu", "ubuntu-latest", None),
        ] {
            assert_eq!(conflict(a, b), expected, "{a} {b}");
            assert_eq!(conflict(b, a).is_some(), expected.is_some(), "{b} {a}");
        }
    }

    #[test]
    fn what_is_gone_has_a_successor_of_the_same_kind() {
        for old in REMOVED.iter().chain(HOSTED) {
            let new = hosted(successor(old)).map(|new| (new.os, new.arch, new.status));
            assert_eq!(new, Some((old.os, old.arch, Status::Available)), "{}", old.label);
        }
    }

    #[test]
    fn shells_and_systems() {
        assert!(shell("cmd").is_some_and(|s| s.os == [Os::Windows]));
        assert!(shell("Bash").is_none());
        for os in [Os::Linux, Os::Windows, Os::MacOs] {
            assert!(shell(os.default_shell().0).is_some_and(|s| s.os.contains(&os)));
        }
        assert!(SHELLS.iter().all(|s| s.command.contains("{0}")));
    }
}
