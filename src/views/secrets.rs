//! The secrets and variables that the workflow names, and where to create them on GitHub.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;
use stepladder_github::Repo;
use stepladder_workflow::{Analysis, NameKind, edits, schema};
use stepladder_yaml::{Kind, Path, Step};

use super::github::create::ask;
use super::github::repository;
use crate::github::create::Wanted;
use crate::session::{Origin, job_of, step_of};
use crate::shell::{Pane, Shell, Width};
use crate::ui::icon::{Icon, icon};
use crate::views::perform::perform;

/// The secret that GitHub makes itself for every run.
const TOKEN: &str = "GITHUB_TOKEN";

#[derive(Clone, PartialEq)]
struct Row {
    secret: bool,
    name: String,
    environments: Vec<String>,
    uses: Vec<Use>,
    /// Who gets to see a secret: "every step of deploy".
    readers: Vec<String>,
}

#[derive(Clone, PartialEq)]
struct Use {
    path: Path,
    place: String,
}

/// How many names have to be created: all but those that GitHub makes itself.
#[must_use]
pub(crate) fn count(analysis: &Analysis) -> usize {
    analysis.names().iter().filter(|name| !name.name.eq_ignore_ascii_case(TOKEN)).count()
}

/// The pane.
pub(crate) fn secrets(shell: Shell) -> AnyView {
    let rows = shell.session.echo.derive(rows);
    view! {
        <div class="secrets">
            {field(shell)}
            {move || {
                rows.with(|rows| {
                    if rows.is_empty() {
                        return empty();
                    }
                    let rows: Vec<_> = rows.iter().map(|row| row_view(shell, row.clone())).collect();
                    view! { <ul class="rows">{rows}</ul> }.into_any()
                })
            }}
        </div>
    }
    .into_any()
}

fn rows(analysis: &Analysis) -> Vec<Row> {
    let names = analysis.names().into_iter().map(|name| {
        let mut environments: Vec<String> = name.uses.iter().filter_map(|u| u.environment.clone()).collect();
        environments.sort();
        environments.dedup();
        let mut uses: Vec<Use> =
            name.uses.iter().map(|u| Use { place: place(analysis, &u.path), path: u.path.clone() }).collect();
        uses.dedup_by(|a, b| a.place == b.place);
        let mut readers: Vec<String> = name.uses.iter().map(|u| reader(analysis, &u.path)).collect();
        readers.sort();
        readers.dedup();
        Row { secret: name.kind == NameKind::Secret, name: name.name, environments, uses, readers }
    });
    names.collect()
}

/// Where a path is, in words: `train, step 3`.
fn place(analysis: &Analysis, path: &Path) -> String {
    let Some(id) = job_of(path) else { return "the whole workflow".to_owned() };
    let step = step_of(path).and_then(|at| analysis.workflow.job(id)?.steps.get(at));
    step.map_or_else(|| id.to_owned(), |step| format!("{id} › {}", step.title()))
}

/// Who can read a secret that is used at `path`.
fn reader(analysis: &Analysis, path: &Path) -> String {
    let Some(id) = job_of(path) else { return "every step of every job".to_owned() };
    let key = match path.steps().get(2) {
        Some(Step::Key(key)) => key.as_str(),
        _ => "",
    };
    match (key, step_of(path)) {
        ("steps", Some(at)) => {
            let title = analysis.workflow.job(id).and_then(|job| Some(job.steps.get(at)?.title()));
            title.map_or_else(|| format!("one step of {id}"), |title| format!("the step {title} of {id}"))
        }
        ("env", _) => format!("every step of {id}"),
        ("secrets" | "with", _) => format!("the workflow that {id} calls"),
        _ => format!("the runner of {id}, before its steps"),
    }
}

/// What can be done with a name: insert it where the person is, and rename it everywhere.
fn actions(shell: Shell, secret: bool, name: &str, renaming: RwSignal<bool>) -> AnyView {
    let session = shell.session;
    let context = if secret { "secrets" } else { "vars" };
    let selection = session.selection();
    let target = Memo::new(move |_| {
        let selected = selection.with(|selection| selection.path.clone());
        let places = session.field.get().into_iter().chain([selected]);
        session.analysis.with(|analysis| places.into_iter().find(|path| takes(analysis, path, context)))
    });
    let expression = format!("{context}.{name}");
    let insert = move |_| {
        if let Some(path) = target.get_untracked() {
            perform(session, Origin::Secrets, |analysis| {
                edits::insert_expression(analysis, &path, None, &expression)
            });
        }
    };
    let can_rename = !(secret && name.eq_ignore_ascii_case(TOKEN));
    view! {
        <span class="row-actions">
            <button
                type="button"
                class="button button-small button-quiet"
                disabled=move || target.with(Option::is_none)
                title=move || {
                    if target.with(Option::is_none) { "Go to a value in the form or in the YAML first" } else { "At the end of the value that you were in" }
                }
                on:click=insert
            >
                {icon(Icon::Plus)}
                "Insert"
            </button>
            {can_rename.then(|| view! {
                <button type="button" class="button button-small button-quiet" on:click=move |_| renaming.set(true)>
                    "Rename"
                </button>
            })}
        </span>
    }
    .into_any()
}

/// Whether the value at `path` is a text in which `context` may be used.
fn takes(analysis: &Analysis, path: &Path, context: &str) -> bool {
    let is_text = analysis.tree.at(path).is_none_or(|node| node.kind() == Kind::Scalar && !node.is_key());
    is_text
        && schema::field_at(path, &analysis.tree)
            .is_some_and(|field| field.types.has_scalar() && field.ctx.contexts().contains(&context))
}

/// A field for another name; Enter renames in every expression, Escape does not.
fn rename_field(shell: Shell, secret: bool, name: String, renaming: RwSignal<bool>) -> AnyView {
    let field = NodeRef::<Input>::new();
    let start = name.clone();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            field.set_value(&start);
            let _ = field.focus();
            field.select();
        }
    });
    let label = format!("New name of {name}, everywhere in this file");
    let keep = move || {
        if !renaming.get_untracked() {
            return;
        }
        let typed = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let typed = typed.trim();
        if !typed.is_empty() && typed != name {
            let store = if secret { edits::Store::Secrets } else { edits::Store::Variables };
            // A name that cannot be taken stays to be mended.
            if !perform(shell.session, Origin::Secrets, |a| edits::rename_name(a, store, &name, typed)) {
                return;
            }
            shell.session.offer_undo();
        }
        renaming.set(false);
    };
    let leave = keep.clone();
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            keep();
        }
        "Escape" => {
            event.stop_propagation();
            renaming.set(false);
        }
        _ => {}
    };
    view! {
        <input
            node_ref=field
            type="text"
            class="input mono row-rename"
            spellcheck="false"
            autocapitalize="off"
            data-own-undo=""
            aria-label=label
            on:keydown=key
            on:blur=move |_| leave()
        />
    }
    .into_any()
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
    } else {
        create(shell, row.secret, row.name.clone(), row.environments)
    };
    let readers = (row.secret && !row.readers.is_empty())
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

/// Where a name is created: here, or on GitHub's own page.
fn create(shell: Shell, secret: bool, name: String, environments: Vec<String>) -> AnyView {
    let (kind, tab) = if secret { (NameKind::Secret, "secrets") } else { (NameKind::Variable, "variables") };
    let environment = (!environments.is_empty())
        .then(|| format!(" It may also be one of the environment {}.", environments.join(", ")));
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

/// The field that makes the links possible.
fn field(shell: Shell) -> AnyView {
    view! {
        <label class="secrets-repository">
            <span>"Repository on GitHub"</span>
            {repository::input(shell, shell.repository, || {}, || {})}
            <span class="row-note">"for links straight to the right page; kept in this browser only"</span>
        </label>
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
