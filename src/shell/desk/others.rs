//! Other tabs of the browser: one at a time works on a draft, and each hears what the others do.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Screen, Shell};
use crate::drafts::channel::{self, News};
use crate::drafts::claim::{Claim, claim};
use crate::github::wait;
use crate::model;
use crate::ui::question::Question;
use crate::ui::toast::Action;

/// How often a draft is asked for before another tab is said to have it, and before it is taken from that tab.
pub(super) const TRIES: u32 = 6;
const PATIENCE: u32 = 30;
/// How long to wait between, in milliseconds.
const BETWEEN: u64 = 80;

impl Shell {
    /// Claims a draft, with some patience: a page that is loaded again may meet what it was before. With `force` it is
    /// taken in the end.
    pub(super) async fn claim(self, id: &str, asked: u32, tries: u32, force: bool) -> Option<Claim> {
        for left in (0..tries).rev() {
            let lost = id.to_owned();
            let claimed = claim(id, force && left == 0, move || self.lose(&lost)).await;
            if claimed.is_some() || self.desk.asked.get_value() != asked {
                return claimed;
            }
            wait::millis(BETWEEN).await;
        }
        None
    }

    /// Another tab of the browser works on the draft.
    pub(super) fn ask_other_tab(self, id: String, asked: u32) {
        if self.desk.asked.get_value() != asked {
            return;
        }
        let name = self.desk.drafts.get(&id).map(|draft| draft.name().to_owned()).unwrap_or_default();
        let (over, copy) = (id.clone(), id);
        let question = Question {
            title: format!("{name} is open in another tab"),
            text: "Two tabs would overwrite each other. The other one saves what it has and stops when you take over; a copy is a draft of its own.".to_owned(),
            answers: vec![
                Action::new("Take over here", move || self.take_over(&over)),
                Action::new("Work on a copy", move || self.copy_draft(&copy)),
            ],
            otherwise: Action::new("Cancel", move || self.show_document()),
            unasked: false,
        };
        self.session.question.set(Some(question));
    }

    /// Has another tab let go of a draft.
    fn take_over(self, id: &str) {
        let (id, asked) = (id.to_owned(), self.desk.ask());
        channel::tell(&News::Wanted(id.clone()));
        spawn_local(async move {
            if let Some(claim) = self.claim(&id, asked, PATIENCE, true).await {
                self.bring(id, claim, asked).await;
            }
        });
    }

    /// Opens what a draft says as a draft of its own.
    fn copy_draft(self, id: &str) {
        let Some(draft) = self.desk.drafts.get(id) else { return self.show_document() };
        self.open_from(draft.text, &draft.file, false, draft.source);
        self.session.original.set(draft.original);
        self.scenarios.set(draft.scenarios);
    }

    /// What another tab tells.
    pub(super) fn hear(self, news: News) {
        match news {
            News::Changed if self.screen.get_untracked() == Screen::Start => {
                if let Some(part) = self.session.model.get_untracked() {
                    spawn_local(self.desk.drafts.reload(&part.kept));
                }
            }
            News::Wanted(id) if self.desk.is_in_front(&id) => {
                let Some((_, draft)) = self.draft() else { return };
                self.desk.drafts.put(&id, draft, move |_| ());
                // The other tab reads only after this one let go, which is after this was written down.
                let gone = id.clone();
                spawn_local(async move {
                    if let Some(part) = model::part().await {
                        let _ = (part.kept.one)(gone.clone()).await;
                    }
                    self.lose(&gone);
                });
            }
            News::Changed | News::Wanted(_) => {}
        }
    }

    /// Another tab has the draft now.
    pub(super) fn lose(self, id: &str) {
        if !self.desk.is_in_front(id) {
            return;
        }
        self.desk.front.set(None);
        self.desk.claim.set_value(None);
        let (name, back) = (untrack(move || self.session.file_name()), id.to_owned());
        let question = Question {
            title: format!("{name} was taken over"),
            text: "You go on with it in another tab of this browser; nothing is lost.".to_owned(),
            answers: vec![Action::new("Take it back", move || self.take_over(&back))],
            otherwise: Action::new("Close it here", move || self.show_start()),
            unasked: true,
        };
        self.session.question.set(Some(question));
    }
}
