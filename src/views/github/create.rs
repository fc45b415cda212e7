//! Creates a secret or a variable that the workflow names.

use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_github::calls::{self, Repository, Store};
use stepladder_github::{Failure, Kind, Repo};
use stepladder_workflow::NameKind;

use super::limit::limit;
use super::open::account;
use super::repository::{input, named};
use super::sign_in;
use crate::github::create::Wanted;
use crate::github::preflight::{beside, place_read};
use crate::shell::{GitHubDialog, Shell};
use crate::ui::banner;
use crate::ui::choice::{choices, radio};
use crate::ui::icon::{Icon, icon};
use crate::ui::prose::with_code;
use crate::ui::toast::Tone;

/// Opens the dialog for that name.
pub(crate) fn ask(shell: Shell, wanted: Wanted) {
    shell.github.wanted.set(Some(wanted));
    shell.github_dialog.set(Some(GitHubDialog::Create));
}

fn word(wanted: &Wanted) -> &'static str {
    if wanted.kind == NameKind::Secret { "secret" } else { "variable" }
}

/// The state of one creation. Copy it freely.
#[derive(Clone, Copy)]
struct Create {
    shell: Shell,
    wanted: StoredValue<Wanted>,
    /// `owner/name` as typed.
    repository: RwSignal<String>,
    /// What GitHub tells of it.
    about: RwSignal<Option<Repository>>,
    store: RwSignal<Store>,
    field: NodeRef<Textarea>,
    busy: RwSignal<Option<&'static str>>,
    told: RwSignal<Option<String>>,
    /// Whether there is one of that name already, which the person may replace.
    known: RwSignal<bool>,
    /// What is odd about the value.
    odd: RwSignal<Option<&'static str>>,
}

/// The dialog's content.
pub(super) fn create(shell: Shell) -> AnyView {
    let Some(wanted) = shell.github.wanted.get_untracked() else { return ().into_any() };
    // With one environment that reads it, and nobody else, that is where it belongs best.
    let usual = match wanted.environments.as_slice() {
        [only] => Store::Environment(only.clone()),
        _ => Store::Repository,
    };
    // What is there is set anew where it is; what the organization shares is not replaced from here.
    let there = there(shell, &wanted, &shell.repository.get_untracked());
    let found = place_read(&there).filter(|store| **store != Store::Organization);
    let store = found.cloned().unwrap_or(usual);
    let cx = Create {
        shell,
        wanted: StoredValue::new(wanted),
        repository: RwSignal::new(shell.repository.get_untracked()),
        about: RwSignal::new(None),
        store: RwSignal::new(store),
        field: NodeRef::new(),
        busy: RwSignal::new(None),
        told: RwSignal::new(None),
        known: RwSignal::new(false),
        odd: RwSignal::new(None),
    };
    let signed_in = Memo::new(move |_| shell.github.account.with(Option::is_some));
    Effect::new(move |_| {
        if signed_in.get() && cx.repository.with_untracked(|name| !name.is_empty()) {
            cx.look();
        }
    });
    view! {
        {move || if signed_in.get() { cx.form() } else { sign_in::form_for_settings(shell) }}
        {move || signed_in.get().then(|| view! { <footer class="github-foot">{account(shell)} {limit(shell)}</footer> })}
    }
    .into_any()
}

/// Where GitHub has told that `wanted` is, of the places that are offered.
fn there(shell: Shell, wanted: &Wanted, repository: &str) -> Vec<Store> {
    let facts = shell.github.facts.get_untracked();
    let facts = facts.filter(|facts| facts.repo.to_string().eq_ignore_ascii_case(repository));
    let offered = |store: &&Store| match store {
        Store::Environment(name) => wanted.environments.contains(name),
        _ => true,
    };
    let places = facts.iter().flat_map(|facts| facts.places(wanted.kind, &wanted.name));
    places.filter(offered).cloned().collect()
}

impl Create {
    /// Asks what kind of repository it is.
    fn look(self) {
        // What was seen of another repository is no place to send a secret to.
        self.about.set(None);
        let Some(repo) = named(self.shell, &self.repository.get_untracked()) else {
            return self.told.set(Some("Name the repository as owner/name.".to_owned()));
        };
        self.told.set(None);
        self.busy.set(Some("Looking at the repository…"));
        spawn_local(async move {
            let seen = self.shell.github.send(&calls::repository(&repo)).await;
            self.busy.try_set(None);
            match seen {
                Ok(about) => {
                    self.repository.try_set(about.full_name.clone());
                    self.about.try_set(Some(about));
                }
                Err(failure) => drop(self.told.try_set(Some(failure.message))),
            }
        });
    }

    fn form(self) -> AnyView {
        let wanted = self.wanted.get_value();
        let word = word(&wanted);
        let about = move || self.about.get();
        let named = move || about().map(|about| about.full_name).unwrap_or_default();
        let places = move || {
            let about = about()?;
            let wanted = self.wanted.get_value();
            let mut places =
                vec![(Store::Repository, about.full_name.clone(), "for every job of its workflows")];
            places.extend(wanted.environments.iter().map(|name| {
                (
                    Store::Environment(name.clone()),
                    format!("Environment {name}"),
                    "for jobs of this environment only",
                )
            }));
            if about.owner.kind == "Organization" {
                let name = format!("Organization {}", about.owner.login);
                places.push((
                    Store::Organization,
                    name,
                    "takes the rights of an owner; shared with this repository only",
                ));
            }
            let rows: Vec<_> =
                places.into_iter().map(|(store, name, hint)| self.place(store, name, hint)).collect();
            let there = there(self.shell, &wanted, &about.full_name);
            let beside = move || self.store.with(|store| beside(store, &there));
            let beside = move || beside().map(|told| view! { <p class="note">{told}</p> });
            Some(view! { {choices("Where", rows)} <div role="status">{beside}</div> })
        };
        let submit = move |event: leptos::ev::KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                self.submit();
            }
        };
        let is_secret = wanted.kind == NameKind::Secret;
        let shown = RwSignal::new(!is_secret);
        let note = if is_secret {
            "It is sealed in this browser with GitHub's key, so that only GitHub can open it, and kept nowhere here. Nobody can read it again, not even you."
        } else {
            "Whoever may see the repository's settings can read it; for what is confidential take a secret."
        };
        view! {
            <p class="create-name">
                {icon(if is_secret { Icon::Key } else { Icon::Variable })} <code>{wanted.name}</code>
                <span class="tag">{word}</span>
            </p>
            <label class="github-line">
                <span>"Repository"</span>
                {input(self.shell, self.repository, move || self.look(), move || self.look())}
            </label>
            {places}
            <div class="github-line">
                <span class="create-label">
                    <label for="create-value">"Value"</label>
                    {is_secret
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="link"
                                    aria-pressed=move || if shown.get() { "true" } else { "false" }
                                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                                >
                                    {move || if shown.get() { "Hide" } else { "Show" }}
                                </button>
                            }
                        })}
                </span>
                <textarea
                    id="create-value"
                    node_ref=self.field
                    class="input github-text"
                    class:is-hidden=move || !shown.get()
                    rows="3"
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    data-written=""
                    data-secret=""
                    autofocus
                    on:input:target=move |event| {
                        self.known.set(false);
                        self.odd.set(oddity(&event.target().value()));
                    }
                    on:keydown=submit
                ></textarea>
            </div>
            {move || {
                self.odd.get().map(|odd| {
                    let trim = move |_| {
                        if let Some(field) = self.field.get_untracked() {
                            field.set_value(field.value().trim());
                            self.odd.set(None);
                        }
                    };
                    view! {
                        <p class="note state-warning">
                            {icon(Icon::Warning)} " " {odd} " "
                            <button type="button" class="link" on:click=trim>
                                "Remove it"
                            </button>
                        </p>
                    }
                })
            }}
            <p class="note">{note}</p>
            {move || self.told.get().map(banner::error)}
            {move || {
                self.known.get().then(|| {
                    let text = format!(
                        "There is a {word} `{}` in {} already. Replacing its value cannot be taken back.",
                        self.wanted.with_value(|wanted| wanted.name.clone()),
                        self.place_name(&named()),
                    );
                    banner::warning("alert", with_code(&text))
                })
            }}
            <div class="dialog-foot">
                <button
                    type="button"
                    class="button button-primary"
                    disabled=move || self.busy.with(Option::is_some) || self.about.with(Option::is_none)
                    on:click=move |_| self.submit()
                >
                    {move || match (self.busy.get(), self.known.get()) {
                        (Some(words), _) => words.to_owned(),
                        (None, false) => format!("Create the {word}"),
                        (None, true) => "Replace its value".to_owned(),
                    }}
                </button>
            </div>
        }
        .into_any()
    }

    fn place(self, store: Store, name: String, hint: &'static str) -> AnyView {
        let (mark, chosen) = (store.clone(), store);
        let is_chosen = move || self.store.with(|store| *store == mark);
        radio("create-place", name, hint, is_chosen, move || {
            self.known.set(false);
            self.store.set(chosen.clone());
        })
    }

    fn place_name(self, full_name: &str) -> String {
        let store = self.store.get_untracked();
        Repo::new(full_name).map_or_else(|| full_name.to_owned(), |repo| store.of(&repo))
    }

    fn submit(self) {
        let (Some(about), Some(field)) = (self.about.get_untracked(), self.field.get_untracked()) else {
            return;
        };
        if self.busy.with_untracked(Option::is_some) {
            return;
        }
        let value = field.value();
        if value.is_empty() {
            return self
                .told
                .set(Some("There is no value yet: write or paste it into the field.".to_owned()));
        }
        let (wanted, store, replace) =
            (self.wanted.get_value(), self.store.get_untracked(), self.known.get_untracked());
        self.told.set(None);
        self.busy.set(Some("Asking GitHub…"));
        spawn_local(async move {
            let result = self.make(&about, &store, &wanted, &value, replace).await;
            self.busy.try_set(None);
            match result {
                Ok(true) => {
                    field.set_value("");
                    self.shell.repository.set(about.full_name.clone());
                    let place = Repo::new(&about.full_name).map(|repo| store.of(&repo)).unwrap_or_default();
                    let told = format!("Created the {} {} in {place}.", word(&wanted), wanted.name);
                    self.shell.session.toaster.show(Tone::Done, told, None);
                    know(self.shell, &wanted);
                    self.shell.github_dialog.set(None);
                }
                Ok(false) => drop(self.known.try_set(true)),
                Err(failure) => drop(self.told.try_set(Some(failure.message))),
            }
        });
    }

    /// `false`: there is one of that name, and nothing was done.
    async fn make(
        self,
        about: &Repository,
        store: &Store,
        wanted: &Wanted,
        value: &str,
        replace: bool,
    ) -> Result<bool, Failure> {
        let github = self.shell.github;
        let repo = Repo::new(&about.full_name)
            .ok_or(Failure { kind: Kind::NotFound, message: "That is no repository.".to_owned() })?;
        github.refresh();
        let known = github.has(&repo, store, wanted).await?;
        if known && *store == Store::Organization {
            // Replacing it would also change for whom it is.
            return Err(Failure {
                kind: Kind::Conflict,
                message: format!(
                    "{} has a {} {} already that this repository may not see: ask an owner to share it with {}.",
                    about.owner.login,
                    word(wanted),
                    wanted.name,
                    about.full_name
                ),
            });
        }
        if known && !replace {
            return Ok(false);
        }
        github
            .create(about, store, wanted, value, known)
            .await
            .map_err(|failure| missing_place(failure, store))?;
        Ok(true)
    }
}

/// An environment that is not there cannot hold anything.
fn missing_place(failure: Failure, store: &Store) -> Failure {
    match store {
        Store::Environment(name) if failure.kind == Kind::NotFound => Failure {
            message: format!(
                "GitHub shows no environment {name} to this token: create it in the repository's settings first, or give the token the permission “Environments: write”."
            ),
            ..failure
        },
        _ => failure,
    }
}

/// What comes along by accident when a value is copied.
fn oddity(value: &str) -> Option<&'static str> {
    if value.trim() == value {
        return None;
    }
    Some(if value.ends_with('\n') {
        "The value ends with a line break, which would be part of it."
    } else {
        "The value begins or ends with a space, which would be part of it."
    })
}

/// The checks know the new name from now on.
fn know(shell: Shell, wanted: &Wanted) {
    shell.session.env.update(|env| {
        let names = match wanted.kind {
            NameKind::Secret => &mut env.secrets,
            NameKind::Variable => &mut env.variables,
        };
        if let Some(names) = names {
            names.push(wanted.name.clone());
        }
    });
}
