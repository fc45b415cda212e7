//! The library of actions: search, what each does, and one click that writes the step.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use stepladder_workflow::edits::{NewStep, Value};
use stepladder_workflow::facts::actions::{Action, Catalogue};

use crate::session::Session;
use crate::ui::dialog;
use crate::ui::icon::{Icon, icon};

/// At most this many actions are listed at a time.
const SHOWN: usize = 80;

/// `owner/repository@ref` of a `uses`, apart.
pub(super) fn split(uses: &str) -> (&str, &str) {
    uses.split_once('@').unwrap_or((uses, ""))
}

/// The outputs that the catalogue knows of a `uses`.
pub(super) fn outputs(catalogue: &Catalogue, uses: &str) -> Vec<String> {
    let (slug, git_ref) = split(uses);
    let action = catalogue.action(slug);
    let version = action.and_then(|action| action.at(git_ref, None).or_else(|| action.newest()));
    version.map(|version| version.outputs.clone()).unwrap_or_default()
}

/// An action as the list shows it.
#[derive(Clone, PartialEq)]
struct Card {
    slug: String,
    title: String,
    doc: String,
    uses: String,
    required: Vec<String>,
}

impl Card {
    fn new(action: &Action) -> Self {
        let required = action
            .newest()
            .map(|version| {
                let inputs = version.inputs.iter().filter(|input| input.must_be_given());
                inputs.map(|input| input.name.clone()).collect()
            })
            .unwrap_or_default();
        Self {
            slug: action.slug.clone(),
            title: action.title.clone(),
            doc: action.doc.clone(),
            uses: action.suggested_use(),
            required,
        }
    }
}

/// The dialog that chooses the action of a new step, which `add` gets with the inputs that it must be given.
pub(super) fn adder(
    session: Session,
    open: RwSignal<bool>,
    add: impl Fn(NewStep) + Clone + Send + Sync + 'static,
) -> AnyView {
    let choose = move |card: &Card| {
        let with: Vec<(String, Value)> =
            card.required.iter().map(|name| (name.clone(), Value::Str(String::new()))).collect();
        add(NewStep::Uses { action: card.uses.clone(), with });
    };
    picker(session, open, "Add an action", move |card| choose(card), None)
}

/// The dialog that gives an existing step another action.
pub(super) fn changer(
    session: Session,
    open: RwSignal<bool>,
    put: impl Fn(&str) + Clone + Send + Sync + 'static,
) -> AnyView {
    picker(session, open, "Choose an action", move |card| put(&card.uses), None)
}

fn picker(
    session: Session,
    open: RwSignal<bool>,
    title: &'static str,
    choose: impl Fn(&Card) + Clone + Send + Sync + 'static,
    start: Option<String>,
) -> AnyView {
    dialog::dialog(open, "library", title, move || {
        let query = RwSignal::new(start.clone().unwrap_or_default());
        let known = Memo::new(move |_| session.env.with(|env| env.catalogue.is_some()));
        let found = Memo::new(move |_| {
            let query = query.get();
            session.env.with(|env| {
                let catalogue = env.catalogue.as_ref()?;
                let found = catalogue.search(query.trim());
                Some(found.into_iter().take(SHOWN).map(Card::new).collect::<Vec<_>>())
            })
        });
        // What is typed as `owner/repository@ref` can be used whether the catalogue knows it or not.
        let own = Memo::new(move |_| {
            let text = query.get().trim().to_owned();
            let (slug, git_ref) = split(&text);
            let whole = slug.split('/').filter(|part| !part.is_empty()).count() >= 2 && !git_ref.is_empty();
            whole.then_some(text)
        });
        let pick = {
            let choose = choose.clone();
            move |card: &Card| {
                open.set(false);
                choose(card);
            }
        };
        let enter = {
            let pick = pick.clone();
            move |event: KeyboardEvent| {
                if event.key() != "Enter" {
                    return;
                }
                event.prevent_default();
                let first = own.get_untracked().map(own_card);
                let first = first.or_else(|| found.get_untracked().and_then(|found| found.first().cloned()));
                if let Some(card) = first {
                    pick(&card);
                }
            }
        };
        let cards = {
            let pick = pick.clone();
            move || {
                let found = found.get().unwrap_or_default();
                found.into_iter().map(|card| card_view(card, pick.clone())).collect::<Vec<_>>()
            }
        };
        let own_view = move || own.get().map(|uses| card_view(own_card(uses), pick.clone()));
        view! {
            <div class="library-search">
                {icon(Icon::Search)}
                <input
                    type="text"
                    autofocus
                    spellcheck="false"
                    autocomplete="off"
                    aria-label="Search actions"
                    placeholder="Search: python, cache, deploy … or type owner/name@version"
                    prop:value=move || query.get()
                    on:input=move |event| query.set(event_target_value(&event))
                    on:keydown=enter
                />
            </div>
            <ul class="cards">{own_view}{cards}</ul>
            {move || {
                (!known.get()).then(|| view! { <p class="field-empty">"The catalogue of actions is still loading."</p> })
            }}
            {move || {
                (known.get() && own.with(Option::is_none) && found.with(|f| f.as_ref().is_some_and(Vec::is_empty)))
                    .then(|| view! {
                        <p class="field-empty">
                            "No known action fits. Any public action can be used: type it as " <code>"owner/name@version"</code> "."
                        </p>
                    })
            }}
        }
        .into_any()
    })
}

fn own_card(uses: String) -> Card {
    Card {
        slug: split(&uses).0.to_owned(),
        title: "Use this action".to_owned(),
        doc: String::new(),
        uses,
        required: Vec::new(),
    }
}

fn card_view(card: Card, pick: impl Fn(&Card) + 'static) -> AnyView {
    let (title, doc, uses) = (card.title.clone(), card.doc.clone(), card.uses.clone());
    let first_party = card.slug.starts_with("actions/") || card.slug.starts_with("github/");
    view! {
        <li>
            <button type="button" class="card" on:click=move |_| pick(&card)>
                <span class="card-title">{title}</span>
                <code>{uses}</code>
                {first_party.then(|| view! { <span class="badge">"by GitHub"</span> })}
                <span class="card-doc">{doc}</span>
            </button>
        </li>
    }
    .into_any()
}
