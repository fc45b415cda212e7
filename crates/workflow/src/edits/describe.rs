//! Names of places for the labels of edits.

use stepladder_yaml::{Path, Step};

use super::Value;

/// What a person calls the thing at `path`: "step 2 of job build", "runs-on of job build", "trigger push", "name".
pub(super) fn place(path: &Path) -> String {
    let (owner, rest) = owner(path.steps());
    let rest = Path(rest.to_vec()).to_string();
    match (rest.is_empty(), owner.is_empty()) {
        (true, true) => "the file".to_owned(),
        (true, false) => owner,
        (false, true) => rest,
        (false, false) => format!("{rest} of {owner}"),
    }
}

fn owner(steps: &[Step]) -> (String, &[Step]) {
    match steps {
        [Step::Key(jobs), Step::Key(id), Step::Key(list), Step::Index(at), rest @ ..]
            if jobs == "jobs" && list == "steps" =>
        {
            (format!("step {} of job {id}", at + 1), rest)
        }
        [Step::Key(jobs), Step::Key(id), rest @ ..] if jobs == "jobs" => (format!("job {id}"), rest),
        [Step::Key(on), Step::Key(event), rest @ ..] if on == "on" => (format!("trigger {event}"), rest),
        _ => (String::new(), steps),
    }
}

/// " to VALUE" when the value is short enough to be read in a menu; else nothing.
pub(super) fn to_value(value: &Value) -> String {
    const LONGEST: usize = 32;
    let text = match value {
        Value::Bool(value) => value.to_string(),
        Value::Str(text) => text.clone(),
        _ => return String::new(),
    };
    if text.is_empty() || text.contains('\n') || text.chars().count() > LONGEST {
        return String::new();
    }
    format!(" to {text}")
}
