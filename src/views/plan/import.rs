//! Files with scenarios, opened into the list.

use leptos::prelude::*;
use stepladder_content::{Scenario, Suite};

use crate::files;
use crate::shell::Shell;
use crate::ui::button::icon_button;
use crate::ui::chooser::chooser;
use crate::ui::icon::Icon;
use crate::ui::toast::{Action, Tone};

/// Opens a file that `stepladder test` reads.
pub(super) fn button(shell: Shell) -> AnyView {
    let (field, pick) =
        chooser("File with scenarios", ".yml,.yaml,text/yaml,application/yaml", move |file| {
            files::read_file(shell, file, move |bytes, name| take(shell, bytes, name));
        });
    view! { {field} {icon_button(Icon::Folder, "Open scenarios from a file", || false, move |_| pick())} }
        .into_any()
}

/// Adds the scenarios that a file has for the open workflow; one of a name that is there takes the old one's place.
fn take(shell: Shell, bytes: &[u8], name: &str) {
    let path = untrack(move || shell.session.file_path());
    let read = files::text_of(bytes, name).and_then(|text| {
        Suite::parse(name, text)
            .and_then(|suite| suite.scenarios_for(&path))
            .map_err(|problem| format!("“{name}” cannot be taken as scenarios: {problem}."))
    });
    let new = match read {
        Ok(new) => new,
        Err(problem) => return shell.session.tell_error(problem),
    };
    let list = shell.scenarios;
    let old = list.get_untracked();
    let told = match new.len() {
        0 => return shell.session.tell_error(format!("“{name}” has no scenario for this workflow.")),
        1 => format!("Opened 1 scenario from “{name}”."),
        count => format!("Opened {count} scenarios from “{name}”."),
    };
    list.update(|list| merge(list, new));
    let back = Action::new("Undo", move || list.set(old.clone()));
    shell.session.toaster.show(Tone::Done, told, Some(back));
}

fn merge(list: &mut Vec<Scenario>, new: Vec<Scenario>) {
    for scenario in new {
        match list.iter_mut().find(|old| old.name == scenario.name) {
            Some(old) => *old = scenario,
            None => list.push(scenario),
        }
    }
}
