//! The last look at fixes before they are given away: the text after one is YAML as before, and a safe one changes
//! nothing but what it writes.

use stepladder_yaml::{Kind, Node, TextEdit, TextRange, Tree};

use super::Cx;
use crate::{Finding, Fix};

/// Most readings of one text for this; where there are more bad fixes than they tell apart, doubtful ones go.
const MOST: usize = 24;

/// Takes away the fixes that would do harm.
pub(super) fn look(cx: &Cx<'_>, findings: &mut [Finding]) {
    let mut readings = 0;
    for safe in [true, false] {
        let is_asked = |finding: &&mut Finding| {
            finding.fix.as_ref().is_some_and(|fix| fix.is_safe() == safe && !is_word(cx, fix))
        };
        let mut asked: Vec<&mut Finding> = findings.iter_mut().filter(is_asked).collect();
        while !asked.is_empty() {
            // Those that touch no place of another are tried at once.
            let (mut apart, mut rest): (Vec<&mut Finding>, Vec<&mut Finding>) = (Vec::new(), Vec::new());
            let mut end = 0;
            for finding in asked {
                let ranges =
                    || finding.fix.iter().flat_map(|fix| fix.edit.changes()).map(|change| change.range);
                let [from, to] =
                    [ranges().map(|range| range.start).min(), ranges().map(|range| range.end).max()];
                if apart.is_empty() || from.is_some_and(|from| from > end) {
                    end = to.unwrap_or(end);
                    apart.push(finding);
                } else {
                    rest.push(finding);
                }
            }
            sift(cx.tree, &mut apart, safe, &mut readings);
            asked = rest;
        }
    }
}

/// Takes away those of some fixes that do harm. One reading is enough where all of them together do none.
fn sift(tree: &Tree, findings: &mut [&mut Finding], safe: bool, readings: &mut usize) {
    let edits = findings.iter().filter_map(|finding| finding.fix.as_ref()).map(|fix| &fix.edit);
    let changes: Vec<_> = edits.flat_map(|edit| edit.changes().iter().cloned()).collect();
    *readings += 1;
    let unknown = *readings > MOST;
    if changes.is_empty()
        || !unknown && TextEdit::new(changes).is_some_and(|edit| is_harmless(tree, &edit, safe))
    {
        return;
    }
    match findings {
        [] => {}
        // What nobody could look at may stay where a person does.
        [_] if unknown && !safe => {}
        [finding] => finding.fix = None,
        findings => {
            let (first, second) = findings.split_at_mut(findings.len() / 2);
            sift(tree, first, safe, readings);
            sift(tree, second, safe, readings);
        }
    }
}

/// Whether a fix writes one word for another, which needs no look: most do, and a look is a reading of the whole text.
fn is_word(cx: &Cx<'_>, fix: &Fix) -> bool {
    let is_plain = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/' | b'@'))
    };
    let is_read_otherwise = |word: &str| {
        ["true", "false", "null", "yes", "no", "on", "off"].iter().any(|read| read.eq_ignore_ascii_case(word))
    };
    fix.edit.changes().iter().all(|change| {
        let old = cx.tree.slice(change.range);
        [old, &change.insert].iter().all(|text| is_plain(text) && !is_read_otherwise(text))
    })
}

fn is_harmless(tree: &Tree, edit: &TextEdit, safe: bool) -> bool {
    let after = tree.parse_alike(edit.apply(tree.text()));
    if after.problems().len() > tree.problems().len() {
        return false;
    }
    if !safe {
        return true;
    }
    let written: Vec<TextRange> = edit.changes().iter().map(|change| change.range).collect();
    let (old, new) = (tree.documents(), after.documents());
    old.len() == new.len()
        && old.iter().zip(new).all(|(old, new)| is_kept(&tree.node(*old), &after.node(*new), &written))
}

/// Whether a value is the same afterwards, but for the scalars that are written anew.
fn is_kept(old: &Node<'_>, new: &Node<'_>, written: &[TextRange]) -> bool {
    if old.kind() != new.kind() || old.tag() != new.tag() {
        return false;
    }
    if matches!(old.kind(), Kind::Sequence | Kind::Mapping) {
        let now: Vec<_> = new.children().collect();
        let mut was: Vec<_> = old.children().collect();
        if was.len() > now.len() {
            // What is taken away, as one that stands there twice.
            was.retain(|node| !written.iter().any(|change| change.covers(node.full_range())));
        }
        return was.len() == now.len() && was.iter().zip(&now).all(|(old, new)| is_kept(old, new, written));
    }
    let range = old.full_range();
    let is_written = || written.iter().any(|change| change.start < range.end && range.start < change.end);
    old.alias_name() == new.alias_name() && old.as_str() == new.as_str() && old.scalar() == new.scalar()
        || is_written()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_harms_other_values_is_no_safe_fix() {
        for (text, find, write, good) in [
            ("a: ${{ !b }}\nc: d\n", "${{ !b }}", "!b", false),
            ("a: ${{ !b }}\nc: d\n", "${{ !b }}", "'!b'", true),
            ("a: !b && c\n", "&& ", "", true),
            ("a: x\nb: y\n", "x\n", "x ", false),
            ("a: x\nb: y\n", "x", "'*' != z", false),
            ("a: &x y\nb: *x\n", "&x ", "", false),
            ("A: y # c\n", "A", "a", true),
            ("a: [x, y]\n", "x", "x, z", false),
            ("a: [x, y, x]\n", ", x]", "]", true),
            ("a:\n  - x\n  - x\nb: c\n", "  - x\nb", "b", true),
            ("a: [x, y]\n", "x, y", "xy", false),
            ("a: x\nb: c\nd: e\n", "b: c\n", "", true),
        ] {
            let tree = Tree::parse(text);
            let start = u32::try_from(text.find(find).unwrap_or_default()).unwrap_or_default();
            let end = start + u32::try_from(find.len()).unwrap_or_default();
            let edit = TextEdit::replace(TextRange::new(start, end), write);
            assert_eq!(is_harmless(&tree, &edit, true), good, "{text:?}: {write:?}");
        }
    }

    #[test]
    fn a_bad_fix_among_many_is_found() {
        let text: String = (0..40).map(|at| format!("k{at}: v\n")).collect();
        let tree = Tree::parse(text.as_str());
        let finding = |at: usize| {
            let start = text.find(&format!("k{at}:")).unwrap_or_default();
            let start = u32::try_from(start + format!("k{at}: ").len()).unwrap_or_default();
            let write = if at == 27 { "[" } else { "'w'" };
            let fix = Fix::safe("", TextEdit::replace(TextRange::new(start, start + 1), write));
            crate::lint::rules::ALL[0].at(TextRange::empty(start), "").with_fix(fix)
        };
        let mut findings: Vec<Finding> = (0..40).map(finding).collect();
        let mut readings = 0;
        sift(&tree, &mut findings.iter_mut().collect::<Vec<_>>(), true, &mut readings);
        let gone: Vec<_> = (0..40).filter(|at| findings[*at].fix.is_none()).collect();
        assert_eq!(gone, [27]);
        assert!(readings < 16, "{readings}");
    }
}
