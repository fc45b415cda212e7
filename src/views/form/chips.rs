//! A list of short values as chips: each can be changed, moved and taken out, and more are typed behind them.

mod row;

use std::sync::Arc;

use leptos::ev::{ClipboardEvent, KeyboardEvent};
use leptos::html::Input;
use leptos::prelude::*;

use self::row::Row;
use super::drag::Drag;
use super::known::Known;
use super::parted::{Ends, ONLY_COMMENTS, are_comments, may_end, pasted, typed};
use crate::session::Session;

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
    /// Gives one value another text, and puts more behind it.
    pub(super) change: Arc<dyn Fn(usize, Vec<String>) + Send + Sync>,
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
            change: Arc::new(move |at, new| {
                _ = change(&|texts| {
                    if at < texts.len() {
                        texts.splice(at..=at, new.clone());
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
    pub(super) session: Session,
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

/// The chips, and the field that adds to them.
pub(super) fn chips(list: List, values: Memo<Vec<Chip>>, acts: &Acts) -> AnyView {
    let List { session, id, title, label, draft, editing, known, keeps_one, ends } = list;
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
    let row = Row { id: id.clone(), values, acts: acts.clone(), drag: Drag::new(), editing };
    let shown = row.clone();
    let items = move || {
        let values = values.get();
        // What was in the hand may be elsewhere now.
        shown.drag.end();
        let alone = keeps_one && values.len() == 1;
        let count = values.len();
        values
            .into_iter()
            .enumerate()
            .map(|(at, chip)| shown.chip((at, count), chip, alone, edit))
            .collect::<Vec<_>>()
    };
    let options = known.list(move |word| values.with(|values| values.iter().any(|chip| chip.text == word)));
    let list_id = known.attribute();
    // Puts `new` in the place of the chip that is edited, or behind the last one. `false`: it is refused.
    let own = row.clone();
    let put = move |edited: Option<usize>, new: Vec<String>| {
        let Some(at) = edited else { return new.is_empty() || (own.acts.add)(new) };
        if new.is_empty() {
            (own.acts.remove)(at);
        } else {
            (own.acts.change)(at, new);
        }
        // Whoever is asked what the change is meant for goes on at the chip, unless they are elsewhere.
        if session.is_asking() && has_focus(field) {
            own.go_to(at);
        }
        true
    };
    let commit = {
        let put = put.clone();
        move || {
            // The field loses the focus also when it goes, and with it all that it knows.
            let (Some(text), Some(edited)) = (draft.try_get_untracked(), editing.try_get_untracked()) else {
                return;
            };
            draft.set(String::new());
            editing.set(None);
            let text = text.trim();
            let new = match edited {
                Some(_) => Vec::from_iter(Some(text.to_owned()).filter(|text| !text.is_empty())),
                None => typed(text, ends),
            };
            if !put(edited, new) {
                _ = draft.try_set(text.to_owned());
            }
        }
    };
    let own = row.clone();
    // A field of one line would make one value of several lines.
    let paste = move |event: ClipboardEvent| {
        let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok());
        let (Some(field), Some(text)) = (field.get_untracked(), text) else { return };
        let (before, behind) = around_selection(&field);
        // One line is a part of what is typed.
        if are_comments(&text)
            && (text.trim().contains('\n') || format!("{before}{behind}").trim().is_empty())
        {
            event.prevent_default();
            return session.tell_refusal(ONLY_COMMENTS);
        }
        let Some(mut new) = pasted(&text, ends).filter(|new| !new.is_empty()) else { return };
        event.prevent_default();
        let edited = editing.get_untracked();
        if new.len() == 1 && (edited.is_some() || !format!("{before}{behind}").trim().is_empty()) {
            // A part of what is typed on.
            return draft.set(format!("{before}{}{behind}", new.remove(0)));
        }
        let first = format!("{}{}", before.trim_start(), new.remove(0));
        let first =
            if edited.is_some() || before.trim().is_empty() { vec![first] } else { typed(&first, ends) };
        new.splice(..0, first);
        if let Some(last) = new.last_mut() {
            last.push_str(behind.trim_end());
        }
        if put(edited, new) {
            draft.set(String::new());
            editing.set(None);
            if let Some(at) = edited {
                own.go_to(at);
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
                        row.go_to(at);
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
                    edited.into_iter().for_each(|at| row.go_to(at));
                }
                "Escape" if draft.with_untracked(|text| !text.is_empty()) => {
                    draft.set(String::new());
                    event.stop_propagation();
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
                on:paste=paste
                on:focus=move |_| known.come()
                on:blur=move |_| commit()
            />
        </div>
        {options}
    }
    .into_any()
}

/// Whether somebody is in the field.
fn has_focus(field: NodeRef<Input>) -> bool {
    let focused = document().active_element();
    focused.is_some_and(|focused| field.get_untracked().is_some_and(|field| *focused == ***field))
}

/// What stands in a field before what is selected, and behind it.
fn around_selection(field: &web_sys::HtmlInputElement) -> (String, String) {
    let text: Vec<u16> = field.value().encode_utf16().collect();
    let place = |at: Result<Option<u32>, _>| {
        let at = at.ok().flatten().and_then(|at| usize::try_from(at).ok());
        at.unwrap_or(text.len()).min(text.len())
    };
    let start = place(field.selection_start());
    let end = place(field.selection_end()).max(start);
    (String::from_utf16_lossy(&text[..start]), String::from_utf16_lossy(&text[end..]))
}
