//! Opens files of a repository or a gist, without a token where they are public.

use std::collections::BTreeSet;

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_github::{Address, Failure, Kind};
use stepladder_workflow::model::Workflow;
use stepladder_workflow::{Analysis, Env, schema};

use super::limit::limit;
use crate::github::files::{Found, Listing, Opened};
use crate::github::local::references;
use crate::github::source::Source;
use crate::shell::{GitHubDialog, Shell};
use crate::ui::banner;
use crate::ui::icon::{Icon, icon};
use crate::ui::toast::Tone;

#[derive(Clone)]
enum State {
    Empty,
    Waiting(String),
    Failed { message: String, may_sign_in: bool },
    Choosing(Listing),
}

/// The dialog's content.
pub(super) fn open(shell: Shell) -> AnyView {
    let field = NodeRef::<Input>::new();
    let state = RwSignal::new(State::Empty);
    // Answers to a question that was followed by another one are ignored.
    let asked = StoredValue::new(0_u32);
    let look = move |address: Address, words: String| {
        let number = asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        });
        state.set(State::Waiting(words));
        spawn_local(async move {
            let found = shell.github.look_at(address).await;
            if asked.try_get_value() != number {
                return;
            }
            match found {
                Ok(Found::File(file)) => finish(shell, vec![file]),
                Ok(Found::List(listing)) => state.set(State::Choosing(listing)),
                Err(failure) => state.set(failed(shell, failure)),
            }
        });
    };
    let submit = move || {
        let typed = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if typed.trim().is_empty() {
            return;
        }
        match shell.github.host.with_untracked(|host| Address::new(&typed, host)) {
            Ok(address) => look(address, format!("Looking at {}…", typed.trim())),
            Err(message) => state.set(State::Failed { message, may_sign_in: false }),
        }
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            submit();
        }
    };
    let body = move || match state.get() {
        State::Empty => examples(),
        State::Waiting(words) => {
            let cancel = move |_| {
                asked.update_value(|asked| *asked += 1);
                state.set(State::Empty);
            };
            view! {
                <p class="github-wait" role="status">
                    <span>{words}</span>
                    <button type="button" class="link" on:click=cancel>
                        "Cancel"
                    </button>
                </p>
            }
            .into_any()
        }
        State::Failed { message, may_sign_in } => problem(shell, message, may_sign_in),
        State::Choosing(listing) => {
            let at = move |repo: stepladder_github::Repo, at: String| {
                let words = format!("Looking at {repo} at {at}…");
                look(Address::Repository { repo, at: Some(at) }, words);
            };
            choices(shell, listing, at)
        }
    };
    view! {
        <div class="github-address">
            <label for="github-address">"Repository, file or gist"</label>
            <div class="github-field">
                <input
                    id="github-address"
                    node_ref=field
                    type="text"
                    class="input"
                    placeholder="owner/repo or an address of github.com"
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    autofocus
                    prop:value=shell.github.address.get_untracked()
                    data-written=shell.github.address.get_untracked()
                    on:keydown=key
                />
                <button type="button" class="button button-primary" on:click=move |_| submit()>
                    "Look"
                </button>
            </div>
        </div>
        <div class="github-found" aria-live="polite">{body}</div>
        <footer class="github-foot">{account(shell)} {limit(shell)}</footer>
    }
    .into_any()
}

fn examples() -> AnyView {
    view! {
        <p class="note">
            "Paste what the browser shows: a repository, a file in it, a pull request, a gist. Or write "
            <code>"owner/repo"</code> ", and " <code>"owner/repo@branch"</code> " for a branch, tag or commit."
        </p>
    }
    .into_any()
}

fn failed(shell: Shell, failure: Failure) -> State {
    let may_sign_in = !shell.github.account.with_untracked(Option::is_some)
        && matches!(failure.kind, Kind::NotFound | Kind::Forbidden | Kind::Limit(_))
        || failure.kind == Kind::Token;
    State::Failed { message: failure.message, may_sign_in }
}

fn problem(shell: Shell, message: String, may_sign_in: bool) -> AnyView {
    let sign_in = may_sign_in.then(|| {
        view! {
            " "
            <button
                type="button"
                class="link"
                on:click=move |_| shell.github_dialog.set(Some(GitHubDialog::SignIn))
            >
                "Sign in"
            </button>
        }
    });
    banner::error((message, sign_in))
}

/// Who is signed in, or the way there.
pub(super) fn account(shell: Shell) -> AnyView {
    let to_sign_in = move |_| shell.github_dialog.set(Some(GitHubDialog::SignIn));
    view! {
        <span class="github-account">
            {move || match shell.github.account.get() {
                Some(account) => {
                    view! {
                        "Signed in as "
                        <b>{account.login}</b>
                        ". "
                        <button type="button" class="link" on:click=to_sign_in>
                            "Account"
                        </button>
                    }
                        .into_any()
                }
                None => {
                    view! {
                        "Not signed in: public files only. "
                        <button type="button" class="link" on:click=to_sign_in>
                            "Sign in"
                        </button>
                    }
                        .into_any()
                }
            }}
        </span>
    }
    .into_any()
}

fn choices(
    shell: Shell,
    listing: Listing,
    at: impl Fn(stepladder_github::Repo, String) + Copy + Send + Sync + 'static,
) -> AnyView {
    let chosen = RwSignal::new(BTreeSet::<String>::new());
    let busy = RwSignal::new(false);
    let told = RwSignal::new(None::<String>);
    let listing = StoredValue::new(listing);
    let open = move |paths: Vec<String>| {
        if busy.get_untracked() || paths.is_empty() {
            return;
        }
        busy.set(true);
        told.set(None);
        spawn_local(async move {
            let mut files = Vec::new();
            for path in paths {
                let Some(listing) = listing.try_get_value() else { return };
                match shell.github.open(&listing, &path).await {
                    Ok(file) => files.push(file),
                    Err(failure) => {
                        told.set(Some(failure.message));
                        busy.set(false);
                        return;
                    }
                }
            }
            finish(shell, files);
        });
    };
    let reusable = RwSignal::new(BTreeSet::<String>::new());
    mark_reusable(shell, listing.get_value(), reusable);
    let group = move |title: &'static str, paths: Vec<String>| {
        let rows: Vec<_> = paths
            .into_iter()
            .map(|path| {
                let (ticked, click, mark, own) = (path.clone(), path.clone(), path.clone(), path.clone());
                let tag = move || {
                    let is_reusable = reusable.with(|reusable| reusable.contains(&own));
                    is_reusable.then(|| view! { <span class="tag">"reusable"</span> })
                };
                let (folder, name) = path.rsplit_once('/').map_or(("", path.as_str()), |(f, n)| (f, n));
                let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
                let tick = move |on: bool| {
                    chosen.update(|chosen| {
                        if on {
                            chosen.insert(ticked.clone());
                        } else {
                            chosen.remove(&ticked);
                        }
                    });
                };
                view! {
                    <li class="github-file">
                        <input
                            type="checkbox"
                            aria-label=format!("Select {path}")
                            prop:checked=move || chosen.with(|chosen| chosen.contains(&mark))
                            on:change:target=move |event| tick(event.target().checked())
                        />
                        <button type="button" class="github-name" on:click=move |_| open(vec![click.clone()])>
                            {icon(Icon::File)}
                            <span>
                                <span class="muted">{folder}</span>
                                {name.to_owned()}
                            </span>
                            {tag}
                        </button>
                    </li>
                }
                .into_any()
            })
            .collect();
        (!rows.is_empty()).then(|| {
            view! {
                <h3>{title}</h3>
                <ul class="github-files">{rows}</ul>
            }
        })
    };
    let Listing { title, repo, at: here, branches, workflows, actions, truncated, .. } = listing.get_value();
    let empty = workflows.is_empty() && actions.is_empty();
    let first = if repo.is_some() { "Workflows" } else { "Files" };
    view! {
        <div class="github-head">
            <h3 class="github-title">{title}</h3>
            {repo.map(|repo| branch(repo, here, branches, at))}
        </div>
        {empty
            .then(|| {
                view! {
                    <p class="note">
                        "There are no workflows here: no " <code>".yml"</code> " file below "
                        <code>".github/workflows"</code> ", and no " <code>"action.yml"</code> "."
                    </p>
                }
            })}
        {truncated.then(|| view! { <p class="note">"The repository has so many files that GitHub told only a part of them."</p> })}
        {group(first, workflows)}
        {group("Actions", actions)}
        {move || told.get().map(|message| problem(shell, message, false))}
        <div class="dialog-foot">
            <button
                type="button"
                class="button button-primary"
                disabled=move || busy.get() || chosen.with(BTreeSet::is_empty)
                on:click=move |_| open(chosen.get_untracked().into_iter().collect())
            >
                {move || match (busy.get(), chosen.with(BTreeSet::len)) {
                    (true, _) => "Opening…".to_owned(),
                    (false, count @ (0 | 1)) => if count == 0 { "Open the selected" } else { "Open 1 file" }.to_owned(),
                    (false, count) => format!("Open {count} files"),
                }}
            </button>
        </div>
    }
    .into_any()
}

/// Finds out which workflows others can call. Only reading them tells, so without a token, which makes requests scarce, it
/// is not done for many.
fn mark_reusable(shell: Shell, listing: Listing, reusable: RwSignal<BTreeSet<String>>) {
    let most = if shell.github.account.with_untracked(Option::is_some) { 50 } else { 3 };
    if listing.repo.is_none() || listing.workflows.len() > most {
        return;
    }
    spawn_local(async move {
        for path in &listing.workflows {
            let Ok(file) = shell.github.open(&listing, path).await else { return };
            let workflow = Workflow::new(&schema::read(file.text, Some(path.as_str())).0);
            if workflow.trigger("workflow_call").is_some()
                && reusable.try_update(|reusable| reusable.insert(path.clone())).is_none()
            {
                return;
            }
        }
    });
}

/// The choice of a branch; what else can be named is typed into the address.
fn branch(
    repo: stepladder_github::Repo,
    here: String,
    mut branches: Vec<String>,
    at: impl Fn(stepladder_github::Repo, String) + Copy + Send + Sync + 'static,
) -> AnyView {
    if !branches.contains(&here) {
        branches.insert(0, here.clone());
    }
    let options: Vec<_> = branches
        .into_iter()
        .map(|name| {
            let selected = name == here;
            view! { <option value=name.clone() selected=selected>{name.clone()}</option> }.into_any()
        })
        .collect();
    view! {
        <label class="github-branch">
            <span>"Branch"</span>
            <select class="input" on:change:target=move |event| at(repo.clone(), event.target().value())>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// Opens what came, the first one in front, the others beside it; then reads what they refer to in their repository.
fn finish(shell: Shell, files: Vec<Opened>) {
    let count = files.len();
    let mut wanted: Vec<(Source, Vec<Vec<String>>)> = Vec::new();
    for file in files.into_iter().rev() {
        if let Some(source) = &file.source {
            let env = Env { file_name: Some(file.path.clone()), ..Env::default() };
            wanted.push((source.clone(), references(&Analysis::new(file.text.as_str(), &env))));
        }
        shell.open_from(file.text, &file.path, false, file.source);
    }
    shell.github_dialog.set(None);
    if count > 1 {
        shell.session.toaster.show(Tone::Done, format!("Opened {count} files."), None);
    }
    spawn_local(async move {
        for (source, references) in wanted {
            let known = shell.session.env.with_untracked(|env| env.files.clone());
            shell.github.read_local(&source, references, &known, shell.desk.fetched).await;
        }
    });
}
