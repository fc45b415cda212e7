//! From the source of an expression to its tree. Total: what is wrong becomes an error, what is right stays in the tree.

use stepladder_yaml::{Change, TextRange};

use super::ast::{Compare, Expr, ExprKind, Logical, Name};
use super::lexer::{Token, TokenKind, lex};

mod access;

/// The longest expression that GitHub takes, in UTF-16 units.
pub const MAX_LENGTH: usize = 21_000;

/// The deepest tree that GitHub takes; a name or a literal alone has depth 1, parentheses add nothing.
pub const MAX_DEPTH: u32 = 50;

/// How many brackets of any kind may be open at once here; GitHub counts no parentheses, but a stack has an end.
const MAX_NESTING: u32 = 200;

/// What became of the source of an expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The tree, as far as it could be built; `None` when nothing stands there or the source is too long.
    pub ast: Option<Expr>,
    /// What is wrong with the source, in order of place. GitHub accepts it when there is none.
    pub errors: Vec<SyntaxError>,
}

/// Something that GitHub would not accept as an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where, in bytes of the source.
    pub range: TextRange,
    /// Of what kind.
    pub kind: SyntaxErrorKind,
    /// One sentence: what is wrong and what to do.
    pub message: String,
    /// The replacement that puts it right, where the intention is clear.
    pub fix: Option<Change>,
}

/// The kinds of syntax errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// A character or a number that no expression can hold.
    Word,
    /// A word where another is needed.
    Unexpected,
    /// The expression ends too early.
    UnexpectedEnd,
    /// Nothing stands in the expression.
    Empty,
    /// More than [`MAX_DEPTH`] levels.
    TooDeep,
    /// More than [`MAX_LENGTH`] characters.
    TooLong,
}

/// Parses the source of one expression: what stands between `${{` and `}}`, or a whole `if:` without them.
#[must_use]
pub fn parse(source: &str) -> Parsed {
    let whole = TextRange::new(0, u32::try_from(source.len()).unwrap_or(u32::MAX));
    if source.len() > MAX_LENGTH && source.encode_utf16().count() > MAX_LENGTH {
        let message = "This expression has more than 21,000 characters, the most that GitHub takes: split it over several steps or outputs.";
        return Parsed { ast: None, errors: vec![error(whole, SyntaxErrorKind::TooLong, message)] };
    }
    let (tokens, mut errors) = lex(source);
    if tokens.is_empty() {
        let message = "This expression is empty: write a value such as `github.ref` into it.";
        errors.push(error(whole, SyntaxErrorKind::Empty, message));
        return Parsed { ast: None, errors };
    }
    let mut parser = Parser { source, tokens: &tokens, at: 0, open: 0, error: None };
    let ast = parser.binary(0).expr;
    parser.trailing();
    // What a misread word brings about further on is not the author's fault.
    if let Some(found) = parser.error
        && errors.first().is_none_or(|first| found.range.start < first.range.start)
    {
        errors.insert(0, found);
    }
    Parsed { ast: Some(ast), errors }
}

fn error(range: TextRange, kind: SyntaxErrorKind, message: impl Into<String>) -> SyntaxError {
    SyntaxError { range, kind, message: message.into(), fix: None }
}

/// A tree under construction: with its height, and its range with the parentheses around it.
struct Node {
    expr: Expr,
    height: u32,
    outer: TextRange,
    /// Whether `.`, `[` may follow: not after a bare literal.
    opens: bool,
}

struct Parser<'a> {
    source: &'a str,
    tokens: &'a [Token],
    at: usize,
    open: u32,
    /// Only the first: the others mostly follow from it.
    error: Option<SyntaxError>,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a TokenKind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn next_is(&self, kind: &TokenKind) -> bool {
        self.peek() == Some(kind)
    }

    /// The place of the next word, or the end of the source.
    fn here(&self) -> TextRange {
        let end = u32::try_from(self.source.len()).unwrap_or(u32::MAX);
        self.tokens.get(self.at).map_or(TextRange::empty(end), |token| token.range)
    }

    fn text(&self, range: TextRange) -> &'a str {
        self.source.get(range.to_usize()).unwrap_or_default()
    }

    fn fail(&mut self, range: TextRange, kind: SyntaxErrorKind, message: String, fix: Option<Change>) {
        if self.error.is_none() {
            self.error = Some(SyntaxError { range, kind, message, fix });
        }
    }

    /// Tells that `wanted` is missing where the next word stands.
    fn missing(&mut self, wanted: &str, advice: &str) {
        let here = self.here();
        if self.at < self.tokens.len() {
            let message = format!("{wanted} is missing before `{}`: {advice}.", self.text(here));
            self.fail(here, SyntaxErrorKind::Unexpected, message, None);
        } else {
            let message = format!("{wanted} is missing at the end: {advice}.");
            self.fail(here, SyntaxErrorKind::UnexpectedEnd, message, None);
        }
    }

    fn node(&mut self, kind: ExprKind, range: TextRange, height: u32) -> Node {
        let kind = if height > MAX_DEPTH {
            let message = "This expression has more than 50 levels, the most that GitHub takes: compute a part of it in a step or a job output.";
            self.fail(range, SyntaxErrorKind::TooDeep, message.into(), None);
            ExprKind::Missing
        } else {
            kind
        };
        let height = if kind == ExprKind::Missing { 1 } else { height };
        Node { expr: Expr { range, kind }, height, outer: range, opens: true }
    }

    /// Operators that bind at least as tightly as `least`: `||` 0, `&&` 1, `==` 2, `<` 3.
    fn binary(&mut self, least: u8) -> Node {
        let mut left = self.operand();
        loop {
            let kind = match self.peek() {
                Some(TokenKind::Logical(op)) if u8::from(*op == Logical::And) >= least => {
                    left = self.logical(left, *op);
                    continue;
                }
                Some(TokenKind::Compare(op)) => *op,
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
        while self.next_is(&TokenKind::Logical(op)) {
            self.at += 1;
            let node = self.binary(if op == Logical::And { 2 } else { 1 });
            (end, height) = (node.outer.end, height.max(node.height));
            operands.push(node.expr);
        }
        self.node(ExprKind::Logical { op, operands }, TextRange::new(start, end), height + 1)
    }

    /// `!!value.property[index]`
    fn operand(&mut self) -> Node {
        let from = self.at;
        while self.next_is(&TokenKind::Not) {
            self.at += 1;
        }
        let signs = &self.tokens[from..self.at];
        let value = self.value();
        let mut node = self.accesses(value);
        for sign in signs.iter().rev() {
            let range = TextRange::new(sign.range.start, node.outer.end);
            node = self.node(ExprKind::Not(Box::new(node.expr)), range, node.height + 1);
        }
        node
    }

    fn value(&mut self) -> Node {
        let here = self.here();
        let literal = match self.peek() {
            Some(TokenKind::Null) => ExprKind::Null,
            Some(TokenKind::Bool(value)) => ExprKind::Bool(*value),
            Some(TokenKind::Number(value)) => ExprKind::Number(*value),
            Some(TokenKind::String(text)) => ExprKind::String(text.clone()),
            Some(TokenKind::Name) => return self.named(here),
            Some(TokenKind::OpenParen) => return self.group(here),
            Some(TokenKind::Bad) => {
                self.at += 1;
                return self.node(ExprKind::Missing, here, 1);
            }
            _ => return self.no_value(here),
        };
        self.at += 1;
        Node { opens: false, ..self.node(literal, here, 1) }
    }

    fn no_value(&mut self, here: TextRange) -> Node {
        match self.peek() {
            Some(TokenKind::Star) => {
                let message = "`*` stands only after a dot or in brackets, as in `github.event.commits.*.message`: remove it, since expressions cannot calculate.";
                self.fail(here, SyntaxErrorKind::Unexpected, message.into(), None);
                self.at += 1;
            }
            Some(TokenKind::OpenBracket) => {
                let message =
                    "A list cannot be written with brackets in an expression: write `fromJSON('[…]')`.";
                self.fail(here, SyntaxErrorKind::Unexpected, message.into(), None);
            }
            _ => self.missing(
                "A value",
                "write for example a context such as `github.ref` or a text in single quotes",
            ),
        }
        self.node(ExprKind::Missing, TextRange::empty(here.start), 1)
    }

    fn named(&mut self, range: TextRange) -> Node {
        let name = Name { text: self.text(range).to_owned(), range };
        self.at += 1;
        if !self.next_is(&TokenKind::OpenParen) {
            return self.node(ExprKind::Context(name), range, 1);
        }
        self.at += 1;
        let (mut args, mut height) = (Vec::new(), 0);
        if !self.next_is(&TokenKind::CloseParen) && self.at < self.tokens.len() && self.enter() {
            loop {
                let arg = self.binary(0);
                height = height.max(arg.height);
                args.push(arg.expr);
                match self.peek() {
                    Some(TokenKind::Comma) => self.at += 1,
                    // Two arguments without a comma between them: tell, and read on.
                    Some(TokenKind::Name | TokenKind::String(_) | TokenKind::Number(_)) => {
                        self.missing("A `,` or `)`", "separate arguments by commas");
                    }
                    _ => break,
                }
            }
            self.open -= 1;
        }
        let end = self.close(&TokenKind::CloseParen, ")", &name.text);
        self.node(ExprKind::Call { function: name, args }, TextRange::new(range.start, end), height + 1)
    }

    fn group(&mut self, start: TextRange) -> Node {
        self.at += 1;
        if !self.enter() {
            return self.node(ExprKind::Missing, start, 1);
        }
        let inner = self.binary(0);
        self.open -= 1;
        let end = self.close(&TokenKind::CloseParen, ")", "(");
        Node { outer: TextRange::new(start.start, end), opens: true, ..inner }
    }

    /// Goes one bracket deeper; refuses when too many are open, and then reads nothing more.
    fn enter(&mut self) -> bool {
        if self.open < MAX_NESTING {
            self.open += 1;
            return true;
        }
        let message =
            "Too many brackets are open here: compute a part of the expression in a step or a job output.";
        self.fail(self.here(), SyntaxErrorKind::TooDeep, message.into(), None);
        self.at = self.tokens.len();
        false
    }

    /// Reads the closing bracket; gives where what it closes ends.
    fn close(&mut self, kind: &TokenKind, sign: &str, opened: &str) -> u32 {
        let here = self.here();
        if self.next_is(kind) {
            self.at += 1;
            return here.end;
        }
        let what = if opened.len() > 1 { format!("`{opened}(`") } else { format!("the `{opened}`") };
        self.missing(&format!("A `{sign}`"), &format!("close {what} before it"));
        here.start
    }

    fn after_name(&self) -> bool {
        self.at.checked_sub(1).is_some_and(|last| self.tokens[last].kind == TokenKind::Name)
    }

    /// What stands after the end of the expression.
    fn trailing(&mut self) {
        let Some(token) = self.tokens.get(self.at) else { return };
        let text = self.text(token.range);
        let mut fix = None;
        let message = match &token.kind {
            TokenKind::CloseParen | TokenKind::CloseBracket => {
                fix = Some(Change { range: token.range, insert: String::new() });
                format!("This `{text}` closes nothing: remove it, or add the bracket that it should close.")
            }
            TokenKind::Comma => "A `,` separates the arguments of a function and has no meaning here: remove it.".into(),
            TokenKind::Star => "Expressions cannot calculate, so `*` has no meaning here: compute it in a step and pass it on as an output.".into(),
            TokenKind::Name if text.eq_ignore_ascii_case("and") || text.eq_ignore_ascii_case("or") => {
                let sign = if text.eq_ignore_ascii_case("and") { "&&" } else { "||" };
                fix = Some(Change { range: token.range, insert: sign.into() });
                format!("`{text}` is no operator here: write `{sign}`.")
            }
            TokenKind::OpenParen if self.after_name() => {
                "Only the names of functions are followed by `(`: values have no methods, so write for example `contains(value, 'x')`.".into()
            }
            _ => format!("An operator is missing before `{text}`: join the two by `==`, `&&` or `||`, or remove one."),
        };
        self.fail(token.range, SyntaxErrorKind::Unexpected, message, fix);
    }
}
