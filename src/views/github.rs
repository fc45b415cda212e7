//! The dialogs about GitHub: open files from there, sign in, create secrets and variables, commit.

mod commit;
pub(crate) mod create;
mod description;
pub(crate) mod diff;
mod limit;
mod open;
pub(crate) mod preflight;
pub(crate) mod repository;
mod sign_in;
mod update;

use leptos::prelude::*;

use crate::shell::{GitHubDialog, Shell};
use crate::ui::dialog::dialog;

/// All of them.
pub(crate) fn github(shell: Shell) -> AnyView {
    view! {
        {one(shell, GitHubDialog::Open, "github-open", "Open from GitHub", open::open)}
        {one(shell, GitHubDialog::SignIn, "github-sign-in", "Sign in to GitHub", sign_in::sign_in)}
        {one(shell, GitHubDialog::Create, "github-create", "Create it on GitHub", create::create)}
        {one(shell, GitHubDialog::Update, "github-update", "Update actions", update::dialog)}
        {one(shell, GitHubDialog::Commit, "github-commit", "Commit to GitHub", commit::commit)}
    }
    .into_any()
}

fn one(
    shell: Shell,
    which: GitHubDialog,
    class: &'static str,
    title: &'static str,
    content: fn(Shell) -> AnyView,
) -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(shell.github_dialog.get() == Some(which)));
    Effect::new(move |_| {
        if !open.get() && shell.github_dialog.get_untracked() == Some(which) {
            shell.github_dialog.set(None);
        }
    });
    dialog(open, class, title, move || content(shell))
}
