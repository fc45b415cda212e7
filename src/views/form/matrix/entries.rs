//! Values that take more than a word, one a line: what tells each from its neighbours, and all of it where it stands once
//! somebody opens it.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use stepladder_workflow::model::Data;
use stepladder_workflow::{Severity, edits};
use stepladder_yaml::{Node, Path};

use super::super::read::{self, Problem, Told};
use super::super::{focus, notes, write};
use crate::session::Session;
use crate::ui::button::{button, icon_button};
use crate::ui::icon::{Icon, icon};

/// So many are shown of a long list until somebody asks for all.
const FIRST: usize = 10;
/// A list is long when it has more.
const SHORT: usize = 12;
/// Keys that are shown of a value on its line, which has no room for more.
const KEYS: usize = 8;

/// The list, and what is in it.
pub(super) struct Entries {
    pub(super) session: Session,
    /// Where the list stands.
    pub(super) path: Path,
    /// What one of them is called.
    pub(super) what: &'static str,
    /// What the list is called.
    pub(super) title: String,
    /// Whether the last one must stay.
    pub(super) keeps_one: bool,
    pub(super) state: State,
    /// What can be changed of the one at a path.
    pub(super) body: Arc<dyn Fn(&Path) -> AnyView + Send + Sync>,
}

/// What is shown of a list.
#[derive(Clone, Copy, Default)]
pub(super) struct State {
    /// Those that are open, from 0.
    open: RwSignal<BTreeSet<usize>>,
    /// Whether a long list is shown as a whole.
    all: RwSignal<bool>,
}

impl State {
    /// Opens the one at `at`.
    pub(super) fn show(self, at: usize) {
        self.open.update(|open| _ = open.insert(at));
        if at >= FIRST {
            self.all.set(true);
        }
    }

    fn toggle(self, at: usize) {
        self.open.update(|open| {
            if !open.remove(&at) {
                open.insert(at);
            }
        });
    }

    /// The one at `at` is gone.
    fn close_up(self, at: usize) {
        self.open.update(|open| {
            *open = open
                .iter()
                .filter(|other| **other != at)
                .map(|other| other - usize::from(*other > at))
                .collect();
        });
    }

    /// Two of them have changed places.
    fn swap(self, one: usize, other: usize) {
        self.open.update(|open| {
            let place = |at: usize| {
                if at == one {
                    other
                } else if at == other {
                    one
                } else {
                    at
                }
            };
            *open = open.iter().copied().map(place).collect();
        });
    }
}

/// What is seen of a value that is not open.
#[derive(Clone, Debug, Default, PartialEq)]
struct Gist {
    /// What it is called, where a key says so; else all of what has no keys.
    name: String,
    /// Its keys with the beginnings of their values.
    keys: Vec<(String, String)>,
}

impl Gist {
    fn new(item: Node<'_>) -> Self {
        let data = Data::new(item);
        let name = data.title().map(|_| data.brief());
        match data {
            Data::Object(fields) => {
                let of_name =
                    fields.iter().position(|(_, value)| name.is_some() && Some(value.brief()) == name);
                let others = fields.into_iter().enumerate().filter(|(at, _)| Some(*at) != of_name).take(KEYS);
                Self {
                    name: name.unwrap_or_default(),
                    keys: others.map(|(_, (key, value))| (key, value.brief())).collect(),
                }
            }
            plain => Self { name: plain.brief(), keys: Vec::new() },
        }
    }
}

/// What is wrong with the list at `path` and with those of it that are closed; one that is open tells its own.
fn closed_problems(session: Session, path: &Path, state: State) -> AnyView {
    let here = path.clone();
    // For each of the list what is wrong in it, behind what is wrong with the list itself.
    let all = session.echo.derive(move |analysis| {
        let count = analysis.tree.at(&here).map_or(0, |node| node.resolve().len());
        let own = read::problems(analysis, &here, Told::Own);
        let parts = (0..count).map(|at| read::problems(analysis, &here.child(at), Told::All));
        (own, parts.collect::<Vec<_>>())
    });
    let found = Memo::new(move |_| {
        let open = state.open.get();
        let mut found: Vec<Problem> = Vec::new();
        all.with(|(own, parts)| {
            let closed =
                parts.iter().enumerate().filter(|(at, _)| !open.contains(at)).flat_map(|(_, all)| all);
            for problem in own.iter().chain(closed) {
                // What is wrong with several in the same way is said once.
                if !found.iter().any(|known| known.message == problem.message) {
                    found.push(problem.clone());
                }
            }
        });
        found.sort_by_key(|problem| problem.severity);
        found
    });
    notes::listed_problems(session, path, found)
}

/// The id of the button that opens the entry at `path`.
pub(super) fn head_id(path: &Path) -> String {
    format!("entry-{path}")
}

/// The id of the button that moves the entry whose head has the id `head`.
fn move_id(head: &str, up: bool) -> String {
    format!("{head}-{}", if up { "up" } else { "down" })
}

/// The list.
pub(super) fn entries(list: Entries) -> AnyView {
    let Entries { session, path, state, .. } = list;
    let title = list.title.clone();
    let here = path.clone();
    let gists = session.form.derive(move |analysis| {
        let items =
            analysis.tree.at(&here).map(|node| node.resolve()).into_iter().flat_map(|node| node.items());
        items.map(Gist::new).collect::<Vec<_>>()
    });
    let here = path.clone();
    let worst = session.echo.derive(move |analysis| {
        let count = analysis.tree.at(&here).map_or(0, |node| node.resolve().len());
        (0..count).map(|at| read::worst(analysis, &here.child(at))).collect::<Vec<_>>()
    });
    let count = move || gists.with(Vec::len);
    let is_long = Memo::new(move |_| count() > SHORT);
    // From the list alone: who follows a count also through what follows the count is not always told of it.
    let shown = Memo::new(move |_| if count() > SHORT && !state.all.get() { FIRST } else { count() });
    let list = Arc::new(Entries { path: path.clone(), ..list });
    let more = move |_| {
        state.all.update(|all| *all = !*all);
        if state.all.get_untracked() {
            focus::on(head_id(&path.child(FIRST)));
        }
    };
    let words = move || {
        if state.all.get() { format!("Show the first {FIRST}") } else { format!("Show all {}", count()) }
    };
    let wrong = closed_problems(session, &list.path, state);
    let children = move |at: usize| entry(&list, at, gists, worst);
    view! {
        <ol class="values" aria-label=title>
            <For each=move || 0..shown.get() key=|at| *at children=children />
        </ol>
        <Show when=move || is_long.get()>
            {button("button-small button-quiet values-more", None, Signal::derive(words), more.clone())}
        </Show>
        {wrong}
    }
    .into_any()
}

fn entry(
    list: &Arc<Entries>,
    at: usize,
    gists: Memo<Vec<Gist>>,
    worst: Memo<Vec<Option<Severity>>>,
) -> AnyView {
    let Entries { session, state, what, keeps_one, .. } = **list;
    let path = list.path.child(at);
    let gist = Memo::new(move |_| gists.with(|gists| gists.get(at).cloned().unwrap_or_default()));
    let worst = Memo::new(move |_| worst.with(|worst| worst.get(at).copied().flatten()));
    let is_open = Memo::new(move |_| state.open.with(|open| open.contains(&at)));
    let alone = Memo::new(move |_| keeps_one && gists.with(Vec::len) == 1);
    let number = at + 1;
    let gone = path.clone();
    let remove = move |_| {
        if write::act(session, |analysis| edits::remove_field(analysis, &gone)) {
            session.offer_undo();
            state.close_up(at);
        }
    };
    let moved = list.path.clone();
    let several = Memo::new(move |_| gists.with(Vec::len) > 1);
    let is_last = Memo::new(move |_| gists.with(Vec::len) == at + 1);
    // The focus goes with what is moved: on its head, or on the button that has moved it.
    let go = move |up: bool, by_button: bool| {
        let count = gists.with_untracked(Vec::len);
        let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < count) };
        let Some(to) = to else { return };
        if write::act_here(session, |analysis| edits::move_item(analysis, &moved, at, to)) {
            state.swap(at, to);
            let head = head_id(&moved.child(to));
            // At an end, where the one has nothing more to do, its sibling has.
            let up = if to == 0 { false } else { up || to + 1 == count };
            focus::on(if by_button { move_id(&head, up) } else { head });
        }
    };
    let go_by_button = go.clone();
    let key = move |event: KeyboardEvent| {
        let up = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => true,
            "ArrowDown" if event.alt_key() => false,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        go(up, false);
    };
    let head = head_id(&path);
    let lower = what.to_lowercase();
    let moves = move || {
        let name = format!("{lower} {number}");
        let buttons = [true, false].map(|up| {
            let (go, id) = (go_by_button.clone(), move_id(&head, up));
            let label = format!("Move {name} {}", if up { "up" } else { "down" });
            let disabled = move || if up { at == 0 } else { is_last.get() };
            view! {
                <button
                    type="button"
                    id=id
                    class="button button-icon"
                    aria-label=label.clone()
                    title=label
                    disabled=disabled
                    on:click=move |_| go(up, true)
                >
                    {icon(if up { Icon::Up } else { Icon::Down })}
                </button>
            }
        });
        several.get().then_some(buttons)
    };
    let name = move || gist.with(|gist| gist.name.clone());
    let keys = move || {
        let keys = gist.with(|gist| gist.keys.clone()).into_iter();
        keys.map(|(key, value)| view! { <span class="leg-name">{key}</span>" "{value}"  " })
            .collect::<Vec<_>>()
    };
    let mark = move || {
        let (class, glyph, words) = match worst.get()? {
            Severity::Error => ("state-error", Icon::Error, "An error is in it"),
            Severity::Warning => ("state-warning", Icon::Warning, "A warning is in it"),
            Severity::Hint => ("state-hint", Icon::Hint, "A hint is in it"),
        };
        Some(
            view! { <span class=format!("value-mark {class}") role="img" aria-label=words title=words>{icon(glyph)}</span> },
        )
    };
    let lit = path.clone();
    let body = {
        let (list, path) = (Arc::clone(list), path.clone());
        move || {
            is_open.get().then(|| {
                view! {
                    <div class="value-body">
                        {notes::repeated(session, &path)}
                        {(list.body)(&path)}
                    </div>
                }
            })
        }
    };
    view! {
        <li class="value" data-field=path.to_string() aria-label=format!("{what} {number}")>
            <div class="value-head" on:mouseenter=move |_| session.light(&lit)>
                <button
                    type="button"
                    id=head_id(&path)
                    class="value-open"
                    aria-expanded=move || if is_open.get() { "true" } else { "false" }
                    title="Press to change it; Alt+↑ and Alt+↓ move it"
                    on:click=move |_| state.toggle(at)
                    on:keydown=key
                >
                    {icon(Icon::Right)}
                    <span class="value-number">{number}</span>
                    <span class="value-gist"><span class="value-name">{name}</span>" "{keys}</span>
                </button>
                {mark}
                {moves}
                <Show when=move || !alone.get()>
                    {icon_button(
                        Icon::Trash,
                        format!("Remove {} {number}", what.to_lowercase()),
                        || false,
                        remove.clone(),
                    )}
                </Show>
            </div>
            {body}
        </li>
    }
    .into_any()
}
