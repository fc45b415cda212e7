//! What is added to the combinations of the rows, and what is left out of them.

use std::sync::Arc;

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::model::Data;
use stepladder_yaml::Path;
use stepladder_yaml::edit::Value;

use super::super::controls::At;
use super::super::{control, focus, notes, pairs, write};
use super::Place;
use super::entries::{self, Entries, State};
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
    let state = State::default();
    let owner = place.clone();
    let written = path.clone();
    let add = move |_| {
        let job = &owner.job;
        // An entry begins with the first value of the first row, which shows what belongs there.
        let first = rows.get_untracked().first().cloned();
        let value = session.analysis.with_untracked(|analysis| {
            let row = first.as_ref().map(|row| owner.path.child(row.as_str()))?;
            let item = analysis.tree.at(&row)?.items().next()?;
            Some(edits::value_of(&Data::new(item)))
        });
        let name = first.unwrap_or_else(|| "name".to_owned());
        let values = [(name.clone(), value.unwrap_or_else(|| Value::Str(String::new())))];
        let at = count.get_untracked().unwrap_or_default();
        let done = write::act_here(session, |analysis| {
            if list == "include" {
                edits::include_combination(analysis, job, &values)
            } else {
                edits::exclude_combination(analysis, job, &values)
            }
        });
        if done {
            state.show(at);
            focus::on_text(format!("field-{}", written.child(at).child(name)));
        }
    };
    let items = path.clone();
    let at = At { session, path: path.clone(), field };
    let body = move || {
        if computed.get() {
            return view! { {control::computed(&at, title.to_owned())} {notes::problems(&at)} }.into_any();
        }
        let body = move |path: &Path| {
            let keys = entry.free.map(|free| pairs::free_pairs(session, path, entry, free, &[]));
            view! { {notes::own_problems(session, path)} <div class="pairs">{keys}</div> }.into_any()
        };
        entries::entries(Entries {
            session,
            path: items.clone(),
            what: "Combination",
            title: title.to_owned(),
            keeps_one: false,
            state,
            body: Arc::new(body),
        })
    };
    view! {
        <section class="matrix-list" data-field=path.to_string() aria-label=title>
            <header class="field-head">
                <span class="field-label">{title}</span>
                <code class="field-key">{list}</code>
            </header>
            {body}
            {move || (!computed.get()).then(|| button("button-small button-quiet", Some(Icon::Plus), more, add.clone()))}
        </section>
    }
    .into_any()
}
