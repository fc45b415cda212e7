//! Whether a secret or a variable is there, as far as GitHub has told.

use leptos::prelude::*;
use stepladder_workflow::RequiredName;

use crate::github::preflight::{Line, name_line};
use crate::shell::Shell;
use crate::ui::icon::icon;
use crate::ui::prose::with_code;
use crate::views::github::preflight::{facts, mark};

/// How it stands with a name; `None` while GitHub was not asked about this repository.
pub(super) fn of(shell: Shell, needed: Option<RequiredName>) -> Memo<Option<Line>> {
    Memo::new(move |_| {
        let facts = facts(shell)?;
        Some(name_line(needed.as_ref()?, Some(&facts)))
    })
}

/// What GitHub tells of the name.
pub(super) fn view(line: Memo<Option<Line>>) -> AnyView {
    (move || {
        line.get().map(|line| {
            let (class, glyph, word) = mark(line.state);
            view! {
                <p class="row-note">
                    <span class=class>{icon(glyph)} " " {word} ": "</span>
                    {with_code(&line.detail)}
                </p>
            }
        })
    })
    .into_any()
}
