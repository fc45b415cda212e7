//! YAML to read: the text with its keys, values and comments told apart.

use leptos::prelude::*;
use stepladder_yaml::{Kind, Scalar, TextRange, Tree};

/// The text in colours.
pub(crate) fn yaml(text: &str) -> AnyView {
    let tree = Tree::parse(text);
    let comments = tree.comments().iter().map(|comment| (comment.range, "yaml-comment"));
    let scalars = tree.nodes().filter(|node| node.kind() == Kind::Scalar).map(|node| {
        let class = match node.scalar() {
            _ if node.is_key() => "yaml-key",
            Some(Scalar::Str(_)) | None => "yaml-text",
            Some(_) => "yaml-number",
        };
        (node.range(), class)
    });
    let mut parts: Vec<(TextRange, &str)> = comments.chain(scalars).collect();
    parts.sort_by_key(|(range, _)| *range);
    let mut spans = Vec::new();
    let mut at = 0;
    for (range, class) in parts {
        if range.start >= at && !range.is_empty() {
            spans.push(tree.slice(TextRange::new(at, range.start)).to_owned().into_any());
            let part = tree.slice(range).to_owned();
            spans.push(view! { <span class=class>{part}</span> }.into_any());
            at = range.end;
        }
    }
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    spans.push(tree.slice(TextRange::new(at, end)).to_owned().into_any());
    view! { <code class="yaml">{spans}</code> }.into_any()
}
