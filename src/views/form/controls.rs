//! Controls for single values: text, number, choice, switch.

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::schema::{self, Field};
use stepladder_yaml::edit::Value;
use stepladder_yaml::{Path, path};
use wasm_bindgen::JsCast;

use super::known::Known;
use super::{barred, dispatch, lines, picker, read, write};
use crate::session::Session;
use crate::ui::settle::settling;

/// A field at its place.
#[derive(Clone)]
pub(super) struct At {
    /// The session.
    pub(super) session: Session,
    /// The path of the value.
    pub(super) path: Path,
    /// Its row of the table.
    pub(super) field: &'static Field,
}

impl At {
    /// The id of the control's element.
    pub(super) fn id(&self) -> String {
        format!("field-{}", self.path)
    }

    /// The scalar's text; "" when there is none.
    pub(super) fn text(&self) -> Memo<String> {
        let path = self.path.clone();
        self.session.form.derive(move |analysis| read::shown(analysis, &path).text())
    }

    fn ghost(&self) -> String {
        self.field.default.map(str::to_owned).unwrap_or_default()
    }
}

/// Puts `text` into the control of the value at `path`, whatever was typed.
pub(super) fn show(path: &Path, text: &str) {
    let Some(element) = document().get_element_by_id(&format!("field-{path}")) else { return };
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        input.set_value(text);
    } else if let Some(area) = element.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        // A text over several lines is shown without the line break at its end.
        area.set_value(if area.class_list().contains("field-script") { lines::shown(text) } else { text });
    }
}

/// The text of the scalar at `path`, once.
pub(super) fn text_at(session: Session, path: &Path) -> String {
    session.analysis.with_untracked(|analysis| read::shown(analysis, path).text())
}

/// One line of text; the default of an input is as its type has it.
pub(super) fn text(at: &At) -> AnyView {
    if let Some(input) = dispatch::input_of(&at.path, "default") {
        return dispatch::default(at, &input);
    }
    plain(at)
}

/// One line of text.
pub(super) fn plain(at: &At) -> AnyView {
    line(at, "text", "field-input", at.ghost())
}

/// One line of text that is code.
pub(super) fn code(at: &At) -> AnyView {
    line(at, "text", "field-input mono", at.ghost())
}

/// A number, or an expression that gives one.
pub(super) fn number(at: &At) -> AnyView {
    line(at, "decimal", "field-input field-number", at.ghost())
}

/// One line of text; `ghost` shows what holds when nothing is typed. Words that are known there are offered.
pub(super) fn line(at: &At, mode: &'static str, class: &'static str, ghost: String) -> AnyView {
    line_with(at, mode, class, ghost, Known::new(at.session, &at.path, &at.id(), at.field.values.list()))
}

/// As [`line`], offering what is `known`. A text that has several lines shows them.
pub(super) fn line_with(
    at: &At,
    mode: &'static str,
    class: &'static str,
    ghost: String,
    known: Known,
) -> AnyView {
    let value = barred::text(at);
    // Who takes the last line break out stays in the field.
    let is_long = Memo::new(move |was: Option<&bool>| {
        was == Some(&true) || value.with(|text| one_line(text).contains('\n'))
    });
    let at = at.clone();
    (move || match is_long.get() {
        true => lines::field(&at, ""),
        false => short(&at, mode, class, ghost.clone(), known.clone()),
    })
    .into_any()
}

/// The text without the line break at its end, as that of a block has one.
fn one_line(text: &str) -> &str {
    text.trim_end_matches('\n')
}

fn short(at: &At, mode: &'static str, class: &'static str, ghost: String, known: Known) -> AnyView {
    let value = barred::text(at);
    let (here, there) = (at.clone(), at.clone());
    // Blanks behind what is written stand in the field alone until a word follows; whoever tells the field of letters that
    // were typed before them does not take them away.
    let typed = StoredValue::new(String::new());
    let shown = move || {
        let text = value.get();
        typed.with_value(|typed| {
            let is_typed = typed.trim_end_matches(' ') == one_line(&text);
            if is_typed { typed.clone() } else { one_line(&text).to_owned() }
        })
    };
    let barred = barred::barred(at);
    let list = known.list(|_| false);
    let list_id = known.attribute();
    // What it was when somebody came to the field, whatever it is while they type.
    let stays_text = StoredValue::new(false);
    let (come, came) = (known.clone(), at.clone());
    let come = move |_| {
        come.come();
        let read = |analysis: &_| write::is_quoted_number(analysis, &came.path);
        stays_text.set_value(came.session.analysis.with_untracked(read));
    };
    let input = move |event: web_sys::Event| {
        let text = event_target_value(&event);
        write::set_line(here.session, &here.path, here.field, &text, stays_text.get_value());
        typed.set_value(text.clone());
        known.ask();
        let caret = event_target::<web_sys::HtmlInputElement>(&event).selection_start().ok().flatten();
        let is_at_end = caret.is_some_and(|caret| caret as usize == text.encode_utf16().count());
        if is_at_end && here.field.ctx.allows_expressions() {
            known.follow(text);
        }
    };
    let end = move |event| {
        typed.set_value(String::new());
        write::end_line(there.session, &there.path, there.field, &event_target_value(&event));
    };
    view! {
        <input
            id=at.id()
            class=class
            class:has-expression=move || value.with(|text| text.contains("${{"))
            type="text"
            inputmode=mode
            spellcheck="false"
            autocomplete="off"
            list=move || list_id.get()
            on:focus=come
            placeholder=ghost
            aria-required=at.field.required.then_some("true")
            readonly=move || barred.with(Option::is_some)
            data-written=move || value.get()
            prop:value=shown
            on:input=input
            on:change=end
        />
        {list}
    }
    .into_any()
}

/// One of some values.
pub(super) fn choice(at: &At) -> AnyView {
    if !at.field.values.closed() {
        return text(at);
    }
    let value = at.text();
    // The kind of an action tells which table holds, so that the table has that kind alone.
    let is_kind = at.path == path!["runs", "using"];
    let values = if is_kind { schema::kinds_of_action() } else { at.field.values.list() };
    let known = values.clone();
    let none = match at.field.default {
        Some(default) => format!("Not set ({default})"),
        None => "Not set".to_owned(),
    };
    let options: Vec<_> = values
        .into_iter()
        .map(|option| {
            view! { <option value=option selected=move || value.get() == option>{option}</option> }
        })
        .collect();
    // What stands in the text is shown even when it is none of the values.
    let other = move || {
        value.with(|value| !value.is_empty() && !known.contains(&value.as_str())).then(|| {
            view! { <option value=value.get() selected=true>{value.get()}</option> }
        })
    };
    // What must be set is not unset by its list.
    let can_go = !at.field.required;
    let no_value = move || {
        let is_empty = value.with(String::is_empty);
        (can_go || is_empty).then(|| view! { <option value="" selected=is_empty>{none.clone()}</option> })
    };
    let here = at.clone();
    let change = move |value: String| {
        if value.is_empty() {
            write::unset(here.session, &here.path);
        } else if is_kind {
            let others = |analysis: &_| edits::set_action_kind(analysis, &value);
            if write::act_here(here.session, others) {
                // What goes with it may be much.
                here.session.offer_undo();
            }
        } else if let Some(input) = dispatch::input_of(&here.path, "type") {
            dispatch::set_kind(here.session, &input, &value);
        } else {
            write::set(here.session, &here.path, &write::typed(here.field, &value));
        }
    };
    let options = view! {
        {no_value}
        {options}
        {other}
    };
    settling(Some(at.id()), "field-input", None, at.field.required, options, change)
}

/// A switch; an expression in its place is shown as text.
pub(super) fn toggle(at: &At) -> AnyView {
    let switch = toggle_from(at, at.field.default == Some("true"), false);
    if !at.field.ctx.allows_expressions() {
        return switch;
    }
    view! { <div class="field-line">{switch}{picker::button(at)}</div>{picker::chips(at)} }.into_any()
}

/// A switch of a value that is `default` when it is absent. Where `quotes` mean nothing, those that stand there stay.
pub(super) fn toggle_from(at: &At, default: bool, quotes: bool) -> AnyView {
    let shape = {
        let at = at.clone();
        at.session.form.derive(move |analysis| match read::shown(analysis, &at.path) {
            read::Shown::Absent => Some(None),
            _ => read::said_boolean(analysis, &at.path).filter(|(_, quoted)| quotes || !quoted).map(Some),
        })
    };
    let at = at.clone();
    let is_text = Memo::new(move |_| shape.get().is_none());
    (move || {
        if is_text.get() {
            return code(&at);
        }
        let on = move || shape.get().flatten().map_or(default, |(on, _)| on);
        let here = at.clone();
        let change = move |event| {
            let checked = event_target_checked(&event);
            if checked == default {
                write::unset(here.session, &here.path);
            } else {
                let is_quoted = shape.get_untracked().flatten().is_some_and(|(_, quoted)| quoted);
                let value = if is_quoted { Value::Str(checked.to_string()) } else { Value::Bool(checked) };
                write::set(here.session, &here.path, &value);
            }
        };
        view! {
            <label class="switch">
                <input id=at.id() type="checkbox" role="switch" prop:checked=on on:change=change />
                <span class="switch-track" aria-hidden="true"></span>
                <span class="switch-words">{move || if on() { "On" } else { "Off" }}</span>
            </label>
        }
        .into_any()
    })
    .into_any()
}
