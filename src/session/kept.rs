//! What is kept for places of the document while the page shows it, as what somebody has typed there and cannot be written: it
//! goes where the step or the job that it is for goes.

use std::sync::Arc;

use leptos::prelude::*;
use stepladder_workflow::Analysis;
use stepladder_workflow::edits::Moved;
use stepladder_yaml::{Path, Step, TextEdit};

use super::Session;

/// A place that goes with what it lies in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The offset at which the step begins that it lies in, else the job; `None`: it lies in neither.
    owner: Option<u32>,
    /// The way from there.
    rest: Path,
}

/// What is kept, by its places.
pub(super) struct Kept<T>(Vec<(Spot, T)>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Kept<T> {
    pub(super) fn get(&self, spot: &Spot) -> Option<&T> {
        self.0.iter().find(|(own, _)| own == spot).map(|(_, kept)| kept)
    }

    pub(super) fn insert(&mut self, spot: Spot, kept: T) {
        self.remove(&spot);
        self.0.push((spot, kept));
    }

    pub(super) fn remove(&mut self, spot: &Spot) {
        self.0.retain(|(own, _)| own != spot);
    }

    /// Another text is there.
    pub(super) fn forget(&mut self) {
        self.0.clear();
    }

    fn owners(&self) -> impl Iterator<Item = u32> {
        self.0.iter().filter_map(|(spot, _)| spot.owner)
    }

    /// Goes with the text to where the owners are after `edit`, which has carried some from one offset to another. Those of
    /// which it has written over the beginning are others now.
    fn follow(&mut self, edit: &TextEdit, carried: &[(u32, u32)]) {
        self.0.retain_mut(|(spot, _)| {
            let Some(at) = spot.owner else { return true };
            let known = carried.iter().find(|(from, _)| *from == at).map(|(_, to)| *to);
            spot.owner = known.or_else(|| followed(at, edit));
            spot.owner.is_some()
        });
    }
}

/// Where what began at `at` begins after `edit`.
fn followed(at: u32, edit: &TextEdit) -> Option<u32> {
    let mut moved = i64::from(at);
    for change in edit.changes() {
        let range = change.range;
        if range.start >= at {
            break;
        }
        if range.end > at {
            return None;
        }
        moved += i64::try_from(change.insert.len()).unwrap_or(0) - i64::from(range.len());
    }
    u32::try_from(moved).ok()
}

/// The step that `path` lies in, also of one in a parallel group, else the job.
fn owner_of(path: &Path) -> Option<Path> {
    let steps = path.steps();
    let is_step = |len: &usize| matches!(&steps[..*len], [.., Step::Key(list), Step::Index(_)] if list == "steps" || list == "parallel");
    let job = || matches!(steps, [Step::Key(jobs), Step::Key(_), ..] if jobs == "jobs").then_some(2);
    let len = (2..=steps.len()).rev().find(is_step).or_else(job)?;
    Some(Path(steps[..len].to_vec()))
}

/// The offset at which a step or a job begins.
fn start_of(analysis: &Analysis, owner: &Path) -> Option<u32> {
    let key = analysis.tree.entry_at(owner).map(|entry| entry.key.range().start);
    key.or_else(|| Some(analysis.tree.at(owner)?.range().start))
}

/// What an edit will carry elsewhere, as it stands before the edit.
pub(super) struct Carried(Option<Arc<Analysis>>);

impl Session {
    /// The place at `path` of the present text; `None`: what it lies in is not there.
    pub(super) fn spot(self, path: &Path) -> Option<Spot> {
        let Some(owner) = owner_of(path) else { return Some(Spot { owner: None, rest: path.clone() }) };
        let start = self.analysis.with_untracked(|analysis| start_of(analysis, &owner))?;
        Some(Spot { owner: Some(start), rest: Path(path.steps()[owner.steps().len()..].to_vec()) })
    }

    /// To be asked before an edit, for [`Self::carry`].
    pub(super) fn carried(self) -> Carried {
        let is_empty = self.formers.with_value(|kept| kept.0.is_empty())
            && self.switched.with_value(|kept| kept.0.is_empty())
            && self.unwritten.kept().with_value(|kept| kept.0.is_empty());
        Carried((!is_empty).then(|| self.analysis.get_untracked()))
    }

    /// Goes with what is kept to where it belongs after `edit`, which has `moved` something.
    pub(super) fn carry(self, Carried(before): Carried, edit: &TextEdit, moved: Option<&Moved>) {
        let Some(before) = before else { return };
        let after = moved.map(|moved| (moved, self.analysis.get_untracked()));
        let lead = |at: u32| {
            let (moved, after) = after.as_ref()?;
            let owner = owner_of(&before.path_at(at))?;
            Some((at, start_of(after, &moved.lead(&owner))?))
        };
        self.formers
            .update_value(|kept| kept.follow(edit, &kept.owners().filter_map(lead).collect::<Vec<_>>()));
        self.switched
            .update_value(|kept| kept.follow(edit, &kept.owners().filter_map(lead).collect::<Vec<_>>()));
        let drafts = self.unwritten.kept();
        drafts.update_value(|kept| kept.follow(edit, &kept.owners().filter_map(lead).collect::<Vec<_>>()));
    }
}

#[cfg(test)]
mod tests {
    use stepladder_yaml::{TextRange, path};

    use super::*;

    #[test]
    fn a_step_is_found_where_it_has_gone_and_not_where_another_stands() {
        let after = |range: TextRange, insert: &str| followed(10, &TextEdit::replace(range, insert));
        assert_eq!(after(TextRange::new(0, 2), "four"), Some(12));
        assert_eq!(after(TextRange::new(4, 10), ""), Some(4));
        assert_eq!(after(TextRange::new(10, 14), "run"), Some(10));
        assert_eq!(after(TextRange::empty(20), "x"), Some(10));
        assert_eq!(after(TextRange::new(8, 12), "x"), None);
    }

    #[test]
    fn the_innermost_step_owns_a_place() {
        let step = path!["jobs", "a", "steps", 1];
        let inner = step.child("parallel").child(0);
        assert_eq!(owner_of(&step.child("with")), Some(step.clone()));
        assert_eq!(owner_of(&inner.child("with")), Some(inner));
        assert_eq!(owner_of(&path!["jobs", "a", "needs", 0]), Some(path!["jobs", "a"]));
        assert_eq!(owner_of(&path!["runs", "steps", 0, "run"]), Some(path!["runs", "steps", 0]));
        assert_eq!(owner_of(&path!["on", "push"]), None);
    }

    #[test]
    fn what_is_carried_is_where_that_has_gone() {
        let spot = |at| Spot { owner: Some(at), rest: path!["with"] };
        let mut kept = Kept::default();
        kept.insert(spot(10), "moved");
        kept.insert(spot(30), "next");
        kept.follow(&TextEdit::replace(TextRange::new(8, 20), ""), &[(10, 50)]);
        assert_eq!((kept.get(&spot(50)), kept.get(&spot(18))), (Some(&"moved"), Some(&"next")));
    }
}
