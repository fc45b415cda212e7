//! What GitHub Actions means: the model that the web page and the command line share.
//!
//! The text of a file is the only state. [`Analysis::new`] derives everything else from it and from [`Env`], the facts
//! from outside; it is pure and total. All offsets are bytes.

mod analysis;
mod config;
pub mod cron;
pub mod diff;
mod document;
pub mod edits;
mod env;
pub mod explain;
pub mod export;
pub mod expr;
pub mod facts;
mod finding;
pub mod glob;
pub mod graph;
pub mod ide;
pub mod lint;
mod memo;
pub mod model;
mod names;
mod requirements;
pub mod schema;
pub mod simulate;
mod unread;
mod upgrade;

pub use analysis::{Analysis, FileKind};
pub use config::{ACTIONLINT_FILES, CONFIG_FILES, Config, ConfigProblem, RuleSetting};
pub use document::{Applied, Document, Merge};
pub use env::Env;
pub use finding::{Care, Finding, Fix, Severity};
pub use memo::Memo;
pub use names::{NameAt, NameKind, NameUse, reads_of_all_secrets, reads_of_token};
pub use requirements::{RequiredName, Requirements};
pub use unread::unread_rows;
pub use upgrade::{Difference, upgrade};
