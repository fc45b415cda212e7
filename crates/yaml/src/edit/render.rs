//! Values as text.

use super::extent::shift;
use super::scalar::{self, Spot};
use super::style::{Style, column, column_of};
use super::{Refusal, RefusalKind, Value};
use crate::{Change, CollectionStyle, Kind, Node, Scalar, ScalarStyle, TextRange, Tree};

/// What a value hangs on, with the column of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Under {
    /// A key.
    Entry(usize),
    /// A `-`.
    Item(usize),
    Root,
}

/// How the value that is replaced was written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hint {
    pub(super) style: Option<ScalarStyle>,
    /// For block scalars: how much deeper than its parent the content is.
    pub(super) indent: Option<usize>,
    /// From the dash to what stands behind it, when that is not 2.
    pub(super) gap: Option<usize>,
    /// Whether a text must stay on one line.
    pub(super) one_line: bool,
    /// Whether a collection may not start on the line of the `-`, as when an anchor stands there.
    pub(super) own_lines: bool,
}

/// A value: `head` on the line of its key or dash (may be empty), then `lines`.
pub(super) struct Rendered {
    pub(super) head: String,
    pub(super) lines: Vec<String>,
}

impl Rendered {
    fn inline(head: impl Into<String>) -> Self {
        Self { head: head.into(), lines: Vec::new() }
    }
}

/// The value in block style.
pub(super) fn block(value: &Value, under: Under, style: &Style, hint: Hint) -> Result<Rendered, Refusal> {
    Ok(match value {
        Value::Null if matches!(under, Under::Entry(_)) => Rendered::inline(""),
        Value::Str(text) => text_block(text, under, style, hint),
        Value::Seq(items) if !items.is_empty() => {
            let column = match under {
                Under::Entry(column) => column + style.dash,
                Under::Item(column) => column + hint.gap.unwrap_or(2),
                Under::Root => 0,
            };
            let mut lines = Vec::new();
            for item in items {
                lines.extend(item_lines(item, column, style)?);
            }
            on_lines(lines, under, column, hint)
        }
        Value::Map(entries) if !entries.is_empty() => {
            let column = match under {
                Under::Entry(column) => column + style.step,
                Under::Item(column) => column + hint.gap.unwrap_or(2),
                Under::Root => 0,
            };
            let mut lines = Vec::new();
            for (key, value) in entries {
                lines.extend(entry_lines(key, value, column, style)?);
            }
            on_lines(lines, under, column, hint)
        }
        Value::Source(source) => source_block(source, under, style, hint)?,
        _ => Rendered::inline(flow(value, style)?),
    })
}

/// An entry's lines, its key at `column`.
pub(super) fn entry_lines(
    key: &str,
    value: &Value,
    column: usize,
    style: &Style,
) -> Result<Vec<String>, Refusal> {
    let value = block(value, Under::Entry(column), style, Hint::default())?;
    let gap = if value.head.is_empty() { "" } else { " " };
    let mut lines = vec![format!("{}{}:{gap}{}", " ".repeat(column), self::key(key, style), value.head)];
    lines.extend(value.lines);
    Ok(lines)
}

/// An item's lines, its `-` at `column`.
pub(super) fn item_lines(value: &Value, column: usize, style: &Style) -> Result<Vec<String>, Refusal> {
    let value = block(value, Under::Item(column), style, Hint::default())?;
    let gap = if value.head.is_empty() { "" } else { " " };
    let mut lines = vec![format!("{}-{gap}{}", " ".repeat(column), value.head)];
    lines.extend(value.lines);
    Ok(lines)
}

/// A key.
pub(super) fn key(text: &str, style: &Style) -> String {
    scalar::one_line(text, ScalarStyle::Plain, Spot::Key, style.quotes)
}

/// Lines of a block collection at `column`: behind a dash they start on its line.
fn on_lines(mut lines: Vec<String>, under: Under, column: usize, hint: Hint) -> Rendered {
    match under {
        Under::Entry(_) => Rendered { head: String::new(), lines },
        Under::Item(_) if hint.own_lines => Rendered { head: String::new(), lines },
        Under::Item(_) | Under::Root => {
            let head = lines.remove(0);
            Rendered { head: head[column.min(head.len())..].to_owned(), lines }
        }
    }
}

fn text_block(text: &str, under: Under, style: &Style, hint: Hint) -> Rendered {
    let indent = hint.indent.unwrap_or(style.step).clamp(1, 9);
    let wanted = hint.style.unwrap_or(ScalarStyle::Plain);
    let literal = || scalar::literal(text, indent);
    let block = match wanted {
        _ if hint.one_line => None,
        ScalarStyle::Literal => literal(),
        ScalarStyle::Folded => scalar::folded(text).or_else(literal),
        _ if text.contains('\n') => literal(),
        _ => None,
    };
    let Some(block) = block else {
        return Rendered::inline(scalar::one_line(text, wanted, Spot::Block, style.quotes));
    };
    let base = match under {
        Under::Entry(column) | Under::Item(column) => column,
        Under::Root => 0,
    };
    let pad = " ".repeat(base + indent);
    let lines =
        block.lines.into_iter().map(|line| if line.is_empty() { line } else { format!("{pad}{line}") });
    Rendered { head: block.head, lines: lines.collect() }
}

/// The value on one line, as it may stand in brackets.
pub(super) fn flow(value: &Value, style: &Style) -> Result<String, Refusal> {
    Ok(match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => if *value { "true" } else { "false" }.to_owned(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) if value.is_nan() => ".nan".to_owned(),
        Value::Float(value) if value.is_infinite() => if *value > 0.0 { ".inf" } else { "-.inf" }.to_owned(),
        Value::Float(value) => format!("{value:?}"),
        Value::Number(text) => text.clone(),
        Value::Str(text) => scalar::one_line(text, ScalarStyle::Plain, Spot::Flow, style.quotes),
        Value::Seq(items) => {
            let items = items.iter().map(|item| flow(item, style)).collect::<Result<Vec<_>, _>>()?;
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entries =
                entries.iter().map(|(name, value)| Ok(flow_entry(name, &flow(value, style)?, style)));
            format!("{{{}}}", entries.collect::<Result<Vec<_>, Refusal>>()?.join(", "))
        }
        Value::Source(source) => {
            let tree = read(source)?;
            tree.documents()
                .first()
                .map_or_else(|| "null".to_owned(), |root| flow_node(&tree.node(*root), style))
        }
    })
}

/// `key: value` as it may stand in brackets.
pub(super) fn flow_entry(name: &str, value: &str, style: &Style) -> String {
    format!("{}: {value}", scalar::one_line(name, ScalarStyle::Plain, Spot::FlowKey, style.quotes))
}

/// A node on one line, as it may stand in brackets; without comments.
pub(super) fn flow_node(node: &Node<'_>, style: &Style) -> String {
    let spot = if node.is_key() { Spot::FlowKey } else { Spot::Flow };
    let text = match node.kind() {
        Kind::Alias => node.source().to_owned(),
        Kind::Scalar => match (node.scalar(), node.scalar_style()) {
            (Some(Scalar::Str(text)), Some(wanted)) => scalar::one_line(text, wanted, spot, style.quotes),
            _ if node.is_empty_value() => "null".to_owned(),
            _ => node.source().to_owned(),
        },
        Kind::Sequence => {
            let items: Vec<String> = node.items().map(|item| flow_node(&item, style)).collect();
            format!("[{}]", items.join(", "))
        }
        Kind::Mapping => {
            let entries = node.entries().map(|entry| {
                // An alias takes a colon that touches it into its name.
                let gap = if entry.key.kind() == Kind::Alias { " " } else { "" };
                format!("{}{gap}: {}", flow_node(&entry.key, style), flow_node(&entry.value, style))
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    };
    let tag = node.tag().map(|tag| format!("{tag} ")).unwrap_or_default();
    let anchor = node.anchor().map(|anchor| format!("&{} ", anchor.name)).unwrap_or_default();
    format!("{anchor}{tag}{text}")
}

/// Reads source that is to be written somewhere.
pub(super) fn read(source: &str) -> Result<Tree, Refusal> {
    let tree = Tree::parse(source);
    let refuse = |message: String| Refusal::new(RefusalKind::Invalid, TextRange::default(), message);
    // An alias may find its anchor at the place where the source will stand.
    let problem =
        tree.problems().iter().find(|problem| tree.aliases().all(|alias| alias.range != problem.range));
    if let Some(problem) = problem {
        return Err(refuse(problem.message.clone()));
    }
    if tree.documents().len() > 1 {
        return Err(refuse("A value cannot hold several documents: remove the `---`.".to_owned()));
    }
    Ok(tree)
}

fn source_block(source: &str, under: Under, style: &Style, hint: Hint) -> Result<Rendered, Refusal> {
    let source = dedent(source);
    let tree = read(&source)?;
    let Some(root) = tree.documents().first().map(|id| tree.node(*id)) else {
        return Ok(Rendered::inline(if matches!(under, Under::Entry(_)) { "" } else { "null" }));
    };
    let source_lines: Vec<&str> = source.lines().collect();
    let base = match under {
        Under::Entry(column) | Under::Item(column) => column,
        Under::Root => 0,
    };
    let is_block = root.collection_style() == Some(CollectionStyle::Block);
    let line = |offset: u32| tree.lines().line_of(offset);
    let (root_line, props_line) = (line(root.range().start), line(root.full_range().start));
    if !is_block {
        // Comments above a scalar have no place behind a key.
        let head = source_lines[props_line].trim_start().to_owned();
        let rest = &source_lines[props_line + 1..];
        let least = rest.iter().filter(|line| !line.trim().is_empty()).map(|line| indent(line)).min();
        let deeper = if under == Under::Root { 0 } else { style.step.saturating_sub(least.unwrap_or(0)) };
        let delta = isize::try_from(base + deeper).unwrap_or_default();
        return Ok(Rendered { head, lines: rest.iter().map(|line| shift(line, delta)).collect() });
    }
    let target = match (under, root.kind()) {
        (Under::Entry(column), Kind::Sequence) => column + style.dash,
        (Under::Entry(column), _) => column + style.step,
        (Under::Item(column), _) => column + hint.gap.unwrap_or(2),
        (Under::Root, _) => 0,
    };
    let delta =
        isize::try_from(target).unwrap_or_default() - isize::try_from(column(&root)).unwrap_or_default();
    let has_head = props_line < root_line;
    let head = if has_head { source_lines[props_line].trim().to_owned() } else { String::new() };
    let body = source_lines.iter().enumerate().filter(|(at, _)| !(has_head && *at == props_line));
    let mut lines: Vec<String> = body.map(|(_, line)| shift(line, delta)).collect();
    let starts_with_comment = lines.first().is_some_and(|line| line.trim_start().starts_with('#'));
    if has_head || starts_with_comment && under != Under::Root {
        return Ok(Rendered { head, lines });
    }
    if starts_with_comment {
        let head = lines.remove(0);
        return Ok(Rendered { head, lines });
    }
    Ok(on_lines(lines, under, target, hint))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Without the blank lines around it and the indentation that all lines share; with `\n` as line breaks.
pub(super) fn dedent(source: &str) -> String {
    let lines: Vec<&str> = source.lines().map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    let is_blank = |line: &&str| line.trim().is_empty();
    let first = lines.iter().position(|line| !is_blank(line)).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !is_blank(line)).map_or(first, |at| at + 1);
    let lines = &lines[first..last];
    let least = lines.iter().filter(|line| !is_blank(line)).map(|line| indent(line)).min().unwrap_or(0);
    let lines: Vec<&str> = lines.iter().map(|line| &line[least.min(indent(line))..]).collect();
    lines.join("\n")
}

/// The source of a node as it would stand at the first column, with the given parts replaced.
pub(super) fn extract(node: &Node<'_>, replace: &[(TextRange, String)]) -> String {
    let tree = node.tree();
    let range = node.range();
    let base = match node.collection_style() {
        Some(CollectionStyle::Block) => column(node),
        _ => column_of(tree, node.slot_start()),
    };
    let text = with_replaced(tree, range, replace);
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or_default().trim_end_matches('\r').to_owned();
    for line in lines {
        out.push('\n');
        out.push_str(&shift(line.trim_end_matches('\r'), -isize::try_from(base).unwrap_or_default()));
    }
    out
}

/// The text of `range` with the given parts of it replaced.
pub(super) fn with_replaced(tree: &Tree, range: TextRange, replace: &[(TextRange, String)]) -> String {
    let mut out = String::new();
    let mut at = range.start;
    for (part, insert) in replace {
        if range.covers(*part) && part.start >= at {
            out.push_str(tree.slice(TextRange::new(at, part.start)));
            out.push_str(insert);
            at = part.end;
        }
    }
    out.push_str(tree.slice(TextRange::new(at, range.end)));
    out
}

/// The anchors in `node` and below, with the space that sets them off, to be left out of a copy. What stands below a dash
/// with nothing but an anchor comes behind that dash; whoever copies `node` itself says where it begins.
pub(super) fn anchors(node: &Node<'_>) -> Vec<(TextRange, String)> {
    let text = node.tree().text();
    let mut cuts = Vec::new();
    for inner in node.descendants() {
        let Some(anchor) = inner.anchor() else { continue };
        let behind = &text[anchor.range.end as usize..];
        let spaces = behind.len() - behind.trim_start_matches(' ').len();
        let before = &text[..anchor.range.start as usize];
        let spaces_before = before.len() - before.trim_end_matches(' ').len();
        let offset = |at: usize| u32::try_from(at).unwrap_or_default();
        let ends_line =
            behind[spaces..].is_empty() || behind[spaces..].starts_with(['\r', '\n', '#', ',', ']', '}']);
        let range = if ends_line {
            TextRange::new(anchor.range.start - offset(spaces_before), anchor.range.end)
        } else {
            TextRange::new(anchor.range.start, anchor.range.end + offset(spaces))
        };
        let joined = behind_dash(&inner, range).filter(|_| inner.id() != node.id());
        let cut = joined.unwrap_or(Change { range, insert: String::new() });
        cuts.push((cut.range, cut.insert));
    }
    cuts.sort_by_key(|(range, _)| *range);
    cuts
}

/// The first key of an item comes behind its dash, where `anchor` was all that stood there.
pub(super) fn behind_dash(node: &Node<'_>, anchor: TextRange) -> Option<Change> {
    let tree = node.tree();
    let dash = node.indicator().filter(|at| tree.text().as_bytes().get(*at as usize) == Some(&b'-'))?;
    node.collection_style().filter(|style| *style == CollectionStyle::Block)?;
    let range = TextRange::new(dash + 1, node.range().start);
    let between = tree.text().get(anchor.end as usize..range.end as usize)?;
    let is_next = anchor.start == range.start && between.trim().is_empty() && between.contains('\n');
    let gap = column_of(tree, range.end).checked_sub(column_of(tree, dash) + 1)?;
    (is_next && gap > 0).then(|| Change { range, insert: " ".repeat(gap) })
}
