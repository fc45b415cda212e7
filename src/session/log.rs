//! The last edits, for views that follow the text edit by edit.

use std::collections::VecDeque;

use stepladder_yaml::TextEdit;

/// Edits that are remembered.
const REMEMBERED: usize = 64;

/// The last edits of the text, and how many there were.
#[derive(Default)]
pub(super) struct Log {
    revision: u64,
    edits: VecDeque<TextEdit>,
}

impl Log {
    /// Goes up with every edit, and by more than is remembered when another text is there.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// One more edit.
    pub(super) fn add(&mut self, edit: TextEdit) {
        self.revision += 1;
        self.edits.push_back(edit);
        if self.edits.len() > REMEMBERED {
            self.edits.pop_front();
        }
    }

    /// Another text is there, to which no edit leads.
    pub(super) fn forget(&mut self) {
        self.revision += 1 + REMEMBERED as u64;
        self.edits.clear();
    }

    /// The edits since `revision`; `None`: too long ago.
    pub(super) fn since(&self, revision: u64) -> Option<Vec<TextEdit>> {
        let missing = usize::try_from(self.revision.checked_sub(revision)?).ok()?;
        let first = self.edits.len().checked_sub(missing)?;
        Some(self.edits.iter().skip(first).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use stepladder_yaml::TextRange;

    use super::*;

    #[test]
    fn it_leads_on_from_what_it_remembers() {
        let edit = |at| TextEdit::replace(TextRange::empty(at), "x");
        let mut log = Log::default();
        (0..70).for_each(|at| log.add(edit(at)));
        assert_eq!(log.since(70), Some(Vec::new()));
        assert_eq!(log.since(68), Some(vec![edit(68), edit(69)]));
        assert_eq!(log.since(6).map(|edits| edits.len()), Some(64));
        assert_eq!((log.since(5), log.since(71)), (None, None));
        log.forget();
        assert_eq!((log.since(70), log.since(log.revision())), (None, Some(Vec::new())));
    }
}
