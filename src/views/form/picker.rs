//! The builder of expressions: what may stand in a field, with its type, what is wrong with it, and what would come out;
//! put where the caret is, or in the place of the one that is being changed.

use leptos::ev::KeyboardEvent;
use leptos::html::{Div, Input};
use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::expr;
use stepladder_workflow::ide::{self, Example, Judged};
use stepladder_workflow::schema::Widget;
use stepladder_workflow::simulate::{Event, Preset, presets};
use stepladder_yaml::TextRange;
use stepladder_yaml::edit::Value;
use wasm_bindgen::JsCast;

use super::controls::At;
use super::offers::{Offer, offers};
use super::{prose, read, write};
use crate::ui::icon::{Icon, icon};

/// At most this many offers are listed at a time.
const SHOWN: usize = 60;

/// What becomes of the expression.
#[derive(Clone, Copy, PartialEq)]
enum Target {
    /// It goes where the caret of the field is.
    Caret,
    /// It takes the place of these bytes of the field's text, which are the inside of an expression.
    Inside(TextRange),
}

/// A button that opens the list of what may be used at `at`.
pub(super) fn button(at: &At) -> AnyView {
    let label = format!("Insert a secret or another expression into {}", at.field.title);
    let at = at.clone();
    popover("picker-open", label, "${{ }}".to_owned(), move |open| {
        panel(&at, open, Target::Caret, String::new())
    })
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
    let at = at.clone();
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
                let shown = source.clone();
                popover("expr-chip", label, shown, move |open| {
                    panel(&at, open, Target::Inside(range), source.clone())
                })
            })
            .collect();
        view! { <div class="expr-chips" role="group" aria-label="Expressions in this field">{chips}</div> }
            .into_any()
    })
    .into_any()
}

fn is_condition(at: &At) -> bool {
    at.field.widget == Widget::Condition
}

/// A button with a panel that it opens; Escape and leaving it close it.
fn popover(
    class: &'static str,
    label: String,
    words: String,
    content: impl Fn(RwSignal<bool>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let open = RwSignal::new(false);
    let node = NodeRef::<Div>::new();
    let leave = move |event: web_sys::FocusEvent| {
        let to = event.related_target().and_then(|t| t.dyn_into::<web_sys::Node>().ok());
        if to.is_some() && !node.get_untracked().is_some_and(|own| own.contains(to.as_ref())) {
            open.set(false);
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            open.set(false);
            let opener = node.get_untracked().and_then(|node| node.query_selector("button").ok().flatten());
            if let Some(opener) = opener.and_then(|opener| opener.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = opener.focus();
            }
        }
    };
    view! {
        <div class="picker" node_ref=node on:focusout=leave on:keydown=key>
            <button
                type="button"
                class=class
                aria-label=label.clone()
                title=label
                aria-haspopup="dialog"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {words}
            </button>
            {move || open.get().then(|| content(open))}
        </div>
    }
    .into_any()
}

fn panel(at: &At, open: RwSignal<bool>, target: Target, start: String) -> AnyView {
    let query = RwSignal::new(start.clone());
    let input = NodeRef::<Input>::new();
    let own = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
        // Below the last field there is no room for it.
        if let Some(own) = own.get() {
            let how = web_sys::ScrollIntoViewOptions::new();
            how.set_block(web_sys::ScrollLogicalPosition::Nearest);
            own.scroll_into_view_with_scroll_into_view_options(&how);
        }
    });
    let session = at.session;
    let all = session
        .analysis
        .with_untracked(|analysis| session.env.with_untracked(|env| offers(analysis, env, at)));
    let secrets = at.field.ctx.contexts().contains(&"secrets");
    // More than a name: then the offers complete the word that is being typed.
    let building = Memo::new(move |_| target != Target::Caret || query.with(|query| is_expression(query)));
    let word = Memo::new(move |_| {
        query.with(|query| if building.get() { last_word(query).to_owned() } else { query.trim().to_owned() })
    });
    let found = Memo::new(move |_| {
        let word = word.get().to_lowercase();
        let mut found: Vec<Offer> =
            all.iter().filter(|offer| offer.text.to_lowercase().contains(&word)).cloned().collect();
        let name = new_name(&word);
        let new = format!("secrets.{name}");
        if secrets && !building.get() && !name.is_empty() && found.iter().all(|offer| offer.text != new) {
            found.insert(0, Offer { text: new, note: "a secret that you create on GitHub".to_owned() });
        }
        found.truncate(SHOWN);
        found
    });
    let finish = {
        let at = at.clone();
        move |text: &str| {
            put(&at, target, text);
            open.set(false);
        }
    };
    // An offer is all that is wanted, or completes the word.
    let take = {
        let finish = finish.clone();
        move |text: &str| {
            if !building.get_untracked() {
                return finish(text);
            }
            query.update(|query| {
                let kept = query.len() - last_word(query).len();
                query.truncate(kept);
                query.push_str(text);
            });
            if let Some(input) = input.get_untracked() {
                let _ = input.focus();
            }
        }
    };
    let enter = {
        let finish = finish.clone();
        move |event: KeyboardEvent| {
            if event.key() != "Enter" {
                return;
            }
            event.prevent_default();
            let typed = query.get_untracked().trim().to_owned();
            match found.get_untracked().first() {
                _ if building.get_untracked() && !typed.is_empty() => finish(&typed),
                Some(first) if !building.get_untracked() => finish(&first.text),
                _ => {}
            }
        }
    };
    let looked_at = RwSignal::new(None::<String>);
    let items = move || {
        found
            .get()
            .into_iter()
            .map(|offer| {
                let take = take.clone();
                let text = offer.text.clone();
                let (hovered, focused) = (text.clone(), text.clone());
                view! {
                    <li>
                        <button
                            type="button"
                            class="offer"
                            on:click=move |_| take(&text)
                            on:pointerenter=move |_| looked_at.set(Some(hovered.clone()))
                            on:focus=move |_| looked_at.set(Some(focused.clone()))
                        >
                            <code>{offer.text}</code>
                            <span>{prose::plain(&offer.note)}</span>
                        </button>
                    </li>
                }
            })
            .collect::<Vec<_>>()
    };
    // What is told about: the expression that is built, else the offer that is looked at, else the first one.
    let subject = Memo::new(move |_| {
        if building.get() {
            return Some(query.get().trim().to_owned()).filter(|text| !text.is_empty());
        }
        looked_at.get().or_else(|| found.with(|found| found.first().map(|offer| offer.text.clone())))
    });
    let here = at.clone();
    let put_label = if target == Target::Caret { "Insert" } else { "Change" };
    view! {
        <div class="picker-panel" role="dialog" aria-label="Insert an expression" node_ref=own>
            <div class="picker-search">
                {icon(Icon::Search)}
                <input
                    node_ref=input
                    type="text"
                    class:mono=move || building.get()
                    spellcheck="false"
                    autocomplete="off"
                    aria-label="Search"
                    placeholder=if secrets { "Search, name a new secret, or type an expression" } else { "Search, or type an expression" }
                    prop:value=move || query.get()
                    on:input=move |event| {
                        looked_at.set(None);
                        query.set(event_target_value(&event));
                    }
                    on:keydown=enter
                />
                {move || {
                    let finish = finish.clone();
                    (building.get() && !query.with(|query| query.trim().is_empty())).then(|| view! {
                        <button type="button" class="button button-small button-primary" on:click=move |_| finish(query.get_untracked().trim())>
                            {put_label}
                        </button>
                    })
                }}
            </div>
            {judgement(&here, target, subject)}
            <ul class="offers">{items}</ul>
            <Show when=move || found.with(Vec::is_empty) && !building.get()>
                <p class="picker-empty">"Nothing of that name may be used here."</p>
            </Show>
        </div>
    }
    .into_any()
}

/// Type, mistakes and value of what would be put.
fn judgement(at: &At, target: Target, subject: Memo<Option<String>>) -> AnyView {
    let session = at.session;
    let events: Vec<Preset> = session.analysis.with_untracked(presets);
    let titles: Vec<String> = events.iter().map(|preset| preset.title.clone()).collect();
    let chosen = RwSignal::new(0usize);
    let here = at.clone();
    let judged = Memo::new(move |_| {
        let source = subject.get()?;
        let usual = || session.form.with(|analysis| Event::usual("push", &analysis.workflow));
        let event = events.get(chosen.get()).map_or_else(usual, |preset| preset.event.clone());
        let (text, at) = text_with(&here, target, &source);
        session.form.with(|analysis| {
            session.env.with(|env| Some(ide::judge(analysis, env, &event, &here.path, &text, at)))
        })
    });
    let options: Vec<_> = titles
        .into_iter()
        .enumerate()
        .map(|(index, title)| {
            view! { <option value=index.to_string() selected=move || chosen.get() == index>{title}</option> }
        })
        .collect();
    let has_events = !options.is_empty();
    view! {
        <div class="judged" role="status">
            {move || judged.get().map(judged_view)}
        </div>
        {has_events.then(|| view! {
            <label class="judged-event">
                <span>"For example when"</span>
                <select
                    class="field-input"
                    on:change=move |event| chosen.set(event_target_value(&event).parse().unwrap_or_default())
                >
                    {options}
                </select>
            </label>
        })}
    }
    .into_any()
}

fn judged_view(judged: Judged) -> AnyView {
    let ty = (!judged.ty.is_empty()).then(|| view! { <span class="judged-type">{judged.ty}</span> });
    let problems: Vec<_> = judged
        .problems
        .iter()
        .map(|problem| view! { <p class="field-problem is-error">{icon(Icon::Error)} <span>{prose::prose(problem)}</span></p> })
        .collect();
    let example = match judged.example {
        Example::Value(value) => Some(view! { <span class="judged-value">"→ "<code>{value}</code></span> }.into_any()),
        Example::Unknown(what) => Some(
            view! { <span class="judged-unknown">"→ known only in a run: "<code>{what}</code></span> }.into_any(),
        ),
        Example::Failed(why) => Some(
            view! { <span class="field-problem is-error">{icon(Icon::Error)} <span>{prose::prose(&why)}</span></span> }
                .into_any(),
        ),
        Example::Nothing => None,
    };
    view! { <p class="judged-line">{ty}{example}</p>{problems} }.into_any()
}

/// The field's text with the expression in it, and a byte in the expression.
fn text_with(at: &At, target: Target, source: &str) -> (String, usize) {
    let text = at.session.analysis.with_untracked(|analysis| read::shown(analysis, &at.path).text());
    match target {
        Target::Inside(range) => {
            let range = range.to_usize();
            let (before, behind) =
                (text.get(..range.start).unwrap_or(&text), text.get(range.end..).unwrap_or_default());
            (format!("{before}{source}{behind}"), before.len())
        }
        Target::Caret if is_condition(at) && text.is_empty() => (source.to_owned(), 0),
        Target::Caret => (format!("${{{{ {source} }}}}"), 4),
    }
}

/// Whether a text is more than a name to search for.
fn is_expression(text: &str) -> bool {
    text.contains(['(', ')', '=', '!', '<', '>', '&', '|', '[', '\''])
}

/// The name that ends a text, which may be empty.
fn last_word(text: &str) -> &str {
    let start = text
        .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    &text[start..]
}

/// The query as the name of a secret: upper case, words joined by `_`.
fn new_name(query: &str) -> String {
    let query = query.strip_prefix("secrets.").unwrap_or(query);
    let name: String =
        query.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect();
    let name = name.trim_matches('_').to_owned();
    if name.starts_with(|c: char| c.is_ascii_digit()) || name.starts_with("GITHUB_") {
        String::new()
    } else {
        name
    }
}

/// Puts the expression where it belongs.
fn put(at: &At, target: Target, source: &str) {
    let id = at.id();
    match target {
        Target::Inside(_) => {
            let (text, _) = text_with(at, target, source);
            write::set(at.session, &at.path, &Value::Str(text), false);
        }
        Target::Caret => {
            let caret = document().get_element_by_id(&id).map_or(0, |element| caret(&element));
            write::act(at.session, |analysis| {
                let value = read::shown(analysis, &at.path).text();
                // A newly opened field has no caret yet: behind everything is where people go on.
                let caret = if caret == 0 { value.len() } else { byte_of(&value, caret) };
                edits::insert_expression(analysis, &at.path, caret, source)
            });
        }
    }
    super::pairs::focus(id);
}

/// The byte of `text` at `units` UTF-16 units.
fn byte_of(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    for (at, c) in text.char_indices() {
        if left < c.len_utf16() {
            return at;
        }
        left -= c.len_utf16();
    }
    text.len()
}

/// Where the caret of a text control is, in UTF-16 units.
fn caret(element: &web_sys::Element) -> u32 {
    let place = |at: Result<Option<u32>, _>| at.ok().flatten().unwrap_or_default();
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        place(input.selection_end())
    } else if let Some(area) = element.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        place(area.selection_end())
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_that_is_being_typed() {
        assert_eq!(last_word("github.ref == matrix.o"), "matrix.o");
        assert_eq!(last_word("contains(github"), "github");
        assert_eq!(last_word("github.ref == "), "");
        assert_eq!(last_word("a"), "a");
        assert!(is_expression("!cancelled") && !is_expression("api key"));
    }
}
