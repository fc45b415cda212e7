//! The palette: commands, jobs and steps by a few letters of their names.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use stepladder_yaml::Path;

use crate::commands::editing::key_elsewhere;
use crate::commands::keys::keys_label;
use crate::commands::words::other_words;
use crate::commands::{Command, all};
use crate::session::Origin;
use crate::shell::{Pane, Screen, Shell, Width};
use crate::ui::dialog::cover;
use crate::ui::icon::{Icon, icon};
use crate::ui::paint::{growing, painted};
use crate::ui::reach::{Reach, reach};

/// The tab of the panel that was opened.
const DRAWER_TAB: &str = ".drawer [role=tab][aria-selected=true]";
/// Most lines that are shown.
const MOST: usize = 60;
/// As many are there at once.
const FIRST: usize = 16;

#[derive(Clone, PartialEq)]
enum Target {
    Command(&'static Command),
    Node(Path),
}

#[derive(Clone, PartialEq)]
struct Line {
    target: Target,
    icon: Icon,
    title: String,
    note: String,
}

/// The palette's dialog.
pub(crate) fn palette(shell: Shell) -> AnyView {
    cover(shell.palette, "palette", "Find a command, job or step", move || untrack(move || content(shell)))
}

fn content(shell: Shell) -> AnyView {
    let all = StoredValue::new(lines(shell));
    let query = RwSignal::new(String::new());
    let at = RwSignal::new(0usize);
    let found = Memo::new(move |_| query.with(|query| all.with_value(|all| matching(all, query))));
    let choose = move |index: usize| {
        let line = found.with_untracked(|found| found.get(index).cloned());
        if let Some(line) = line {
            shell.palette.set(false);
            run(shell, line.target);
        }
    };
    let key = move |event: KeyboardEvent| {
        let count = found.with_untracked(Vec::len).max(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => at.update(|at| *at = (*at + count - 1) % count),
            "Home" => at.set(0),
            "End" => at.set(count - 1),
            "Enter" => choose(at.get_untracked()),
            _ => return,
        }
        event.prevent_default();
    };
    Effect::new(move |_| {
        if let Some(line) = document().get_element_by_id(&format!("palette-{}", at.get())) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            line.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    // What is typed is seen first.
    let shown = painted(found);
    let built = growing(FIRST, FIRST + 1, MOST);
    let list = move || {
        shown.with(|found| {
            let lines = found.iter().take(built.get()).enumerate().map(|(index, line)| {
                let keys = match &line.target {
                    Target::Command(command) => keys_label(command),
                    Target::Node(_) => String::new(),
                };
                view! {
                    <li
                        id=format!("palette-{index}")
                        role="option"
                        class="palette-line"
                        aria-selected=move || if at.get() == index { "true" } else { "false" }
                        on:mousemove=move |_| at.set(index)
                        on:click=move |_| choose(index)
                    >
                        {icon(line.icon)}
                        <span class="palette-title">{line.title.clone()}</span>
                        <span class="palette-note">{line.note.clone()}</span>
                        {(!keys.is_empty()).then(|| view! { <kbd>{keys}</kbd> })}
                    </li>
                }
                .into_any()
            });
            lines.collect::<Vec<_>>()
        })
    };
    view! {
        <div class="palette-search">
            {icon(Icon::Search)}
            <input
                type="text"
                role="combobox"
                aria-label="Find a command, job or step"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-activedescendant=move || format!("palette-{}", at.get())
                placeholder="Find a command, job or step"
                spellcheck="false"
                autocomplete="off"
                autofocus
                data-own-undo=""
                on:input:target=move |event| {
                    query.set(event.target().value());
                    at.set(0);
                }
                on:keydown=key
            />
        </div>
        <ul id="palette-list" class="palette-list" role="listbox" aria-label="Found">
            {list}
        </ul>
        {move || {
            shown
                .with(Vec::is_empty)
                .then(|| view! { <p class="empty-line">"Nothing has a name like that."</p> })
        }}
    }
    .into_any()
}

/// What can be chosen now.
fn lines(shell: Shell) -> Vec<Line> {
    let commands = all().filter(|command| command.id != "palette" && (command.enabled)(shell));
    let mut lines: Vec<Line> = commands
        .map(|command| Line {
            target: Target::Command(command),
            icon: command.icon,
            title: command.title.to_owned(),
            note: key_elsewhere(command.id).unwrap_or_default(),
        })
        .collect();
    if shell.screen.get() != Screen::Editor {
        return lines;
    }
    shell.session.analysis.with(|analysis| {
        let workflow = &analysis.workflow;
        let mut add = |icon, title: String, note: String, path: &Path| {
            lines.push(Line { target: Target::Node(path.clone()), icon, title, note });
        };
        for trigger in &workflow.triggers {
            add(Icon::Bolt, trigger.event.value.clone(), "trigger".to_owned(), &trigger.path);
        }
        for job in &workflow.jobs {
            add(Icon::Job, job.id.value.clone(), "job".to_owned(), &job.path);
        }
        for job in &workflow.jobs {
            for step in &job.steps {
                add(Icon::Step, step.title(), format!("step of {}", job.id.value), &step.path);
            }
        }
    });
    lines
}

/// Lines whose title has every word of the query, those that start with it first; then those that are meant by other words.
fn matching(all: &[Line], query: &str) -> Vec<Line> {
    let query = query.trim().to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let has_all = |text: &str| words.iter().all(|word| text.contains(word));
    let mut found: Vec<(u8, &Line)> = all
        .iter()
        .filter_map(|line| {
            let title = format!("{} {}", line.title, line.note).to_lowercase();
            let other = match &line.target {
                Target::Command(command) => other_words(command.id),
                Target::Node(_) => "",
            };
            let place = match () {
                () if has_all(&title) => u8::from(!title.starts_with(&query)),
                () if has_all(&format!("{title} {other}")) => 2,
                () => return None,
            };
            Some((place, line))
        })
        .collect();
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().take(MOST).map(|(_, line)| line.clone()).collect()
}

fn run(shell: Shell, target: Target) {
    match target {
        Target::Command(command) => {
            let before = shell.revealed.get_untracked();
            crate::commands::settle::start(shell, command);
            if shell.revealed.get_untracked() != before && shell.pane.get_untracked().in_drawer() {
                reach(DRAWER_TAB, Reach::Focus);
            }
        }
        Target::Node(path) => {
            shell.session.select(path, Origin::Command);
            if shell.width.get_untracked() == Width::Phone {
                shell.pane.set(Pane::Form);
            }
        }
    }
}
