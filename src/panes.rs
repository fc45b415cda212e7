//! The panes around the document: side by side with movable borders, or one at a time; and the drawer below them.

use leptos::html::Div;
use leptos::prelude::*;

use crate::shell::{Layout, Mode, Pane, Shell, Width};
use crate::ui::button::icon_button;
use crate::ui::icon::{Icon, icon};
use crate::ui::menu::{Item, menu};
use crate::ui::paint::settled;
use crate::ui::splitter::{Border, splitter};
use crate::ui::tabs::{Tab, tabs};
use crate::views::changes::changes;
use crate::views::code::code;
use crate::views::explain::explain;
use crate::views::files::files;
use crate::views::form::form;
use crate::views::github::preflight;
use crate::views::graph::graph;
use crate::views::learn::panel;
use crate::views::perform::rehearse;
use crate::views::plan::plan;
use crate::views::problems::problems;
use crate::views::secrets::{self, secrets};
use crate::views::status::status;
use stepladder_workflow::Analysis;

/// The smallest share of the width that a pane can have.
const LEAST_SHARE: f64 = 0.14;
/// Heights of the open drawer in CSS pixels.
const DRAWER: (f64, f64) = (96.0, 640.0);

/// Everything below the header.
pub(crate) fn workspace(shell: Shell) -> AnyView {
    rehearse(shell.session);
    let phone = Memo::new(move |_| shell.width.get() == Width::Phone);
    let lesson = Memo::new(move |_| shell.course.lesson.with(Option::is_some));
    view! {
        <main id="main" class="workspace" tabindex="-1" aria-label="Workflow">
            <h1 class="visually-hidden">{move || shell.session.file_name()}</h1>
            {move || {
                (lesson.get() && !phone.get())
                    .then(|| view! { <aside class="lesson" aria-label="Lesson">{panel(shell)}</aside> })
            }}
            <div class="workspace-body">
                {files(shell)} {columns(shell, phone)}
                {move || if phone.get() { phone_panes(shell) } else { drawer(shell) }}
            </div>
        </main>
        {move || phone.get().then(|| bottom_bar(shell, lesson.get()))}
    }
    .into_any()
}

fn columns(shell: Shell, phone: Memo<bool>) -> AnyView {
    let place = NodeRef::<Div>::new();
    let visible = Pane::COLUMNS.map(|pane| Memo::new(move |_| shell.shows(pane)));
    let [graph_shown, form_shown, code_shown] = visible;
    let between = move |left: usize, label: &'static str| {
        let right = move || (left + 1..3).find(|at| visible[*at].get_untracked());
        let moved = move |way: f64| {
            let (Some(place), Some(right)) = (place.get_untracked(), right()) else { return };
            let width = f64::from(place.client_width()).max(1.0);
            let shown = move |at: usize| visible[at].get_untracked();
            shell.layout.update(|layout| shift(layout, left, right, way / width, shown));
        };
        let value = move || {
            let layout = shell.layout.get();
            let sum: f64 = (0..3).filter(|at| visible[*at].get()).map(|at| layout.share[at]).sum();
            100.0 * layout.share[left] / sum
        };
        let reset = move || shell.layout.update(|layout| layout.share = Layout::default().share);
        splitter(Border::Vertical, label, value, moved, reset)
    };
    let share = move |at: usize| {
        move || if phone.get() { "1".to_owned() } else { (100.0 * shell.layout.get().share[at]).to_string() }
    };
    view! {
        <div class="columns" node_ref=place hidden=move || !visible.iter().any(|pane| pane.get())>
            <section
                class="pane pane-graph"
                aria-label="Graph"
                hidden=move || !graph_shown.get()
                style:flex-grow=share(0)
            >
                {pane_head(shell, Pane::Graph)}
                <div class="pane-body">{graph(shell)}</div>
            </section>
            {move || (!phone.get() && graph_shown.get() && (form_shown.get() || code_shown.get())).then(|| between(0, "Width of the graph"))}
            <section class="pane pane-form" aria-label="Form" hidden=move || !form_shown.get() style:flex-grow=share(1)>
                {pane_head(shell, Pane::Form)}
                <div class="pane-body">{form(shell.session)}</div>
            </section>
            {move || (!phone.get() && form_shown.get() && code_shown.get()).then(|| between(1, "Width of the form"))}
            <section
                class="pane pane-code"
                aria-label="YAML"
                hidden=move || !code_shown.get()
                style:flex-grow=share(2)
            >
                {pane_head(shell, Pane::Code)}
                <div class="pane-body">{move || code_shown.get().then(|| code(shell))}</div>
            </section>
        </div>
    }
    .into_any()
}

/// Moves the border between two shown panes by `part` of the whole width.
fn shift(layout: &mut Layout, left: usize, right: usize, part: f64, shown: impl Fn(usize) -> bool) {
    let sum: f64 = (0..3).filter(|at| shown(*at)).map(|at| layout.share[at]).sum();
    let least = LEAST_SHARE * sum;
    let both = layout.share[left] + layout.share[right];
    let new = (layout.share[left] + part * sum).clamp(least.min(both / 2.0), (both - least).max(both / 2.0));
    layout.share[left] = new;
    layout.share[right] = both - new;
}

fn pane_head(shell: Shell, pane: Pane) -> AnyView {
    let (glyph, title, hide) = match pane {
        Pane::Graph => (Icon::Graph, "Graph", "Hide the graph"),
        Pane::Form => (Icon::Form, "Form", "Hide the form"),
        _ => (Icon::Code, "YAML", "Hide the YAML"),
    };
    // On a tablet, graph and form share one place.
    let shared = Memo::new(move |_| {
        pane != Pane::Code && shell.width.get() == Width::Tablet && shell.layout.get().mode() == Mode::Split
    });
    let alone = Memo::new(move |_| shell.layout.get().shown.iter().filter(|shown| **shown).count() == 1);
    // A pane that is hidden for itself comes back by a button in the head of its neighbour.
    let hidden = Memo::new(move |_| {
        let [graph, form, _] = shell.layout.get().shown;
        match pane {
            Pane::Graph if graph && !form => Some((Pane::Form, Icon::Form, "Show the form")),
            Pane::Form if form && !graph => Some((Pane::Graph, Icon::Graph, "Show the graph")),
            _ => None,
        }
    });
    let name = move || {
        if shared.get() {
            let switch = [
                (Pane::Graph, "Graph", "The job graph"),
                (Pane::Form, "Form", "The form of what is selected"),
            ];
            crate::ui::tabs::segments("Left pane", &switch, shell.beside_code.into(), move |pane| {
                shell.pane.set(pane)
            })
        } else {
            view! { <h2>{icon(glyph)} {title}</h2> }.into_any()
        }
    };
    view! {
        <header class="pane-head">
            {name} <span class="spacer"></span>
            {move || {
                hidden
                    .get()
                    .map(|(other, glyph, label)| icon_button(glyph, label, || false, move |_| shell.show_pane(other, true)))
            }}
            {move || (pane == Pane::Code && !shell.layout.get().plain).then(|| wrap_switch(shell))}
            {move || {
                (!shared.get() && !alone.get())
                    .then(|| icon_button(Icon::Close, hide, || false, move |_| shell.show_pane(pane, false)))
            }}
        </header>
    }
    .into_any()
}

/// Wraps the long lines of the YAML, or lets them run on.
fn wrap_switch(shell: Shell) -> AnyView {
    let wraps = Memo::new(move |_| shell.wraps());
    view! {
        <button
            type="button"
            class="button button-icon"
            aria-label="Wrap long lines"
            title="Wrap long lines"
            aria-pressed=move || if wraps.get() { "true" } else { "false" }
            on:click=move |_| shell.wrap.set(Some(!wraps.get_untracked()))
        >
            {icon(Icon::Wrap)}
        </button>
    }
    .into_any()
}

/// A pane of the drawer; where there is no drawer, a pane of its own.
struct DrawerPane {
    pane: Pane,
    icon: Icon,
    label: &'static str,
    /// The name where there is little room.
    short: &'static str,
    /// What is counted beside the name.
    count: fn(&Analysis) -> usize,
    view: fn(Shell) -> AnyView,
}

/// All of them, in their order.
static DRAWER_PANES: &[DrawerPane] = &[
    DrawerPane {
        pane: Pane::Problems,
        icon: Icon::Warning,
        label: "Problems",
        short: "Problems",
        count: |analysis| analysis.findings().len(),
        view: problems,
    },
    DrawerPane {
        pane: Pane::Secrets,
        icon: Icon::Key,
        label: "Secrets & variables",
        short: "Secrets",
        count: secrets::count,
        view: secrets,
    },
    DrawerPane {
        pane: Pane::Preflight,
        icon: Icon::GitHub,
        label: "Preflight",
        short: "Preflight",
        count: preflight::count,
        view: preflight::preflight,
    },
    DrawerPane {
        pane: Pane::Plan,
        icon: Icon::Play,
        label: "What would run",
        short: "Try it",
        count: |_| 0,
        view: plan,
    },
    DrawerPane {
        pane: Pane::Explain,
        icon: Icon::Speech,
        label: "Explain",
        short: "Explain",
        count: |_| 0,
        view: explain,
    },
    DrawerPane {
        pane: Pane::Changes,
        icon: Icon::Changes,
        label: "Changes",
        short: "Changes",
        // The analysis does not know what was before; the dot beside the file's name tells that something changed.
        count: |_| 0,
        view: changes,
    },
];

impl DrawerPane {
    fn of(pane: Pane) -> Option<&'static Self> {
        DRAWER_PANES.iter().find(|entry| entry.pane == pane)
    }

    fn tab(&self, shell: Shell, label: &'static str) -> Tab<Pane> {
        let count = shell.session.echo.derive(self.count).into();
        Tab { value: self.pane, icon: Some(self.icon), label, count }
    }
}

/// The drawer, whose tabs are always there, and the status beside them.
fn drawer(shell: Shell) -> AnyView {
    let items = DRAWER_PANES.iter().map(|entry| entry.tab(shell, entry.label)).collect();
    let open = Memo::new(move |_| shell.layout.get().drawer);
    let current = Signal::derive(move || open.get().then(|| shell.drawer.get()));
    let set_open = move |open| shell.layout.update(|layout| layout.drawer = open);
    let choose = move |pane| {
        if open.get_untracked() && shell.drawer.get_untracked() == pane {
            set_open(false);
        } else {
            shell.reveal(pane);
        }
    };
    let height = Memo::new(move |_| shell.layout.get().drawer_height);
    let moved = move |way: f64| {
        shell.layout.update(|layout| {
            layout.drawer_height = (layout.drawer_height - way).clamp(DRAWER.0, DRAWER.1);
        });
    };
    let reset = move || shell.layout.update(|layout| layout.drawer_height = Layout::default().drawer_height);
    // The tab answers first.
    let wanted = Memo::new(move |_| open.get().then(|| shell.drawer.get()));
    let shown = settled(wanted);
    let busy = move || (shown.get() != wanted.get()).then_some("true");
    let value = move || 100.0 * (1.0 - height.get() / DRAWER.1);
    view! {
        <section class="drawer" aria-label="Problems, secrets and more">
            {move || open.get().then(|| splitter(Border::Horizontal, "Height of the drawer", value, moved, reset))}
            <div class="drawer-bar">
                {tabs("Drawer", "drawer-panel", items, current, choose)} {status(shell)}
                {move || {
                    let (glyph, label) = if open.get() {
                        (Icon::Down, "Close the drawer")
                    } else {
                        (Icon::Up, "Open the drawer")
                    };
                    icon_button(glyph, label, || false, move |_| set_open(!open.get_untracked()))
                }}
            </div>
            <div
                id="drawer-panel"
                class="drawer-panel"
                role="tabpanel"
                aria-label=move || DrawerPane::of(shell.drawer.get()).map(|entry| entry.label)
                aria-busy=busy
                hidden=move || !open.get()
                style:height=move || format!("{}px", height.get())
            >
                {move || shown.get().and_then(DrawerPane::of).map(|entry| (entry.view)(shell))}
            </div>
        </section>
    }
    .into_any()
}

/// On a phone the drawer's tabs are panes of their own.
fn phone_panes(shell: Shell) -> AnyView {
    let shown = Memo::new(move |_| shell.pane.get());
    let content = move || {
        if shown.get() == Pane::Lesson {
            return Some(
                view! {
                    <section class="pane pane-full" tabindex="-1" aria-label="Lesson">
                        <div class="pane-body">{panel(shell)}</div>
                    </section>
                }
                .into_any(),
            );
        }
        DrawerPane::of(shown.get()).map(|entry| {
            view! {
                <section class="pane pane-full" tabindex="-1" aria-label=entry.label>
                    <div class="pane-body">{(entry.view)(shell)}</div>
                </section>
            }
            .into_any()
        })
    };
    content.into_any()
}

/// Most tabs at the foot of a phone; what is more is in a menu behind them.
const BOTTOM_TABS: usize = 4;

/// `lesson`: whether a lesson is open, whose pane comes first then.
fn bottom_bar(shell: Shell, lesson: bool) -> AnyView {
    let none = Signal::derive(|| 0);
    let columns = [
        (Pane::Lesson, Icon::Book, "Lesson"),
        (Pane::Graph, Icon::Graph, "Graph"),
        (Pane::Form, Icon::Form, "Form"),
        (Pane::Code, Icon::Code, "YAML"),
    ];
    let columns: Vec<_> = columns
        .into_iter()
        .skip(usize::from(!lesson))
        .map(|(value, icon, label)| Tab { value, icon: Some(icon), label, count: none })
        .collect();
    let room = BOTTOM_TABS - columns.len();
    let others = DRAWER_PANES.iter().take(room).map(|entry| entry.tab(shell, entry.short));
    let items = columns.into_iter().chain(others).collect();
    let current = Signal::derive(move || Some(shell.pane.get()));
    let behind = move || DRAWER_PANES.iter().skip(room);
    let more = move || {
        let item = |entry: &'static DrawerPane| Item {
            label: entry.label.to_owned(),
            icon: Some(entry.icon),
            keys: String::new(),
            enabled: true,
            run: Box::new(move || shell.pane.set(entry.pane)),
        };
        behind().map(item).collect()
    };
    let shown =
        Memo::new(move |_| behind().find(|entry| entry.pane == shell.pane.get()).map(|entry| entry.short));
    view! {
        <nav class="bottom-bar" aria-label="Panes">
            {tabs("Panes", "main", items, current, move |pane| shell.pane.set(pane))}
            <div class="bottom-more" class:is-current=move || shown.get().is_some()>
                {menu(Icon::More, "More panes", more)}
                <span class="bottom-more-label" aria-hidden="true">{move || shown.get().unwrap_or("More")}</span>
            </div>
        </nav>
    }
    .into_any()
}
