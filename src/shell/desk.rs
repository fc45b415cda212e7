//! The open files: each is a draft that is saved as it changes, one is in front, and no other tab of the browser has it.

mod others;
mod saving;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_workflow::Document;

use self::others::TRIES;
use super::{Screen, Shell, set_hash};
use crate::drafts::channel;
use crate::drafts::claim::{Claim, claim};
use crate::drafts::{Drafts, Kept};
use crate::github::local::Fetched;
use crate::github::source::Source;
use crate::shell::Pane;
use crate::{model, storage};

/// Which files are open. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    /// All drafts, also those that are not open.
    pub(crate) drafts: Drafts,
    /// Ids of the drafts whose files are open, in their order.
    pub(crate) files: RwSignal<Vec<String>>,
    /// The draft in front.
    pub(crate) front: RwSignal<Option<Front>>,
    /// What was read of repositories besides the open files.
    pub(crate) fetched: RwSignal<Fetched>,
    /// Undo histories of the open files that are not in front.
    parked: StoredValue<BTreeMap<String, Document>>,
    /// Whether the drafts of earlier visits are there.
    laid: StoredValue<bool>,
    claim: StoredValue<Option<Claim>, LocalStorage>,
    /// Goes up with each wish to go on with a draft; an older wish is given up.
    asked: StoredValue<u32>,
    /// Goes up with each change; what was saved before is not all.
    changes: StoredValue<u32>,
    /// When the last version was kept, and its text.
    version: StoredValue<(f64, Arc<str>)>,
    timer: StoredValue<Option<TimeoutHandle>>,
    told: StoredValue<bool>,
}

/// The draft in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Front {
    /// Its id.
    pub(crate) id: String,
    template: bool,
}

impl Desk {
    /// Nothing is open; [`Shell::start`] brings back what was.
    #[must_use]
    pub(super) fn new() -> Self {
        Self {
            drafts: Drafts::new(),
            files: RwSignal::new(Vec::new()),
            front: RwSignal::new(None),
            fetched: RwSignal::new(Fetched::default()),
            parked: StoredValue::new(BTreeMap::new()),
            laid: StoredValue::new(false),
            claim: StoredValue::new_local(None),
            asked: StoredValue::new(0),
            changes: StoredValue::new(0),
            version: StoredValue::new((0.0, "".into())),
            timer: StoredValue::new(None),
            told: StoredValue::new(false),
        }
    }

    /// Whether the drafts of earlier visits are there.
    pub(super) fn is_laid(self) -> bool {
        self.laid.get_value()
    }

    fn ask(self) -> u32 {
        self.asked.update_value(|asked| *asked += 1);
        self.asked.get_value()
    }

    fn is_in_front(self, id: &str) -> bool {
        self.front.with_untracked(|front| front.as_ref().is_some_and(|front| front.id == id))
    }
}

impl Shell {
    /// Shows what the address asks for, and brings the drafts and the open files back when the database can be asked.
    pub(crate) fn start(self) {
        channel::listen(move |news| self.hear(news));
        self.follow_address();
        let model = self.session.model;
        Effect::new(move |begun: Option<bool>| match model.get() {
            Some(part) if !begun.unwrap_or_default() => {
                spawn_local(self.lay(&part.kept));
                true
            }
            _ => begun.unwrap_or_default(),
        });
    }

    async fn lay(self, kept: &'static Kept) {
        self.desk.drafts.load(kept).await;
        let open = storage::get_session("files").and_then(|json| serde_json::from_str(&json).ok());
        let mut open: Vec<String> = open.unwrap_or_default();
        open.retain(|id| self.desk.drafts.get(id).is_some());
        self.desk.files.update(|files| {
            // The person may have been quicker.
            files.retain(|id| !open.contains(id));
            files.splice(0..0, open);
        });
        Effect::new(move |_| {
            if let Ok(json) = serde_json::to_string(&self.desk.files.get()) {
                storage::set_session("files", &json);
            }
        });
        self.desk.laid.set_value(true);
        let hash = window().location().hash().unwrap_or_default();
        if ["#draft=", "#share="].iter().any(|kind| hash.starts_with(kind)) {
            self.follow_address();
        }
        (kept.tidy)(self.desk.drafts.ids()).await;
    }

    /// Opens a text as a new draft and shows it.
    pub(crate) fn open(self, text: impl Into<Arc<str>>, file_name: &str, template: bool) {
        self.open_from(text, file_name, template, None);
    }

    /// Like [`Self::open`], for a text that comes from a place on GitHub.
    pub(crate) fn open_from(
        self,
        text: impl Into<Arc<str>>,
        file_name: &str,
        template: bool,
        source: Option<Source>,
    ) {
        self.desk.ask();
        self.put_away();
        if let Some(source) = &source {
            self.repository.set(source.repository.clone());
            self.close_same(source);
        }
        self.source.set(source);
        let id = storage::new_id();
        self.session.open(text, file_name);
        self.scenarios.set(Vec::new());
        self.desk.version.set_value((storage::now(), self.session.text_untracked()));
        self.desk.front.set(Some(Front { id: id.clone(), template }));
        self.desk.files.update(|files| files.push(id.clone()));
        self.save();
        self.show_editor(&id);
        spawn_local(async move {
            // Nobody else knows the id yet.
            let lost = id.clone();
            let claim = claim(&id, false, move || self.lose(&lost)).await;
            if self.desk.is_in_front(&id) {
                self.desk.claim.set_value(claim);
            }
        });
    }

    /// Of a file that is opened once more, an unchanged draft is of no use.
    fn close_same(self, source: &Source) {
        for id in self.desk.files.get_untracked() {
            let draft = self.desk.drafts.get(&id);
            if draft.is_some_and(|draft| draft.source.as_ref() == Some(source) && !draft.is_changed()) {
                self.forget_file(&id);
                self.desk.drafts.remove(&id);
            }
        }
    }

    /// Goes on with a draft. `false`: there is none of that id.
    pub(crate) fn resume(self, id: &str) -> bool {
        if self.desk.is_in_front(id) {
            self.show_editor(id);
            return true;
        }
        let exists = self.desk.drafts.get(id).is_some();
        if exists {
            let (id, asked) = (id.to_owned(), self.desk.ask());
            spawn_local(async move {
                match self.claim(&id, asked, TRIES, false).await {
                    Some(claim) => self.bring(id, claim, asked).await,
                    None => self.ask_other_tab(id, asked),
                }
            });
        }
        exists
    }

    /// Brings a draft to the front, which this tab has claimed; unless the person wanted something else meanwhile.
    async fn bring(self, id: String, claim: Claim, asked: u32) {
        let Some(part) = model::part().await else { return };
        let draft = self.desk.drafts.reread(&part.kept, &id).await;
        let (Some(draft), true) = (draft, self.desk.asked.get_value() == asked) else { return };
        self.put_away();
        let parked = self.desk.parked.try_update_value(|parked| parked.remove(&id)).flatten();
        // Another tab may have worked on it, or it was committed along with another file.
        let document = parked.filter(|document| **document.text() == *draft.text);
        self.source.set(draft.source);
        self.desk.version.set_value((storage::now(), Arc::clone(&draft.text)));
        let document = document.unwrap_or_else(|| Document::new(draft.text));
        self.session.unpark(document, draft.original, &draft.file);
        self.scenarios.set(draft.scenarios);
        self.desk.claim.set_value(Some(claim));
        self.desk.front.set(Some(Front { id: id.clone(), template: draft.template }));
        self.desk.files.update(|files| {
            if !files.contains(&id) {
                files.push(id.clone());
            }
        });
        self.saved.set(Some(draft.saved));
        self.show_editor(&id);
    }

    /// Saves the draft in front, or forgets it when it is a template that was only looked at; closes the open lesson.
    pub(super) fn put_away(self) {
        if self.course.lesson.with_untracked(Option::is_some) {
            self.course.lesson.set(None);
            self.session.env.update(|env| env.files.clear());
        }
        if let Some((id, draft)) = self.draft() {
            if draft.is_untouched_template() {
                self.desk.drafts.remove(&id);
                self.desk.files.update(|files| files.retain(|file| *file != id));
            } else {
                self.save_now();
                let is_open = self.desk.files.with_untracked(|files| files.contains(&id));
                if is_open {
                    self.desk.parked.update_value(|parked| drop(parked.insert(id, self.session.park())));
                }
            }
        }
        self.desk.front.set(None);
        self.desk.claim.set_value(None);
    }

    /// Lets go of a file whose draft is to be deleted; nothing else comes to the front.
    pub(crate) fn forget_file(self, id: &str) {
        self.desk.files.update(|files| files.retain(|file| file != id));
        self.desk.parked.update_value(|parked| drop(parked.remove(id)));
        if self.desk.is_in_front(id) {
            self.desk.front.set(None);
            self.desk.claim.set_value(None);
        }
    }

    /// Closes an open file; its draft stays on the start page.
    pub(crate) fn close_file(self, id: &str) {
        let at = self.desk.files.with_untracked(|files| files.iter().position(|file| file == id));
        self.desk.files.update(|files| files.retain(|file| file != id));
        self.desk.parked.update_value(|parked| drop(parked.remove(id)));
        if !self.desk.is_in_front(id) {
            return;
        }
        let next = self.desk.files.with_untracked(|files| {
            let at = at.unwrap_or_default().min(files.len().checked_sub(1)?);
            files.get(at).cloned()
        });
        self.put_away();
        if !next.is_some_and(|next| self.resume(&next)) {
            self.show_start();
        }
    }

    /// Brings the open file to the front that is `way` places further, round at the ends.
    pub(crate) fn next_file(self, way: isize) {
        let files = self.desk.files.get_untracked();
        let Some(at) = files.iter().position(|id| self.desk.is_in_front(id)) else { return };
        let to = (at as isize + way).rem_euclid(files.len() as isize) as usize;
        self.resume(&files[to]);
    }

    fn show_editor(self, id: &str) {
        self.pane.set(Pane::Graph);
        self.screen.set(Screen::Editor);
        set_hash(&format!("draft={id}"));
    }

    /// Goes on with the document that is open, else to the start page.
    pub(crate) fn show_document(self) {
        match self.desk.front.get_untracked() {
            Some(front) => self.show_editor(&front.id),
            None => self.show_start(),
        }
    }

    /// Whether a document is open, in whatever screen.
    #[must_use]
    pub(crate) fn has_document(self) -> bool {
        self.desk.front.with_untracked(Option::is_some)
    }

    /// Tells the analysis of the files beside the one in front.
    pub(super) fn tell_of_files(self) {
        Effect::new(move |_| self.tell_files());
    }

    /// The open files of the same repository, and what was read of it, are facts for the one in front.
    fn tell_files(self) {
        let source = self.source.get();
        let front = self.desk.front.get();
        if self.course.lesson.with(Option::is_some) || front.is_none() {
            return;
        }
        let own = self.session.file_path();
        let (mut files, mut missing) = self.desk.fetched.with(|fetched| fetched.of(source.as_ref()));
        for id in self.desk.files.get().iter().filter(|id| front.as_ref().is_some_and(|f| f.id != **id)) {
            let beside = self.desk.drafts.with(id, |draft| {
                (draft.file != own && is_beside(source.as_ref(), draft.source.as_ref()))
                    .then(|| (draft.file.clone(), Arc::clone(&draft.text)))
            });
            files.extend(beside.flatten());
        }
        missing.retain(|path| !files.contains_key(path));
        let known = self.session.env.with_untracked(|env| env.files == files && env.missing == missing);
        if !known {
            self.session.env.update(|env| {
                env.files = files;
                env.missing = missing;
            });
        }
    }
}

/// Whether two files belong to one repository: by where they come from, or, when that is not known of one of them, since
/// the person opened them side by side.
fn is_beside(one: Option<&Source>, other: Option<&Source>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.is_same_place(other),
        _ => true,
    }
}
