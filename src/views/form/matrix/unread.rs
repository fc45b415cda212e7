//! Rows of the matrix that change nothing, as nothing in the job reads them.

use leptos::prelude::*;
use stepladder_workflow::facts::runners;
use stepladder_workflow::model::{Data, Row};
use stepladder_workflow::{edits, unread_rows};
use stepladder_yaml::edit::Value;
use stepladder_yaml::path;

use super::super::{focus, write};
use super::Place;
use crate::ui::button::button;
use crate::ui::icon::{Icon, icon};

/// A row that nothing reads.
#[derive(Clone, PartialEq)]
pub(super) struct Unread {
    name: String,
    /// Whether its values are runners, so that the job can run on them.
    is_runner: bool,
}

/// The rows of the job's matrix that nothing reads.
pub(super) fn found(place: &Place) -> Memo<Vec<Unread>> {
    let id = place.job.clone();
    place.session.form.derive(move |analysis| {
        let Some(job) = analysis.workflow.job(&id) else { return Vec::new() };
        let rows = unread_rows(analysis, job);
        let unread = |row: &Row| Unread {
            name: row.name.value.clone(),
            is_runner: job.uses.is_none() && are_runners(row),
        };
        rows.into_iter().map(unread).collect()
    })
}

fn are_runners(row: &Row) -> bool {
    let values = row.values.as_deref().unwrap_or_default();
    let is_runner = |data: &Data| match data {
        Data::Text(label) => runners::hosted(label).or(runners::removed(label)).is_some(),
        _ => false,
    };
    !values.is_empty() && values.iter().all(|value| is_runner(&value.value))
}

/// What is said at the row of that name, while nothing reads it.
pub(super) fn note(place: &Place, name: &str, unread: Memo<Vec<Unread>>) -> AnyView {
    let session = place.session;
    let (own, name) = (name.to_owned(), name.to_owned());
    let found = Memo::new(move |_| unread.with(|unread| unread.iter().find(|row| row.name == own).cloned()));
    let runs_on = path!["jobs", place.job.as_str(), "runs-on"];
    (move || {
        let found = found.get()?;
        let value = Value::Str(format!("${{{{ matrix.{name} }}}}"));
        let runs_on = runs_on.clone();
        let run = move |_| {
            if write::act_here(session, |analysis| edits::set_field(analysis, &runs_on, &value)) {
                focus::on(format!("field-{runs_on}"));
            }
        };
        Some(view! {
            <div class="matrix-unread">
                <p class="field-problem is-hint">
                    {icon(Icon::Hint)}
                    <span>"No step and no setting of this job reads " <code>{format!("matrix.{name}")}</code> "."</span>
                </p>
                {found.is_runner.then(|| button("button-small", None, format!("Run on matrix.{name}"), run))}
            </div>
        })
    })
    .into_any()
}
