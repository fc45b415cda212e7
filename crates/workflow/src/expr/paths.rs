//! Which values of contexts an expression asks for.

use stepladder_yaml::TextRange;

use super::ast::{Expr, ExprKind, Name};
use super::functions::{Function, Place};

/// A path that starts at a context, as long as it goes: `steps.build.outputs['path']`.
#[derive(Clone, Debug, PartialEq)]
pub struct Used<'a> {
    /// The context.
    pub root: &'a Name,
    /// What follows it.
    pub steps: Vec<PathStep<'a>>,
    /// The whole path, in bytes of the source.
    pub range: TextRange,
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq)]
pub enum PathStep<'a> {
    /// `.name` or `['name']`.
    Name {
        /// The name, without quotes.
        text: &'a str,
        /// Where the name alone stands.
        range: TextRange,
    },
    /// `.*`, or an index that is a number: some item of a list.
    Item,
    /// An index that is computed.
    Computed(&'a Expr),
}

impl<'a> Used<'a> {
    /// The context and the names after it, up to the first step that is not a name.
    #[must_use]
    pub fn names(&self) -> Vec<&'a str> {
        let names = self.steps.iter().map_while(|step| match step {
            PathStep::Name { text, .. } => Some(*text),
            _ => None,
        });
        std::iter::once(self.root.text.as_str()).chain(names).collect()
    }

    /// The name after the context, with its place: `build` in `steps.build.outputs`.
    #[must_use]
    pub fn first(&self) -> Option<(&'a str, TextRange)> {
        match self.steps.first() {
            // Behind a dot at the end none has been written yet.
            Some(PathStep::Name { text, range }) if !text.is_empty() => Some((*text, *range)),
            _ => None,
        }
    }

    /// Whether it starts with these names, in any case.
    #[must_use]
    pub fn starts_with(&self, names: &[&str]) -> bool {
        let own = self.names();
        own.len() >= names.len() && own.iter().zip(names).all(|(own, name)| own.eq_ignore_ascii_case(name))
    }
}

/// The paths that an expression uses, from left to right; those in an index come after the path that they index.
#[must_use]
pub fn used(ast: &Expr) -> Vec<Used<'_>> {
    let mut found = Vec::new();
    collect(ast, &mut found);
    found
}

fn collect<'a>(part: &'a Expr, found: &mut Vec<Used<'a>>) {
    if let Some(path) = path(part) {
        let mut computed: Vec<&'a Expr> = path
            .steps
            .iter()
            .filter_map(|step| if let PathStep::Computed(index) = step { Some(*index) } else { None })
            .collect();
        found.push(path);
        computed.drain(..).for_each(|index| collect(index, found));
        return;
    }
    part.children().for_each(|child| collect(child, found));
}

/// The path that `part` as a whole is.
#[must_use]
pub fn path(part: &Expr) -> Option<Used<'_>> {
    let (object, step) = match &part.kind {
        ExprKind::Context(root) => return Some(Used { root, steps: Vec::new(), range: part.range }),
        ExprKind::Property { object, name } => {
            (object, PathStep::Name { text: &name.text, range: name.range })
        }
        ExprKind::Filter { object } => (object, PathStep::Item),
        ExprKind::Index { object, index } => {
            let step = match &index.kind {
                ExprKind::String(text) => {
                    let quoted = index.range;
                    let range = TextRange::new(quoted.start + 1, quoted.end.saturating_sub(1));
                    PathStep::Name { text, range }
                }
                ExprKind::Number(_) => PathStep::Item,
                _ => PathStep::Computed(index),
            };
            (object, step)
        }
        _ => return None,
    };
    let mut path = path(object)?;
    path.steps.push(step);
    path.range = part.range;
    Some(path)
}

/// Whether an expression asks how the run went (`success()`, `failure()`, `always()`, `cancelled()`). A condition that
/// does not is taken as `success() && (…)`.
#[must_use]
pub fn asks_status(ast: &Expr) -> bool {
    ast.any(&|part| match &part.kind {
        ExprKind::Call { function, .. } => {
            Function::find(&function.text).is_some_and(|found| found.place == Place::Conditions)
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::expr::parse;

    #[test]
    fn finds_paths() {
        let source = "a.b['c'].*[0][d.e] == f && g(h, 'i').j || (k.l).m || n.";
        let ast = parse(source).ast.unwrap();
        let found: Vec<_> = used(&ast)
            .into_iter()
            .map(|used| (source[used.range.to_usize()].to_owned(), used.names().join("/"), used.steps.len()))
            .collect();
        let row = |text: &str, names: &str, steps| (text.to_owned(), names.to_owned(), steps);
        assert_eq!(
            found,
            [
                row("a.b['c'].*[0][d.e]", "a/b/c", 5),
                row("d.e", "d/e", 1),
                row("f", "f", 0),
                row("h", "h", 0),
                row("(k.l).m", "k/l/m", 2),
                row("n.", "n/", 1),
            ]
        );
        let ranges: Vec<_> = used(&ast)[0]
            .steps
            .iter()
            .filter_map(|step| {
                if let PathStep::Name { range, .. } = step { Some(&source[range.to_usize()]) } else { None }
            })
            .collect();
        assert_eq!(ranges, ["b", "c"]);
        assert!(used(&ast)[0].starts_with(&["A", "B"]) && !used(&ast)[0].starts_with(&["a", "b", "c", "d"]));
    }

    #[test]
    fn knows_status_functions() {
        let asks = |source: &str| asks_status(&parse(source).ast.unwrap());
        assert!(asks("a && !(Cancelled())"));
        assert!(!asks("a && hashFiles('b') == 'success()'"));
    }
}
