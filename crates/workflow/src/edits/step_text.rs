//! A step to the byte, so that one that has become of another kind can be again what it was.

use stepladder_yaml::{CollectionStyle, Comment, Node, Path, TextEdit, TextRange};

use super::change_step_kind::{KINDS, ONLY_RUN, ONLY_USES};
use super::draft::Draft;
use super::{Edit, describe};
use crate::Analysis;

/// How a step is written, with its comments and the blank lines behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepText {
    text: String,
    column: u32,
    /// What the step has beside that which it does: its name, its condition and the like.
    beside: String,
}

impl StepText {
    /// The step at `step` as it is written; `None`: there is none, or what it holds is shared with other places, so that it
    /// cannot be put back without them.
    #[must_use]
    pub fn of(a: &Analysis, step: &Path) -> Option<Self> {
        let node = own(a, step)?;
        let beside = node.entries().filter(|entry| !entry.name().is_some_and(is_of_kind)).map(|entry| {
            let words = |comment: Comment| a.tree.slice(comment.range);
            let above = entry.key.leading_comments().into_iter().map(words);
            let behind = entry.value.trailing_comment().map(words);
            above.chain([a.tree.slice(entry.range())]).chain(behind).collect::<Vec<_>>().join("\n")
        });
        Some(Self {
            text: a.tree.slice(extent(&node)).to_owned(),
            column: a.tree.line_col(node.range().start).col,
            beside: beside.collect::<Vec<_>>().join("\n"),
        })
    }
}

/// Makes the step at `step` again what it was, to the byte. `None`: that would take back what has changed meanwhile beside
/// that which the step does, as a new name; [`change_step_kind`](super::change_step_kind) leaves that alone.
#[must_use]
pub fn restore_step(a: &Analysis, step: &Path, former: &StepText) -> Option<Edit> {
    let now =
        StepText::of(a, step).filter(|now| now.beside == former.beside && now.column == former.column)?;
    let range = extent(&own(a, step)?);
    let mut text = former.text.clone();
    if now.text.ends_with('\n') && !text.ends_with('\n') {
        text.push_str(if now.text.ends_with("\r\n") { "\r\n" } else { "\n" });
    }
    let mut draft = Draft::new(&a.tree);
    draft.apply(TextEdit::replace(range, text));
    let label = format!("make {} what it was", describe::place(&a.tree, step));
    draft.finish(label, Some(step.clone())).ok()
}

/// Whether a key says what a step does, or only steps have it that do such a thing.
fn is_of_kind(key: &str) -> bool {
    [KINDS, ONLY_RUN, ONLY_USES].concat().contains(&key)
}

/// The step itself, when it is written there and shares nothing.
fn own<'a>(a: &'a Analysis, step: &Path) -> Option<Node<'a>> {
    let node = a.tree.at(step).filter(|node| node.path() == *step && node.collection_style().is_some())?;
    let range = node.full_range();
    let is_shared = a.tree.anchors().any(|anchor| range.covers(anchor.range))
        || a.tree.aliases().any(|alias| range.covers(alias.range));
    (!is_shared).then_some(node)
}

/// From the first key to the end of the last line, with the blank lines behind it.
fn extent(node: &Node<'_>) -> TextRange {
    let own = node.range();
    if node.collection_style() != Some(CollectionStyle::Block) {
        return own;
    }
    let all = node.tree().text();
    let start = own.start as usize;
    let last = start + all[start..own.end as usize].trim_end().len();
    let mut end = all[last..].find('\n').map_or(all.len(), |at| last + at + 1);
    while let Some(line) = all[end..].split_inclusive('\n').next().filter(|line| line.trim().is_empty()) {
        end += line.len();
    }
    TextRange::new(own.start, u32::try_from(end).unwrap_or(own.end))
}
