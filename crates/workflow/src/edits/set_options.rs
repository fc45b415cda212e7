//! Gives an input that is a choice other options.

use stepladder_yaml::Path;

use super::draft::Draft;
use super::set_input_type::options_at;
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;

/// Makes the list of options at `options` hold `items`, as [`set_list`](super::set_list) does. GitHub refuses a default that
/// is none of them: one that was an option follows when that is renamed, and goes with it.
///
/// # Errors
/// When the list, or an option to be removed, or such a default comes from an alias.
pub fn set_options(a: &Analysis, options: &Path, items: &[String]) -> Result<Edit, Refusal> {
    let before = options_at(&a.tree, options);
    let mut edit = super::set_list(a, options, items)?;
    let Some(place) = options.parent().map(|input| input.child("default")) else { return Ok(edit) };
    let default = a.tree.at(&place).and_then(|node| node.resolve().as_str());
    let Some(old) = default.filter(|old| before.contains(old) && items.iter().all(|item| item != old)) else {
        return Ok(edit);
    };
    let mut draft = Draft::new(&a.tree);
    draft.apply(edit.edit);
    if let Some(new) = renamed(&before, items, old) {
        draft.set(&place, &Value::Str(new.to_owned()))?;
        edit.label.push_str(&format!(", with the default{}", describe::spaced(new)));
    } else {
        draft.remove(&place)?;
        edit.label.push_str(&format!(", without the default{}", describe::spaced(old)));
    }
    draft.finish(edit.label, edit.select)
}

/// What `old` is called in `after` when its name is all that has changed.
fn renamed<'a>(before: &[&str], after: &'a [String], old: &str) -> Option<&'a str> {
    let mut others = before.iter().zip(after).filter(|(before, after)| **before != after.as_str());
    let (was, new) = others.next().filter(|_| before.len() == after.len())?;
    (others.next().is_none() && *was == old).then_some(new.as_str())
}
