//! Rows of a matrix.

use stepladder_yaml::edit::Place;
use stepladder_yaml::{Kind, Path, path};

use super::draft::{Draft, refuse};
use super::ids::{check, check_job};
use super::references::{references, refuse_shared, shared};
use super::{Edit, Refusal, Value, shape};
use crate::Analysis;

fn rows(job: &str) -> Path {
    path!["jobs", job, "strategy", "matrix"]
}

/// Adds the row `name` with `values` to the matrix of `job`, and the matrix when it is missing.
///
/// # Errors
/// When there is no such job, the name is taken or reserved, or the matrix is an expression or comes from an alias.
pub fn add_matrix_row(a: &Analysis, job: &str, name: &str, values: &[Value]) -> Result<Edit, Refusal> {
    check_job(&a.tree, job)?;
    check_row(a, job, name)?;
    let matrix = rows(job);
    let place = matrix.child(name);
    let value = shape::list(values);
    let mut draft = Draft::new(&a.tree);
    let known =
        draft.tree().at(&matrix).filter(|node| node.resolve().kind() == Kind::Mapping && !node.is_empty());
    // Rows stand before what adds to them and takes away from them.
    let before = known.map(|node| {
        let mut names = node.entries().filter_map(|entry| entry.name());
        names.find(|name| matches!(*name, "include" | "exclude")).map(str::to_owned)
    });
    match before {
        Some(before) => {
            draft.insert_entry(&matrix, name, &value, &before.map_or(Place::Last, Place::Before))?
        }
        None => draft.set(&place, &value)?,
    }
    draft.finish(format!("add {name} to the matrix of job {job}"), Some(place))
}

/// Adds values behind the others of the row `name` of the matrix of `job`; the first ones make the list.
///
/// # Errors
/// When there is no such row, an expression computes it, or it comes from an alias.
pub fn add_matrix_values(a: &Analysis, job: &str, name: &str, values: &[Value]) -> Result<Edit, Refusal> {
    let place = rows(job).child(name);
    let mut draft = Draft::new(&a.tree);
    match a.tree.at(&place) {
        Some(node) if node.resolve().kind() == Kind::Sequence => {
            let count = node.resolve().len();
            for (at, value) in values.iter().enumerate() {
                draft.insert_item(&place, count + at, value)?;
            }
        }
        Some(node) if node.is_null() => draft.set(&place, &shape::list(values))?,
        _ => return Err(refuse(format!("`{name}` is no list of values here; change it in the text."))),
    }
    let what = if values.len() == 1 { "a value" } else { "values" };
    draft.finish(format!("add {what} to {name} in the matrix of job {job}"), None)
}

/// Leaves one combination out of the matrix of `job`: adds `values` to its `exclude`.
///
/// # Errors
/// When there is no such job, or `exclude` is an expression or comes from an alias.
pub fn exclude_combination(a: &Analysis, job: &str, values: &[(String, Value)]) -> Result<Edit, Refusal> {
    add_combination(a, job, "exclude", values)
}

/// Adds a combination to the matrix of `job`: adds `values` to its `include`.
///
/// # Errors
/// When there is no such job, or `include` is an expression or comes from an alias.
pub fn include_combination(a: &Analysis, job: &str, values: &[(String, Value)]) -> Result<Edit, Refusal> {
    add_combination(a, job, "include", values)
}

fn add_combination(a: &Analysis, job: &str, list: &str, values: &[(String, Value)]) -> Result<Edit, Refusal> {
    check_job(&a.tree, job)?;
    let place = rows(job).child(list);
    let count = match a.tree.at(&place) {
        None => 0,
        Some(node) if node.is_null() => 0,
        Some(node) if node.resolve().kind() == Kind::Sequence => node.len(),
        Some(_) => {
            return Err(refuse(format!(
                "`{list}` is computed by an expression here; change it in the text."
            )));
        }
    };
    let mut draft = Draft::new(&a.tree);
    let entry = Value::Map(values.to_vec());
    let has_rows = a.tree.at(&rows(job)).is_some_and(|node| !node.is_null() && !node.is_empty());
    if has_rows && a.tree.at(&place).is_none() {
        // Exceptions stand behind the rows.
        draft.append_entry(&rows(job), list, &Value::Seq(vec![entry]))?;
    } else {
        draft.set(&place.child(count), &entry)?;
    }
    let verb = if list == "include" { "add a combination to" } else { "leave a combination out of" };
    draft.finish(format!("{verb} the matrix of job {job}"), None)
}

/// Renames the row `name` of the matrix of `job` to `to`: its key, the key in `include` and `exclude`, and
/// `matrix.NAME` in the expressions of the job.
///
/// # Errors
/// When there is no such row, or `to` is taken or reserved.
pub fn rename_matrix_row(a: &Analysis, job: &str, name: &str, to: &str) -> Result<Edit, Refusal> {
    let matrix = rows(job);
    if a.tree.at(&matrix.child(name)).is_none() {
        return Err(refuse(format!("The matrix of job `{job}` has no row `{name}`.")));
    }
    if name != to {
        check_row(a, job, to)?;
    }
    let mut draft = Draft::new(&a.tree);
    if let Some(node) = a.tree.at(&path!["jobs", job]) {
        if let Some(anchor) = shared(node, &["matrix"], name) {
            return Err(refuse_shared(&anchor, &format!("matrix.{name}")));
        }
        draft.replace_all(references(node, &["matrix"], name), to)?;
    }
    for list in ["include", "exclude"] {
        let list = matrix.child(list);
        for at in 0..draft.tree().at(&list).map_or(0, |node| node.len()) {
            let item = list.child(at);
            let has = |key: &str| draft.tree().at(&item).is_some_and(|node| node.get(key).is_some());
            if has(name) && !has(to) {
                draft.rename_key(&item.child(name), to)?;
            }
        }
    }
    draft.rename_key(&matrix.child(name), to)?;
    draft.finish(format!("rename {name} to {to} in the matrix of job {job}"), Some(matrix.child(to)))
}

fn check_row(a: &Analysis, job: &str, name: &str) -> Result<(), Refusal> {
    check(name)?;
    if matches!(name, "include" | "exclude") {
        return Err(refuse(format!(
            "`{name}` adds or removes single combinations; a row needs another name."
        )));
    }
    match a.tree.at(&rows(job)) {
        Some(node) if node.resolve().kind() == Kind::Scalar && !node.is_null() => Err(refuse(format!(
            "The matrix of job `{job}` is made by an expression; write its rows out before you add one."
        ))),
        Some(node) if node.get(name).is_some() => {
            Err(refuse(format!("The matrix of job `{job}` has a row `{name}` already; choose another name.")))
        }
        _ => Ok(()),
    }
}
