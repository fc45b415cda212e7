//! What has changed since the file was opened: side by side where there is room, and taken back one change at a time.

use std::sync::Arc;

use leptos::prelude::*;
use stepladder_workflow::diff::{self, Hunk, Kind, Line};
use stepladder_yaml::{TextEdit, TextRange};

use crate::session::Origin;
use crate::shell::{Pane, Shell, Width};
use crate::ui::button::button;
use crate::ui::icon::{Icon, icon};

/// Lines around a change: few, so that changes that were made apart can be taken back apart.
const CLOSE: usize = 1;

/// The pane.
pub(crate) fn changes(shell: Shell) -> AnyView {
    let session = shell.session;
    let hunks = Memo::new(move |_| {
        let original = session.original.get();
        Arc::new(diff::hunks(&original, &session.text(), CLOSE))
    });
    let list = move || {
        let hunks = hunks.get();
        if hunks.is_empty() {
            return nothing(shell);
        }
        let hunks: Vec<_> = hunks.iter().map(|hunk| hunk_view(shell, hunk.clone())).collect();
        view! {
            {summary(shell)}
            {hunks}
        }
        .into_any()
    };
    view! { <div class="changes">{list}</div> }.into_any()
}

/// How much has changed, and the way back from all of it.
fn summary(shell: Shell) -> AnyView {
    let session = shell.session;
    let (old, new) = (session.original.get_untracked(), session.text_untracked());
    let hunks = diff::hunks(&old, &new, 0);
    let sum = |kind: Kind| hunks.iter().map(|hunk| hunk.count(kind)).sum::<usize>();
    let (new_lines, gone) = (sum(Kind::New), sum(Kind::Gone));
    let all = move |_| {
        let (old, new) = (session.original.get_untracked(), session.text_untracked());
        // Part by part, so that what did not change keeps its selection and its place in the editor.
        let back =
            diff::hunks(&old, &new, 0).iter().flat_map(|hunk| hunk.revert.changes().to_vec()).collect();
        take_back(shell, TextEdit::new(back).unwrap_or_default(), "take all changes back".to_owned());
    };
    view! {
        <header class="changes-bar">
            <p>
                {format!("Since {} was opened: ", session.file_name())}
                <span class="diff-counts" aria-hidden="true">
                    <span class="diff-count is-new">{format!("+{new_lines}")}</span>
                    " "
                    <span class="diff-count is-gone">{format!("−{gone}")}</span>
                </span>
                <span class="visually-hidden">{format!(" ({new_lines} new lines, {gone} removed)")}</span>
            </p>
            <span class="spacer"></span>
            {button("button-small", Some(Icon::Undo), "Take all back", all)}
        </header>
    }
    .into_any()
}

fn take_back(shell: Shell, edit: TextEdit, label: String) {
    if shell.session.apply(edit, label, Origin::Command) {
        shell.session.offer_undo();
    }
}

fn hunk_view(shell: Shell, hunk: Hunk) -> AnyView {
    let place = place(&hunk);
    let label = format!("take back the change in {}", place.to_lowercase());
    let revert = hunk.revert.clone();
    let back = move |_| take_back(shell, revert.clone(), label.clone());
    let range = hunk.revert.changes().first().zip(hunk.revert.changes().last());
    let range = range.map(|(first, last)| TextRange::new(first.range.start, last.range.end));
    let go = move |_| {
        if let Some(range) = range {
            shell.session.select_range(range, Origin::Command);
            if shell.width.get_untracked() == Width::Phone {
                shell.pane.set(Pane::Code);
            }
        }
    };
    let beside = Memo::new(move |_| shell.width.get() != Width::Phone);
    let table_label = place.clone();
    view! {
        <section class="hunk">
            <header class="hunk-head">
                <button type="button" class="link" on:click=go>{place.clone()}</button>
                <span class="spacer"></span>
                {button("button-small button-quiet", Some(Icon::Undo), format!("Take back {}", place.to_lowercase()), back)}
            </header>
            <div class="diff-scroll" tabindex="0" role="group" aria-label=format!("The change in {}", place.to_lowercase())>
                <table class="diff" class:is-beside=move || beside.get() aria-label=table_label>
                    <tbody>
                        {move || if beside.get() { rows_beside(&hunk.lines) } else { rows_below(&hunk.lines) }}
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// "Line 12", "Lines 12 to 15 and 3 removed lines": of the new text where there is something new, with what is removed
/// beyond the lines that it replaces; else of the old one.
fn place(hunk: &Hunk) -> String {
    let numbers = |kind: Kind, number: fn(&Line) -> Option<usize>| {
        let mut of = hunk.lines.iter().filter(|line| line.kind == kind).filter_map(number);
        of.next().map(|first| (first, of.next_back().unwrap_or(first)))
    };
    let (first, last, was) = match (numbers(Kind::New, |line| line.new), numbers(Kind::Gone, |line| line.old))
    {
        (Some((first, last)), _) => (first, last, ""),
        (None, Some((first, last))) => (first, last, "What was "),
        (None, None) => return "The change".to_owned(),
    };
    let removed = match hunk.count(Kind::Gone).saturating_sub(hunk.count(Kind::New)) {
        _ if !was.is_empty() => String::new(),
        0 => String::new(),
        1 => " and 1 removed line".to_owned(),
        more => format!(" and {more} removed lines"),
    };
    let line = if was.is_empty() { "Line" } else { "line" };
    if first == last {
        format!("{was}{line} {first}{removed}")
    } else {
        format!("{was}{line}s {first} to {last}{removed}")
    }
}

/// Old lines on the left, new ones on the right.
fn rows_beside(lines: &[Line]) -> AnyView {
    let rows: Vec<_> = paired(lines)
        .into_iter()
        .map(|(old, new)| {
            let parts = |mine: Option<&Line>, other: Option<&Line>| {
                let other = other.filter(|other| other.kind != Kind::Kept).map(|line| line.text.as_str());
                cell(mine, other)
            };
            let left = old.and_then(|line| line.old);
            let right = new.and_then(|line| line.new);
            view! {
                <tr>
                    <td class="diff-number">{left}</td>
                    {parts(old, new)}
                    <td class="diff-number">{right}</td>
                    {parts(new, old)}
                </tr>
            }
        })
        .collect();
    rows.into_any()
}

/// One below the other, as `diff -u` has them.
pub(crate) fn rows_below(lines: &[Line]) -> AnyView {
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            view! {
                <tr>
                    <td class="diff-number">{line.new.or(line.old)}</td>
                    {cell(Some(line), None)}
                </tr>
            }
        })
        .collect();
    rows.into_any()
}

fn cell(line: Option<&Line>, other: Option<&str>) -> AnyView {
    let Some(line) = line else { return view! { <td class="diff-line is-absent"></td> }.into_any() };
    let (class, sign, said) = match line.kind {
        Kind::Kept => ("diff-line", " ", ""),
        Kind::Gone => ("diff-line is-gone", "−", "Removed: "),
        Kind::New => ("diff-line is-new", "+", "New: "),
    };
    let (before, changed, behind) =
        other.map_or((line.text.as_str(), "", ""), |other| differing(&line.text, other));
    let changed = (!changed.is_empty()).then(|| {
        let changed = changed.to_owned();
        view! { <span class="diff-changed">{changed}</span> }
    });
    view! {
        <td class=class>
            <span class="visually-hidden">{said}</span>
            <span class="diff-sign" aria-hidden="true">{sign}</span>
            {before.to_owned()}
            {changed}
            {behind.to_owned()}
        </td>
    }
    .into_any()
}

/// Each removed line beside the new one that took its place; kept lines beside themselves.
fn paired(lines: &[Line]) -> Vec<(Option<&Line>, Option<&Line>)> {
    let mut rows = Vec::new();
    let mut rest = lines;
    while let Some(first) = rest.first() {
        if first.kind == Kind::Kept {
            rows.push((Some(first), Some(first)));
            rest = &rest[1..];
            continue;
        }
        let len = rest.iter().take_while(|line| line.kind != Kind::Kept).count();
        let (block, others) = rest.split_at(len);
        let gone: Vec<_> = block.iter().filter(|line| line.kind == Kind::Gone).collect();
        let new: Vec<_> = block.iter().filter(|line| line.kind == Kind::New).collect();
        rows.extend((0..gone.len().max(new.len())).map(|at| (gone.get(at).copied(), new.get(at).copied())));
        rest = others;
    }
    rows
}

/// The part of `text` that is not in `other`, with what both begin and end with before and behind it. Lines that have
/// little in common have no such part.
fn differing<'t>(text: &'t str, other: &str) -> (&'t str, &'t str, &'t str) {
    let head: usize =
        text.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    let tail: usize = text[head..]
        .chars()
        .rev()
        .zip(other[head..].chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let common = text[..head].trim_start().len() + tail;
    if common == 0 {
        return (text, "", "");
    }
    (&text[..head], &text[head..text.len() - tail], &text[text.len() - tail..])
}

fn nothing(shell: Shell) -> AnyView {
    view! {
        <div class="empty">
            <span class="empty-icon">{icon(Icon::Passed)}</span>
            <p class="empty-title">{format!("Nothing has changed since {} was opened", shell.session.file_name())}</p>
            <p>"Whatever you change, here or in the text, is shown here line by line and can be taken back."</p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_part_that_differs_is_marked() {
        let line = "    runs-on: ubuntu-latest";
        assert_eq!(differing(line, "    runs-on: windows-latest"), ("    runs-on: ", "ubuntu", "-latest"));
        assert_eq!(differing("aa", "aaa"), ("aa", "", ""));
        assert_eq!(differing("  x", "  y"), ("  x", "", ""));
        assert_eq!(differing("ä1", "ä2"), ("ä", "1", ""));
    }

    #[test]
    fn a_new_line_stands_beside_the_one_that_it_replaces() {
        let found = diff::hunks("a\nb\nc\n", "a\nB\nB2\nc\n", 1);
        let rows = paired(&found[0].lines);
        let texts: Vec<_> = rows
            .iter()
            .map(|(old, new)| (old.map(|line| line.text.as_str()), new.map(|line| line.text.as_str())))
            .collect();
        assert_eq!(
            texts,
            [(Some("a"), Some("a")), (Some("b"), Some("B")), (None, Some("B2")), (Some("c"), Some("c"))]
        );
        assert_eq!(place(&found[0]), "Lines 2 to 3");
        assert_eq!(place(&diff::hunks("a\nb\n", "a\n", 1)[0]), "What was line 2");
        assert_eq!(place(&diff::hunks("a\nb\nc\nd\n", "a\nB\n", 1)[0]), "Line 2 and 2 removed lines");
        assert_eq!(place(&diff::hunks("a\nb\nc\n", "a\nB\n", 1)[0]), "Line 2 and 1 removed line");
    }
}
