//! The header: where one is, what can be done.

use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::problems::{counted, counts, severity_icon};
use crate::commands::keys::keys_label;
use crate::commands::settle::press;
use crate::commands::{find, run};
use crate::shell::{Mode, Pane, Screen, Shell, Theme, Width};
use crate::ui::button::{button, icon_button};
use crate::ui::icon::{Icon, icon};
use crate::ui::menu::{Item, menu};
use crate::ui::paint::painted;
use crate::ui::tabs::segments;
use stepladder_workflow::Severity;

/// Who presses the header's ground goes on where they are: nothing there could have the focus.
fn keep_focus_on_ground(event: leptos::ev::MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let is_ground = target.is_some_and(|target| {
        target.closest("button, a, input, select, [tabindex]").is_ok_and(|pressed| pressed.is_none())
    });
    if is_ground {
        event.prevent_default();
    }
}

/// The header of both screens.
pub(crate) fn header(shell: Shell) -> AnyView {
    let screen = Memo::new(move |_| shell.screen.get());
    view! {
        <header class="header" on:mousedown=keep_focus_on_ground>
            <button
                type="button"
                class="brand"
                aria-label="Stepladder: start page"
                title="Start page"
                on:click=move |_| shell.show_start()
            >
                {icon(Icon::Ladder)}
                <span class="brand-name">"Stepladder"</span>
            </button>
            {move || match screen.get() {
                Screen::Start | Screen::Learn => start(shell),
                Screen::Editor => editor(shell),
                Screen::Rules => reading(shell),
            }}
        </header>
    }
    .into_any()
}

fn start(shell: Shell) -> AnyView {
    view! {
        <span class="spacer"></span>
        {search(shell)}
        {theme(shell)}
    }
    .into_any()
}

fn reading(shell: Shell) -> AnyView {
    let back = shell.has_document().then(|| {
        let label = move || format!("Back to {}", shell.session.file_name());
        button("button-quiet header-back", Some(Icon::Left), label, move |_| shell.show_document())
    });
    view! { {back} {start(shell)} }.into_any()
}

fn editor(shell: Shell) -> AnyView {
    let phone = Memo::new(move |_| shell.width.get() == Width::Phone);
    view! {
        {file(shell)}
        {history(shell)}
        {move || if phone.get() { small(shell) } else { large(shell) }}
    }
    .into_any()
}

fn large(shell: Shell) -> AnyView {
    let modes = [
        (Mode::Visual, "Visual", "Graph and form"),
        (Mode::Split, "Split", "Graph, form and YAML"),
        (Mode::Code, "Code", "YAML alone"),
    ];
    view! {
        <span class="spacer"></span>
        {segments(
            "Panes",
            &modes,
            Signal::derive(move || shell.layout.get().mode()),
            move |mode| shell.set_mode(mode),
        )}
        <span class="spacer"></span>
        {problems(shell)}
        {search(shell)}
        {theme(shell)}
        {pressed(shell, "copy", button("header-copy", Some(Icon::Copy), "Copy", move |_| run(shell, "copy")))}
        {pressed(
            shell,
            "download",
            button("header-download", Some(Icon::Download), "Download", move |_| run(shell, "download")),
        )}
        {pressed(
            shell,
            "export-all",
            icon_button(Icon::Share, "Share and export", || false, move |_| run(shell, "export-all")),
        )}
        {pressed(
            shell,
            "commit",
            button("button-primary", Some(Icon::GitHub), "Commit…", move |_| run(shell, "commit")),
        )}
    }
    .into_any()
}

/// The button of a command that is done when the mouse goes down on it, whatever is asked before it is let go of.
fn pressed(shell: Shell, id: &'static str, button: AnyView) -> AnyView {
    view! { <span class="header-press" on:mousedown=move |event| press(shell, id, &event)>{button}</span> }
        .into_any()
}

fn small(shell: Shell) -> AnyView {
    let items = move || {
        let shown = [
            "palette",
            "commit",
            "download",
            "copy",
            "export",
            "export-all",
            "versions",
            "templates",
            "open",
            "open-github",
            "paste",
            "light",
            "dark",
            "system",
        ];
        let shown = shown.iter().filter_map(|id| find(id));
        let items = shown.map(|command| Item {
            label: command.title.to_owned(),
            icon: Some(command.icon),
            keys: String::new(),
            enabled: untrack(move || (command.enabled)(shell)),
            run: Box::new(move || run(shell, command.id)),
        });
        items.filter(|item| item.enabled).collect()
    };
    menu(Icon::More, "More", items)
}

/// Path and name of the file.
fn file(shell: Shell) -> AnyView {
    let field = NodeRef::<Input>::new();
    let session = shell.session;
    let name = Memo::new(move |_| session.file_name());
    let dirty = painted(session.dirty);
    let folder = Memo::new(move |_| {
        let path = session.file_path();
        path.strip_suffix(&name.get()).unwrap_or_default().to_owned()
    });
    let rename = move |typed: String| {
        session.rename_file(&typed);
        // What was typed may have been completed, or ignored.
        if let Some(field) = field.get_untracked() {
            field.set_value(&untrack(move || session.file_name()));
        }
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        if let ("Enter" | "Escape", Some(field)) = (event.key().as_str(), field.get_untracked()) {
            if event.key() == "Escape" {
                field.set_value(&name.get_untracked());
                event.stop_propagation();
            }
            let _ = field.blur();
        }
    };
    let size = move || format!("{}ch", name.get().chars().count().clamp(6, 40) + 1);
    view! {
        <div class="file">
            <span class="file-folder">{move || folder.get()}</span>
            <input
                node_ref=field
                class="file-name"
                type="text"
                aria-label="File name"
                title="Click to rename"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                data-written=move || name.get()
                style:width=size
                prop:value=move || name.get()
                on:change:target=move |event| rename(event.target().value())
                on:keydown=key
            />
            {move || {
                dirty
                    .get()
                    .then(|| {
                        view! {
                            <span
                                class="file-dirty"
                                role="img"
                                aria-label="Changed since it was opened"
                                title="Changed since it was opened"
                            ></span>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

fn history(shell: Shell) -> AnyView {
    let session = shell.session;
    let named = |verb: &'static str, id: &'static str, label: Option<String>| {
        let keys = crate::commands::find(id).map(keys_label).unwrap_or_default();
        label.map_or_else(|| format!("Nothing to {verb}"), |label| format!("{verb}: {label} ({keys})"))
    };
    let undo = Memo::new(move |_| session.undo_label());
    let redo = Memo::new(move |_| session.redo_label());
    view! {
        <div class="group" role="group" aria-label="History">
            {icon_button(
                Icon::Undo,
                TextProp::from(move || capital(&named("undo", "undo", undo.get()))),
                move || undo.get().is_none(),
                move |_| session.undo(),
            )}
            {icon_button(
                Icon::Redo,
                TextProp::from(move || capital(&named("redo", "redo", redo.get()))),
                move || redo.get().is_none(),
                move |_| session.redo(),
            )}
        </div>
    }
    .into_any()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// How many problems there are; a click lists them.
fn problems(shell: Shell) -> AnyView {
    let counts = shell.session.echo.derive(|analysis| counts(analysis.findings()));
    let severities = [Severity::Error, Severity::Warning, Severity::Hint];
    let content = move || {
        let counts = counts.get();
        if counts == [0; 3] {
            return view! { <span class="count state-ok">{icon(Icon::Passed)} "No problems"</span> }
                .into_any();
        }
        let shown = severities.into_iter().zip(counts).filter(|(_, count)| *count > 0);
        let shown: Vec<_> = shown
            .map(|(severity, count)| {
                view! {
                    <span class=format!("count state-{severity}")>
                        {icon(severity_icon(severity))}
                        <span aria-hidden="true">{count}</span>
                        <span class="visually-hidden">{counted(severity, count)}</span>
                    </span>
                }
                .into_any()
            })
            .collect();
        shown.into_any()
    };
    view! {
        <button
            type="button"
            class="button button-quiet counts"
            title="Show problems (F8 goes to the next one)"
            on:click=move |_| shell.reveal(Pane::Problems)
        >
            {content}
        </button>
    }
    .into_any()
}

fn search(shell: Shell) -> AnyView {
    let keys = crate::commands::find("palette").map(keys_label).unwrap_or_default();
    view! {
        <button
            type="button"
            class="button button-quiet header-search"
            aria-label="Find a command, job or step"
            title="Find a command, job or step"
            on:click=move |_| shell.palette.set(true)
        >
            {icon(Icon::Search)}
            <kbd>{keys}</kbd>
        </button>
    }
    .into_any()
}

fn theme(shell: Shell) -> AnyView {
    view! {
        {move || {
            let (glyph, label, next) = match shell.theme.get() {
                Theme::System => (Icon::Screen, "Colours: as the system. Change to light", Theme::Light),
                Theme::Light => (Icon::Sun, "Colours: light. Change to dark", Theme::Dark),
                Theme::Dark => (Icon::Moon, "Colours: dark. Change to the system's", Theme::System),
            };
            icon_button(glyph, label, || false, move |_| shell.theme.set(next))
        }}
    }
    .into_any()
}
