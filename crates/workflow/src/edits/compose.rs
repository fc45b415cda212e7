//! Two edits, one after the other, as one.

use stepladder_yaml::{Change, TextEdit, TextRange};

/// A piece of a text that is being changed.
#[derive(Clone, Debug)]
enum Piece {
    /// These bytes of the first text.
    Kept(TextRange),
    /// Bytes that were written.
    Written(String),
}

impl Piece {
    fn len(&self) -> u32 {
        match self {
            Self::Kept(range) => range.len(),
            Self::Written(text) => u32::try_from(text.len()).unwrap_or(u32::MAX),
        }
    }

    /// The bytes from `start` to `end` of this piece.
    fn part(&self, start: u32, end: u32) -> Self {
        match self {
            Self::Kept(range) => Self::Kept(TextRange::new(range.start + start, range.start + end)),
            Self::Written(text) => {
                Self::Written(text.get(start as usize..end as usize).unwrap_or_default().to_owned())
            }
        }
    }
}

/// The edit that does to a text of `len` bytes what `first` and then `second` do. Bytes that both leave alone stay
/// outside of it.
pub(super) fn compose(first: &TextEdit, second: &TextEdit, len: u32) -> TextEdit {
    let middle = replace(&[Piece::Kept(TextRange::new(0, len))], first);
    let last = replace(&middle, second);

    let mut changes = Vec::new();
    let (mut at, mut written) = (0, String::new());
    for piece in last.into_iter().chain([Piece::Kept(TextRange::empty(len))]) {
        match piece {
            Piece::Written(text) => written.push_str(&text),
            Piece::Kept(range) => {
                if range.start > at || !written.is_empty() {
                    let range = TextRange::new(at, range.start);
                    changes.push(Change { range, insert: std::mem::take(&mut written) });
                }
                at = range.end;
            }
        }
    }
    TextEdit::new(changes).unwrap_or_default()
}

fn replace(pieces: &[Piece], edit: &TextEdit) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len() + 2 * edit.changes().len());
    let mut at = 0;
    for change in edit.changes() {
        copy(pieces, at, change.range.start, &mut out);
        out.push(Piece::Written(change.insert.clone()));
        at = change.range.end;
    }
    copy(pieces, at, u32::MAX, &mut out);
    out
}

/// Adds the bytes from `start` to `end` of the text that `pieces` make.
fn copy(pieces: &[Piece], start: u32, end: u32, out: &mut Vec<Piece>) {
    let mut at = 0u32;
    for piece in pieces {
        let next = at.saturating_add(piece.len());
        let (from, to) = (start.max(at), end.min(next));
        if from < to {
            out.push(piece.part(from - at, to - at));
        }
        at = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edit_of(text: &str, cuts: &[(usize, usize, String)]) -> TextEdit {
        let mut changes: Vec<Change> = Vec::new();
        let mut cuts: Vec<_> = cuts.iter().map(|(a, b, s)| (a % (text.len() + 1), b % 4, s)).collect();
        cuts.sort();
        let mut at = 0;
        for (start, len, insert) in cuts {
            let start = start.max(at);
            let end = (start + len).min(text.len());
            if start > text.len() {
                break;
            }
            let range = TextRange::new(u32::try_from(start).unwrap_or(0), u32::try_from(end).unwrap_or(0));
            changes.push(Change { range, insert: insert.clone() });
            at = end + 1;
        }
        TextEdit::new(changes).unwrap_or_default()
    }

    proptest! {
        #[test]
        fn composed_is_one_after_the_other(
            text in "[a-e\n]{0,30}",
            one in proptest::collection::vec((0usize..40, 0usize..4, "[xyz]{0,3}"), 0..4),
            two in proptest::collection::vec((0usize..40, 0usize..4, "[XYZ]{0,3}"), 0..4),
        ) {
            let first = edit_of(&text, &one);
            let middle = first.apply(&text);
            let second = edit_of(&middle, &two);
            let both = compose(&first, &second, u32::try_from(text.len()).unwrap_or(0));
            prop_assert_eq!(both.apply(&text), second.apply(&middle));
        }
    }

    #[test]
    fn what_neither_touches_stays_outside() {
        let text = "aaa\nbbb\nccc\n";
        let first = TextEdit::replace(TextRange::new(0, 1), "x");
        let second = TextEdit::replace(TextRange::new(8, 9), "y");
        let both = compose(&first, &second, 12);
        assert_eq!(both.changes().len(), 2);
        assert_eq!(both.apply(text), "xaa\nbbb\nycc\n");
    }
}
