//! A button that opens a list, of which a line that is taken does something: a menu with a search in it. Going along the
//! list does nothing; a `<select>` would act at every arrow.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::{Button, Div, Input, Ul};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::icon::{Icon, icon};
use super::keep_focus::{ENTRY, came_from_graph};
use super::marked::{Marked, stays};
use super::reach::reach_now;
use placed::placed;

mod placed;

/// So many lines are found without a search.
const FEW: usize = 7;
/// The id of the list; one is open at a time.
const LIST: &str = "pick-list";
/// Letters that come within this time are one word, in milliseconds.
const WORD: f64 = 800.0;

/// One line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Line {
    /// What `take` gets.
    pub(crate) value: String,
    /// What a person reads.
    pub(crate) title: String,
    /// Its name in the YAML, by which it is found as well.
    pub(crate) name: String,
    /// What stands above the first of several lines.
    pub(crate) group: &'static str,
}

impl Line {
    /// How well it is meant by `typed`, which is in lower case: the less the better; `None`: it is not.
    pub(crate) fn fits(&self, typed: &str) -> Option<u8> {
        let (title, name) = (self.title.to_lowercase(), self.name.to_lowercase());
        let all = format!("{title} {name} {}", name.replace('_', " "));
        Some(match typed {
            _ if !typed.split_whitespace().all(|word| all.contains(word)) => return None,
            _ if name == typed => 0,
            _ if name.starts_with(typed) || title.starts_with(typed) => 1,
            _ => 2,
        })
    }
}

/// What is found, the best first, else in the list's own order.
pub(crate) fn found(lines: Vec<Line>, typed: &str) -> Vec<Line> {
    let typed = typed.trim().to_lowercase();
    let mut found: Vec<(u8, Line)> =
        lines.into_iter().filter_map(|line| Some((line.fits(&typed)?, line))).collect();
    if !typed.is_empty() {
        found.sort_by_key(|(place, _)| *place);
    }
    found.into_iter().map(|(_, line)| line).collect()
}

/// The button, which shows `words` and is called `label`; `lines` is asked when the list opens, `take` gets what is taken.
pub(crate) fn pick(
    class: &'static str,
    words: &'static str,
    label: &'static str,
    lines: impl Fn() -> Vec<Line> + Send + Sync + 'static,
    take: impl Fn(&str) + Clone + Send + Sync + 'static,
) -> AnyView {
    let open = RwSignal::new(false);
    let (node, opener) = (NodeRef::<Div>::new(), NodeRef::<Button>::new());
    let close = move || {
        open.set(false);
        if let Some(opener) = opener.get_untracked() {
            let _ = opener.focus();
        }
    };
    let is_inside = move |other: Option<&web_sys::Node>| {
        other.is_some() && node.try_get_untracked().flatten().is_some_and(|own| own.contains(other))
    };
    // Who goes on to something else, or clicks beside it, wants it no more; who goes to another window may.
    let leave = move |event: FocusEvent| {
        let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        if to.is_some() && !is_inside(to.as_ref()) {
            open.set(false);
        } else if to.is_none() {
            let look = move || {
                let focused = document().active_element();
                if document().has_focus().unwrap_or(true) && !is_inside(focused.as_deref()) {
                    open.try_set(false);
                }
            };
            set_timeout(look, std::time::Duration::ZERO);
        }
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" if open.get_untracked() => {
            event.stop_propagation();
            event.prevent_default();
            close();
            // Who has come by a key of the graph goes back there.
            if came_from_graph() {
                reach_now(ENTRY);
            }
        }
        // From the button the key goes on to its neighbour.
        "Tab" if open.get_untracked() => close(),
        "ArrowDown" | "ArrowUp" if !open.get_untracked() => {
            event.prevent_default();
            open.set(true);
        }
        _ => {}
    };
    let lines = StoredValue::new(lines);
    let panel = move || {
        let take = take.clone();
        let taken = move |value: &str| {
            close();
            take(value);
        };
        panel(label, opener, untrack(|| lines.with_value(|lines| lines())), taken)
    };
    view! {
        <div class=format!("pick {class}") node_ref=node on:focusout=leave on:keydown=key>
            <button
                type="button"
                node_ref=opener
                class="button pick-open"
                aria-label=label
                aria-haspopup="listbox"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:mousedown=stays
                on:click=move |_| if open.get_untracked() { close() } else { open.set(true) }
            >
                <span>{words}</span>
                {icon(Icon::Down)}
            </button>
            {move || open.get().then(&panel)}
        </div>
    }
    .into_any()
}

fn panel(
    label: &'static str,
    opener: NodeRef<Button>,
    all: Vec<Line>,
    taken: impl Fn(&str) + Clone + Send + Sync + 'static,
) -> AnyView {
    let has_search = all.len() > FEW;
    let all = StoredValue::new(all);
    let query = RwSignal::new(String::new());
    let lines = Memo::new(move |_| query.with(|query| found(all.get_value(), query)));
    let marked = Marked::new(LIST, || true);
    let (own, input, list) = (NodeRef::<Div>::new(), NodeRef::<Input>::new(), NodeRef::<Ul>::new());
    placed(own, opener);
    Effect::new(move |_| {
        let Some(list) = list.get() else { return };
        // On a screen that is touched, a field would bring its keyboard, which covers the list.
        let coarse = window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|it| it.matches());
        match input.get().filter(|_| !coarse) {
            Some(input) => _ = input.focus(),
            None => _ = list.focus(),
        }
    });
    let choose = {
        let taken = taken.clone();
        move |at: usize| {
            let value = lines.with_untracked(|lines| lines.get(at).map(|line| line.value.clone()));
            if let Some(value) = value {
                taken(&value);
            }
        }
    };
    let word = StoredValue::new((0.0, String::new()));
    // Within a word a space is a letter of it.
    let is_word = move |event: &KeyboardEvent| {
        word.with_value(|(then, word)| !word.is_empty() && event.time_stamp() - then <= WORD)
    };
    let key = {
        let choose = choose.clone();
        move |event: KeyboardEvent| {
            let is_in_list =
                event.target().is_some_and(|target| Some(target) == list.get_untracked().map(Into::into));
            let name = event.key();
            let count = lines.with_untracked(Vec::len);
            if marked.key(&event, count) {
                return;
            }
            match name.as_str() {
                "Enter" => marked.now().into_iter().for_each(&choose),
                " " if is_in_list && !is_word(&event) => marked.now().into_iter().for_each(&choose),
                "Home" if is_in_list => marked.mark(0),
                "End" if is_in_list => marked.mark(count.saturating_sub(1)),
                letter
                    if is_in_list
                        && letter.chars().count() == 1
                        && !event.ctrl_key()
                        && !event.meta_key() =>
                {
                    let now = event.time_stamp();
                    let typed = word.try_update_value(|(then, word)| {
                        if now - *then > WORD {
                            word.clear();
                        }
                        *then = now;
                        word.push_str(&letter.to_lowercase());
                        word.clone()
                    });
                    let best = lines.with_untracked(|lines| {
                        let fits = lines.iter().enumerate().filter_map(|(at, line)| {
                            Some((line.fits(typed.as_deref().unwrap_or_default())?, at))
                        });
                        fits.min()
                    });
                    best.into_iter().for_each(|(_, at)| marked.mark(at));
                }
                _ => return,
            }
            event.prevent_default();
        }
    };
    let items = move || {
        let is_whole = query.with(|query| query.trim().is_empty());
        let mut group = "";
        let mut views = Vec::new();
        for (at, line) in lines.get().into_iter().enumerate() {
            if is_whole && line.group != group {
                group = line.group;
                views.push(view! { <li class="pick-group" role="presentation">{group}</li> }.into_any());
            }
            let choose = choose.clone();
            let line = view! {
                <li
                    id=marked.id(at)
                    role="option"
                    class="pick-line"
                    aria-selected=move || marked.is(at)
                    on:mousedown=stays
                    on:mousemove=move |_| marked.mark(at)
                    on:click=move |_| choose(at)
                >
                    <span>{line.title}</span>
                    {(!line.name.is_empty()).then(|| view! { <code>{line.name}</code> })}
                </li>
            };
            views.push(line.into_any());
        }
        views
    };
    let active = move || marked.active(lines.with(Vec::len));
    let search = has_search.then(|| {
        view! {
            <div class="picker-search">
                {icon(Icon::Search)}
                <input
                    node_ref=input
                    type="text"
                    role="combobox"
                    aria-label=format!("{label}: search")
                    aria-expanded="true"
                    aria-controls=LIST
                    aria-activedescendant=active
                    placeholder="Search"
                    spellcheck="false"
                    autocomplete="off"
                    data-written=""
                    on:input:target=move |event| {
                        query.set(event.target().value());
                        marked.begin();
                    }
                />
            </div>
        }
    });
    view! {
        <div class="popover pick-panel" popover="manual" node_ref=own on:keydown=key>
            {search}
            <ul
                id=LIST
                node_ref=list
                class="pick-list"
                role="listbox"
                tabindex="-1"
                aria-label=label
                aria-activedescendant=active
            >
                {items}
            </ul>
            {move || lines.with(Vec::is_empty).then(|| view! { <p class="picker-empty">"Nothing has a name like that."</p> })}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(title: &str, name: &str) -> Line {
        Line { value: name.to_owned(), title: title.to_owned(), name: name.to_owned(), group: "" }
    }

    #[test]
    fn lines_are_found_by_words_and_by_their_own_name() {
        let lines = || {
            vec![
                line("A pull request changes", "pull_request"),
                line("A release changes", "release"),
                line("A pull request gets a comment in its code", "pull_request_review_comment"),
                line("A milestone changes", "milestone"),
            ]
        };
        let names = |typed: &str| {
            let found = found(lines(), typed);
            found.into_iter().map(|line| line.name).collect::<Vec<_>>()
        };
        assert_eq!(names("release"), ["release"]);
        assert_eq!(names("Pull_Request"), ["pull_request", "pull_request_review_comment"]);
        assert_eq!(names("comment pull"), ["pull_request_review_comment"]);
        assert_eq!(names("").len(), 4);
        assert!(names("nothing").is_empty());
    }
}
