//! Names and values: environment variables, inputs without metadata, outputs, permissions of one's own.

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::schema::{Field, Map};
use stepladder_yaml::edit::Value;
use stepladder_yaml::{Path, Step};

use super::controls::{self, At};
use super::fresh::Fresh;
use super::named::{Ended, Named};
use super::{fields, focus, notes, picker, read, source, write};
use crate::session::Session;
use crate::ui::icon::{Icon, icon};
use crate::views::left_behind;

/// The entries of the mapping at `at`; keys that the table names get controls of their own.
pub(super) fn pairs(at: &At) -> AnyView {
    let Some(map) = at.field.maps.first().copied() else { return source::yaml(at) };
    let named = (!map.fields.is_empty()).then(|| fields::fields(at.session, &at.path, map, &[], &[]));
    let free = map.free.map(|free| free_pairs(at.session, &at.path, map, free, &[]));
    view! { <div class="pairs">{named}{free}</div> }.into_any()
}

/// The entries that neither `map` nor `skip` names.
pub(super) fn free_pairs(
    session: Session,
    path: &Path,
    map: &'static Map,
    free: &'static Field,
    skip: &[String],
) -> AnyView {
    let here = path.clone();
    let skip = skip.to_vec();
    let names = session.form.derive(move |analysis| {
        let own =
            |key: &String| map.named(key).is_none() && !skip.iter().any(|s| s.eq_ignore_ascii_case(key));
        read::pairs(analysis, &here).into_iter().map(|(name, _)| name).filter(own).collect::<Vec<_>>()
    });
    let here = path.clone();
    view! {
        <For
            each=move || names.get()
            key=Clone::clone
            children=move |name| pair(&At { session, path: here.child(name.as_str()), field: free }, &name)
        />
        {new_pair(session, path.clone(), names)}
    }
    .into_any()
}

fn pair(at: &At, name: &str) -> AnyView {
    let session = at.session;
    let (renamed, old) = (at.path.clone(), name.to_owned());
    let rename = move |new: &str, ended: &Ended| {
        let meant = focus::meant_in_row(&renamed, ended);
        let is_renamed = write::act(session, |analysis| edits::rename_field(analysis, &renamed, new));
        if is_renamed {
            left_behind::tell_of_variable(session, &renamed, &old);
            focus::go_on_in_row(&renamed, new, meant);
        }
        is_renamed
    };
    let name_field = Named {
        class: "field-input mono pair-name",
        id: None,
        label: Some(name_label(&at.path, name)),
        may_go: false,
        refused: RwSignal::new(false),
        name: Signal::stored(name.to_owned()),
    };
    let gone = at.path.clone();
    let label = format!("Remove {name}");
    view! {
        <div class="pair" data-field=at.path.to_string()>
            {name_field.view_with(rename)}
            <div class="pair-value">
                <label class="visually-hidden" for=at.id()>{format!("Value of {name}")}</label>
                {value(at)}
            </div>
            {at.field.ctx.allows_expressions().then(|| picker::button(at))}
            <button
                type="button"
                class="button button-icon"
                aria-label=label.clone()
                title=label
                on:click=move |_| write::act_aloud(session, |analysis| edits::remove_field(analysis, &gone))
            >
                {icon(Icon::Trash)}
            </button>
            {at.field.ctx.allows_expressions().then(|| picker::chips(at))}
            {notes::problems(at)}
        </div>
    }
    .into_any()
}

/// What the field for the name of the entry at `path` is called, apart from those of its neighbours.
fn name_label(path: &Path, name: &str) -> String {
    let is_env =
        path.parent().is_some_and(|parent| matches!(parent.last(), Some(Step::Key(key)) if key == "env"));
    format!("Name of {} {name}", if is_env { "variable" } else { "entry" })
}

/// A text, or YAML for anything else.
pub(super) fn value(at: &At) -> AnyView {
    let path = at.path.clone();
    let is_text = at.session.form.derive(move |analysis| {
        matches!(read::shown(analysis, &path), read::Shown::Scalar(_) | read::Shown::Absent)
    });
    let at = at.clone();
    (move || {
        if is_text.get() {
            return controls::code(&at);
        }
        let label = match at.path.last() {
            Some(Step::Key(name)) => format!("Value of {name} as YAML"),
            _ => "Value as YAML".to_owned(),
        };
        source::source(at.session, &at.path, label, at.field.required)
    })
    .into_any()
}

fn new_pair(session: Session, path: Path, names: Memo<Vec<String>>) -> AnyView {
    let fresh = Fresh {
        session,
        path: path.clone(),
        names,
        classes: ("pair pair-new", "pair-name"),
        label: "Name of a new entry".to_owned(),
        placeholder: "NAME".to_owned().into(),
        values: None,
        button: "Add",
    };
    let here = path.clone();
    let empty = Value::Str(String::new());
    fresh.view(
        move |analysis, entry| edits::set_field(analysis, &here.child(entry.name), &empty),
        move |name| Some(format!("field-{}", path.child(name))),
    )
}
