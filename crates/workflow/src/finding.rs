//! What a check found, and what to do about it.

use std::fmt;

use stepladder_yaml::{Path, TextEdit, TextRange};

/// How bad it is. The order is from worst to mildest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// GitHub rejects the file, or the step surely fails.
    Error,
    /// Accepted, but it does not do what it seems to say, or it breaks soon.
    Warning,
    /// Works; could be better.
    Hint,
}

impl Severity {
    /// `error`, `warning` or `hint`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }

    /// The severity of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Error, Self::Warning, Self::Hint].into_iter().find(|s| s.as_str() == name)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One problem at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where, in bytes; may be empty.
    pub range: TextRange,
    /// What it is about, where the range can only point at something near it: a key that is missing, or a whole mapping of
    /// which one key is marked.
    pub about: Option<Path>,
    /// One sentence or two: what, why, what to do.
    pub message: String,
    /// A change that makes the finding go away.
    pub fix: Option<Fix>,
}

/// A change of the text that makes a finding go away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: "Rename to `runs-on`".
    pub title: String,
    /// The change.
    pub edit: TextEdit,
    /// How much a person has to do with it; comments are kept in any case.
    pub care: Care,
}

/// How much a person has to do with a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// The workflow surely means the same, or just what was meant.
    Safe,
    /// A person should look at the result.
    Look,
    /// It gives something up that may be what is wanted: nobody but a person who reads its title can choose it.
    Choice,
}

impl Fix {
    /// A fix whose result is surely what was meant.
    #[must_use]
    pub fn safe(title: impl Into<String>, edit: TextEdit) -> Self {
        Self { title: title.into(), edit, care: Care::Safe }
    }

    /// A fix that a person should look at.
    #[must_use]
    pub fn risky(title: impl Into<String>, edit: TextEdit) -> Self {
        Self { title: title.into(), edit, care: Care::Look }
    }

    /// A fix that only a person can choose.
    #[must_use]
    pub fn choice(title: impl Into<String>, edit: TextEdit) -> Self {
        Self { title: title.into(), edit, care: Care::Choice }
    }

    /// Whether the result is surely what was meant.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        self.care == Care::Safe
    }
}
