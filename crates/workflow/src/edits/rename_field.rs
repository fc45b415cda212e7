//! Gives an environment variable, a job output or another freely named key another name, everywhere.

use stepladder_yaml::{Path, Step, path};

use super::draft::{Draft, refuse};
use super::ids::{check, jobs};
use super::references::references;
use super::rename_input::rename_input;
use super::{Edit, Refusal, describe, variables};
use crate::{Analysis, FileKind};

/// Renames the last key of `path` to `to` in its place. What reads it follows: `env.NAME` where that variable is meant
/// (not in scripts, whose language is their own), `needs.JOB.outputs.NAME` and `jobs.JOB.outputs.NAME` for a job's output,
/// `inputs.NAME` of a workflow or of an action, `secrets.NAME` for what a call hands over, and `job.services.NAME`.
///
/// # Errors
/// When there is no such key, `to` is empty or stands there already, names a variable that this one would hide or be
/// hidden by, or the key comes from an alias.
pub fn rename_field(a: &Analysis, path: &Path, to: &str) -> Result<Edit, Refusal> {
    let (Some(Step::Key(name)), Some(parent)) = (path.last(), path.parent()) else {
        return Err(refuse("Only a key can have another name."));
    };
    if a.tree.at(path).is_none() {
        return Err(refuse(format!("There is no `{name}` here any more.")));
    }
    if to.is_empty() {
        return Err(refuse("A name needs at least one character."));
    }
    if name != to && a.tree.at(&parent.child(to)).is_some() {
        return Err(refuse(format!("There is a `{to}` here already; choose another name.")));
    }
    if let [Step::Key(on), Step::Key(_), Step::Key(inputs)] = parent.steps()
        && on == "on"
        && inputs == "inputs"
    {
        return rename_input(a, name, to);
    }
    if is_input_of_action(a, &parent) {
        check(to)?;
    }
    if let Some(owner) = variables::owner(&parent) {
        variables::check_name(&a.tree, &owner, name, to)?;
    }
    let mut draft = Draft::new(&a.tree);
    draft.replace_all(readers(a, &parent, name), to)?;
    draft.rename_key(path, to)?;
    let place = describe::place(&a.tree, path);
    draft.finish(format!("rename {place} to {to}"), Some(parent.child(to)))
}

/// Whether the entries at `parent` are the inputs of an action, which the workflows that use it give.
fn is_input_of_action(a: &Analysis, parent: &Path) -> bool {
    a.kind == FileKind::Action && *parent == path!["inputs"]
}

fn readers(a: &Analysis, parent: &Path, name: &str) -> Vec<stepladder_yaml::TextRange> {
    if let Some(owner) = variables::owner(parent) {
        return variables::readers(&a.tree, &owner, name);
    }
    if is_input_of_action(a, parent) {
        return a.tree.root().map(|root| references(root, &["inputs"], name)).unwrap_or_default();
    }
    match parent.steps() {
        [Step::Key(top), Step::Key(job), Step::Key(outputs)] if top == "jobs" && outputs == "outputs" => {
            let mut found: Vec<_> = jobs(&a.tree)
                .iter()
                .filter_map(|other| a.tree.at(&path!["jobs", other.as_str()]))
                .flat_map(|other| references(other, &["needs", job, "outputs"], name))
                .collect();
            if let Some(outputs) = a.tree.at(&path!["on", "workflow_call", "outputs"]) {
                found.extend(references(outputs, &["jobs", job, "outputs"], name));
            }
            found
        }
        [Step::Key(on), Step::Key(_), Step::Key(secrets)] if on == "on" && secrets == "secrets" => {
            a.tree.root().map(|root| references(root, &["secrets"], name)).unwrap_or_default()
        }
        [job @ .., Step::Key(services)] if services == "services" => {
            let job = a.tree.at(&Path(job.to_vec()));
            job.map(|job| references(job, &["job", "services"], name)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}
