//! What `uses` may name: actions of the catalogue with their versions, actions and workflows of the repository.

use std::borrow::Cow;

use stepladder_yaml::{TextEdit, TextRange};

use crate::facts::actions::{Action, version_in_comment};

use super::super::view::step_of;
use super::super::{Completion, CompletionKind};
use super::At;

impl At<'_, '_> {
    /// Actions for a step, reusable workflows for a job.
    pub(super) fn uses(&self, at: usize) -> Vec<Completion> {
        let is_step = step_of(self.cx, at).is_some();
        let mut found = Vec::new();
        if !is_step {
            self.workflows(&mut found);
            return found;
        }
        let typed = &self.caret.typed;
        let catalogue = self.cx.env.catalogue.as_ref();
        if let Some((slug, _)) = typed.split_once('@') {
            if let Some(action) = catalogue.and_then(|catalogue| catalogue.action(slug)) {
                self.versions(action, &mut found);
            }
            return found;
        }
        self.local_actions(&mut found);
        for action in catalogue.iter().flat_map(|catalogue| catalogue.search("")) {
            let offer = self
                .offer(CompletionKind::Action, action.suggested_use())
                .detail(action.title.clone())
                .docs(action.doc.clone());
            found.push(offer.sort(found.len()));
        }
        found
    }

    /// The versions of an action, the newest first, and the newest release by its commit.
    fn versions(&self, action: &Action, found: &mut Vec<Completion>) {
        let remark = self.version_remark();
        let mut add = |git_ref: &str, detail: &'static str| {
            let label = [&action.slug, "@", git_ref].concat();
            if !found.iter().any(|known| known.label == label) {
                let old = action.is_outdated(git_ref, None);
                let detail = if old { "needs a Node.js that runners no longer have" } else { detail };
                let mut offer = self.offer(CompletionKind::Action, label).detail(detail).deprecated(old);
                // The remark told the version of the commit that gives way.
                offer.extra =
                    remark.map(|(blanks, remark)| TextEdit::replace(TextRange::new(blanks, remark.end), ""));
                found.push(offer.sort(found.len()));
            }
        };
        let suggested = action.suggested_use();
        if let Some((_, git_ref)) = suggested.split_once('@') {
            add(git_ref, if action.knows_newest() { "newest" } else { "" });
        }
        if let Some(release) = &action.latest {
            add(&release.tag, "newest release");
        }
        for version in action.versions.iter().rev() {
            add(&version.name, "");
        }
        let Some(release) = &action.latest else { return };
        let label = [&action.slug, "@", &release.sha].concat();
        let detail = ["the commit of ", &release.tag, ", which nobody can move"].concat();
        let mut offer = self.offer(CompletionKind::Action, label).detail(detail).sort(found.len());
        let written = ["# ", &release.tag].concat();
        match remark {
            Some((_, remark)) => offer.extra = Some(TextEdit::replace(remark, written)),
            None if self.caret.is_last && self.caret.quote.is_none() => offer.insert.extend([" ", &written]),
            None => {}
        }
        found.push(offer);
    }

    /// The remark with a version behind the word: where the blanks before it begin, and its bytes.
    fn version_remark(&self) -> Option<(u32, TextRange)> {
        let tree = &self.a.tree;
        let word = self.caret.word;
        let from = word.end + u32::from(self.caret.quote.is_some());
        let next = tree.comments().partition_point(|comment| comment.range.start < from);
        let remark = tree.comments().get(next).filter(|comment| comment.trailing)?.range;
        let between = tree.text().get(from as usize..remark.start as usize)?;
        let is_beside = between.bytes().all(|b| matches!(b, b' ' | b'\t'));
        (is_beside && version_in_comment(tree.slice(remark)).is_some()).then_some((from, remark))
    }

    fn local_actions(&self, found: &mut Vec<Completion>) {
        for path in self.cx.env.files.keys() {
            let folder = path.strip_suffix("action.yml").or_else(|| path.strip_suffix("action.yaml"));
            let Some(folder) = folder.filter(|folder| folder.is_empty() || folder.ends_with('/')) else {
                continue;
            };
            let label = ["./", folder.trim_end_matches('/')].concat();
            found.push(
                self.offer(CompletionKind::Action, label)
                    .detail("action of this repository")
                    .sort(found.len()),
            );
        }
    }

    fn workflows(&self, found: &mut Vec<Completion>) {
        for path in self.cx.env.files.keys().filter(|path| path.starts_with(".github/workflows/")) {
            let label = ["./", path].concat();
            let Some(callee) = self.cx.callee(&label).filter(|callee| callee.is_callable()) else { continue };
            let name = callee.workflow.name.as_ref().map(|name| name.value.clone());
            let detail = name.map_or(Cow::Borrowed("workflow of this repository"), Cow::Owned);
            found.push(self.offer(CompletionKind::Action, label).detail(detail).sort(found.len()));
        }
    }
}
