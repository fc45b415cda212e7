//! Commits the document: first what would change, then where to, then it is done.

mod conflict;
mod done;
mod place;
mod review;
mod work;

use leptos::prelude::*;
use stepladder_github::commit::{Done, Prepared, Write};
use stepladder_github::{Failure, Repo};

use super::open::account;
use super::sign_in;
use crate::shell::Shell;
use crate::ui::banner;
use crate::ui::icon::{Icon, icon};

/// Where it stands.
#[derive(Clone)]
enum Stage {
    /// Which repository?
    Place,
    /// Something is asked; the words say what.
    Waiting(String),
    /// It did not work; what is there to see is kept.
    Failed(Failure),
    /// What would change.
    Review,
    /// It is committed.
    Done(Done),
}

/// The state of one commit. Copy it freely.
#[derive(Clone, Copy)]
struct Commit {
    shell: Shell,
    stage: RwSignal<Stage>,
    /// `owner/name` as typed.
    repository: RwSignal<String>,
    /// The branch as typed; empty means the default one.
    branch: RwSignal<String>,
    /// What was found there.
    place: RwSignal<Option<Place>>,
    prepared: RwSignal<Option<Prepared>>,
    /// Drafts of the same repository that go along, by id.
    along: RwSignal<Vec<String>>,
    way: RwSignal<Way>,
    new_branch: RwSignal<String>,
    message: RwSignal<String>,
    text: RwSignal<String>,
    /// What is being written; it goes on where it stopped.
    write: StoredValue<Option<Write>>,
    /// A remark above the changes, such as that somebody was quicker.
    notice: RwSignal<Option<String>>,
}

/// The branch that is committed to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    repo: Repo,
    branch: String,
    default_branch: String,
}

/// How it is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Direct,
    NewBranch,
    Pull,
}

/// The dialog's content.
pub(super) fn commit(shell: Shell) -> AnyView {
    // What was opened from another GitHub than the one that is signed in to is new there.
    let host = shell.github.host.with_untracked(|host| host.web.clone());
    let source = shell.source.get_untracked().filter(|source| source.host == host);
    let repository =
        source.as_ref().map_or_else(|| shell.repository.get_untracked(), |source| source.repository.clone());
    let cx = Commit {
        shell,
        stage: RwSignal::new(Stage::Place),
        repository: RwSignal::new(repository),
        branch: RwSignal::new(source.as_ref().map(|source| source.at.clone()).unwrap_or_default()),
        place: RwSignal::new(None),
        prepared: RwSignal::new(None),
        along: RwSignal::new(Vec::new()),
        way: RwSignal::new(Way::Direct),
        new_branch: RwSignal::new(String::new()),
        message: RwSignal::new(String::new()),
        text: RwSignal::new(String::new()),
        write: StoredValue::new(None),
        notice: RwSignal::new(None),
    };
    cx.along.set(cx.first_along());
    let known = source.is_some();
    let signed_in = Memo::new(move |_| shell.github.account.with(Option::is_some));
    if known && signed_in.get_untracked() {
        cx.look();
    }
    let content = move || {
        if !signed_in.get() {
            let done = move || {
                if known {
                    cx.look();
                }
            };
            return sign_in::form(shell, done);
        }
        match cx.stage.get() {
            Stage::Place => place::place(cx),
            Stage::Waiting(words) => view! { <p class="github-wait" role="status">{words}</p> }.into_any(),
            Stage::Failed(failure) => failed(cx, failure),
            Stage::Review => review::review(cx),
            Stage::Done(done) => done::done(cx, done),
        }
    };
    view! {
        <div class="github-commit-body">{content}</div>
        {move || signed_in.get().then(|| view! { <footer class="github-foot">{account(shell)}</footer> })}
    }
    .into_any()
}

fn failed(cx: Commit, failure: Failure) -> AnyView {
    let page = match &failure.kind {
        stepladder_github::Kind::SingleSignOn(page) => page.clone(),
        _ => None,
    };
    let has_review = cx.prepared.with_untracked(Option::is_some);
    view! {
        {banner::error(failure.message)}
        {page
            .map(|page| {
                view! {
                    <p>
                        <a class="link" href=page target="_blank" rel="noreferrer">
                            "Authorize the token on GitHub"
                            {icon(Icon::External)}
                        </a>
                    </p>
                }
            })}
        <p class="note">"Nothing is lost: the text stays here, and trying again goes on where it stopped."</p>
        <div class="dialog-foot">
            <button
                type="button"
                class="button"
                on:click=move |_| cx.stage.set(if has_review { Stage::Review } else { Stage::Place })
            >
                "Back"
            </button>
            <button type="button" class="button button-primary" on:click=move |_| cx.again()>
                "Try again"
            </button>
        </div>
    }
    .into_any()
}
