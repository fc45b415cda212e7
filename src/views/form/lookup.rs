//! An action that the catalogue does not know: its inputs, outputs and versions, asked of GitHub when the person wants to
//! know.

use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_workflow::model::Uses;
use stepladder_yaml::Path;

use super::read;
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
            let told = shell.github.used_text(&uses).await;
            if let Some(Ok(text)) = &told {
                facts::learn(session, [(uses.as_str(), text.as_str())].into_iter());
            }
            // Also for a version that is not there: then the others are offered.
            shell.github.ask_versions(&uses).await;
            state.try_set(match told {
                Some(Err(failure)) => State::Failed(uses, failure.message),
                _ => State::Unasked,
            });
        });
    };
    (move || {
        let uses = subject.with(|(uses, _)| uses.clone());
        match state.get() {
            State::Asked => Some(view! { <p class="field-note" role="status">"Asking GitHub …"</p> }.into_any()),
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
