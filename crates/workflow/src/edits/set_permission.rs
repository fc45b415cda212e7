//! Gives the token of the workflow or of a job a permission.

use stepladder_yaml::{Kind, Path, path};

use super::draft::Draft;
use super::{Edit, Refusal, Value};
use crate::Analysis;

/// Gives the token the level `level` (`read`, `write`, `none`) for `scope`, in the workflow (`job`: `None`) or in a job;
/// without a level the scope is removed, after the last one `{}` stays: no permission at all. `read-all` and
/// `write-all` give way to a mapping of what is set here.
///
/// # Errors
/// When the permissions come from an alias.
pub fn set_permission(
    a: &Analysis,
    job: Option<&str>,
    scope: &str,
    level: Option<&str>,
) -> Result<Edit, Refusal> {
    let owner = job.map_or_else(Path::root, |job| path!["jobs", job]);
    let place = owner.child("permissions");
    let whose = job.map_or_else(|| "the workflow".to_owned(), |job| format!("job {job}"));
    let mut draft = Draft::new(&a.tree);
    let label = match level {
        Some(level) => {
            let value = Value::Str(level.into());
            let held = a.tree.at(&place).map(|node| node.resolve()).filter(|node| !node.is_null());
            // Whatever else the token could do without a word for each scope, it can do no more.
            let others =
                if held.is_none_or(|node| node.kind() == Kind::Scalar) { ", nothing else" } else { "" };
            if held.is_some_and(|node| node.kind() == Kind::Scalar) {
                draft.set(&place, &Value::Map(vec![(scope.into(), value)]))?;
            } else {
                draft.set(&place.child(scope), &value)?;
            }
            match level {
                "none" => format!("give {whose} no access to {scope}{others}"),
                _ => format!("let {whose} {level} {scope}{others}"),
            }
        }
        None => {
            draft.remove_with_empty_parents(&place.child(scope))?;
            format!("take the permission {scope} from {whose}")
        }
    };
    draft.finish(label, Some(place))
}
