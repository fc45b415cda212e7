//! Which document is open, and the file that it is.

use std::sync::Arc;

use leptos::prelude::*;
use stepladder_workflow::Document;
use stepladder_yaml::Path;

use super::kept::Kept;
use super::log::Log;
use super::{Origin, Session};

impl Session {
    /// Opens another document; its history starts empty. `file_name` is its path in the repository.
    pub(crate) fn open(self, text: impl Into<Arc<str>>, file_name: &str) {
        let text = text.into();
        self.resume(Arc::clone(&text), text, file_name);
    }

    /// Like [`Self::open`], for a text that differed from `original` when it was put away.
    pub(crate) fn resume(self, text: Arc<str>, original: Arc<str>, file_name: &str) {
        self.unpark(Document::new(text), original, file_name);
    }

    /// The document with its history, to be brought back by [`Self::unpark`].
    #[must_use]
    pub(crate) fn park(self) -> Document {
        self.document.get_untracked()
    }

    /// Like [`Self::resume`], with the history that the document has.
    pub(crate) fn unpark(self, document: Document, original: Arc<str>, file_name: &str) {
        let file_name = repository_path(file_name);
        self.log.update_value(Log::forget);
        self.formers.update_value(Kept::forget);
        self.switched.update_value(Kept::forget);
        self.unwritten.kept().update_value(Kept::forget);
        self.original.set(original);
        self.env.update(|env| env.file_name = Some(file_name));
        self.document.set(document);
        self.acts();
        self.catch_up();
        self.flash.update(|flash| flash.ranges.clear());
        self.opened.update(|count| *count = count.wrapping_add(1));
        self.toaster.outdate();
        self.select(Path::root(), Origin::Open);
    }

    /// The path of the file in its repository, such as `.github/workflows/train.yml`.
    #[must_use]
    pub(crate) fn file_path(self) -> String {
        self.env.with(|env| env.file_name.clone().unwrap_or_else(|| repository_path("workflow.yml")))
    }

    /// The last part of [`Self::file_path`].
    #[must_use]
    pub(crate) fn file_name(self) -> String {
        let path = self.file_path();
        path.rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// Gives the file another name; an empty one is ignored.
    pub(crate) fn rename_file(self, name: &str) {
        let path = repository_path(name.trim());
        if !name.trim().is_empty() && self.env.with_untracked(|env| env.file_name.as_ref() != Some(&path)) {
            self.env.update(|env| env.file_name = Some(path));
        }
    }
}

/// Where GitHub looks for a file of that name: workflows in `.github/workflows/`, an action's metadata where it is.
#[must_use]
fn repository_path(name: &str) -> String {
    let name = name.trim_start_matches("./").trim_start_matches('/');
    let last = name.rsplit('/').next().unwrap_or(name);
    if name.contains('/') || last == "action.yml" || last == "action.yaml" {
        return name.to_owned();
    }
    let end = if last.ends_with(".yml") || last.ends_with(".yaml") { "" } else { ".yml" };
    format!(".github/workflows/{last}{end}")
}
