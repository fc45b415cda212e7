//! What the catalogue does not know of an action, asked of GitHub when the person wants to know: its inputs and outputs, its
//! newer versions, and their commits.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_workflow::facts::actions::Input;
use stepladder_workflow::ide;
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
                // Of some actions the catalogue does not say what the inputs mean.
                let says_nothing = |inputs: &[Arc<Input>]| {
                    let silent = inputs.iter().filter(|input| input.doc.is_empty()).count();
                    silent * 2 > inputs.len()
                };
                env.catalogue.as_ref().is_some_and(|known| {
                    ide::declared(env, uses).is_none()
                        && known
                            .at(slug, git_ref, comment.as_deref())
                            .is_none_or(|version| says_nothing(&version.inputs))
                })
            })
        })
    });
    let github = shell.github;
    // Of an action that the catalogue knows there may be newer versions than it does.
    let may_be_newer = Memo::new(move |_| {
        subject
            .with(|(uses, _)| matches!(Uses::new(uses), Uses::Remote { .. }) && !github.knows_versions(uses))
    });
    Effect::new(move |_| {
        if may_be_newer.get() {
            subject.with(|(uses, _)| github.look_for_versions(uses));
        }
    });
    let ask = move |_| {
        let uses = subject.with_untracked(|(uses, _)| uses.clone());
        let wants_inputs = unknown.get_untracked();
        state.set(State::Asked);
        spawn_local(async move {
            let told = if wants_inputs { github.used_text(&uses).await } else { None };
            if let Some(Ok(text)) = &told {
                facts::learn(session, [(uses.as_str(), text.as_str())].into_iter());
            }
            // Also for a version that is not there: then the others are offered.
            let versions = github.ask_versions(&uses).await;
            let failure = match told {
                Some(told) => told.err(),
                None => versions.err(),
            };
            state.try_set(match failure {
                Some(failure) => State::Failed(uses, failure.message),
                None => State::Unasked,
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
                "Ask GitHub for its inputs, versions and commits",
                ask,
            )),
            _ if may_be_newer.get() => Some(button(
                "button-quiet",
                Some(Icon::Search),
                "Ask GitHub for newer versions and their commits",
                ask,
            )),
            _ => None,
        }
    })
    .into_any()
}
