//! Adds an input that a person or a calling workflow gives.

use stepladder_yaml::path;

use super::draft::{Draft, refuse};
use super::ids::check;
use super::{Edit, Refusal, Value, add_trigger};
use crate::Analysis;

/// Adds input `name` of type `kind` (`string`, `boolean`, `number`, `choice`, `environment`) to `event`
/// (`workflow_dispatch` or `workflow_call`), and the event when it is missing. A choice begins with two options.
///
/// # Errors
/// When the name is no id or is taken, or the place comes from an alias.
pub fn add_input(a: &Analysis, event: &str, name: &str, kind: &str) -> Result<Edit, Refusal> {
    check(name)?;
    let inputs = path!["on", event, "inputs"];
    let taken = a.tree.at(&inputs).into_iter().flat_map(|inputs| inputs.entries());
    for known in taken.filter_map(|entry| entry.name()) {
        if known.eq_ignore_ascii_case(name) {
            return Err(refuse(format!("There is an input `{known}` already; choose another name.")));
        }
    }
    let text = |text: &str| Value::Str(text.into());
    let mut fields = vec![("type".to_owned(), text(kind))];
    if kind == "choice" {
        fields.push(("options".into(), Value::Seq(vec![text("first"), text("second")])));
    }
    let mut draft = Draft::new(&a.tree);
    if !add_trigger::events(draft.tree()).iter().any(|known| known == event) {
        add_trigger::add(&mut draft, event)?;
    }
    let place = inputs.child(name);
    draft.set(&place, &Value::Map(fields))?;
    draft.finish(format!("add input {name}"), Some(place))
}
