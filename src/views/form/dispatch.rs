//! What GitHub's "Run workflow" form looks like with the inputs of `workflow_dispatch`.

use leptos::prelude::*;
use stepladder_workflow::model::Input;
use stepladder_yaml::{Kind, path};

use crate::session::Session;

/// An input as the form shows it.
#[derive(Clone, PartialEq)]
struct Shown {
    label: String,
    kind: String,
    default: String,
    options: Vec<String>,
    required: bool,
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
                <section class="dispatch" aria-label="How GitHub asks for the inputs">
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
                    <input class="field-input" type=kind data-own-undo="" value=default />
                </label>
            }
            .into_any()
        }
    }
}
