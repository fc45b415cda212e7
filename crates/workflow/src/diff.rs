//! What changed between two texts, line by line.

use similar::{ChangeTag, DiffOp, TextDiff};
use stepladder_yaml::{Change, TextEdit, TextRange};

/// Lines that are shown around a change, as everybody's `diff` does.
pub const AROUND: usize = 3;

/// Whether a line stayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In both texts.
    Kept,
    /// In the old text only.
    Gone,
    /// In the new text only.
    New,
}

/// A line of either text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whether it stayed.
    pub kind: Kind,
    /// Its number in the old text, from 1.
    pub old: Option<usize>,
    /// Its number in the new text, from 1.
    pub new: Option<usize>,
    /// The line, without its end.
    pub text: String,
}

/// Changes that stand close together, with the lines around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// Its lines, in order; of each change the old ones first.
    pub lines: Vec<Line>,
    /// Takes its changes back, in bytes of the new text.
    pub revert: TextEdit,
}

impl Hunk {
    /// How many of its lines are of that kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.lines.iter().filter(|line| line.kind == kind).count()
    }
}

/// The changes from `old` to `new`, with up to `around` lines around each; those that would share lines share a hunk.
#[must_use]
pub fn hunks(old: &str, new: &str, around: usize) -> Vec<Hunk> {
    let diff = TextDiff::from_lines(old, new);
    let (old_starts, new_starts) = (starts(old), starts(new));
    let slice = |starts: &[u32], range: std::ops::Range<usize>| {
        TextRange::new(starts[range.start], starts[range.end])
    };
    diff.grouped_ops(around)
        .iter()
        .filter(|ops| ops.iter().any(|op| !matches!(op, DiffOp::Equal { .. })))
        .map(|ops| {
            let changed = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
            let back = changed.map(|op| Change {
                range: slice(&new_starts, op.new_range()),
                insert: old[slice(&old_starts, op.old_range()).to_usize()].to_owned(),
            });
            Hunk {
                revert: TextEdit::new(back.collect()).unwrap_or_default(),
                lines: ops.iter().flat_map(|op| diff.iter_changes(op)).map(|change| line(&change)).collect(),
            }
        })
        .collect()
}

fn line(change: &similar::Change<&str>) -> Line {
    Line {
        kind: match change.tag() {
            ChangeTag::Equal => Kind::Kept,
            ChangeTag::Delete => Kind::Gone,
            ChangeTag::Insert => Kind::New,
        },
        old: change.old_index().map(|at| at + 1),
        new: change.new_index().map(|at| at + 1),
        text: change.value().trim_end_matches(['\n', '\r']).to_owned(),
    }
}

/// Where each line starts, and the end of the text.
fn starts(text: &str) -> Vec<u32> {
    let mut at = 0;
    let ends = text.split_inclusive('\n').map(|line| {
        at += u32::try_from(line.len()).unwrap_or(u32::MAX);
        at
    });
    std::iter::once(0).chain(ends).collect()
}

/// The changes in the unified form of `diff -u`, named after the file; empty when there are none.
#[must_use]
pub fn unified(name: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(AROUND).header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OLD: &str = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
    const NEW: &str = "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10\n11\n12\n13\n";

    #[test]
    fn shows_changes_with_lines_around() {
        assert_eq!(
            unified("f", OLD, NEW),
            "--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n@@ -10,3 +10,4 @@\n 10\n 11\n 12\n+13\n"
        );
        assert_eq!(unified("f", OLD, OLD), "");
    }

    #[test]
    fn near_changes_share_a_hunk() {
        assert_eq!(unified("f", "a\nb\nc\nd\n", "A\nb\nc\nD\n").matches("@@ -").count(), 1);
    }

    #[test]
    fn a_hunk_is_taken_back_alone() {
        let found = hunks(OLD, NEW, AROUND);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].revert.apply(NEW), NEW.replace("five", "5"));
        assert_eq!(found[1].revert.apply(NEW), NEW.replace("13\n", ""));
        let gone = found[0].lines.iter().find(|line| line.kind == Kind::Gone).expect("a line went");
        assert_eq!((gone.old, gone.new, gone.text.as_str()), (Some(5), None, "5"));
        assert_eq!((found[1].count(Kind::New), found[1].count(Kind::Gone)), (1, 0));
    }

    #[test]
    fn ends_of_lines_are_changes_too() {
        let found = hunks("a\r\nb", "a\r\nb\r\n", AROUND);
        assert_eq!(found[0].revert.apply("a\r\nb\r\n"), "a\r\nb");
        assert_eq!(found[0].lines[0].text, "a");
    }

    proptest! {
        #[test]
        fn all_hunks_taken_back_give_the_old_text(old in "([ab]?\r?\n){0,12}[ab]?", new in "([ab]?\r?\n){0,12}[ab]?") {
            let mut text = new.clone();
            // From the end, so that the places of those before stay.
            for hunk in hunks(&old, &new, 1).iter().rev() {
                text = hunk.revert.apply(&text);
            }
            prop_assert_eq!(text, old);
        }
    }
}
