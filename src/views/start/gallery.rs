//! The templates: search, shelves, cards.

use gloo_net::http::Request;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_content::IndexEntry;

use super::own::starter_button;
use super::thumbnail::thumbnail;
use crate::shell::Shell;
use crate::ui::field::search_field;
use crate::ui::icon::{Icon, icon};
use crate::ui::paint::growing;

/// How many are shown at first, and how many of them are built at once.
const FEW: usize = 12;
const GROUP: usize = 4;

#[derive(Clone)]
enum Index {
    Loading,
    Failed,
    Here(Vec<IndexEntry>),
}

/// The gallery.
pub(super) fn gallery(shell: Shell) -> AnyView {
    let index = RwSignal::new(Index::Loading);
    let query = RwSignal::new(String::new());
    let shelf = RwSignal::new(None::<String>);
    let chosen = RwSignal::new(None::<IndexEntry>);
    // Those of one's own come first.
    let all = Signal::derive(move || {
        let entry = shell.session.model.get().map(|part| part.entry);
        let entries = |own: &Vec<_>| entry.map(|entry| own.iter().map(entry).collect::<Vec<_>>());
        let own = shell.own.list.with(entries).unwrap_or_default();
        match index.get() {
            Index::Here(entries) => own.into_iter().chain(entries).collect(),
            _ => own,
        }
    });
    load(index);
    // A link may ask for one of them.
    Effect::new(move |_| {
        let Index::Here(entries) = index.get() else { return };
        let Some(id) = shell.template.get() else { return };
        shell.template.set(None);
        match entries.into_iter().find(|entry| entry.id == id) {
            Some(entry) => chosen.set(Some(entry)),
            None => shell.session.tell_error(format!(
                "There is no template called “{}”; search for one below.",
                id.chars().take(60).collect::<String>()
            )),
        }
    });
    let most = growing(GROUP, FEW, FEW);
    let shown = move || match index.get() {
        Index::Loading => {
            view! { <p class="empty-line" role="status">"Loading the templates…"</p> }.into_any()
        }
        Index::Failed => view! {
            <p class="banner banner-warning" role="alert">
                {icon(Icon::Warning)}
                <span>
                    "The templates could not be loaded; is the network there? "
                    <button type="button" class="link" on:click=move |_| load(index)>
                        "Try again"
                    </button>
                </span>
            </p>
        }
        .into_any(),
        Index::Here(_) => cards(all, query, shelf, chosen, most),
    };
    view! {
        <section class="gallery" aria-labelledby="gallery-title">
            <div class="gallery-head">
                <h2 id="gallery-title">"Templates"</h2>
                {search_field("", Some("template-search"), "Search templates", "Search: python, deploy, schedule…", query)}
                {starter_button(shell)}
            </div>
            {move || match index.get() {
                Index::Here(_) => Some(shelves(&all.get(), shelf)),
                _ => None,
            }}
            {shown}
        </section>
        {move || shell.session.model.get().map(|part| (part.preview)(shell, chosen, all))}
    }
    .into_any()
}

fn load(index: RwSignal<Index>) {
    index.set(Index::Loading);
    spawn_local(async move {
        let loaded = match Request::get("content/templates.json").send().await {
            Ok(response) if response.ok() => response.json::<Vec<IndexEntry>>().await.ok(),
            _ => None,
        };
        index.set(loaded.map_or(Index::Failed, Index::Here));
    });
}

fn shelves(entries: &[IndexEntry], shelf: RwSignal<Option<String>>) -> AnyView {
    let mut names: Vec<&str> = Vec::new();
    for entry in entries {
        if !names.contains(&entry.category.as_str()) {
            names.push(&entry.category);
        }
    }
    let chip = |label: String, value: Option<String>, count: usize| {
        let held = value.clone();
        view! {
            <button
                type="button"
                class="pill"
                aria-pressed=move || if shelf.get() == held { "true" } else { "false" }
                on:click=move |_| shelf.set(value.clone())
            >
                {label}
                <span class="pill-count">{count}</span>
            </button>
        }
        .into_any()
    };
    let mut chips = vec![chip("All".to_owned(), None, entries.len())];
    chips.extend(names.into_iter().map(|name| {
        let count = entries.iter().filter(|entry| entry.category == name).count();
        chip(name.to_owned(), Some(name.to_owned()), count)
    }));
    view! {
        <div class="shelves" role="group" aria-label="Categories">
            {chips}
        </div>
    }
    .into_any()
}

fn cards(
    all: Signal<Vec<IndexEntry>>,
    query: RwSignal<String>,
    shelf: RwSignal<Option<String>>,
    chosen: RwSignal<Option<IndexEntry>>,
    most: RwSignal<usize>,
) -> AnyView {
    let found = Memo::new(move |_| {
        let (query, shelf) = (query.get(), shelf.get());
        let fits = |entry: &&IndexEntry| {
            shelf.as_ref().is_none_or(|shelf| *shelf == entry.category) && matches(entry, &query)
        };
        all.with(|all| all.iter().filter(fits).cloned().collect::<Vec<_>>())
    });
    let count = Memo::new(move |_| found.with(Vec::len));
    let none = Memo::new(move |_| count.get() == 0);
    let clear = move |_| {
        query.set(String::new());
        shelf.set(None);
    };
    let nothing = move || {
        view! {
            <div class="empty" role="status">
                <span class="empty-icon">{icon(Icon::Search)}</span>
                <p class="empty-title">"No template has all of these words"</p>
                <button type="button" class="link" on:click=clear>
                    "Show all templates"
                </button>
            </div>
        }
        .into_any()
    };
    let shown = move || found.with(|found| found.iter().take(most.get()).cloned().collect::<Vec<_>>());
    let list = move || {
        view! {
            <ul class="templates">
                <For each=shown key=|entry| entry.id.clone() children=move |entry| card(entry, chosen) />
            </ul>
            {move || {
                let count = count.get();
                (count > most.get().max(FEW))
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button templates-more"
                                on:click=move |_| most.set(usize::MAX)
                            >
                                {format!("Show all {count} templates")}
                            </button>
                        }
                    })
            }}
        }
        .into_any()
    };
    (move || if none.get() { nothing() } else { list() }).into_any()
}

/// Whether an entry has every word of the query somewhere.
fn matches(entry: &IndexEntry, query: &str) -> bool {
    let mut all = format!("{} {} {} {}", entry.title, entry.summary, entry.category, entry.level.as_str());
    for words in [&entry.tags, &entry.events] {
        all.push(' ');
        all.push_str(&words.join(" "));
    }
    let all = all.to_lowercase();
    query.to_lowercase().split_whitespace().all(|word| all.contains(word))
}

fn card(entry: IndexEntry, chosen: RwSignal<Option<IndexEntry>>) -> AnyView {
    let secrets = match entry.secrets.len() {
        0 => None,
        1 => Some((1, "Reads 1 secret".to_owned())),
        count => Some((count, format!("Reads {count} secrets"))),
    };
    let events = match entry.events.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, rest @ ..] => format!("{one} +{}", rest.len()),
    };
    let all_events = format!("Starts on {}", entry.events.join(", "));
    let held = entry.clone();
    let picture = thumbnail(&entry.picture, &[]);
    view! {
        <li>
            <button type="button" class="template" on:click=move |_| chosen.set(Some(held.clone()))>
                <span class="template-picture">{picture}</span>
                <span class="template-title">{entry.title}</span>
                <span class="template-text">{entry.summary}</span>
                <span class="template-foot">
                    <span class="template-fact" title=all_events>
                        {icon(Icon::Bolt)} <span>{events}</span>
                    </span>
                    {secrets
                        .map(|(count, title)| {
                            view! {
                                <span class="template-fact" title=title>
                                    {icon(Icon::Key)} {count} <span class="visually-hidden">"secrets"</span>
                                </span>
                            }
                        })}
                    <span class=format!("tag level-{}", entry.level.as_str())>{entry.level.as_str()}</span>
                </span>
            </button>
        </li>
    }
    .into_any()
}
