//! The builder of expressions: what may stand in a field, with its type, what is wrong with it, and what would come out;
//! put where the caret is, or in the place of the one that is being changed.

mod examples;
mod judged;
mod place;
mod stand;
mod word;

use leptos::ev::KeyboardEvent;
use leptos::html::{Button, Div, Input};
use leptos::prelude::*;
use stepladder_workflow::expr;
use stepladder_workflow::schema::{self, Widget};
use stepladder_yaml::{Step, TextRange};
use wasm_bindgen::JsCast;

pub(super) use self::examples::Examples;
use self::judged::{JUDGED, Judgement};
use self::place::{Target, put, take_out};
use self::stand::stand;
use self::word::{continued, is_expression, without_brackets, word_at};
use super::controls::At;
use super::offers::{Offer, new_secret, offers, ranked};
use super::{prose, read};
use crate::monaco::position::{byte_of_utf16, utf16_of_byte};
use crate::ui::calm::calm;
use crate::ui::icon::{Icon, icon};
use crate::ui::marked::{Marked, stays};

/// At most this many offers are listed at a time.
const SHOWN: usize = 120;
/// The id of the list of them; one is open at a time.
const LIST: &str = "offers";

/// A button that opens the list of what may be used at `at`.
pub(super) fn button(at: &At) -> AnyView {
    let what = if has_secrets(at) { "a secret or another expression" } else { "an expression" };
    let label = format!("Insert {what} into {}", title(at));
    let at = at.clone();
    popover("picker-open", (label, "${{ }}".to_owned()), None, move |opened| {
        panel(&at, opened, Target::Caret, String::new())
    })
}

/// Puts an expression where the caret of the field is.
pub(super) fn insert(at: &At, expression: &str) {
    put(at, Target::Caret, expression);
}

/// What the field is called: where the person names it, as an input or a variable, by that name; an item as its list.
fn title(at: &At) -> String {
    let of_list = || {
        at.session
            .analysis
            .with_untracked(|analysis| schema::field_at(&at.path, &analysis.tree))
            .map(|field| field.title)
    };
    match at.path.last() {
        Some(Step::Key(name)) if at.field.key.starts_with('<') => name.clone(),
        _ if at.field.key.is_empty() => of_list().unwrap_or(at.field.title).to_owned(),
        _ => at.field.title.to_owned(),
    }
}

/// The expressions in the value at `at`, each as a chip that opens the builder on it.
pub(super) fn chips(at: &At) -> AnyView {
    let here = at.clone();
    let found = at.session.form.derive(move |analysis| {
        let text = read::shown(analysis, &here.path).text();
        let inside = expr::expressions(&text, is_condition(&here));
        let parts = inside.into_iter().filter_map(|range| {
            let source = text.get(range.to_usize())?;
            let blank = source.len() - source.trim_start().len();
            let start = range.start + u32::try_from(blank).unwrap_or_default();
            let source = source.trim();
            let end = start + u32::try_from(source.len()).unwrap_or_default();
            (!source.is_empty()).then(|| (TextRange::new(start, end), source.to_owned()))
        });
        parts.collect::<Vec<_>>()
    });
    let (at, found) = (at.clone(), calm(found));
    (move || {
        let found = found.get();
        if found.is_empty() {
            return ().into_any();
        }
        let chips: Vec<_> = found
            .into_iter()
            .map(|(range, source)| {
                let at = at.clone();
                let label = format!("Change the expression {source}");
                let words = (label, source.clone());
                let (own, expression) = (at.clone(), source.clone());
                let remove = Callback::new(move |()| take_out(&own, range, &expression));
                popover("expr-chip", words, Some(remove), move |opened| {
                    panel(&at, opened, Target::Inside(range), source.clone())
                })
            })
            .collect();
        view! { <div class="expr-chips" role="group" aria-label="Expressions in this field">{chips}</div> }
            .into_any()
    })
    .into_any()
}

/// Whether secrets can be read there: in no action, and in no condition.
fn has_secrets(at: &At) -> bool {
    at.field.ctx.contexts().contains(&"secrets")
}

fn is_condition(at: &At) -> bool {
    at.field.widget == Widget::Condition
}

/// Whether a panel is open, and the button that opens it.
#[derive(Clone, Copy)]
struct Opened {
    is_open: RwSignal<bool>,
    opener: NodeRef<Button>,
}

/// A button with a label and words on it, and a panel that it opens; Escape and leaving it close it. While it is closed,
/// Delete does `remove`.
fn popover(
    class: &'static str,
    (label, words): (String, String),
    remove: Option<Callback<()>>,
    content: impl Fn(Opened) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let open = RwSignal::new(false);
    let (node, opener) = (NodeRef::<Div>::new(), NodeRef::<Button>::new());
    let is_inside = move |other: Option<&web_sys::Node>| {
        other.is_some() && node.try_get_untracked().flatten().is_some_and(|own| own.contains(other))
    };
    // Who goes on to something else, or clicks beside it, wants it no more; who goes to another window may.
    let leave = move |event: web_sys::FocusEvent| {
        let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        if to.is_some() {
            if !is_inside(to.as_ref()) {
                open.set(false);
            }
            return;
        }
        let look = move || {
            let focused = document().active_element();
            // There are browsers in which a button that is pressed does not get the focus.
            let is_pressed = opener.try_get_untracked().flatten();
            let is_pressed = is_pressed.is_some_and(|opener| opener.matches(":active").unwrap_or(false));
            let is_here = document().has_focus().unwrap_or(true);
            if is_here && !is_pressed && !is_inside(focused.as_deref()) {
                open.try_set(false);
            }
        };
        set_timeout(look, std::time::Duration::ZERO);
    };
    let key = move |event: KeyboardEvent| match (event.key().as_str(), open.get_untracked(), remove) {
        ("Escape", true, _) => {
            event.stop_propagation();
            open.set(false);
            if let Some(opener) = opener.get_untracked() {
                let _ = opener.focus();
            }
        }
        ("Delete" | "Backspace", false, Some(remove)) => {
            event.prevent_default();
            event.stop_propagation();
            remove.run(());
        }
        _ => {}
    };
    let title = if remove.is_some() { format!("{label}; Delete takes it out") } else { label.clone() };
    view! {
        <div class="picker" node_ref=node on:focusout=leave on:keydown=key>
            <button
                type="button"
                node_ref=opener
                class=class
                aria-label=label
                title=title
                aria-haspopup="dialog"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {words}
            </button>
            {move || open.get().then(|| content(Opened { is_open: open, opener }))}
        </div>
    }
    .into_any()
}

fn panel(at: &At, Opened { is_open: open, opener }: Opened, target: Target, start: String) -> AnyView {
    // Where the caret is in what is typed, in bytes.
    let caret = RwSignal::new(start.len());
    let query = RwSignal::new(start);
    let input = NodeRef::<Input>::new();
    let own = NodeRef::<Div>::new();
    stand(own, opener, target);
    Effect::new(move |_| {
        // It takes the focus when it is shown, which `stand` did.
        if let (Some(_), Some(input)) = (own.get(), input.get()) {
            let _ = input.focus();
        }
    });
    let session = at.session;
    let all = session
        .analysis
        .with_untracked(|analysis| session.env.with_untracked(|env| offers(analysis, env, at)));
    let secrets = has_secrets(at);
    // More than a name: then the offers complete the word that is being typed.
    let composed = Memo::new(move |_| target != Target::Caret || query.with(|query| is_expression(query)));
    let here = at.clone();
    let found = Memo::new(move |_| {
        query.with(|query| {
            let caret = caret.get();
            let word = word_at(query, caret);
            let deeper = session.analysis.with_untracked(|analysis| {
                let place = (&word, caret.min(query.len()));
                session.env.with_untracked(|env| continued(analysis, env, &here, target, query, place))
            });
            let typed = if composed.get() {
                &query[word.start..caret.clamp(word.start, word.end)]
            } else {
                query.trim()
            };
            let mut found = ranked(all.iter().cloned().chain(deeper), typed);
            found.truncate(SHOWN);
            // A secret of that name comes last: what is there already is meant more often.
            if let Some(text) = new_secret(query).filter(|_| secrets && !composed.get())
                && found.iter().all(|offer| offer.text != text)
            {
                found.push(Offer::new(text, "a secret that you create on GitHub"));
            }
            found
        })
    });
    // What matches nothing is taken as it is typed, and judged.
    let building = Memo::new(move |_| {
        composed.get() || (found.with(Vec::is_empty) && !query.with(|query| query.trim().is_empty()))
    });
    let finish = {
        let (at, start) = (at.clone(), query.get_untracked());
        move |text: &str| {
            match target {
                Target::Inside(range) if text.is_empty() => take_out(&at, range, &start),
                _ => put(&at, target, text),
            }
            open.set(false);
        }
    };
    // Nothing is left of the expression that is changed.
    let empties = move || target != Target::Caret && query.with(|query| query.trim().is_empty());
    // An offer is all that is wanted, or completes the word.
    let take = {
        let finish = finish.clone();
        move |offer: &Offer| {
            let text = offer.text.as_str();
            // What stands between the brackets of a function is written here, before it goes where it belongs.
            let goes_on = offer.takes_arguments();
            if !composed.get_untracked() && !goes_on {
                return finish(text);
            }
            let word = if composed.get_untracked() {
                query.with_untracked(|query| word_at(query, caret.get_untracked()))
            } else {
                0..query.with_untracked(String::len)
            };
            let behind = word.start + text.len() - usize::from(goes_on);
            query.update(|query| {
                // The parentheses of a function may be there already.
                let is_called = query[word.end..].starts_with('(');
                let text = text.strip_suffix("()").filter(|_| is_called).unwrap_or(text);
                query.replace_range(word, text);
            });
            caret.set(query.with_untracked(|query| behind.min(query.len())));
            // The input gets its new text first.
            request_animation_frame(move || {
                let Some(input) = input.get_untracked() else { return };
                let _ = input.focus();
                let units = query.with_untracked(|query| utf16_of_byte(query, caret.get_untracked()));
                let units = u32::try_from(units).unwrap_or(u32::MAX);
                let _ = input.set_selection_range(units, units);
            });
        }
    };
    // Nothing is marked in the place of what is typed until somebody goes along the list.
    let marked = Marked::new(LIST, move || !building.get());
    // What is told about: the expression that is built, else the offer that is marked.
    let subject = Memo::new(move |_| {
        if building.get() {
            return Some(query.get().trim().to_owned()).filter(|text| !text.is_empty());
        }
        let at = marked.at()?;
        found.with(|found| found.get(at).map(|offer| offer.text.clone()))
    });
    let judged = Judgement::new(at, target, subject);
    let enter = {
        let (finish, take) = (finish.clone(), take.clone());
        move |event: KeyboardEvent| {
            if marked.key(&event, found.with_untracked(Vec::len)) || event.key() != "Enter" {
                return;
            }
            event.prevent_default();
            let typed = query.get_untracked().trim().to_owned();
            let meant = marked.now().and_then(|at| found.with_untracked(|found| found.get(at).cloned()));
            match meant {
                Some(offer) => take(&offer),
                // What GitHub would refuse is told, and goes nowhere.
                None if judged.is_refused() => {}
                None if untrack(empties) || building.get_untracked() && !typed.is_empty() => finish(&typed),
                None => {}
            }
        }
    };
    let items = move || {
        found
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, offer)| {
                let take = take.clone();
                let words = if offer.signature.is_empty() { &offer.text } else { &offer.signature }.clone();
                let note = prose::plain(&offer.note);
                view! {
                    <li
                        id=marked.id(index)
                        role="option"
                        class="offer"
                        aria-selected=move || marked.is(index)
                        on:mousedown=stays
                        // What is typed is meant by Enter, whatever the mouse lies on.
                        on:mousemove=move |_| if !building.get_untracked() { marked.mark(index) }
                        on:click=move |_| take(&offer)
                    >
                        <code>{words}</code>
                        <span>{note}</span>
                    </li>
                }
            })
            .collect::<Vec<_>>()
    };
    let moved = move || {
        let units = input.get_untracked().and_then(|input| input.selection_end().ok().flatten());
        let now = query
            .with_untracked(|query| byte_of_utf16(query, units.map_or(usize::MAX, |units| units as usize)));
        if caret.get_untracked() != now {
            caret.set(now);
        }
    };
    let builds = move || empties() || building.get() && !query.with(|query| query.trim().is_empty());
    let put_label = move || match target {
        Target::Caret => "Insert",
        Target::Inside(_) if empties() => "Remove",
        Target::Inside(_) => "Change",
    };
    view! {
        <div
            class="popover picker-panel"
            popover="manual"
            role="dialog"
            tabindex="-1"
            aria-label="Insert an expression"
            node_ref=own
        >
            <div class="picker-search">
                {icon(Icon::Search)}
                <input
                    node_ref=input
                    type="text"
                    role="combobox"
                    class:mono=move || building.get()
                    spellcheck="false"
                    autocomplete="off"
                    aria-label="Search"
                    aria-expanded=move || if found.with(Vec::is_empty) { "false" } else { "true" }
                    aria-controls=LIST
                    aria-describedby=JUDGED
                    aria-activedescendant=move || marked.active(found.with(Vec::len))
                    placeholder=if target != Target::Caret {
                        "Empty takes it out"
                    } else if secrets { "Search, new secret or expression" } else { "Search, or type an expression" }
                    data-written=""
                    prop:value=move || query.get()
                    on:input=move |event| {
                        marked.begin();
                        let typed = event_target_value(&event);
                        if let Some(bare) = without_brackets(&typed) {
                            event_target::<web_sys::HtmlInputElement>(&event).set_value(bare);
                            query.set(bare.to_owned());
                        } else {
                            query.set(typed);
                        }
                        moved();
                    }
                    on:keyup=move |_| moved()
                    on:click=move |_| moved()
                    on:keydown=enter
                />
                // Its room is kept: the field beside it stays as wide as it is.
                <button
                    type="button"
                    class="button button-small button-primary"
                    class:is-waiting=move || !builds()
                    disabled=move || !builds() || judged.refuses()
                    aria-describedby=JUDGED
                    on:mousedown=stays
                    on:click=move |_| finish(query.get_untracked().trim())
                >
                    {put_label}
                </button>
            </div>
            <div class="picker-body">
                {judged.view()}
                <ul id=LIST class="offers" role="listbox" aria-label="What may be used here">{items}</ul>
                {judged.examples(building)}
            </div>
        </div>
    }
    .into_any()
}
