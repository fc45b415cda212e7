//! What an editor asks while a person types: completion, hover, outline, definitions and references, links, inlays.
//!
//! Every function is pure and total: an analysis and an offset in bytes in, plain data out. Offsets beyond the text
//! or inside of a character count as the nearest place before them.

mod anchors;
mod caret;
mod complete;
mod definition;
mod example;
mod expression;
mod hover;
mod inlays;
mod interfaces;
mod links;
mod members;
mod nothing;
mod outline;
mod payload;
mod signature;
mod symbols;
mod view;
mod within;
mod words;

use std::borrow::Cow;

use stepladder_yaml::{TextEdit, TextRange};

pub use complete::complete;
pub use definition::{definition, references};
pub use example::Read;
pub use expression::{Example, Judged, Written, judge, place_in_list};
pub use hover::{Clock, Hover, hover};
pub use inlays::{Inlay, inlays};
pub use interfaces::{Declared, callable, declared, inputs_of_image};
pub use links::{Link, Target, links};
pub use outline::{OutlineItem, OutlineKind, outline};
pub use payload::payload_names;
pub use signature::{Signature, signature};
pub use within::{complete_within, hover_within, texts_within};

/// What a completion is, for its symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A key.
    Key,
    /// A value.
    Value,
    /// An event.
    Event,
    /// An action or a reusable workflow.
    Action,
    /// An input of an action or a reusable workflow.
    Input,
    /// A context.
    Context,
    /// A property of a context or of an object in one.
    Property,
    /// A function.
    Function,
    /// A job's id.
    Job,
    /// A step's id.
    Step,
    /// A secret.
    Secret,
    /// A variable: of the environment, or of the configuration.
    Variable,
    /// Several lines at once.
    Snippet,
}

/// Something that may be written at the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows, and what typed letters are compared with.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words beside the label; may be empty.
    pub detail: Cow<'static, str>,
    /// What it means, in Markdown; may be empty.
    pub docs: Cow<'static, str>,
    /// The bytes that give way; they touch the caret, stand on its line, and begin with what is typed already.
    pub replace: TextRange,
    /// What stands there afterwards. Further lines are relative to the blanks at the beginning of the caret's line.
    pub insert: String,
    /// Whether `insert` is a snippet: `$0` and `${1:…}` are places for the caret, `\$`, `\}` and `\\` are themselves.
    pub is_snippet: bool,
    /// Place in the list, smaller ones first; equal ones by label.
    pub sort: u32,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Whether the next thing to do is to ask again, because a value from a list follows.
    pub ask_again: bool,
    /// A further change of the text, disjoint from `replace`.
    pub extra: Option<TextEdit>,
}

impl Completion {
    /// Text that replaces `replace` and is its own label.
    fn new(kind: CompletionKind, label: impl Into<String>, replace: TextRange) -> Self {
        let label = label.into();
        Self {
            kind,
            detail: Cow::Borrowed(""),
            docs: Cow::Borrowed(""),
            replace,
            insert: label.clone(),
            is_snippet: false,
            sort: 0,
            deprecated: false,
            ask_again: false,
            extra: None,
            label,
        }
    }

    fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = detail.into();
        self
    }

    fn docs(mut self, docs: impl Into<Cow<'static, str>>) -> Self {
        self.docs = docs.into();
        self
    }

    fn insert(mut self, insert: impl Into<String>) -> Self {
        self.insert = insert.into();
        self
    }

    fn snippet(mut self, insert: impl Into<String>) -> Self {
        self.insert = insert.into();
        self.is_snippet = true;
        self
    }

    fn sort(mut self, sort: usize) -> Self {
        self.sort = u32::try_from(sort).unwrap_or(u32::MAX);
        self
    }

    fn deprecated(mut self, deprecated: bool) -> Self {
        self.deprecated = deprecated;
        self
    }
}

#[cfg(test)]
mod testing;
