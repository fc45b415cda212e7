//! Leaves one variant out of a matrix.

use stepladder_yaml::path;

use super::draft::{Draft, refuse};
use super::{Edit, Refusal, Value};
use crate::Analysis;
use crate::model::{Data, Leg, Legs, Matrix, Workflow};

/// Leaves variant `at` (from 0, in the order of [`Matrix::legs`](crate::model::Matrix::legs)) out of the matrix of `job`: a
/// combination of the rows goes to `exclude`, what `include` alone makes goes from there.
///
/// # Errors
/// When there is no such variant, it is the last one, or a part of the matrix comes from an alias.
pub fn leave_out(a: &Analysis, job: &str, at: usize) -> Result<Edit, Refusal> {
    let found = a.workflow.job(job).and_then(|job| job.matrix.as_ref());
    let ways = found.map(Matrix::ways_out).unwrap_or_default();
    let Some(way) = ways.get(at) else {
        return Err(refuse(format!("The matrix of job `{job}` has no such combination any more.")));
    };
    if ways.len() == 1 {
        return Err(refuse(
            "A matrix needs at least one combination; remove its rows to run the job just once.",
        ));
    }
    let matrix = path!["jobs", job, "strategy", "matrix"];
    let mut draft = Draft::new(&a.tree);
    let include = matrix.child("include");
    let count = draft.tree().at(&include).map_or(0, |node| node.resolve().len());
    if count > 0 && way.include.len() == count {
        draft.remove(&include)?;
    } else {
        // From the end, so that those before keep their places.
        for entry in way.include.iter().rev() {
            draft.remove(&include.child(*entry))?;
        }
    }
    if !way.exclude.is_empty() {
        let exclude = matrix.child("exclude");
        let entry: Vec<(String, Value)> =
            way.exclude.iter().map(|(name, value)| (name.clone(), value_of(value))).collect();
        let count = draft.tree().at(&exclude).map_or(0, |node| node.resolve().len());
        if draft.tree().at(&exclude).is_none() {
            // Exceptions stand behind the rows.
            draft.append_entry(&matrix, "exclude", &Value::Seq(vec![Value::Map(entry)]))?;
        } else {
            draft.set(&exclude.child(count), &Value::Map(entry))?;
        }
    }
    let before = found.map(Matrix::legs);
    let after = Workflow::new(draft.tree()).job(job).and_then(|job| job.matrix.as_ref()).map(Matrix::legs);
    if !is_left_out(before, after, at, &way.exclude) {
        return Err(refuse(
            "Nothing leaves this combination out alone, as two rows or two values mean the same; change them first.",
        ));
    }
    draft.finish(format!("leave a combination out of the matrix of job {job}"), None)
}

/// Whether variant `at` is gone, and no other but those that `exclude` cannot tell from it.
fn is_left_out(before: Option<Legs>, after: Option<Legs>, at: usize, exclude: &Leg) -> bool {
    let (Some(Legs::Known(before)), Some(Legs::Known(after))) = (before, after) else { return false };
    let is_twin = |leg: &Leg| {
        !exclude.is_empty()
            && exclude
                .iter()
                .all(|(name, value)| leg.iter().any(|(own, other)| own == name && value.same(other)))
    };
    let gone = before.iter().enumerate().filter(|(number, leg)| *number == at || is_twin(leg)).count();
    before.len() - after.len().min(before.len()) == gone
}

/// A value of a matrix, to be written as it was read.
#[must_use]
pub fn value_of(data: &Data) -> Value {
    match data {
        Data::Null => Value::Null,
        Data::Bool(value) => Value::Bool(*value),
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and small")]
        Data::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => Value::Int(*number as i64),
        Data::Number(number) => Value::Float(*number),
        Data::Text(text) | Data::Expression(text) => Value::Str(text.clone()),
        Data::List(items) => Value::Seq(items.iter().map(value_of).collect()),
        Data::Object(fields) => {
            Value::Map(fields.iter().map(|(name, value)| (name.clone(), value_of(value))).collect())
        }
    }
}
