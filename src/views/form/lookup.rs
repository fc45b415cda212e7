//! An action that the catalogue does not know: its inputs, outputs and newest version, asked of GitHub when the person
//! wants to know.

use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_workflow::edits;
use stepladder_workflow::model::Uses;
use stepladder_yaml::Path;

use super::{read, write};
use crate::facts;
use crate::session::Session;
use crate::shell::Shell;
use crate::ui::button::button;
use crate::ui::icon::{Icon, icon};

/// How far a question has come.
#[derive(Clone, PartialEq)]
enum State {
    Unasked,
    Asked,
    /// What was told of the `uses` of that text: its newest version, when it is not that.
    Told(String, Option<String>),
    /// Why not, for the `uses` of that text.
    Failed(String, String),
}

/// The button that asks for the action whose `uses` is at `path`, and what came of it; nothing while all is known.
pub(super) fn lookup(session: Session, path: &Path) -> AnyView {
    let shell = expect_context::<Shell>();
    let state = RwSignal::new(State::Unasked);
    let here = path.clone();
    let subject = session.form.derive(move |analysis| {
        let comment = analysis.tree.at(&here).and_then(|node| node.trailing_comment());
        let comment = comment.map(|comment| analysis.tree.slice(comment.range).to_owned());
        (read::shown(analysis, &here).text(), comment)
    });
    let unknown = Memo::new(move |_| {
        subject.with(|(uses, comment)| {
            let Uses::Remote { slug, git_ref, .. } = Uses::new(uses) else { return false };
            session.env.with(|env| {
                env.catalogue
                    .as_ref()
                    .is_some_and(|known| known.at(slug, git_ref, comment.as_deref()).is_none())
            })
        })
    });
    let ask = move |_| {
        let uses = subject.with_untracked(|(uses, _)| uses.clone());
        state.set(State::Asked);
        spawn_local(async move {
            let told = match shell.github.used_text(&uses).await {
                Some(Ok(text)) => {
                    facts::learn(session, [(uses.as_str(), text.as_str())].into_iter());
                    let newest = shell.github.newer(&uses).await;
                    State::Told(uses, newest)
                }
                Some(Err(failure)) => State::Failed(uses, failure.message),
                None => State::Unasked,
            };
            state.try_set(told);
        });
    };
    let update = path.clone();
    (move || {
        let uses = subject.with(|(uses, _)| uses.clone());
        let update = update.clone();
        match state.get() {
            State::Asked => Some(view! { <p class="field-note" role="status">"Asking GitHub …"</p> }.into_any()),
            State::Told(of, Some(newest)) if of == uses => {
                let words = format!("Use {newest}, the newest version");
                Some(button("button-quiet", Some(Icon::Up), words, move |_| {
                    write::act(session, |analysis| edits::use_version(analysis, &update, &newest));
                }))
            }
            State::Failed(of, why) if of == uses => Some(
                view! {
                    <p class="field-problem is-warning" role="status">{icon(Icon::Warning)} <span>{why}</span></p>
                    {button("button-small button-quiet", Some(Icon::Search), "Ask again", ask)}
                }
                .into_any(),
            ),
            _ if unknown.get() => Some(button(
                "button-quiet",
                Some(Icon::Search),
                "Ask GitHub for its inputs",
                ask,
            )),
            _ => None,
        }
    })
    .into_any()
}
