//! The control of a field, by its place in the schema table and by what stands in the text.

use leptos::prelude::*;
use stepladder_workflow::schema::{Field, Types, Widget};
use stepladder_yaml::edit::Value;

use super::controls::{self, At};
use super::fields::{self, is_group};
use super::parted::Ends;
use super::prose::prose;
use super::read::{self, Shown};
use super::{
    call, container, cron, dispatch, focus, inputs, lines, list, matrix, needs, pairs, permissions, picker,
    runner, script, source, step, steps, write,
};
use crate::ui::button::button;
use crate::ui::folded::folded;
use crate::ui::icon::Icon;

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
    // Whether the fields of a mapping are asked for, of which none is written yet.
    let wide = RwSignal::new(false);
    let shape = at.session.form.derive(move |analysis| {
        let shown = match read::shown(analysis, &path) {
            // `null` and `~` are other words for nothing, where no text is wanted.
            Shown::Scalar(_) if !field.types.has_scalar() && read::is_null(analysis, &path) => {
                Shown::Scalar(String::new())
            }
            shown => shown,
        };
        let says_nothing =
            matches!(&shown, Shown::Absent) || matches!(&shown, Shown::Scalar(text) if text.is_empty());
        match (field.widget, shape(&shown, field)) {
            // Where there is no step yet, one can be added.
            (Widget::Form, _) if says_nothing && has_steps(field) => Shape::List,
            // One control shows both, and so it stays, with the focus, when one becomes the other.
            (Widget::Runner | Widget::Needs | Widget::List, Shape::Scalar) => Shape::List,
            (Widget::Matrix | Widget::Permissions, Shape::Scalar) => Shape::Mapping,
            (_, Shape::Scalar) if says_nothing && wide.get() => Shape::Mapping,
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
        (Widget::Text, Shape::Scalar) if step::is_id(&at.path) => step::id(&at),
        (Widget::Text | Widget::Uses, Shape::Scalar) => controls::text(&at),
        (Widget::Condition, Shape::Scalar) => controls::code(&at),
        (Widget::Number, Shape::Scalar) => controls::number(&at),
        (Widget::Choice, Shape::Scalar) => controls::choice(&at),
        (Widget::Toggle, Shape::Scalar) => controls::toggle(&at),
        (Widget::LongText, Shape::Scalar) => lines::field(&at, ""),
        (Widget::Script, Shape::Scalar) => script::run(&at),
        (Widget::Cron, Shape::Scalar) => cron::cron(&at),
        (Widget::Matrix, Shape::Mapping) => matrix_or_expression(&at),
        (Widget::Permissions, Shape::Scalar | Shape::Mapping) => permissions::permissions(&at),
        (Widget::Services, Shape::Mapping) => container::services(&at),
        (Widget::Container, Shape::Mapping) => container::container(&at),
        (Widget::Credentials, Shape::Mapping) => container::credentials(&at),
        (Widget::Runner, Shape::Mapping) => runner::of_group(&at, group(&at, false)),
        (Widget::Form, Shape::Mapping) => group(&at, wide.get_untracked()),
        (Widget::Form | Widget::Container | Widget::Pairs, Shape::Scalar) => scalar_or_group(&at, wide),
        _ => source::yaml(&at),
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
                focus::on(id.get_value());
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

/// A control whose heading does not name it.
fn named(at: &At, control: AnyView) -> AnyView {
    view! { <label class="visually-hidden" for=at.id()>{at.field.title}</label> {control} }.into_any()
}

/// A text that may become a mapping; where there is none yet, `wide` shows the fields of one.
fn scalar_or_group(at: &At, wide: RwSignal<bool>) -> AnyView {
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
        let done = if text.is_empty() {
            // Nothing is written before something is entered.
            wide.set(true);
            true
        } else {
            let value = Value::Map(vec![(key.to_owned(), Value::Str(text))]);
            write::set(here.session, &here.path, &value)
        };
        if done {
            focus::on(format!("field-{}", here.path.child(key)));
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

/// The fields of a mapping inside of a field, folded while it is empty, unless it is to be `open` from the start.
fn group(at: &At, open: bool) -> AnyView {
    let [first, _, ..] = at.field.maps else { return group_of_kind(at, open) };
    // What stands in it tells which fields it has, as the kind of an action does.
    let here = at.path.clone();
    let kind = at.session.form.derive(move |analysis| super::map_at(analysis, &here, first).name);
    let at = at.clone();
    (move || {
        let _ = kind.get();
        group_of_kind(&at, open)
    })
    .into_any()
}

fn group_of_kind(at: &At, open: bool) -> AnyView {
    /// So many fields are not folded once more.
    const FEW: usize = 6;
    let Some(map) = at.field.maps.first().copied() else { return source::yaml(at) };
    let here = at.clone();
    let map = at.session.analysis.with_untracked(|analysis| super::map_at(analysis, &here.path, map));
    // An entry that the person has just named is there to be filled in, though it says nothing yet.
    let open = open || at.session.analysis.with_untracked(|analysis| read::exists(analysis, &at.path));
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
        view! { <div class="nest-body">{free()} {fields::listed(session, &here, map, &[], move |_| few)}</div> }
            .into_any()
    };
    folded("nest", open, summary, body)
}
