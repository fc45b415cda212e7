//! Words that may be typed into a field: those of the table, and those that the file, the repository or the catalogue
//! names there. The browser offers them below the field.

use leptos::prelude::*;
use stepladder_workflow::ide::{self, CompletionKind};
use stepladder_workflow::{Analysis, Env};
use stepladder_yaml::Path;

use crate::session::Session;
use crate::ui::paint::after_paint;

/// The words for one field.
#[derive(Clone)]
pub(super) struct Known {
    session: Session,
    path: Path,
    id: String,
    words: RwSignal<Vec<String>>,
    /// Whether the file has been asked since somebody came to the field.
    asked: StoredValue<bool>,
}

impl Known {
    /// For the control with that id of the value at `path`; `table` has the words that do not depend on the file.
    pub(super) fn new(
        session: Session,
        path: &Path,
        id: &str,
        table: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        let words = table.into_iter().map(Into::into).collect();
        Self {
            session,
            path: path.clone(),
            id: format!("{id}-list"),
            words: RwSignal::new(words),
            asked: StoredValue::new(false),
        }
    }

    /// The attribute `list` of the field: the id of the list. While there are no words, screen readers need not hear of one.
    pub(super) fn attribute(&self) -> Signal<Option<String>> {
        let (words, id) = (self.words, self.id.clone());
        Signal::derive(move || words.with(|words| !words.is_empty()).then(|| id.clone()))
    }

    /// Somebody comes to the field: what the file names there is asked anew.
    pub(super) fn come(&self) {
        self.asked.set_value(false);
        self.ask();
    }

    /// Asks once, as soon as there is a value to ask about; what is typed is painted first.
    pub(super) fn ask(&self) {
        if self.asked.get_value() {
            return;
        }
        let Self { session, path, words, asked, .. } = self.clone();
        after_paint(move || {
            // The form may have gone in the meantime.
            if words.is_disposed() {
                return;
            }
            let found = session
                .analysis
                .with_untracked(|analysis| session.env.with_untracked(|env| named(analysis, env, &path)));
            let Some(found) = found else { return };
            asked.set_value(true);
            words.update(|words| {
                for word in found {
                    if !words.contains(&word) {
                        words.push(word);
                    }
                }
            });
        });
    }

    /// The list itself, without what is `taken` already.
    pub(super) fn list(&self, taken: impl Fn(&str) -> bool + Send + Sync + 'static) -> AnyView {
        let words = self.words;
        let options = move || {
            let words = words.get().into_iter().filter(|word| !taken(word));
            words.map(|word| view! { <option value=word></option> }).collect::<Vec<_>>()
        };
        view! { <datalist id=self.id.clone()>{options}</datalist> }.into_any()
    }
}

/// What the file, the repository or the catalogue names at the value of `path`; `None` while there is no value.
fn named(analysis: &Analysis, env: &Env, path: &Path) -> Option<Vec<String>> {
    let node = analysis.tree.at(path)?;
    let start = node.items().next().unwrap_or(node).range().start;
    let plain = |kind| {
        matches!(
            kind,
            CompletionKind::Value
                | CompletionKind::Event
                | CompletionKind::Job
                | CompletionKind::Step
                | CompletionKind::Action
        )
    };
    let offers = ide::complete(analysis, env, start).into_iter();
    Some(offers.filter(|offer| plain(offer.kind) && !offer.deprecated).map(|offer| offer.label).collect())
}
