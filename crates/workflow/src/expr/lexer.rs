//! The words of an expression.

use stepladder_yaml::{Change, TextRange};

use super::ast::{Compare, Logical};
use super::number;
use super::parser::{SyntaxError, SyntaxErrorKind};

/// A word and its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) range: TextRange,
    pub(super) kind: TokenKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    Comma,
    Dot,
    Star,
    Not,
    Compare(Compare),
    Logical(Logical),
    Null,
    Bool(bool),
    Number(f64),
    String(String),
    Name,
    /// What could not be read; the lexer has told why.
    Bad,
}

impl TokenKind {
    /// Whether a value can end with it, so that a dot after it asks for a property.
    fn ends_value(&self) -> bool {
        matches!(
            self,
            Self::CloseParen
                | Self::CloseBracket
                | Self::Dot
                | Self::Star
                | Self::Null
                | Self::Bool(_)
                | Self::Number(_)
                | Self::String(_)
                | Self::Name
                | Self::Bad
        )
    }
}

/// Signs of other languages, and what they are called here; longer ones first.
const FOREIGN: &[(&str, &str, TokenKind)] = &[
    ("===", "==", TokenKind::Compare(Compare::Equal)),
    ("!==", "!=", TokenKind::Compare(Compare::NotEqual)),
    ("<>", "!=", TokenKind::Compare(Compare::NotEqual)),
    ("=<", "<=", TokenKind::Compare(Compare::LessOrEqual)),
    ("=>", ">=", TokenKind::Compare(Compare::GreaterOrEqual)),
    ("&&&", "&&", TokenKind::Logical(Logical::And)),
    ("|||", "||", TokenKind::Logical(Logical::Or)),
];

/// The places of the words of `source`.
pub(crate) fn words(source: &str) -> Vec<TextRange> {
    lex(source).0.into_iter().map(|token| token.range).collect()
}

/// Splits `source` into words. What cannot be a word becomes an error and, where the intention is clear, the word meant.
pub(super) fn lex(source: &str) -> (Vec<Token>, Vec<SyntaxError>) {
    let mut lexer = Lexer { source, at: 0, tokens: Vec::with_capacity(8), errors: Vec::new() };
    while lexer.skip_blanks() {
        lexer.word();
    }
    (lexer.tokens, lexer.errors)
}

pub(super) fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

pub(super) fn is_name_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// Ends a number, besides blanks; a dot does not.
fn ends_number(c: char) -> bool {
    c.is_whitespace() || "()[],!<>=&|".contains(c)
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    tokens: Vec<Token>,
    errors: Vec<SyntaxError>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn skip_blanks(&mut self) -> bool {
        self.at = self.source.len() - self.rest().trim_start().len();
        self.at < self.source.len()
    }

    fn range(&self, len: usize) -> TextRange {
        let start = u32::try_from(self.at).unwrap_or(u32::MAX);
        TextRange::new(start, start.saturating_add(u32::try_from(len).unwrap_or(u32::MAX)))
    }

    fn push(&mut self, len: usize, kind: TokenKind) {
        self.tokens.push(Token { range: self.range(len), kind });
        self.at += len;
    }

    fn error(&mut self, len: usize, message: impl Into<String>, fix: Option<&str>) {
        let range = self.range(len);
        let fix = fix.map(|text| Change { range, insert: text.into() });
        self.errors.push(SyntaxError { range, kind: SyntaxErrorKind::Word, message: message.into(), fix });
    }

    fn word(&mut self) {
        use TokenKind as T;
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return };
        let wants_value = self.tokens.last().is_none_or(|last| !last.kind.ends_value());
        if let Some((foreign, own, kind)) = FOREIGN.iter().find(|(foreign, ..)| rest.starts_with(foreign)) {
            let message = format!("There is no `{foreign}` in expressions: write `{own}`.");
            self.error(foreign.len(), message, Some(own));
            return self.push(foreign.len(), kind.clone());
        }
        match c {
            '(' => self.push(1, T::OpenParen),
            ')' => self.push(1, T::CloseParen),
            '[' => self.push(1, T::OpenBracket),
            ']' => self.push(1, T::CloseBracket),
            ',' => self.push(1, T::Comma),
            '*' => self.push(1, T::Star),
            '!' if rest.starts_with("!=") => self.push(2, T::Compare(Compare::NotEqual)),
            '!' => self.push(1, T::Not),
            '<' if rest.starts_with("<=") => self.push(2, T::Compare(Compare::LessOrEqual)),
            '<' => self.push(1, T::Compare(Compare::Less)),
            '>' if rest.starts_with(">=") => self.push(2, T::Compare(Compare::GreaterOrEqual)),
            '>' => self.push(1, T::Compare(Compare::Greater)),
            '=' | '&' | '|' => self.doubled(c),
            '\'' => self.string(),
            '"' => self.double_quoted(),
            '.' if !wants_value => self.push(1, T::Dot),
            '.' | '0'..='9' => self.number(),
            '+' | '-' if rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.') => {
                self.number()
            }
            _ if is_name_start(c) => self.name(),
            _ => self.stray(c),
        }
    }

    /// `==`, `&&`, `||`, and their halves.
    fn doubled(&mut self, c: char) {
        let (whole, kind, what) = match c {
            '=' => ("==", TokenKind::Compare(Compare::Equal), "Comparing two values"),
            '&' => ("&&", TokenKind::Logical(Logical::And), "Joining two conditions by “and”"),
            _ => ("||", TokenKind::Logical(Logical::Or), "Joining two conditions by “or”"),
        };
        if self.rest().starts_with(whole) {
            self.push(2, kind);
        } else {
            // With another sign beside it nobody knows what is meant.
            let next = self.rest()[1..].trim_start();
            let fix = (!next.starts_with(['=', '!', '<', '>', '&', '|'])).then_some(whole);
            self.error(1, format!("{what} takes two signs: write `{whole}` instead of `{c}`."), fix);
            self.push(1, kind);
        }
    }

    fn string(&mut self) {
        let rest = self.rest();
        let mut text = String::new();
        let mut from = 1;
        while let Some(quote) = rest[from..].find('\'') {
            text.push_str(&rest[from..from + quote]);
            from += quote + 1;
            if !rest[from..].starts_with('\'') {
                return self.push(from, TokenKind::String(text));
            }
            text.push('\'');
            from += 1;
        }
        text.push_str(&rest[from..]);
        self.error(rest.len(), "This text has no closing quote: add a `'` at its end.", None);
        self.push(rest.len(), TokenKind::String(text));
    }

    fn double_quoted(&mut self) {
        const WHY: &str = "Text stands in single quotes in expressions: write `'…'` instead of `\"…\"`.";
        let rest = self.rest();
        match rest[1..].find('"') {
            Some(end) => {
                let text = rest[1..=end].to_owned();
                let fix = format!("'{}'", text.replace('\'', "''"));
                self.error(end + 2, WHY, Some(&fix));
                self.push(end + 2, TokenKind::String(text));
            }
            None => {
                self.error(1, WHY, None);
                self.push(rest.len(), TokenKind::String(rest[1..].to_owned()));
            }
        }
    }

    fn number(&mut self) {
        let rest = self.rest();
        let len = rest.find(ends_number).unwrap_or(rest.len());
        let text = &rest[..len];
        let number = number::parse(text);
        if !number.is_nan() {
            return self.push(len, TokenKind::Number(number));
        }
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let sign = &text[..text.len() - digits.len()];
        if digits.starts_with(is_name_start) {
            // `-name`: the sign is what does not belong here.
            return self.stray(rest.chars().next().unwrap_or('-'));
        }
        if text.starts_with('.') && digits[1..].starts_with(|c: char| is_name_start(c) || c == '*') {
            self.error(
                1,
                "A property needs something before the dot: write for example `github.event`.",
                None,
            );
            return self.push(1, TokenKind::Bad);
        }
        let fix = match digits.get(..2) {
            Some("0X") => Some(format!("0x{}", &digits[2..])),
            Some("0O") => Some(format!("0o{}", &digits[2..])),
            _ => None,
        };
        let message = if fix.is_some() {
            format!(
                "`{text}` is not a number: the prefix of a hexadecimal or octal number is in lower case, `0x` or `0o`."
            )
        } else if !sign.is_empty() && (digits.starts_with("0x") || digits.starts_with("0o")) {
            format!("`{text}` is not a number: a hexadecimal or octal number has no sign.")
        } else if digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.contains(['+', '-', '*', '/', '%'])
            && !digits.contains(['e', 'E'])
        {
            format!(
                "Expressions cannot calculate, so `{text}` is not understood: compute it in a step and pass it on as an output."
            )
        } else {
            format!(
                "`{text}` is not a number: numbers look like `42`, `-1.5`, `1e3`, `0xff` or `0o17`; text needs single quotes."
            )
        };
        self.error(len, message, fix.filter(|_| sign.is_empty()).as_deref());
        self.push(len, TokenKind::Bad);
    }

    fn name(&mut self) {
        let rest = self.rest();
        let len = rest.bytes().position(|byte| !is_name_part(char::from(byte))).unwrap_or(rest.len());
        let after_dot = self.tokens.last().is_some_and(|last| last.kind == TokenKind::Dot);
        if rest[len..].starts_with('/') && !after_dot && self.unquoted() {
            return;
        }
        let kind = match &rest[..len] {
            _ if after_dot => TokenKind::Name,
            "null" => TokenKind::Null,
            "true" => TokenKind::Bool(true),
            "false" => TokenKind::Bool(false),
            "NaN" => TokenKind::Number(f64::NAN),
            "Infinity" => TokenKind::Number(f64::INFINITY),
            _ => TokenKind::Name,
        };
        self.push(len, kind);
    }

    /// Reads a path or the name of a branch that lacks its quotes, as in `github.ref == refs/heads/main`; whether there is one.
    /// Expressions cannot divide, so that nothing else is meant.
    fn unquoted(&mut self) -> bool {
        let rest = self.rest();
        let len = rest.find(|c: char| !is_name_part(c) && c != '/' && c != '.').unwrap_or(rest.len());
        let text = &rest[..len];
        let after = rest[len..].trim_start();
        let compared = matches!(
            self.tokens.last().map(|last| &last.kind),
            Some(TokenKind::Compare(_) | TokenKind::Comma)
        ) || after.starts_with("==")
            || after.starts_with("!=");
        if !compared || text.contains("//") || rest[len..].starts_with(['*', ':', '(', '[']) {
            return false;
        }
        let quoted = format!("'{text}'");
        self.error(len, format!("A text stands in single quotes: write `{quoted}`."), Some(&quoted));
        self.push(len, TokenKind::String(text.to_owned()));
        true
    }

    fn stray(&mut self, c: char) {
        let rest = self.rest();
        let mut len = c.len_utf8();
        let message = match c {
            '+' | '-' | '/' | '%' => {
                format!(
                    "Expressions cannot calculate, so `{c}` has no meaning here: compute it in a step and pass it on as an output."
                )
            }
            '?' | ':' => format!(
                "There is no `? :` in expressions, so `{c}` has no meaning here: use `case(condition, yes, no)`."
            ),
            '$' | '{' | '}' if rest.starts_with("${{") || rest.starts_with("}}") => {
                len = if c == '$' { 3 } else { 2 };
                "Expressions do not nest: leave out the inner `${{` and `}}`.".to_owned()
            }
            '{' | '}' => {
                format!("`{c}` has no meaning in an expression: write an object as `fromJSON('{{…}}')`.")
            }
            '`' | '“' | '”' | '‘' | '’' | '„' => {
                format!("`{c}` is not a quote here: text stands in single quotes, `'…'`.")
            }
            _ => format!("`{c}` has no meaning in an expression: remove it, or put text in single quotes."),
        };
        self.error(len, message, None);
        self.push(len, TokenKind::Bad);
    }
}
