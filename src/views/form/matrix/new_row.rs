//! The fields that add a row to the matrix.

use leptos::prelude::*;
use stepladder_workflow::{Analysis, edits};
use stepladder_yaml::edit::Value;

use super::super::fresh::{Fresh, Typed};
use super::super::parted::parts;
use super::Place;
use super::values::typed;

/// A name and values with commas between them.
pub(super) fn new_row(place: &Place, rows: Memo<Vec<String>>) -> AnyView {
    let no_rows = move || rows.with(Vec::is_empty);
    let word = move |first: &str, later: &str| if no_rows() { first.to_owned() } else { later.to_owned() };
    let fresh = Fresh {
        session: place.session,
        path: place.path.clone(),
        names: rows,
        classes: ("matrix-row matrix-new", "matrix-name"),
        label: "Name of the new row".to_owned(),
        placeholder: Signal::derive(move || word("os", "version")),
        values: Some(Signal::derive(move || word("ubuntu-latest, windows-latest", "value, value, …"))),
        button: "Add row",
    };
    let (path, job) = (place.path.clone(), place.job.clone());
    let make = move |analysis: &Analysis, row: &Typed| {
        let parts = parts(row.values);
        if let [only] = parts.as_slice()
            && only.starts_with("${{")
        {
            // The values are computed: a text in the place of the list.
            let value = Value::Str(row.values.to_owned());
            return edits::set_field(analysis, &path.child(row.name), &value);
        }
        let values: Vec<Value> = parts.iter().map(|text| typed(text, &[])).collect();
        edits::add_matrix_row(analysis, &job, row.name, &values)
    };
    // One row often comes with another.
    let next = format!("field-{}-new", place.path);
    fresh.view(make, move |_| Some(next.clone()))
}
