//! What may be typed into a field: words of the table, those that the file, the repository or the catalogue names there,
//! and in an expression what the text becomes by each completion. The browser offers them below the field.

use leptos::prelude::*;
use stepladder_workflow::ide::{self, CompletionKind};
use stepladder_workflow::{Analysis, Env};
use stepladder_yaml::Path;

use crate::session::Session;
use crate::ui::paint::after_paint;

/// So many texts are offered at most; a letter more makes them fewer.
const MOST_TEXTS: usize = 60;

/// The words for one field.
#[derive(Clone)]
pub(super) struct Known {
    session: Session,
    path: Path,
    id: String,
    words: RwSignal<Vec<String>>,
    /// While an expression is typed: the whole texts that it may become.
    texts: RwSignal<Vec<String>>,
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
            texts: RwSignal::new(Vec::new()),
            asked: StoredValue::new(false),
        }
    }

    /// The attribute `list` of the field: the id of the list. While there are no words, screen readers need not hear of one.
    pub(super) fn attribute(&self) -> Signal<Option<String>> {
        let (words, texts, id) = (self.words, self.texts, self.id.clone());
        let is_empty = move || words.with(Vec::is_empty) && texts.with(Vec::is_empty);
        Signal::derive(move || (!is_empty()).then(|| id.clone()))
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

    /// Somebody types `text`, which ends at the caret, into a field that takes expressions: what it may become is found once
    /// it is painted.
    pub(super) fn follow(&self, text: String) {
        let Self { session, path, texts, .. } = self.clone();
        after_paint(move || {
            if texts.is_disposed() {
                return;
            }
            let mut found = session.analysis.with_untracked(|analysis| {
                session.env.with_untracked(|env| ide::texts_within(analysis, env, &path, &text, text.len()))
            });
            // The browser would leave the others out, too.
            let typed = text.to_ascii_lowercase();
            found.retain(|found| found.to_ascii_lowercase().starts_with(&typed));
            found.truncate(MOST_TEXTS);
            if texts.with_untracked(|texts| *texts != found) {
                texts.set(found);
            }
        });
    }

    /// The list itself, without what is `taken` already.
    pub(super) fn list(&self, taken: impl Fn(&str) -> bool + Send + Sync + 'static) -> AnyView {
        let (words, texts) = (self.words, self.texts);
        let options = move || {
            let offered = if texts.with(Vec::is_empty) { words } else { texts };
            let words = offered.get().into_iter().filter(|word| !taken(word));
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
