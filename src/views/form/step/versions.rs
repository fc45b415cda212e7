//! Which version of an action a step uses.

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::facts::actions::{self, Action};

use super::super::controls::At;
use super::super::{library, write};
use super::pin::{self, Choice};
use crate::github::preflight::Commit;
use crate::shell::Shell;

/// A version with what is to be said of it.
#[derive(Clone, PartialEq)]
struct Offer {
    name: String,
    note: String,
}

/// What there is to choose from.
#[derive(Clone, PartialEq)]
struct Offers {
    tags: Vec<Offer>,
    /// Of a pinned one, the commits of the versions.
    commits: Option<Vec<(Commit, &'static str)>>,
}

/// The versions of the action: its tags when GitHub has told them, else those that the catalogue knows.
pub(super) fn versions(at: &At, choice: Memo<Choice>) -> AnyView {
    let session = at.session;
    let github = expect_context::<Shell>().github;
    let offers = Memo::new(move |_| {
        let uses = choice.with(|choice| choice.uses.clone());
        let (slug, git_ref) = library::split(&uses);
        session.env.with(|env| {
            let action = env.catalogue.as_ref().and_then(|catalogue| catalogue.action(slug));
            let known = github.known(&uses, action);
            let newest = match (known.is_told, known.is_whole) {
                (false, _) => NEWEST_KNOWN,
                (true, true) => " (newest)",
                (true, false) => " (newest of those that GitHub told)",
            };
            let tags: Vec<Offer> = match known.is_told {
                true => {
                    let offers = known.listed().into_iter().map(|tag| {
                        let note = match tag.now {
                            _ if tag.is_newest => newest.to_owned(),
                            Some(now) => format!(" (now {now})"),
                            None => outdated(action, &tag.name).to_owned(),
                        };
                        Offer { name: tag.name, note }
                    });
                    offers.collect()
                }
                false => action.map(catalogued).unwrap_or_default(),
            };
            let commits = actions::is_sha(git_ref).then(|| {
                let notes = std::iter::once(newest).chain(std::iter::repeat(""));
                known.commits().into_iter().zip(notes).collect::<Vec<_>>()
            });
            // One that is the step's own is no choice.
            tags.iter().any(|offer| offer.name != git_ref).then_some(Offers { tags, commits })
        })
    });
    let at = at.clone();
    (move || {
        let current = move || choice.with(|choice| library::split(&choice.uses).1.to_owned());
        let Some(Offers { tags, commits }) = offers.get() else {
            // Nothing can be chosen; what is pinned is told all the same.
            let pinned = move || choice.with(pin::words);
            return (move || pinned().map(|words| view! { <span class="step-pinned">{words}</span> })).into_any();
        };
        let names: Vec<String> = tags.iter().map(|offer| offer.name.clone()).collect();
        let listed: Vec<String> =
            commits.iter().flatten().map(|(commit, _)| commit.sha.to_ascii_lowercase()).collect();
        let is_listed = move || {
            let current = current();
            names.contains(&current) || listed.contains(&current.to_ascii_lowercase())
        };
        let here = at.clone();
        let change = move |event| {
            let value = event_target_value(&event);
            match value.split_once(' ') {
                Some((sha, version)) => {
                    write::act(here.session, |analysis| edits::pin_version(analysis, &here.path, sha, version));
                }
                None if !value.is_empty() => {
                    pin::use_tag(here.session, &here.path, &value);
                }
                None => {}
            }
        };
        let own = move || {
            let words = choice.with(pin::words).unwrap_or_else(|| format!("{} (as written)", current()));
            (!is_listed()).then(|| view! { <option value="" selected=true>{words}</option> })
        };
        let is_pinned = commits.is_some();
        let pins = commits.into_iter().flatten().map(|(Commit { version, sha }, note)| {
            let value = format!("{sha} {version}");
            let selected = move || current().eq_ignore_ascii_case(&sha);
            view! { <option value=value selected=selected>{format!("{version}, pinned by commit{note}")}</option> }
        });
        let pins: Vec<_> = pins.collect();
        let tags: Vec<_> = tags
            .into_iter()
            .map(|Offer { name, note }| {
                let (value, own) = (name.clone(), name.clone());
                view! { <option value=value selected=move || current() == own>{format!("{name}{note}")}</option> }
            })
            .collect();
        let options = if is_pinned {
            let pins = (!pins.is_empty()).then(|| view! { <optgroup label="Pinned by commit">{pins}</optgroup> });
            view! { {pins} <optgroup label="By tag: the pin goes">{tags}</optgroup> }.into_any()
        } else {
            tags.into_any()
        };
        view! {
            <select class="field-input step-version" aria-label="Version of the action" on:change=change>
                {own}
                {options}
            </select>
        }
        .into_any()
    })
    .into_any()
}

/// What is said of the newest version that the catalogue knows.
const NEWEST_KNOWN: &str = " (newest known to this page)";

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
            let note = if is_newest { NEWEST_KNOWN } else { outdated(Some(action), &version.name) };
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
