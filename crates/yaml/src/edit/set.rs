//! Replacing and creating values.

use super::extent::Lines;
use super::guard::{Expected, Meaning, finish};
use super::insert;
use super::locate::{Located, behind_alias, locate, wrong_kind};
use super::render::{self, Hint, Rendered, Under};
use super::scalar::{self, Spot};
use super::style::{Style, column_of};
use super::{Outcome, Place, Refusal, RefusalKind, Value, lines, source, within};
use crate::{Change, CollectionStyle, Kind, Node, Path, ScalarStyle, Step, TextRange, Tree};

pub(super) fn set(tree: &Tree, path: &Path, value: &Value) -> Outcome {
    let style = Style::of(tree);
    let mut expected = Expected::of(tree);
    let changes = changes(tree, path, value, &style, &mut expected)?;
    let outcome = finish(tree, changes, &expected);
    match (&outcome, value, locate(tree, path)) {
        (Err(refusal), Value::Str(text), Ok(Located::Found(node))) if refusal.kind == RefusalKind::Unsafe => {
            // A comment below would become a line of the text: then the text goes on one line.
            let ways: &[Way] = if text.contains('\n') { &[Way::Anew, Way::OneLine] } else { &[Way::Anew] };
            let mut others = ways.iter().map(|way| {
                replace_hinted(&node, value, &style, *way)
                    .and_then(|changes| finish(tree, changes, &expected))
            });
            others.find(Result::is_ok).unwrap_or(outcome)
        }
        _ => outcome,
    }
}

/// The changes of [`set`]; `expected` is brought up to date.
pub(super) fn changes(
    tree: &Tree,
    path: &Path,
    value: &Value,
    style: &Style,
    expected: &mut Expected,
) -> Result<Vec<Change>, Refusal> {
    let (node, depth) = match locate(tree, path)? {
        Located::Found(node) => {
            let changes = replace(&node, value, style)?;
            if let Some(old) = expected.at(path.steps()) {
                old.replace(meaning(value)?);
            }
            return Ok(changes);
        }
        Located::Missing { node, depth } => (node, depth),
    };
    let Some((first, rest)) = path.steps()[depth..].split_first() else {
        *expected.root() = meaning(value)?;
        return create_root(tree, value, style);
    };
    let value = nested(rest, value)?;
    let node = match (node, first) {
        (Some(node), Step::Key(key)) if node.kind() == Kind::Mapping => {
            insert::expect_entry(expected, &path.steps()[..depth], key, meaning(&value)?, &Place::Last);
            return insert::entry_changes(&node, key, &value, &Place::Last, style);
        }
        (Some(node), Step::Index(index)) if node.kind() == Kind::Sequence && *index == node.len() => {
            insert::expect_item(expected, &path.steps()[..depth], *index, meaning(&value)?);
            return insert::item_changes(&node, *index, &value, style);
        }
        (Some(node), _) if node.kind() == Kind::Alias => return Err(behind_alias(&node)),
        (node, _) => node,
    };
    let value = nested(std::slice::from_ref(first), &value)?;
    match node {
        Some(node) if node.is_null() => {
            if let Some(old) = expected.at(&path.steps()[..depth]) {
                old.replace(meaning(&value)?);
            }
            replace(&node, &value, style)
        }
        Some(node) => Err(wrong_kind(
            &node,
            if matches!(first, Step::Key(_)) { "keys" } else { "a list of that length" },
        )),
        None => {
            *expected.root() = meaning(&value)?;
            create_root(tree, &value, style)
        }
    }
}

pub(super) fn meaning(value: &Value) -> Result<Meaning, Refusal> {
    Meaning::of_value(value)
        .ok_or_else(|| Refusal::new(RefusalKind::Invalid, TextRange::default(), "This is not YAML."))
}

/// `value` within the mappings and lists that `steps` name.
fn nested(steps: &[Step], value: &Value) -> Result<Value, Refusal> {
    steps.iter().rev().try_fold(value.clone(), |value, step| match step {
        Step::Key(key) => Ok(Value::Map(vec![(key.clone(), value)])),
        Step::Index(0) => Ok(Value::Seq(vec![value])),
        Step::Index(index) => {
            let message = format!("A new list has no item {}: add its first item first.", index + 1);
            Err(Refusal::new(RefusalKind::Missing, TextRange::default(), message))
        }
    })
}

/// Writes the root of a document that has none.
fn create_root(tree: &Tree, value: &Value, style: &Style) -> Result<Vec<Change>, Refusal> {
    let Rendered { head, lines } = render::block(value, Under::Root, style, Hint::default())?;
    let text = tree.text();
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let ends_line = text.is_empty() || text == "\u{feff}" || text.ends_with('\n');
    let all = [vec![head], lines].concat().join(style.eol);
    let insert = if ends_line { all + style.eol } else { style.eol.to_owned() + &all };
    Ok(vec![Change { range: TextRange::empty(end), insert }])
}

/// Writes `value` in place of the node; its anchor and the comments on its line stay.
pub(super) fn replace(node: &Node<'_>, value: &Value, style: &Style) -> Result<Vec<Change>, Refusal> {
    replace_hinted(node, value, style, Way::Within)
}

/// How a text is written in place of another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Only what differs, if it can be.
    Within,
    /// As a whole, on several lines if it has some.
    Anew,
    OneLine,
}

fn replace_hinted(node: &Node<'_>, value: &Value, style: &Style, way: Way) -> Result<Vec<Change>, Refusal> {
    if let (Value::Str(text), Way::Within) = (value, way)
        && let Some(changes) =
            lines::change(node, text, style).or_else(|| within::change(node, text, style.eol))
    {
        return Ok(changes);
    }
    if is_in_brackets(node) {
        return replace_in_brackets(node, value, style);
    }
    if let Value::Source(text) = value
        && let Some(changes) = source::replace(node, text, style)?
    {
        return Ok(changes);
    }
    let tree = node.tree();
    let under = match node.parent() {
        None => Under::Root,
        Some(parent) if parent.kind() == Kind::Sequence => Under::Item(column_of(tree, node.slot_start())),
        Some(_) => Under::Entry(column_of(tree, node.slot_start())),
    };
    let base = match under {
        Under::Entry(column) | Under::Item(column) => column,
        Under::Root => 0,
    };
    let header = node.block_header();
    let (wanted, style) = chosen(node, Spot::Block, style);
    let hint = Hint {
        style: wanted,
        indent: header
            .map(|header| header.content_column as usize)
            .filter(|column| *column > base)
            .map(|column| column - base),
        gap: (Lines(tree).of(node.slot_start()) == Lines(tree).of(node.range().start)
            && !node.is_empty_value())
        .then(|| column_of(tree, node.range().start).saturating_sub(base))
        .filter(|gap| *gap >= 2 && node.full_range() == node.range()),
        one_line: way == Way::OneLine,
        own_lines: node.anchor().is_some(),
    };
    let rendered = render::block(value, under, &style, hint)?;
    if node.is_empty_value() && under == Under::Root {
        return Ok(vec![under_document_start(node, rendered, &style)]);
    }
    let lines = Lines(tree);
    let range = node.range();
    let (first_line, last_line) = (lines.of(range.start), lines.of(range.end));
    let is_block = node.collection_style() == Some(CollectionStyle::Block);
    let indicator_end = node.slot_line_end().min(range.start);
    let below = is_block && under != Under::Root && first_line > lines.of(indicator_end);
    let mut changes = Vec::new();
    if let Some(tag) = node.tag_range() {
        changes.push(Change { range: with_gap(tree, tag), insert: String::new() });
    }
    // The lines below, then what stands on the line of the key or dash.
    let block_lines = |rest: &[String]| rest.iter().fold(String::new(), |all, line| all + style.eol + line);
    let (head_range, lines_range) = if below {
        let head_end = lines.end(lines.of(indicator_end));
        (TextRange::empty(indicator_end), TextRange::new(head_end, lines.end(last_line)))
    } else if let Some(header) = header {
        let head_end = lines.end(first_line);
        (header.range, TextRange::new(head_end, range.end.max(head_end)))
    } else if is_block && last_line > first_line {
        let old = TextRange::new(range.start, lines.end(last_line));
        let insert = rendered.head + &block_lines(&rendered.lines);
        changes.push(Change { range: old, insert });
        return Ok(changes);
    } else {
        (range, TextRange::empty(lines.end(last_line)))
    };
    let needs_gap = head_range.is_empty() && under != Under::Root;
    // Both may be insertions at one place: the head goes first.
    changes.push(match (rendered.head.is_empty(), needs_gap) {
        (true, true) => Change { range: head_range, insert: String::new() },
        (true, false) => {
            Change { range: TextRange::new(indicator_end, head_range.end), insert: String::new() }
        }
        (false, true) => Change { range: head_range, insert: format!(" {}", rendered.head) },
        (false, false) => Change { range: head_range, insert: rendered.head },
    });
    changes.push(Change { range: lines_range, insert: block_lines(&rendered.lines) });
    Ok(changes)
}

/// A root in place of nothing, below the `---` that starts its document.
fn under_document_start(node: &Node<'_>, rendered: Rendered, style: &Style) -> Change {
    let tree = node.tree();
    let lines = Lines(tree);
    let mark = (0..lines.count()).find(|line| lines.text(*line).starts_with("---"));
    let at = mark.map_or(node.range().start, |line| lines.end(line));
    let text = [vec![rendered.head], rendered.lines].concat().join(style.eol);
    let insert = if mark.is_some() { style.eol.to_owned() + &text } else { text };
    Change { range: TextRange::empty(at), insert }
}

/// The tag and the space on one of its sides.
fn with_gap(tree: &Tree, tag: TextRange) -> TextRange {
    let behind = &tree.text()[tag.end as usize..];
    let spaces = behind.len() - behind.trim_start_matches(' ').len();
    TextRange::new(tag.start, tag.end + u32::try_from(spaces).unwrap_or_default())
}

pub(super) fn is_in_brackets(node: &Node<'_>) -> bool {
    node.parent().is_some_and(|parent| parent.collection_style() == Some(CollectionStyle::Flow))
}

fn replace_in_brackets(node: &Node<'_>, value: &Value, style: &Style) -> Result<Vec<Change>, Refusal> {
    let (wanted, style) = &chosen(node, Spot::Flow, style);
    let text = match (value, wanted) {
        (Value::Str(text), Some(wanted)) => {
            scalar::one_line(text, quotes_of(*wanted), Spot::Flow, style.quotes)
        }
        _ => render::flow(value, style)?,
    };
    let range = node.range();
    let mut changes = Vec::new();
    if let Some(tag) = node.tag_range() {
        changes.push(Change { range: with_gap(node.tree(), tag), insert: String::new() });
    }
    let behind = &node.tree().text()[range.end as usize..];
    let spaces = behind.len() - behind.trim_start_matches(' ').len();
    let range = if node.is_empty_value() && behind[spaces..].starts_with(',') {
        TextRange::new(range.start, range.end + u32::try_from(spaces).unwrap_or_default())
    } else {
        range
    };
    let insert = match (node.is_empty_value(), node.indicator()) {
        (false, _) => text,
        (true, Some(_)) => format!(" {text}"),
        (true, None) => format!(": {text}"),
    };
    changes.push(Change { range, insert });
    Ok(changes)
}

/// How the person wrote the value that is replaced, and the quotes to use where some are needed.
///
/// Quotes that the old text could not do without were not chosen: a text that grows letter by letter from `n`, or from
/// nothing, does not keep them.
fn chosen(node: &Node<'_>, spot: Spot, style: &Style) -> (Option<ScalarStyle>, Style) {
    let wanted = node.scalar_style();
    match wanted {
        Some(quotes @ (ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted)) => {
            let needed = node.as_str().is_some_and(|text| !scalar::is_plain(text, spot));
            (Some(if needed { ScalarStyle::Plain } else { quotes }), Style { quotes, ..*style })
        }
        _ => (wanted, *style),
    }
}

fn quotes_of(style: ScalarStyle) -> ScalarStyle {
    match style {
        ScalarStyle::Literal | ScalarStyle::Folded => ScalarStyle::Plain,
        quotes => quotes,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn quotes_that_were_only_needed_go_and_others_stay() {
        for (old, text, new) in [
            ("a: ''\n", "hot", "a: hot\n"),
            ("a: 'n'\n", "npm test", "a: npm test\n"),
            ("a: 'CI '\n", "CI now", "a: CI now\n"),
            ("a: \"3\"\n", "3.12", "a: \"3.12\"\n"),
            ("a: 'x'\n", "y z", "a: 'y z'\n"),
            ("a: [\"\", 'b']\n", "x", "a: [x, 'b']\n"),
        ] {
            let tree = Tree::parse(old);
            let path: Path = if old.contains('[') { "a[0]" } else { "a" }.parse().unwrap();
            assert_eq!(set(&tree, &path, &Value::Str(text.to_owned())).unwrap().apply(old), new);
        }
    }
}
