//! The function whose arguments are being typed.

use stepladder_yaml::TextRange;

use crate::Analysis;
use crate::expr::functions::Function;
use crate::expr::{self, Expr, ExprKind};

use super::view::{clamp, index, word_at};

/// How a function is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Such as `join(list, [separator])`.
    pub label: String,
    /// What the function gives, in Markdown.
    pub docs: &'static str,
    /// Its parameters, as bytes of `label`.
    pub params: Vec<TextRange>,
    /// Which of them is being typed, if any.
    pub active: Option<usize>,
}

/// The innermost function call around `offset`.
#[must_use]
pub fn signature(a: &Analysis, offset: u32) -> Option<Signature> {
    let at = clamp(a.tree.text(), offset);
    let node = word_at(&a.tree, index(at))?;
    let before = a.tree.text().get(node.content_range().start as usize..at)?;
    let is_condition = node.key().is_some_and(|key| key.as_str() == Some("if"));
    let start = match before.rfind("${{").filter(|open| !before[*open..].contains("}}")) {
        Some(open) => open + 3,
        None if is_condition && !expr::has_expression(before) => 0,
        None => return None,
    };
    // A word at the end, so that an argument that is still to come is one already.
    let source = [&before[start..], "x"].concat();
    let ast = expr::parse(&source).ast?;
    let end = index(source.len());
    let mut call: Option<(&'static Function, usize)> = None;
    let mut part = Some(&ast);
    while let Some(now) = part {
        if let ExprKind::Call { function, args } = &now.kind
            && function.range.end < end
            && let Some(found) = Function::find(&function.text)
        {
            call = Some((found, args.len()));
        }
        part = now.children().filter(|child| reaches(child, end)).last();
    }
    let (function, count) = call?;
    let label = function.signature();
    let param = function.param(count.saturating_sub(1), count);
    let params: Vec<TextRange> = function
        .params
        .iter()
        .map(|param| {
            let open = label.find('(').unwrap_or_default();
            let from = label[open..].find(param.name).map_or(0, |from| open + from);
            TextRange::new(index(from), index(from + param.name.len()))
        })
        .collect();
    let active = param.and_then(|param| function.params.iter().position(|own| own.name == param.name));
    Some(Signature { label, docs: function.doc, params, active })
}

fn reaches(part: &Expr, end: u32) -> bool {
    part.range.end >= end || part.children().any(|child| reaches(child, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::open;

    #[track_caller]
    fn check(condition: &str, expected: Option<(&str, Option<&str>)>) {
        let (a, _, offset) = open(&["on: push\njobs:\n  a:\n    if: ", condition, "\n"].concat());
        let found = signature(&a, offset);
        let shown = found.as_ref().map(|found| {
            let active = found.active.map(|at| &found.label[found.params[at].to_usize()]);
            (found.label.as_str(), active)
        });
        assert_eq!(shown, expected);
    }

    #[test]
    fn the_innermost_call() {
        check("contains($0", Some(("contains(search, item)", Some("search"))));
        check("contains(a, $0)", Some(("contains(search, item)", Some("item"))));
        check("contains(join(a, $0), b)", Some(("join(list, [separator])", Some("separator"))));
        check("contains(join(a, b), $0)", Some(("contains(search, item)", Some("item"))));
        check("format('{0}', a, b$0)", Some(("format(text, value, …)", Some("value"))));
        check("always($0)", Some(("always()", None)));
        check("github.ref$0", None);
        check("contains(a, b) && $0", None);
    }
}
