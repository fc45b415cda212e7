//! The job graph: triggers and jobs as cards, an edge for every `needs`; looked at, travelled and edited in place.
//!
//! The graph keeps no workflow of its own: cards and places are derived from the analysis, every change is one of
//! `stepladder_workflow::edits`. What it keeps is where one looks and what the hand is doing: [`Graph`].

mod act;
mod beside;
mod camera;
mod card;
mod cards;
mod edges;
mod framing;
mod gestures;
mod glyph;
mod hold;
mod job_card;
mod keys;
mod legs;
mod lift;
mod lost;
mod pick_edge;
mod popup;
mod reach;
mod room;
mod tools;
mod touch;
mod wishes;

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;
use stepladder_workflow::graph::Flow;
use stepladder_yaml::Path;

use self::beside::Told;
use self::camera::{Camera, Rect};
use self::cards::{Found, Model};
use self::gestures::{Connection, Hand};
use self::lift::Lifted;
use self::popup::Popup;
use crate::commands::problems::go_to_unread;
use crate::session::{Origin, Session};
use crate::shell::Shell;
use crate::ui::button::button;
use crate::ui::icon::Icon;
use crate::ui::paint::{after_paint, long_rested};
use crate::views::plan::{Looks, on_graph, on_graph_note};

/// The state of the view, for its parts. Copy it freely.
#[derive(Clone, Copy)]
struct Graph {
    session: Session,
    shell: Shell,
    /// Cards and layout, as the text says.
    model: Memo<Arc<Model>>,
    /// Which way the graph runs.
    flow: RwSignal<Flow>,
    /// Where one looks.
    camera: RwSignal<Camera>,
    /// Width and height of the view in CSS pixels.
    size: RwSignal<(f64, f64)>,
    /// The camera that was last set to take in what it shall, and how much that is.
    framed: StoredValue<Option<(camera::Camera, framing::Framed)>>,
    /// Whether the camera moves smoothly, as after a key, rather than with the hand.
    glide: RwSignal<bool>,
    /// The card that the keys act on, by job id; empty for the triggers.
    focus: RwSignal<String>,
    /// The card under the pointer, whose edges are lit.
    hovered: RwSignal<Option<usize>>,
    /// The selected edge: the job that is needed and the one that needs it.
    edge: RwSignal<Option<(String, String)>>,
    /// The edge being drawn.
    connection: RwSignal<Option<Connection>>,
    /// Why the last edge was not drawn, while that is told.
    told: RwSignal<Option<Told>>,
    /// The step being dragged.
    lifted: RwSignal<Option<Lifted>>,
    /// Jobs whose cards show all of their steps.
    expanded: RwSignal<BTreeSet<String>>,
    /// The job whose variants are listed.
    legs: RwSignal<Option<String>>,
    /// The open menu.
    popup: RwSignal<Option<Popup>>,
    /// The job whose title is being changed.
    renaming: RwSignal<Option<String>>,
    /// Which parts of the workflow are selected.
    selected: StoredValue<Selector<Path>>,
    /// Which card has [`Self::focus`].
    keyed: StoredValue<Selector<String>>,
    /// Which card has its title changed.
    renamed: StoredValue<Selector<String>>,
    /// What the event that is tried would do; nothing while no event is tried.
    looks: ReadSignal<Option<Arc<Looks>>>,
    /// What screen readers are told.
    said: RwSignal<String>,
    /// What the pointers are doing.
    hand: StoredValue<Hand>,
    /// The element that is looked through.
    view: NodeRef<Div>,
}

impl Graph {
    /// The index of the card that the keys act on.
    fn focused(self) -> usize {
        let id = self.focus.get_untracked();
        self.model.with_untracked(|model| if id.is_empty() { 0 } else { model.graph.job(&id).unwrap_or(0) })
    }

    /// The job's id of a card; empty for the triggers.
    fn id_of(self, node: usize) -> String {
        self.model
            .with_untracked(|model| model.graph.nodes.get(node).map(|n| n.id.clone()).unwrap_or_default())
    }

    /// Whether what is at `path`, or something in it, is selected.
    fn is_selected(self, path: &Path) -> bool {
        self.selected.with_value(|selected| selected.selected(path))
    }

    /// Whether the keys act on the card of that job; of the triggers' card for an empty `id`.
    fn has_keys(self, id: &String) -> bool {
        self.keyed.with_value(|keyed| keyed.selected(id))
    }

    /// Whether the title of that job is being changed.
    fn is_renaming(self, id: &String) -> bool {
        // No job is one without an id.
        !id.is_empty() && self.renamed.with_value(|renamed| renamed.selected(id))
    }

    /// Selects what is at `path` in all views.
    fn select(self, path: Path) {
        self.edge.set(None);
        self.session.select(path, Origin::Graph);
    }

    /// Gives a card the keyboard and brings it into view.
    fn focus_card(self, node: usize) {
        self.show(node);
        self.give_keys(node);
    }

    /// Gives a card the keyboard, wherever one looks; one that is not drawn yet gets it in the next frame.
    fn give_keys(self, node: usize) {
        self.focus.set(self.id_of(node));
        if !self.take_focus(node) {
            request_animation_frame(move || {
                self.take_focus(node);
            });
        }
    }

    /// Gives the focus to the view as a whole, unless something in it has it.
    fn take_keys(self) {
        let Some(view) = self.view.get_untracked() else { return };
        let active = document().active_element();
        if active.is_none_or(|active| !view.contains(Some(&active))) {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = view.focus_with_options(&options);
        }
    }

    /// `false`: the card is not there.
    fn take_focus(self, node: usize) -> bool {
        use wasm_bindgen::JsCast;
        let card = self
            .view
            .get_untracked()
            .and_then(|view| view.query_selector(&format!("[data-node='{node}']")).ok().flatten());
        let Some(card) = card else { return false };
        // The camera brings it into view.
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = card.unchecked_into::<web_sys::HtmlElement>().focus_with_options(&options);
        true
    }

    /// Where a card stands on the plane.
    fn rect(self, node: usize) -> Option<Rect> {
        self.model.with_untracked(|model| {
            let n = model.graph.nodes.get(node)?;
            Some(Rect { x: n.x, y: n.y, width: n.width, height: n.height })
        })
    }
}

/// The pane with the job graph.
pub(crate) fn graph(shell: Shell) -> AnyView {
    let session = shell.session;
    let flow = RwSignal::new(Flow::Right);
    // The rules run when what an edit changes is painted; until then the marks are those of before.
    let found = session.echo.derive(Found::new);
    let selection = session.selection();
    let selected = move || selection.with(|selection| selection.path.clone());
    let focus = RwSignal::new(String::new());
    let expanded = RwSignal::new(BTreeSet::new());
    let renaming = RwSignal::new(None::<String>);
    let graph = Graph {
        session,
        shell,
        model: session.analysis.derive(move |analysis| {
            Arc::new(expanded.with(|all| found.with(|found| cards::model(analysis, flow.get(), found, all))))
        }),
        flow,
        camera: RwSignal::new(Camera::default()),
        size: RwSignal::new((0.0, 0.0)),
        framed: StoredValue::new(None),
        glide: RwSignal::new(false),
        focus,
        hovered: RwSignal::new(None),
        edge: RwSignal::new(None),
        connection: RwSignal::new(None),
        told: RwSignal::new(None),
        lifted: RwSignal::new(None),
        expanded,
        legs: RwSignal::new(None),
        popup: RwSignal::new(None),
        renaming,
        selected: StoredValue::new(Selector::new_with_fn(selected, Path::contains)),
        keyed: StoredValue::new(Selector::new(move || focus.get())),
        renamed: StoredValue::new(Selector::new(move || renaming.get().unwrap_or_default())),
        looks: on_graph(shell),
        said: RwSignal::new(String::new()),
        hand: StoredValue::new(Hand::default()),
        view: NodeRef::new(),
    };
    gestures::measure(graph);
    lost::watch(graph);
    framing::follow(graph);
    hold::keys(graph);
    hold::no_caret();
    wishes::follow(graph);

    let transform = move || {
        let Camera { x, y, scale } = graph.camera.get();
        format!("translate({x:.1}px, {y:.1}px) scale({scale:.4})")
    };
    // The dots of the ground move with it, and thin out from afar.
    let ground = move || {
        let Camera { x, y, scale } = graph.camera.get();
        let grid = 24.0 * if scale < 0.5 { scale * 2.0 } else { scale };
        format!("background-position:{x:.1}px {y:.1}px;background-size:{grid:.2}px {grid:.2}px")
    };
    let drawn = picture(graph);
    // Steps are unreadable from afar: the card shows its title larger instead.
    let far = Memo::new(move |_| graph.camera.with(|camera| camera.scale < 0.5));
    let nodes = Memo::new(move |_| graph.model.with(|model| model.graph.nodes.len()));
    view! {
        <div
            class="graph"
            class:is-connecting=move || graph.connection.with(Option::is_some)
            class:is-lifting=move || graph.lifted.with(Option::is_some)
            class:is-action=move || graph.model.with(|model| model.is_action)
        >
            <div
                class="graph-view"
                // Who presses its ground goes on by its keys.
                tabindex="-1"
                node_ref=graph.view
                style=ground
                on:pointerdown=move |event| gestures::down(graph, &event)
                on:pointermove=move |event| gestures::moved(graph, &event)
                on:pointerup=move |event| gestures::up(graph, &event)
                on:pointercancel=move |_| lost::let_go(graph)
                on:lostpointercapture=move |event| lost::capture(graph, &event)
                on:wheel=move |event| gestures::wheel(graph, &event)
                on:click=move |event| gestures::click(graph, &event)
                on:contextmenu=move |event| popup::open(graph, &event)
                on:keydown=move |event| keys::key(graph, &event)
            >
                <div
                    class="graph-plane"
                    class:is-gliding=move || graph.glide.get()
                    class:is-picture=move || drawn.get()
                    class:is-far=move || far.get()
                    class:is-down=move || graph.flow.get() == Flow::Down
                    style:transform=transform
                >
                    {edges::edges(graph)}
                    <div class="graph-cards" role="tree" aria-label="Triggers and jobs">
                        <For each=move || 0..hold::while_cards_go(graph, nodes.get()) key=|node| *node children=move |node| card::card(graph, node) />
                    </div>
                    {edges::handle(graph)}
                </div>
            </div>
            {lift::lifted(graph)}
            {beside::reason(graph)}
            {on_graph_note(shell, graph.looks)}
            {tools::tools(graph)}
            {tools::minimap(graph)}
            {empty_place(graph)}
            {popup::popup(graph)}
            {legs::panel(graph)}
            <p class="visually-hidden" role="status">
                {move || graph.said.get()}
            </p>
        </div>
    }
    .into_any()
}

/// Whether the plane is a picture that the browser moves without drawing it anew. Where it comes to rest it is drawn anew
/// for its size there, so that text is sharp.
fn picture(graph: Graph) -> RwSignal<bool> {
    let drawn = RwSignal::new(true);
    let resting = long_rested(Memo::new(move |_| graph.camera.get()));
    Effect::new(move |_| {
        resting.track();
        drawn.set(false);
        after_paint(move || {
            let _ = drawn.try_set(true);
        });
    });
    drawn
}

/// What stands where no job is, below the triggers; in the middle where there are none.
fn empty_place(graph: Graph) -> AnyView {
    let style = move || {
        let note = graph.model.with(|model| model.note)?;
        let Camera { x, y, scale } = graph.camera.get();
        let (left, top) = (note.x * scale + x, note.y * scale + y);
        let width = note.width;
        Some(format!("width:{width}px;transform:translate({left:.1}px, {top:.1}px) scale({scale:.4})"))
    };
    view! {
        <div
            class="graph-empty-place"
            class:is-below=move || graph.model.with(|model| model.note.is_some())
            class:is-gliding=move || graph.glide.get()
            style=style
        >
            {move || empty(graph)}
        </div>
    }
    .into_any()
}

/// What stands where no job is.
fn empty(graph: Graph) -> Option<AnyView> {
    let (is_action, is_unread, none) =
        graph.model.with(|model| (model.is_action, model.is_unread, model.jobs.is_empty()));
    let shell = graph.shell;
    let (title, text, act) = match (is_action, is_unread, none) {
        (true, ..) => ("An action has no jobs", "Its inputs, outputs and steps are in the form.", None),
        (_, true, _) => (
            "The file cannot be read as it is",
            "Its jobs are shown here once the text is YAML.",
            Some(button("button-primary", Some(Icon::Error), "Go to the first problem", move |_| {
                go_to_unread(shell);
            })),
        ),
        (_, _, true) => (
            "No jobs yet",
            "A job is a machine that runs your steps, one after the other.",
            Some(button("button-primary", Some(Icon::Plus), "Add a job", move |_| act::add_job(graph, None))),
        ),
        _ => return None,
    };
    Some(
        view! {
            <div class="graph-empty">
                <p class="graph-empty-title">{title}</p>
                <p>{text}</p>
                {act}
            </div>
        }
        .into_any(),
    )
}
