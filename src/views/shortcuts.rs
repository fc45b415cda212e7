//! The list of all keys, made from the table of commands.

use leptos::prelude::*;

use crate::commands::all;
use crate::commands::editing::{TRAVEL, key_on_graph};
use crate::commands::keys::label;
use crate::shell::Shell;
use crate::ui::dialog::dialog;

/// The dialog.
pub(crate) fn shortcuts(shell: Shell) -> AnyView {
    dialog(shell.shortcuts, "shortcuts", "Keyboard shortcuts", content)
}

fn content() -> AnyView {
    let everywhere = all().filter(|command| !command.keys.is_empty()).map(|command| {
        (command.keys.split_whitespace().map(label).collect::<Vec<_>>(), command.title.to_owned())
    });
    let on_graph = all().filter_map(|command| Some((key_on_graph(command.id)?, command.title)));
    let on_graph = TRAVEL
        .iter()
        .copied()
        .chain(on_graph)
        // A plus alone is a key; elsewhere it stands between two.
        .map(|(keys, title)| {
            (vec![if keys.len() > 1 { label(keys) } else { keys.to_owned() }], title.to_owned())
        });
    view! {
        {part("Everywhere", everywhere.collect())}
        {part("On the graph", on_graph.collect())}
    }
    .into_any()
}

fn part(title: &'static str, lines: Vec<(Vec<String>, String)>) -> AnyView {
    let lines = lines.into_iter().map(|(keys, title)| {
        let keys = keys.into_iter().map(|keys| view! { <kbd>{keys}</kbd> }).collect::<Vec<_>>();
        view! { <div class="shortcut"><dt>{title}</dt><dd>{keys}</dd></div> }
    });
    view! {
        <section class="shortcuts-part">
            <h3>{title}</h3>
            <dl>{lines.collect::<Vec<_>>()}</dl>
        </section>
    }
    .into_any()
}
