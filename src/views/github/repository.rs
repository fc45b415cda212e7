//! Which repository: one field for it, and one way to read what is written there.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use stepladder_github::{Address, Repo};

use crate::shell::Shell;

/// The repository that `typed` names: as `owner/name`, or by an address of it or of something in it.
pub(crate) fn named(shell: Shell, typed: &str) -> Option<Repo> {
    let address = shell.github.host.with_untracked(|host| Address::new(typed, host)).ok()?;
    address.repository().cloned()
}

/// An input for `value`, which becomes `owner/name` once that can be read from what was typed. `changed` runs then,
/// `entered` when Enter is pressed.
pub(crate) fn input(
    shell: Shell,
    value: RwSignal<String>,
    changed: impl Fn() + 'static,
    entered: impl Fn() + 'static,
) -> AnyView {
    let set = move |typed: String| {
        let name = named(shell, &typed).map_or_else(|| typed.trim().to_owned(), |repo| repo.to_string());
        value.set(name);
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            set(event_target_value(&event));
            entered();
        }
    };
    view! {
        <input
            type="text"
            class="input"
            placeholder="owner/name"
            spellcheck="false"
            autocapitalize="off"
            data-written=value.get_untracked()
            prop:value=move || value.get()
            on:change=move |event| {
                set(event_target_value(&event));
                changed();
            }
            on:keydown=key
        />
    }
    .into_any()
}
