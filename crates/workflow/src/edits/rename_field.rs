//! Gives an environment variable, a job output or another freely named key another name, everywhere.

use stepladder_yaml::{Node, Path, Step, path};

use super::draft::{Draft, refuse};
use super::ids::jobs;
use super::references::references;
use super::rename_input::rename_input;
use super::{Edit, Refusal, describe};
use crate::Analysis;

/// Renames the last key of `path` to `to` in its place. What reads it follows: `env.NAME` where the variable is visible
/// (not in scripts, whose language is their own), `needs.JOB.outputs.NAME` and `jobs.JOB.outputs.NAME` for a job's output,
/// `inputs.NAME`, `secrets.NAME` for what a call hands over, and `job.services.NAME`.
///
/// # Errors
/// When there is no such key, `to` is empty or stands there already, or the key comes from an alias.
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
    let mut draft = Draft::new(&a.tree);
    draft.replace_all(readers(a, &parent, name), to)?;
    draft.rename_key(path, to)?;
    let place = describe::place(&a.tree, path);
    draft.finish(format!("rename {place} to {to}"), Some(parent.child(to)))
}

/// Whether `env` here is a set of variables of the workflow, a job or a step, and no job of that name.
fn has_env(owner: &[Step]) -> bool {
    match owner {
        [] => true,
        [Step::Key(jobs), Step::Key(_)] => jobs == "jobs",
        [.., Step::Key(steps), Step::Index(_)] => steps == "steps" || steps == "parallel",
        _ => false,
    }
}

fn readers(a: &Analysis, parent: &Path, name: &str) -> Vec<stepladder_yaml::TextRange> {
    match parent.steps() {
        [before @ .., Step::Key(env)] if env == "env" && has_env(before) => {
            let scope: Option<Node<'_>> = a.tree.at(&Path(before.to_vec()));
            scope.map(|scope| references(scope, &["env"], name)).unwrap_or_default()
        }
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
