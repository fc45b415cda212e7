//! Gives an input of a start by hand or of a call another type.

use stepladder_yaml::{Kind, Path};

use super::draft::{Draft, refuse};
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;

/// Makes `kind` the type of the input at `input`. What belongs to another type goes with it: `options`, which only
/// `choice` has, and a default that is no value of the type; one that is becomes a value of it.
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
    let default = draft.tree().at(&place).map(|node| node.resolve());
    let old = default.filter(|node| node.kind() == Kind::Scalar && !node.is_null());
    if let Some(old) = old.and_then(|node| node.as_str().map(str::to_owned)) {
        let fits = match kind {
            _ if crate::expr::has_expression(&old) => None,
            "boolean" => Some(matches!(&*old, "true" | "false").then(|| Value::Bool(old == "true"))),
            "number" => Some(
                old.parse::<i64>()
                    .map(Value::Int)
                    .ok()
                    .or_else(|| old.parse().ok().filter(|n: &f64| n.is_finite()).map(Value::Float)),
            ),
            _ => None,
        };
        match fits {
            Some(Some(value)) => draft.set(&place, &value)?,
            Some(None) => {
                draft.remove(&place)?;
                label.push_str(&format!(", without the default {old}"));
            }
            None => {}
        }
    }
    draft.finish(label, None)
}
