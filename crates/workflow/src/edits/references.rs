//! Where expressions name something, so that a rename takes them along.

use stepladder_yaml::{Kind, Node, TextRange};

use super::Refusal;
use super::draft::refuse;
use crate::expr::{self, Expr, ExprKind};

/// Where `name` is asked of the object `context` in the expressions at and below `scope`: for `["needs"]` and `build`
/// the word `build` in `needs.build.result` and in `needs['build']`. Names are compared without regard to case. What
/// lies behind an alias is found where it is written.
pub(super) fn references(scope: Node<'_>, context: &[&str], name: &str) -> Vec<TextRange> {
    let mut found = Vec::new();
    for node in scope.descendants().filter(|node| node.kind() == Kind::Scalar && !node.is_key()) {
        let Some(value) = node.as_str() else { continue };
        let is_condition = node.key().is_some_and(|key| key.as_str() == Some("if"));
        for inner in expr::expressions(value, is_condition) {
            let Some(source) = value.get(inner.to_usize()) else { continue };
            let Some(ast) = expr::parse(source).ast else { continue };
            ast.walk(&mut |part| {
                let Some(range) = named(part, context, name) else { return };
                let place = |at: u32| node.offset_of((inner.start + at) as usize);
                let range = TextRange::new(place(range.start), place(range.end));
                if node.tree().slice(range).eq_ignore_ascii_case(name) {
                    found.push(range);
                }
            });
        }
    }
    found
}

/// The anchor by which text inside and outside of `scope` is shared that reads `name` of `context`: what is renamed in
/// `scope` alone would no longer be found by one of them.
pub(super) fn shared(scope: Node<'_>, context: &[&str], name: &str) -> Option<String> {
    let range = scope.full_range();
    scope.tree().aliases().find_map(|alias| {
        let target = alias.node.resolve();
        let crosses = range.covers(alias.range) != range.covers(target.full_range());
        (crosses && !references(target, context, name).is_empty()).then(|| alias.name.to_owned())
    })
}

/// Why what [`shared`] has found cannot be renamed.
pub(super) fn refuse_shared(anchor: &str, expression: &str) -> Refusal {
    refuse(format!(
        "`{expression}` is read at the anchor `&{anchor}`, which other places repeat; detach the alias `*{anchor}` first."
    ))
}

/// The range of the name when `part` asks `context` for `name`.
fn named(part: &Expr, context: &[&str], name: &str) -> Option<TextRange> {
    let (object, text, range) = step(part)?;
    (text.eq_ignore_ascii_case(name) && is_chain(object, context)).then_some(range)
}

fn is_chain(object: &Expr, chain: &[&str]) -> bool {
    match chain {
        [] => false,
        [root] => matches!(&object.kind, ExprKind::Context(name) if name.is(root)),
        [rest @ .., last] => step(object)
            .is_some_and(|(inner, text, _)| text.eq_ignore_ascii_case(last) && is_chain(inner, rest)),
    }
}

/// `object.name` and `object['name']`.
fn step(part: &Expr) -> Option<(&Expr, &str, TextRange)> {
    match &part.kind {
        ExprKind::Property { object, name } => Some((object, &name.text, name.range)),
        ExprKind::Index { object, index } => match &index.kind {
            ExprKind::String(text) => {
                let quoted = index.range;
                Some((object, text, TextRange::new(quoted.start + 1, quoted.end.saturating_sub(1))))
            }
            _ => None,
        },
        _ => None,
    }
}
