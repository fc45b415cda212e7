//! Three texts made one: what was there, what one made of it, what another made of it.

/// A part of a merged text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Lines on which both agree.
    Agreed(String),
    /// Lines that both changed, each in another way.
    Conflict {
        /// As they were.
        base: String,
        /// As they are here.
        ours: String,
        /// As they are there.
        theirs: String,
    },
}

/// Which lines to take of a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Those from here.
    Ours,
    /// Those from there.
    Theirs,
    /// Those from there, then those from here.
    Both,
}

/// Merges `ours` and `theirs`, which both came from `base`. One [`Piece::Agreed`] alone means that there is no conflict.
#[must_use]
pub fn merge(base: &str, ours: &str, theirs: &str) -> Vec<Piece> {
    // Markers longer than anything in the texts cannot be mistaken for a line of them.
    let width =
        [base, ours, theirs].iter().map(|text| longest_run(text)).max().unwrap_or_default().max(7) + 1;
    let mut options = diffy::MergeOptions::new();
    options.set_conflict_style(diffy::ConflictStyle::Diff3).set_conflict_marker_length(width);
    match options.merge(base, ours, theirs) {
        Ok(text) => vec![Piece::Agreed(text)],
        Err(marked) => pieces(&marked, width),
    }
}

/// The text that these pieces make with one choice for each conflict; `None` when a choice is missing.
#[must_use]
pub fn resolve(pieces: &[Piece], choices: &[Option<Choice>]) -> Option<String> {
    let mut choices = choices.iter();
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Agreed(lines) => text.push_str(lines),
            Piece::Conflict { ours, theirs, .. } => match choices.next().copied().flatten()? {
                Choice::Ours => text.push_str(ours),
                Choice::Theirs => text.push_str(theirs),
                Choice::Both => {
                    text.push_str(theirs);
                    if !theirs.is_empty() && !theirs.ends_with('\n') {
                        text.push('\n');
                    }
                    text.push_str(ours);
                }
            },
        }
    }
    Some(text)
}

/// The longest run of one of the characters that markers are made of.
fn longest_run(text: &str) -> usize {
    let (mut longest, mut run, mut last) = (0, 0, b' ');
    for byte in text.bytes() {
        run = if byte == last { run + 1 } else { 1 };
        last = byte;
        if matches!(byte, b'<' | b'>' | b'|' | b'=') {
            longest = longest.max(run);
        }
    }
    longest
}

fn pieces(marked: &str, width: usize) -> Vec<Piece> {
    let marker = |line: &str, sign: char| line.chars().take_while(|c| *c == sign).count() == width;
    let mut pieces = Vec::new();
    let mut agreed = String::new();
    // ours, base, theirs; and the one that is being read.
    let mut sides = [String::new(), String::new(), String::new()];
    let mut side = None;
    for line in marked.split_inclusive('\n') {
        match side {
            None if marker(line, '<') => {
                if !agreed.is_empty() {
                    pieces.push(Piece::Agreed(std::mem::take(&mut agreed)));
                }
                side = Some(0);
            }
            None => agreed.push_str(line),
            Some(_) if marker(line, '|') => side = Some(1),
            Some(_) if marker(line, '=') => side = Some(2),
            Some(_) if marker(line, '>') => {
                let [ours, base, theirs] = std::mem::take(&mut sides);
                pieces.push(Piece::Conflict { base, ours, theirs });
                side = None;
            }
            Some(at) => sides[at].push_str(line),
        }
    }
    if !agreed.is_empty() {
        pieces.push(Piece::Agreed(agreed));
    }
    pieces
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    const BASE: &str =
        "name: CI\non: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";

    #[test]
    fn changes_in_different_places_come_together() {
        let ours = BASE.replace("name: CI", "name: Tests");
        let theirs = BASE.replace("run: make", "run: make test");
        assert_eq!(merge(BASE, &ours, &theirs), [Piece::Agreed(theirs.replace("name: CI", "name: Tests"))]);
    }

    #[test]
    fn changes_of_the_same_line_are_a_conflict() {
        let ours = BASE.replace("on: push", "on: pull_request");
        let theirs = BASE.replace("on: push", "on: workflow_dispatch");
        let pieces = merge(BASE, &ours, &theirs);
        assert!(pieces.contains(&Piece::Conflict {
            base: "on: push\n".to_owned(),
            ours: "on: pull_request\n".to_owned(),
            theirs: "on: workflow_dispatch\n".to_owned(),
        }));
        assert_eq!(resolve(&pieces, &[Some(Choice::Ours)]).unwrap(), ours);
        assert_eq!(resolve(&pieces, &[Some(Choice::Theirs)]).unwrap(), theirs);
        assert!(
            resolve(&pieces, &[Some(Choice::Both)])
                .unwrap()
                .contains("on: workflow_dispatch\non: pull_request\n")
        );
        assert_eq!(resolve(&pieces, &[None]), None);
    }

    #[test]
    fn lines_that_look_like_markers_are_lines() {
        let base = "a\n<<<<<<< x\n|||||||\n=======\n>>>>>>> y\nb\n";
        let pieces = merge(base, &base.replace("b\n", "ours\n"), &base.replace("b\n", "theirs\n"));
        assert_eq!(resolve(&pieces, &[Some(Choice::Ours)]).unwrap(), base.replace("b\n", "ours\n"));
    }

    fn text() -> impl Strategy<Value = String> {
        let line = prop_oneof![
            "[ab]{0,2}",
            Just("=======".to_owned()),
            Just("<<<<<<<<".to_owned()),
            Just("é\r".to_owned())
        ];
        (proptest::collection::vec(line, 0..8), any::<bool>())
            .prop_map(|(lines, end)| lines.join("\n") + if end { "\n" } else { "" })
    }

    proptest! {
        #[test]
        fn one_sided_changes_are_taken(base in text(), new in text()) {
            prop_assert_eq!(resolve(&merge(&base, &new, &base), &[]), Some(new.clone()));
            prop_assert_eq!(resolve(&merge(&base, &base, &new), &[]), Some(new.clone()));
            prop_assert_eq!(resolve(&merge(&base, &new, &new), &[]), Some(new));
        }

        #[test]
        fn every_conflict_can_be_settled(base in text(), ours in text(), theirs in text()) {
            let pieces = merge(&base, &ours, &theirs);
            let count = pieces.iter().filter(|piece| matches!(piece, Piece::Conflict { .. })).count();
            prop_assert!(resolve(&pieces, &vec![Some(Choice::Both); count]).is_some());
        }
    }
}
