//! A template before it is used: what it does, what it asks and needs, its graph and its YAML.

use std::sync::Arc;

use gloo_net::http::Request;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_content::{BroughtFile, IndexEntry, Picture, Scenario, Setting, Template, calls};
use stepladder_workflow::model::Workflow;
use stepladder_workflow::schema;

use super::questions::{Answers, questions};
use super::thumbnail::{LETTERS, thumbnail};
use crate::files;
use crate::shell::Shell;
use crate::ui::button::{button, icon_button};
use crate::ui::choice::tick;
use crate::ui::dialog::dialog;
use crate::ui::icon::{Icon, icon};
use crate::ui::prose::with_code;
use crate::views::yaml::yaml;

#[derive(Clone)]
enum Loaded {
    Loading,
    Failed,
    Here(Arc<Template>),
}

/// The dialog, open while a template is chosen. `all` are those that one can go on to.
pub(crate) fn preview(
    shell: Shell,
    chosen: RwSignal<Option<IndexEntry>>,
    all: Signal<Vec<IndexEntry>>,
) -> AnyView {
    let open = RwSignal::new(false);
    let loaded = RwSignal::new(Loaded::Loading);
    Effect::new(move |_| {
        if let Some(entry) = chosen.get() {
            open.set(true);
            load(shell, &entry.id, loaded);
        }
    });
    Effect::new(move |_| {
        if !open.get() {
            chosen.set(None);
        }
    });
    let title = TextProp::from(move || {
        chosen.with(|entry| entry.as_ref().map_or_else(String::new, |e| e.title.clone()))
    });
    dialog(open, "preview", title, move || {
        (move || match loaded.get() {
            Loaded::Loading => {
                view! { <p class="empty-line" role="status">"Loading the template…"</p> }.into_any()
            }
            Loaded::Failed => failed(shell, chosen, loaded),
            Loaded::Here(template) => content(shell, open, &template, chosen, all),
        })
        .into_any()
    })
}

fn load(shell: Shell, id: &str, loaded: RwSignal<Loaded>) {
    if let Some(own) = shell.own.find(id) {
        loaded.set(Loaded::Here(Arc::new(own)));
        return;
    }
    loaded.set(Loaded::Loading);
    let id = id.to_owned();
    spawn_local(async move {
        let template = fetch(&id).await;
        loaded.set(template.map_or(Loaded::Failed, |template| Loaded::Here(Arc::new(template))));
    });
}

async fn fetch(id: &str) -> Option<Template> {
    match Request::get(&format!("content/templates/{id}.json")).send().await {
        Ok(response) if response.ok() => response.json().await.ok(),
        _ => None,
    }
}

/// Those of `ids` whose workflows `text` calls.
fn called(text: &str, ids: &[String], all: &[IndexEntry]) -> Vec<IndexEntry> {
    let entries = ids.iter().filter_map(|id| all.iter().find(|entry| entry.id == *id));
    entries.filter(|entry| calls(text, &entry.file)).cloned().collect()
}

/// The templates whose workflows `text` calls, and those that these call; `None`: one of them could not be loaded.
async fn fetch_called(text: &str, ids: &[String], all: &[IndexEntry]) -> Option<Vec<Template>> {
    let mut open = called(text, ids, all);
    let mut found: Vec<Template> = Vec::new();
    while let Some(entry) = open.pop() {
        if found.iter().any(|known| known.id == entry.id) {
            continue;
        }
        let template = fetch(&entry.id).await?;
        open.extend(called(&template.text, &template.header.companions, all));
        found.push(template);
    }
    Some(found)
}

fn failed(shell: Shell, chosen: RwSignal<Option<IndexEntry>>, loaded: RwSignal<Loaded>) -> AnyView {
    let again = move |_| {
        if let Some(entry) = chosen.get_untracked() {
            load(shell, &entry.id, loaded);
        }
    };
    view! {
        <p class="banner banner-warning" role="alert">
            {icon(Icon::Warning)}
            <span>
                "The template could not be loaded; is the network there? "
                <button type="button" class="link" on:click=again>
                    "Try again"
                </button>
            </span>
        </p>
    }
    .into_any()
}

fn content(
    shell: Shell,
    open: RwSignal<bool>,
    template: &Arc<Template>,
    chosen: RwSignal<Option<IndexEntry>>,
    all: Signal<Vec<IndexEntry>>,
) -> AnyView {
    let header = &template.header;
    let answers = Answers::new(Arc::clone(template));
    let text = answers.text;
    let file = header.file.clone();
    let scenarios = header.scenarios.clone();
    let given = template.text.clone();
    let finish = move |beside: Vec<Template>| {
        open.set(false);
        // What was taken together stays together, also when nothing is changed in it.
        let alone = beside.is_empty();
        for template in beside {
            shell.open(template.text, &template.header.file, false);
            shell.scenarios.set(template.header.scenarios);
        }
        let text = text.get_untracked();
        let changed = text != given;
        shell.open(text, &file, alone);
        // Scenarios that name what an answer has changed say nothing about the new workflow.
        let holds = |scenario: &Scenario| {
            let judge = |a: &_| shell.session.env.with_untracked(|env| scenario.judge(a, env));
            !changed || shell.session.analysis.with_untracked(|analysis| judge(analysis)).problems.is_empty()
        };
        shell.scenarios.set(scenarios.iter().filter(|scenario| holds(scenario)).cloned().collect());
    };
    let ids = StoredValue::new(header.companions.clone());
    let calls = Memo::new(move |_| {
        let entries = ids.with_value(|ids| all.with(|all| called(&text.get(), ids, all)));
        entries.into_iter().map(|entry| entry.file).collect::<Vec<_>>()
    });
    let together = RwSignal::new(true);
    let busy = RwSignal::new(false);
    let take = move |_| {
        if calls.with_untracked(Vec::is_empty) || !together.get_untracked() {
            return finish(Vec::new());
        }
        busy.set(true);
        let finish = finish.clone();
        spawn_local(async move {
            let (text, ids, all) = (text.get_untracked(), ids.get_value(), all.get_untracked());
            let found = fetch_called(&text, &ids, &all).await;
            busy.try_set(false);
            // The person may have closed the dialog meanwhile.
            match found {
                Some(found) if open.get_untracked() => finish(found),
                Some(_) => {}
                None => shell.session.tell_error(
                    "The workflows that it calls could not be loaded; is the network there? Try again, or open it alone.",
                ),
            }
        });
    };
    let with_called = move || {
        (!calls.with(Vec::is_empty)).then(|| {
            let names = calls.get().join(", ");
            let label = view! { "Open what it calls, too: " <code>{names}</code> };
            tick(label, move || together.get(), move |on| together.set(on))
        })
    };
    let id = template.id.clone();
    let own = shell.own.find(&id).is_some();
    let graph = move || {
        let workflow = Workflow::new(&schema::read(text.get(), None).0);
        let names: Vec<&str> = workflow.jobs.iter().map(|job| job.id.value.as_str()).collect();
        thumbnail(&Picture::named(&workflow, LETTERS), &names)
    };
    view! {
        <div class="preview-about" tabindex="0" role="region" aria-label="About the template">
            <p class="preview-text">{header.description.clone()}</p>
            <div class="preview-graph">{graph}</div>
            {questions(answers)}
            {settings("Secrets it reads", Icon::Key, &header.secrets)}
            {settings("Variables it reads", Icon::Variable, &header.variables)}
            {header.readme.as_ref().map(|readme| section("What it expects in the repository", readme))}
            {brought(shell, &header.files)}
            {companions(&header.companions, chosen, all)}
        </div>
        <div class="preview-code" tabindex="0" role="region" aria-label="YAML of the template">
            <pre>{move || yaml(&text.get())}</pre>
        </div>
        <footer class="dialog-foot">
            <div class="note preview-file">
                <p>"Becomes "<code>{format!(".github/workflows/{}", header.file)}</code></p>
                {with_called}
            </div>
            <span class="spacer"></span>
            {own.then(|| {
                let delete = move |_| {
                    shell.own.remove(&id);
                    open.set(false);
                };
                button("button-danger", Some(Icon::Trash), "Delete it", delete)
            })}
            <button
                type="button"
                class="button button-primary"
                disabled=move || answers.has_mistakes() || busy.get()
                on:click=take
            >
                {move || if busy.get() { "Opening…" } else { "Use this template" }}
            </button>
        </footer>
    }
    .into_any()
}

fn section(title: &'static str, text: &str) -> AnyView {
    view! {
        <section>
            <h3>{title}</h3>
            <p class="preview-text note">{with_code(text)}</p>
        </section>
    }
    .into_any()
}

fn settings(title: &'static str, glyph: Icon, settings: &[Setting]) -> Option<AnyView> {
    let rows: Vec<_> = settings
        .iter()
        .map(|setting| {
            view! {
                <li class="setting">
                    {icon(glyph)}
                    <div>
                        <p>
                            <code>{setting.name.clone()}</code>
                        </p>
                        <p class="note">{with_code(&setting.why)}" You find it here: "{with_code(&setting.r#where)}"."</p>
                    </div>
                </li>
            }
            .into_any()
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section>
                <h3>{title}</h3>
                <ul>{rows}</ul>
            </section>
        }
        .into_any()
    })
}

/// Files that the template brings along, for a repository that does not have them yet.
fn brought(shell: Shell, brought: &[BroughtFile]) -> Option<AnyView> {
    let rows: Vec<_> = brought
        .iter()
        .map(|file| {
            let name = file.path.rsplit('/').next().unwrap_or_default().to_owned();
            let (copied, saved, file_name) = (file.text.clone(), file.text.clone(), name.clone());
            view! {
                <li class="brought">
                    {icon(Icon::File)} <code>{file.path.clone()}</code> <span class="spacer"></span>
                    {icon_button(
                        Icon::Copy,
                        format!("Copy {name}"),
                        || false,
                        move |_| files::copy(shell, &copied, "Copied the file's text."),
                    )}
                    {icon_button(
                        Icon::Download,
                        format!("Download {name}"),
                        || false,
                        move |_| {
                            files::save_as(shell, &file_name, &saved);
                        },
                    )}
                </li>
            }
            .into_any()
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section>
                <h3>"Files to begin with"</h3>
                <p class="note">"For a repository that does not have them yet. They keep working while you replace them by your own."</p>
                <ul>{rows}</ul>
            </section>
        }
        .into_any()
    })
}

/// Templates that belong together with this one.
fn companions(
    ids: &[String],
    chosen: RwSignal<Option<IndexEntry>>,
    all: Signal<Vec<IndexEntry>>,
) -> Option<AnyView> {
    let all = all.get_untracked();
    let entries = ids.iter().filter_map(|id| all.iter().find(|entry| entry.id == *id).cloned());
    let pills: Vec<_> = entries
        .map(|entry| {
            let title = entry.title.clone();
            let go = move |_| chosen.set(Some(entry.clone()));
            view! { <button type="button" class="pill" on:click=go>{title}</button> }.into_any()
        })
        .collect();
    (!pills.is_empty()).then(|| {
        view! {
            <section>
                <h3>"Belongs together with"</h3>
                <div class="shelves">{pills}</div>
            </section>
        }
        .into_any()
    })
}
