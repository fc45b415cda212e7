//! Which version of an action a step uses.

use leptos::prelude::*;
use stepladder_workflow::edits;

use super::super::controls::At;
use super::super::{library, write};

/// The versions of the action that are known, with what is to be said of each.
pub(super) fn versions(at: &At) -> AnyView {
    let session = at.session;
    let text = at.text();
    let known = Memo::new(move |_| {
        let uses = text.get();
        session.env.with(|env| {
            let action = env.catalogue.as_ref()?.action(library::split(&uses).0)?;
            let newest = action.newest().map(|version| version.name.clone());
            let mut versions: Vec<(String, &'static str)> = action
                .versions
                .iter()
                .map(|version| {
                    let note = if Some(&version.name) == newest.as_ref() {
                        " (newest)"
                    } else if version.is_outdated() {
                        " (runs on a Node.js that GitHub has removed)"
                    } else {
                        ""
                    };
                    (version.name.clone(), note)
                })
                .collect();
            versions.sort_by_key(|(name, _)| {
                let number =
                    name.trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
                std::cmp::Reverse(number.unwrap_or_default())
            });
            (versions.len() > 1).then_some(versions)
        })
    });
    let at = at.clone();
    (move || {
        let versions = known.get()?;
        let current = move || text.with(|uses| library::split(uses).1.to_owned());
        let is_known = {
            let names: Vec<String> = versions.iter().map(|(name, _)| name.clone()).collect();
            move || names.contains(&current())
        };
        let options: Vec<_> = versions
            .into_iter()
            .map(|(name, note)| {
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
