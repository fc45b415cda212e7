//! The matrix of a job: its rows and their values, what is added and left out, and the jobs that come of it.

mod combinations;
mod legs;
mod unread;

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::model::Data;
use stepladder_workflow::schema::Map;
use stepladder_yaml::edit::Value;
use stepladder_yaml::{Node, Path};

use self::unread::Unread;
use super::chips::{self, Acts, Chip, Ends, List};
use super::controls::{self, At};
use super::known::Known;
use super::{fields, pairs, picker, read, write};
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
    let unread = unread::found(&place);
    let (here, lists) = (at.path.clone(), place.clone());
    // Before there is a row there is nothing to add to or to leave out.
    let begun = at.session.form.derive(move |analysis| !read::pairs(analysis, &here).is_empty());
    view! {
        <div class="matrix">
            <For each=move || rows.get() key=Clone::clone children=move |name| row(&of, name, unread) />
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

fn row(place: &Place, name: String, unread: Memo<Vec<Unread>>) -> AnyView {
    let Place { session, map, .. } = *place;
    let path = place.path.child(name.as_str());
    let here = path.clone();
    let chips = session.form.derive(move |analysis| {
        let node = analysis.tree.at(&here)?;
        let is_list = node.kind() == stepladder_yaml::Kind::Sequence;
        is_list.then(|| node.items().map(chip).collect::<Vec<_>>())
    });
    let is_list = Memo::new(move |_| chips.with(Option::is_some));
    let (job, old) = (place.job.clone(), name.clone());
    let rename = move |new: &str| {
        write::act_here(session, |analysis| edits::rename_matrix_row(analysis, &job, &old, new))
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
                fields::computed(&at, format!("Values of {name}"))
            }
            (false, None) => ().into_any(),
        }
    };
    view! {
        <div class="matrix-row" data-field=path.to_string() role="group" aria-label=format!("Row {name} of the matrix")>
            {pairs::name_field(
                "field-input mono matrix-name",
                "Name of the row; a change renames it everywhere",
                &name,
                rename,
            )}
            {values}
            {free.filter(|_| is_list.get_untracked()).map(|field| picker::button(&At { session, path: path.clone(), field }))}
            {icon_button(Icon::Trash, format!("Remove the row {name}"), || false, remove)}
            {unread::note(place, &name, unread)}
        </div>
    }
    .into_any()
}

/// A value as it stands in a list of the matrix.
fn chip(item: Node<'_>) -> Chip {
    let data = Data::new(item);
    let (bare, title) = match data {
        Data::Number(_) | Data::Bool(_) => (true, "A number or a boolean"),
        Data::Object(_) => (false, KEYS),
        Data::List(_) => (false, "A list"),
        _ => (false, "A text"),
    };
    // A number is shown as it is written: 3.10 is no 3.1 to the person.
    Chip { text: item.as_str().map_or_else(|| data.in_flow(), str::to_owned), bare, title }
}

/// What a value with keys is called.
const KEYS: &str = "Keys and values";

/// The values of a row as chips, and a field for more.
fn values(session: Session, job: &str, name: &str, path: &Path, chips: Memo<Option<Vec<Chip>>>) -> AnyView {
    let shown = Memo::new(move |_| chips.get().unwrap_or_default());
    let others = move || shown.get_untracked();
    let (job, row) = (job.to_owned(), name.to_owned());
    let (changed, moved, gone) = (path.clone(), path.clone(), path.clone());
    let acts = Acts {
        add: Arc::new(move |texts| {
            texts.iter().all(|text| {
                let value = typed(text, &others());
                let done = write::act_here(session, |a| edits::add_matrix_value(a, &job, &row, &value));
                done || session.is_asking()
            })
        }),
        change: Arc::new(move |at, text| {
            let mut neighbours = others();
            if at < neighbours.len() && neighbours.remove(at).text != text {
                write::set(session, &changed.child(at), &typed(&text, &neighbours));
            }
        }),
        shift: Arc::new(move |from, to| {
            write::act_here(session, |analysis| edits::move_value(analysis, &moved, from, to));
        }),
        remove: Arc::new(move |at| {
            write::act_here(session, |analysis| edits::remove_field(analysis, &gone.child(at)));
        }),
    };
    let id = format!("field-{path}");
    let list = List {
        known: Known::new(session, path, &id, Vec::<String>::new()),
        id,
        title: format!("Values of {name}"),
        label: Some(format!("Another value of {name}")),
        draft: RwSignal::new(String::new()),
        keeps_one: true,
        ends: Ends::Comma,
    };
    chips::chips(list, shown, &acts)
}

/// What a typed value means among its neighbours: beside texts a number is a text too, as in `'3.12', '3.13'`. A number
/// that YAML would print otherwise, such as 3.10, is always a text.
fn typed(text: &str, others: &[Chip]) -> Value {
    let is_text = |chip: &Chip| !chip.bare && !chip.text.starts_with(['{', '[']);
    let beside_texts = !others.is_empty() && others.iter().all(is_text);
    // Keys and values, or a list, as YAML has them on one line.
    if text.starts_with('{') || text.starts_with('[') {
        return Value::Source(text.to_owned());
    }
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
        let mut values: Vec<Value> = Vec::new();
        let text = typed_values.trim();
        if text.starts_with("${{") {
            // The values are computed: a text in the place of the list.
            let place = path.child(row.as_str());
            let value = Value::Str(text.to_owned());
            if write::act_here(session, |analysis| edits::set_field(analysis, &place, &value)) {
                name.set(String::new());
                first.set(String::new());
            }
            return;
        }
        for text in chips::parts(text) {
            values.push(typed(&text, &[]));
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_value_is_of_the_kind_of_its_neighbours() {
        let chip = |bare| Chip { bare, ..Chip::text(String::new()) };
        assert_eq!(typed("22", &[chip(true)]), Value::Int(22));
        assert_eq!(typed("22", &[chip(false)]), Value::Str("22".into()));
        assert_eq!(typed("3.10", &[]), Value::Str("3.10".into()));
        assert_eq!(typed("true", &[]), Value::Bool(true));
        assert_eq!(typed("ubuntu-latest", &[chip(true)]), Value::Str("ubuntu-latest".into()));
        assert_eq!(typed("{a: 1}", &[]), Value::Source("{a: 1}".into()));
        assert_eq!(typed("3", &[Chip::text("{a: 1}".into())]), Value::Int(3));
    }
}
