//! Newer versions of actions, with what changes, before they are taken.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_workflow::edits::{NewVersion, set_versions};
use stepladder_workflow::facts::actions::short_ref;
use stepladder_workflow::{Difference, upgrade};

use super::diff::diff;
use crate::session::Origin;
use crate::shell::{GitHubDialog, Shell};
use crate::ui::banner;
use crate::ui::choice::tick;
use crate::ui::icon::{Icon, icon};
use crate::ui::prose::with_code;
use crate::views::perform::perform;

/// Asks before these versions are taken.
pub(super) fn update(shell: Shell, versions: Vec<NewVersion>) {
    shell.github.updates.set(versions);
    shell.github_dialog.set(Some(GitHubDialog::Update));
}

/// What is known of a version: why it cannot be compared, or what is different.
type Told = Result<Vec<Difference>, String>;

/// The state of one update. Copy it freely.
#[derive(Clone, Copy)]
struct Updating {
    shell: Shell,
    versions: StoredValue<Vec<NewVersion>>,
    /// What stands behind `uses` of those that shall be taken.
    chosen: RwSignal<BTreeSet<String>>,
    told: RwSignal<BTreeMap<String, Told>>,
}

/// The dialog's content.
pub(super) fn dialog(shell: Shell) -> AnyView {
    let versions = shell.github.updates.get_untracked();
    let cx = Updating {
        shell,
        chosen: RwSignal::new(versions.iter().map(|version| version.uses.clone()).collect()),
        versions: StoredValue::new(versions),
        told: RwSignal::new(BTreeMap::new()),
    };
    cx.compare();
    let rows: Vec<_> = cx.versions.with_value(|versions| versions.iter().map(|one| cx.row(one)).collect());
    let take = move |_| {
        let versions = cx.taken();
        if perform(shell.session, Origin::Command, |analysis| set_versions(analysis, &versions)) {
            shell.session.offer_undo();
        }
        shell.github_dialog.set(None);
    };
    view! {
        <div class="github-commit-body">
            {rows} {move || cx.lines()}
        </div>
        <div class="dialog-foot">
            <button
                type="button"
                class="button button-primary"
                disabled=move || cx.chosen.with(BTreeSet::is_empty)
                on:click=take
            >
                {move || match cx.chosen.with(BTreeSet::len) {
                    0 => "Update".to_owned(),
                    1 => "Update 1 action".to_owned(),
                    count => format!("Update {count} actions"),
                }}
            </button>
        </div>
    }
    .into_any()
}

impl Updating {
    fn taken(self) -> Vec<NewVersion> {
        let chosen = self.chosen.get();
        let all = self.versions.get_value();
        all.into_iter().filter(|version| chosen.contains(&version.uses)).collect()
    }

    /// Reads the new versions, one after the other, and compares each with what is used.
    fn compare(self) {
        let github = self.shell.github;
        spawn_local(async move {
            for version in self.versions.get_value() {
                let uses = version.uses.clone();
                let slug = uses.split('@').next().unwrap_or_default();
                let facts = github.facts.get_untracked();
                let old =
                    facts.and_then(|facts| facts.uses.get(&uses).and_then(|used| used.text.clone().ok()));
                let new = github.used_text(&format!("{slug}@{}", version.git_ref)).await;
                let told = match (old, new) {
                    (Some(old), Some(Ok(new))) => self
                        .shell
                        .session
                        .analysis
                        .with_untracked(|analysis| upgrade(analysis, &uses, &old, &new))
                        .ok_or_else(unknown),
                    (_, Some(Err(failure))) => Err(failure.message),
                    _ => Err(unknown()),
                };
                let gone = self.told.try_update(|all| drop(all.insert(uses, told))).is_none();
                if gone {
                    return;
                }
            }
        });
    }

    fn row(self, version: &NewVersion) -> AnyView {
        let uses = version.uses.clone();
        let (slug, old) = uses.split_once('@').unwrap_or((&uses, ""));
        let repository = slug.splitn(3, '/').take(2).collect::<Vec<_>>().join("/");
        let new = version.remark.clone().unwrap_or_else(|| version.git_ref.clone());
        let web = self.shell.github.host.with_untracked(|host| host.web.clone());
        let compare = format!("{web}/{repository}/compare/{old}...{}", version.git_ref);
        let notes = format!("{web}/{repository}/releases");
        let head = view! {
            <code>{slug.to_owned()}</code>
            " from "
            <code>{short_ref(old).to_owned()}</code>
            " to "
            <code>{short_ref(&new).to_owned()}</code>
        };
        let head = if self.versions.with_value(|all| all.len() > 1) {
            let (mark, change) = (uses.clone(), uses.clone());
            tick(
                head,
                move || self.chosen.with(|chosen| chosen.contains(&mark)),
                move |on| {
                    self.chosen.update(|chosen| {
                        if on {
                            chosen.insert(change.clone());
                        } else {
                            chosen.remove(&change);
                        }
                    });
                },
            )
        } else {
            view! { <p class="update-head">{head}</p> }.into_any()
        };
        let key = uses.clone();
        let told = move || match self.told.with(|all| all.get(&key).cloned()) {
            None => view! { <p class="note" role="status">"Reading the new version…"</p> }.into_any(),
            Some(Err(why)) => banner::warning("status", why),
            Some(Ok(all)) if all.is_empty() => {
                view! { <p class="note">"What it takes and gives stays the same."</p> }.into_any()
            }
            Some(Ok(all)) => {
                let rows: Vec<_> = all.into_iter().map(difference).collect();
                view! { <ul class="update-told">{rows}</ul> }.into_any()
            }
        };
        view! {
            <section class="update" aria-label=format!("Update of {slug}")>
                {head} {told}
                <p class="update-links">
                    <a class="link" href=notes target="_blank" rel="noreferrer">
                        "Release notes"
                        {icon(Icon::External)}
                    </a>
                    <a class="link" href=compare target="_blank" rel="noreferrer">
                        "All changes of its code"
                        {icon(Icon::External)}
                    </a>
                </p>
            </section>
        }
        .into_any()
    }

    /// What changes in the text.
    fn lines(self) -> AnyView {
        let versions = self.taken();
        let text = self.shell.session.text();
        let name = self.shell.session.file_path();
        let edit = self.shell.session.analysis.with(|analysis| set_versions(analysis, &versions));
        match edit {
            Ok(edit) => {
                let new = edit.edit.apply(&text);
                view! {
                    <section class="github-change">
                        <p class="github-change-head">
                            <code>{name.clone()}</code>
                        </p>
                        {diff(&name, &text, &new)}
                    </section>
                }
                .into_any()
            }
            Err(_) if versions.is_empty() => ().into_any(),
            Err(refusal) => banner::warning("status", refusal.message),
        }
    }
}

fn unknown() -> String {
    "What it takes and gives cannot be compared; read the release notes.".to_owned()
}

fn difference(told: Difference) -> AnyView {
    let (class, glyph, word) = match told.breaks {
        true => ("state-warning", Icon::Warning, "Takes a change here: "),
        false => ("state-unknown", Icon::Hint, ""),
    };
    view! {
        <li>
            <span class=class>{icon(glyph)} <span class="visually-hidden">{word}</span></span>
            <span>{with_code(&told.text)}</span>
        </li>
    }
    .into_any()
}
