//! What a template holds.

use serde::{Deserialize, Serialize};

use crate::{Question, Scenario};

/// A workflow to begin with, and what a person must know to choose and to use it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// Its name in addresses and on the command line: the name of its file without `.yml`.
    pub id: String,
    /// What stands above the line `---`.
    pub header: Header,
    /// The workflow as the person gets it, with the default answers in place.
    pub text: String,
}

/// The header of a template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// A few words.
    pub title: String,
    /// One plain sentence: when would I want this? At most 120 characters.
    pub summary: String,
    /// Two to four sentences: what it does.
    pub description: String,
    /// The shelf in the gallery, such as `Machine learning`.
    pub category: String,
    /// Words to find it by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Suggested name of the file in `.github/workflows`; no two templates suggest the same.
    pub file: String,
    /// Whom it is for.
    pub level: Level,
    /// The secrets it reads; `GITHUB_TOKEN` aside, which is always there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<Setting>,
    /// The configuration variables it reads (`vars`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<Setting>,
    /// What it asks; every question has an answer by default.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// Ids of templates that belong together with it: those it calls, and those that call it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub companions: Vec<String>,
    /// What it expects in the repository: scripts, settings, files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readme: Option<String>,
    /// Files that it brings along, for a repository that does not have them yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<BroughtFile>,
    /// When it runs, as cases that are tested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<Scenario>,
}

/// How much a person should know before using a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing yet.
    Beginner,
    /// Jobs, needs and secrets.
    Intermediate,
    /// Cloud accounts, environments, several workflows that call each other.
    Advanced,
}

impl Level {
    /// `beginner`, `intermediate` or `advanced`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Beginner => "beginner",
            Self::Intermediate => "intermediate",
            Self::Advanced => "advanced",
        }
    }
}

/// A secret or a configuration variable that a person sets in the repository's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Its name, such as `WANDB_API_KEY`.
    pub name: String,
    /// What it is needed for.
    pub why: String,
    /// Where a person gets its value.
    pub r#where: String,
}

/// A file that a template brings along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BroughtFile {
    /// Path from the root of the repository, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Whether a workflow with this text calls the workflow `file` of its own repository.
#[must_use]
pub fn calls(text: &str, file: &str) -> bool {
    let called = format!("./.github/workflows/{file}");
    text.lines().any(|line| {
        let mut words = line.split_whitespace().skip_while(|word| *word == "-");
        words.next() == Some("uses:")
            && words.next().is_some_and(|value| value.trim_matches(['"', '\'']) == called)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_told_from_words_about_it() {
        let call = |line: &str| calls(&format!("jobs:\n  a:\n    {line}\n"), "train.yml");
        assert!(call("uses: ./.github/workflows/train.yml"));
        assert!(call("uses: './.github/workflows/train.yml' # trains"));
        assert!(!call("# uses: ./.github/workflows/train.yml"));
        assert!(!call("uses: ./.github/workflows/train.yml2"));
        assert!(!call("uses: ./.github/workflows/retrain.yml"));
    }
}
