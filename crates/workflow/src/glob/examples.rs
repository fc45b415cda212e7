//! Sample values for a pattern, so that a form can show what it means.

use super::{One, Pattern, Target, Token};

/// Up to three different values that `text` matches (a leading `!` is left out of account), the most natural first.
/// Empty when the pattern is broken.
#[must_use]
pub fn examples(text: &str, target: Target) -> Vec<String> {
    let (pattern, problems) = Pattern::parse(text, target);
    if !problems.iter().all(|problem| problem.kind == super::ProblemKind::SingleClass) {
        return Vec::new();
    }
    let mut found: Vec<String> = Vec::new();
    for variant in 0..4 {
        let value = fill(&pattern.tokens, target, variant);
        let usable = !value.is_empty()
            && !value.starts_with('/')
            && !value.ends_with('/')
            && (target != Target::Ref || !value.ends_with('.'));
        if usable && !found.contains(&value) && pattern.matches(&value) {
            found.push(value);
        }
    }
    found.truncate(3);
    found
}

fn fill(tokens: &[Token], target: Target, variant: usize) -> String {
    let mut out = String::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::One(one) => out.push(pick(one, variant)),
            Token::Maybe(one) => {
                if variant.is_multiple_of(2) {
                    out.push(pick(one, variant));
                }
            }
            Token::Many(one) => {
                out.push(pick(one, variant + 1));
                if variant % 3 == 1 {
                    out.push(pick(one, variant + 2));
                }
            }
            Token::Star => out.push_str(word(&out, tokens.get(at + 1), target, variant)),
            Token::DoubleStar => {
                if variant % 2 == 1 {
                    out.push_str(if out.is_empty() || out.ends_with('/') { "docs/" } else { "x/" });
                }
                out.push_str(word(&out, tokens.get(at + 1), target, variant));
            }
            Token::MaybeDirectories => {}
            Token::Directories => out.push_str(["", "docs/", "src/app/", ""][variant % 4]),
        }
    }
    out
}

/// A run of characters without `/` that looks natural after `before` and in front of `next`.
fn word(before: &str, next: Option<&Token>, target: Target, variant: usize) -> &'static str {
    let last = next.is_none();
    let has_dot_behind = matches!(next, Some(Token::One(One::Char('.'))));
    let starts = before.is_empty() || before.ends_with('/');
    let is_number_begun =
        before.strip_suffix('.').is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()));
    let is_version =
        before.strip_suffix('v').is_some_and(|front| front.is_empty() || front.ends_with(['/', '-']));
    let words: [&str; 4] = if is_number_begun || has_dot_behind && is_version {
        // One number of several: `v*.*` means `v1.2`.
        if is_number_begun { ["0", "2", "4", "1"] } else { ["1", "2", "3", "0"] }
    } else if before.ends_with(|c: char| c.is_ascii_digit()) {
        [".1", ".2.3", "-rc", ""]
    } else if is_version {
        ["1.0", "2", "1.2.3", "0.9"]
    } else if starts && has_dot_behind && target == Target::Ref {
        ["1", "2", "3", "0"]
    } else if starts {
        match target {
            Target::Path if last => ["README.md", "main.py", "notes.txt", "a.c"],
            Target::Path => ["main", "index", "notes", "a"],
            Target::Ref if before.is_empty() => ["main", "develop", "next", "v1"],
            _ => ["login", "fix-42", "new-page", "a"],
        }
    } else if before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        ["-1", "-one", "2", ""]
    } else {
        ["1", "one", "2.0", "x"]
    };
    words[variant % 4]
}

/// A character of the set, another one for another variant where there are several.
fn pick(one: &One, variant: usize) -> char {
    match one {
        One::Char(c) => *c,
        One::Class(ranges) => {
            let (low, high) = ranges.get(variant % ranges.len().max(1)).copied().unwrap_or(('a', 'a'));
            let step = u32::try_from(variant / ranges.len().max(1)).unwrap_or(0);
            char::from_u32(u32::from(low) + step).filter(|c| *c <= high).unwrap_or(low)
        }
    }
}
