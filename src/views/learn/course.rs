//! Which lesson is open, and how far the person has come.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use stepladder_content::Checked;
use stepladder_content::lesson::{Lesson, LessonEntry};

use super::fetch;
use crate::session::Session;
use crate::storage;

/// Where the progress is kept.
const KEY: &str = "learning";

/// How far the person has come; kept in the browser, exported and imported as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// Ids of the lessons that were passed.
    pub(crate) done: BTreeSet<String>,
    /// The workflows of lessons that were begun, by id.
    #[serde(default)]
    pub(crate) texts: BTreeMap<String, String>,
}

impl Progress {
    /// Takes over what another browser knows; what is here stays where both know something.
    pub(crate) fn join(&mut self, other: Self) {
        self.done.extend(other.done);
        for (id, text) in other.texts {
            self.texts.entry(id).or_insert(text);
        }
    }
}

/// The lessons and the one that is open. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Course {
    /// All lessons; `None` until they are loaded.
    pub(crate) index: RwSignal<Option<Result<Vec<LessonEntry>, ()>>>,
    /// The open lesson.
    pub(crate) lesson: RwSignal<Option<Arc<Lesson>>>,
    /// How far the person has come.
    pub(crate) progress: RwSignal<Progress>,
    /// What holds of the open lesson; empty when none is open.
    pub(crate) grade: Memo<Vec<Checked>>,
    /// Whether the text is still that of the start.
    pub(crate) untouched: Memo<bool>,
}

impl Course {
    /// With no lesson open.
    pub(crate) fn new(session: Session) -> Self {
        let kept: Progress =
            storage::get(KEY).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
        let progress = RwSignal::new(kept);
        let lesson = RwSignal::new(None::<Arc<Lesson>>);
        let grade = Memo::new(move |_| {
            let grade = session.model.get().map(|part| part.grade);
            let graded = lesson.get().zip(grade).map(|(lesson, grade)| grade(&lesson, &session.text()));
            graded.unwrap_or_default()
        });
        let untouched =
            Memo::new(move |_| lesson.get().is_some_and(|lesson| *lesson.start == *session.text()));
        Effect::new(move |_| {
            if let Ok(json) = progress.with(serde_json::to_string) {
                storage::set(KEY, &json);
            }
        });
        // What was written is kept with each change; what holds once stays done.
        Effect::new(move |_| {
            let Some(lesson) = lesson.get() else { return };
            let text = session.text();
            let passed = grade.with(|grade| !grade.is_empty() && grade.iter().all(|checked| checked.holds));
            let id = lesson.id.clone();
            let old = progress.get_untracked();
            let mut new = old.clone();
            if *text == *lesson.start {
                new.texts.remove(&id);
            } else {
                new.texts.insert(id.clone(), text.to_string());
            }
            if passed {
                new.done.insert(id);
            }
            if new != old {
                progress.set(new);
            }
        });
        Self { index: RwSignal::new(None), lesson, progress, grade, untouched }
    }

    /// Loads the list, unless it is there.
    pub(crate) fn load_index(self) {
        if self.index.with_untracked(|index| matches!(index, Some(Ok(_)))) {
            return;
        }
        self.index.set(None);
        spawn_local(async move {
            self.index.set(Some(fetch("content/lessons.json").await.ok_or(())));
        });
    }

    /// Loads a lesson and hands it over.
    pub(crate) fn load(self, id: &str, then: impl FnOnce(Option<Arc<Lesson>>) + 'static) {
        // Ids come from the address: nothing but a name may become part of a path.
        let is_name = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let address = format!("content/lessons/{id}.json");
        spawn_local(async move {
            let lesson = if is_name { fetch::<Lesson>(&address).await } else { None };
            then(lesson.map(Arc::new));
        });
    }

    /// The text to go on with.
    pub(crate) fn text_of(self, lesson: &Lesson) -> String {
        self.progress
            .with_untracked(|progress| progress.texts.get(&lesson.id).cloned())
            .unwrap_or_else(|| lesson.start.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_progress_keeps_what_is_here() {
        let one = |done: &str, text: &str| Progress {
            done: [done.to_owned()].into(),
            texts: [("a".to_owned(), text.to_owned())].into(),
        };
        let mut here = one("a", "mine");
        here.join(one("b", "other"));
        assert_eq!(here.done.len(), 2);
        assert_eq!(here.texts["a"], "mine");
    }
}
