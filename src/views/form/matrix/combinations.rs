//! What is added to the combinations of the rows, and what is left out of them.

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::model::Data;
use stepladder_workflow::schema::Map;
use stepladder_yaml::edit::Value;
use stepladder_yaml::{Path, Step};

use super::super::controls::At;
use super::super::{fields, notes, pairs, write};
use super::Place;
use crate::session::Session;
use crate::ui::button::button;
use crate::ui::icon::Icon;

/// `include` or `exclude`: each entry with its names and values.
pub(super) fn combinations(
    place: &Place,
    list: &'static str,
    title: &'static str,
    more: &'static str,
    rows: Memo<Vec<String>>,
) -> AnyView {
    let Place { session, map, .. } = *place;
    let path = place.path.child(list);
    let Some(field) = map.named(list) else { return ().into_any() };
    let Some(entry) = field.items.and_then(|items| items.maps.first().copied()) else { return ().into_any() };
    let here = path.clone();
    // `None`: it is no list, so an expression computes it.
    let count = session.form.derive(move |analysis| match analysis.tree.at(&here) {
        None => Some(0),
        Some(node) if node.is_null() => Some(0),
        Some(node) if node.resolve().kind() == stepladder_yaml::Kind::Sequence => Some(node.len()),
        Some(_) => None,
    });
    let computed = Memo::new(move |_| count.get().is_none());
    let owner = place.clone();
    let add = move |_| {
        let job = &owner.job;
        // An entry begins with the first value of the first row, which shows what belongs there.
        let first = rows.get_untracked().first().cloned();
        let value = session.analysis.with_untracked(|analysis| {
            let row = first.as_ref().map(|row| owner.path.child(row.as_str()))?;
            let item = analysis.tree.at(&row)?.items().next()?;
            Some(edits::value_of(&Data::new(item)))
        });
        let values = [(
            first.unwrap_or_else(|| "name".to_owned()),
            value.unwrap_or_else(|| Value::Str(String::new())),
        )];
        write::act_here(session, |analysis| {
            if list == "include" {
                edits::include_combination(analysis, job, &values)
            } else {
                edits::exclude_combination(analysis, job, &values)
            }
        });
    };
    let items = path.clone();
    let at = At { session, path: path.clone(), field };
    let body = move || {
        if computed.get() {
            return fields::computed(&at, title.to_owned());
        }
        let path = items.clone();
        view! {
            <For
                each=move || 0..count.get().unwrap_or_default()
                key=|index| *index
                children=move |index| combination(session, path.child(Step::Index(index)), index, entry)
            />
        }
        .into_any()
    };
    view! {
        <section class="matrix-list" data-field=path.to_string() aria-label=title>
            <header class="field-head">
                <span class="field-label">{title}</span>
                <code class="field-key">{list}</code>
            </header>
            {body}
            {move || (!computed.get()).then(|| button("button-small button-quiet", Some(Icon::Plus), more, add.clone()))}
            {notes::problems(&At { session, path: path.clone(), field })}
        </section>
    }
    .into_any()
}

fn combination(session: Session, path: Path, index: usize, entry: &'static Map) -> AnyView {
    let gone = path.clone();
    let remove = move |_| write::act_aloud(session, |analysis| edits::remove_field(analysis, &gone));
    let body = entry.free.map(|free| pairs::free_pairs(session, &path, entry, free, &[]));
    view! {
        <div class="matrix-entry" role="group" aria-label=format!("Combination {}", index + 1)>
            <header class="matrix-entry-head">
                <span class="field-label">{format!("Combination {}", index + 1)}</span>
                <button type="button" class="button button-small button-quiet" aria-label=format!("Remove combination {}", index + 1) on:click=remove>
                    "Remove"
                </button>
            </header>
            <div class="pairs">{body}</div>
        </div>
    }
    .into_any()
}
