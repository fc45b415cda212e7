//! What a new name of a job does not reach.

use stepladder_workflow::edits;

use crate::session::Session;
use crate::ui::toast::Tone;

/// Tells, once a job has another name, where text that cannot be read still has the old one.
pub(crate) fn tell(session: Session, old: &str) {
    if let Some(line) = session.analysis.with_untracked(|analysis| edits::left_behind(analysis, old)) {
        let words =
            format!("`{old}` still stands in line {line}, which cannot be read; change it there by hand.");
        session.toaster.show(Tone::Warning, words, None);
    }
}
