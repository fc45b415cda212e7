//! Learn by doing: the course with its tracks, and the lesson beside the editor.

mod course;
mod panel;

use gloo_net::http::Request;
use leptos::prelude::*;
use stepladder_content::lesson::LessonEntry;

pub(crate) use self::course::{Course, Progress};
pub(crate) use self::panel::panel;
use crate::files;
use crate::shell::Shell;
use crate::ui::button::button;
use crate::ui::chooser::chooser;
use crate::ui::icon::{Icon, icon};
use crate::ui::prose::with_code;
use crate::ui::toast::{Action, Tone};

/// The screen with all lessons.
pub(crate) fn learn(shell: Shell) -> AnyView {
    let course = shell.course;
    course.load_index();
    let content = move || match course.index.get() {
        None => view! { <p class="empty-line" role="status">"Loading the lessons…"</p> }.into_any(),
        Some(Err(())) => view! {
            <p class="banner banner-warning" role="alert">
                {icon(Icon::Warning)}
                <span>
                    "The lessons could not be loaded; is the network there? "
                    <button type="button" class="link" on:click=move |_| course.load_index()>
                        "Try again"
                    </button>
                </span>
            </p>
        }
        .into_any(),
        Some(Ok(entries)) => lessons(shell, &entries),
    };
    view! {
        <main id="main" class="start" tabindex="-1">
            <div class="start-page learn">
                <h1>"Learn by doing"</h1>
                <p class="start-lead">
                    "Short lessons, from the first workflow to tested delivery of machine learning. You change a real workflow, and events that you do not see decide whether it does what it should: at once, without waiting for a run."
                </p>
                {content}
            </div>
        </main>
    }
    .into_any()
}

fn lessons(shell: Shell, entries: &[LessonEntry]) -> AnyView {
    let course = shell.course;
    let all: Vec<String> = entries.iter().map(|entry| entry.id.clone()).collect();
    let total = all.len();
    let held = all.clone();
    let done = Memo::new(move |_| {
        course.progress.with(|progress| held.iter().filter(|id| progress.done.contains(*id)).count())
    });
    let next = Memo::new(move |_| {
        course.progress.with(|progress| all.iter().find(|id| !progress.done.contains(*id)).cloned())
    });
    let mut tracks: Vec<(String, Vec<LessonEntry>)> = Vec::new();
    for entry in entries {
        match tracks.last_mut().filter(|(track, _)| *track == entry.track) {
            Some((_, lessons)) => lessons.push(entry.clone()),
            None => tracks.push((entry.track.clone(), vec![entry.clone()])),
        }
    }
    let tracks: Vec<_> = tracks.into_iter().map(|(name, lessons)| track(shell, name, lessons)).collect();
    let go_on = move || {
        next.get().map(|id| {
            let label = if done.get() == 0 { "Begin" } else { "Go on" };
            button("button-primary", Some(Icon::Right), label, move |_| shell.go_to_lesson(&id))
        })
    };
    view! {
        <div class="learn-progress">
            <progress max=total prop:value=move || done.get().to_string() aria-label="Lessons done"></progress>
            <span>{move || format!("{} of {total} lessons done", done.get())}</span>
            <span class="spacer"></span>
            {keep(shell)}
            {go_on}
        </div>
        {tracks}
    }
    .into_any()
}

fn track(shell: Shell, name: String, lessons: Vec<LessonEntry>) -> AnyView {
    let course = shell.course;
    let rows: Vec<_> = lessons
        .into_iter()
        .map(|entry| {
            let id = entry.id.clone();
            let done = Memo::new(move |_| course.progress.with(|progress| progress.done.contains(&id)));
            let id = entry.id.clone();
            let begun = Memo::new(move |_| course.progress.with(|progress| progress.texts.contains_key(&id)));
            let address = format!("#lesson={}", entry.id);
            let state = move || match (done.get(), begun.get()) {
                (true, _) => {
                    view! { <span class="learn-state state-ok">{icon(Icon::Passed)} "done"</span> }.into_any()
                }
                (false, true) => view! { <span class="learn-state">"begun"</span> }.into_any(),
                _ => view! { <span class="learn-state">{format!("{} min", entry.minutes)}</span> }.into_any(),
            };
            view! {
                <li>
                    <a class="learn-lesson" class:is-done=move || done.get() href=address>
                        <span class="learn-title">{entry.title.clone()}</span>
                        <span class="learn-task">{with_code(&entry.task)}</span>
                        {state}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="learn-track">
            <h2>{name}</h2>
            <ol>{rows}</ol>
        </section>
    }
    .into_any()
}

/// Progress goes out as a file and comes in again.
fn keep(shell: Shell) -> AnyView {
    let export = move |_| {
        let json = shell.course.progress.with_untracked(serde_json::to_string);
        if let Ok(json) = json {
            files::save_as(shell, "stepladder-progress.json", &json);
        }
    };
    let import = move |bytes: &[u8], _: &str| match serde_json::from_slice::<Progress>(bytes) {
        Ok(read) => {
            let old = shell.course.progress.get_untracked();
            shell.course.progress.update(|progress| progress.join(read));
            let back = Action::new("Undo", move || shell.course.progress.set(old.clone()));
            shell.session.toaster.show(Tone::Done, "Took over the progress.", Some(back));
        }
        Err(_) => shell
            .session
            .tell_error("That file holds no progress of lessons; choose one that was exported here."),
    };
    let (field, pick) = chooser("Progress file", ".json,application/json", move |file| {
        files::read_file(shell, file, import);
    });
    view! {
        {field}
        {button("button-quiet", Some(Icon::Folder), "Import progress", move |_| pick())}
        {button("button-quiet", Some(Icon::Download), "Export progress", export)}
    }
    .into_any()
}

/// A file beside the page, as what it holds.
async fn fetch<T: serde::de::DeserializeOwned>(address: &str) -> Option<T> {
    let response = Request::get(address).send().await.ok()?;
    if response.ok() { response.json().await.ok() } else { None }
}
