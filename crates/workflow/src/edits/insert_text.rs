//! Inserts an expression into a field at the caret.

use stepladder_yaml::{Path, Step};

use super::draft::{Draft, refuse};
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;
use crate::expr;

/// Inserts `expression` (without braces) into the text at `path`, at byte `at` of the text as a person sees it; an
/// absent field begins empty. Inside of `${{ }}`, and in a condition without braces, it stands bare, elsewhere in
/// `${{ }}`.
///
/// # Errors
/// When `path` holds no text, `at` splits a character or lies behind the end, or the place comes from an alias.
pub fn insert_expression(a: &Analysis, path: &Path, at: usize, expression: &str) -> Result<Edit, Refusal> {
    let node = a.tree.at(path);
    let text = match &node {
        None => "",
        Some(node) if node.is_null() => "",
        Some(node) => {
            node.as_str().ok_or_else(|| refuse(format!("`{path}` is no text; choose a field of it.")))?
        }
    };
    if !text.is_char_boundary(at) {
        return Err(refuse("The text is shorter than that; put the caret into it again."));
    }
    let inside = expr::segments(text).iter().any(|segment| match segment {
        expr::Segment::Text(_) => false,
        expr::Segment::Expression { inner, .. } | expr::Segment::Unclosed { inner, .. } => {
            (inner.start as usize..=inner.end as usize).contains(&at)
        }
    });
    let is_condition = matches!(path.last(), Some(Step::Key(key)) if key == "if");
    let bare = inside || (is_condition && !expr::has_expression(text));
    let insert = if bare { expression.to_owned() } else { format!("${{{{ {expression} }}}}") };
    let value = format!("{}{insert}{}", &text[..at], &text[at..]);
    let mut draft = Draft::new(&a.tree);
    draft.set(path, &Value::Str(value))?;
    draft.finish(format!("insert {expression} into {}", describe::place(path)), None)
}
