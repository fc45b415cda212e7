//! The jobs that a matrix makes, listed beside the card that counts them.

use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent};
use leptos::html::Div;
use leptos::prelude::*;
use stepladder_workflow::model::Legs;
use stepladder_yaml::path;

use super::cards::MatrixMark;
use super::{Graph, act, gestures};
use crate::ui::button::button;
use crate::ui::icon::Icon;

/// The count on the card of job `id`, which opens the list.
pub(super) fn badge(graph: Graph, id: String, mark: MatrixMark) -> AnyView {
    let is_open = {
        let id = id.clone();
        move || graph.legs.with(|open| open.as_deref() == Some(id.as_str()))
    };
    let click = move |event: MouseEvent| {
        if gestures::clicked(graph) {
            event.stop_propagation();
            toggle(graph, &id);
        }
    };
    view! {
        <button
            type="button"
            class="graph-badge is-matrix"
            tabindex="-1"
            title=mark.title
            aria-expanded=move || if is_open() { "true" } else { "false" }
            on:click=click
        >
            {mark.text}
        </button>
    }
    .into_any()
}

/// Opens the list of the job `id`, or closes it.
pub(super) fn toggle(graph: Graph, id: &str) {
    let has = graph
        .model
        .with_untracked(|model| model.jobs.iter().any(|card| card.id == id && card.matrix.is_some()));
    // Who closes the list is at that card.
    graph.focus.set(id.to_owned());
    graph.legs.update(|open| *open = (has && open.as_deref() != Some(id)).then(|| id.to_owned()));
}

/// The list, when one is open.
pub(super) fn panel(graph: Graph) -> AnyView {
    let panel = NodeRef::<Div>::new();
    let close = move || {
        if graph.legs.with_untracked(Option::is_some) {
            graph.legs.set(None);
            graph.focus_card(graph.focused());
        }
    };
    Effect::new(move |_| {
        if let Some(panel) = panel.get() {
            let _ = panel.focus();
        }
    });
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            close();
        }
        event.stop_propagation();
    };
    let leave = move |event: FocusEvent| {
        let to =
            event.related_target().and_then(|to| wasm_bindgen::JsCast::dyn_into::<web_sys::Node>(to).ok());
        if to.is_some() && !panel.get_untracked().is_some_and(|panel| panel.contains(to.as_ref())) {
            graph.legs.set(None);
        }
    };
    let content = move || {
        let id = graph.legs.get()?;
        let own = id.clone();
        let legs = graph.session.analysis.with(|a| Some(a.workflow.job(&own)?.matrix.as_ref()?.legs()))?;
        let node = graph.model.with(|model| model.graph.job(&id))?;
        let rect = graph.rect(node)?;
        let camera = graph.camera.get();
        let (width, height) = graph.size.get();
        let left = ((rect.x + rect.width) * camera.scale + camera.x + 8.0).min(width - WIDTH - 8.0).max(8.0);
        let top = (rect.y * camera.scale + camera.y).min(height - 200.0).max(8.0);
        let (words, items) = match legs {
            Legs::Unknown(why) => (format!("How many jobs come of {id} is not known: {why}."), Vec::new()),
            Legs::Known(legs) => {
                let parts = |leg: Vec<(String, stepladder_workflow::model::Data)>| {
                    let parts = leg.into_iter().map(|(name, value)| {
                        view! { <span class="leg-part"><span class="leg-name">{name}</span>" "{value.brief()}" "</span> }
                    });
                    view! { <li class="graph-leg">{parts.collect::<Vec<_>>()}</li> }
                };
                let words = match legs.len() {
                    0 => format!("No job comes of the matrix of {id}."),
                    1 => format!("{id} runs once"),
                    count => format!("{id} runs {count} times"),
                };
                (words, legs.into_iter().map(parts).collect::<Vec<_>>())
            }
        };
        let matrix = path!["jobs", id.as_str(), "strategy", "matrix"];
        let change = move |_| {
            graph.legs.set(None);
            graph.select(matrix.clone());
            act::open_field(graph, matrix.clone());
        };
        Some(view! {
            <div
                class="menu-list graph-legs"
                role="dialog"
                aria-label="Jobs that come of the matrix"
                tabindex="-1"
                style=format!("left:{left}px;top:{top}px;width:{WIDTH}px;max-height:{}px", height - top - 8.0)
                node_ref=panel
                on:keydown=key
                on:focusout=leave
                on:pointerdown=|event| event.stop_propagation()
            >
                <p class="graph-legs-head">{words}</p>
                <ol>{items}</ol>
                {button("button-small button-quiet", Some(Icon::Form), "Change the matrix", change)}
            </div>
        })
    };
    view! { {content} }.into_any()
}

/// Of the list, in CSS pixels.
const WIDTH: f64 = 260.0;
