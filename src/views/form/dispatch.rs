//! The inputs of a start by hand or of a call: controls by their type, and what GitHub's "Run workflow" form looks like.

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::model::Input;
use stepladder_yaml::edit::Value;
use stepladder_yaml::{Kind, Path, Step, path};

use super::controls::{self, At};
use super::parted::Ends;
use super::{focus, list, read, write};
use crate::session::Session;
use crate::ui::button::button;
use crate::ui::icon::Icon;

/// The path of the input of an event whose `key` stands at `path`.
pub(super) fn input_of(path: &Path, key: &str) -> Option<Path> {
    match path.steps() {
        [Step::Key(on), Step::Key(_), Step::Key(inputs), Step::Key(_), Step::Key(own)]
            if on == "on" && inputs == "inputs" && own == key =>
        {
            path.parent()
        }
        _ => None,
    }
}

/// The type of the input at `input`; `string` when none is set.
pub(super) fn kind(session: Session, input: &Path) -> Memo<String> {
    let path = input.child("type");
    session.form.derive(move |analysis| {
        let kind = read::shown(analysis, &path).text();
        if kind.is_empty() { "string".to_owned() } else { kind }
    })
}

/// The default of the input at `input`: true or false, one of its options, or a text.
pub(super) fn default(at: &At, input: &Path) -> AnyView {
    let kind = kind(at.session, input);
    let here = input.child("options");
    let options = at.session.form.derive(move |analysis| read::shown(analysis, &here).texts());
    let values = Memo::new(move |_| {
        kind.with(|kind| match kind.as_str() {
            "boolean" => Some(vec!["true".to_owned(), "false".to_owned()]),
            "choice" => options.with(|options| (!options.is_empty()).then(|| options.clone())),
            _ => None,
        })
    });
    let at = at.clone();
    (move || match values.get() {
        Some(values) => one_of(&at, values, kind.with_untracked(|kind| kind == "boolean")),
        None => controls::plain(&at),
    })
    .into_any()
}

/// One of some values; what stands there is shown even when it is none of them.
fn one_of(at: &At, values: Vec<String>, boolean: bool) -> AnyView {
    let value = at.text();
    let known = values.clone();
    let options: Vec<_> = values
        .into_iter()
        .map(|option| {
            let (given, own) = (option.clone(), option.clone());
            view! { <option value=given selected=move || value.with(|value| *value == own)>{option}</option> }
        })
        .collect();
    let other = move || {
        let text = value.get();
        (!text.is_empty() && !known.contains(&text)).then(|| {
            let given = text.clone();
            view! { <option value=given selected=true>{text}</option> }
        })
    };
    let here = at.clone();
    let change = move |event| {
        let value = event_target_value(&event);
        match value.as_str() {
            "" => write::unset(here.session, &here.path),
            "true" | "false" if boolean => {
                write::set(here.session, &here.path, &Value::Bool(value == "true"));
            }
            text => {
                write::set(here.session, &here.path, &Value::Str(text.to_owned()));
            }
        }
    };
    let none = if boolean { "Not set (false)" } else { "Not set (the first option)" };
    view! {
        <select id=at.id() class="field-input" on:change=change>
            <option value="" selected=move || value.with(String::is_empty)>{none}</option>
            {options}
            {other}
        </select>
    }
    .into_any()
}

/// The options of an input, which only the type `choice` has.
pub(super) fn options(at: &At, input: &Path) -> AnyView {
    let kind = kind(at.session, input);
    let here = at.path.clone();
    let idle = at.session.form.derive(move |analysis| !read::exists(analysis, &here));
    let at = at.clone();
    let hidden = Memo::new(move |_| kind.with(|kind| kind != "choice") && idle.get());
    (move || {
        if hidden.get() {
            return view! { <p class="field-note">"Only an input of the type " <code>"choice"</code> " has options."</p> }
                .into_any();
        }
        // An option is any text.
        let here = at.clone();
        let texts = at.session.form.derive(move |analysis| read::shown(analysis, &here.path).texts());
        let here = at.clone();
        list::text_chips(&at, (at.id(), None), Ends::Enter, texts, move |texts| set_options(&here, &texts))
    })
    .into_any()
}

/// Writes the options. When the default changes with them that is told. `false`: they are refused.
fn set_options(at: &At, texts: &[String]) -> bool {
    let Some(input) = input_of(&at.path, "options") else { return list::set(at, texts) };
    let set = || write::act(at.session, |analysis| edits::set_options(analysis, &at.path, texts));
    telling_of(at.session, &[input.child("default")], set) || at.session.is_asking()
}

/// Makes `kind` the type of the input. When its options or its default change with it that is told.
pub(super) fn set_kind(session: Session, input: &Path, kind: &str) {
    let set = || write::act_here(session, |analysis| edits::set_input_type(analysis, input, kind));
    telling_of(session, &[input.child("options"), input.child("default")], set);
}

/// Does `act`, and tells what it has done when what stands at one of `places` is another afterwards.
fn telling_of(session: Session, places: &[Path], act: impl FnOnce() -> bool) -> bool {
    let now = || -> Vec<String> {
        session
            .analysis
            .with_untracked(|analysis| places.iter().map(|at| read::source(analysis, at)).collect())
    };
    let before = now();
    let done = act();
    if done && now() != before {
        session.offer_undo();
    }
    done
}

/// An input as the form shows it.
#[derive(Clone, PartialEq)]
struct Shown {
    label: String,
    kind: String,
    default: String,
    options: Vec<String>,
    required: bool,
}

/// The id of the preview.
const PREVIEW: &str = "dispatch-preview";

/// A way to the preview, which stands below all inputs, where they are so many that it is out of sight.
pub(super) fn way_to_preview(session: Session) -> AnyView {
    /// So many inputs, with their fields, fill a pane.
    const MANY: usize = 3;
    let are_many = session.form.derive(|analysis| {
        analysis.workflow.trigger("workflow_dispatch").is_some_and(|trigger| trigger.inputs.len() >= MANY)
    });
    let show = |_| {
        let Some(preview) = document().get_element_by_id(PREVIEW) else { return };
        preview.scroll_into_view();
        focus::on(PREVIEW.to_owned());
    };
    view! {
        <Show when=move || are_many.get()>
            {button("button-small button-quiet", Some(Icon::Down), "See how GitHub asks for the inputs", show)}
        </Show>
    }
    .into_any()
}

/// The preview; nothing when there are no inputs.
pub(super) fn preview(session: Session) -> AnyView {
    let inputs = session.form.derive(|analysis| {
        let trigger = analysis.workflow.trigger("workflow_dispatch");
        let inputs = trigger.map_or(&[][..], |trigger| &trigger.inputs);
        inputs
            .iter()
            .map(|input| {
                let at = path!["on", "workflow_dispatch", "inputs", input.name.value.as_str()];
                let options =
                    analysis.tree.at(&at.child("options")).filter(|node| node.kind() == Kind::Sequence);
                let options = options.map(|node| {
                    node.items().filter_map(|item| item.as_str().map(str::to_owned)).collect::<Vec<_>>()
                });
                let text = |key: &str| {
                    let node = analysis.tree.at(&at.child(key));
                    node.and_then(|node| node.as_str().map(str::to_owned)).unwrap_or_default()
                };
                shown(input, &text("description"), &text("required"), options.unwrap_or_default())
            })
            .collect::<Vec<_>>()
    });
    (move || {
        let inputs = inputs.get();
        (!inputs.is_empty()).then(|| {
            let rows: Vec<_> = inputs.into_iter().map(row).collect();
            view! {
                <section id=PREVIEW class="dispatch" tabindex="-1" aria-label="How GitHub asks for the inputs">
                    <p class="field-label">"How GitHub asks for them"</p>
                    <div class="dispatch-form">
                        <p class="dispatch-row"><span>"Use workflow from"</span><span class="dispatch-branch">"Branch: main"</span></p>
                        {rows}
                        <p><span class="dispatch-run">"Run workflow"</span></p>
                    </div>
                </section>
            }
        })
    })
    .into_any()
}

fn shown(input: &Input, description: &str, required: &str, options: Vec<String>) -> Shown {
    let name = input.name.value.as_str();
    Shown {
        // GitHub shows the description, and the name only when there is none.
        label: if description.is_empty() { name } else { description }.to_owned(),
        kind: input.kind.as_ref().map_or_else(|| "string".to_owned(), |kind| kind.value.clone()),
        default: input.default.as_ref().map(|default| default.value.clone()).unwrap_or_default(),
        options,
        required: required == "true",
    }
}

/// The controls can be tried; nothing that is put into them is kept.
fn row(input: Shown) -> AnyView {
    let Shown { label, kind, default, options, required } = input;
    let star = required.then(|| view! { <span class="field-required" title="Required">"*"</span> });
    match kind.as_str() {
        "boolean" => view! {
            <label class="dispatch-check"><input type="checkbox" prop:checked=default == "true" /> <span>{label}{star}</span></label>
        }
        .into_any(),
        "choice" | "environment" => {
            let options = if kind == "environment" && options.is_empty() {
                vec!["(the environments of the repository)".to_owned()]
            } else {
                options
            };
            let options: Vec<_> = options
                .into_iter()
                .map(|option| {
                    let chosen = option == default;
                    view! { <option selected=chosen>{option}</option> }
                })
                .collect();
            view! { <label class="dispatch-row"><span>{label}{star}</span><select class="field-input">{options}</select></label> }
                .into_any()
        }
        _ => {
            let kind = if kind == "number" { "number" } else { "text" };
            view! {
                <label class="dispatch-row">
                    <span>{label}{star}</span>
                    <input class="field-input" type=kind data-written=default.clone() value=default />
                </label>
            }
            .into_any()
        }
    }
}
