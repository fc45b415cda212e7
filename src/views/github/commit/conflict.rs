//! Lines that both changed, side by side.

use leptos::prelude::*;
use stepladder_github::merge::{Choice, Piece};

/// The conflicts of one file; `choose` is told which one is decided how. `branch` is where the others' lines are.
pub(super) fn conflicts(
    name: &str,
    branch: &str,
    pieces: &[Piece],
    choices: &[Option<Choice>],
    choose: impl Fn(usize, Choice) + Clone + 'static,
) -> AnyView {
    let mut line = 1;
    let sides = pieces.iter().filter_map(|piece| match piece {
        Piece::Conflict { ours, theirs, .. } => {
            let at = line;
            line += theirs.lines().count();
            Some((at, ours.clone(), theirs.clone()))
        }
        Piece::Agreed(text) => {
            line += text.lines().count();
            None
        }
    });
    let rows: Vec<_> = sides
        .zip(choices.iter().copied())
        .enumerate()
        .map(|(at, ((line, ours, theirs), choice))| {
            let choose = choose.clone();
            let label = format!("Conflict {} of {name}", at + 1);
            let head = format!("Conflict {} of {}, at line {line}", at + 1, choices.len());
            conflict(label, head, branch, ours, theirs, choice, move |choice| choose(at, choice))
        })
        .collect();
    rows.into_any()
}

fn conflict(
    label: String,
    head: String,
    branch: &str,
    ours: String,
    theirs: String,
    choice: Option<Choice>,
    choose: impl Fn(Choice) + Clone + 'static,
) -> AnyView {
    let options = [(Choice::Ours, "Keep mine"), (Choice::Theirs, "Take theirs"), (Choice::Both, "Keep both")];
    let buttons = options.map(|(value, words)| {
        let choose = choose.clone();
        view! {
            <button
                type="button"
                class="button button-small"
                aria-pressed=if choice == Some(value) { "true" } else { "false" }
                on:click=move |_| choose(value)
            >
                {words}
            </button>
        }
        .into_any()
    });
    let side = |title: String, text: String| {
        let (label, empty) = (title.clone(), text.is_empty());
        view! {
            <div class="conflict-side">
                <p class="conflict-title">{title}</p>
                <pre tabindex="0" role="region" aria-label=label>
                    <code>{if empty { "(nothing)".to_owned() } else { text }}</code>
                </pre>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="conflict" class:is-settled=choice.is_some() aria-label=label>
            <p class="conflict-head">{head}</p>
            <div class="conflict-sides">
                {side("Yours".to_owned(), ours)} {side(format!("On {branch}"), theirs)}
            </div>
            <div class="conflict-choices" role="group" aria-label="Which lines to keep">
                {buttons}
            </div>
        </section>
    }
    .into_any()
}
