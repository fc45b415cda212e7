//! Gives a list of texts other items: branches, activity types, labels, options.

use stepladder_yaml::Path;

use super::draft::Draft;
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;

/// Makes the list at `path` hold `items`. Items that stay keep their line, quotes and comment; without items the list is
/// removed. A single text (`types: opened`) becomes a list when it must. Items that are no text stay.
///
/// # Errors
/// When the list or an item to be removed comes from an alias.
pub fn set_list(a: &Analysis, path: &Path, items: &[String]) -> Result<Edit, Refusal> {
    let mut draft = Draft::new(&a.tree);
    draft.set_list(path, items)?;
    let items = Value::Seq(items.iter().map(|item| item.as_str().into()).collect());
    let place = describe::place(&a.tree, path);
    let label = match &items {
        Value::Seq(all) if all.is_empty() => format!("remove {place}"),
        items => format!("change {place}{}", describe::to_value(items)),
    };
    draft.finish(label, None)
}
