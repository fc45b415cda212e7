//! The open files, as a row above the panes; nothing while there is but one.

use leptos::html::Li;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::commands::settle::press_of;
use crate::shell::Shell;
use crate::ui::button::icon_button;
use crate::ui::icon::{Icon, icon};
use crate::ui::toast::Action;

/// The row.
pub(crate) fn files(shell: Shell) -> AnyView {
    let desk = shell.desk;
    let lesson = Memo::new(move |_| shell.course.lesson.with(Option::is_some));
    let several = Memo::new(move |_| !lesson.get() && desk.files.with(|files| files.len() > 1));
    let row = move || {
        let ids = desk.files.get();
        let items: Vec<_> = ids.into_iter().map(|id| file(shell, id)).collect();
        view! {
            <nav class="files" aria-label="Open files">
                <ul>{items}</ul>
            </nav>
        }
    };
    view! { {move || several.get().then(row)} }.into_any()
}

fn file(shell: Shell, id: String) -> AnyView {
    let (desk, session) = (shell.desk, shell.session);
    let own = id.clone();
    let current =
        Memo::new(move |_| desk.front.with(|front| front.as_ref().is_some_and(|front| front.id == own)));
    let of = id.clone();
    // What is in front is known before it is saved.
    let path = Memo::new(move |_| {
        if current.get() {
            session.file_path()
        } else {
            desk.drafts.with(&of, |draft| draft.file.clone()).unwrap_or_default()
        }
    });
    let of = id.clone();
    let changed = Memo::new(move |_| {
        if current.get() {
            session.dirty.get()
        } else {
            desk.drafts.with(&of, crate::drafts::Draft::is_changed).unwrap_or_default()
        }
    });
    // Of an action, whose file has the same name everywhere, the folder tells which it is.
    let name = move || {
        path.with(|path| {
            let mut parts = path.rsplit('/');
            let name = parts.next().unwrap_or_default();
            match (name, parts.next()) {
                ("action.yml" | "action.yaml", Some(folder)) => format!("{folder}/{name}"),
                _ => name.to_owned(),
            }
        })
    };
    let (go, close) = (id.clone(), id.clone());
    let label = move || format!("Close {}", name());
    // The middle button closes, as on every row of tabs.
    let middle = close.clone();
    let aux = move |event: leptos::ev::MouseEvent| {
        if event.button() == 1 {
            event.prevent_default();
            shell.close_file(&middle);
        }
    };
    // What is typed may lead to a question, which comes between the press and the click.
    let pressed = id.clone();
    let press = move |event: leptos::ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is_name = target.is_some_and(|target| target.closest(".file-tab-name").ok().flatten().is_some());
        let (name, file) = (untrack(name), pressed.clone());
        let then = match is_name {
            true => Action::new(format!("Go to {name}"), move || _ = shell.resume(&file)),
            false => Action::new(format!("Close {name}"), move || shell.close_file(&file)),
        };
        press_of(shell, &event, || false, then);
    };
    // Where the row is longer than the page, the file in front is in view.
    let tab = NodeRef::<Li>::new();
    Effect::new(move |_| {
        if let Some(tab) = tab.get().filter(|_| current.get()) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            options.set_inline(ScrollLogicalPosition::Nearest);
            tab.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    view! {
        <li node_ref=tab class="file-tab" class:is-current=move || current.get() on:auxclick=aux on:mousedown=press>
            <button
                type="button"
                class="file-tab-name"
                title=move || path.get()
                aria-current=move || current.get().then_some("page")
                on:click=move |_| {
                    shell.resume(&go);
                }
            >
                {icon(Icon::File)}
                <span>{name}</span>
                {move || {
                    changed
                        .get()
                        .then(|| view! { <span class="file-dirty" role="img" aria-label="changed"></span> })
                }}
            </button>
            {icon_button(Icon::Close, TextProp::from(label), || false, move |_| shell.close_file(&close))}
        </li>
    }
    .into_any()
}
