//! What follows a value: properties, indexes and `.*`.

use stepladder_yaml::TextRange;

use super::super::ast::{ExprKind, Name};
use super::super::lexer::TokenKind;
use super::{End, Node, Parser};

impl Parser<'_> {
    /// `.name`, `.*`, `[index]`, `[*]`, as many as there are.
    pub(super) fn accesses(&mut self, mut node: Node) -> Node {
        loop {
            let dot = match self.peek() {
                Some(TokenKind::Dot) => true,
                Some(TokenKind::OpenBracket) => false,
                _ => return node,
            };
            if !node.opens && node.expr.kind != ExprKind::Missing {
                let what = self.text(node.expr.range);
                let message =
                    format!("`{what}` has no properties: put it into parentheses or remove what follows it.");
                self.fail(self.here(), message, self.both());
            }
            self.at += 1;
            node = if dot { self.property(node) } else { self.index(node) };
        }
    }

    fn property(&mut self, object: Node) -> Node {
        let (start, here) = (object.outer.start, self.here());
        let (kind, end) = match self.peek() {
            Some(TokenKind::Name) => {
                self.at += 1;
                let name = Name { text: self.text(here).to_owned(), range: here };
                (ExprKind::Property { object: Box::new(object.expr), name }, here.end)
            }
            Some(TokenKind::Star) => {
                self.at += 1;
                (ExprKind::Filter { object: Box::new(object.expr) }, here.end)
            }
            next => {
                let at_number = matches!(next, Some(TokenKind::Number(_)));
                let advice = if at_number {
                    "write an index in brackets, as in `[0]`"
                } else {
                    "write its name, or `*` for all"
                };
                self.missing("The name of a property", advice);
                if at_number {
                    self.at += 1;
                }
                // The caret stands right after the dot while a name is being typed.
                let place = TextRange::empty(
                    self.tokens.get(self.dot_before()).map_or(here.start, |dot| dot.range.end),
                );
                let name = Name { text: String::new(), range: place };
                (ExprKind::Property { object: Box::new(object.expr), name }, place.end)
            }
        };
        self.node(kind, TextRange::new(start, end), object.height + 1)
    }

    /// The last dot before the next word.
    fn dot_before(&self) -> usize {
        (0..self.at).rev().find(|i| self.tokens[*i].kind == TokenKind::Dot).unwrap_or(self.at)
    }

    fn index(&mut self, object: Node) -> Node {
        let (start, from) = (object.outer.start, self.at - 1);
        if self.next_is(&TokenKind::Star) {
            self.at += 1;
            let end = self.close(&TokenKind::CloseBracket, "]", "[", from);
            let kind = ExprKind::Filter { object: Box::new(object.expr) };
            return self.node(kind, TextRange::new(start, end), object.height + 1);
        }
        let inner = if self.enter() {
            let inner = self.parts(End::Bracket);
            self.open -= 1;
            inner
        } else {
            self.node(ExprKind::Missing, self.here(), 1)
        };
        let end = self.close(&TokenKind::CloseBracket, "]", "[", from);
        let height = object.height.max(inner.height) + 1;
        let kind = ExprKind::Index { object: Box::new(object.expr), index: Box::new(inner.expr) };
        self.node(kind, TextRange::new(start, end), height)
    }
}
