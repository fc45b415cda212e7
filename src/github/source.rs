//! Where a draft comes from on GitHub.

use serde::{Deserialize, Serialize};

/// The place of a file on GitHub, at the time when it was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Source {
    /// Address of the GitHub's pages.
    pub(crate) host: String,
    /// `owner/name`
    pub(crate) repository: String,
    /// Branch, tag or commit that was asked for.
    pub(crate) at: String,
    /// Path of the file.
    pub(crate) path: String,
}

impl Source {
    /// Whether both are files of one repository at one branch, tag or commit.
    #[must_use]
    pub(crate) fn is_same_place(&self, other: &Self) -> bool {
        self.host == other.host
            && self.at == other.at
            && self.repository.eq_ignore_ascii_case(&other.repository)
    }
}
