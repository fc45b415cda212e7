//! The first screen: drafts to go on with, ways to open a workflow, and templates.

mod drafts;
mod gallery;
pub(crate) mod own;
pub(crate) mod preview;
mod questions;
mod thumbnail;

use leptos::ev::DragEvent;
use leptos::prelude::*;

pub(crate) use self::own::Own;
use super::paste::paste_button;
use crate::commands::run;
use crate::files;
use crate::shell::{GitHubDialog, Shell};
use crate::ui::button::button;
use crate::ui::icon::{Icon, icon};
use crate::ui::turns::{BELOW, in_turn};

/// The screen.
pub(crate) fn start(shell: Shell) -> AnyView {
    view! {
        <main id="main" class="start" tabindex="-1">
            <div class="start-page">
                <h1>"Build a workflow, one step at a time."</h1>
                <p class="start-lead">
                    "See a GitHub Actions workflow as a graph, as forms and as YAML at once, checked as you type. It all happens in your browser; nothing is uploaded."
                </p>
                {doors(shell)} {drafts::drafts(shell)} {in_turn(BELOW, move || gallery::gallery(shell))}
            </div>
        </main>
    }
    .into_any()
}

fn doors(shell: Shell) -> AnyView {
    let over = RwSignal::new(false);
    let enter = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let to_templates = move |_| {
        if let Some(search) = document().get_element_by_id("template-search") {
            use wasm_bindgen::JsCast;
            search.scroll_into_view();
            let _ = search.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    };
    view! {
        <div class="doors">
            <section class="door" aria-labelledby="door-template">
                <span class="door-icon">{icon(Icon::Template)}</span>
                <h2 id="door-template">"Start from a template"</h2>
                <p>"Pick what you want to automate, answer a few questions, and get a workflow that passes all checks."</p>
                <div class="door-actions">
                    {button("button-primary", None, "Browse templates", to_templates)}
                    {button("button-quiet", Some(Icon::Plus), "New workflow", move |_| run(shell, "empty"))}
                </div>
            </section>
            <section
                class="door"
                class:is-over=move || over.get()
                aria-labelledby="door-open"
                on:dragenter=enter
                on:dragover=enter
                on:dragleave=move |_| over.set(false)
                on:drop=move |_| over.set(false)
            >
                <span class="door-icon">{icon(Icon::Folder)}</span>
                <h2 id="door-open">"Open a workflow"</h2>
                <p>"Bring one you have: choose its file, drop it here, paste its YAML, or open it from a repository. Your formatting and comments stay as they are."</p>
                <div class="door-actions">
                    {button("", Some(Icon::Folder), "Choose a file", move |_| files::pick(shell))}
                    {paste_button(shell)}
                    {button(
                        "",
                        Some(Icon::GitHub),
                        "Open from GitHub",
                        move |_| shell.github_dialog.set(Some(GitHubDialog::Open)),
                    )}
                </div>
            </section>
            <section class="door" aria-labelledby="door-learn">
                <span class="door-icon">{icon(Icon::Book)}</span>
                <h2 id="door-learn">"Learn by doing"</h2>
                <p>"Short lessons from the first workflow to machine learning: you change a workflow and see at once what it would do."</p>
                <div class="door-actions">
                    {button("", Some(Icon::Right), "Show the lessons", move |_| run(shell, "learn"))}
                </div>
            </section>
        </div>
    }
    .into_any()
}
