use leptos::prelude::*;
use stepladder_github::commit::Done;

use super::Commit;
use crate::ui::button::button;
use crate::ui::icon::{Icon, icon};

/// What was made, with the way to it.
pub(super) fn done(cx: Commit, done: Done) -> AnyView {
    let web = cx.shell.github.host.with_untracked(|host| host.web.clone());
    let repo =
        cx.place.with_untracked(|place| place.as_ref().map(|p| p.repo.to_string()).unwrap_or_default());
    let short: String = done.commit.chars().take(7).collect();
    let commit = format!("{web}/{repo}/commit/{}", done.commit);
    let pull = done
        .pull
        .map(|pull| (format!("{web}/{repo}/pull/{}", pull.number), format!("Pull request #{}", pull.number)));
    let link = |address: String, words: String| {
        view! {
            <a class="link" href=address target="_blank" rel="noreferrer">
                {words}
                {icon(Icon::External)}
            </a>
        }
        .into_any()
    };
    let actions = format!("{web}/{repo}/actions");
    view! {
        <div class="empty">
            <span class="empty-icon state-ok">{icon(Icon::Passed)}</span>
            <p class="empty-title">{if pull.is_some() { "The pull request is open" } else { "Committed" }}</p>
            <p>
                {link(commit, format!("Commit {short}"))} " on " <code>{done.branch}</code> "."
            </p>
            {pull.map(|(address, words)| view! { <p>{link(address, words)} " is waiting to be merged."</p> })}
            <p>{link(actions, "Runs of this repository".to_owned())}</p>
        </div>
        <div class="dialog-foot">
            {button("button-primary", None, "Done", move |_| cx.shell.github_dialog.set(None))}
        </div>
    }
    .into_any()
}
