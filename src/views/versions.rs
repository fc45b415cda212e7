//! The draft as it was before: its versions by time, what differs from now, and the way back.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_yaml::TextEdit;

use super::github::diff::diff;
use crate::drafts::{self, Version};
use crate::session::Origin;
use crate::shell::Shell;
use crate::storage;
use crate::ui::button::button;
use crate::ui::dialog::dialog;
use crate::ui::icon::{Icon, icon};

/// The dialog.
pub(crate) fn versions(shell: Shell) -> AnyView {
    dialog(shell.versions, "versions", "Versions of this draft", move || content(shell))
}

/// A version as it is listed.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    when: String,
    what: String,
    text: Arc<str>,
}

fn content(shell: Shell) -> AnyView {
    let rows = RwSignal::new(None::<Vec<Row>>);
    let chosen = RwSignal::new(0_usize);
    let front = shell.desk.front.get_untracked();
    let original = shell.session.original.get_untracked();
    spawn_local(async move {
        let kept = match &front {
            Some(front) => drafts::versions(&front.id).await,
            None => Vec::new(),
        };
        rows.try_set(Some(listed(kept, &shell.session.text_untracked(), original)));
    });
    let body = move || match rows.get() {
        None => view! { <p class="empty-line" role="status">"Looking for versions…"</p> }.into_any(),
        Some(rows) if rows.is_empty() => view! {
            <div class="empty">
                <span class="empty-icon">{icon(Icon::Undo)}</span>
                <p class="empty-title">"Nothing to go back to yet"</p>
                <p>"A version is kept about every minute while you work, and whenever you leave the file."</p>
            </div>
        }
        .into_any(),
        Some(rows) => both(shell, rows, chosen),
    };
    view! { {body} }.into_any()
}

/// The versions that differ from `now`, the latest first, and what was opened as the last.
fn listed(kept: Vec<Version>, now: &str, original: Arc<str>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for Version { at, label, text } in kept {
        if *text != *now && rows.last().is_none_or(|last| last.text != text) {
            let what = label.map_or_else(|| "As it was".to_owned(), |label| format!("After: {label}"));
            rows.push(Row { when: time(at), what, text });
        }
    }
    if *original != *now {
        rows.retain(|row| row.text != original);
        rows.push(Row { when: "At first".to_owned(), what: "As it was opened".to_owned(), text: original });
    }
    rows
}

/// `Today 14:05`, or with the day.
fn time(at: f64) -> String {
    let date = |at: f64| js_sys::Date::new(&at.into());
    let (then, now) = (date(at), date(storage::now()));
    let clock = format!("{:02}:{:02}", then.get_hours(), then.get_minutes());
    if then.to_date_string() == now.to_date_string() {
        return format!("Today {clock}");
    }
    format!("{:04}-{:02}-{:02} {clock}", then.get_full_year(), then.get_month() + 1, then.get_date())
}

fn both(shell: Shell, rows: Vec<Row>, chosen: RwSignal<usize>) -> AnyView {
    let items: Vec<_> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let (when, what) = (row.when.clone(), row.what.clone());
            view! {
                <li>
                    <button
                        type="button"
                        class="version"
                        aria-pressed=move || if chosen.get() == at { "true" } else { "false" }
                        on:click=move |_| chosen.set(at)
                    >
                        <span class="version-when">{when}</span>
                        <span class="version-what">{what}</span>
                    </button>
                </li>
            }
            .into_any()
        })
        .collect();
    let rows = StoredValue::new(rows);
    let text = move || rows.with_value(|rows| rows.get(chosen.get()).map(|row| Arc::clone(&row.text)));
    let take = move |_| {
        let Some(row) = rows.with_value(|rows| rows.get(chosen.get_untracked()).cloned()) else { return };
        shell.keep_version();
        let edit = TextEdit::between(&shell.session.text_untracked(), &row.text);
        let label = format!("take back the version “{}”", row.when);
        if shell.session.apply(edit, label, Origin::Command) {
            shell.session.offer_undo();
        }
        shell.versions.set(false);
    };
    view! {
        <div class="versions-body">
            <ul class="version-list" aria-label="Versions">
                {items}
            </ul>
            <div class="version-diff">
                <p class="note">"What taking it back changes:"</p>
                {move || text().map(|text| diff("this file", &shell.session.text_untracked(), &text))}
            </div>
        </div>
        <div class="dialog-foot">
            {button("button-primary", Some(Icon::Undo), "Take this version back", take)}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_as_now_is_no_version_to_go_back_to() {
        assert!(listed(Vec::new(), "a", "a".into()).is_empty());
        let rows = listed(Vec::new(), "b", "a".into());
        assert_eq!((rows.len(), rows[0].what.as_str()), (1, "As it was opened"));
    }
}
