//! Reading a pattern, and saying what is wrong with it.

use stepladder_yaml::TextRange;

use super::{One, Pattern, Problem, ProblemKind, Target, Token};

pub(super) fn parse(text: &str, target: Target) -> (Pattern, Vec<Problem>) {
    let mut parser = Parser { text, at: 0, target, tokens: Vec::new(), problems: Vec::new() };
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
                        "`{c}` repeats the character before it, and there is none here: write a character or a set before it, or `\\{c}` for the character itself."
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
            "`\\` may stand only before `*`, `?`, `+`, `[`, `!` or `\\`, and no branch or tag name contains it: filter patterns are not regular expressions, so write for example `[0-9]` for a digit.",
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
                    "`[` opens a set of characters that is never closed: add the `]`, or write `\\[` for the character itself.",
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
                "`[]` is an empty set, which no character matches: list characters or ranges in it, such as `[0-9]`.",
            ),
            [(low, high)] if low == high => {
                let c = *low;
                self.problem(
                    ProblemKind::SingleClass,
                    start,
                    self.at,
                    if SPECIAL.contains(&c) {
                        format!("A set of one character is needless: write `\\{c}` instead of `[{c}]`.")
                    } else {
                        format!("A set of one character is needless: write `{c}` instead of `[{c}]`.")
                    },
                );
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
                        "The range `{low}-` has no end: write for example `{low}-z`, or leave the `-` out."
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
                        format!("The range `{low}-{high}` runs backwards and matches nothing: write `{high}-{low}`."),
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
                "{shown} cannot stand in a branch or tag name, so this pattern matches nothing: remove it."
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
                    "The pattern contains a line break, so it matches nothing: write it on one line, without `|` or `>`.",
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

    /// What is said about the pattern as a whole, and about its first and last character. `start` is past a `!`.
    fn ends(&mut self, start: usize) {
        let body = &self.text[start..];
        let len = self.text.len();
        if body.is_empty() {
            if start == 0 {
                self.problem(
                    ProblemKind::Empty,
                    0,
                    0,
                    "An empty pattern matches nothing: write a name or a pattern such as `**`, or remove it.",
                );
            } else {
                self.problem(
                    ProblemKind::LoneNegation,
                    0,
                    len,
                    "`!` excludes what the pattern after it matches, and there is none: write a pattern after it, or `\\!` for the character itself.",
                );
            }
            return;
        }
        match self.target {
            Target::Ref => self.ref_ends(start),
            Target::Path => self.path_ends(start),
            Target::Other => {}
        }
    }

    fn ref_ends(&mut self, start: usize) {
        let (body, len) = (&self.text[start..], self.text.len());
        if body.starts_with('/') {
            self.problem(
                ProblemKind::LeadingSlash,
                start,
                start + 1,
                "No branch or tag name starts with `/`, so this pattern matches nothing: remove the `/`.",
            );
        }
        if body.starts_with('-') {
            self.problem(
                ProblemKind::LeadingDash,
                start,
                start + 1,
                "No branch or tag name starts with `-`, so this pattern matches nothing: remove the `-`.",
            );
        }
        if body.len() > 1 && body.ends_with('/') {
            self.problem(
                ProblemKind::TrailingSlash,
                len - 1,
                len,
                "No branch or tag name ends with `/`, so this pattern matches nothing: remove it, or write `/**` for everything below.",
            );
        }
        if body.ends_with('.') {
            self.problem(
                ProblemKind::TrailingDot,
                len - 1,
                len,
                "No branch or tag name ends with `.`, so this pattern matches nothing: remove the `.`, or add `*` after it.",
            );
        }
    }

    fn path_ends(&mut self, start: usize) {
        let (body, len) = (&self.text[start..], self.text.len());
        let leading = body.len() - body.trim_start_matches(' ').len();
        let trailing = body.len() - body.trim_end_matches(' ').len();
        if leading > 0 || trailing > 0 {
            let (from, to) = if leading > 0 { (start, start + leading) } else { (len - trailing, len) };
            self.problem(
                ProblemKind::OuterSpace,
                from,
                to,
                "The pattern starts or ends with a space, which is taken as part of the path: remove the space.",
            );
        }
        if body == "." || body == ".." || body.starts_with("./") || body.starts_with("../") {
            let to = if body.starts_with("./") || body.starts_with("../") {
                start + body.find('/').unwrap_or(0) + 1
            } else {
                len
            };
            self.problem(
                ProblemKind::RelativePath,
                start,
                to,
                "Changed files are named from the root of the repository, without `.` or `..`, so this pattern matches nothing: start with the name of the folder or file.",
            );
        }
        if body.starts_with('/') {
            self.problem(
                ProblemKind::LeadingSlash,
                start,
                start + 1,
                "Changed files are named from the root of the repository without a leading `/`, so this pattern matches nothing: remove the `/`.",
            );
        }
        if body.len() > 1 && body.ends_with('/') {
            self.problem(
                ProblemKind::TrailingSlash,
                len - 1,
                len,
                "A pattern that ends with `/` matches no file: write `/**` for every file in the folder.",
            );
        }
    }
}

/// Workflow files are at most 512,000 bytes; a longer text only loses the exactness of its ranges.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
