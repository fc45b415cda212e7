//! Which version of an action a step uses.

use leptos::prelude::*;
use stepladder_workflow::facts::actions::{self, Action};
use stepladder_workflow::{Env, edits};

use super::super::controls::At;
use super::super::{inputs, library, write};
use crate::shell::Shell;
use crate::ui::button::button;
use crate::ui::icon::Icon;

/// A version with what is to be said of it.
#[derive(Clone, PartialEq)]
struct Offer {
    name: String,
    note: String,
}

/// The versions of the action: its tags when GitHub has told them, else those that the catalogue knows.
pub(super) fn versions(at: &At) -> AnyView {
    let session = at.session;
    let github = expect_context::<Shell>().github;
    let text = at.text();
    let known = Memo::new(move |_| {
        let uses = text.get();
        let (slug, git_ref) = library::split(&uses);
        let offers = session.env.with(|env| {
            let action = env.catalogue.as_ref().and_then(|catalogue| catalogue.action(slug));
            match github.versions(&uses) {
                Some(tags) => {
                    let offers = tags.into_iter().map(|tag| {
                        let note = match tag.now {
                            _ if tag.is_newest => " (newest)".to_owned(),
                            Some(now) => format!(" (now {now})"),
                            None => outdated(action, &tag.name).to_owned(),
                        };
                        Offer { name: tag.name, note }
                    });
                    offers.collect()
                }
                None => action.map(catalogued).unwrap_or_default(),
            }
        });
        // One that is the step's own is no choice.
        offers.iter().any(|offer: &Offer| offer.name != git_ref).then_some(offers)
    });
    let at = at.clone();
    (move || {
        let versions = known.get()?;
        let current = move || text.with(|uses| library::split(uses).1.to_owned());
        let is_known = {
            let names: Vec<String> = versions.iter().map(|offer| offer.name.clone()).collect();
            move || names.contains(&current())
        };
        let options: Vec<_> = versions
            .into_iter()
            .map(|Offer { name, note }| {
                let (value, own) = (name.clone(), name.clone());
                view! { <option value=value selected=move || current() == own>{format!("{name}{note}")}</option> }
            })
            .collect();
        let here = at.clone();
        let change = move |event| {
            let version = event_target_value(&event);
            if !version.is_empty() {
                write::act(here.session, |analysis| edits::use_version(analysis, &here.path, &version));
            }
        };
        let other = move || {
            let shown: String = current().chars().take(12).collect();
            (!is_known()).then(|| view! { <option value="" selected=true>{format!("{shown} (as written)")}</option> })
        };
        Some(view! {
            <select class="field-input step-version" aria-label="Version of the action" on:change=change>
                {other}
                {options}
            </select>
        })
    })
    .into_any()
}

/// The versions that the catalogue knows. Which one is the newest it does not say of an action that it knows only from
/// single versions.
fn catalogued(action: &Action) -> Vec<Offer> {
    let newest = action.newest().filter(|_| action.knows_newest()).map(|version| &version.name);
    let mut offers: Vec<Offer> = action
        .versions
        .iter()
        .filter(|version| !actions::is_sha(&version.name))
        .map(|version| {
            let is_newest = Some(&version.name) == newest;
            let note = if is_newest { " (newest)" } else { outdated(Some(action), &version.name) };
            Offer { name: version.name.clone(), note: note.to_owned() }
        })
        .collect();
    offers.sort_by_key(|offer| {
        let number = offer.name.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().ok());
        std::cmp::Reverse(number.collect::<Option<Vec<_>>>())
    });
    offers
}

fn outdated(action: Option<&Action>, version: &str) -> &'static str {
    let is_outdated = action.is_some_and(|action| action.is_outdated(version, None));
    if is_outdated { " (runs on a Node.js that GitHub has removed)" } else { "" }
}

/// The button that takes the newest version, while the step uses an older one.
pub(super) fn update(at: &At) -> AnyView {
    let session = at.session;
    let github = expect_context::<Shell>().github;
    let text = at.text();
    let here = at.path.clone();
    let newer = Memo::new(move |_| {
        let uses = text.get();
        let is_pinned = actions::is_sha(library::split(&uses).1);
        if !is_pinned && github.versions(&uses).is_some_and(|versions| !versions.is_empty()) {
            return github.newer(&uses);
        }
        session.form.with(|analysis| {
            let comment = analysis.tree.at(&here).and_then(|node| node.trailing_comment());
            let comment = comment.map(|comment| analysis.tree.slice(comment.range));
            session.env.with(|env: &Env| inputs::newer(env, &uses, comment))
        })
    });
    let path = at.path.clone();
    let take = move |_| {
        if let Some(version) = newer.get_untracked() {
            write::act(session, |analysis| edits::use_version(analysis, &path, &version));
        }
    };
    (move || {
        newer.get().map(|version| {
            let is_pinned = text.with(|uses| actions::is_sha(library::split(uses).1));
            let instead = if is_pinned { ", instead of the pinned commit" } else { "" };
            let words = format!("Use {version}, the newest version{instead}");
            button("button-quiet step-newest", Some(Icon::Up), words, take.clone())
        })
    })
    .into_any()
}
