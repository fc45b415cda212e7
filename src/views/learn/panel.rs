//! The lesson beside the editor: what to do, what holds already, and help in steps.

use std::sync::Arc;

use leptos::prelude::*;
use stepladder_content::Checked;
use stepladder_content::lesson::Lesson;
use stepladder_yaml::TextEdit;

use crate::session::Origin;
use crate::shell::{Pane, Shell};
use crate::ui::button::button;
use crate::ui::icon::{Icon, icon};
use crate::ui::prose::with_code;
use crate::views::yaml::yaml;

/// The open lesson; nothing when none is open.
pub(crate) fn panel(shell: Shell) -> AnyView {
    let content = move || shell.course.lesson.get().map(|lesson| open(shell, lesson));
    content.into_any()
}

fn open(shell: Shell, lesson: Arc<Lesson>) -> AnyView {
    let header = &lesson.header;
    let paragraphs: Vec<_> =
        lesson.text.split("\n\n").map(|text| view! { <p>{with_code(text)}</p> }.into_any()).collect();
    let docs: Vec<_> = header
        .docs
        .iter()
        .map(|page| {
            view! {
                <a class="link" href=page.clone() target="_blank" rel="noreferrer">
                    "GitHub's documentation" {icon(Icon::External)}
                </a>
            }
            .into_any()
        })
        .collect();
    let settings = header.settings.clone().map(|settings| {
        view! {
            <div class="lesson-settings">
                <p><strong>"Where it is set. "</strong>{settings.place}</p>
                <p>"Or in a shell: "<code>{settings.api}</code></p>
            </div>
        }
    });
    view! {
        <div class="lesson-page">
            <p class="lesson-track">
                <a class="link" href="#learn">"All lessons"</a>
                <span>{header.track.clone()}</span>
            </p>
            <h2>{header.title.clone()}</h2>
            {paragraphs}
            <section class="lesson-task" aria-labelledby="lesson-task">
                <h3 id="lesson-task">"Your task"</h3>
                <p>{with_code(&header.task)}</p>
            </section>
            {settings}
            {result(shell, Arc::clone(&lesson))}
            {help(shell, Arc::clone(&lesson))}
            <p class="lesson-docs">{docs}</p>
        </div>
    }
    .into_any()
}

/// What holds; then the first thing that does not, with the event that shows it.
fn result(shell: Shell, lesson: Arc<Lesson>) -> AnyView {
    let course = shell.course;
    let content = move || {
        let grade = course.grade.get();
        let holding: Vec<_> = grade.iter().filter(|checked| checked.holds).cloned().collect();
        if holding.len() == grade.len() && !grade.is_empty() {
            return passed(shell, &lesson);
        }
        let open = grade.len() - holding.len();
        let first = grade.iter().find(|checked| !checked.holds).cloned();
        let lines: Vec<_> = holding.iter().skip(1).map(holds).collect();
        let next = first.filter(|_| !course.untouched.get()).map(|checked| missing(shell, &checked));
        view! {
            <p class="lesson-count">{format!("{} of {} checks hold; {open} to go", holding.len(), grade.len())}</p>
            {next}
            {(!lines.is_empty()).then(|| view! { <ul class="lesson-checks">{lines}</ul> })}
        }
        .into_any()
    };
    view! {
        <div class="lesson-result" aria-live="polite">
            {content}
        </div>
    }
    .into_any()
}

fn holds(checked: &Checked) -> AnyView {
    view! {
        <li>
            <span class="state-ok">{icon(Icon::Passed)}</span>
            <span>{with_code(&checked.say)}</span>
        </li>
    }
    .into_any()
}

fn missing(shell: Shell, checked: &Checked) -> AnyView {
    let scenario = checked.counter.clone();
    let title = if scenario.is_some() { "Try this event" } else { "Not yet" };
    let show = scenario.map(|scenario| {
        let go = move |_| {
            shell.trial.choose(scenario.clone());
            shell.reveal(Pane::Plan);
        };
        button("button-small", Some(Icon::Play), "Show what happens", go)
    });
    view! {
        <div class="lesson-missing">
            <p><strong>{title}</strong></p>
            <p>{with_code(&checked.say)}</p>
            {show}
        </div>
    }
    .into_any()
}

fn passed(shell: Shell, lesson: &Lesson) -> AnyView {
    let course = shell.course;
    course.load_index();
    let id = lesson.id.clone();
    let next = move || {
        let Some(Ok(entries)) = course.index.get() else { return None };
        let at = entries.iter().position(|entry| entry.id == id)?;
        entries.get(at + 1).map(|entry| (entry.id.clone(), entry.title.clone()))
    };
    let button = move || match next() {
        Some((id, title)) => {
            button("button-primary", Some(Icon::Right), format!("Next: {title}"), move |_| {
                shell.go_to_lesson(&id)
            })
        }
        None => button("button-primary", None, "Back to all lessons", move |_| shell.show_learn()),
    };
    view! {
        <div class="lesson-passed">
            <p>
                <span class="state-ok">{icon(Icon::Passed)}</span>
                <strong>"Done: the workflow does what it should."</strong>
            </p>
            {button}
        </div>
    }
    .into_any()
}

/// Hints one after the other, then a solution on demand; and back to the start.
fn help(shell: Shell, lesson: Arc<Lesson>) -> AnyView {
    let shown = RwSignal::new(0_usize);
    let solution = RwSignal::new(false);
    let total = lesson.header.hints.len();
    let hints = {
        let lesson = Arc::clone(&lesson);
        move || {
            let hints = lesson.header.hints.iter().take(shown.get());
            hints.map(|hint| view! { <li>{with_code(hint)}</li> }.into_any()).collect::<Vec<_>>()
        }
    };
    let more = move || {
        let at = shown.get();
        if at < total {
            let label = format!("Show a hint ({} of {total})", at + 1);
            return button("", Some(Icon::Hint), label, move |_| shown.update(|at| *at += 1));
        }
        let label = if solution.get() { "Hide the solution" } else { "Show a solution" };
        button("", Some(Icon::Hint), label, move |_| solution.update(|shown| *shown = !*shown))
    };
    let replace = move |text: &str, label: &'static str| {
        let edit = TextEdit::between(&shell.session.text_untracked(), text);
        if shell.session.apply(edit, label, Origin::Command) {
            shell.session.offer_undo();
        }
    };
    let restart = {
        let lesson = Arc::clone(&lesson);
        move |_| replace(&lesson.start, "start the lesson over")
    };
    let answer = move || {
        solution.get().then(|| {
            let take = {
                let lesson = Arc::clone(&lesson);
                move |_| replace(&lesson.solution, "put in the solution")
            };
            view! {
                <div class="lesson-solution">
                    <p class="row-note">"One way among many:"</p>
                    <pre tabindex="0" role="region" aria-label="Solution">{yaml(&lesson.solution)}</pre>
                    {button("button-small", None, "Put it into the editor", take)}
                </div>
            }
        })
    };
    view! {
        <ol class="lesson-hints" aria-live="polite">{hints}</ol>
        <div class="lesson-help">
            {more}
            {button("button-quiet", Some(Icon::Undo), "Start over", restart)}
        </div>
        {answer}
    }
    .into_any()
}
