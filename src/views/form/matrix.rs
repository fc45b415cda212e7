//! The matrix of a job: its rows and their values, what is added and left out, and the jobs that come of it.

mod combinations;
mod entries;
mod legs;
mod new_row;
mod unread;
mod values;

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::schema::Map;
use stepladder_yaml::Path;

use self::unread::Unread;
use super::controls::At;
use super::named::{Ended, Named};
use super::{control, focus, notes, picker, read, source, write};
use crate::session::{Session, job_of};
use crate::ui::button::icon_button;
use crate::ui::icon::Icon;

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
        return source::yaml(at);
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
            {new_row::new_row(&place, rows)}
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
    let shape = values::shape(session, &path);
    let (job, old, own) = (place.job.clone(), name.clone(), path.clone());
    let rename = move |new: &str, ended: &Ended| {
        let meant = focus::meant_in_row(&own, ended);
        let is_renamed =
            write::act_here(session, |analysis| edits::rename_matrix_row(analysis, &job, &old, new));
        if is_renamed {
            focus::go_on_in_row(&own, new, meant);
        }
        is_renamed
    };
    let name_field = Named {
        class: "field-input mono matrix-name",
        id: None,
        label: Some("Name of the row; a change renames it everywhere".to_owned()),
        may_go: false,
        refused: RwSignal::new(false),
        name: Signal::stored(name.clone()),
    };
    let gone = path.clone();
    let remove = move |_| write::act_aloud(session, |analysis| edits::remove_field(analysis, &gone));
    let free = map.free;
    let wrong = path.clone();
    let body = {
        let (place, name, path) = (place.clone(), name.clone(), path.clone());
        move || match (shape.get(), free) {
            (values::Shape::Words, _) => values::chips(&place, &name, &path),
            (values::Shape::Entries, _) => values::entries(&place, &name, &path),
            (values::Shape::Computed, Some(field)) => {
                let at = At { session, path: path.clone(), field };
                control::computed(&at, format!("Values of {name}"))
            }
            (values::Shape::Other, _) => {
                source::source(session, &path, format!("Values of {name} as YAML"), true)
            }
            (values::Shape::Computed, None) => ().into_any(),
        }
    };
    let at = free.map(|field| At { session, path: path.clone(), field });
    // Where an expression computes the values its field has the button.
    let picker = move || {
        let at = at.as_ref().filter(|_| shape.get() == values::Shape::Words)?;
        Some(picker::button(at))
    };
    view! {
        <div
            class="matrix-row"
            class:has-entries=move || shape.get() == values::Shape::Entries
            data-field=path.to_string()
            role="group"
            aria-label=format!("Row {name} of the matrix")
        >
            {name_field.view_with(rename)}
            {body}
            {picker}
            {icon_button(Icon::Trash, format!("Remove the row {name}"), || false, remove)}
            <div class="matrix-notes">
                {notes::repeated(session, &path)}
                {move || (shape.get() != values::Shape::Entries).then(|| notes::source_problems(session, &wrong))}
                {values::no_list(session, &name, &path)}
            </div>
            {unread::note(place, &name, unread)}
        </div>
    }
    .into_any()
}
