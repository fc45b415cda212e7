//! Facts from outside, as data.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Config;

/// What is known about the world around one file. The default knows nothing, and a rule that lacks a fact is silent.
#[derive(Clone, Debug, Default)]
pub struct Env {
    /// Path of the file from the root of its repository, such as `.github/workflows/ci.yml` or `action.yml`.
    pub file_name: Option<String>,
    /// Texts of other files of the repository, by path from its root with `/` between folders. A file that is known to
    /// be missing is absent here and its path is in [`Env::missing`].
    pub files: BTreeMap<String, Arc<str>>,
    /// Paths that were looked for and are not there.
    pub missing: Vec<String>,
    /// Inputs and outputs of published actions; `None`: everything about them is unknown.
    pub catalogue: Option<Arc<crate::facts::actions::Catalogue>>,
    /// What `github.event` holds; `None`: unknown.
    pub payloads: Option<Arc<crate::facts::payload::Payloads>>,
    /// Names of the secrets that exist; `None`: unknown.
    pub secrets: Option<Vec<String>>,
    /// Names of the configuration variables that exist; `None`: unknown.
    pub variables: Option<Vec<String>>,
    /// What is remembered of other files between analyses; a new one is always right, an old one only faster.
    pub memo: crate::Memo,
    /// Whether who reads the findings sees elsewhere what is switched off, as on the graph and at the switches of the forms.
    pub shows_switches: bool,
    /// The person's settings.
    pub config: Config,
}
