//! Signs in with a token that the person makes on GitHub, and forgets it.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_github::{Host, Permission};

use super::limit::limit;
use crate::github::{Account, Keep};
use crate::shell::Shell;
use crate::ui::banner;
use crate::ui::button::button;
use crate::ui::choice::{choices, radio, tick};
use crate::ui::icon::{Icon, icon};

/// The dialog's content.
pub(super) fn sign_in(shell: Shell) -> AnyView {
    view! {
        {move || match shell.github.account.get() {
            Some(account) => signed_in(shell, account),
            None => form(shell, || {}),
        }}
    }
    .into_any()
}

fn signed_in(shell: Shell, account: Account) -> AnyView {
    let host = shell.github.host.get();
    let keep = match shell.github.keep.get() {
        Keep::Memory => "in memory only, until the page is closed or loaded again",
        Keep::Session => "in this tab, until it is closed",
        Keep::Device => "in this browser, until you sign out here",
    };
    let scopes = match &account.scopes {
        Some(scopes) => format!("A classic token with {}.", scopes.join(", ")),
        None => "A fine-grained token, or one without scopes; GitHub does not tell its permissions, so what is missing shows when it is needed.".to_owned(),
    };
    let missing: Vec<&str> = match &account.scopes {
        Some(scopes) => {
            ["repo", "workflow"].into_iter().filter(|scope| !scopes.iter().any(|own| own == scope)).collect()
        }
        None => Vec::new(),
    };
    let expires = match &account.expires {
        Some(day) => format!("It ends on {day}."),
        None => "GitHub does not tell this page when it ends.".to_owned(),
    };
    view! {
        <p>"Signed in to " {host.name().to_owned()} " as " <b>{account.login}</b> "."</p>
        <ul class="github-facts">
            <li>{scopes}</li>
            {(!missing.is_empty())
                .then(|| {
                    view! {
                        <li class="state-warning">
                            {icon(Icon::Warning)}
                            {format!("It lacks {}: files of private repositories, or commits of workflows, may be refused.", missing.join(" and "))}
                        </li>
                    }
                })}
            <li>{expires}</li>
            <li>"The token is kept " {keep} "."</li>
        </ul>
        <footer class="dialog-foot github-foot">
            {limit(shell)}
            {button("button-danger", Some(Icon::Trash), "Sign out and forget the token", move |_| shell.github.forget())}
        </footer>
    }
    .into_any()
}

/// The form; `done` follows a sign-in.
pub(super) fn form(shell: Shell, done: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    form_with(shell, false, done)
}

/// The form for somebody who wants to change a repository's settings; the permissions for it are filled in.
pub(super) fn form_for_settings(shell: Shell) -> AnyView {
    form_with(shell, true, || {})
}

fn form_with(shell: Shell, settings: bool, done: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let token = NodeRef::<Input>::new();
    // A copy of the page that was built for a GitHub of one's own is for that one.
    let own = shell.github.own_host();
    let has_own = own.is_some();
    let (typed, set_typed) = signal(own.unwrap_or_default());
    let all = RwSignal::new(settings);
    let keep = RwSignal::new(Keep::Memory);
    let busy = RwSignal::new(false);
    let told = RwSignal::new(None::<String>);
    let host = Memo::new(move |_| Host::new(&typed.get()));
    let page = move |make: fn(&Host, Option<&str>, bool) -> String| {
        let host = host.get().unwrap_or_default();
        let owner = shell.repository.with(|name| name.split_once('/').map(|(owner, _)| owner.to_owned()));
        make(&host, owner.as_deref(), all.get())
    };
    let submit = move || {
        let secret = token.get_untracked().map(|field| field.value().trim().to_owned()).unwrap_or_default();
        let host = match host.get_untracked() {
            Ok(host) => host,
            Err(message) => return told.set(Some(message)),
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        told.set(None);
        spawn_local(async move {
            let result = shell.github.sign_in(host, secret, keep.get_untracked()).await;
            if let Some(field) = token.get_untracked().filter(|_| result.is_ok()) {
                field.set_value("");
            }
            busy.try_set(false);
            match result {
                Ok(()) => done(),
                Err(message) => drop(told.try_set(Some(message))),
            }
        });
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            submit();
        }
    };
    let keeps = [
        (Keep::Memory, "Until this page is closed", "in memory only; safest"),
        (Keep::Session, "Until this tab is closed", "survives loading the page again"),
        (Keep::Device, "On this device", "until you sign out; only on a computer that is yours alone"),
    ];
    let keeps = keeps.map(|(value, label, hint)| {
        radio("github-keep", label, hint, move || keep.get() == value, move || keep.set(value))
    });
    let name = move || host.get().unwrap_or_default().name().to_owned();
    let where_to = move || match host.get() {
        Ok(host) if !host.is_github() => format!("Make a token on {}", host.name()),
        _ => "Make a token on GitHub".to_owned(),
    };
    view! {
        <p class="note">
            "This page has no server, so it cannot use GitHub's sign-in page. It takes a token that you make yourself, which you can revoke at any time; it is sent to the API of " {name} " and to nobody else."
        </p>
        <ol class="export-steps github-steps">
            <li>
                <h3>"Make a token"</h3>
                <details class="github-server" open=has_own>
                    <summary>"For another GitHub than github.com"</summary>
                    <label>
                        <span>"Address of your GitHub Enterprise Server"</span>
                        <input
                            type="text"
                            class="input"
                            placeholder="github.example.com"
                            spellcheck="false"
                            autocapitalize="off"
                            data-written=typed.get_untracked()
                            prop:value=move || typed.get()
                            on:input:target=move |event| set_typed.set(event.target().value())
                        />
                    </label>
                    {move || host.get().err().map(|message| view! { <p class="note state-error">{message}</p> })}
                </details>
                <p>
                    <a
                        class="button button-primary"
                        href=move || page(Host::token_page)
                        target="_blank"
                        rel="noreferrer"
                        autofocus
                    >
                        {where_to}
                        {icon(Icon::External)}
                    </a>
                </p>
                <p class="note">
                    "The page opens with these permissions filled in. Choose there which repositories it is for."
                </p>
                {permissions(all)}
                <p class="note">
                    "A "
                    <a
                        class="link"
                        href=move || page(|host, _, _| host.classic_token_page())
                        target="_blank"
                        rel="noreferrer"
                    >
                        "classic token"
                    </a> " with the scopes " <code>"repo"</code> " and " <code>"workflow"</code>
                    " works too, but it is for all your repositories."
                </p>
            </li>
            <li>
                <h3>
                    <label for="github-token">"Paste it"</label>
                </h3>
                <input
                    id="github-token"
                    node_ref=token
                    type="password"
                    class="input"
                    placeholder="github_pat_…"
                    spellcheck="false"
                    autocomplete="off"
                    data-written=""
                    on:keydown=key
                />
                {choices("Keep it", keeps)}
            </li>
        </ol>
        {move || told.get().map(banner::error)}
        <footer class="dialog-foot">
            <button type="button" class="button button-primary" disabled=move || busy.get() on:click=move |_| submit()>
                {move || if busy.get() { "Checking the token…" } else { "Sign in" }}
            </button>
        </footer>
    }
    .into_any()
}

/// Which permissions, and what for.
fn permissions(all: RwSignal<bool>) -> AnyView {
    let rows = move || {
        let shown = Permission::ALL.into_iter().filter(|permission| all.get() || permission.basic);
        let rows = shown.map(|permission| {
            let level = if permission.level == "write" { "read and write" } else { "read" };
            view! {
                <li>
                    <b>{permission.label}</b>
                    {format!(", {level}: ")}
                    <span class="muted">{permission.purpose}</span>
                </li>
            }
            .into_any()
        });
        rows.collect::<Vec<_>>()
    };
    view! {
        <ul class="github-permissions">{rows}</ul>
        {tick(
            "Also check and create secrets, variables and environments",
            move || all.get(),
            move |on| all.set(on),
        )}
    }
    .into_any()
}
