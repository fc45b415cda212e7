//! The same thing in another shape: a list of events as a mapping, a name as a mapping with that name. Only what tells the shapes apart is written; words and comments stay where they are.

use stepladder_yaml::{Change, CollectionStyle, Kind, Node, Scalar, TextEdit, TextRange, Tree};

use super::Value;

/// What ends a line in this text.
pub(super) fn newline(tree: &Tree) -> &'static str {
    let text = tree.text();
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Column of the first byte of a node's entry, in bytes from its line's start.
pub(super) fn column(tree: &Tree, offset: u32) -> usize {
    let lines = tree.lines();
    (offset - lines.line_start(lines.line_of(offset))) as usize
}

/// How many columns this text goes in from one level to the next; 2 when nothing tells.
pub(super) fn indent(tree: &Tree) -> usize {
    tree.root()
        .into_iter()
        .flat_map(|root| root.entries())
        .filter(|entry| {
            entry.value.kind() == Kind::Mapping
                && entry.value.collection_style() == Some(CollectionStyle::Block)
        })
        .map(|entry| column(tree, entry.value.range().start))
        .find(|columns| (1..=8).contains(columns))
        .unwrap_or(2)
}

/// Whether `node` stands in `{}` or `[]`.
pub(super) fn in_flow(node: &Node<'_>) -> bool {
    std::iter::successors(node.parent(), Node::parent)
        .any(|parent| parent.collection_style() == Some(CollectionStyle::Flow))
}

/// `environment: prod` becomes `environment:` with `name: prod` below it, `key` being `name`.
pub(super) fn scalar_to_mapping(node: &Node<'_>, key: &str) -> Option<TextEdit> {
    let tree = node.tree();
    let range = node.full_range();
    if in_flow(node) {
        return TextEdit::new(vec![insert(range.start, &format!("{{{key}: ")), insert(range.end, "}")]);
    }
    let owner = node.key()?;
    let below = " ".repeat(column(tree, owner.slot_start()) + indent(tree));
    if tree.lines().line_of(owner.range().end) != tree.lines().line_of(range.start) {
        return TextEdit::new(vec![insert(range.start, &format!("{key}: "))]);
    }
    let before = TextRange::new(node.indicator()? + 1, range.start);
    Some(TextEdit::replace(before, format!("{}{below}{key}: ", newline(tree))))
}

/// A list in brackets as one with dashes, with the items as they are written. `None`: it is none, or its own comments and
/// line breaks would not fit.
pub(super) fn flow_to_block(list: &Node<'_>) -> Option<Value> {
    let is_flow = list.kind() == Kind::Sequence && list.collection_style() == Some(CollectionStyle::Flow);
    let tree = list.tree();
    let has_comment = tree.comments().iter().any(|comment| list.full_range().covers(comment.range));
    if !is_flow || list.is_empty() || has_comment || in_flow(list) || list.full_range() != list.range() {
        return None;
    }
    let items: Vec<String> =
        list.items().map(|item| format!("- {}", tree.slice(item.full_range()))).collect();
    let fits = items.iter().all(|item| !item.contains('\n'));
    fits.then(|| Value::Source(items.join("\n")))
}

/// The events of `on` as a mapping: each with a `:` behind it. `None`: they are one already, or cannot become one, as
/// where an alias repeats the list elsewhere.
pub(super) fn events_to_mapping(on: &Node<'_>) -> Option<TextEdit> {
    if on.anchor().is_some_and(|anchor| on.tree().aliases().any(|alias| alias.name == anchor.name)) {
        return None;
    }
    match (on.kind(), on.collection_style()) {
        (Kind::Scalar, _) => one_event_to_mapping(on),
        (Kind::Sequence, Some(CollectionStyle::Block)) => block_list_to_mapping(on),
        (Kind::Sequence, _) => flow_list_to_mapping(on),
        _ => None,
    }
}

/// Whether the event is written here, on one line, so that it can become a key.
fn is_one_word(event: &Node<'_>) -> bool {
    event.kind() == Kind::Scalar && event.block_header().is_none() && !event.source().contains('\n')
}

/// Whether an item of a list can become a key where it stands.
fn is_plain_item(event: &Node<'_>) -> bool {
    is_one_word(event) && event.anchor().is_none()
}

/// Where the value proper begins: behind the anchor, which stays for the mapping, or behind the `:`.
fn value_start(on: &Node<'_>) -> Option<u32> {
    on.anchor().map_or_else(|| Some(on.indicator()? + 1), |anchor| Some(anchor.range.end))
}

fn one_event_to_mapping(on: &Node<'_>) -> Option<TextEdit> {
    if !matches!(on.scalar(), Some(Scalar::Str(_))) || !is_one_word(on) {
        return None;
    }
    if in_flow(on) {
        return TextEdit::new(vec![insert(on.range().start, "{"), insert(on.range().end, ": }")]);
    }
    let tree = on.tree();
    let range = on.range();
    let key = on.key()?;
    if tree.lines().line_of(key.range().end) != tree.lines().line_of(range.start) {
        return Some(TextEdit::replace(TextRange::empty(range.end), ":"));
    }
    let below = " ".repeat(column(tree, key.slot_start()) + indent(tree));
    TextEdit::new(vec![
        Change { range: TextRange::new(value_start(on)?, range.end), insert: String::new() },
        insert(line_end(tree, range.end), &format!("{}{below}{}:", newline(tree), on.source())),
    ])
}

/// `  - push` becomes `  push:`; so does `- push`, since a key must stand deeper than its owner.
fn block_list_to_mapping(on: &Node<'_>) -> Option<TextEdit> {
    let tree = on.tree();
    let owner = column(tree, on.key()?.slot_start());
    let mut changes = Vec::new();
    for item in on.items() {
        let dash = item.indicator()?;
        if !is_plain_item(&item) || item.is_empty_value() {
            return None;
        }
        let start = item.full_range().start;
        let is_beside = tree.slice(TextRange::new(dash + 1, start)).bytes().all(|byte| byte == b' ');
        let range = if is_beside { TextRange::new(dash, start) } else { TextRange::new(dash, dash + 1) };
        let is_deeper = is_beside && column(tree, dash) > owner;
        let insert_before =
            if is_deeper { String::new() } else { " ".repeat((range.end - range.start) as usize) };
        changes.push(Change { range, insert: insert_before });
        changes.push(insert(item.range().end, ":"));
    }
    TextEdit::new(changes)
}

/// `[push, pull_request]` becomes one line an event, comments beside or above the event that they follow.
fn flow_list_to_mapping(on: &Node<'_>) -> Option<TextEdit> {
    let tree = on.tree();
    let range = on.range();
    if on.items().any(|item| !is_plain_item(&item)) {
        return None;
    }
    if on.is_empty() || on.items().any(|item| item.is_empty_value()) {
        return None;
    }
    if in_flow(on) {
        let brace =
            |at: u32, brace: &str| Change { range: TextRange::new(at, at + 1), insert: brace.to_owned() };
        let mut changes = vec![brace(range.start, "{")];
        changes.extend(on.items().map(|item| insert(item.full_range().end, ": null")));
        changes.push(brace(range.end - 1, "}"));
        return TextEdit::new(changes);
    }
    let key = on.key()?;
    let newline = newline(tree);
    let below = " ".repeat(column(tree, key.slot_start()) + indent(tree));
    let lines = tree.lines();
    let line_end = line_end(tree, range.end);
    let mut rows = String::new();
    let mut comments = tree.comments().iter().filter(|c| range.covers(c.range)).peekable();
    for item in on.items() {
        while let Some(comment) = comments.next_if(|c| c.range.end <= item.range().start) {
            rows.push_str(&format!("{newline}{below}{}", tree.slice(comment.range)));
        }
        rows.push_str(&format!("{newline}{below}{}:", item.source()));
        let line = lines.line_of(item.range().end);
        let last_of_line = on.items().filter(|i| lines.line_of(i.range().start) == line).last() == Some(item);
        if last_of_line && let Some(comment) = comments.next_if(|c| lines.line_of(c.range.start) == line) {
            rows.push_str(&format!(" {}", tree.slice(comment.range)));
        }
    }
    for comment in comments {
        rows.push_str(&format!("{newline}{below}{}", tree.slice(comment.range)));
    }
    TextEdit::new(vec![
        Change { range: TextRange::new(value_start(on)?, range.end), insert: String::new() },
        insert(line_end, &rows),
    ])
}

/// Where the line that holds `offset` ends, before its line break and the blanks before that.
fn line_end(tree: &Tree, offset: u32) -> u32 {
    let rest = tree.text().get(offset as usize..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default().trim_end();
    offset + u32::try_from(line.len()).unwrap_or_default()
}

/// A new list: short ones of plain words on one line, as people write them, else one item a line.
pub(super) fn list(items: &[Value]) -> Value {
    const LONGEST: usize = 64;
    let words: Option<Vec<String>> = items.iter().map(word).collect();
    match words.map(|words| format!("[{}]", words.join(", "))) {
        Some(line) if line.len() <= LONGEST => Value::Source(line),
        _ => Value::Seq(items.to_vec()),
    }
}

/// A scalar as it stands in brackets; `None`: better on a line of its own.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::Bool(value) => Some(value.to_string()),
        Value::Int(value) => Some(value.to_string()),
        Value::Number(text) => Some(text.clone()),
        Value::Str(text) => {
            let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._/@-".contains(&b))
                && !matches!(
                    text.to_ascii_lowercase().as_str(),
                    "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
                );
            if plain {
                return Some(text.clone());
            }
            (!text.chars().any(char::is_control)).then(|| format!("'{}'", text.replace('\'', "''")))
        }
        _ => None,
    }
}

pub(super) fn insert(at: u32, text: &str) -> Change {
    Change { range: TextRange::empty(at), insert: text.to_owned() }
}
