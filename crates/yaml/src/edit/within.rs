//! A text over several lines changes where it differs, and keeps its lines.

use super::scalar;
use crate::{Change, Node, Scalar, ScalarStyle, TextRange, Tree};

/// The change that makes `text` of a node whose text runs on over lines of its own choice, in quotes or plain. Only what
/// differs is written, on the line where it stands. `None`: it can only be written anew, or stands on one line, or is a
/// block.
pub(super) fn change(node: &Node<'_>, text: &str, eol: &str) -> Option<Vec<Change>> {
    let style = node.scalar_style()?;
    if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) || !node.source().contains('\n') {
        return None;
    }
    let Some(Scalar::Str(old)) = node.scalar() else { return None };
    let (start, end) = differing(old, text);
    // A blank beside a line break is no blank of the text: then the lines on both sides are joined there.
    let (wide_start, wide_end) =
        (old[..start].trim_end_matches(' ').len(), old.len() - old[end..].trim_start_matches(' ').len());
    let pad = continuation(node.source());
    let places = [(start, end, true), (start, end, false), (wide_start, wide_end, false)];
    places.into_iter().find_map(|(start, end, is_tight)| {
        let insert = text.get(start..text.len() - (old.len() - end))?;
        let end_at = if is_tight { behind(node, old, end)? } else { node.offset_of(end) };
        let start_at = if is_tight && start == end { end_at } else { node.offset_of(start) };
        let range = TextRange::new(start_at, end_at.max(start_at));
        let change = Change { range, insert: as_written(insert, style, eol, pad) };
        is_meant(node, &change, text).then(|| vec![change])
    })
}

/// Behind the character before `index`: before the blanks and line breaks that are folded there. `None`: it is written as
/// something else.
fn behind(node: &Node<'_>, old: &str, index: usize) -> Option<u32> {
    let last = old[..index].chars().next_back()?;
    let at = node.offset_of(index - last.len_utf8());
    let rest = node.tree().text().get(at as usize..)?;
    let is_doubled = node.scalar_style() == Some(ScalarStyle::SingleQuoted) && rest.starts_with("''");
    let len = if is_doubled { 2 } else { last.len_utf8() };
    rest.starts_with(last).then(|| at.saturating_add(u32::try_from(len).unwrap_or_default()))
}

/// The blanks before the first line below the one where it starts.
fn continuation(source: &str) -> &str {
    let line = source.lines().skip(1).find(|line| !line.trim().is_empty()).unwrap_or_default();
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// A part of a text as it stands in these quotes; each row of line breaks has one more than the text, as one alone is read
/// as a space.
fn as_written(part: &str, style: ScalarStyle, eol: &str, pad: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for (at, line) in part.split('\n').enumerate() {
        if at > 0 {
            out.push_str(eol);
        }
        if at > 0 && !line.is_empty() {
            out.push_str(eol);
            out.push_str(pad);
        }
        out.push_str(&scalar::within_quotes(line, style));
    }
    out
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
            ("a: \"x\n  y\"\nb: 1\n", "x \"y", "a: \"x\n  \\\"y\"\nb: 1\n"),
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
