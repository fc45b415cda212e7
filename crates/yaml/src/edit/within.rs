//! A text over several lines changes where it differs, and keeps its lines.

use crate::{Change, Node, Scalar, ScalarStyle, TextRange, Tree};

/// The change that makes `text` of a node whose text runs on over lines of its own choice, in quotes or plain. Only what
/// differs is written, on the line where it stands. `None`: it can only be written anew, or stands on one line, or is a
/// block.
pub(super) fn change(node: &Node<'_>, text: &str) -> Option<Vec<Change>> {
    let style = node.scalar_style()?;
    if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) || !node.source().contains('\n') {
        return None;
    }
    let Some(Scalar::Str(old)) = node.scalar() else { return None };
    let (start, end) = differing(old, text);
    // A blank beside a line break is no blank of the text: then the lines on both sides are joined there.
    let (wide_start, wide_end) =
        (old[..start].trim_end_matches(' ').len(), old.len() - old[end..].trim_start_matches(' ').len());
    [(start, end), (wide_start, wide_end)].into_iter().find_map(|(start, end)| {
        let insert = text.get(start..text.len() - (old.len() - end))?;
        if insert.contains('\n') {
            return None;
        }
        let range = TextRange::new(node.offset_of(start), node.offset_of(end));
        let change = Change { range, insert: insert.to_owned() };
        is_meant(node, &change, text).then(|| vec![change])
    })
}

/// The bytes of `old` that differ from `new`: what is before and behind them is the same.
fn differing(old: &str, new: &str) -> (usize, usize) {
    let start = old
        .char_indices()
        .zip(new.chars())
        .find(|((_, a), b)| a != b)
        .map_or_else(|| old.len().min(new.len()), |((at, _), _)| at);
    let same: usize = old[start..]
        .chars()
        .rev()
        .zip(new[start..].chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    (start, old.len() - same)
}

fn is_meant(node: &Node<'_>, change: &Change, text: &str) -> bool {
    let source = node.tree().text();
    let (start, end) = (change.range.start as usize, change.range.end as usize);
    let changed = Tree::parse([&source[..start], &change.insert, &source[end..]].concat());
    changed
        .at(&node.path())
        .is_some_and(|node| matches!(node.scalar(), Some(Scalar::Str(now)) if now == text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::Value;
    use super::super::set::set;
    use super::*;

    #[test]
    fn a_folded_text_keeps_its_lines() {
        let old = "a:\n  if: >-  # why\n    one &&\n    two ||\n    three\n  b: 1\n";
        for (text, new) in [
            ("one && two || three && four", old.replace("three", "three && four")),
            ("one && 2 || three", old.replace("two", "2")),
            ("one && two || ", old.replace("two ||\n    three", "two || ")),
            ("one && two ||", old.replace("\n    three", "")),
            ("two || three", old.replace("one &&\n    two", "two")),
            ("one &&  || three", old.replace("one &&\n    two ||", "one &&  ||")),
        ] {
            let tree = Tree::parse(old);
            let after = set(&tree, &"a.if".parse().unwrap(), &Value::Str(text.to_owned()));
            assert_eq!(after.unwrap().apply(old), new, "{text}");
        }
    }

    #[test]
    fn so_does_one_in_quotes_or_plain() {
        for (old, text, new) in [
            ("a: \"x\n  y\"\nb: 1\n", "x yz", "a: \"x\n  yz\"\nb: 1\n"),
            ("a: \"x\n  y\"\nb: 1\n", "x \"y", "a: \"x \\\"y\"\nb: 1\n"),
            ("a: 'x\n\n  y'\n", "x\nz", "a: 'x\n\n  z'\n"),
            ("a: x\n  y # c\n", "x yz", "a: x\n  yz # c\n"),
            ("a: [\"x\n  y\"]\n", "x yz", "a: [\"x\n  yz\"]\n"),
        ] {
            let tree = Tree::parse(old);
            let path = if old.contains('[') { "a[0]" } else { "a" }.parse().unwrap();
            assert_eq!(set(&tree, &path, &Value::Str(text.to_owned())).unwrap().apply(old), new);
        }
    }
}
