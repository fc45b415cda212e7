use leptos::prelude::*;
use stepladder_github::Address;

use super::Commit;
use crate::ui::banner;

/// Which repository and branch.
pub(super) fn place(cx: Commit) -> AnyView {
    let told = RwSignal::new(None::<String>);
    let submit = move || {
        let typed = cx.repository.get_untracked();
        let address = cx.shell.github.host.with_untracked(|host| Address::new(&typed, host));
        match address {
            Ok(Address::Repository { repo, at }) => {
                cx.repository.set(repo.to_string());
                if let Some(at) = at {
                    cx.branch.set(at);
                }
                cx.look();
            }
            Ok(_) => told.set(Some(
                "That is the address of a file; give the one of its repository, or owner/repo.".to_owned(),
            )),
            Err(message) => told.set(Some(message)),
        }
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            submit();
        }
    };
    let field = move |label: &'static str, hint: &'static str, value: RwSignal<String>| {
        view! {
            <label class="github-line">
                <span>{label}</span>
                <input
                    type="text"
                    class="input"
                    placeholder=hint
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    data-written=value.get_untracked()
                    prop:value=move || value.get()
                    on:input:target=move |event| value.set(event.target().value())
                    on:keydown=key
                />
            </label>
        }
        .into_any()
    };
    view! {
        <p class="note">
            "Commits " <code>{move || cx.shell.session.file_path()}</code> ". You see what changes before anything is written."
        </p>
        {field("Repository", "owner/repo", cx.repository)}
        {field("Branch", "the default branch", cx.branch)}
        {move || told.get().map(banner::error)}
        <div class="dialog-foot">
            <button
                type="button"
                class="button button-primary"
                disabled=move || cx.repository.with(|name| name.trim().is_empty())
                on:click=move |_| submit()
            >
                "Show what changes"
            </button>
        </div>
    }
    .into_any()
}
