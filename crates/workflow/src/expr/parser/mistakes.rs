//! What is told of a mistake, and what is in doubt around it.

use stepladder_yaml::{Change, TextRange};

use super::super::lexer::TokenKind;
use super::{Doubt, End, Parser, QUIET_WORDS, SyntaxError, SyntaxErrorKind, error};

impl Parser<'_> {
    /// Notes that it is not clear what these words are, nor what the one before them and the one at `last` belong to.
    pub(super) fn doubt(&mut self, words: TextRange, last: usize) {
        let before = self.tokens.partition_point(|token| token.range.start < words.start).checked_sub(1);
        let start = before.map_or(words.start, |before| self.tokens[before].range.start);
        let around = TextRange::new(start, words.end.max(self.here_at(last).end));
        self.doubts.push(Doubt { words, around });
    }

    /// Whether something is in doubt from the word `from` up to here.
    pub(super) fn doubted_since(&self, from: usize) -> bool {
        let next = self.misread.partition_point(|at| *at < from);
        self.failed.is_some_and(|at| at >= from) || self.misread.get(next).is_some_and(|at| *at <= self.at)
    }

    /// Tells a mistake at the next word that can be put right in one way only, and was read as if it were.
    pub(super) fn slip(&mut self, range: TextRange, message: String, insert: &str) {
        if !self.full && !self.doubted_since(self.at.saturating_sub(QUIET_WORDS)) {
            let fix = Some(Change { range, insert: insert.to_owned() });
            self.errors.push(SyntaxError { range, kind: SyntaxErrorKind::Unexpected, message, fix });
        }
    }

    /// Tells a mistake at the next word, unless it may follow from one since the word `from`; `words` may be meant otherwise.
    pub(super) fn fail_since(
        &mut self,
        from: usize,
        range: TextRange,
        kind: SyntaxErrorKind,
        message: String,
        words: TextRange,
    ) {
        if !self.full && !self.doubted_since(from.min(self.at.saturating_sub(QUIET_WORDS))) {
            self.errors.push(SyntaxError { range, kind, message, fix: None });
        }
        self.failed = Some(self.at);
        self.doubt(words, self.at);
    }

    pub(super) fn fail(&mut self, range: TextRange, message: String, words: TextRange) {
        self.fail_since(self.at, range, SyntaxErrorKind::Unexpected, message, words);
    }

    /// Tells that `wanted` is missing where the next word stands, unless that may follow from a mistake since the word `from`.
    pub(super) fn missing_since(&mut self, from: usize, wanted: &str, advice: &str, words: TextRange) {
        let here = self.here();
        let (place, kind) = if self.at < self.tokens.len() {
            (format!("before `{}`", self.text(here)), SyntaxErrorKind::Unexpected)
        } else {
            ("at the end".to_owned(), SyntaxErrorKind::UnexpectedEnd)
        };
        self.fail_since(from, here, kind, format!("{wanted} is missing {place}: {advice}."), words);
    }

    pub(super) fn missing(&mut self, wanted: &str, advice: &str) {
        self.missing_since(self.at, wanted, advice, TextRange::empty(self.here().start));
    }

    /// The word before the next one, and that.
    pub(super) fn both(&self) -> TextRange {
        let here = self.here();
        let before = self.at.checked_sub(1).map_or(here, |before| self.here_at(before));
        TextRange::new(before.start, here.end)
    }

    /// Tells that there are too many levels; what else is wrong does not matter then.
    pub(super) fn too_deep(&mut self, range: TextRange, message: &str) {
        if !self.full {
            self.errors.push(error(range, SyntaxErrorKind::TooDeep, message));
            self.full = true;
        }
        self.doubt(range, self.at);
    }

    /// Reads over a closing bracket where none is open.
    pub(super) fn closes_nothing(&mut self) -> bool {
        if self.open > 0 || !matches!(self.peek(), Some(TokenKind::CloseParen | TokenKind::CloseBracket)) {
            return false;
        }
        let here = self.here();
        if !self.doubted_since(0) {
            let text = self.text(here);
            let message =
                format!("This `{text}` closes nothing: remove it, or add the bracket that it should close.");
            self.slip(here, message, "");
        }
        self.at += 1;
        true
    }

    /// Tells that the next word cannot stand behind the part before it.
    pub(super) fn unexpected(&mut self, end: End) {
        let here = self.here();
        let text = self.text(here);
        let both = self.both();
        let message = match self.peek() {
            Some(TokenKind::Comma) if end == End::Bracket => {
                return self.missing("A closing bracket", "a `,` only separates the arguments of a function");
            }
            Some(TokenKind::Comma) => {
                "A `,` separates the arguments of a function and has no meaning here: remove it.".into()
            }
            Some(TokenKind::Star) => "Expressions cannot calculate, so `*` has no meaning here: compute it in a step and pass it on as an output.".into(),
            Some(TokenKind::OpenParen) if self.after_name() => {
                "Only the names of functions are followed by `(`: values have no methods, so write for example `contains(value, 'x')`.".into()
            }
            _ if end == End::Argument => {
                return self.missing_since(self.at, "A `,` or `)`", "separate arguments by commas", both);
            }
            Some(TokenKind::Name) if text.eq_ignore_ascii_case("in") => {
                format!("There is no `{text}` in expressions: write `contains(fromJSON('[…]'), value)`.")
            }
            _ => format!("An operator is missing before `{text}`: join the two by `==`, `&&` or `||`, or remove one."),
        };
        self.fail(here, message, both);
    }
}
