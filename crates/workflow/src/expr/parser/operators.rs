//! What stands between values: operators, and nothing where one belongs.

use stepladder_yaml::TextRange;

use super::super::ast::{Compare, ExprKind, Logical};
use super::super::lexer::TokenKind;
use super::{End, Node, Parser};

impl Parser<'_> {
    /// An expression up to its end. What stands side by side in it is told and read part by part.
    pub(super) fn parts(&mut self, end: End) -> Node {
        let first = self.binary(0);
        if self.ends(end) {
            return first;
        }
        let (start, mut last, mut height) = (first.outer.start, first.outer.end, first.height);
        let mut parts = vec![first.expr];
        while !self.ends(end) {
            let at = self.at;
            // What the lexer could not read, it has told.
            if !self.next_is(&TokenKind::Bad) {
                self.unexpected(end);
            }
            while matches!(self.peek(), Some(TokenKind::Bad | TokenKind::Comma | TokenKind::Star))
                && !self.ends(end)
            {
                self.at += 1;
            }
            if self.ends(end) {
                break;
            }
            let part = self.binary(0);
            (last, height) = (part.outer.end, height.max(part.height));
            parts.push(part.expr);
            if self.at == at {
                self.at += 1;
            }
        }
        self.node(ExprKind::Parts(parts), TextRange::new(start, last), height)
    }

    /// Whether a part ends with the next word.
    pub(super) fn ends(&self, end: End) -> bool {
        match self.peek() {
            None => true,
            Some(TokenKind::CloseParen | TokenKind::CloseBracket) => end != End::Source,
            Some(TokenKind::Comma) => end == End::Argument,
            _ => false,
        }
    }

    /// The next word as an operator between conditions.
    fn joins(&self) -> Option<Logical> {
        match self.peek() {
            Some(TokenKind::Logical(op)) => Some(*op),
            Some(TokenKind::Name) => match self.text(self.here()) {
                word if word.eq_ignore_ascii_case("and") => Some(Logical::And),
                word if word.eq_ignore_ascii_case("or") => Some(Logical::Or),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether the next word is the `not` of another language, which is read as `!`.
    pub(super) fn negates(&mut self) -> bool {
        let here = self.here();
        let is_not = self.next_is(&TokenKind::Name) && self.text(here).eq_ignore_ascii_case("not");
        let after = self.tokens.get(self.at + 1).filter(|_| is_not);
        let Some(after) = after.filter(|after| matches!(after.kind, TokenKind::Name | TokenKind::OpenParen))
        else {
            return false;
        };
        let message = format!("`{}` is no operator here: write `!`.", self.text(here));
        self.slip(TextRange::new(here.start, after.range.start), message, "!");
        true
    }

    /// Operators that bind at least as tightly as `least`: `||` 0, `&&` 1, `==` 2, `<` 3.
    pub(super) fn binary(&mut self, least: u8) -> Node {
        let mut left = self.operand();
        loop {
            let kind = match (self.peek(), self.joins()) {
                (_, Some(op)) if u8::from(op == Logical::And) >= least => {
                    left = self.logical(left, op);
                    continue;
                }
                (Some(TokenKind::Compare(op)), _) => *op,
                _ => return left,
            };
            let binding = if kind.is_order() { 3 } else { 2 };
            if binding < least {
                return left;
            }
            self.at += 1;
            let right = self.binary(binding + 1);
            left = self.compare(kind, left, right);
        }
    }

    fn compare(&mut self, op: Compare, left: Node, right: Node) -> Node {
        let range = TextRange::new(left.outer.start, right.outer.end);
        let height = left.height.max(right.height) + 1;
        self.node(
            ExprKind::Compare { op, left: Box::new(left.expr), right: Box::new(right.expr) },
            range,
            height,
        )
    }

    fn logical(&mut self, first: Node, op: Logical) -> Node {
        let (start, mut end, mut height) = (first.outer.start, first.outer.end, first.height);
        let mut operands = vec![first.expr];
        while self.joins() == Some(op) {
            if self.next_is(&TokenKind::Name) {
                let (here, sign) = (self.here(), op.symbol());
                let message = format!("`{}` is no operator here: write `{sign}`.", self.text(here));
                self.slip(here, message, sign);
            }
            self.at += 1;
            let node = self.binary(if op == Logical::And { 2 } else { 1 });
            (end, height) = (node.outer.end, height.max(node.height));
            operands.push(node.expr);
        }
        self.node(ExprKind::Logical { op, operands }, TextRange::new(start, end), height + 1)
    }
}
