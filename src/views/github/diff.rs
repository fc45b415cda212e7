//! What changes from one text to another, line by line.

use leptos::prelude::*;
use stepladder_github::merge::{Hunk, Mark, changes};

/// Lines shown around a change.
const AROUND: usize = 3;

/// The changes from `old` to `new`; `name` is the file's.
pub(crate) fn diff(name: &str, old: &str, new: &str) -> AnyView {
    let hunks: Vec<_> = changes(old, new, AROUND).into_iter().map(hunk).collect();
    view! {
        <div class="diff" tabindex="0" role="region" aria-label=format!("Changes of {name}")>
            {hunks}
        </div>
    }
    .into_any()
}

fn hunk(hunk: Hunk) -> AnyView {
    let (mut old, mut new) = (hunk.old.start, hunk.new.start);
    let lines: Vec<_> = hunk
        .lines
        .into_iter()
        .map(|(mark, text)| {
            let (class, sign, number) = match mark {
                Mark::Same => ("diff-line", " ", new),
                Mark::Added => ("diff-line diff-added", "+", new),
                Mark::Removed => ("diff-line diff-removed", "-", old),
            };
            old += usize::from(mark != Mark::Added);
            new += usize::from(mark != Mark::Removed);
            view! {
                <div class=class>
                    <span class="diff-number" aria-hidden="true">
                        {number}
                    </span>
                    <span class="diff-sign">{sign}</span>
                    <code>{text}</code>
                </div>
            }
            .into_any()
        })
        .collect();
    view! { <div class="diff-hunk">{lines}</div> }.into_any()
}
