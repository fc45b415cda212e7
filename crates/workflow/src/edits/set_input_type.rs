//! Gives an input of a start by hand or of a call another type.

use stepladder_yaml::{Kind, Path, Scalar, Tree};

use super::draft::{Draft, refuse};
use super::{Edit, Refusal, Value, describe, shape};
use crate::Analysis;

/// Makes `kind` the type of the input at `input`. What belongs to another type goes with it: `options`, which only
/// `choice` has, and a default that is no value of the type; one that is becomes a value of it. A choice that has no options
/// yet offers its default.
///
/// # Errors
/// When there is no input, or it comes from an alias.
pub fn set_input_type(a: &Analysis, input: &Path, kind: &str) -> Result<Edit, Refusal> {
    if a.tree.at(input).is_none() {
        return Err(refuse(format!("There is no input at `{input}` any more.")));
    }
    let mut draft = Draft::new(&a.tree);
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    let mut label = format!("make {} {article} {kind}", describe::place(&a.tree, input));
    draft.set(&input.child("type"), &kind.into())?;
    let options = input.child("options");
    if kind != "choice" && draft.tree().at(&options).is_some() {
        draft.remove(&options)?;
        label.push_str(", without options");
    }
    let place = input.child("default");
    let default = a.tree.at(&place).map(|node| node.resolve());
    let default = default.filter(|node| node.kind() == Kind::Scalar && !node.is_null());
    let is_text = default.is_some_and(|node| matches!(node.scalar(), Some(Scalar::Str(_))));
    let old = default.and_then(|node| node.as_str()).filter(|old| !crate::expr::has_expression(old));
    let Some(old) = old else { return draft.finish(label, None) };
    let fits = match kind {
        "boolean" => matches!(old, "true" | "false"),
        "number" => Value::number(old).is_some(),
        "choice" => {
            let offered = options_at(&a.tree, &options);
            if offered.is_empty() {
                draft.set(&options, &shape::list(&[old.into()]))?;
                label.push_str(&format!(", with the option{}", describe::spaced(old)));
            }
            offered.is_empty() || offered.contains(&old)
        }
        _ => true,
    };
    let value = match kind {
        "boolean" => Value::Bool(old == "true"),
        "number" => Value::Number(old.to_owned()),
        _ => Value::Str(old.to_owned()),
    };
    if !fits {
        draft.remove(&place)?;
        label.push_str(&format!(", without the default{}", describe::spaced(old)));
    } else if is_text == matches!(kind, "boolean" | "number") {
        draft.set(&place, &value)?;
    }
    draft.finish(label, None)
}

/// The texts of the list at `options`; none where there is no list.
pub(super) fn options_at<'t>(tree: &'t Tree, options: &Path) -> Vec<&'t str> {
    let list = tree.at(options).map(|node| node.resolve()).filter(|node| node.kind() == Kind::Sequence);
    list.map_or_else(Vec::new, |list| list.items().map(|item| item.as_str().unwrap_or_default()).collect())
}
