//! The palette: commands, jobs and steps by a few letters of their names.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use stepladder_yaml::Path;

use crate::commands::editing::key_elsewhere;
use crate::commands::keys::keys_label;
use crate::commands::looks::is_so;
use crate::commands::words::other_words;
use crate::commands::{Command, all};
use crate::session::Origin;
use crate::shell::{Pane, Screen, Shell, Width};
use crate::ui::dialog::cover;
use crate::ui::icon::{Icon, icon};
use crate::ui::marked::Marked;
use crate::ui::paint::{growing, painted};
use crate::ui::reach::{Reach, reach};

/// The tab of the panel that was opened; on a phone, which has no tab for each, the panel itself.
const PANEL: &str = ".drawer [role=tab][aria-selected=true], .pane-full";
/// What the form is about.
const SUBJECT: &str = ".form:not([aria-busy]) .crumb[aria-current=page]";
/// The id of the list of lines.
const LIST: &str = "palette-list";
/// Most lines that are shown of what is found.
const MOST: usize = 60;
/// Most lines that are shown to who has not typed yet: there is room for all commands.
const BROWSED: usize = 120;
/// As many are there at once.
const FIRST: usize = 16;

#[derive(Clone, PartialEq)]
enum Target {
    Command(&'static Command),
    /// An event that does not start the workflow yet.
    Event(&'static str),
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
    let marked = Marked::new(LIST, || true);
    let matched = Memo::new(move |_| query.with(|query| all.with_value(|all| matching(all, query))));
    let found =
        move |most: usize| matched.with(|matched| matched.iter().take(most).cloned().collect::<Vec<_>>());
    let found =
        Memo::new(move |_| found(if query.with(|query| query.trim().is_empty()) { BROWSED } else { MOST }));
    let more = Memo::new(move |_| matched.with(Vec::len) - found.with(Vec::len));
    let choose = move |index: usize| {
        let line = found.with_untracked(|found| found.get(index).cloned());
        if let Some(line) = line {
            shell.palette.set(false);
            run(shell, line.target);
        }
    };
    let key = move |event: KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        if marked.key(&event, count) {
            return;
        }
        match event.key().as_str() {
            "Home" => marked.mark(0),
            "End" => marked.mark(count.saturating_sub(1)),
            "Enter" => marked.now().into_iter().for_each(choose),
            _ => return,
        }
        event.prevent_default();
    };
    // What is typed is seen first.
    let shown = painted(found);
    let built = growing(FIRST, FIRST + 1, BROWSED);
    let list = move || {
        shown.with(|found| {
            let lines = found.iter().take(built.get()).enumerate().map(|(index, line)| {
                let keys = match &line.target {
                    Target::Command(command) => keys_label(command),
                    Target::Node(_) | Target::Event(_) => String::new(),
                };
                view! {
                    <li
                        id=marked.id(index)
                        role="option"
                        class="palette-line"
                        aria-selected=move || marked.is(index)
                        on:mousemove=move |_| marked.mark(index)
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
                aria-controls=LIST
                aria-activedescendant=move || marked.active(found.with(Vec::len))
                placeholder="Find a command, job or step"
                spellcheck="false"
                autocomplete="off"
                autofocus
                data-written=""
                on:input:target=move |event| {
                    query.set(event.target().value());
                    marked.begin();
                }
                on:keydown=key
            />
        </div>
        <ul id=LIST class="palette-list" role="listbox" aria-label="Found">
            {list}
        </ul>
        {move || {
            shown
                .with(Vec::is_empty)
                .then(|| view! { <p class="empty-line">"Nothing has a name like that."</p> })
        }}
        {move || {
            let more = more.get();
            (more > 0).then(|| view! { <p class="empty-line">{format!("{more} more: type a word of what you look for.")}</p> })
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
            note: if is_so(shell, command.id) {
                "in use".to_owned()
            } else {
                key_elsewhere(command.id).unwrap_or_default()
            },
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
        for step in &analysis.action.steps {
            add(Icon::Step, step.title(), "step of this action".to_owned(), &step.path);
        }
        let events = shell.session.model.get().map(|part| (part.free_events)(analysis));
        lines.extend(events.into_iter().flatten().map(|(title, name)| Line {
            target: Target::Event(name),
            icon: Icon::Bolt,
            title: format!("Add trigger: {title}"),
            note: name.to_owned(),
        }));
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
                // There are many; they come when somebody looks for one.
                Target::Event(_) if query.is_empty() => return None,
                Target::Event(_) => "on event start new",
            };
            let is_event = matches!(line.target, Target::Event(_));
            let place = match () {
                // What a word like `delete` does to the workflow is meant before what starts it.
                () if is_event && has_all(&format!("{title} {other}")) => 3,
                () if has_all(&title) => u8::from(!title.starts_with(&query)),
                () if has_all(&format!("{title} {other}")) => 2,
                () => return None,
            };
            Some((place, line))
        })
        .collect();
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, line)| line.clone()).collect()
}

fn run(shell: Shell, target: Target) {
    match target {
        Target::Command(command) => {
            let before = shell.revealed.get_untracked();
            crate::commands::settle::start(shell, command);
            if shell.revealed.get_untracked() != before && shell.pane.get_untracked().in_drawer() {
                reach(PANEL, Reach::Focus);
            }
        }
        Target::Event(event) => {
            shell.reveal(Pane::Form);
            if let Some(part) = shell.session.model.get_untracked() {
                (part.add_trigger)(shell.session, event, Origin::Command);
            }
            reach(SUBJECT, Reach::Focus);
        }
        Target::Node(path) => {
            shell.session.select(path, Origin::Command);
            if shell.width.get_untracked() == Width::Phone {
                shell.pane.set(Pane::Form);
            }
        }
    }
}
