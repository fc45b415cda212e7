//! Words that people write in the place of the few values that a property can have.

use super::Property;
use crate::expr::nearest;

/// How such words begin, and which value is meant by them.
pub(super) type Slips = &'static [(&'static str, &'static str)];

pub(super) const RESULT_SLIPS: Slips = &[
    ("fail", "failure"),
    ("err", "failure"),
    ("succe", "success"),
    ("ok", "success"),
    ("pass", "success"),
    ("green", "success"),
    ("cancel", "cancelled"),
    ("abort", "cancelled"),
    ("skip", "skipped"),
];

pub(super) const STATUS_SLIPS: Slips = RESULT_SLIPS.split_at(RESULT_SLIPS.len() - 1).0;

pub(super) const OS_SLIPS: Slips = &[
    ("ubuntu", "Linux"),
    ("linux", "Linux"),
    ("win", "Windows"),
    ("mac", "macOS"),
    ("darwin", "macOS"),
    ("osx", "macOS"),
];

pub(super) const ARCH_SLIPS: Slips = &[
    ("amd64", "X64"),
    ("x86_64", "X64"),
    ("x86-64", "X64"),
    ("x64", "X64"),
    ("i386", "X86"),
    ("i686", "X86"),
    ("aarch64", "ARM64"),
    ("arm64", "ARM64"),
];

pub(super) const HOST_SLIPS: Slips =
    &[("github", "github-hosted"), ("hosted", "github-hosted"), ("self", "self-hosted")];

impl Property {
    /// The value that is most likely meant by a text that is none of them.
    #[must_use]
    pub fn meant(&self, text: &str) -> Option<&'static str> {
        let lower = text.trim().to_ascii_lowercase();
        let slip = self.slips.iter().find(|(begins, _)| lower.starts_with(begins)).map(|(_, value)| *value);
        slip.or_else(|| nearest(text, self.values.iter().copied()))
    }
}
