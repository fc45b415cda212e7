//! Templates and lessons, as data.
//!
//! A template is one file, `templates/ID.yml`, and one word in `templates/list.rs`; `templates/README.md` tells how
//! to write one. A lesson is one file, `lessons/ID.md`, and one word in `lessons/list.rs`. The feature `embedded` puts all of them into the program ([`all`], [`find`], [`lessons()`]); without it a
//! [`Template`] is read from the JSON that the program `export-content` wrote ([`export`]).

mod answer;
mod apply;
#[cfg(feature = "embedded")]
mod catalogue;
#[cfg(feature = "embedded")]
pub mod export;
mod grade;
mod index;
mod judge;
pub mod lesson;
#[cfg(feature = "embedded")]
mod lessons;
mod own;
#[cfg(feature = "embedded")]
mod parse;
mod picture;
pub mod pins;
mod plain;
mod question;
#[cfg(feature = "embedded")]
mod read_lesson;
mod record;
mod scenario;
mod suite;
mod template;

pub use answer::Answer;
pub use apply::{apply_answers, defaults};
#[cfg(feature = "embedded")]
pub use catalogue::{all, find};
pub use grade::Checked;
pub use index::IndexEntry;
pub use judge::{Judged, value_of};
#[cfg(feature = "embedded")]
pub use lessons::lessons;
pub use own::{OWN_SHELF, Placeholder, placeholders, starters};
#[cfg(feature = "embedded")]
pub use parse::parse;
pub use picture::Picture;
pub use question::{Check, Choice, Kind, Question, Target};
#[cfg(feature = "embedded")]
pub use read_lesson::parse_lesson;
pub use record::to_yaml;
pub use scenario::{Assumed, Expectation, Outcome, Scenario};
pub use suite::Suite;
pub use template::{BroughtFile, Header, Level, Setting, Template, calls};
