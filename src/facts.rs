//! Facts that are too large for the first download: the table of actions, and what `github.event` holds.

use std::sync::Arc;

use gloo_net::http::Request;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_workflow::facts::actions::Catalogue;
use stepladder_workflow::facts::payload::Payloads;

use crate::session::Session;
use crate::ui::toast::{Action, Tone};

/// Fetches what is missing into the session's environment. Until it is there, whatever depends on it is unknown, and the
/// checks are silent about it.
pub(crate) fn load(session: Session) {
    spawn_local(async move {
        let missing = session.env.with_untracked(|env| (env.catalogue.is_none(), env.payloads.is_none()));
        let catalogue = match missing.0 {
            true => fetch("content/actions.json").await.and_then(|json| Catalogue::from_json(&json).ok()),
            false => None,
        };
        let payloads = match missing.1 {
            true => fetch("content/payload.json").await.and_then(|json| Payloads::from_json(&json).ok()),
            false => None,
        };
        let failed = (missing.0 && catalogue.is_none()) || (missing.1 && payloads.is_none());
        if catalogue.is_some() || payloads.is_some() {
            session.env.update(|env| {
                env.catalogue = catalogue.map(Arc::new).or(env.catalogue.take());
                env.payloads = payloads.map(Arc::new).or(env.payloads.take());
            });
        }
        if failed {
            session.toaster.show(
                Tone::Warning,
                "What is known about published actions could not be loaded, so their inputs are not checked.",
                Some(Action::new("Try again", move || load(session))),
            );
        }
    });
}

async fn fetch(address: &str) -> Option<String> {
    let response = Request::get(address).send().await.ok()?;
    if response.ok() { response.text().await.ok() } else { None }
}

/// Takes what GitHub told of actions as facts: each `uses` with the text of its metadata file.
pub(crate) fn learn<'a>(session: Session, told: impl Iterator<Item = (&'a str, &'a str)>) {
    session.env.update(|env| {
        let mut catalogue: Catalogue = env.catalogue.as_deref().cloned().unwrap_or_default();
        for (uses, text) in told {
            if let Some((slug, git_ref)) = uses.split_once('@') {
                catalogue.learn(slug, git_ref, text);
            }
        }
        env.catalogue = Some(Arc::new(catalogue));
    });
}
