//! The matrix of a job: its rows and their values, what is added and left out, and the jobs that come of it.

mod combinations;
mod legs;

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::model::Data;
use stepladder_workflow::schema::Map;
use stepladder_yaml::Path;
use stepladder_yaml::edit::Value;

use super::controls::{self, At};
use super::{pairs, picker, read, write};
use crate::session::{Session, job_of};
use crate::ui::button::icon_button;
use crate::ui::icon::{Icon, icon};

/// Where a matrix stands.
#[derive(Clone)]
struct Place {
    session: Session,
    path: Path,
    job: String,
    map: &'static Map,
}

/// The editor; `at` holds a mapping, or nothing yet.
pub(super) fn matrix(at: &At) -> AnyView {
    let (Some(job), Some(map)) = (job_of(&at.path), at.field.maps.first().copied()) else {
        return controls::yaml(at);
    };
    let place = Place { session: at.session, path: at.path.clone(), job: job.to_owned(), map };
    let here = at.path.clone();
    let rows = at.session.form.derive(move |analysis| {
        let names = read::pairs(analysis, &here).into_iter().map(|(name, _)| name);
        names.filter(|name| name != "include" && name != "exclude").collect::<Vec<_>>()
    });
    let of = place.clone();
    let (here, lists) = (at.path.clone(), place.clone());
    // Before there is a row there is nothing to add to or to leave out.
    let begun = at.session.form.derive(move |analysis| !read::pairs(analysis, &here).is_empty());
    view! {
        <div class="matrix">
            <For each=move || rows.get() key=Clone::clone children=move |name| row(&of, name) />
            {new_row(&place, rows)}
            <Show when=move || begun.get()>
                {combinations::combinations(&lists, "include", "Add combinations", "Another combination", rows)}
                {combinations::combinations(&lists, "exclude", "Leave combinations out", "Leave another one out", rows)}
            </Show>
            {legs::legs(&place)}
        </div>
    }
    .into_any()
}

/// A value as it stands in a list of the matrix.
#[derive(Clone, PartialEq)]
struct Chip {
    text: String,
    /// Whether it is a number or a boolean, which `==` tells apart from a text.
    bare: bool,
}

fn row(place: &Place, name: String) -> AnyView {
    let Place { session, map, .. } = *place;
    let path = place.path.child(name.as_str());
    let here = path.clone();
    let chips = session.form.derive(move |analysis| {
        let node = analysis.tree.at(&here)?;
        let is_list = node.kind() == stepladder_yaml::Kind::Sequence;
        is_list.then(|| {
            node.items()
                .map(|item| {
                    let data = Data::new(item);
                    let bare = matches!(data, Data::Number(_) | Data::Bool(_));
                    // A number is shown as it is written: 3.10 is no 3.1 to the person.
                    let text = item.as_str().map_or_else(|| data.label(), str::to_owned);
                    Chip { text, bare }
                })
                .collect::<Vec<_>>()
        })
    });
    let is_list = Memo::new(move |_| chips.with(Option::is_some));
    let (job, old) = (place.job.clone(), name.clone());
    let rename = move |event: FocusEvent| {
        let new = event_target_value(&event).trim().to_owned();
        if new != old && !new.is_empty() {
            write::act_here(session, |analysis| edits::rename_matrix_row(analysis, &job, &old, &new));
        }
    };
    let gone = path.clone();
    let remove = move |_| write::act_aloud(session, |analysis| edits::remove_field(analysis, &gone));
    let free = map.free;
    let values = {
        let (job, name, path) = (place.job.clone(), name.clone(), path.clone());
        move || match (is_list.get(), free) {
            (true, _) => values(session, &job, &name, &path, chips),
            (false, Some(field)) => {
                let at = At { session, path: path.clone(), field };
                view! { <div class="matrix-computed">{controls::code(&at)}{picker::chips(&at)}</div> }
                    .into_any()
            }
            (false, None) => ().into_any(),
        }
    };
    view! {
        <div class="matrix-row" data-field=path.to_string() role="group" aria-label=format!("Row {name} of the matrix")>
            <input
                class="field-input mono matrix-name"
                type="text"
                spellcheck="false"
                autocomplete="off"
                aria-label="Name of the row; a change renames it everywhere"
                prop:value=name.clone()
                on:blur=rename
                on:keydown=pairs::leave_on_enter
            />
            {values}
            {icon_button(Icon::Trash, format!("Remove the row {name}"), || false, remove)}
        </div>
    }
    .into_any()
}

/// The values of a row as chips, and a field for one more.
fn values(session: Session, job: &str, name: &str, path: &Path, chips: Memo<Option<Vec<Chip>>>) -> AnyView {
    let draft = RwSignal::new(String::new());
    let (job, row) = (job.to_owned(), name.to_owned());
    let add = move || {
        let text = draft.get_untracked().trim().trim_end_matches(',').to_owned();
        draft.set(String::new());
        if text.is_empty() {
            return;
        }
        let others = chips.get_untracked().unwrap_or_default();
        let value = typed(&text, &others);
        write::act_here(session, |analysis| edits::add_matrix_value(analysis, &job, &row, &value));
    };
    let key = {
        let add = add.clone();
        move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | ",") && !event.is_composing() {
                event.prevent_default();
                add();
            }
        }
    };
    let path = path.clone();
    let shown = move || {
        let chips = chips.get().unwrap_or_default();
        let alone = chips.len() == 1;
        chips
            .into_iter()
            .enumerate()
            .map(|(index, chip)| {
                let gone = path.child(index);
                let label = format!("Remove {}", chip.text);
                let remove = move |_| {
                    write::act_here(session, |analysis| edits::remove_field(analysis, &gone));
                };
                let title = if chip.bare { "A number or a boolean" } else { "A text" };
                view! {
                    <li class="chip" class:is-bare=chip.bare title=title>
                        <span>{chip.text}</span>
                        {(!alone).then(|| view! {
                            <button type="button" aria-label=label.clone() title=label on:click=remove>
                                {icon(Icon::Close)}
                            </button>
                        })}
                    </li>
                }
            })
            .collect::<Vec<_>>()
    };
    view! {
        <div class="chips">
            <ul aria-label=format!("Values of {name}")>{shown}</ul>
            <input
                class="chips-input"
                type="text"
                spellcheck="false"
                autocomplete="off"
                aria-label=format!("Another value of {name}")
                placeholder="Add"
                prop:value=move || draft.get()
                on:input=move |event| draft.set(event_target_value(&event))
                on:keydown=key
                on:blur=move |_| add()
            />
        </div>
    }
    .into_any()
}

/// What a typed value means among its neighbours: beside texts a number is a text too, as in `'3.12', '3.13'`. A number
/// that YAML would print otherwise, such as 3.10, is always a text.
fn typed(text: &str, others: &[Chip]) -> Value {
    let beside_texts = !others.is_empty() && others.iter().all(|chip| !chip.bare);
    match (text, text.parse::<i64>()) {
        ("true" | "false", _) if !beside_texts => Value::Bool(text == "true"),
        (_, Ok(number)) if !beside_texts && number.to_string() == text => Value::Int(number),
        _ => Value::Str(text.to_owned()),
    }
}

fn new_row(place: &Place, rows: Memo<Vec<String>>) -> AnyView {
    let Place { session, .. } = *place;
    let (name, first) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let job = place.job.clone();
    let values_id = format!("field-{}-values", place.path);
    let wanted = values_id.clone();
    let add = move || {
        let row = name.get_untracked().trim().to_owned();
        let typed_values = first.get_untracked();
        let mut values: Vec<Value> = Vec::new();
        for text in typed_values.split(',').map(str::trim).filter(|text| !text.is_empty()) {
            values.push(typed(text, &[]));
        }
        if row.is_empty() {
            return;
        }
        if values.is_empty() {
            pairs::focus(wanted.clone());
            return;
        }
        if write::act_here(session, |analysis| edits::add_matrix_row(analysis, &job, &row, &values)) {
            name.set(String::new());
            first.set(String::new());
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
    let id = format!("field-{}-new", place.path);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_value_is_of_the_kind_of_its_neighbours() {
        let chip = |bare| Chip { text: String::new(), bare };
        assert_eq!(typed("22", &[chip(true)]), Value::Int(22));
        assert_eq!(typed("22", &[chip(false)]), Value::Str("22".into()));
        assert_eq!(typed("3.10", &[]), Value::Str("3.10".into()));
        assert_eq!(typed("true", &[]), Value::Bool(true));
        assert_eq!(typed("ubuntu-latest", &[chip(true)]), Value::Str("ubuntu-latest".into()));
    }
}
