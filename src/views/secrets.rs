//! The secrets and variables that the workflow names, and where to create them on GitHub.

mod actions;
mod readers;
mod state;

use leptos::prelude::*;
use stepladder_github::Repo;
use stepladder_workflow::{Analysis, FileKind, NameKind, RequiredName, reads_of_all_secrets, reads_of_token};
use stepladder_yaml::Path;

use self::actions::{actions, rename_field};
use self::readers::{place, readers};
use super::github::create::ask;
use super::github::preflight::Check;
use super::github::repository;
use crate::github::create::Wanted;
use crate::github::preflight::State;
use crate::session::Origin;
use crate::shell::{Pane, Shell, Width};
use crate::ui::icon::{Icon, icon};

/// The secret that GitHub makes itself for every run.
const TOKEN: &str = "GITHUB_TOKEN";

#[derive(Clone, Default, PartialEq)]
struct Row {
    secret: bool,
    name: String,
    environments: Vec<String>,
    uses: Vec<Use>,
    /// Who gets to see it: "every step of deploy".
    readers: Vec<String>,
    /// What GitHub has to have; `None` of what it makes itself.
    needed: Option<RequiredName>,
    /// Who else gives a secret that the workflow declares for those that call it.
    called: Option<Called>,
}

/// A secret that a workflow which calls this one passes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Called {
    /// Nothing else starts this workflow.
    Only,
    /// Started in another way, it is the repository's.
    Too,
}

#[derive(Clone, PartialEq)]
struct Use {
    path: Path,
    place: String,
}

/// How many names have to be created: all but those that GitHub makes itself. An action has none.
#[must_use]
pub(crate) fn count(analysis: &Analysis) -> usize {
    if analysis.kind == FileKind::Action {
        return 0;
    }
    analysis.names().iter().filter(|name| !name.name.eq_ignore_ascii_case(TOKEN)).count()
}

/// The pane.
pub(crate) fn secrets(shell: Shell) -> AnyView {
    let rows = shell.session.echo.derive(rows);
    let any = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    let is_action = shell.session.echo.derive(|analysis| analysis.kind == FileKind::Action);
    (move || if is_action.get() { of_action() } else { of_workflow(shell, rows, any) }).into_any()
}

fn of_workflow(shell: Shell, rows: Memo<Vec<Row>>, any: Memo<bool>) -> AnyView {
    view! {
        <div class="secrets">
            {field(shell, any)}
            {move || {
                rows.with(|rows| {
                    if rows.is_empty() {
                        return empty();
                    }
                    let rows: Vec<_> = rows.iter().map(|row| row_view(shell, row.clone())).collect();
                    view! { <ul class="rows">{rows}</ul> }.into_any()
                })
            }}
            {actions::refusals(shell.session, move || rows.with(|rows| {
                let mut kinds: Vec<bool> = rows.iter().map(|row| row.secret).collect();
                kinds.sort_unstable();
                kinds.dedup();
                kinds
            }))}
        </div>
    }
    .into_any()
}

fn rows(analysis: &Analysis) -> Vec<Row> {
    let all = reads_of_all_secrets(analysis);
    let token = reads_of_token(analysis);
    let needs = analysis.requirements();
    let mut rows: Vec<Row> = Vec::new();
    for name in analysis.names() {
        // Nothing can be created in one that is computed.
        let named = name.uses.iter().filter_map(|used| used.environment.clone());
        let mut environments: Vec<String> = named.filter(|name| !name.contains("${{")).collect();
        environments.sort();
        environments.dedup();
        let is_secret = name.kind == NameKind::Secret;
        let is_token = is_secret && name.name.eq_ignore_ascii_case(TOKEN);
        let token: &[Path] = if is_token { &token } else { &[] };
        // Who reads all secrets reads this one.
        let others: &[Path] = if is_secret { &all } else { &[] };
        let own = name.uses.iter().map(|used| &used.path).chain(token);
        let is_own = |needed: &&RequiredName| needed.kind == name.kind && needed.name == name.name;
        rows.push(Row {
            secret: is_secret,
            environments,
            uses: uses(analysis, own.clone()),
            readers: readers(analysis, own.chain(others)),
            needed: needs.names.iter().find(is_own).cloned(),
            called: if is_secret { called(analysis, &name.name) } else { None },
            name: name.name,
        });
    }
    if !token.is_empty() && !rows.iter().any(|row| row.secret && row.name.eq_ignore_ascii_case(TOKEN)) {
        let row = Row {
            secret: true,
            name: TOKEN.to_owned(),
            uses: uses(analysis, token.iter()),
            readers: readers(analysis, token.iter().chain(&all)),
            ..Row::default()
        };
        let at = rows.partition_point(|row| row.secret && row.name.as_str() < TOKEN);
        rows.insert(at, row);
    }
    rows
}

/// The places of `paths`, each once.
fn uses<'p>(analysis: &Analysis, paths: impl Iterator<Item = &'p Path>) -> Vec<Use> {
    let mut uses: Vec<Use> = Vec::new();
    for path in paths {
        let place = place(analysis, path);
        if uses.iter().all(|known| known.place != place) {
            uses.push(Use { place, path: path.clone() });
        }
    }
    uses
}

/// Whether a workflow that calls this one passes the secret.
fn called(analysis: &Analysis, name: &str) -> Option<Called> {
    let call = analysis.workflow.trigger("workflow_call")?;
    let mut declared = call.secrets.iter().flatten();
    let is_declared = declared.any(|(declared, _)| declared.value.eq_ignore_ascii_case(name));
    let only = analysis.workflow.triggers.len() == 1;
    is_declared.then_some(if only { Called::Only } else { Called::Too })
}

fn row_view(shell: Shell, row: Row) -> AnyView {
    let automatic = row.secret && row.name.eq_ignore_ascii_case(TOKEN);
    let uses: Vec<_> = row
        .uses
        .into_iter()
        .map(|used| {
            let path = used.path;
            let go = move |_| {
                shell.session.select(path.clone(), Origin::Secrets);
                if shell.width.get_untracked() == Width::Phone {
                    shell.pane.set(Pane::Code);
                }
            };
            view! { <button type="button" class="pill" on:click=go>{used.place}</button> }.into_any()
        })
        .collect();
    let kind = if row.secret { "secret" } else { "variable" };
    let where_to = if automatic {
        view! { <p class="row-note">"GitHub makes it anew for every run; there is nothing to create."</p> }
            .into_any()
    } else if row.called == Some(Called::Only) {
        view! { <p class="row-note">"The workflow that calls this one passes it: it is created where that one lies."</p> }
            .into_any()
    } else {
        let state = state::of(shell, row.needed.clone());
        let is_there = Memo::new(move |_| {
            state.with(|line| line.as_ref().is_some_and(|line| line.state == State::Good))
        });
        let is_asked = Memo::new(move |_| state.with(Option::is_some));
        let (secret, name, environments) = (row.secret, row.name.clone(), row.environments);
        let passed = (row.called == Some(Called::Too)).then(|| {
            let words = "A workflow that calls this one passes it; started in another way, this one takes the repository's own.";
            view! { <p class="row-note">{words}</p> }
        });
        view! {
            {passed}
            {state::view(state)}
            {move || {
                let environments = environments.clone();
                if is_there.get() {
                    replace(shell, secret, name.clone(), environments)
                } else {
                    create(shell, secret, name.clone(), environments, is_asked.get())
                }
            }}
        }
        .into_any()
    };
    let readers = (!row.readers.is_empty())
        .then(|| view! { <p class="row-note">{format!("Can be read by {}.", row.readers.join(", "))}</p> });
    let renaming = RwSignal::new(false);
    let (name, secret) = (row.name.clone(), row.secret);
    let head = move || {
        if renaming.get() {
            rename_field(shell, secret, name.clone(), renaming)
        } else {
            view! { <code class="row-name">{name.clone()}</code> }.into_any()
        }
    };
    let head = view! {
        {head}
        <span class="tag">{if automatic { "automatic" } else { kind }}</span>
        {actions(shell, row.secret, &row.name, renaming)}
    };
    let body = view! {
        {where_to}
        {readers}
        <p class="row-uses"><span class="row-note">"Used in "</span>{uses}</p>
    };
    crate::ui::row::row("", if row.secret { Icon::Key } else { Icon::Variable }, "", head, body, None)
}

/// Where a name is created: here, or on GitHub's own page. Once GitHub was asked, the row says where it is missing.
fn create(shell: Shell, secret: bool, name: String, environments: Vec<String>, is_asked: bool) -> AnyView {
    let kind = kind_of(secret);
    let tab = if secret { "secrets" } else { "variables" };
    let environment = (!is_asked && !environments.is_empty())
        .then(|| format!(" It can be created in the environment {}, too.", environments.join(", ")));
    let wanted = Wanted { kind, name: name.clone(), environments };
    view! {
        <p class="row-note">
            <button
                type="button"
                class="button button-small"
                aria-label=format!("Create {name}")
                on:click=move |_| ask(shell, wanted.clone())
            >
                {icon(Icon::Plus)}
                "Create it"
            </button>
            " "
            {move || {
                if let Some(repository) = Repo::new(&shell.repository.get()) {
                    let web = shell.github.host.with(|host| host.web.clone());
                    let address = format!("{web}/{repository}/settings/{tab}/actions/new");
                    view! {
                        "or "
                        <a class="link" href=address target="_blank" rel="noreferrer">
                            {format!("create {name} on GitHub")}
                            {icon(Icon::External)}
                        </a>
                        "."
                    }
                        .into_any()
                } else {
                    "or on GitHub: Settings → Secrets and variables → Actions.".into_any()
                }
            }}
            {environment}
        </p>
    }
    .into_any()
}

/// For a name that is there: another value, or one for an environment beside it.
fn replace(shell: Shell, secret: bool, name: String, environments: Vec<String>) -> AnyView {
    let label = format!("Set anew or elsewhere: {name}");
    let wanted = Wanted { kind: kind_of(secret), name, environments };
    view! {
        <p class="row-note">
            <button
                type="button"
                class="button button-small button-quiet"
                aria-label=label
                on:click=move |_| ask(shell, wanted.clone())
            >
                "Set anew or elsewhere"
            </button>
        </p>
    }
    .into_any()
}

fn kind_of(secret: bool) -> NameKind {
    if secret { NameKind::Secret } else { NameKind::Variable }
}

/// The repository, for links and for asking it.
fn field(shell: Shell, any: Memo<bool>) -> AnyView {
    let check = Check::new(shell);
    view! {
        <div class="preflight-bar">
            <label class="secrets-repository">
                <span>"Repository on GitHub"</span>
                {repository::input(shell, shell.repository, || {}, move || check.run())}
                <span class="row-note">"for links straight to the right page; kept in this browser only"</span>
            </label>
            {move || {
                any.get().then(|| view! {
                    <button
                        type="button"
                        class="button"
                        disabled=move || check.is_waiting()
                        on:click=move |_| check.run()
                    >
                        "Check on GitHub"
                    </button>
                })
            }}
        </div>
        <p class="row-note secrets-told" role="status">{move || check.told()}</p>
    }
    .into_any()
}

/// What an action has instead.
fn of_action() -> AnyView {
    view! {
        <div class="secrets">
            <div class="empty">
                <span class="empty-icon">{icon(Icon::Key)}</span>
                <p class="empty-title">"An action has inputs instead"</p>
                <p>
                    "It can read neither " <code>"secrets"</code> " nor " <code>"vars"</code>
                    ". What it needs of them is an input of its own, such as " <code>"token"</code>
                    ", which the workflow that uses it passes: "
                    <code>"with: { token: ${{ secrets.NAME }} }"</code> "."
                </p>
                <p>
                    "A composite action reads it as " <code>"${{ inputs.token }}"</code>
                    ", a JavaScript or Docker one as the environment variable " <code>"INPUT_TOKEN"</code> "."
                </p>
            </div>
        </div>
    }
    .into_any()
}

fn empty() -> AnyView {
    view! {
        <div class="empty">
            <span class="empty-icon">{icon(Icon::Key)}</span>
            <p class="empty-title">"No secrets or variables needed"</p>
            <p>
                "Once a step uses " <code>"${{ secrets.NAME }}"</code> " or " <code>"${{ vars.NAME }}"</code>
                ", the name is listed here with the place where it is created."
            </p>
        </div>
    }
    .into_any()
}
