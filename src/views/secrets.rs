//! The secrets and variables that the workflow names, and where to create them on GitHub.

use leptos::prelude::*;
use stepladder_workflow::{Analysis, NameKind};
use stepladder_yaml::Path;

use crate::session::{Origin, job_of, step_of};
use crate::shell::{Pane, Shell, Width};
use crate::ui::icon::{Icon, icon};

/// The secret that GitHub makes itself for every run.
const TOKEN: &str = "GITHUB_TOKEN";

#[derive(Clone, PartialEq)]
struct Row {
    secret: bool,
    name: String,
    environments: Vec<String>,
    uses: Vec<Use>,
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
    let rows = shell.session.derive(rows);
    view! {
        <div class="secrets">
            {repository(shell)}
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
        Row { secret: name.kind == NameKind::Secret, name: name.name, environments, uses }
    });
    names.collect()
}

/// Where a path is, in words: `train, step 3`.
fn place(analysis: &Analysis, path: &Path) -> String {
    let Some(id) = job_of(path) else { return "the whole workflow".to_owned() };
    let step = step_of(path).and_then(|at| analysis.workflow.job(id)?.steps.get(at));
    step.map_or_else(|| id.to_owned(), |step| format!("{id} › {}", step.title()))
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
    view! {
        <li class="row row-tall">
            <span class="row-icon">{icon(if row.secret { Icon::Key } else { Icon::Variable })}</span>
            <div class="row-body">
                <p class="row-head">
                    <code class="row-name">{row.name}</code>
                    <span class="tag">{if automatic { "automatic" } else { kind }}</span>
                </p>
                {where_to}
                <p class="row-uses"><span class="row-note">"Used in "</span>{uses}</p>
            </div>
        </li>
    }
    .into_any()
}

/// Where a name is created: with a link when the repository is known, else in words.
fn create(shell: Shell, secret: bool, name: String, environments: Vec<String>) -> AnyView {
    let (kind, tab) = if secret { ("secret", "secrets") } else { ("variable", "variables") };
    let environment = (!environments.is_empty())
        .then(|| format!(" It may also be one of the environment {}.", environments.join(", ")));
    view! {
        <p class="row-note">
            {move || {
                let repository = shell.repository.get();
                if is_repository(&repository) {
                    let address = format!("https://github.com/{repository}/settings/{tab}/actions/new");
                    view! {
                        <a class="link" href=address target="_blank" rel="noreferrer">
                            {format!("Create {name} on GitHub")}
                            {icon(Icon::External)}
                        </a>
                        "."
                    }
                        .into_any()
                } else {
                    view! {
                        "Create it in the repository: Settings → Secrets and variables → Actions → New repository "
                        {kind}
                        "."
                    }
                        .into_any()
                }
            }}
            {environment}
        </p>
    }
    .into_any()
}

/// The field that makes the links possible.
fn repository(shell: Shell) -> AnyView {
    view! {
        <label class="secrets-repository">
            <span>"Repository on GitHub"</span>
            <input
                type="text"
                class="input"
                placeholder="owner/name"
                spellcheck="false"
                autocapitalize="off"
                data-own-undo=""
                prop:value=move || shell.repository.get()
                on:change:target=move |event| shell.repository.set(repository_name(&event.target().value()))
            />
            <span class="row-note">"for links straight to the right page; kept in this browser only"</span>
        </label>
    }
    .into_any()
}

/// `owner/name` from what a person may paste, such as the repository's address.
fn repository_name(typed: &str) -> String {
    let typed = typed.trim().trim_end_matches('/').trim_end_matches(".git");
    let path = typed.split_once("github.com").map_or(typed, |(_, path)| path.trim_start_matches(['/', ':']));
    path.splitn(3, '/').take(2).collect::<Vec<_>>().join("/")
}

/// Whether it can be a repository's name: two parts of letters, digits, `-`, `_` and `.`.
fn is_repository(name: &str) -> bool {
    let fits = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    name.split_once('/').is_some_and(|(owner, name)| fits(owner) && fits(name))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_by_name_or_address() {
        for typed in [
            "octo-org/hello",
            " octo-org/hello/ ",
            "https://github.com/octo-org/hello",
            "https://github.com/octo-org/hello.git",
            "git@github.com:octo-org/hello.git",
            "https://github.com/octo-org/hello/actions/workflows/ci.yml",
        ] {
            assert_eq!(repository_name(typed), "octo-org/hello", "{typed}");
        }
        for wrong in ["", "octo", "octo/", "octo/he llo", "octo/hello?x"] {
            assert!(!is_repository(wrong), "{wrong}");
        }
    }
}
