use leptos::prelude::*;
use stepladder_github::commit::Ready;
use stepladder_workflow::Severity;

use super::conflict::conflicts;
use super::{Commit, Stage, Way};
use crate::drafts::Draft;
use crate::ui::banner;
use crate::ui::choice::{choices, radio, tick};
use crate::ui::field::text_field;
use crate::views::github::diff::diff;

/// What would change, and how to commit it.
pub(super) fn review(cx: Commit) -> AnyView {
    let Some(place) = cx.place.get_untracked() else { return ().into_any() };
    let title = format!("{} at {}", place.repo, place.branch);
    let empty = move || cx.prepared.with(|prepared| prepared.as_ref().is_none_or(|p| p.files.is_empty()));
    view! {
        <div class="github-head">
            <h3 class="github-title">{title}</h3>
            <button type="button" class="link" on:click=move |_| cx.stage.set(Stage::Place)>
                "Another repository or branch"
            </button>
        </div>
        {move || cx.notice.get().map(|notice| banner::warning("status", notice))}
        {along(cx)}
        {move || {
            let files = cx.prepared.with(|prepared| prepared.as_ref().map(|p| p.files.clone()).unwrap_or_default());
            files.into_iter().enumerate().map(|(at, ready)| file(cx, at, ready)).collect::<Vec<_>>()
        }}
        {move || {
            if empty() {
                view! { <p class="note">"Nothing to commit: the branch has the same text already."</p> }.into_any()
            } else {
                form(cx)
            }
        }}
    }
    .into_any()
}

/// One file: its changes, or the conflicts in it.
fn file(cx: Commit, at: usize, ready: Ready) -> AnyView {
    let branch =
        cx.place.with_untracked(|place| place.as_ref().map(|p| p.branch.clone()).unwrap_or_default());
    let note = match (&ready.theirs, ready.changed_there, ready.choices.is_empty()) {
        (None, false, _) => "new file".to_owned(),
        (None, true, _) => format!("somebody deleted it on {branch}"),
        (Some(_), true, true) => {
            format!("somebody changed it on {branch} meanwhile; both changes are in this")
        }
        (Some(_), true, false) => {
            format!("somebody changed the same lines on {branch}; choose which to keep")
        }
        (Some(_), false, _) => "changed".to_owned(),
    };
    let choose = move |conflict: usize, choice| {
        cx.prepared.update(|prepared| {
            let file = prepared.as_mut().and_then(|prepared| prepared.files.get_mut(at));
            if let Some(slot) = file.and_then(|file| file.choices.get_mut(conflict)) {
                *slot = Some(choice);
            }
        });
    };
    let shown =
        ready.text().map(|text| diff(&ready.path, ready.theirs.as_deref().unwrap_or_default(), &text));
    view! {
        <section class="github-change">
            <p class="github-change-head">
                <code>{ready.path.clone()}</code>
                <span>{note}</span>
            </p>
            {conflicts(&ready.path, &branch, &ready.pieces, &ready.choices, choose)}
            {shown}
        </section>
    }
    .into_any()
}

/// Other changed drafts of the same place, which can go along.
fn along(cx: Commit) -> AnyView {
    let others = cx.others();
    if others.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = others
        .into_iter()
        .map(|(id, draft)| {
            let ticked = id.clone();
            let change = move |on: bool| {
                cx.along.update(|along| {
                    along.retain(|other| *other != id);
                    if on {
                        along.push(id.clone());
                    }
                });
                cx.look();
            };
            let is_chosen = move || cx.along.with(|along| along.contains(&ticked));
            tick(view! { <code>{draft.file}</code> }, is_chosen, change)
        })
        .collect();
    choices("In the same commit", rows)
}

fn form(cx: Commit) -> AnyView {
    let Some(place) = cx.place.get_untracked() else { return ().into_any() };
    let errors = cx.shell.session.analysis.with(|analysis| {
        analysis.findings().iter().filter(|finding| finding.severity == Severity::Error).count()
    });
    let ways = [
        (Way::Direct, format!("Commit to {}", place.branch)),
        (Way::NewBranch, "Commit to a new branch".to_owned()),
        (Way::Pull, format!("New branch and a pull request into {}", place.branch)),
    ];
    let ways = ways.map(|(value, label)| {
        radio("github-way", label, "", move || cx.way.get() == value, move || cx.way.set(value))
    });
    let dispatch = cx.shell.session.analysis.with(|analysis| {
        ["workflow_dispatch", "schedule"].into_iter().find(|event| analysis.workflow.trigger(event).is_some())
    });
    let default = place.default_branch.clone();
    let off_default = move || cx.way.get() != Way::Direct || place.branch != place.default_branch;
    let line = |label: &'static str, value: RwSignal<String>| text_field("github-line", label, value);
    let ready = move || {
        let decided = cx.prepared.with(|prepared| prepared.as_ref().is_some_and(|p| p.is_ready()));
        let named = cx.way.get() == Way::Direct || cx.new_branch.with(|name| !name.trim().is_empty());
        decided && named && cx.message.with(|message| !message.trim().is_empty())
    };
    view! {
        {(errors > 0)
            .then(|| {
                let words = if errors == 1 { "There is 1 error".to_owned() } else { format!("There are {errors} errors") };
                banner::warning("status", format!("{words} in the file; GitHub will not run it as it is."))
            })}
        {choices("How", ways)}
        {move || (cx.way.get() != Way::Direct).then(|| line("Name of the new branch", cx.new_branch))}
        {line("Message", cx.message)}
        {move || {
            (cx.way.get() == Way::Pull)
                .then(|| {
                    view! {
                        <label class="github-line">
                            <span>"Description"</span>
                            <textarea
                                class="input github-text"
                                rows="8"
                                data-written=cx.text.get_untracked()
                                prop:value=move || cx.text.get()
                                on:input:target=move |event| cx.text.set(event.target().value())
                            ></textarea>
                        </label>
                    }
                })
        }}
        {move || {
            dispatch
                .filter(|_| off_default())
                .map(|event| {
                    view! {
                        <p class="note">
                            <code>{event}</code>
                            {format!(" works only once the file is on {default}, the default branch.")}
                        </p>
                    }
                })
        }}
        <div class="dialog-foot">
            <button type="button" class="button button-primary" disabled=move || !ready() on:click=move |_| cx.write()>
                {move || match cx.way.get() {
                    Way::Direct => "Commit",
                    Way::NewBranch => "Commit to the new branch",
                    Way::Pull => "Open the pull request",
                }}
            </button>
        </div>
    }
    .into_any()
}

impl Commit {
    /// Changed drafts besides the document: of the same repository and branch, and new files that are open beside it.
    pub(super) fn others(self) -> Vec<(String, Draft)> {
        let desk = self.shell.desk;
        let source = self.shell.source.get_untracked();
        let file = untrack(move || self.shell.session.file_path());
        let fits = |id: &String, draft: &Draft| match (&source, &draft.source) {
            (Some(source), Some(other)) => source.is_same_place(other) && draft.is_changed(),
            (_, None) => desk.files.with_untracked(|files| files.contains(id)),
            (None, Some(_)) => false,
        };
        let mut others: Vec<(String, Draft)> = Vec::new();
        let drafts = untrack(move || desk.drafts.all());
        for (id, draft) in drafts.into_iter().filter(|(id, draft)| draft.file != file && fits(id, draft)) {
            // The latest of several drafts of one file.
            if !others.iter().any(|(_, other)| other.file == draft.file) {
                others.push((id, draft));
            }
        }
        others
    }

    /// What goes along unless the person says otherwise: the files that are open beside it and come from the same place.
    pub(super) fn first_along(self) -> Vec<String> {
        let open = self.shell.desk.files.get_untracked();
        let others = self.others().into_iter();
        others.filter(|(id, draft)| open.contains(id) && draft.source.is_some()).map(|(id, _)| id).collect()
    }
}
