//! What an editor asks about one value that it shows alone, such as a script: offsets are those of the value's text.

use stepladder_yaml::{Path, TextRange};

use super::caret::in_braces;
use super::view::{clamp, index};
use super::{Completion, Hover, complete, hover};
use crate::edits::{self, Value};
use crate::schema::{self, Widget};
use crate::{Analysis, Env};

/// What may be written at byte `at` of `text` in an expression, were `text` the value at `path`. Ranges are in bytes of
/// `text`. Outside of `${{ }}`, and of a condition, it is nothing.
#[must_use]
pub fn complete_within(a: &Analysis, env: &Env, path: &Path, text: &str, at: usize) -> Vec<Completion> {
    let at = clamp(text, index(at));
    let is_condition =
        || schema::field_at(path, &a.tree).is_some_and(|field| field.widget == Widget::Condition);
    if !in_braces(text, at) && !is_condition() {
        return Vec::new();
    }
    let offers = |after: &Analysis, offset: u32| {
        let found = complete(after, env, offset).into_iter().filter(|offer| offer.extra.is_none());
        let here = |offer: Completion| {
            let replace = own_range(after, offer.replace, offset, (text, at))?;
            Some(Completion { replace, ..offer })
        };
        found.filter_map(here).collect()
    };
    within(a, env, path, (text, at), offers).unwrap_or_default()
}

/// What `text` becomes by each completion at byte `at`, were it the value at `path`, as far as the first place that a
/// person fills in, in the order of the list. What should no longer be used is left out.
#[must_use]
pub fn texts_within(a: &Analysis, env: &Env, path: &Path, text: &str, at: usize) -> Vec<String> {
    let mut offers = complete_within(a, env, path, text, at);
    offers.retain(|offer| !offer.deprecated);
    offers.sort_by(|one, other| (one.sort, &one.label).cmp(&(other.sort, &other.label)));
    let texts = offers.iter().map(|offer| {
        let (before, behind) = (&text[..offer.replace.start as usize], &text[offer.replace.end as usize..]);
        let begun = offer.insert.split('$').next().filter(|_| offer.is_snippet);
        match begun {
            // What follows a function's open bracket is up to the person.
            Some(begun) => format!("{before}{begun}"),
            None => format!("{before}{}{behind}", offer.insert),
        }
    });
    texts.collect()
}

/// What is known about byte `at` of `text`, as far as it stands in an expression, were `text` the value at `path`.
#[must_use]
pub fn hover_within(a: &Analysis, env: &Env, path: &Path, text: &str, at: usize) -> Option<Hover> {
    let at = clamp(text, index(at));
    if !in_braces(text, at) {
        return None;
    }
    let told = |after: &Analysis, offset: u32| {
        let found = hover(after, env, offset, None)?;
        let range = own_range(after, found.range, offset, (text, at))?;
        Some(Hover { range, ..found })
    };
    within(a, env, path, (text, at), told)?
}

/// Sees the analysis in which `text` is the value at `path`, and the offset of its byte `at`.
fn within<R>(
    a: &Analysis,
    env: &Env,
    path: &Path,
    (text, at): (&str, usize),
    see: impl FnOnce(&Analysis, u32) -> R,
) -> Option<R> {
    let written = |a: &Analysis| edits::set_field(a, path, &Value::Str(text.to_owned()));
    let edit = edits::edit_here(a, written).ok()?.edit;
    if edit.is_empty() {
        return Some(see(a, a.tree.at(path)?.resolve().offset_of(at)));
    }
    let after = Analysis::new(edit.apply(a.tree.text()), env);
    let offset = after.tree.at(path)?.offset_of(at);
    Some(see(&after, offset))
}

/// A range around the byte at `offset` of the file as one around byte `at` of the value's text; `None` where the file
/// writes it in other letters.
fn own_range(
    after: &Analysis,
    range: TextRange,
    offset: u32,
    (text, at): (&str, usize),
) -> Option<TextRange> {
    let start = at.checked_sub(offset.checked_sub(range.start)? as usize)?;
    let end = at + range.end.checked_sub(offset)? as usize;
    (text.get(start..end)? == after.tree.slice(range)).then(|| TextRange::new(index(start), index(end)))
}

#[cfg(test)]
mod tests {
    use stepladder_yaml::path;

    use super::*;

    const TEXT: &str = "on:\n  push:\n    branches: [main]\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          echo ü\n          echo 1\n";

    /// Labels and the words that give way, for the caret at `$0`.
    fn offers(path: &Path, marked: &str) -> Vec<(String, String)> {
        let (at, text) = (marked.find("$0").unwrap_or_default(), marked.replace("$0", ""));
        let analysis = Analysis::new(TEXT, &Env::default());
        complete_within(&analysis, &Env::default(), path, &text, at)
            .into_iter()
            .map(|offer| (offer.label, text[offer.replace.to_usize()].to_owned()))
            .collect()
    }

    #[test]
    fn a_script_is_completed_in_its_braces() {
        let run = path!["jobs", "a", "steps", 0, "run"];
        let has = |marked: &str, label: &str, word: &str| {
            let found = offers(&run, marked);
            assert!(found.contains(&(label.to_owned(), word.to_owned())), "{marked} {found:?}");
        };
        has("echo ü\necho ${{ $0\n", "github", "");
        has("echo ü\necho \"${{ github.re$0f }}\"\necho 2\n", "ref_name", "ref");
        has("echo ${{ runner.$0 }}", "os", "");
        has("${{ runner.$0", "os", "");
        for marked in ["echo gi$0\n", "$0", "echo ${{ github.ref }} gi$0\n", "*$0\nmake\n", "na$0: x\n"] {
            assert_eq!(offers(&run, marked), [], "{marked}");
        }
    }

    #[test]
    fn a_condition_needs_no_braces() {
        let condition = path!["jobs", "a", "if"];
        assert!(offers(&condition, "github.re$0 == 'x'").contains(&("ref".to_owned(), "re".to_owned())));
        assert!(offers(&condition, "$0").iter().any(|(label, _)| label == "github"));
    }

    #[test]
    fn a_line_is_shown_as_it_would_be() {
        let texts = |path: &Path, text: &str| {
            let analysis = Analysis::new(TEXT, &Env::default());
            texts_within(&analysis, &Env::default(), path, text, text.len())
        };
        let condition = texts(&path!["jobs", "a", "if"], "github.ref == 'x' && cont");
        assert!(condition.contains(&"github.ref == 'x' && contains(".to_owned()), "{condition:?}");
        let name = texts(&path!["jobs", "a", "name"], "For ${{ github.re");
        assert!(name.contains(&"For ${{ github.ref_name".to_owned()), "{name:?}");
        assert!(texts(&path!["jobs", "a", "name"], "github.re").is_empty());
    }

    #[test]
    fn a_script_tells_what_its_expressions_mean() {
        let analysis = Analysis::new(TEXT, &Env::default());
        let run = path!["jobs", "a", "steps", 0, "run"];
        let text = "echo ü\necho ${{ github.ref_name }}\n";
        let at = text.find("_name").unwrap_or_default();
        let found = hover_within(&analysis, &Env::default(), &run, text, at);
        assert!(found.is_some_and(|found| &text[found.range.to_usize()] == "github.ref_name"
            || &text[found.range.to_usize()] == "ref_name"));
        assert!(hover_within(&analysis, &Env::default(), &run, text, 1).is_none());
    }
}
