//! The frame of the page: header, panes, drawer; the keys; what is dropped on it.

use leptos::ev::{DragEvent, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Element;

use crate::session::Session;
use crate::shell::{Screen, Shell};
use crate::ui::calm;
use crate::ui::keep_focus::{give_back, keep_focus};
use crate::ui::listen::listen_first;
use crate::ui::paint::hurry;
use crate::ui::question::question;
use crate::ui::toast::{Toaster, toasts};
use crate::ui::turns::{FRAME, HIDDEN, SCREEN, START, Turns, in_turn};
use crate::ui::typing::{self, Way};
use crate::views::header::header;
use crate::views::learn::learn;
use crate::views::palette::palette;
use crate::views::paste::paste;
use crate::views::shortcuts::shortcuts;
use crate::views::start::start;
use crate::{commands, files, model, share};

/// The whole page.
pub(crate) fn app() -> AnyView {
    let toaster = Toaster::default();
    let session = Session::new(toaster);
    let shell = Shell::new(session);
    let turns = Turns::begin();
    let shown = turns.is_shown();
    provide_context(session);
    provide_context(shell);
    turns.then(START, move || begin(shell));
    // A screen that is asked for again stays as it is.
    let screen = Memo::new(move |_| shell.screen.get());
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if let Some(main) = document().get_element_by_id("main") {
            let _ = main.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    };
    view! {
        <a class="skip" href="#main" on:click=skip>
            "Skip to the content"
        </a>
        <div
            class="app"
            hidden=move || !shown.get()
            on:dragover=drag_over
            on:drop=move |event| drop_file(shell, &event)
        >
            {in_turn(FRAME, move || view! { {header(shell)} {waiting(session)} }.into_any())}
            {in_turn(SCREEN, move || (move || match screen.get() {
                Screen::Start => start(shell),
                Screen::Learn => learn(shell),
                Screen::Editor => editor(shell),
                Screen::Rules => rules(shell),
            }).into_any())}
        </div>
        {files::picker(shell)}
        {in_turn(
            HIDDEN,
            move || {
                view! {
                    {palette(shell)}
                    {move || session.model.get().map(|part| (part.dialogs)(shell))}
                    {paste(shell)}
                    {shortcuts(shell)}
                    {question(shell.session.question, shell.session.afterwards)}
                    <p class="visually-hidden" role="status" aria-label="History">{move || session.said.get()}</p>
                    {toasts(toaster)}
                }
                    .into_any()
            },
        )}
    }
    .into_any()
}

/// What happens without being seen.
fn begin(shell: Shell) {
    let session = shell.session;
    listen_to_keys(shell);
    keep_focus();
    shell.start();
    share::follow_query(shell);
    model::load_when_wanted(shell);
    let back = window_event_listener_untyped("hashchange", move |_| shell.follow_address());
    on_cleanup(move || back.remove());
    Effect::new(move |loaded: Option<bool>| {
        let editing = shell.screen.get() == Screen::Editor;
        let loaded = loaded.unwrap_or_default();
        let part = session.model.get().filter(|_| editing && !loaded);
        if let Some(part) = part {
            (part.facts)(session);
        }
        part.is_some() || loaded
    });
    Effect::new(move |_| {
        let title = match shell.screen.get() {
            Screen::Start => "Stepladder: GitHub Actions workflows, step by step".to_owned(),
            Screen::Learn => "Learn by doing – Stepladder".to_owned(),
            Screen::Editor => format!("{} – Stepladder", session.file_name()),
            Screen::Rules => match shell.rule.get() {
                Some(id) => format!("{id} – Rules – Stepladder"),
                None => "Rules – Stepladder".to_owned(),
            },
        };
        document().set_title(&title);
    });
}

/// A line below the header while the second part of the program is on its way; the style sheet shows it when that takes
/// longer than a moment.
fn waiting(session: Session) -> AnyView {
    (move || {
        let waits = session.model_asked.get() && session.model.with(Option::is_none);
        waits
            .then(|| view! { <div class="waiting" role="progressbar" aria-label="Loading the editor"></div> })
    })
    .into_any()
}

fn editor(shell: Shell) -> AnyView {
    let content = move || match shell.session.model.get() {
        Some(part) => (part.workspace)(shell),
        None => view! {
            <main id="main" class="workspace" tabindex="-1" aria-label="Workflow">
                <p class="empty-line" role="status">"Loading the editor…"</p>
            </main>
        }
        .into_any(),
    };
    content.into_any()
}

fn rules(shell: Shell) -> AnyView {
    let content = move || match shell.session.model.get() {
        Some(part) => (part.rules)(shell),
        None => view! {
            <main id="main" class="workspace" tabindex="-1" aria-label="Rules">
                <p class="empty-line" role="status">"Loading the rules…"</p>
            </main>
        }
        .into_any(),
    };
    content.into_any()
}

fn drag_over(event: DragEvent) {
    let files = event.data_transfer().is_some_and(|data| data.types().iter().any(|kind| kind == "Files"));
    if files {
        event.prevent_default();
    }
}

fn drop_file(shell: Shell, event: &DragEvent) {
    let file = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0));
    if let Some(file) = file {
        event.prevent_default();
        files::open_file(shell, file);
    }
}

/// Shortcuts come before everything else on the page, so that there is one history also inside of Monaco; `Esc` comes
/// last, when nothing else wanted it.
fn listen_to_keys(shell: Shell) {
    // Who acts on something has seen what it is; only typed text goes on before the rest of the page follows.
    let session = shell.session;
    let acts = ["keydown", "beforeinput", "paste", "drop", "pointerdown", "click", "change"];
    let typed_at = StoredValue::new_local(None::<(Element, u32)>);
    listen_first(&acts, move |event| {
        // The key is for what the focus has now gone to.
        if hurry() && event.type_() == "keydown" {
            event.stop_propagation();
        }
        let typed = typed_into(event);
        let run = typed.as_ref().map(|(element, _)| (element.clone(), session.run()));
        let goes_on = run.is_some() && typed_at.with_value(|before| *before == run);
        typed_at.set_value(run);
        match typed {
            Some((_, Needs::Nothing)) => {}
            Some((_, Needs::Form)) => session.form.catch_up(),
            Some((_, Needs::Others)) if goes_on => {}
            _ => session.catch_up(),
        }
    });
    // What was drawn for this key may have taken away what had the focus: Tab goes on from what is there instead.
    listen_first(&["keydown"], |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Tab") {
            give_back();
        }
    });
    // The focus also moves by itself, as into the title of a new job.
    listen_first(&["focusout"], move |event| {
        session.analysis.catch_up();
        if is_within(event, ".form") {
            session.form.catch_up();
        }
    });
    typing::follow(move |way| go(shell, way));
    calm::listen();
    commands::pressed::listen(shell);
    let first = Closure::<dyn Fn(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        let Some(command) = commands::keys::by_key(&event) else { return };
        // The browser shall not save the page instead, and who answers is told what comes then.
        if session.is_asking() && commands::settle::hands_on(command) {
            event.prevent_default();
            return commands::settle::start(shell, command);
        }
        // The browser would take back what was typed in other fields.
        if let Some(way) = way_of(command.id) {
            event.prevent_default();
            event.stop_propagation();
            return go(shell, way);
        }
        if command.id == "up" || is_taken(&event, command.id) || !untrack(move || (command.enabled)(shell)) {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        commands::settle::start(shell, command);
    });
    let listen =
        document().add_event_listener_with_callback_and_bool("keydown", first.as_ref().unchecked_ref(), true);
    if listen.is_ok() {
        // The page listens as long as it lives.
        first.forget();
    }
    let last = window_event_listener(leptos::ev::keydown, move |event| {
        let composes = event.is_composing();
        if event.key() == "Escape" && !composes && !event.default_prevented() && !is_taken(&event, "up") {
            commands::run(shell, "up");
        }
    });
    on_cleanup(move || last.remove());
}

/// Which way through what was done a command goes.
fn way_of(id: &str) -> Option<Way> {
    match id {
        "undo" => Some(Way::Undo),
        "redo" => Some(Way::Redo),
        _ => None,
    }
}

/// Takes back, or does again, what was typed in the field that has the focus, if it is written nowhere; else what has
/// changed in the file, unless a dialog is before it.
fn go(shell: Shell, way: Way) {
    let dialog = document().query_selector("dialog[open]").ok().flatten().is_some();
    if typing::go(way) || dialog {
        return;
    }
    typing::forget_taken_back();
    commands::run(shell, if way == Way::Undo { "undo" } else { "redo" });
}

/// What must be there before a letter that somebody types.
enum Needs {
    /// The field alone has it.
    Nothing,
    /// The form must have taken the letter before: the blanks at the end of a text are in its field alone, where the form
    /// would put a text without them.
    Form,
    /// What others have changed: in the code it matters what the text is now.
    Others,
}

/// The field that an event types into.
fn typed_into(event: &web_sys::Event) -> Option<(Element, Needs)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let within = |selector: &str| target.closest(selector).is_ok_and(|found| found.is_some());
    let key = event.dyn_ref::<KeyboardEvent>();
    let is_letter = |event: &KeyboardEvent| {
        let commands = event.ctrl_key() || event.meta_key() || event.alt_key();
        !commands
            && (event.key().chars().count() == 1 || matches!(event.key().as_str(), "Backspace" | "Shift"))
    };
    if event.type_() != "beforeinput" && !key.is_some_and(is_letter) {
        return None;
    }
    let is_field = target.matches("input, textarea").unwrap_or_default();
    let needs = if within(".script-editor") {
        Needs::Form
    } else if within(".monaco-editor") {
        Needs::Others
    } else if !is_field {
        // A button is pressed by the bar for blanks.
        return None;
    } else if key.is_some_and(|key| key.key() == " ") {
        Needs::Form
    } else {
        Needs::Nothing
    };
    Some((target, needs))
}

/// Whether the place that has the focus wants this shortcut for itself.
fn is_taken(event: &KeyboardEvent, id: &str) -> bool {
    let within = |selector: &str| is_within(event, selector);
    let dialog = document().query_selector("dialog[open]").ok().flatten().is_some();
    match id {
        "palette" => dialog && !within(".palette"),
        "fix" => dialog || within(".monaco-editor"),
        // There it is a letter.
        "shortcuts" => {
            dialog || within("input:not([type=checkbox], [type=radio]), textarea, select, .monaco-editor")
        }
        // A field of the form is left first.
        "up" => dialog || within("input, textarea, select, .monaco-editor") && !within(".form"),
        _ => dialog,
    }
}

/// Whether the event is of an element that matches `selector`, or of one in it.
fn is_within(event: &web_sys::Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(selector).ok().flatten().is_some())
}
