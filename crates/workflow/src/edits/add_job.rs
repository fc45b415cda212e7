//! Adds a job.

use stepladder_yaml::edit::Place;
use stepladder_yaml::{Kind, Node, path, twin_of};

use super::draft::{Draft, refuse};
use super::ids::{check_new_job, unused};
use super::{Edit, Refusal, Value, shape};
use crate::Analysis;

/// The job that is added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewJob {
    /// Its id; `None`: `build`, or the next one that is free.
    pub id: Option<String>,
    /// Behind which job it is written; `None`: behind the last.
    pub after: Option<String>,
    /// What it needs; may name jobs that are there.
    pub needs: Vec<String>,
    /// Its first step, such as `actions/checkout@v5`; `None`: a step that prints a line.
    pub uses: Option<String>,
}

/// Whether a job can be added, also where the text is no YAML in parts.
///
/// # Errors
/// When nothing of the file can be read among which a job could stand.
pub fn can_add_job(a: &Analysis) -> Result<(), Refusal> {
    if a.tree.problems().is_empty() || !a.workflow.jobs.is_empty() {
        return Ok(());
    }
    let unread = || refuse("The file cannot be read as it is, so that a job has no place in it.");
    let made = add_job(a, &NewJob::default()).map_err(|_| unread())?;
    let after = a.tree.parse_alike(made.edit.apply(a.tree.text()));
    let is_there = a.tree.root().is_some() && !super::ids::jobs(&after).is_empty();
    if is_there { Ok(()) } else { Err(unread()) }
}

/// Adds a job that runs on `ubuntu-latest` with one step.
///
/// # Errors
/// When the id is no id or is taken, or `jobs` comes from an alias.
pub fn add_job(a: &Analysis, new: &NewJob) -> Result<Edit, Refusal> {
    let mut draft = Draft::new(&a.tree);
    let jobs = path!["jobs"];
    let id = match &new.id {
        Some(id) => {
            check_new_job(&a.tree, id)?;
            id.clone()
        }
        None => unused(&super::ids::jobs(&a.tree), "build"),
    };
    // What names the id of a twin means the job above.
    if let Some((id, _)) = new.needs.iter().find_map(|need| twin_of(need)) {
        return Err(refuse(super::id_is_taken(id)));
    }
    let text = |text: &str| Value::Str(text.into());
    let mut fields = Vec::new();
    match new.needs.as_slice() {
        [] => {}
        [one] => fields.push(("needs".into(), text(one))),
        many => fields
            .push(("needs".into(), shape::list(&many.iter().map(|need| text(need)).collect::<Vec<_>>()))),
    }
    fields.push(("runs-on".into(), text("ubuntu-latest")));
    let step = match &new.uses {
        Some(uses) => ("uses".to_owned(), text(uses)),
        None => ("run".to_owned(), text(super::FIRST_SCRIPT)),
    };
    fields.push(("steps".into(), Value::Seq(vec![Value::Map(vec![step])])));
    let job = Value::Map(fields);

    let ids = super::ids::jobs(draft.tree());
    let holds_other = |node: Node<'_>| match node.resolve().kind() {
        Kind::Mapping => false,
        Kind::Sequence => !node.is_empty(),
        _ => !node.is_null() && node.resolve().as_str() != Some(""),
    };
    if a.tree.at(&jobs).is_some_and(holds_other) {
        return Err(refuse("`jobs` holds something else than jobs here; change it in the text first."));
    }
    if ids.is_empty() {
        draft.set(&jobs, &Value::Map(vec![(id.clone(), job)]))?;
    } else {
        let place = new.after.clone().map_or(Place::Last, Place::After);
        draft.insert_entry(&jobs, &id, &job, &place)?;
    }
    draft.finish(format!("add job {id}"), Some(jobs.child(id.as_str())))
}
