//! Completion: what may stand at the caret.

mod expression;
mod keys;
mod scaffold;
mod uses;
mod values;

use stepladder_yaml::{CollectionStyle, Kind, Node, Tree};

use crate::lint::Cx;
use crate::model::{Action, Workflow};
use crate::schema::Widget;
use crate::{Analysis, Env, FileKind};

use super::anchors::anchor_before;
use super::caret::{Caret, MARK, in_braces};
use super::view::{clamp, place_of};
use super::{Completion, CompletionKind};

/// What may be written at `offset`, in the order in which to show it. Nothing that may not stand there is offered, and
/// nothing that stands there already; what is typed already does not narrow the list.
#[must_use]
pub fn complete(a: &Analysis, env: &Env, offset: u32) -> Vec<Completion> {
    let offset = clamp(a.tree.text(), offset);
    let mut found = find(a, env, offset).unwrap_or_default();
    found.sort_by(|a, b| (a.sort, &a.label).cmp(&(b.sort, &b.label)));
    found
}

fn find(a: &Analysis, env: &Env, offset: usize) -> Option<Vec<Completion>> {
    if in_braces(a.tree.text(), offset) {
        let caret = Caret::on_name(&a.tree, offset);
        if let Some(found) = At::look(a, env, &caret, |at| at.expression(true)).flatten() {
            return Some(found);
        }
    }
    // What is no word of YAML may still be one of a condition on several lines.
    if let Some(caret) = Caret::on_word(&a.tree, offset) {
        if caret.typed.starts_with('*') && caret.quote.is_none() {
            return Some(aliases(&a.tree, &caret));
        }
        match At::look(a, env, &caret, |at| at.word()) {
            Some(Word::Found(found)) => return Some(found),
            Some(Word::Text) => return None,
            Some(Word::Condition) | None => {}
        }
    }
    let caret = Caret::on_name(&a.tree, offset);
    At::look(a, env, &caret, |at| at.expression(false)).flatten()
}

/// What the caret stands on.
enum Word {
    /// A key or a value.
    Found(Vec<Completion>),
    /// The midst of a text.
    Text,
    /// A condition.
    Condition,
}

/// The caret in the text that has the mark.
struct At<'c, 'a> {
    a: &'c Analysis,
    cx: &'c Cx<'a>,
    caret: &'c Caret,
    /// The scalar that holds the mark.
    node: Node<'a>,
}

impl At<'_, '_> {
    /// Reads the text with the mark; `None` when the mark is nowhere in its tree.
    fn look<R>(a: &Analysis, env: &Env, caret: &Caret, see: impl FnOnce(&At<'_, '_>) -> R) -> Option<R> {
        let tree = a.tree.parse_alike(caret.text.as_str());
        let node = caret.node(&tree)?;
        let (workflow, action) = match a.kind {
            FileKind::Workflow => (Workflow::new(&tree), Action::default()),
            FileKind::Action => (Workflow::default(), Action::new(&tree)),
        };
        let cx = Cx::new(&tree, a.kind, &workflow, &action, env);
        Some(see(&At { a, cx: &cx, caret, node }))
    }

    fn word(&self) -> Word {
        if self.node.is_key() {
            return Word::Found(self.keys());
        }
        let place = place_of(self.cx, self.node);
        let field = place.and_then(|place| self.cx.places().get(place)?.field);
        if field.is_some_and(|field| field.widget == Widget::Condition) {
            return Word::Condition;
        }
        if self.node.as_str() != Some(MARK) {
            return Word::Text;
        }
        let between = !self.caret.typed.is_empty() && self.caret.typed.ends_with([' ', '\t']);
        match place {
            Some(place) if !between => Word::Found(self.values(place, true)),
            _ => Word::Found(Vec::new()),
        }
    }

    fn expression(&self, braces: bool) -> Option<Vec<Completion>> {
        let place = place_of(self.cx, self.node)?;
        let field = self.cx.places().get(place)?.field?;
        let text = self.node.as_str()?;
        let before = &text[..text.find(MARK)?];
        let open = before.rfind("${{").filter(|open| !before[*open..].contains("}}"));
        let start = match open {
            Some(open) => open + 3,
            None if !braces && field.widget == Widget::Condition => 0,
            None => return None,
        };
        Some(if field.ctx.allows_expressions() { self.names(place, &before[start..]) } else { Vec::new() })
    }

    /// A completion of the word, with what the text lacks before it.
    fn offer(&self, kind: CompletionKind, label: impl Into<String>) -> Completion {
        let mut offer = Completion::new(kind, label, self.caret.word);
        if self.caret.needs_blank {
            offer.insert.insert(0, ' ');
        }
        offer
    }

    /// Blanks of one level of indentation, as the file has them.
    fn unit(&self) -> String {
        let column = |node: &Node<'_>| {
            let start = node.range().start;
            start - self.cx.tree.lines().line_start(self.cx.tree.lines().line_of(start))
        };
        let is_block = |node: &Node<'_>| {
            node.kind() == Kind::Mapping && node.collection_style() == Some(CollectionStyle::Block)
        };
        let steps = self.cx.tree.nodes().filter(|node| is_block(node)).filter_map(|node| {
            let outer = node.parent().filter(is_block)?;
            column(&node).checked_sub(column(&outer)).filter(|step| (1..=8).contains(step))
        });
        " ".repeat(steps.into_iter().next().unwrap_or(2) as usize)
    }

    /// Blanks from the first thing on the line to the word's column: `- ` takes two.
    fn inset(&self) -> String {
        " ".repeat(self.caret.word_column.saturating_sub(self.caret.line_column))
    }
}

/// The anchors that `*` may name at the caret.
fn aliases(tree: &Tree, caret: &Caret) -> Vec<Completion> {
    let mut found: Vec<Completion> = Vec::new();
    let before = tree.anchors().take_while(|anchor| anchor.range.start < caret.word.start);
    for anchor in before {
        let label = ["*", anchor.name].concat();
        // An anchor is not known inside of itself.
        let is_around = anchor.node.range().touches(caret.word.start);
        let is_last =
            anchor_before(tree, anchor.name, caret.word.start).is_some_and(|it| it.range == anchor.range);
        if is_last && !is_around {
            let line = tree.line_col(anchor.range.start).line.to_string();
            let offer = Completion::new(CompletionKind::Value, label, caret.word);
            found.push(offer.detail(["anchor in line ", &line].concat()).sort(found.len()));
        }
    }
    found
}

/// Text as a snippet has it.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '$' | '}' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests;
