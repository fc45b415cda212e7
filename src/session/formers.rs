//! What steps were before they became of another kind, as long as the document is open.

use leptos::prelude::*;
use stepladder_workflow::edits::{StepText, ToKind, Value};
use stepladder_yaml::{Path, TextEdit};

use super::Session;

/// What a step was when it was of another kind.
#[derive(Clone)]
pub(crate) struct Former {
    pub(crate) what: ToKind,
    /// The keys that only such a step has.
    pub(crate) more: Vec<(String, Value)>,
    /// All keys of the step in their order.
    pub(crate) order: Vec<String>,
    /// The step as it was written; `None`: it shares something with other places.
    pub(crate) text: Option<StepText>,
}

/// Steps by the offset at which they begin, each with what it was, one for each kind.
#[derive(Default)]
pub(super) struct Formers(Vec<(u32, Vec<Former>)>);

impl Formers {
    /// Goes with the text to where the steps are after `edit`. Those of which it has written over the beginning are
    /// others now.
    pub(super) fn follow(&mut self, edit: &TextEdit) {
        self.0.retain_mut(|(at, _)| {
            let mut moved = i64::from(*at);
            for change in edit.changes() {
                let range = change.range;
                if range.start >= *at {
                    break;
                }
                if range.end > *at {
                    return false;
                }
                moved += i64::try_from(change.insert.len()).unwrap_or(0) - i64::from(range.len());
            }
            *at = u32::try_from(moved).unwrap_or(0);
            true
        });
    }

    /// Another text is there.
    pub(super) fn forget(&mut self) {
        self.0.clear();
    }
}

impl Session {
    /// What the step at `step` was when it was of each other kind, the latest last.
    pub(crate) fn formers(self, step: &Path) -> Vec<Former> {
        let Some(start) = self.start_of(step) else { return Vec::new() };
        self.formers.with_value(|Formers(all)| {
            all.iter().find(|(at, _)| *at == start).map(|(_, own)| own.clone()).unwrap_or_default()
        })
    }

    /// Remembers what the step at `step` was; `known` is what it had been before that.
    pub(crate) fn keep_formers(self, step: &Path, mut known: Vec<Former>, latest: Former) {
        let Some(start) = self.start_of(step) else { return };
        known.retain(|former| former.what.key() != latest.what.key());
        known.push(latest);
        self.formers.update_value(|Formers(all)| {
            all.retain(|(at, _)| *at != start);
            all.push((start, known));
        });
    }

    fn start_of(self, step: &Path) -> Option<u32> {
        self.analysis.with_untracked(|analysis| Some(analysis.tree.at(step)?.range().start))
    }
}

#[cfg(test)]
mod tests {
    use stepladder_yaml::TextRange;

    use super::*;

    #[test]
    fn a_step_is_found_where_it_has_gone_and_not_where_another_stands() {
        let after = |range: TextRange, insert: &str| {
            let mut formers = Formers(vec![(10, Vec::new())]);
            formers.follow(&TextEdit::replace(range, insert));
            formers.0.first().map(|(at, _)| *at)
        };
        assert_eq!(after(TextRange::new(0, 2), "four"), Some(12));
        assert_eq!(after(TextRange::new(4, 10), ""), Some(4));
        assert_eq!(after(TextRange::new(10, 14), "run"), Some(10));
        assert_eq!(after(TextRange::empty(20), "x"), Some(10));
        assert_eq!(after(TextRange::new(8, 12), "x"), None);
    }
}
