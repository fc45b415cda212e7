//! The fields that add a row to the matrix.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_yaml::edit::Value;

use super::super::parted::parts;
use super::super::{pairs, write};
use super::Place;
use super::values::typed;
use crate::ui::icon::{Icon, icon};

/// A name and values with commas between them.
pub(super) fn new_row(place: &Place, rows: Memo<Vec<String>>) -> AnyView {
    let Place { session, .. } = *place;
    let (name, first) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let job = place.job.clone();
    let values_id = format!("field-{}-values", place.path);
    let path = place.path.clone();
    let wanted = values_id.clone();
    let id = format!("field-{}-new", place.path);
    let next = id.clone();
    let add = move || {
        let row = name.get_untracked().trim().to_owned();
        let typed_values = first.get_untracked();
        if row.is_empty() {
            return;
        }
        let text = typed_values.trim();
        let parts = parts(text);
        if let [only] = parts.as_slice()
            && only.starts_with("${{")
        {
            // The values are computed: a text in the place of the list.
            let place = path.child(row.as_str());
            let value = Value::Str(text.to_owned());
            if write::act_here(session, |analysis| edits::set_field(analysis, &place, &value)) {
                name.set(String::new());
                first.set(String::new());
            }
            return;
        }
        let values: Vec<Value> = parts.iter().map(|text| typed(text, &[])).collect();
        if values.is_empty() {
            pairs::focus(wanted.clone());
            return;
        }
        if write::act_here(session, |analysis| edits::add_matrix_row(analysis, &job, &row, &values)) {
            name.set(String::new());
            first.set(String::new());
            // One row often comes with another.
            pairs::focus(next.clone());
        }
    };
    let key = {
        let add = add.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                add();
            }
        }
    };
    view! {
        <div class="matrix-row matrix-new">
            <input
                id=id
                class="field-input mono matrix-name"
                type="text"
                spellcheck="false"
                autocomplete="off"
                aria-label="Name of the new row"
                placeholder=move || if rows.with(Vec::is_empty) { "os" } else { "version" }
                prop:value=move || name.get()
                on:input=move |event| name.set(event_target_value(&event))
                on:keydown=key.clone()
            />
            <input
                id=values_id
                class="field-input mono"
                type="text"
                spellcheck="false"
                autocomplete="off"
                aria-label="Its values, with commas between them"
                placeholder=move || {
                    if rows.with(Vec::is_empty) { "ubuntu-latest, windows-latest" } else { "value, value, …" }
                }
                prop:value=move || first.get()
                on:input=move |event| first.set(event_target_value(&event))
                on:keydown=key
            />
            <button type="button" class="button" on:click=move |_| add()>{icon(Icon::Plus)} <span>"Add row"</span></button>
        </div>
    }
    .into_any()
}
