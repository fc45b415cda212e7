//! Reading a pattern, and saying what is wrong with it.

mod ends;

use stepladder_yaml::TextRange;

use super::{One, Pattern, Problem, ProblemKind, Target, Token};

pub(super) fn parse(text: &str, target: Target) -> (Pattern, Vec<Problem>) {
    let mut parser = Parser { text, at: 0, target, tokens: Vec::new(), problems: Vec::new(), brace: None };
    let negated = parser.eat('!');
    parser.body();
    parser.ends(usize::from(negated));
    let mut problems = parser.problems;
    problems.sort_by_key(|problem| problem.range.start);
    (Pattern { negated, tokens: parser.tokens }, problems)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    target: Target,
    tokens: Vec<Token>,
    problems: Vec<Problem>,
    /// A `{` that is not closed yet, and whether a comma stands behind it.
    brace: Option<(usize, bool)>,
}

/// How a pattern is named in a sentence: of one over several lines the first.
fn named(text: &str) -> String {
    let mut lines = text.trim_matches(['\r', '\n']).lines();
    let first = lines.next().unwrap_or_default();
    if lines.next().is_some() { format!("`{first} …`") } else { format!("`{first}`") }
}

/// The characters that `\` makes plain.
const SPECIAL: [char; 7] = ['*', '?', '+', '[', ']', '!', '\\'];

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn problem(&mut self, kind: ProblemKind, start: usize, end: usize, message: impl Into<String>) {
        let range = TextRange::new(offset(start), offset(end));
        self.problems.push(Problem { kind, range, message: message.into() });
    }

    /// The pattern as a sentence names it, since several stand in one list.
    fn it(&self) -> String {
        named(self.text)
    }

    fn body(&mut self) {
        loop {
            let start = self.at;
            let Some(c) = self.bump() else { return };
            match c {
                '*' => self.stars(),
                '?' | '+' => self.problem(
                    ProblemKind::NothingToRepeat,
                    start,
                    self.at,
                    format!(
                        "In {}, `{c}` repeats the character before it, and there is none: write a character or a set before it, or `\\{c}` for the character itself.",
                        self.it()
                    ),
                ),
                '[' => {
                    let class = self.class(start);
                    self.quantified(class);
                }
                '\\' => {
                    let one = self.escaped(start);
                    self.quantified(One::Char(one));
                }
                _ => {
                    self.check_char(c, start);
                    self.check_slash(c, start);
                    self.check_brace(c, start);
                    self.quantified(One::Char(c));
                }
            }
        }
    }

    /// After the first `*`.
    fn stars(&mut self) {
        let segment_start = match self.tokens.last() {
            None | Some(Token::Directories | Token::One(One::Char('/'))) => true,
            Some(_) => false,
        };
        let mut double = false;
        while self.eat('*') {
            double = true;
        }
        let rest = &self.text[self.at..];
        let whole_segment = rest.starts_with('/') && !rest.starts_with("/?") && !rest.starts_with("/+");
        if double && segment_start && whole_segment {
            self.at += 1;
            self.tokens.extend([Token::MaybeDirectories, Token::Directories]);
        } else {
            self.tokens.push(if double { Token::DoubleStar } else { Token::Star });
        }
    }

    /// `one` with the `?` or `+` that may follow it.
    fn quantified(&mut self, one: One) {
        let token = if self.eat('?') {
            Token::Maybe(one)
        } else if self.eat('+') {
            Token::Many(one)
        } else {
            Token::One(one)
        };
        self.tokens.push(token);
    }

    /// After a `\` at `start`: the character it stands for.
    fn escaped(&mut self, start: usize) -> char {
        match self.peek() {
            Some(c) if SPECIAL.contains(&c) => {
                self.at += 1;
                if self.target == Target::Ref && matches!(c, '*' | '?' | '[') {
                    self.illegal_in_ref(format!("`{c}` itself"), start, self.at);
                } else if self.target == Target::Ref && c == ']' {
                    self.useless_escape(start);
                }
                c
            }
            _ => {
                if self.target == Target::Ref {
                    self.useless_escape(start);
                }
                '\\'
            }
        }
    }

    /// A `\` at `start` that makes no special character plain.
    fn useless_escape(&mut self, start: usize) {
        self.problem(
            ProblemKind::UselessEscape,
            start,
            self.at,
            format!(
                "In {}, `\\` may stand only before `*`, `?`, `+`, `[`, `!` or `\\`, and no branch or tag name contains it: filter patterns are not regular expressions, so write for example `[0-9]` for a digit.",
                self.it()
            ),
        );
    }

    /// After a `[` at `start`. A class that is not closed is read to the end of the text.
    fn class(&mut self, start: usize) -> One {
        let mut ranges = Vec::new();
        loop {
            let from = self.at;
            let Some(low) = self.bump() else {
                let last = self.text.char_indices().next_back().map_or(start, |(at, _)| at);
                self.problem(
                    ProblemKind::UnclosedClass,
                    last,
                    self.text.len(),
                    format!(
                        "In {}, `[` opens a set of characters that is never closed: add the `]`, or write `\\[` for the character itself.",
                        self.it()
                    ),
                );
                return One::Class(ranges);
            };
            match low {
                ']' => break,
                '\\' => {
                    let c = match self.peek() {
                        Some(c) if SPECIAL.contains(&c) => {
                            self.at += 1;
                            c
                        }
                        _ => '\\',
                    };
                    ranges.push((c, c));
                }
                _ => {
                    // What no name has does no harm beside other characters.
                    if matches!(low, '\n' | '\r') {
                        self.check_char(low, from);
                    }
                    ranges.push(self.range(low, from));
                }
            }
        }
        match ranges.as_slice() {
            [] => self.problem(
                ProblemKind::EmptyClass,
                start,
                self.at,
                format!(
                    "In {}, `[]` is an empty set, which no character matches: list characters or ranges in it, such as `[0-9]`.",
                    self.it()
                ),
            ),
            [(low, high)] if low == high => {
                let c = *low;
                let escape = if SPECIAL.contains(&c) { "\\" } else { "" };
                let message = format!(
                    "In {}, a set of one character is needless: write `{escape}{c}` instead of `[{c}]`.",
                    self.it()
                );
                self.problem(ProblemKind::SingleClass, start, self.at, message);
            }
            _ => {}
        }
        One::Class(ranges)
    }

    /// `low`, which starts at `from`, or the range `low-high`.
    fn range(&mut self, low: char, from: usize) -> (char, char) {
        let rest = &self.text[self.at..];
        let mut after = rest.chars();
        if after.next() != Some('-') {
            return (low, low);
        }
        match after.next() {
            // The end of the text is the missing `]`, which is told already.
            None => {
                self.at += 1;
                (low, low)
            }
            Some(']') => {
                self.at += 1;
                self.problem(
                    ProblemKind::IncompleteRange,
                    from,
                    self.at,
                    format!(
                        "In {}, the range `{low}-` has no end: write for example `{low}-z`, or leave the `-` out.",
                        self.it()
                    ),
                );
                (low, low)
            }
            Some(high) => {
                let high_at = self.at + 1;
                self.at = high_at + high.len_utf8();
                self.check_char(high, high_at);
                if high < low {
                    self.problem(
                        ProblemKind::ReversedRange,
                        high_at,
                        self.at,
                        format!(
                            "In {}, the range `{low}-{high}` runs backwards and matches nothing: write `{high}-{low}`.",
                            self.it()
                        ),
                    );
                }
                (low, high)
            }
        }
    }

    fn illegal_in_ref(&mut self, shown: String, start: usize, end: usize) {
        self.problem(
            ProblemKind::IllegalRefCharacter,
            start,
            end,
            format!(
                "{shown} cannot stand in a branch or tag name, so {} matches nothing: remove that character.",
                self.it()
            ),
        );
    }

    /// Reports a character that cannot stand in a value of this kind.
    fn check_char(&mut self, c: char, start: usize) {
        let end = start + c.len_utf8();
        if c == '\n' || c == '\r' {
            // A block scalar ends with a line break: one message for the whole run is enough.
            if self.problems.iter().all(|problem| problem.kind != ProblemKind::Newline) {
                self.problem(
                    ProblemKind::Newline,
                    start,
                    end,
                    format!(
                        "The pattern {} contains a line break, so it matches nothing: write it on one line, without `|` or `>`.",
                        self.it()
                    ),
                );
            }
        } else if self.target == Target::Ref && (matches!(c, ' ' | '~' | '^' | ':') || c.is_ascii_control()) {
            let shown = match c {
                ' ' => "A space".to_owned(),
                '\t' => "A tab".to_owned(),
                c if c.is_ascii_control() => "A control character".to_owned(),
                c => format!("`{c}`"),
            };
            self.illegal_in_ref(shown, start, end);
        }
    }

    /// Reports a `/` behind another one: what is between two of them has a name.
    fn check_slash(&mut self, c: char, start: usize) {
        let is_behind = matches!(self.tokens.last(), Some(Token::Directories | Token::One(One::Char('/'))));
        if c != '/' || !is_behind || self.peek() == Some('?') {
            return;
        }
        let what = match self.target {
            Target::Ref => "branch or tag name",
            Target::Path => "path of a file",
            Target::Other => return,
        };
        let message = format!("No {what} has `//` in it, so {} matches nothing: remove one `/`.", self.it());
        self.problem(ProblemKind::DoubleSlash, start, self.at, message);
    }

    /// Reports braces around words with commas between them, which other languages take for alternatives.
    fn check_brace(&mut self, c: char, start: usize) {
        match (c, self.brace) {
            ('{', None) => self.brace = Some((start, false)),
            ('{', Some(_)) => self.brace = None,
            (',', Some((open, _))) => self.brace = Some((open, true)),
            ('}', Some((open, true))) => {
                self.brace = None;
                let message = format!(
                    "Braces are plain characters here and give no alternatives, so {} matches only what has them in its name: write a pattern for each alternative.",
                    self.it()
                );
                if self.target != Target::Other {
                    self.problem(ProblemKind::Braces, open, self.at, message);
                }
            }
            ('}', Some(_)) => self.brace = None,
            _ => {}
        }
    }
}

/// Workflow files are at most 512,000 bytes; a longer text only loses the exactness of its ranges.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
