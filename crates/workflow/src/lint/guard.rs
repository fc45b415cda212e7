//! The last look at fixes before they are given away: the text after one is YAML as before, and a safe one changes
//! nothing but what it writes.

use stepladder_yaml::{Kind, Node, TextEdit, TextRange, Tree};

use super::Cx;
use crate::{Finding, Fix};

/// Most fixes of one file that are tried one by one.
const MOST: usize = 24;

/// Takes away the fixes that would do harm.
pub(super) fn look(cx: &Cx<'_>, findings: &mut [Finding]) {
    let fixes = || findings.iter().filter_map(|finding| finding.fix.as_ref()).filter(|fix| !is_word(cx, fix));
    if fixes().next().is_none() {
        return;
    }
    // One reading is enough where all of them together do no harm.
    let together = |safe: bool| {
        let changes =
            fixes().filter(|fix| fix.safe || !safe).flat_map(|fix| fix.edit.changes().iter().cloned());
        let changes: Vec<_> = changes.collect();
        changes.is_empty() || TextEdit::new(changes).is_some_and(|edit| is_harmless(cx.tree, &edit, safe))
    };
    let (safe, all) = (together(true), together(false));
    if safe && all {
        return;
    }
    let mut tried = 0;
    for finding in findings {
        let Some(fix @ Fix { edit, safe: is_safe, .. }) = &finding.fix else { continue };
        if is_word(cx, fix) || if *is_safe { safe } else { all } {
            continue;
        }
        tried += 1;
        let unknown = tried > MOST;
        if (unknown && *is_safe) || !unknown && !is_harmless(cx.tree, edit, *is_safe) {
            finding.fix = None;
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
}
