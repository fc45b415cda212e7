//! GitHub's filter patterns: the little language of `branches`, `tags`, `paths` and their `-ignore` twins.
//!
//! [`Pattern::parse`] accepts any text and says what is wrong with it; [`matches_list`] decides a list the way
//! GitHub does (in order, the last pattern that matches wins). Matching takes time proportional to the length of the
//! pattern times the length of the value, whatever the pattern.

mod examples;
mod parse;
mod run;

use stepladder_yaml::TextRange;

pub use examples::examples;

/// What a pattern is matched against; it decides which texts can never match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A branch or tag name (`branches`, `tags` and their `-ignore` twins).
    Ref,
    /// The path of a changed file, from the root of the repository (`paths`, `paths-ignore`).
    Path,
    /// Something else, such as an image version: only the pattern language itself is checked.
    Other,
}

/// The kinds of [`Problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The pattern is empty.
    Empty,
    /// A `!` with nothing after it.
    LoneNegation,
    /// A line break inside the pattern.
    Newline,
    /// `?` or `+` at the start or after `*`, `?` or `+`.
    NothingToRepeat,
    /// `[` without `]`.
    UnclosedClass,
    /// `[]`.
    EmptyClass,
    /// `[x]`, which says no more than `x`.
    SingleClass,
    /// A range such as `9-0` whose end comes before its start.
    ReversedRange,
    /// A range without an end, such as `[a-]`.
    IncompleteRange,
    /// A character that git allows in no ref name.
    IllegalRefCharacter,
    /// A `\` before a character that is not special.
    UselessEscape,
    /// `refs/heads/` or the like at the start of a ref pattern.
    FullRef,
    /// `//`, where every part has a name.
    DoubleSlash,
    /// `{a,b}`, which is no alternative.
    Braces,
    /// A leading `/`.
    LeadingSlash,
    /// A ref pattern that starts with `-`.
    LeadingDash,
    /// A trailing `/`.
    TrailingSlash,
    /// A ref pattern that ends with `.`.
    TrailingDot,
    /// The path `.` or `..`, or one that starts with `./` or `../`.
    RelativePath,
    /// A space at the start or end of a path pattern.
    OuterSpace,
}

impl ProblemKind {
    /// True when GitHub cannot read the pattern, or when it holds what no ref or path may hold; false for a valid
    /// pattern that never matches or that says something needlessly.
    #[must_use]
    pub fn is_error(self) -> bool {
        !matches!(
            self,
            Self::SingleClass
                | Self::FullRef
                | Self::DoubleSlash
                | Self::Braces
                | Self::LeadingSlash
                | Self::LeadingDash
                | Self::TrailingSlash
        )
    }
}

impl Target {
    /// What the patterns under the key `filter` of an event are matched against.
    #[must_use]
    pub fn of_filter(filter: &str) -> Self {
        match filter.strip_suffix("-ignore").unwrap_or(filter) {
            "branches" | "tags" => Self::Ref,
            "paths" => Self::Path,
            _ => Self::Other,
        }
    }
}

/// Something wrong with a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which kind of mistake.
    pub kind: ProblemKind,
    /// The bytes of the pattern it is about.
    pub range: TextRange,
    /// One sentence for a person: what, why, what to do.
    pub message: String,
}

/// A pattern, ready to match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    negated: bool,
    tokens: Vec<Token>,
}

/// One character of a pattern, or a set of them.
#[derive(Clone, Debug, PartialEq, Eq)]
enum One {
    Char(char),
    /// Inclusive ranges; a single character is a range of one.
    Class(Vec<(char, char)>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// Exactly one.
    One(One),
    /// `x?`: one or none.
    Maybe(One),
    /// `x+`: one or more.
    Many(One),
    /// `*`: any run of characters without `/`.
    Star,
    /// `**`: any run of characters.
    DoubleStar,
    /// The start of `**/` at the start of a segment: enter [`Token::Directories`], or skip it.
    MaybeDirectories,
    /// The rest of `**/`: one or more whole directories with their `/`.
    Directories,
}

impl Pattern {
    /// Reads any text. What is broken is read as plainly as possible, and told in the list of problems, in text order.
    #[must_use]
    pub fn parse(text: &str, target: Target) -> (Self, Vec<Problem>) {
        parse::parse(text, target)
    }

    /// Whether it starts with `!`.
    #[must_use]
    pub fn is_negated(&self) -> bool {
        self.negated
    }

    /// Whether the whole of `value` matches. A leading `!` is left out of account: [`matches_list`] reads it.
    #[must_use]
    pub fn matches(&self, value: &str) -> bool {
        run::matches(&self.tokens, value)
    }

    /// The text that it stands for, when it holds no special character: then it matches nothing else.
    #[must_use]
    pub fn literal(&self) -> Option<String> {
        self.tokens
            .iter()
            .map(|token| match token {
                Token::One(One::Char(c)) => Some(*c),
                _ => None,
            })
            .collect()
    }
}

/// What a list of patterns says about one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the value is matched by the list as a whole.
    pub matched: bool,
    /// Index of the pattern that decided: the last one that matched and changed something to say. `None` when no
    /// pattern matched at all.
    pub decided_by: Option<usize>,
}

/// Evaluates `patterns` in order: a match includes the value, a match of a `!` pattern excludes it again, the last
/// one wins. A list of `!` patterns only matches nothing.
#[must_use]
pub fn matches_list(patterns: &[Pattern], value: &str) -> Verdict {
    let mut verdict = Verdict { matched: false, decided_by: None };
    for (index, pattern) in patterns.iter().enumerate() {
        // What is not included cannot be excluded: such a pattern decides nothing.
        if pattern.matches(value) && (verdict.matched || !pattern.negated) {
            verdict = Verdict { matched: !pattern.negated, decided_by: Some(index) };
        }
    }
    verdict
}

/// What a list of path patterns says about a set of changed files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathsVerdict {
    /// Whether the workflow runs.
    pub runs: bool,
    /// Index of the file that decided, with the index of the pattern that decided about it, if any did.
    pub decided_by: Option<(usize, Option<usize>)>,
}

/// `paths`: the workflow runs when at least one changed file matches the list. Without changed files it does not.
#[must_use]
pub fn paths_match<S: AsRef<str>>(patterns: &[Pattern], changed: &[S]) -> PathsVerdict {
    first_file(patterns, changed, true)
}

/// `paths-ignore`: the workflow is skipped when every changed file matches the list; so it runs when at least one
/// does not. Without changed files it does not run.
#[must_use]
pub fn paths_ignore_pass<S: AsRef<str>>(patterns: &[Pattern], changed: &[S]) -> PathsVerdict {
    first_file(patterns, changed, false)
}

fn first_file<S: AsRef<str>>(patterns: &[Pattern], changed: &[S], wanted: bool) -> PathsVerdict {
    for (file, path) in changed.iter().enumerate() {
        let verdict = matches_list(patterns, path.as_ref());
        if verdict.matched == wanted {
            return PathsVerdict { runs: true, decided_by: Some((file, verdict.decided_by)) };
        }
    }
    PathsVerdict { runs: false, decided_by: None }
}

#[cfg(test)]
mod tests;
