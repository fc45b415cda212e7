//! What holds for the tree of every text.
#![allow(clippy::unwrap_used)]

mod common;

use proptest::prelude::*;
use stepladder_yaml::{Kind, ScalarStyle, Tree};

/// Everything that must hold, and everything that must not panic.
fn check(text: &str, thorough: bool) {
    let tree = Tree::parse(text);
    assert_eq!(tree.text(), text);
    let len = u32::try_from(text.len()).unwrap();
    for problem in tree.problems() {
        assert!(text.get(problem.range.to_usize()).is_some(), "{problem:?}");
        assert!(problem.message.ends_with(['.', '`', '\'']), "{problem:?}");
    }
    for range in tree.broken() {
        assert!(text.get(range.to_usize()).is_some(), "{range:?}");
    }
    assert!(tree.comments().windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
    for comment in tree.comments() {
        assert!(tree.slice(comment.range).starts_with('#'));
    }
    // A carriage return alone is a line break to the parser in some places only.
    let has_lone_return = text.contains('\r') && text.replace("\r\n", "").contains('\r');
    for node in tree.nodes() {
        let (range, full) = (node.range(), node.full_range());
        assert!(text.get(range.to_usize()).is_some() && full.covers(range), "{node:?}");
        assert!(text.get(full.to_usize()).is_some() && full.end <= len);
        assert!(text.get(node.content_range().to_usize()).is_some());
        if let Some(parent) = node.parent() {
            assert!(
                parent.range().covers(full) || !tree.problems().is_empty(),
                "{parent:?} {node:?} in {text:?}"
            );
            assert!(!thorough || parent.children().any(|child| child == node));
        }
        if let Some(next) = node.next_sibling() {
            assert!(full.end <= next.full_range().start, "{node:?} {next:?} in {text:?}");
        }
        let entry = node.entry_range();
        assert!(text.get(entry.to_usize()).is_some() && entry.covers(range) || node.is_key(), "{node:?}");
        if let Some(indicator) = node.indicator() {
            let found = text.as_bytes()[indicator as usize];
            assert!(found == b':' || found == b'-' || !tree.problems().is_empty(), "{node:?}");
        }
        if node.kind() == Kind::Scalar && tree.problems().is_empty() && !has_lone_return {
            places(&tree, node);
        }
        if thorough {
            let found = tree.node(node.id());
            assert!(found == node && node.resolve().kind() != Kind::Alias || node.kind() == Kind::Alias);
            let _ = (node.path(), node.leading_comments(), node.trailing_comment(), node.block_header());
        }
    }
    if thorough {
        for offset in 0..=len {
            if let Some(node) = tree.node_at(offset) {
                assert!(node.descendants().all(|below| below == node
                    || !below.range().is_empty()
                    || below.range().end != node.range().start
                    || below.is_key()
                    || below.kind() == Kind::Scalar));
            }
            let _ = tree.block_at(offset);
        }
    }
}

/// Each character of a decoded scalar stands where `offset_of` says.
fn places(tree: &Tree, node: stepladder_yaml::Node<'_>) {
    let Some(text) = node.as_str() else { return };
    // Behind a tab the parser reads over a comment within a plain scalar.
    let is_plain = node.scalar_style() == Some(ScalarStyle::Plain);
    if is_plain && node.source().lines().skip(1).any(|line| line.trim().starts_with('#')) {
        return;
    }
    let mut last = 0;
    // Long texts are checked at some places only.
    let step = 1 + text.len() / 100;
    for (index, c) in text.char_indices().step_by(step) {
        let offset = node.offset_of(index);
        assert!(offset >= last, "{node:?} at {index}");
        last = offset;
        let found = tree.text()[offset as usize..].chars().next();
        let is_it = found == Some(c)
            || matches!(found, Some('\\' | '\'' | '\r'))
            || (c.is_whitespace() && matches!(found, Some('\n')))
            || (c == '\n' && offset == node.content_range().end);
        assert!(is_it, "{node:?}: {c:?} at {index} is placed at {found:?}");
    }
}

#[test]
fn fixtures_hold() {
    for (name, text) in common::fixtures() {
        println!("{name}");
        check(&text, true);
    }
    check(&common::generated(5000), false);
}

#[test]
fn fixtures_but_the_broken_one_have_no_problems() {
    for (name, text) in common::fixtures() {
        let tree = Tree::parse(text);
        assert_eq!(tree.problems().is_empty(), !name.contains("broken"), "{name}: {:#?}", tree.problems());
    }
    assert_eq!(Tree::parse(common::generated(5000)).problems(), []);
}

#[test]
fn every_prefix_has_a_tree() {
    for (_, text) in common::fixtures() {
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            check(&text[..end], false);
        }
    }
}

#[test]
fn every_line_may_be_missing_or_cut() {
    for (_, text) in common::fixtures() {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for at in 0..lines.len() {
            let without = [&lines[..at], &lines[at + 1..]].concat().concat();
            check(&without, false);
            let half: String = lines[at].chars().take(lines[at].chars().count() / 2).collect();
            let cut = [lines[..at].concat(), half, "\n".to_owned(), lines[at + 1..].concat()].concat();
            check(&cut, false);
        }
    }
}

/// The parser puts the value that such a key lacks where the next one starts, which is read in another column here.
#[test]
fn a_key_without_a_value_ends_before_one_that_is_moved() {
    for text in [
        "a:\n  b: 1\n  ?  c:\n      - d\n run: e\n  with: f\n",
        "a:\n  b: 1\n  ? c\n run: e\n  with: f\n",
        "a:\n  b: 1\n  ?  c:\n      - d\n   ---\n run: e\n     name: !!str 12\n        with: {a: f}\n",
    ] {
        println!("{text}");
        check(text, true);
    }
}

#[test]
fn conformance_files_hold() {
    for (name, text) in common::conformance() {
        println!("{name}");
        check(&text, false);
    }
}

#[test]
fn ten_megabytes_end() {
    let text = common::generated(480_000);
    assert!(text.len() > 10_000_000);
    assert_eq!(Tree::parse(text.as_str()).problems(), []);
    let broken = text.replacen("name: Step 3\n", "name: Step: 3\n", 3);
    let tree = Tree::parse(broken);
    assert!(!tree.problems().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: common::cases(400), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_a_tree(text in "\\PC{0,80}") {
        check(&text, true);
    }

    #[test]
    fn any_yaml_like_text_has_a_tree(
        text in "([ ]{0,6}(- )?[a-c]{0,2}[:]?[ ]?([a-z&*!|>'\"{}\\[\\],#%@`?~\\\\-]{0,4}|[|>][-+]?|&a|\\*a|\\$\\{\\{ x \\}\\}|é😀)?(\r\n|\n|\n\n|\t|\u{feff})){0,12}"
    ) {
        check(&text, true);
    }

    #[test]
    fn damaged_fixtures_have_a_tree(
        pick in any::<prop::sample::Index>(),
        damage in prop::collection::vec(
            (
                any::<prop::sample::Index>(),
                0usize..12,
                prop::sample::select(vec![
                    "", ":", ": ", "- ", "\t", "\n", "\r\n", "  ", "'", "\"", "[", "]", "{", "}", "#", " # ", "&", "*", "!", "|",
                    ">", "%", "@", "`", "?", ",", "---\n", "...\n", "\u{feff}", "é", "😀", "\u{0}", "\\", "a", "a: b", "\n\n   ",
                ]),
            ),
            1..4,
        )
    ) {
        let fixtures = common::fixtures();
        let mut text = pick.get(&fixtures).1.clone();
        for (at, len, insert) in damage {
            let boundaries: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
            let start = at.index(boundaries.len());
            let end = (start + len).min(boundaries.len() - 1);
            text.replace_range(boundaries[start]..boundaries[end], insert);
        }
        check(&text, true);
    }
}
