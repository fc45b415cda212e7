//! The YAML: Monaco, or a plain text field that shows the same session.

use std::cell::Cell;
use std::rc::Rc;

use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::plain::plain;
use crate::monaco::editor::{CodeEditor, load};
use crate::session::MAX_ANALYSED;
use crate::shell::Shell;
use crate::ui::icon::{Icon, icon};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Loading,
    Ready,
    Failed,
}

/// The pane.
pub(crate) fn code(shell: Shell) -> AnyView {
    let plain_wanted = Memo::new(move |_| shell.layout.get().plain);
    view! {
        <div class="code">
            {move || too_large(shell)}
            {move || {
                if plain_wanted.get() { by_choice(shell) } else { full(shell) }
            }}
        </div>
    }
    .into_any()
}

fn by_choice(shell: Shell) -> AnyView {
    view! {
        <div class="code-field">{plain(shell.session)}</div>
        <p class="code-note">
            "A plain text field, as you chose. "
            <button
                type="button"
                class="link"
                on:click=move |_| shell.layout.update(|layout| layout.plain = false)
            >
                "Use the full editor"
            </button>
        </p>
    }
    .into_any()
}

fn full(shell: Shell) -> AnyView {
    let state = RwSignal::new(State::Loading);
    let attempt = RwSignal::new(0);
    let place = NodeRef::<Div>::new();
    // Dropped with this view, also when Monaco arrives only after the view is gone.
    let editor: Rc<Cell<Option<CodeEditor>>> = Rc::default();
    let alive = Rc::new(Cell::new(true));
    let owner = Owner::current();
    let (slot, living) = (Rc::clone(&editor), Rc::clone(&alive));
    Effect::new(move |_| {
        let (_, Some(at)) = (attempt.get(), place.get()) else { return };
        let (slot, living, owner) = (Rc::clone(&slot), Rc::clone(&living), owner.clone());
        spawn_local(async move {
            let loaded = load().await;
            if !living.get() {
                return;
            }
            let create = || loaded.and_then(|monaco| CodeEditor::new(monaco, &at, shell));
            let created = match owner {
                Some(owner) => owner.with(create),
                None => create(),
            };
            state.set(if created.is_ok() { State::Ready } else { State::Failed });
            slot.set(created.ok());
        });
    });
    let cleanup = StoredValue::new_local((editor, alive));
    on_cleanup(move || {
        cleanup.with_value(|(editor, alive)| {
            alive.set(false);
            editor.set(None);
        });
    });
    let note = move || match state.get() {
        State::Loading => Some(
            view! { <p class="code-note">"The full editor is on its way; you can type already."</p> }
                .into_any(),
        ),
        State::Failed => Some(failed(state, attempt)),
        State::Ready => None,
    };
    view! {
        // As a component of Monaco it has Monaco's colours for menus, which stand beside the editor.
        <div class="code-monaco monaco-component" class:is-ready=move || state.get() == State::Ready node_ref=place></div>
        {move || {
            (state.get() != State::Ready)
                .then(|| view! { <div class="code-field">{plain(shell.session)}</div> }.into_any())
        }}
        {note}
    }
    .into_any()
}

fn failed(state: RwSignal<State>, attempt: RwSignal<u32>) -> AnyView {
    let again = move |_| {
        state.set(State::Loading);
        attempt.update(|count| *count += 1);
    };
    view! {
        <p class="code-note">
            {icon(Icon::Warning)} "The full editor could not be loaded, so here is a plain one. "
            <button type="button" class="link" on:click=again>"Try again"</button>
        </p>
    }
    .into_any()
}

fn too_large(shell: Shell) -> Option<AnyView> {
    shell.session.too_large.get().then(|| {
        let limit = MAX_ANALYSED / 1_000;
        view! {
            <p class="banner banner-warning" role="alert">
                {icon(Icon::Warning)}
                {format!(
                    "This text has more than {limit} KB, more than a workflow can have, so it is not checked and has no graph or form; undo or shorten it.",
                )}
            </p>
        }
        .into_any()
    })
}
