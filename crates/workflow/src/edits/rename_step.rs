//! Gives a step another id, everywhere.

use stepladder_yaml::Path;

use super::draft::{Draft, refuse};
use super::ids::{check, steps};
use super::move_step::{list_and_position, scope_of};
use super::references::references;
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;

/// Gives the step at `step` the id `to`; `steps.ID` in the expressions of its job follows.
///
/// # Errors
/// When there is no such step, `to` is no id or is taken, or the id comes from an alias.
pub fn rename_step(a: &Analysis, step: &Path, to: &str) -> Result<Edit, Refusal> {
    list_and_position(a, step)?;
    let scope = scope_of(step);
    check(to)?;
    let place = step.child("id");
    let old = a.tree.at(&place).and_then(|id| id.as_str()).filter(|id| !id.is_empty());
    let is_other = |known: &String| old.is_none_or(|old| !known.eq_ignore_ascii_case(old));
    if let Some(taken) =
        steps(&a.tree, &scope).iter().find(|known| known.eq_ignore_ascii_case(to) && is_other(known))
    {
        return Err(refuse(format!("Another step has the id `{taken}`; choose another.")));
    }
    let mut draft = Draft::new(&a.tree);
    let label = match old {
        Some(old) => {
            let scope = a.tree.at(&scope);
            draft.replace_all(scope.map(|node| references(node, &["steps"], old)).unwrap_or_default(), to)?;
            format!("rename step {old} to {to}")
        }
        None => format!("give {} the id {to}", describe::place(step)),
    };
    draft.set(&place, &Value::Str(to.into()))?;
    draft.finish(label, Some(step.clone()))
}
