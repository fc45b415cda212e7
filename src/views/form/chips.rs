//! A list of short values as chips: each can be changed, moved and taken out, and more are typed behind them.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::focus;
use super::known::Known;
use super::parted::{may_end, parts, without_quotes};
use crate::ui::icon::{Icon, icon};

/// A value of the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chip {
    /// As a person types it.
    pub(super) text: String,
    /// What it is, where that is not plain to see.
    pub(super) title: &'static str,
    /// Whether it is a number or a boolean, which `==` tells apart from a text.
    pub(super) bare: bool,
}

impl Chip {
    /// A text.
    pub(super) fn text(text: String) -> Self {
        Self { text, title: "", bare: false }
    }
}

/// What happens to the list; places are from 0.
#[derive(Clone)]
pub(super) struct Acts {
    /// Gets values behind the last one. `false`: they are refused, and what is typed stays to be mended.
    pub(super) add: Arc<dyn Fn(Vec<String>) -> bool + Send + Sync>,
    /// Gives one value another text.
    pub(super) change: Arc<dyn Fn(usize, String) + Send + Sync>,
    /// Puts the value of the first place at the second one.
    pub(super) shift: Arc<dyn Fn(usize, usize) + Send + Sync>,
    /// Takes a value out.
    pub(super) remove: Arc<dyn Fn(usize) + Send + Sync>,
}

impl Acts {
    /// Those of a list that is written as a whole: `put` gets all of its texts, and says whether they are taken.
    pub(super) fn whole(
        texts: impl Fn() -> Vec<String> + Clone + Send + Sync + 'static,
        put: impl Fn(Vec<String>) -> bool + Clone + Send + Sync + 'static,
    ) -> Self {
        let act = move |change: &dyn Fn(&mut Vec<String>)| {
            let before = texts();
            let mut after = before.clone();
            change(&mut after);
            after == before || put(after)
        };
        let (change, shift, remove) = (act.clone(), act.clone(), act.clone());
        Self {
            add: Arc::new(move |new| {
                act(&|texts| {
                    for text in &new {
                        if !texts.contains(text) {
                            texts.push(text.clone());
                        }
                    }
                })
            }),
            change: Arc::new(move |at, text| {
                _ = change(&|texts| {
                    if let Some(old) = texts.get_mut(at) {
                        old.clone_from(&text);
                    }
                });
            }),
            shift: Arc::new(move |from, to| {
                _ = shift(&|texts| {
                    if from < texts.len() && to < texts.len() {
                        let moved = texts.remove(from);
                        texts.insert(to, moved);
                    }
                });
            }),
            remove: Arc::new(move |at| {
                _ = remove(&|texts| {
                    if at < texts.len() {
                        texts.remove(at);
                    }
                });
            }),
        }
    }
}

/// What a list of chips is called and may hold.
pub(super) struct List {
    /// The id of the field behind the chips.
    pub(super) id: String,
    /// What the list is called.
    pub(super) title: String,
    /// What the field behind the chips is called, where no label names it.
    pub(super) label: Option<String>,
    /// What is being typed.
    pub(super) draft: RwSignal<String>,
    /// The place of the value that is being changed rather than added.
    pub(super) editing: RwSignal<Option<usize>>,
    /// What may be typed.
    pub(super) known: Known,
    /// Whether the last value must stay.
    pub(super) keeps_one: bool,
    /// What ends a value that is typed.
    pub(super) ends: Ends,
}

/// What ends a value, but for leaving the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// Enter or a comma; several values can be pasted at once, and quotes around one protect its commas.
    Comma,
    /// As [`Ends::Comma`]; the quotes stay with the value, as they tell a text from a number.
    Typed,
    /// Enter alone: a comma belongs to the value.
    Enter,
}

/// The chips, and the field that adds to them.
pub(super) fn chips(list: List, values: Memo<Vec<Chip>>, acts: &Acts) -> AnyView {
    let List { id, title, label, draft, editing, known, keeps_one, ends } = list;
    let field = NodeRef::<Input>::new();
    // The chip that is changed, as it is.
    let written = RwSignal::new(String::new());
    // The field takes the place of the chip that is edited, so that nothing jumps.
    let edit = move |at: usize, text: String| {
        draft.set(text.clone());
        written.set(text.clone());
        editing.set(Some(at));
        if let Some(field) = field.get_untracked() {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = field.focus_with_options(&options);
            // Now, for the keys that come at once.
            field.set_value(&text);
            field.select();
        }
    };
    let (shown, own) = (acts.clone(), id.clone());
    let items = move || {
        let values = values.get();
        let alone = keeps_one && values.len() == 1;
        let count = values.len();
        values
            .into_iter()
            .enumerate()
            .map(|(at, chip)| {
                let (acts, own, here) = (shown.clone(), own.clone(), own.clone());
                let remove = Arc::clone(&acts.remove);
                let (change, removal) = (format!("Change {}", chip.text), format!("Remove {}", chip.text));
                let text = chip.text.clone();
                let key = move |event: KeyboardEvent| {
                    let to = match event.key().as_str() {
                        "ArrowLeft" if event.alt_key() => at.checked_sub(1),
                        "ArrowRight" if event.alt_key() => Some(at + 1).filter(|to| *to < count),
                        "Delete" | "Backspace" if !alone => {
                            event.prevent_default();
                            return (acts.remove)(at);
                        }
                        _ => return,
                    };
                    event.prevent_default();
                    event.stop_propagation();
                    if let Some(to) = to {
                        (acts.shift)(at, to);
                        focus::on(format!("{own}-chip-{to}"));
                    }
                };
                let what = if chip.title.is_empty() { String::new() } else { format!("{}. ", chip.title) };
                view! {
                    <li class="chip" class:is-bare=chip.bare class:is-edited=move || editing.get() == Some(at) class:is-behind=move || editing.get().is_some_and(|edited| edited < at)>
                        <button
                            type="button"
                            id=format!("{here}-chip-{at}")
                            class="chip-text"
                            aria-label=change
                            title=format!("{what}Press to change it; Alt+← and Alt+→ move it")
                            on:click=move |_| edit(at, text.clone())
                            on:keydown=key
                        >
                            {chip.text}
                        </button>
                        {(!alone).then(|| view! {
                            <button type="button" aria-label=removal.clone() title=removal on:click=move |_| remove(at)>
                                {icon(Icon::Close)}
                            </button>
                        })}
                    </li>
                }
            })
            .collect::<Vec<_>>()
    };
    let options = known.list(move |word| values.with(|values| values.iter().any(|chip| chip.text == word)));
    let list_id = known.attribute();
    let acts = acts.clone();
    let own = id.clone();
    let back = move |at: usize| focus::on(format!("{own}-chip-{at}"));
    let commit = move || {
        // The field loses the focus also when it goes, and with it all that it knows.
        let (Some(text), Some(at)) = (draft.try_get_untracked(), editing.try_get_untracked()) else { return };
        draft.set(String::new());
        editing.set(None);
        let text = text.trim();
        match at {
            Some(at) if text.is_empty() => (acts.remove)(at),
            Some(at) => (acts.change)(at, text.to_owned()),
            None => {
                let parts = match ends {
                    Ends::Comma => parts(text).iter().map(|part| without_quotes(part)).collect(),
                    Ends::Typed => parts(text),
                    Ends::Enter => Vec::from_iter((!text.is_empty()).then(|| text.to_owned())),
                };
                if !parts.is_empty() && !(acts.add)(parts) {
                    _ = draft.try_set(text.to_owned());
                }
            }
        }
    };
    let key = {
        let commit = commit.clone();
        move |event: KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            let edited = editing.get_untracked();
            match event.key().as_str() {
                "Enter" => {
                    // Who changes a chip is at that chip afterwards.
                    let stays = edited.filter(|_| draft.with_untracked(|text| !text.trim().is_empty()));
                    commit();
                    if let Some(at) = stays {
                        back(at);
                    }
                }
                "," if ends != Ends::Enter
                    && edited.is_none()
                    && draft.with_untracked(|text| may_end(text)) =>
                {
                    commit();
                }
                "Escape" if edited.is_some() => {
                    draft.set(String::new());
                    editing.set(None);
                    event.stop_propagation();
                    edited.into_iter().for_each(&back);
                }
                _ => return,
            }
            event.prevent_default();
        }
    };
    let wide =
        move || editing.get().map(|_| draft.with(|text| text.chars().count().clamp(4, 60) + 2).to_string());
    let ghost = move || match (editing.get(), values.with(Vec::is_empty)) {
        (Some(_), _) => "Empty takes it out",
        (None, true) => "Type and press Enter",
        (None, false) => "Add",
    };
    view! {
        <div class="chips" class:is-editing=move || editing.get().is_some()>
            <ul aria-label=title>{items}</ul>
            <input
                id=id.clone()
                node_ref=field
                class="chips-input"
                type="text"
                spellcheck="false"
                autocomplete="off"
                aria-label=label
                list=move || list_id.get()
                size=wide
                placeholder=ghost
                data-written=move || editing.get().map(|_| written.get()).unwrap_or_default()
                prop:value=move || draft.get()
                on:input=move |event| draft.set(event_target_value(&event))
                on:keydown=key
                on:focus=move |_| known.come()
                on:blur=move |_| commit()
            />
        </div>
        {options}
    }
    .into_any()
}
