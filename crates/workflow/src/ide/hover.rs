//! Hover: what the thing at the caret means.

mod expression;
mod key;
mod value;

use stepladder_yaml::{Kind, TextRange};

use crate::lint::Cx;
use crate::{Analysis, Env};

use super::anchors::{aliases_of, anchor_at};
use super::view::{clamp, exprs_in, index, place_of, read, word_at};
use super::words::{heading, paragraphs};

pub(super) use key::{declared_doc, job as job_words};

/// What is known about a place of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The bytes that it is about; they touch the offset.
    pub range: TextRange,
    /// Markdown.
    pub markdown: String,
}

/// The time, and how clocks go elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// Minutes since 1970-01-01 00:00 UTC.
    pub now: i64,
    /// How many minutes the clocks of a time zone are ahead of UTC at such a minute; `None` where no such zone is known.
    pub offset: fn(&str, i64) -> Option<i64>,
}

/// What the key, value or part of an expression at `offset` means; `None` where there is nothing to say. `clock` is needed
/// to tell when a schedule runs next.
#[must_use]
pub fn hover(a: &Analysis, env: &Env, offset: u32, clock: Option<Clock>) -> Option<Hover> {
    let offset = index(clamp(a.tree.text(), offset));
    if let Some(found) = anchor(a, offset) {
        return Some(found);
    }
    let node = word_at(&a.tree, offset)?;
    let cx = read(a, env);
    let (range, markdown) = if node.is_key() {
        let place = place_of(&cx, node.next_sibling()?)?;
        (node.range(), key::describe(&cx, place)?)
    } else {
        let place = place_of(&cx, node)?;
        if exprs_in(&cx, node).any(|at| at.outer().touches(offset)) {
            let found = exprs_in(&cx, node).find_map(|at| expression::describe(&cx, at, offset));
            match found {
                Some(found) => found,
                None => (node.range(), key_of_one_line(&cx, place)?),
            }
        } else {
            value::describe(&cx, place, offset, clock)?
        }
    };
    (!markdown.is_empty()).then_some(Hover { range, markdown })
}

/// What the key of a value says, unless the value is long: then it would only be in the way.
fn key_of_one_line(cx: &Cx<'_>, place: usize) -> Option<String> {
    let node = cx.places().get(place)?.node;
    if node.source().contains('\n') {
        return None;
    }
    key::describe(cx, place)
}

fn anchor(a: &Analysis, offset: u32) -> Option<Hover> {
    let (anchor, range) = anchor_at(&a.tree, offset)?;
    let line = a.tree.line_col(anchor.range.start).line.to_string();
    let uses = aliases_of(&a.tree, &anchor).count().to_string();
    let about = ["Set in line ", &line, "; aliases of it: ", &uses, "."].concat();
    let source = anchor.node.source();
    let sample: Vec<&str> = source.lines().take(8).collect();
    let sample = if anchor.node.kind() == Kind::Alias || sample.is_empty() {
        String::new()
    } else {
        ["```yaml\n", &sample.join("\n"), "\n```"].concat()
    };
    Some(Hover { range, markdown: paragraphs(&[&heading(anchor.name, "anchor"), &about, &sample]) })
}

#[cfg(test)]
mod tests;
