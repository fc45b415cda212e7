//! The library of actions: search, what each does, and one click that writes the step.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_workflow::edits::{NewStep, Value};
use stepladder_workflow::facts::actions::{Action, Catalogue};

use crate::session::Session;
use crate::shell::Shell;
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
    /// Whether GitHub is to be asked for its newest version first.
    asks: bool,
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
            asks: false,
        }
    }

    /// What is typed as `owner/name@version`, or as `owner/name`: it can be used whether the catalogue knows it or not.
    fn typed(text: &str) -> Option<Self> {
        let (slug, git_ref) = split(text);
        let mut parts = slug.split('/').filter(|part| !part.is_empty());
        let is_name = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        let is_whole =
            parts.clone().count() >= 2 && parts.all(is_name) && slug.split('/').all(|part| !part.is_empty());
        let asks = git_ref.is_empty();
        let doc = if asks {
            "Asks GitHub for its newest version; @version behind the name chooses one."
        } else {
            ""
        };
        is_whole.then(|| Self {
            slug: slug.to_owned(),
            title: if asks { "Use the newest version of" } else { "Use this action" }.to_owned(),
            doc: doc.to_owned(),
            uses: if asks { slug } else { text }.to_owned(),
            required: Vec::new(),
            asks,
        })
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
        let at = RwSignal::new(0usize);
        let told = RwSignal::new(None::<String>);
        let known = Memo::new(move |_| session.env.with(|env| env.catalogue.is_some()));
        let found = Memo::new(move |_| {
            let query = query.get();
            let query = query.trim();
            session.env.with(|env| {
                let found =
                    env.catalogue.as_ref().map(|catalogue| catalogue.search(query)).unwrap_or_default();
                let typed = Card::typed(query)
                    .filter(|typed| !typed.asks || found.iter().all(|a| a.slug != typed.slug));
                typed.into_iter().chain(found.into_iter().take(SHOWN).map(Card::new)).collect::<Vec<_>>()
            })
        });
        let pick = {
            let choose = choose.clone();
            move |card: &Card| {
                if !card.asks {
                    open.set(false);
                    return choose(card);
                }
                let (card, choose) = (card.clone(), choose.clone());
                told.set(Some("Asking GitHub …".to_owned()));
                spawn_local(async move {
                    let newest = shell.github.newest(&card.slug).await;
                    // Somebody may have closed it, or typed on, in the meantime.
                    let is_wanted = open.try_get_untracked() == Some(true)
                        && query.try_with_untracked(|query| query.trim() == card.slug) == Some(true);
                    if !is_wanted {
                        return;
                    }
                    match newest {
                        Ok(Some(version)) => {
                            open.set(false);
                            choose(&Card { uses: format!("{}@{version}", card.slug), asks: false, ..card });
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
                let count = found.with_untracked(Vec::len).max(1);
                match event.key().as_str() {
                    "ArrowDown" => at.update(|at| *at = (*at + 1) % count),
                    "ArrowUp" => at.update(|at| *at = (*at + count - 1) % count),
                    "Enter" => {
                        if let Some(card) =
                            found.with_untracked(|found| found.get(at.get_untracked()).cloned())
                        {
                            pick(&card);
                        }
                    }
                    _ => return,
                }
                event.prevent_default();
            }
        };
        Effect::new(move |_| {
            if let Some(card) = document().get_element_by_id(&option_id(at.get())) {
                let how = web_sys::ScrollIntoViewOptions::new();
                how.set_block(web_sys::ScrollLogicalPosition::Nearest);
                card.scroll_into_view_with_scroll_into_view_options(&how);
            }
        });
        let cards = move || {
            let cards = found.get().into_iter().enumerate();
            cards.map(|(index, card)| card_view(card, index, at, pick.clone())).collect::<Vec<_>>()
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
                    aria-controls="library-list"
                    aria-activedescendant=move || (!found.with(Vec::is_empty)).then(|| option_id(at.get()))
                    placeholder="Search: python, cache, deploy … or type owner/name@version"
                    prop:value=move || query.get()
                    on:input=move |event| {
                        query.set(event_target_value(&event));
                        at.set(0);
                        told.set(None);
                    }
                    on:keydown=key
                />
            </div>
            <p class="field-empty library-told" role="status">
                {move || told.get().or_else(|| (!known.get()).then(|| "The catalogue of actions is still loading.".to_owned()))}
            </p>
            <ul id="library-list" class="cards" role="listbox" aria-label="Actions">{cards}</ul>
            {move || {
                (known.get() && found.with(Vec::is_empty)).then(|| view! {
                    <p class="field-empty">
                        "No known action fits. Any public action can be used: type it as " <code>"owner/name@version"</code> "."
                    </p>
                })
            }}
        }
        .into_any()
    })
}

fn option_id(index: usize) -> String {
    format!("library-{index}")
}

fn card_view(card: Card, index: usize, at: RwSignal<usize>, pick: impl Fn(&Card) + 'static) -> AnyView {
    let (title, doc, uses) = (card.title.clone(), card.doc.clone(), card.uses.clone());
    let first_party = card.slug.starts_with("actions/") || card.slug.starts_with("github/");
    view! {
        <li
            id=option_id(index)
            role="option"
            class="card"
            aria-selected=move || if at.get() == index { "true" } else { "false" }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_typed_by_its_name() {
        let typed = |text: &str| Card::typed(text).map(|card| (card.uses, card.asks));
        assert_eq!(typed("octo/tool@v2"), Some(("octo/tool@v2".to_owned(), false)));
        assert_eq!(typed("octo/tool"), Some(("octo/tool".to_owned(), true)));
        assert_eq!(typed("octo/tools/sub@main"), Some(("octo/tools/sub@main".to_owned(), false)));
        for text in ["octo", "octo/", "cache / restore", "", "/a/b", "docker://x/y"] {
            assert_eq!(typed(text), None, "{text}");
        }
    }
}
