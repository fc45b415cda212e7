//! Drafts that are kept in this browser.

use leptos::prelude::*;

use crate::drafts::Draft;
use crate::shell::Shell;
use crate::storage;
use crate::ui::button::icon_button;
use crate::ui::icon::{Icon, icon};
use crate::ui::toast::{Action, Tone};

/// How many are shown at first.
const FEW: usize = 4;

/// The drafts, the latest first; nothing when there are none.
pub(super) fn drafts(shell: Shell) -> AnyView {
    let all = RwSignal::new(false);
    let list = move || {
        let drafts: Vec<_> =
            shell.desk.drafts.all().into_iter().filter(|(_, draft)| !draft.is_untouched_template()).collect();
        if drafts.is_empty() {
            return ().into_any();
        }
        let more = drafts.len().saturating_sub(FEW);
        let shown = if all.get() { drafts.len() } else { FEW };
        let rows: Vec<_> = drafts.into_iter().take(shown).map(|(id, draft)| row(shell, id, draft)).collect();
        view! {
            <section class="drafts" aria-labelledby="drafts-title">
                <h2 id="drafts-title">"Continue where you left off"</h2>
                <ul class="draft-list">{rows}</ul>
                {(more > 0 && !all.get())
                    .then(|| {
                        view! {
                            <button type="button" class="link" on:click=move |_| all.set(true)>
                                {format!("Show {more} more")}
                            </button>
                        }
                    })}
            </section>
        }
        .into_any()
    };
    list.into_any()
}

fn row(shell: Shell, id: String, draft: Draft) -> AnyView {
    let name = draft.name().to_owned();
    let detail = format!("{}, {}", lines(&draft.text), ago(storage::now() - draft.saved));
    let resume_id = id.clone();
    let resume = move || {
        if !shell.resume(&resume_id) {
            shell.session.tell_error("The draft is no longer there; it was deleted in another tab.");
        }
    };
    let label = format!("Delete the draft {name}");
    let delete = move |_| {
        shell.forget_file(&id);
        shell.desk.drafts.remove(&id);
        let (id, draft) = (id.clone(), draft.clone());
        let undo = move || {
            shell.desk.drafts.put(&id, draft.clone(), move |result| {
                if let Err(message) = result {
                    shell.session.tell_error(message);
                }
            });
        };
        shell.session.toaster.show(Tone::Done, "Deleted the draft.", Some(Action::new("Undo", undo)));
    };
    view! {
        <li class="draft">
            <button type="button" class="draft-open" on:click=move |_| resume()>
                {icon(Icon::File)}
                <span class="draft-name">{name}</span>
                <span class="draft-detail">{detail}</span>
            </button>
            {icon_button(Icon::Trash, label, || false, delete)}
        </li>
    }
    .into_any()
}

fn lines(text: &str) -> String {
    match text.lines().count() {
        1 => "1 line".to_owned(),
        count => format!("{count} lines"),
    }
}

/// How long ago, in words; from milliseconds.
fn ago(millis: f64) -> String {
    let minutes = (millis / 60_000.0).max(0.0).round() as u64;
    let (count, unit) = match minutes {
        0 => return "just now".to_owned(),
        1..60 => (minutes, "minute"),
        60..1_440 => (minutes / 60, "hour"),
        _ => (minutes / 1_440, "day"),
    };
    format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_words() {
        for (minutes, words) in [
            (0.2, "just now"),
            (1.0, "1 minute ago"),
            (59.0, "59 minutes ago"),
            (60.0, "1 hour ago"),
            (2_000.0, "1 day ago"),
            (3_000.0, "2 days ago"),
        ] {
            assert_eq!(ago(minutes * 60_000.0), words);
        }
    }
}
