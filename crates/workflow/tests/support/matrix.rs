//! Edits of matrices.

use serde_json::json;
use stepladder_workflow::Analysis;
use stepladder_workflow::edits::{self, Value};
use stepladder_workflow::model::{Data, Legs};
use stepladder_yaml::{Kind, Path, Step, path};

use super::json::{at_mut, json_of, set_json};
use super::renames::{expect_way_back, stands};
use super::{Expected, Rng, Trial, ids, lines_of, paths, text, trial};

pub(super) fn matrix_jobs(a: &Analysis) -> Vec<String> {
    let is_free = |id: &String| {
        let matrix = a.tree.at(&path!["jobs", id.as_str(), "strategy", "matrix"]);
        matrix.is_none_or(|node| node.is_null() || node.resolve().kind() == Kind::Mapping)
    };
    ids(a).into_iter().filter(is_free).collect()
}

pub(super) fn add_row(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let jobs = matrix_jobs(a);
    let job = rng.pick(&jobs)?.clone();
    let place = path!["jobs", job.as_str(), "strategy", "matrix", "new-row"];
    if a.tree.at(&place).is_some() {
        return None;
    }
    let mut expected = json_of(a);
    set_json(&mut expected, &place, json!(["3.10", "a: b", 3.0]));
    let values = [text("3.10"), text("a: b"), Value::Int(3)];
    trial(
        "add_matrix_row",
        edits::add_matrix_row(a, &job, "new-row", &values),
        Expected::Equal(expected),
        place,
    )
}

pub(super) fn add_value(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let rows = paths(a, |node| node.kind() == Kind::Sequence);
    let rows: Vec<_> = rows.into_iter().filter(is_matrix_row).collect();
    let row = rng.pick(&rows)?.clone();
    let [_, Step::Key(job), .., Step::Key(name)] = row.steps() else { return None };
    let count = a.tree.at(&row)?.len();
    let mut expected = json_of(a);
    set_json(&mut expected, &row.child(count), json!("3.10"));
    let edit = edits::add_matrix_values(a, job, name, &[text("3.10")]);
    trial("add_matrix_values", edit, Expected::Equal(expected), row)
}

pub(super) fn move_item(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let rows = paths(a, |node| node.kind() == Kind::Sequence && node.len() > 1);
    let rows: Vec<_> = rows.into_iter().filter(is_matrix_row).collect();
    let row = rng.pick(&rows)?.clone();
    let count = a.tree.at(&row)?.len();
    let (from, to) = (rng.below(count), rng.below(count));
    let mut expected = json_of(a);
    if let Some(serde_json::Value::Array(values)) = at_mut(&mut expected, row.steps()) {
        let moved = values.remove(from);
        values.insert(to, moved);
    }
    trial("move_item", edits::move_item(a, &row, from, to), Expected::Equal(expected), row)
}

pub(super) fn is_matrix_row(path: &Path) -> bool {
    matches!(path.steps(), [Step::Key(jobs), _, Step::Key(strategy), Step::Key(matrix), Step::Key(row)]
        if jobs == "jobs" && strategy == "strategy" && matrix == "matrix" && row != "include" && row != "exclude")
}

pub(super) fn add_combination(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let jobs = matrix_jobs(a);
    let job = rng.pick(&jobs)?.clone();
    let (list, excludes) = if rng.below(2) == 0 { ("include", false) } else { ("exclude", true) };
    let place = path!["jobs", job.as_str(), "strategy", "matrix", list];
    let count = match a.tree.at(&place) {
        None => 0,
        Some(node) if node.resolve().kind() == Kind::Sequence => node.len(),
        Some(_) => return None,
    };
    let mut expected = json_of(a);
    set_json(&mut expected, &place.child(count), json!({ "os": "a: b", "node": 20.0 }));
    let values = [("os".to_owned(), text("a: b")), ("node".to_owned(), Value::Int(20))];
    let edit = if excludes {
        edits::exclude_combination(a, &job, &values)
    } else {
        edits::include_combination(a, &job, &values)
    };
    trial("add_combination", edit, Expected::Equal(expected), place)
}

pub(super) fn leave_out(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let jobs: Vec<_> =
        a.workflow.jobs.iter().filter_map(|job| Some((job.id.value.clone(), job.matrix.as_ref()?))).collect();
    let (job, matrix) = rng.pick(&jobs)?;
    let Legs::Known(mut legs) = matrix.legs() else { return None };
    if legs.len() < 2 {
        return None;
    }
    let at = rng.below(legs.len());
    let gone = legs.remove(at);
    // Equal values make equal combinations, which go together.
    let rows: Vec<String> = matrix.rows.iter().map(|row| row.name.value.to_ascii_lowercase()).collect();
    let base: Vec<_> = gone.iter().filter(|(name, _)| rows.contains(&name.to_ascii_lowercase())).collect();
    let same = |leg: &[(String, Data)]| {
        base.iter().all(|(name, value)| leg.iter().any(|(own, other)| own == name && value.fits(other)))
    };
    let is_twin = !base.is_empty() && legs.iter().any(|leg| same(leg));
    let id = job.clone();
    let place = path!["jobs", job.as_str(), "strategy", "matrix"];
    let expected = Expected::Holds(Box::new(move |after: &Analysis, _: &serde_json::Value| {
        let found = after.workflow.job(&id).and_then(|job| job.matrix.as_ref()).map(|matrix| matrix.legs());
        match found {
            // What is no number is equal to nothing, not even to itself.
            Some(Legs::Known(left))
                if format!("{left:?}") == format!("{legs:?}") || is_twin && left.len() < legs.len() =>
            {
                Ok(())
            }
            found => Err(format!("wanted {legs:?}, got {found:?}")),
        }
    }));
    let mut trial = trial("leave_out", edits::leave_out(a, job, at), expected, place.clone())?;
    trial.may_lose = lines_of(a, &place.child("include"));
    Some(trial)
}

pub(super) fn rename_row(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let jobs: Vec<_> =
        a.workflow.jobs.iter().filter_map(|job| Some((job.id.value.clone(), job.matrix.as_ref()?))).collect();
    let (job, matrix) = rng.pick(&jobs)?;
    let row = rng.pick(&matrix.rows)?.name.value.clone();
    let to = "fresh_row";
    // What cannot be a name has no way back.
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if stands(a, to) || !is_name(&row) {
        return None;
    }
    let (own, back) = (job.clone(), row.clone());
    let expected = expect_way_back(a, move |after| edits::rename_matrix_row(after, &own, to, &back));
    trial(
        "rename_matrix_row",
        edits::rename_matrix_row(a, job, &row, to),
        expected,
        path!["jobs", job.as_str()],
    )
}
