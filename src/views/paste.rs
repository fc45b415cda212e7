//! The dialog to paste a workflow into.

use leptos::html::Textarea;
use leptos::prelude::*;

use crate::files;
use crate::shell::Shell;
use crate::ui::button::button;
use crate::ui::dialog::dialog;
use crate::ui::icon::Icon;

/// The dialog.
pub(crate) fn paste(shell: Shell) -> AnyView {
    dialog(shell.paste, "paste", "Paste a workflow", move || content(shell))
}

fn content(shell: Shell) -> AnyView {
    let field = NodeRef::<Textarea>::new();
    let empty = RwSignal::new(true);
    let open = move || {
        let text = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if !text.trim().is_empty() {
            shell.paste.set(false);
            files::open_bytes(shell, text.as_bytes(), "workflow.yml");
        }
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            open();
        }
    };
    view! {
        <p class="note">"The YAML of a workflow, from wherever you have it. It stays in this browser."</p>
        <textarea
            node_ref=field
            class="plain paste-field"
            aria-label="YAML to open"
            placeholder="name: CI\non: push\njobs:\n  …"
            spellcheck="false"
            autofocus
            data-written=""
            on:input:target=move |event| empty.set(event.target().value().trim().is_empty())
            on:keydown=key
        ></textarea>
        <footer class="dialog-foot">
            {button("", None, "Cancel", move |_| shell.paste.set(false))}
            <button type="button" class="button button-primary" disabled=move || empty.get() on:click=move |_| open()>
                "Open"
            </button>
        </footer>
    }
    .into_any()
}

/// The button that opens the dialog.
pub(crate) fn paste_button(shell: Shell) -> AnyView {
    button("", Some(Icon::Paste), "Paste YAML", move |_| shell.paste.set(true))
}
