//! What the workflow needs from GitHub, and whether it is there.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_github::Repo;
use stepladder_github::calls::Store;
use stepladder_workflow::edits::{NewVersion, set_versions};
use stepladder_workflow::{Analysis, NameKind, RequiredName};

use super::create::ask;
use super::limit::limit;
use super::repository::{input, named};
use super::update::update;
use crate::files;
use crate::github::local::references;
use crate::github::preflight::{Facts, Line, Remedy, State, checklist, lines};
use crate::session::Origin;
use crate::shell::{GitHubDialog, Shell};
use crate::ui::button::button;
use crate::ui::icon::{Icon, icon};
use crate::ui::prose::with_code;
use crate::ui::row::row;
use crate::views::perform::perform;

/// The number beside the tab: none, as only asking tells how much is missing.
#[must_use]
pub(crate) fn count(_: &Analysis) -> usize {
    0
}

/// What GitHub told of the repository that is named.
pub(crate) fn facts(shell: Shell) -> Option<Arc<Facts>> {
    let repository = shell.repository.get();
    shell.github.facts.get().filter(|facts| facts.repo.to_string().eq_ignore_ascii_case(&repository))
}

/// Asking GitHub for all that the workflow needs. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Check {
    shell: Shell,
    waiting: RwSignal<Option<String>>,
    told: RwSignal<Option<String>>,
}

impl Check {
    pub(crate) fn new(shell: Shell) -> Self {
        Self { shell, waiting: RwSignal::new(None), told: RwSignal::new(None) }
    }

    /// Whether an answer is still to come.
    pub(crate) fn is_waiting(self) -> bool {
        self.waiting.with(Option::is_some)
    }

    /// What is being done, or why it cannot be.
    pub(crate) fn told(self) -> Option<String> {
        self.waiting.get().or_else(|| self.told.get())
    }

    /// Asks.
    pub(crate) fn run(self) {
        let Self { shell, waiting, told } = self;
        let Some(repo) = named(shell, &shell.repository.get_untracked()) else {
            return told.set(Some("Name the repository as owner/name; then this can be checked.".to_owned()));
        };
        told.set(None);
        waiting.set(Some("Asking GitHub…".to_owned()));
        spawn_local(async move {
            shell.repository.set(repo.to_string());
            let file = untrack(move || shell.session.file_path());
            let needs = shell.session.analysis.with_untracked(Analysis::requirements);
            shell.github.refresh();
            let facts =
                shell.github.preflight(repo, &file, &needs, |words| drop(waiting.try_set(Some(words)))).await;
            learn(shell, &facts);
            let place =
                shell.source.get_untracked().filter(|source| source.repository == facts.repo.to_string());
            if let Some(source) = place {
                waiting.try_set(Some("Reading files of the repository…".to_owned()));
                let wanted = shell.session.analysis.with_untracked(references);
                let known = shell.session.env.with_untracked(|env| env.files.clone());
                shell.github.read_local(&source, wanted, &known, shell.desk.fetched).await;
            }
            shell.github.facts.set(Some(Arc::new(facts)));
            waiting.try_set(None);
        });
    }
}

/// The pane.
pub(crate) fn preflight(shell: Shell) -> AnyView {
    let needs = shell.session.echo.derive(Analysis::requirements);
    let check = Check::new(shell);
    let found = move || facts(shell);
    let all = Memo::new(move |_| {
        let facts = found();
        needs.with(|needs| lines(needs, facts.as_deref()))
    });
    let copy = move |_| {
        let host = shell.github.host.with_untracked(|host| host.web.clone());
        let repository = shell.repository.get_untracked();
        let web = Repo::new(&repository).map(|repo| format!("{host}/{repo}"));
        let file = untrack(move || shell.session.file_path());
        let text = all.with_untracked(|all| checklist(&file, all, web.as_deref()));
        files::copy(shell, &text, "Copied the checklist as Markdown.");
    };
    let pins = move || all.with(|all| choices(all, "Pin"));
    let updates = move || all.with(|all| choices(all, "Update"));
    let summary = move || all.with(|all| summary(all, found().is_some()));
    let blind = move || {
        let unseen = all.with(|all| all.iter().any(|line| line.state == State::Unseen));
        unseen && found().is_some() && shell.github.account.with(Option::is_none)
    };
    view! {
        <div class="preflight">
            <div class="preflight-bar">
                <label class="secrets-repository">
                    <span>"Repository"</span>
                    {input(shell, shell.repository, || {}, move || check.run())}
                </label>
                <button
                    type="button"
                    class="button button-primary"
                    disabled=move || check.is_waiting()
                    on:click=move |_| check.run()
                >
                    "Check on GitHub"
                </button>
                {button("", Some(Icon::Copy), "Copy as checklist", copy)}
                {move || all_button("Pin all to commits", pins(), move |all| pin(shell, all))}
                {move || all_button("Update all…", updates(), move |all| update(shell, all.to_vec()))}
                {limit(shell)}
            </div>
            <p class="preflight-sum" role="status">
                {move || check.told().unwrap_or_else(summary)}
                {move || {
                    blind()
                        .then(|| {
                            let sign_in = move |_| shell.github_dialog.set(Some(GitHubDialog::SignIn));
                            view! {
                                " "
                                <button type="button" class="link" on:click=sign_in>
                                    "Sign in to see more"
                                </button>
                            }
                        })
                }}
            </p>
            {move || {
                all.with(|all| {
                    if all.is_empty() {
                        return view! {
                            <div class="empty">
                                <span class="empty-icon">{icon(Icon::Passed)}</span>
                                <p class="empty-title">"It needs nothing from the repository"</p>
                            </div>
                        }
                            .into_any();
                    }
                    let rows: Vec<_> = all.iter().map(|line| line_view(shell, line.clone())).collect();
                    view! { <ul class="rows">{rows}</ul> }.into_any()
                })
            }}
        </div>
    }
    .into_any()
}

/// The class, the icon and the word for how it stands.
pub(crate) fn mark(state: State) -> (&'static str, Icon, &'static str) {
    match state {
        State::Good => ("state-ok", Icon::Passed, "There"),
        State::Bad => ("state-error", Icon::Error, "Missing"),
        State::Unseen => ("state-unknown", Icon::Hint, "Cannot be seen"),
    }
}

fn line_view(shell: Shell, line: Line) -> AnyView {
    let (class, glyph, word) = mark(line.state);
    let note = view! { <p class="row-note">{with_code(&line.detail)}</p> };
    let needless = line.state == State::Good && matches!(line.remedy, Some(Remedy::Page(..)));
    let remedy = line.remedy.filter(|_| !needless).map(|remedy| remedy_view(shell, remedy));
    let title = view! { <span>{with_code(&line.title)}</span> };
    row(class, glyph, word, title, note, remedy)
}

/// How many there are of each kind.
fn summary(all: &[Line], asked: bool) -> String {
    if all.is_empty() {
        return String::new();
    }
    if !asked {
        return "What the workflow needs from its repository. Check whether it is there, or copy the list for somebody with the rights.".to_owned();
    }
    let count = |state: State| all.iter().filter(|line| line.state == state).count();
    let kinds =
        [(State::Bad, "to be put right"), (State::Unseen, "cannot be seen"), (State::Good, "as needed")];
    let parts = kinds.map(|(state, words)| (count(state), words));
    let parts =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}"));
    format!("{}.", parts.collect::<Vec<_>>().join(", "))
}

fn remedy_view(shell: Shell, remedy: Remedy) -> AnyView {
    match remedy {
        Remedy::Page(page, words) => view! {
            {move || {
                let repo = Repo::new(&shell.repository.get())?;
                let web = shell.github.host.with(|host| host.web.clone());
                Some(
                    view! {
                        <a class="link" href=format!("{web}/{repo}{page}") target="_blank" rel="noreferrer">
                            {words}
                            {icon(Icon::External)}
                        </a>
                    },
                )
            }}
        }
        .into_any(),
        Remedy::Create(wanted, page) => {
            let label = format!("Create {}", wanted.name);
            view! {
                <button
                    type="button"
                    class="button button-small"
                    aria-label=label
                    on:click=move |_| ask(shell, wanted.clone())
                >
                    {icon(Icon::Plus)}
                    "Create it"
                </button>
                {remedy_view(shell, Remedy::Page(page.to_owned(), "or on GitHub"))}
            }
            .into_any()
        }
        Remedy::Versions(choices) => choices
            .into_iter()
            .map(|(version, words)| {
                let slug = version.uses.split('@').next().unwrap_or_default();
                let label = format!("{words}: {slug}");
                let pins = words.starts_with("Pin");
                let act = move |_| match pins {
                    true => pin(shell, std::slice::from_ref(&version)),
                    false => update(shell, vec![version.clone()]),
                };
                view! {
                    <button type="button" class="button button-small" aria-label=label on:click=act>
                        {words}
                    </button>
                }
                .into_any()
            })
            .collect::<Vec<_>>()
            .into_any(),
    }
}

fn choices(all: &[Line], verb: &str) -> Vec<NewVersion> {
    let offered = all.iter().filter_map(|line| match &line.remedy {
        Some(Remedy::Versions(choices)) => Some(choices),
        _ => None,
    });
    offered
        .flatten()
        .filter(|(_, words)| words.starts_with(verb))
        .map(|(version, _)| version.clone())
        .collect()
}

fn all_button(
    words: &'static str,
    versions: Vec<NewVersion>,
    act: impl Fn(&[NewVersion]) + 'static,
) -> Option<AnyView> {
    (versions.len() > 1).then(|| button("", Some(Icon::Fix), words, move |_| act(&versions)))
}

/// What runs stays the same, so nothing is asked.
fn pin(shell: Shell, versions: &[NewVersion]) {
    if perform(shell.session, Origin::Command, |analysis| set_versions(analysis, versions)) {
        shell.session.offer_undo();
    }
}

/// What GitHub told becomes facts for checks, forms and completion.
fn learn(shell: Shell, facts: &Facts) {
    // A name that only jobs with a computed environment read may be in that one.
    let needs = shell.session.analysis.with_untracked(|analysis| analysis.requirements());
    let open = |kind: NameKind| {
        let of_kind = move |name: &&RequiredName| name.kind == kind && name.anywhere && !name.everywhere;
        needs.names.iter().filter(of_kind).map(|name| name.name.clone())
    };
    let names = |kind: NameKind| -> Option<Vec<String>> {
        // Those that were looked into because an environment is computed hold nothing for the other jobs.
        let is_named = |store: &Store| match store {
            Store::Environment(name) => needs.names.iter().any(|known| known.environments.contains(name)),
            _ => true,
        };
        let of_kind = facts.names.iter().filter(|(of, ..)| *of == kind);
        let stores: Vec<_> = of_kind.filter(|(_, store, _)| is_named(store)).collect();
        let known = !stores.is_empty() && stores.iter().all(|(_, _, seen)| seen.is_ok());
        let seen = || stores.iter().filter_map(|(_, _, seen)| seen.as_ref().ok()).flatten().cloned();
        known.then(|| seen().chain(open(kind)).collect())
    };
    let (secrets, variables) = (names(NameKind::Secret), names(NameKind::Variable));
    let texts =
        facts.uses.iter().filter_map(|(uses, used)| Some((uses.as_str(), used.text.as_deref().ok()?)));
    crate::facts::learn(shell.session, texts);
    shell.session.env.update(|env| {
        env.secrets = secrets.or(env.secrets.take());
        env.variables = variables.or(env.variables.take());
    });
}
