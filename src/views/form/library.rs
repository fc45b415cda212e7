//! The library of actions: search, what each does, and one click that writes the step.

mod typed;

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_workflow::Env;
use stepladder_workflow::edits::{NewStep, Value};
use stepladder_workflow::facts::actions::{Action, Catalogue, Input};
use stepladder_workflow::ide::declared;
use stepladder_workflow::model::Uses;

use self::typed::Typed;
use crate::facts;
use crate::session::Session;
use crate::shell::Shell;
use crate::ui::dialog;
use crate::ui::icon::{Icon, icon};
use crate::ui::marked::Marked;

/// At most this many actions are listed at a time.
const SHOWN: usize = 80;
/// The id of their list.
const LIST: &str = "library-list";

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
    /// Whether GitHub is to be asked for its newest version first.
    asks: bool,
}

impl Card {
    fn new(action: &Action) -> Self {
        Self {
            slug: action.slug.clone(),
            title: action.title.clone(),
            doc: action.doc.clone(),
            uses: action.suggested_use(),
            asks: false,
        }
    }

    /// What is typed can be used whether the catalogue knows it or not.
    fn typed(typed: &Typed, env: &Env) -> Option<Self> {
        match typed {
            Typed::Uses(uses) => Some(Self::written(uses, env)),
            Typed::Newest(slug) => Some(Self {
                slug: slug.clone(),
                title: "Use the newest version of".to_owned(),
                doc: "Asks GitHub for its newest version; @version behind the name chooses one.".to_owned(),
                uses: slug.clone(),
                asks: true,
            }),
            Typed::Words(_) | Typed::Wrong(_) => None,
        }
    }

    /// What stands behind `uses` as it is.
    fn written(uses: &str, env: &Env) -> Self {
        let (title, doc) = match Uses::new(uses) {
            Uses::Docker { .. } => ("Run the container image", "Its arguments go into the input args."),
            Uses::Local { .. } if declared(env, uses).is_some() => {
                ("Use the action of this repository", "Its inputs are known from its file.")
            }
            Uses::Local { .. } => (
                "Use the action of this repository",
                "A step before it has to check the repository out. Open its action.yml here too, and its inputs are known.",
            ),
            _ => ("Use this action", ""),
        };
        let slug = split(uses).0.to_owned();
        Self { slug, title: title.to_owned(), doc: doc.to_owned(), uses: uses.to_owned(), asks: false }
    }
}

/// The inputs that must be given to what `uses` names, as far as they are known.
fn required(env: &Env, uses: &str) -> Vec<String> {
    let names = |inputs: &[Arc<Input>]| -> Vec<String> {
        inputs.iter().filter(|input| input.must_be_given()).map(|input| input.name.clone()).collect()
    };
    if let Some(declared) = declared(env, uses) {
        return names(&declared.inputs);
    }
    let (slug, git_ref) = split(uses);
    let action = env.catalogue.as_ref().and_then(|catalogue| catalogue.action(slug));
    let version = action.and_then(|action| {
        let newest = action.newest().filter(|_| action.knows_newest() && action.suggested_use() == uses);
        action.at(git_ref, None).or(newest)
    });
    version.map(|version| names(&version.inputs)).unwrap_or_default()
}

/// What the library offers for what is typed, and what is to be said of that.
fn offered(env: &Env, typed: &Typed) -> Vec<Card> {
    let words = typed.words();
    let found = env.catalogue.as_ref().map(|catalogue| catalogue.search(words)).unwrap_or_default();
    // Of a known one, the newest version is in the list.
    let is_listed = |card: &Card| {
        card.asks && found.iter().any(|a| a.slug.eq_ignore_ascii_case(&card.slug) && a.knows_newest())
    };
    let card = Card::typed(typed, env).filter(|card| !is_listed(card));
    let own = typed::own(env).into_iter().filter(|uses| {
        let is_typed = card.as_ref().is_some_and(|card| card.uses == *uses);
        !is_typed && words.split_whitespace().all(|word| uses.contains(word))
    });
    let own: Vec<Card> = own.map(|uses| Card::written(&uses, env)).collect();
    let others = match (typed, &card) {
        // Beside a folder or an image, the whole catalogue is of no use.
        (Typed::Wrong(_), _) => Vec::new(),
        (Typed::Uses(_), Some(_)) if words.is_empty() => Vec::new(),
        _ => found,
    };
    card.into_iter().chain(own).chain(others.into_iter().take(SHOWN).map(Card::new)).collect()
}

/// The dialog that chooses the action of a new step, which `add` gets with the inputs that it must be given.
pub(super) fn adder(
    session: Session,
    open: RwSignal<bool>,
    add: impl Fn(NewStep) + Clone + Send + Sync + 'static,
) -> AnyView {
    let empty = |name| (name, Value::Str(String::new()));
    let choose = move |card: &Card| {
        let with: Vec<(String, Value)> =
            session.env.with_untracked(|env| required(env, &card.uses)).into_iter().map(empty).collect();
        add(NewStep::Uses { action: card.uses.clone(), with });
    };
    picker(session, open, "Add an action", move |card| choose(card))
}

/// The dialog that gives an existing step another action.
pub(super) fn changer(
    session: Session,
    open: RwSignal<bool>,
    put: impl Fn(&str) + Clone + Send + Sync + 'static,
) -> AnyView {
    picker(session, open, "Choose an action", move |card| put(&card.uses))
}

fn picker(
    session: Session,
    open: RwSignal<bool>,
    title: &'static str,
    choose: impl Fn(&Card) + Clone + Send + Sync + 'static,
) -> AnyView {
    let shell = expect_context::<Shell>();
    dialog::dialog(open, "library", title, move || {
        let query = RwSignal::new(String::new());
        let marked = Marked::new(LIST, || true);
        let told = RwSignal::new(None::<String>);
        let known = Memo::new(move |_| session.env.with(|env| env.catalogue.is_some()));
        let meant = Memo::new(move |_| {
            let web = shell.github.host.with(|host| host.web.clone());
            session.env.with(|env| Typed::new(&query.get(), &web, env.catalogue.as_deref()))
        });
        let found = Memo::new(move |_| session.env.with(|env| meant.with(|typed| offered(env, typed))));
        let pick = {
            let choose = choose.clone();
            move |card: &Card| {
                if !card.asks {
                    open.set(false);
                    return choose(card);
                }
                let (card, choose) = (card.clone(), choose.clone());
                told.set(Some("Asking GitHub …".to_owned()));
                let asked = query.get_untracked();
                spawn_local(async move {
                    let newest = shell.github.newest(&card.slug).await;
                    let uses = match &newest {
                        Ok(Some(version)) => format!("{}@{version}", card.slug),
                        _ => String::new(),
                    };
                    // Its inputs are wanted next, and those that it must be given are written with it.
                    if let Some(Ok(text)) = shell.github.used_text(&uses).await {
                        facts::learn(session, [(uses.as_str(), text.as_str())].into_iter());
                    }
                    // Somebody may have closed it, or typed on, in the meantime.
                    let is_wanted = open.try_get_untracked() == Some(true)
                        && query.try_with_untracked(|query| *query == asked) == Some(true);
                    if !is_wanted {
                        return;
                    }
                    match newest {
                        Ok(Some(_)) => {
                            open.set(false);
                            choose(&Card { uses, asks: false, ..card });
                        }
                        Ok(None) => told.set(Some(format!(
                            "{0} has no numbered version. Type the branch or tag as {0}@name.",
                            card.slug
                        ))),
                        Err(failure) => told.set(Some(failure.message)),
                    }
                });
            }
        };
        let key = {
            let pick = pick.clone();
            move |event: KeyboardEvent| {
                if marked.key_in_columns(&event, found.with_untracked(Vec::len)) || event.key() != "Enter" {
                    return;
                }
                event.prevent_default();
                let card = marked.now().and_then(|at| found.with_untracked(|found| found.get(at).cloned()));
                card.iter().for_each(&pick);
            }
        };
        let wrong = move || {
            meant.with(|typed| match typed {
                Typed::Wrong(why) => Some(why.clone()),
                _ => None,
            })
        };
        let cards = move || {
            let cards = found.get().into_iter().enumerate();
            cards.map(|(index, card)| card_view(card, index, marked, pick.clone())).collect::<Vec<_>>()
        };
        view! {
            <div class="library-search">
                {icon(Icon::Search)}
                <input
                    type="text"
                    role="combobox"
                    autofocus
                    spellcheck="false"
                    autocomplete="off"
                    aria-label="Search actions"
                    aria-expanded="true"
                    aria-controls=LIST
                    aria-activedescendant=move || marked.active(found.with(Vec::len))
                    placeholder="Search: python, cache, deploy … or type owner/name, ./folder …"
                    data-written=""
                    prop:value=move || query.get()
                    on:input=move |event| {
                        query.set(event_target_value(&event));
                        marked.begin();
                        told.set(None);
                    }
                    on:keydown=key
                />
            </div>
            <p class="field-empty library-told" role="status">
                {move || told.get().or_else(wrong).or_else(|| (!known.get()).then(|| "The catalogue of actions is still loading.".to_owned()))}
            </p>
            <ul id=LIST class="cards" role="listbox" aria-label="Actions">{cards}</ul>
            {move || {
                (known.get() && found.with(Vec::is_empty) && wrong().is_none()).then(|| view! {
                    <p class="field-empty">
                        "No known action fits. Any public action can be used: type it as " <code>"owner/name@version"</code>
                        ", or paste the address of its repository. " <code>"./folder"</code> " is an action of your own repository, "
                        <code>"docker://image:tag"</code> " a container image."
                    </p>
                })
            }}
        }
        .into_any()
    })
}

fn card_view(card: Card, index: usize, marked: Marked, pick: impl Fn(&Card) + 'static) -> AnyView {
    let (title, doc, uses) = (card.title.clone(), card.doc.clone(), card.uses.clone());
    let first_party = card.slug.starts_with("actions/") || card.slug.starts_with("github/");
    view! {
        <li
            id=marked.id(index)
            role="option"
            class="card"
            aria-selected=move || marked.is(index)
            on:click=move |_| pick(&card)
        >
            <span class="card-title">{title}</span>
            <code>{uses}</code>
            {first_party.then(|| view! { <span class="badge">"by GitHub"</span> })}
            <span class="card-doc">{doc}</span>
        </li>
    }
    .into_any()
}
