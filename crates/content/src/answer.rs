//! Answers to a template's questions.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An answer that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// Yes or no.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// Several values.
    List(Vec<Answer>),
}

/// As a person would type it; the items of a list with commas between them.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => value.fmt(f),
            Self::Number(value) => value.fmt(f),
            Self::Text(value) => f.write_str(value),
            Self::List(items) => items.iter().enumerate().try_for_each(|(at, item)| {
                if at > 0 {
                    f.write_str(", ")?;
                }
                item.fmt(f)
            }),
        }
    }
}
