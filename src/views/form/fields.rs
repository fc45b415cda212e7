//! Rows of fields, made from the schema table: required and used ones first, the rest behind "More".

use std::collections::BTreeSet;

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::schema::{self, Field, Map, Widget};
use stepladder_yaml::{Kind, Path};

use super::controls::At;
use super::help::help_button;
use super::prose::{plain, prose};
use super::read;
use super::{control, focus, notes, picker, source, write};
use crate::session::Session;
use crate::ui::button::icon_button;
use crate::ui::folded::{folded, folded_as};
use crate::ui::icon::Icon;

/// The fields of `map` for the mapping at `path`, but those in `skip`. Required ones, those in `common` and those that
/// stand in the text are shown; once shown, a field stays while the form does, and what is filled in behind "More" stays
/// there while that is open, so that nothing jumps away from whoever types.
pub(super) fn fields(
    session: Session,
    path: &Path,
    map: &'static Map,
    skip: &'static [&'static str],
    common: &'static [&'static str],
) -> AnyView {
    listed(session, path, map, skip, move |field| common.contains(&field.key))
}

/// As [`fields`], with those shown for which `common` holds.
pub(super) fn listed(
    session: Session,
    path: &Path,
    map: &'static Map,
    skip: &'static [&'static str],
    common: impl Fn(&Field) -> bool + Send + Sync + 'static,
) -> AnyView {
    let here = path.clone();
    // What only other kinds of actions have, unless it is there.
    let unfit = session.form.derive(move |analysis| {
        let is_unfit =
            |path: &Path| schema::is_of_other_kind(path, &analysis.tree) && !read::exists(analysis, path);
        map.fields.iter().map(|field| field.key).filter(|key| is_unfit(&here.child(*key))).collect::<Vec<_>>()
    });
    let all = move || {
        let unfit = unfit.get();
        map.fields.iter().filter(move |field| !skip.contains(&field.key) && !unfit.contains(&field.key))
    };
    let here = path.clone();
    let is_open = RwSignal::new(false);
    let first = Memo::new(move |shown: Option<&Vec<&'static str>>| {
        let stays = is_open.get();
        session.form.with(|analysis| {
            all()
                .filter(|field| {
                    field.required
                        || common(field)
                        || shown.is_some_and(|shown| shown.contains(&field.key))
                        || !stays && read::exists(analysis, &here.child(field.key))
                })
                .map(|field| field.key)
                .collect()
        })
    });
    let rows = move |path: Path, more: bool| {
        view! {
            <For
                each=move || {
                    let first = first.get();
                    all().filter(|field| first.contains(&field.key) != more).collect::<Vec<_>>()
                }
                key=|field| field.key
                children=move |field| row(&At { session, path: path.child(field.key), field })
            />
        }
        .into_any()
    };
    let more = Memo::new(move |_| all().count() - first.with(Vec::len));
    let rest = path.clone();
    let any_more = Memo::new(move |_| more.get() > 0);
    let behind = move || {
        let rest = rest.clone();
        let body = move || view! { <div class="fields">{rows(rest.clone(), true)}</div> }.into_any();
        folded_as("more", is_open, move || format!("More ({})", more.get()), body)
    };
    view! {
        <div class="fields">{rows(path.clone(), false)}</div>
        {others(session, path, map, skip)}
        {move || any_more.get().then(&behind)}
    }
    .into_any()
}

/// What stands in the text and is not in the table, as YAML.
fn others(session: Session, path: &Path, map: &'static Map, skip: &'static [&'static str]) -> AnyView {
    if map.free.is_some() && !map.passes_over_others() {
        return ().into_any();
    }
    let here = path.clone();
    let names = session.form.derive(move |analysis| {
        let mut names: Vec<String> = read::pairs(analysis, &here).into_iter().map(|(name, _)| name).collect();
        // A key that stands there twice, wherever, is one row.
        let mut seen = BTreeSet::new();
        names.retain(|name| {
            map.named(name).is_none() && !skip.contains(&name.as_str()) && seen.insert(name.clone())
        });
        names
    });
    let path = path.clone();
    let row = move |name: String| {
        let path = path.child(name.as_str());
        view! {
            <div class="field" data-field=path.to_string()>
                <div class="field-head">
                    <label for=format!("field-{path}")><code>{name.clone()}</code></label>
                </div>
                {source::source(session, &path, format!("{name} as YAML"), false)}
                {notes::source_problems(session, &path)}
            </div>
        }
        .into_any()
    };
    view! { <div class="fields"><For each=move || names.get() key=Clone::clone children=row /></div> }
        .into_any()
}

/// One field: its label, what it means, its control and its problems.
pub(super) fn row(at: &At) -> AnyView {
    let help = RwSignal::new(false);
    let field = at.field;
    let light = {
        let at = at.clone();
        move |_| at.session.light(&at.path)
    };
    let whole = is_group(field);
    let class = if whole { "field field-group" } else { "field" };
    view! {
        <div class=class data-field=at.path.to_string()>
            <div class="field-head">
                <label for=at.id() title=plain(field.doc) on:mouseenter=light>
                    {field.title}
                    {field.required.then(|| view! { <span class="field-required" title="Required" aria-hidden="true">"*"</span> })}
                </label>
                <code class="field-key">{field.key}</code>
                {(!field.doc.is_empty()).then(|| help_button(field.title, help))}
                {(has_caret(field)).then(|| picker::button(at))}
                {expressions_in_list(field).map(|item| picker::button(&At { field: item, ..at.clone() }))}
                {can_go_whole(field).then(|| remove_whole(at))}
            </div>
            {move || help.get().then(|| view! { <p class="field-doc">{prose(field.doc)}</p> })}
            {notes::repeated(at.session, &at.path)}
            {control::control(at)}
            {(has_caret(field)).then(|| picker::chips(at))}
            {notes::problems(at)}
        </div>
    }
    .into_any()
}

/// Whether the field is a mapping that can be left out, and whose form does not tell how: what its fields leave when they are
/// emptied may be no whole one, as an environment without its name.
fn can_go_whole(field: &Field) -> bool {
    !field.required && matches!(field.widget, Widget::Form | Widget::Container | Widget::Services)
}

/// What takes all of the field away where it is a mapping.
fn remove_whole(at: &At) -> AnyView {
    let (here, gone) = (at.path.clone(), at.clone());
    let is_there = at.session.form.derive(move |analysis| {
        analysis.tree.at(&here).is_some_and(|node| node.resolve().kind() == Kind::Mapping)
    });
    let label = format!("Remove {}", at.field.title);
    let remove = move |_| {
        write::act_aloud(gone.session, |analysis| edits::remove_field(analysis, &gone.path));
        focus::on(gone.id());
    };
    view! {
        <Show when=move || is_there.get()>
            {icon_button(Icon::Trash, label.clone(), || false, remove.clone())}
        </Show>
    }
    .into_any()
}

/// The items of the field, where it is a list of texts that may be expressions.
fn expressions_in_list(field: &Field) -> Option<&'static Field> {
    field.items.filter(|item| field.widget == Widget::List && item.ctx.allows_expressions())
}

/// Whether the control is a single text into which an expression can be put.
fn has_caret(field: &Field) -> bool {
    field.ctx.allows_expressions()
        && matches!(
            field.widget,
            Widget::Text
                | Widget::LongText
                | Widget::Script
                | Widget::Condition
                | Widget::Number
                | Widget::Choice
        )
}

/// Whether the control is made of fields.
pub(super) fn is_group(field: &Field) -> bool {
    field.widget == Widget::Pairs || field.widget.is_form() && field.widget != Widget::Permissions
}

/// All that is at `path` as YAML, folded away: whatever the language allows there can be written, be it in no form.
pub(super) fn whole(session: Session, path: &Path, what: &'static str) -> AnyView {
    let here = path.clone();
    let body = move || {
        view! {
            <p class="field-note">"It is written when you leave the field, or with Ctrl+Enter."</p>
            {source::source(session, &here, format!("{what} as YAML"), true)}
        }
        .into_any()
    };
    view! { <section class="form-section form-whole">{folded("more", false, format!("{what} as YAML"), body)}</section> }
        .into_any()
}
