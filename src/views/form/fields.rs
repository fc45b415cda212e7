//! Rows of fields, made from the schema table: required and used ones first, the rest behind "More".

use std::collections::BTreeSet;

use leptos::prelude::*;
use stepladder_workflow::schema::{Field, Map, Types, Widget};
use stepladder_yaml::Path;
use stepladder_yaml::edit::Value;

use super::chips::Ends;
use super::controls::{self, At};
use super::prose::{plain, prose};
use super::read::{self, Shown};
use super::{
    call, container, cron, dispatch, inputs, list, matrix, needs, notes, pairs, permissions, picker, runner,
    script, steps, write,
};
use crate::session::Session;
use crate::ui::button::button;
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
fn listed(
    session: Session,
    path: &Path,
    map: &'static Map,
    skip: &'static [&'static str],
    common: impl Fn(&Field) -> bool + Send + Sync + 'static,
) -> AnyView {
    let all = move || map.fields.iter().filter(move |field| !skip.contains(&field.key));
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
                {controls::source(session, &path, format!("{name} as YAML"), false)}
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
    let help_label = format!("What is {}?", field.title);
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
                {(!field.doc.is_empty())
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="field-help"
                                aria-label=help_label
                                aria-expanded=move || if help.get() { "true" } else { "false" }
                                on:click=move |_| help.update(|open| *open = !*open)
                            >
                                "?"
                            </button>
                        }
                    })}
                {(has_caret(field)).then(|| picker::button(at))}
                {expressions_in_list(field).map(|item| picker::button(&At { field: item, ..at.clone() }))}
            </div>
            {move || help.get().then(|| view! { <p class="field-doc">{prose(field.doc)}</p> })}
            {notes::repeated(at.session, &at.path)}
            {control(at)}
            {(has_caret(field)).then(|| picker::chips(at))}
            {notes::problems(at)}
        </div>
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

/// What kind of control the present value takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Scalar,
    List,
    Mapping,
    Other,
}

fn shape(shown: &Shown, field: &Field) -> Shape {
    match shown {
        Shown::Absent if field.widget == Widget::List => Shape::List,
        Shown::Absent if !field.types.has_scalar() && field.types.has(Types::MAPPING) => Shape::Mapping,
        Shown::Scalar(text) if text.is_empty() && !field.types.has_scalar() && is_group(field) => {
            Shape::Mapping
        }
        Shown::Absent | Shown::Scalar(_) => Shape::Scalar,
        Shown::List(_) => Shape::List,
        Shown::Mapping => Shape::Mapping,
        Shown::Items | Shown::Dangling => Shape::Other,
    }
}

/// The control for the value as it stands; what no control can show is shown as YAML.
pub(super) fn control(at: &At) -> AnyView {
    let field = at.field;
    let path = at.path.clone();
    let shape = at.session.form.derive(move |analysis| {
        match (field.widget, shape(&read::shown(analysis, &path), field)) {
            // One control shows both, and so it stays, with the focus, when one becomes the other.
            (Widget::Runner | Widget::Needs | Widget::List, Shape::Scalar) => Shape::List,
            (Widget::Matrix, Shape::Scalar) => Shape::Mapping,
            (_, shape) => shape,
        }
    });
    let at = at.clone();
    let owner = at.path.parent().unwrap_or_default();
    let of_job = at.path.steps().len() == 3 && crate::session::job_of(&at.path).is_some();
    // What a job that calls a workflow has in place of steps.
    let of_call = field.maps.first().map(|map| map.name).unwrap_or_default();
    (move || match (field.widget, shape.get()) {
        (Widget::Form, Shape::Other | Shape::List) if has_steps(field) => steps::steps(at.session, &at.path),
        (Widget::Pairs, _) if of_call == "jobs.<job_id>.secrets" => call::secrets(&at),
        (Widget::Pairs, Shape::Mapping) if of_call == "jobs.<job_id>.with" => field
            .maps
            .first()
            .map_or_else(|| pairs::pairs(&at), |map| inputs::inputs(at.session, &owner, map)),
        (Widget::Uses, Shape::Scalar) if of_job => call::workflow(&at),
        (Widget::Runner, Shape::List) => runner::labels(&at),
        (Widget::Needs, Shape::List) => needs::jobs(&at),
        (Widget::List, Shape::List) => match dispatch::input_of(&at.path, "options") {
            Some(input) => dispatch::options(&at, &input),
            None => list::chips(&at, at.id(), Ends::Comma),
        },
        (Widget::Pairs, Shape::Mapping) => pairs::pairs(&at),
        (Widget::Text | Widget::Uses, Shape::Scalar) => controls::text(&at),
        (Widget::Condition, Shape::Scalar) => controls::code(&at),
        (Widget::Number, Shape::Scalar) => controls::number(&at),
        (Widget::Choice, Shape::Scalar) => controls::choice(&at),
        (Widget::Toggle, Shape::Scalar) => controls::toggle(&at),
        (Widget::LongText, Shape::Scalar) => controls::script(&at, ""),
        (Widget::Script, Shape::Scalar) => script::run(&at),
        (Widget::Cron, Shape::Scalar) => cron::cron(&at),
        (Widget::Matrix, Shape::Mapping) => matrix_or_expression(&at),
        (Widget::Permissions, Shape::Scalar | Shape::Mapping) => permissions::permissions(&at),
        (Widget::Services, Shape::Mapping) => container::services(&at),
        (Widget::Container, Shape::Mapping) => container::container(&at),
        (Widget::Credentials, Shape::Mapping) => container::credentials(&at),
        (Widget::Runner, Shape::Mapping) => runner::of_group(&at, group(&at)),
        (Widget::Form, Shape::Mapping) => group(&at),
        (Widget::Form | Widget::Container | Widget::Pairs, Shape::Scalar) => scalar_or_group(&at),
        _ => controls::yaml(&at),
    })
    .into_any()
}

/// An expression in the place of a list, called `label`.
pub(super) fn computed(at: &At, label: String) -> AnyView {
    view! {
        <div class="matrix-computed">
            <label class="visually-hidden" for=at.id()>{label}</label>
            {with_builder(at, controls::code(at))}
        </div>
    }
    .into_any()
}

/// Whether the field is a list of steps.
fn has_steps(field: &Field) -> bool {
    field.items.is_some_and(|item| item.maps.iter().any(|map| map.named("run").is_some()))
}

/// A matrix that is listed, or one that an expression computes.
fn matrix_or_expression(at: &At) -> AnyView {
    let text = at.text();
    let wanted = RwSignal::new(false);
    let computed = Memo::new(move |_| wanted.get() || text.with(|text| !text.is_empty()));
    let here = at.path.clone();
    let begun = at.session.form.derive(move |analysis| !read::pairs(analysis, &here).is_empty());
    let at = at.clone();
    (move || {
        if !computed.get() {
            let id = StoredValue::new(at.id());
            let compute = move |_| {
                wanted.set(true);
                pairs::focus(id.get_value());
            };
            return view! {
                {matrix::matrix(&at)}
                <Show when=move || !begun.get()>
                    {button("button-small button-quiet", Some(Icon::Code), "Compute it with an expression", compute)}
                </Show>
            }
            .into_any();
        }
        let gone = at.clone();
        let list = move |_| {
            wanted.set(false);
            if !text.with_untracked(String::is_empty) {
                write::unset(gone.session, &gone.path);
            }
        };
        view! {
            {with_builder(&at, named(&at, controls::code(&at)))}
            <p class="field-note">{prose("Such as `${{ fromJSON(needs.plan.outputs.matrix) }}`, whose text an earlier job writes.")}</p>
            {button("button-small button-quiet", Some(Icon::Form), "List its values instead", list)}
        }
        .into_any()
    })
    .into_any()
}

/// A control with the builder of expressions beside it, where the label has none.
fn with_builder(at: &At, control: AnyView) -> AnyView {
    if !at.field.ctx.allows_expressions() {
        return control;
    }
    view! { <div class="field-line">{control}{picker::button(at)}</div>{picker::chips(at)} }.into_any()
}

/// All that is at `path` as YAML, folded away: whatever the language allows there can be written, be it in no form.
pub(super) fn whole(session: Session, path: &Path, what: &'static str) -> AnyView {
    let here = path.clone();
    let body = move || {
        view! {
            <p class="field-note">"It is written when you leave the field, or with Ctrl+Enter."</p>
            {controls::source(session, &here, format!("{what} as YAML"), true)}
            {notes::source_problems(session, &here)}
        }
        .into_any()
    };
    view! { <section class="form-section form-whole">{folded("more", false, format!("{what} as YAML"), body)}</section> }
        .into_any()
}

/// A control whose heading does not name it.
fn named(at: &At, control: AnyView) -> AnyView {
    view! { <label class="visually-hidden" for=at.id()>{at.field.title}</label> {control} }.into_any()
}

/// A text that may become a mapping.
fn scalar_or_group(at: &At) -> AnyView {
    let Some(key) = at.field.maps.first().and_then(|map| {
        map.fields.iter().find(|field| field.required).or(map.fields.first()).map(|field| field.key)
    }) else {
        return with_builder(at, controls::code(at));
    };
    let builds = at.field.ctx.allows_expressions() && !at.field.values.closed();
    let plain = if at.field.values.closed() { controls::choice(at) } else { controls::text(at) };
    let here = at.clone();
    let text = at.text();
    let expand = move |_| {
        let text = text.get_untracked();
        let value = Value::Map(vec![(key.to_owned(), Value::Str(text))]);
        if write::set(here.session, &here.path, &value) {
            pairs::focus(format!("field-{}", here.path.child(key)));
        }
    };
    // All of it is there from the start, so that the field keeps its width while somebody types.
    view! {
        <div class="field-line">
            {plain}
            {builds.then(|| picker::button(at))}
            <button
                type="button"
                class="button button-quiet"
                aria-label=format!("More options of {}", at.field.title)
                on:click=expand
            >
                "More options"
            </button>
        </div>
        {builds.then(|| picker::chips(at))}
    }
    .into_any()
}

/// The fields of a mapping inside of a field, folded while it is empty.
fn group(at: &At) -> AnyView {
    /// So many fields are not folded once more.
    const FEW: usize = 6;
    let Some(map) = at.field.maps.first().copied() else { return controls::yaml(at) };
    let here = at.clone();
    let map = at.session.analysis.with_untracked(|analysis| super::map_at(analysis, &here.path, map));
    // An entry that the person has just named is there to be filled in, though it says nothing yet.
    let open = at.session.analysis.with_untracked(|analysis| read::exists(analysis, &at.path));
    let here = at.path.clone();
    let names = at.session.form.derive(move |analysis| {
        read::pairs(analysis, &here).into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(", ")
    });
    let summary =
        move || names.with(|names| if names.is_empty() { "Not set".to_owned() } else { names.clone() });
    // Names that the person gives, and nothing else: one line as long as there are none.
    let (session, here) = (at.session, at.path.clone());
    // Keys that GitHub does not read are nothing to be named.
    let named = map.free.filter(|_| !map.passes_over_others());
    let free = move || named.map(|free| list::entries(session, &here, map, free));
    if map.fields.is_empty() {
        return view! { <div class="entries" id=at.id()>{free()}</div> }.into_any();
    }
    let few = map.fields.len() <= FEW;
    let here = at.path.clone();
    // What the person names comes first: the rows of a matrix before `include` and `exclude`.
    let body = move || {
        view! { <div class="nest-body">{free()} {listed(session, &here, map, &[], move |_| few)}</div> }
            .into_any()
    };
    folded("nest", open, summary, body)
}
