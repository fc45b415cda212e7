//! From the source of an expression to its tree. Total: what is wrong becomes an error, what is right stays in the tree.

use stepladder_yaml::{Change, TextRange};

use super::ast::{Expr, ExprKind, Name};
use super::lexer::{Token, TokenKind, lex};

mod access;
mod mistakes;
mod operators;

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
    /// Where it is not clear what is meant.
    doubts: Vec<Doubt>,
}

/// A place with a mistake that could be put right in more than one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Doubt {
    /// The words that may be meant otherwise.
    words: TextRange,
    /// Those and the words beside it: nobody knows what they belong to.
    around: TextRange,
}

impl Parsed {
    /// Whether it is clear what is meant: the tree is that of the source when each error is mended by its fix.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.doubts.is_empty()
    }

    /// Whether the word at `range` may be meant otherwise, as a mistake has cut or joined it.
    #[must_use]
    pub fn doubts_word(&self, range: TextRange) -> bool {
        self.doubts.iter().any(|doubt| doubt.words.start < range.end && range.start < doubt.words.end)
    }

    /// Whether the part at `range` may be another one, as there is a mistake in it or beside it.
    #[must_use]
    pub fn doubts_part(&self, range: TextRange) -> bool {
        self.doubts.iter().any(|doubt| doubt.around.start <= range.end && range.start <= doubt.around.end)
    }
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
    let nothing = |error| Parsed {
        ast: None,
        errors: vec![error],
        doubts: vec![Doubt { words: whole, around: whole }],
    };
    if source.len() > MAX_LENGTH && source.encode_utf16().count() > MAX_LENGTH {
        let message = "This expression has more than 21,000 characters, the most that GitHub takes: split it over several steps or outputs.";
        return nothing(error(whole, SyntaxErrorKind::TooLong, message));
    }
    let (tokens, errors) = lex(source);
    if tokens.is_empty() {
        let message = "This expression is empty: write a value such as `github.ref` into it.";
        return nothing(error(whole, SyntaxErrorKind::Empty, message));
    }
    let mut parser = Parser::new(source, &tokens, errors);
    let ast = parser.parts(End::Source).expr;
    let (mut errors, doubts) = (parser.errors, parser.doubts);
    errors.sort_by_key(|error| error.range.start);
    Parsed { ast: Some(ast), errors, doubts }
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

/// What a part ends with, when it is read.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// The end of the source.
    Source,
    /// A closing bracket.
    Bracket,
    /// A closing bracket or a comma.
    Argument,
}

/// After a mistake, what is wrong in this many words mostly follows from it.
const QUIET_WORDS: usize = 4;

struct Parser<'a> {
    source: &'a str,
    tokens: &'a [Token],
    at: usize,
    open: u32,
    errors: Vec<SyntaxError>,
    doubts: Vec<Doubt>,
    /// The words before or at which what is meant is in doubt, as the lexer and the parser found them.
    misread: Vec<usize>,
    failed: Option<usize>,
    /// Whether too much is open to read on.
    full: bool,
}

impl<'a> Parser<'a> {
    fn new(source: &'a str, tokens: &'a [Token], errors: Vec<SyntaxError>) -> Self {
        let mut parser = Parser {
            source,
            tokens,
            at: 0,
            open: 0,
            errors: Vec::new(),
            doubts: Vec::new(),
            misread: Vec::new(),
            failed: None,
            full: false,
        };
        for error in errors {
            if error.fix.is_some() {
                parser.errors.push(error);
                continue;
            }
            let at = tokens.partition_point(|token| token.range.start < error.range.start);
            let follows = parser.misread.last().is_some_and(|last| at <= last + QUIET_WORDS);
            parser.misread.push(at);
            // Without a blank between them nobody knows where a word ends.
            let mut words = tokens.get(at).map_or(error.range, |token| token.range);
            if let Some(before) = at.checked_sub(1).map(|before| tokens[before].range)
                && before.end == words.start
            {
                words.start = before.start;
            }
            if let Some(after) = tokens.get(at + 1).map(|after| after.range)
                && after.start == words.end
            {
                words.end = after.end;
            }
            parser.doubt(words, at + 1);
            if !follows {
                parser.errors.push(error);
            }
        }
        parser
    }

    fn peek(&self) -> Option<&'a TokenKind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn next_is(&self, kind: &TokenKind) -> bool {
        self.peek() == Some(kind)
    }

    /// The place of the next word, or the end of the source.
    fn here(&self) -> TextRange {
        self.here_at(self.at)
    }

    fn here_at(&self, at: usize) -> TextRange {
        let end = u32::try_from(self.source.len()).unwrap_or(u32::MAX);
        self.tokens.get(at).map_or(TextRange::empty(end), |token| token.range)
    }

    fn text(&self, range: TextRange) -> &'a str {
        self.source.get(range.to_usize()).unwrap_or_default()
    }

    fn node(&mut self, kind: ExprKind, range: TextRange, height: u32) -> Node {
        let kind = if height > MAX_DEPTH {
            let message = "This expression has more than 50 levels, the most that GitHub takes: compute a part of it in a step or a job output.";
            self.too_deep(range, message);
            ExprKind::Missing
        } else {
            kind
        };
        let height = if kind == ExprKind::Missing { 1 } else { height };
        Node { expr: Expr { range, kind }, height, outer: range, opens: true }
    }

    /// `!!value.property[index]`
    fn operand(&mut self) -> Node {
        let from = self.at;
        while self.next_is(&TokenKind::Not) || self.negates() {
            self.at += 1;
        }
        let signs = &self.tokens[from..self.at];
        let value = self.value();
        let mut node = self.accesses(value);
        while self.closes_nothing() {
            node = self.accesses(node);
        }
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
                self.fail(here, message.into(), here);
                self.at += 1;
            }
            Some(TokenKind::OpenBracket) => {
                let message =
                    "A list cannot be written with brackets in an expression: write `fromJSON('[…]')`.";
                self.fail(here, message.into(), here);
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
        let from = self.at;
        self.at += 1;
        let (mut args, mut height) = (Vec::new(), 0);
        if !self.next_is(&TokenKind::CloseParen) && self.at < self.tokens.len() && self.enter() {
            loop {
                let arg = self.parts(End::Argument);
                height = height.max(arg.height);
                args.push(arg.expr);
                if !self.next_is(&TokenKind::Comma) {
                    break;
                }
                self.at += 1;
            }
            self.open -= 1;
        }
        let end = self.close(&TokenKind::CloseParen, ")", &name.text, from);
        self.node(ExprKind::Call { function: name, args }, TextRange::new(range.start, end), height + 1)
    }

    fn group(&mut self, start: TextRange) -> Node {
        let from = self.at;
        self.at += 1;
        if !self.enter() {
            return self.node(ExprKind::Missing, start, 1);
        }
        let inner = self.parts(End::Bracket);
        self.open -= 1;
        let end = self.close(&TokenKind::CloseParen, ")", "(", from);
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
        self.too_deep(self.here(), message);
        self.at = self.tokens.len();
        false
    }

    /// Reads the bracket that closes the one at the word `from`; gives where what it closes ends.
    fn close(&mut self, kind: &TokenKind, sign: &str, opened: &str, from: usize) -> u32 {
        let here = self.here();
        if self.next_is(kind) {
            self.at += 1;
            return here.end;
        }
        let what = if opened.len() > 1 { format!("`{opened}(`") } else { format!("the `{opened}`") };
        let words = TextRange::empty(here.start);
        self.missing_since(from, &format!("A `{sign}`"), &format!("close {what} before it"), words);
        here.start
    }

    fn after_name(&self) -> bool {
        self.at.checked_sub(1).is_some_and(|last| self.tokens[last].kind == TokenKind::Name)
    }
}
