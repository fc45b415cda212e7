//! What is typed into a field and written nowhere yet, and how it is taken back.
//!
//! A browser has one list of all that was typed on a page, so that it takes back in one field what was typed in another.
//! The page therefore takes back itself. `data-written` says what of a field's text is not typed: what the file has for
//! it, or what it began with. A field without that attribute writes with every letter.

use std::cell::{Cell, RefCell};

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, FocusEvent, HtmlInputElement, HtmlTextAreaElement, InputEvent};

/// Letters that come within this time of each other are taken back together, in milliseconds.
const TOGETHER: f64 = 1000.0;

/// Where the field of the code editor is, which is the file itself; its search and its box for another name are fields like others.
const CODE: &str = ".monaco-editor";
const SEARCH: &str = ".monaco-editor .find-widget, .monaco-editor .rename-box";

/// A way through what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Takes back.
    Undo,
    /// Does again.
    Redo,
}

/// What was typed into the field that has the focus, since it has it.
struct Typed {
    field: Field,
    /// Its text as it was before, the latest last.
    before: Vec<String>,
    /// Its text as it was before it was taken back, the latest last.
    behind: Vec<String>,
    now: String,
    /// What was typed last, and when, in milliseconds.
    last: Option<(String, f64)>,
}

thread_local! {
    static TYPED: RefCell<Option<Typed>> = const { RefCell::new(None) };
    /// Whether the page puts a text into a field right now, which is no typing.
    static PUTS: Cell<bool> = const { Cell::new(false) };
}

/// Follows what is typed, as long as the page lives. `other` goes a way that the browser was asked for by one of its own
/// menus.
pub(crate) fn follow(other: impl Fn(Way) + 'static) {
    listen("focusin", |event: FocusEvent| {
        let field = target(&event).and_then(Field::of).filter(|field| !field.is_secret());
        TYPED.with_borrow_mut(|typed| {
            if typed.as_ref().map(|typed| &typed.field) != field.as_ref() {
                *typed = field.map(Typed::begin);
            }
        });
    });
    listen("focusout", |_: FocusEvent| {
        // Who goes to another window comes back to it.
        if document().has_focus().unwrap_or(true) {
            TYPED.set(None);
        }
    });
    listen("beforeinput", move |event: InputEvent| {
        let way = match event.input_type().as_str() {
            "historyUndo" => Way::Undo,
            "historyRedo" => Way::Redo,
            _ => return with_field(&event, Typed::look),
        };
        event.prevent_default();
        event.stop_propagation();
        other(way);
    });
    listen("input", |event: Event| {
        let kind = event.dyn_ref::<InputEvent>().map(InputEvent::input_type).unwrap_or_default();
        let data = event.dyn_ref::<InputEvent>().and_then(InputEvent::data).unwrap_or_default();
        with_field(&event, |typed| typed.add(&kind, &data));
    });
}

/// Goes a way through what was typed in the field that has the focus. `false`: it holds nothing but what is written, so
/// that the way leads through what has changed in the file.
pub(crate) fn go(way: Way) -> bool {
    let Some(field) = document().active_element().and_then(Field::of) else { return false };
    let Some(written) = field.written() else { return false };
    let is_typed = plain(&field.text()) != plain(&written);
    // The text is put into the field once nothing is borrowed, as the page hears of it.
    let text = TYPED.with_borrow_mut(|typed| {
        let typed = typed.as_mut().filter(|typed| typed.field == field);
        match (typed, way) {
            (Some(typed), Way::Undo) if is_typed => {
                typed.look();
                Some(typed.step(typed.before.last().cloned().unwrap_or(written), way))
            }
            (None, Way::Undo) if is_typed => Some(written),
            (Some(typed), Way::Redo) => {
                typed.look();
                typed.behind.last().cloned().map(|text| typed.step(text, way))
            }
            _ => None,
        }
    });
    if let Some(text) = &text {
        field.put(text);
    }
    text.is_some() || is_typed
}

/// Types `text` into the field that has the focus, at its caret, so that it can be taken back.
pub(crate) fn insert(text: &str) {
    let _ = command("insertText", text);
}

/// Forgets what was taken back: something else has been since.
pub(crate) fn forget_taken_back() {
    TYPED.with_borrow_mut(|typed| typed.iter_mut().for_each(|typed| typed.behind.clear()));
}

fn with_field(event: &Event, run: impl FnOnce(&mut Typed)) {
    let field = target(event).and_then(Field::of).filter(|field| !field.is_secret());
    let Some(field) = field.filter(|_| !PUTS.get()) else { return };
    TYPED.with_borrow_mut(|typed| {
        if typed.as_ref().is_none_or(|typed| typed.field != field) {
            *typed = Some(Typed::begin(field));
        }
        typed.as_mut().map(run);
    });
}

impl Typed {
    fn begin(field: Field) -> Self {
        let now = field.text();
        Self { field, before: Vec::new(), behind: Vec::new(), now, last: None }
    }

    /// What the page itself has put into the field since is where it begins anew.
    fn look(&mut self) {
        let now = self.field.text();
        if now != self.now {
            *self = Self { now, ..Self::begin(self.field.clone()) };
        }
    }

    /// Something has been typed.
    fn add(&mut self, kind: &str, data: &str) {
        let now = self.field.text();
        if now == self.now {
            return;
        }
        let at = js_sys::Date::now();
        let is_letter = data.chars().count() <= 1 && !data.starts_with(char::is_whitespace);
        let goes_on = self.last.as_ref().is_some_and(|(last, then)| last == kind && at - then < TOGETHER);
        let before = std::mem::replace(&mut self.now, now);
        // What is written is taken back elsewhere.
        if self.field.written().is_some_and(|written| plain(&written) == plain(&before)) {
            self.before.clear();
        }
        if !(goes_on && is_letter) || self.before.is_empty() {
            self.before.push(before);
        }
        self.behind.clear();
        self.last = Some((kind.to_owned(), at));
    }

    /// Goes a step to `text`, which is told.
    fn step(&mut self, text: String, way: Way) -> String {
        let (from, to) = match way {
            Way::Undo => (&mut self.before, &mut self.behind),
            Way::Redo => (&mut self.behind, &mut self.before),
        };
        from.pop();
        to.push(std::mem::replace(&mut self.now, text.clone()));
        self.last = None;
        text
    }
}

/// A field that somebody types into, other than the code.
#[derive(Clone, Debug, PartialEq)]
struct Field(Element);

impl Field {
    fn of(element: Element) -> Option<Self> {
        let within = |selector: &str| element.closest(selector).ok().flatten().is_some();
        let is_field = element.matches("input, textarea").unwrap_or_default();
        (is_field && (!within(CODE) || within(SEARCH))).then_some(Self(element))
    }

    fn text(&self) -> String {
        let input = self.0.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value);
        let area = || self.0.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value);
        input.or_else(area).unwrap_or_default()
    }

    /// Whether it is for a secret, of which nothing is kept: it is taken back as a whole.
    fn is_secret(&self) -> bool {
        self.0.matches("[type=password], [data-secret]").unwrap_or_default()
    }

    /// What of it is not typed, if it says so.
    fn written(&self) -> Option<String> {
        let is_search = || self.0.closest(SEARCH).ok().flatten().map(|_| String::new());
        self.0.get_attribute("data-written").or_else(is_search)
    }

    /// Puts `text` into it as if it were typed, so that it also tells that it has changed when it is left.
    fn put(&self, text: &str) {
        let input = self.0.dyn_ref::<HtmlInputElement>();
        let area = self.0.dyn_ref::<HtmlTextAreaElement>();
        input.map(HtmlInputElement::select);
        area.map(HtmlTextAreaElement::select);
        PUTS.set(true);
        let _ = match text {
            "" => command("delete", ""),
            text => command("insertText", text),
        };
        PUTS.set(false);
        if self.text() == text {
            return;
        }
        input.into_iter().for_each(|input| input.set_value(text));
        area.into_iter().for_each(|area| area.set_value(text));
        for kind in ["input", "change"] {
            if let Ok(event) = Event::new(kind) {
                event.init_event_with_bubbles(kind, true);
                let _ = self.0.dispatch_event(&event);
            }
        }
    }
}

/// `document.execCommand`: for a field there is no other way to type.
fn command(name: &str, text: &str) -> Result<JsValue, JsValue> {
    let document = JsValue::from(document());
    let run: js_sys::Function = js_sys::Reflect::get(&document, &"execCommand".into())?.dyn_into()?;
    run.call3(&document, &name.into(), &JsValue::FALSE, &text.into())
}

/// A text without what comes and goes by itself: line breaks as the file has them, and blanks at its end, which wait for
/// what follows.
fn plain(text: &str) -> String {
    text.replace('\r', "").trim_end().to_owned()
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Hears of an event before anything else does, as long as the page lives.
fn listen<E: JsCast + wasm_bindgen::convert::FromWasmAbi + 'static>(kind: &str, run: impl Fn(E) + 'static) {
    let run = Closure::<dyn Fn(E)>::new(run);
    let _ = document().add_event_listener_with_callback_and_bool(kind, run.as_ref().unchecked_ref(), true);
    run.forget();
}
