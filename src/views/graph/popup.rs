//! The menu of a card, a step, or the ground.

use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent};
use leptos::html::Div;
use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_yaml::Path;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::gestures::card_of;
use super::{Graph, act, keys, pick_edge, touch};
use crate::session::job_of;
use crate::shell::Pane;
use crate::ui::icon::{Icon, icon};

/// An open menu.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Popup {
    /// In the view.
    x: f64,
    y: f64,
    about: About,
}

#[derive(Clone, Debug, PartialEq)]
enum About {
    Ground,
    Triggers,
    Job(String),
    Step(Path),
}

/// As many other jobs the menu of a step names; the form names all.
const MOST_JOBS: usize = 5;

/// A line of the menu: icon, words, keys, and what it does.
type Line = (Icon, String, &'static str, Box<dyn Fn()>);

/// Opens the menu of what the pointer is on.
pub(super) fn open(graph: Graph, event: &MouseEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    if target.closest("input").ok().flatten().is_some() {
        return;
    }
    event.prevent_default();
    if !touch::may_ask(graph) {
        return;
    }
    let step = target
        .closest("[data-step]")
        .ok()
        .flatten()
        .and_then(|line| line.get_attribute("data-step"))
        .and_then(|path| path.parse::<Path>().ok());
    let about = match (step, card_of(&target)) {
        (Some(step), _) => about_step(graph, step),
        (None, Some(node)) => about_card(graph, node),
        (None, None) => About::Ground,
    };
    let rect = graph.view.get_untracked().map(|view| view.get_bounding_client_rect());
    let (left, top) = rect.map_or((0.0, 0.0), |rect| (rect.x(), rect.y()));
    let (x, y) = (f64::from(event.client_x()) - left, f64::from(event.client_y()) - top);
    graph.popup.set(Some(Popup { x, y, about }));
}

/// Opens the menu of a step at that place in the view.
pub(super) fn open_step(graph: Graph, step: Path, (x, y): (f64, f64)) {
    let about = about_step(graph, step);
    graph.popup.set(Some(Popup { x, y, about }));
}

/// Opens the menu of a card beside it; that of one of its steps, when `step` is one.
pub(super) fn open_at(graph: Graph, node: usize, step: Option<Path>) {
    let line = step.as_ref().and_then(|step| below_line(graph, step));
    let camera = graph.camera.get_untracked();
    let below_title = || {
        let rect = graph.rect(node)?;
        Some(((rect.x + 24.0) * camera.scale + camera.x, (rect.y + 48.0) * camera.scale + camera.y))
    };
    let (x, y) = line.or_else(below_title).unwrap_or_default();
    let about = match step {
        Some(step) => about_step(graph, step),
        None => about_card(graph, node),
    };
    graph.popup.set(Some(Popup { x, y, about }));
}

/// The place in the view below the line of a step; nothing where the card has no line for it.
fn below_line(graph: Graph, step: &Path) -> Option<(f64, f64)> {
    let view = graph.view.get_untracked()?;
    let line = view.query_selector(&format!("[data-step=\"{step}\"]")).ok().flatten()?;
    let (line, view) = (line.get_bounding_client_rect(), view.get_bounding_client_rect());
    Some((line.x() - view.x() + 24.0, line.bottom() - view.y()))
}

/// The keys act on the card of the step from now on.
fn about_step(graph: Graph, step: Path) -> About {
    if let Some(job) = job_of(&step) {
        graph.focus.set(job.to_owned());
    }
    graph.select(step.clone());
    About::Step(step)
}

fn about_card(graph: Graph, node: usize) -> About {
    let id = graph.id_of(node);
    let path = graph.model.with_untracked(|model| model.graph.nodes.get(node).map(|n| n.path.clone()));
    graph.focus.set(id.clone());
    if let Some(path) = path {
        graph.select(path);
    }
    if id.is_empty() { About::Triggers } else { About::Job(id) }
}

fn lines(graph: Graph, about: &About) -> Vec<Line> {
    fn line(icon: Icon, words: impl Into<String>, keys: &'static str, run: impl Fn() + 'static) -> Line {
        (icon, words.into(), keys, Box::new(run))
    }
    let enabled =
        |path: &Path| !graph.session.analysis.with_untracked(|analysis| edits::is_disabled(analysis, path));
    match about.clone() {
        About::Ground => {
            let can_add =
                graph.session.analysis.with_untracked(|analysis| edits::can_add_job(analysis).is_ok());
            let add = can_add.then(|| line(Icon::Plus, "Add a job", "N", move || act::add_job(graph, None)));
            add.into_iter().chain([line(Icon::Graph, "Show all of it", "0", move || graph.fit())]).collect()
        }
        About::Triggers => vec![
            line(Icon::Form, "Change the triggers", "Enter", move || act::open_form(graph)),
            line(Icon::Code, "Show in the YAML", "", move || graph.shell.reveal(Pane::Code)),
        ],
        About::Step(path) => {
            let (copied, gone, switched) = (path.clone(), path.clone(), path.clone());
            let switch = if enabled(&path) { "Switch off" } else { "Switch on" };
            let mut lines = vec![
                line(Icon::Form, "Open the form", "Enter", move || act::open_form(graph)),
                line(Icon::Up, "Move up", "Alt+Shift+↑", move || _ = keys::shift(graph, false)),
                line(Icon::Down, "Move down", "Alt+Shift+↓", move || _ = keys::shift(graph, true)),
                line(Icon::Copy, "Duplicate", "D", move || act::duplicate_step(graph, &copied)),
                line(Icon::Hide, switch, "", move || act::toggle(graph, &switched)),
                line(Icon::Trash, "Remove", "Delete", move || act::remove_step(graph, &gone)),
            ];
            let others = other_jobs(graph, &path);
            if others.len() > MOST_JOBS {
                lines.push(line(Icon::Right, "Move to another job", "J", move || act::open_form(graph)));
            } else {
                lines.extend(others.into_iter().map(|(job, end)| {
                    let step = path.clone();
                    line(Icon::Right, format!("Move to job {job}"), "", move || {
                        act::move_step(graph, &step, &job, end);
                    })
                }));
            }
            lines
        }
        About::Job(id) => {
            let path = stepladder_yaml::path!["jobs", id.as_str()];
            let switch = if enabled(&path) { "Switch off" } else { "Switch on" };
            let calls = graph.session.analysis.with_untracked(|a| a.tree.at(&path.child("uses")).is_some());
            let waiting = graph.session.analysis.with_untracked(|a| edits::dependents(a, &id));
            let remove = match waiting.len() {
                0 => "Remove".to_owned(),
                1 => format!("Remove ({} waits for it)", waiting[0]),
                many => format!("Remove ({many} jobs wait for it)"),
            };
            let (renamed, copied, step, next) = (id.clone(), id.clone(), id.clone(), id.clone());
            let (folded, edges, gone) = (id.clone(), id.clone(), id);
            let node = graph.model.with_untracked(|model| model.graph.job(&folded));
            let mut lines = vec![
                line(Icon::Form, "Open the form", "Enter", move || act::open_form(graph)),
                line(Icon::Fix, "Rename", "F2", move || graph.renaming.set(Some(renamed.clone()))),
                line(Icon::Plus, "Add a job after it", "", move || act::add_job(graph, Some(next.clone()))),
                line(Icon::Copy, "Duplicate", "D", move || act::duplicate_job(graph, &copied)),
                line(Icon::Hide, switch, "", move || act::toggle(graph, &path)),
                line(Icon::Trash, remove, "Delete", move || act::remove_job(graph, &gone)),
            ];
            let many = graph.model.with_untracked(|model| {
                let card = model.jobs.iter().find(|card| card.id == folded)?;
                (card.expanded || !card.more.is_empty()).then_some(card.expanded)
            });
            if let Some(expanded) = many {
                let words = if expanded { "Show fewer steps" } else { "Show all steps" };
                lines.insert(2, line(Icon::Step, words, "E", move || act::fold(graph, &folded)));
            }
            if let Some(node) = node {
                let draw = line(Icon::Right, "Draw an edge", "C", move || keys::draw_edge(graph, node));
                lines.insert(3, draw);
            }
            if pick_edge::has_any(graph, &edges) {
                let words = "Select an edge";
                let pick = line(Icon::Right, words, "X", move || pick_edge::next(graph, &edges));
                lines.insert(4, pick);
            }
            if !calls {
                lines.insert(2, line(Icon::Step, "Add a step", "S", move || act::add_step(graph, &step)));
            }
            lines
        }
    }
}

/// Jobs that have steps, but for that of the step at `path`, each with the number of its steps.
fn other_jobs(graph: Graph, path: &Path) -> Vec<(String, usize)> {
    let own = job_of(path).map(str::to_owned);
    graph.session.analysis.with_untracked(|analysis| {
        let jobs = analysis.workflow.jobs.iter().filter(|job| !job.is_twin()).map(|job| job.id.value.clone());
        jobs.filter(|job| Some(job) != own.as_ref())
            .filter_map(|job| {
                let steps = analysis.tree.at(&stepladder_yaml::path!["jobs", job.as_str(), "steps"])?.len();
                Some((job, steps))
            })
            .collect()
    })
}

/// The menu, when one is open.
pub(super) fn popup(graph: Graph) -> AnyView {
    let list = NodeRef::<Div>::new();
    let close = move || {
        graph.popup.set(None);
        graph.focus_card(graph.focused());
    };
    // The press that has opened it chooses nothing when it ends: a click belongs to a press, but for one by key.
    let pressed = StoredValue::new(false);
    // Once it has its size: into the view, and the keys to its first line.
    Effect::new(move |_| {
        let (Some(popup), Some(list)) = (graph.popup.get(), list.get()) else { return };
        pressed.set_value(false);
        let (width, height) = graph.size.get_untracked();
        let left = popup.x.min(width - f64::from(list.offset_width()) - 8.0).max(8.0);
        let top = popup.y.min(height - f64::from(list.offset_height()) - 8.0).max(8.0);
        let _ = list.set_attribute("style", &format!("left:{left}px;top:{top}px"));
        if let Ok(Some(first)) = list.query_selector("button") {
            let _ = first.unchecked_into::<HtmlElement>().focus();
        }
    });
    let leave = move |event: FocusEvent| {
        let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        let inside = list.get_untracked().is_some_and(|list| list.contains(to.as_ref()));
        if !inside && to.is_some() {
            graph.popup.set(None);
        }
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" | "Tab" => {
            event.prevent_default();
            event.stop_propagation();
            close();
        }
        "ArrowDown" => step(&event, list, 1),
        "ArrowUp" => step(&event, list, -1),
        _ => {}
    };
    let content = move |popup: Popup| {
        let lines = lines(graph, &popup.about);
        lines
            .into_iter()
            .map(|(picture, words, keys, run)| {
                let click = move |event: MouseEvent| {
                    if event.detail() > 0 && !pressed.get_value() {
                        return;
                    }
                    close();
                    run();
                };
                view! {
                    <button type="button" role="menuitem" class="menu-item" on:click=click>
                        {icon(picture)}
                        <span class="menu-label">{words}</span>
                        <kbd>{keys}</kbd>
                    </button>
                }
                .into_any()
            })
            .collect::<Vec<_>>()
    };
    view! {
        {move || {
            graph
                .popup
                .get()
                .map(|popup| {
                    view! {
                        <div
                            class="menu-backdrop"
                            on:pointerdown=move |_| graph.popup.set(None)
                            // What a browser makes of the press that has opened it, takes no focus.
                            on:mousedown=|event| event.prevent_default()
                        ></div>
                        <div
                            class="menu-list graph-menu"
                            role="menu"
                            aria-label="What to do"
                            node_ref=list
                            on:keydown=key
                            on:pointerdown=move |_| pressed.set_value(true)
                            // The key that has opened it asks once more when it comes up.
                            on:contextmenu=|event| event.prevent_default()
                            on:mousedown=|event| event.prevent_default()
                            on:focusout=leave
                        >
                            {content(popup)}
                        </div>
                    }
                        .into_any()
                })
        }}
    }
    .into_any()
}

fn step(event: &KeyboardEvent, list: NodeRef<Div>, by: i32) {
    event.prevent_default();
    event.stop_propagation();
    let Some(buttons) = list.get_untracked().and_then(|list| list.query_selector_all("button").ok()) else {
        return;
    };
    let count = i32::try_from(buttons.length()).unwrap_or(0);
    let item = |at: i32| {
        let at = u32::try_from(at).ok()?;
        buttons.item(at)?.dyn_into::<HtmlElement>().ok()
    };
    let focused = document().active_element();
    let at = (0..count).find(|at| item(*at).map(Into::into) == focused).unwrap_or(-by.min(0));
    if count > 0
        && let Some(next) = item((at + by).rem_euclid(count))
    {
        let _ = next.focus();
    }
}
