//! Lists of texts as chips, and mappings whose keys the person names.

use std::sync::Arc;

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::Input;
use leptos::prelude::*;
use stepladder_workflow::schema::{Field, Map, Types, Widget};
use stepladder_workflow::{Analysis, edits};
use stepladder_yaml::edit::Value;
use stepladder_yaml::{Path, Step};

use super::chips::{self, Acts, Chip, List};
use super::controls::At;
use super::fresh::{Fresh, Typed};
use super::known::Known;
use super::parted::Ends;
use super::{control, focus, globs, notes, read, write};
use crate::session::Session;
use crate::ui::icon::{Icon, icon};
use crate::views::left_behind;

/// The texts of a list, each to be changed, moved and taken out, and a place to add more.
pub(super) fn chips(at: &At, id: String, ends: Ends) -> AnyView {
    let path = at.path.clone();
    let texts = at.session.form.derive(move |analysis| read::shown(analysis, &path).texts());
    let here = at.clone();
    text_chips(at, (id, None), ends, texts, move |texts| set(&here, &texts))
}

/// As [`chips`], over these texts of the list; `put` writes them. The field that adds to them has that id and, where no
/// label names it, that name.
pub(super) fn text_chips(
    at: &At,
    (id, label): (String, Option<&str>),
    ends: Ends,
    texts: Memo<Vec<String>>,
    put: impl Fn(Vec<String>) -> bool + Clone + Send + Sync + 'static,
) -> AnyView {
    let (draft, editing) = (RwSignal::new(String::new()), RwSignal::new(None));
    let list = List {
        session: at.session,
        known: Known::new(
            at.session,
            &at.path,
            &id,
            at.field.items.map_or(at.field.values, |items| items.values).list(),
        ),
        id,
        title: at.field.title.to_owned(),
        label: label.map(str::to_owned),
        draft,
        editing,
        keeps_one: false,
        ends,
    };
    let values = Memo::new(move |_| texts.get().into_iter().map(Chip::text).collect::<Vec<_>>());
    let (session, path) = (at.session, at.path.clone());
    let acts = Acts {
        // Of two that change places, only the hand knows which is moved.
        shift: Arc::new(move |from, to| {
            write::act_here(session, |analysis| edits::move_item(analysis, &path, from, to));
        }),
        ..Acts::whole(move || texts.get_untracked(), put)
    };
    view! { {chips::chips(list, values, &acts)} {globs::while_typing(&at.path, draft, editing)} }.into_any()
}

/// Adds `text` to the list.
pub(super) fn put(at: &At, mut texts: Vec<String>, text: String) {
    if !texts.contains(&text) {
        texts.push(text);
        set(at, &texts);
    }
}

pub(super) fn remove(at: &At, mut texts: Vec<String>, index: usize) {
    if index < texts.len() {
        texts.remove(index);
        set(at, &texts);
    }
}

/// A single text stays one where the field takes one; more become a list. `false`: it is refused.
pub(super) fn set(at: &At, texts: &[String]) -> bool {
    let absent = at.session.analysis.with_untracked(|analysis| !read::exists(analysis, &at.path));
    let done = if let ([text], true, true) =
        (texts, absent, at.field.widget != Widget::List && at.field.types.has(Types::STRING))
    {
        write::set(at.session, &at.path, &Value::Str(text.clone()))
    } else {
        write::act(at.session, |analysis| edits::set_list(analysis, &at.path, texts))
    };
    done || at.session.is_asking()
}

/// The entries of a mapping whose keys the person names, each with the fields of its value, and a way to add one.
pub(super) fn entries(session: Session, path: &Path, map: &'static Map, free: &'static Field) -> AnyView {
    let here = path.clone();
    let names = session.form.derive(move |analysis| {
        let named = |key: &str| map.named(key).is_some();
        let names = read::pairs(analysis, &here).into_iter().map(|(name, _)| name);
        names.filter(|name| !named(name)).collect::<Vec<_>>()
    });
    let label = format!("Name of the new {}", free.title.to_lowercase());
    let fresh = Fresh {
        session,
        path: path.clone(),
        names,
        classes: ("field-line", ""),
        label: label.clone(),
        placeholder: label.into(),
        values: None,
        button: "Add",
    };
    let here = path.clone();
    let make = move |analysis: &Analysis, entry: &Typed| {
        // An input has a type, and a name that expressions can read.
        if let [Step::Key(on), Step::Key(event), Step::Key(inputs)] = here.steps()
            && on == "on"
            && inputs == "inputs"
        {
            return edits::add_input(analysis, event, entry.name, "string");
        }
        let value =
            if let Some(field) = free.maps.first().and_then(|map| map.fields.iter().find(|f| f.required)) {
                let first = field.values.list().first().map_or_else(String::new, |value| (*value).to_owned());
                Value::Map(vec![(field.key.to_owned(), Value::Str(first))])
            } else {
                Value::Null
            };
        edits::set_field(analysis, &here.child(entry.name), &value)
    };
    let here = path.clone();
    // A service is nothing without its image.
    let (owner, is_container) = (path.clone(), free.widget == Widget::Container);
    let next = move |name: &str| is_container.then(|| format!("field-{}", owner.child(name)));
    view! {
        <For
            each=move || names.get()
            key=Clone::clone
            children=move |name| {
                let path = here.child(name.as_str());
                let gone = path.clone();
                let remove_label = format!("Remove {name}");
                let at = At { session, path, field: free };
                let own_name = name.clone();
                view! {
                    <section class="entry" role="group" aria-label=own_name>
                        <header class="entry-head">
                            {entry_name(&at, name)}
                            <button
                                type="button"
                                class="button button-icon"
                                aria-label=remove_label.clone()
                                title=remove_label
                                on:click=move |_| {
                                    write::act_aloud(session, |a| edits::remove_field(a, &gone));
                                }
                            >
                                {icon(Icon::Trash)}
                            </button>
                        </header>
                        {notes::repeated(session, &at.path)}
                        {image_label(&at)}
                        {control::control(&at)}
                        {notes::problems(&at)}
                    </section>
                }
            }
        />
        {fresh.view(make, next)}
    }
    .into_any()
}

/// What the field of a service is called that says no more than its image.
fn image_label(at: &At) -> AnyView {
    let path = at.path.clone();
    let is_image = at.session.form.derive(move |analysis| {
        matches!(read::shown(analysis, &path), read::Shown::Scalar(_) | read::Shown::Absent)
    });
    let id = at.id();
    let is_container = at.field.widget == Widget::Container;
    (move || {
        (is_container && is_image.get())
            .then(|| view! { <div class="field-head"><label for=id.clone()>"Image"</label></div> })
    })
    .into_any()
}

/// The name of an entry, which can be given another one; what reads it follows.
fn entry_name(at: &At, name: String) -> AnyView {
    let session = at.session;
    let renaming = RwSignal::new(false);
    let field = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
            field.select();
        }
    });
    let (path, old) = (at.path.clone(), name.clone());
    let beside = at.path.parent().unwrap_or_default();
    let refused = RwSignal::new(false);
    let commit = move |typed: String, stays: bool| {
        // Escape has ended it already, or the field is gone.
        if renaming.try_get_untracked() != Some(true) {
            return;
        }
        let new = typed.trim();
        let is_new = new != old && !new.is_empty();
        // A name that cannot be taken stays, marked, to be mended.
        if is_new && !write::act_here(session, |analysis| edits::rename_field(analysis, &path, new)) {
            refused.try_set(true);
        } else {
            if is_new {
                left_behind::tell_of_declared(session, &path, new);
            }
            refused.try_set(false);
            renaming.try_set(false);
            if stays {
                let name = if new.is_empty() { &old } else { new };
                focus::on(format!("field-{}-rename", beside.child(name)));
            }
        }
    };
    let leave = commit.clone();
    let button_id = format!("{}-rename", at.id());
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            commit(event_target_value(&event), true);
        }
        "Escape" => {
            event.stop_propagation();
            session.toaster.forget_refusal();
            refused.set(false);
            renaming.set(false);
            focus::on(button_id.clone());
        }
        _ => {}
    };
    let id = at.id();
    let label = format!("Rename {name}");
    (move || {
        if renaming.get() {
            let (leave, key) = (leave.clone(), key.clone());
            let words = format!("New name of {name}");
            return view! {
                <input
                    node_ref=field
                    class="field-input mono"
                    type="text"
                    spellcheck="false"
                    autocomplete="off"
                    aria-label=words
                    aria-invalid=move || refused.get().then_some("true")
                    data-written=name.clone()
                    prop:value=name.clone()
                    on:blur=move |event: FocusEvent| leave(event_target_value(&event), false)
                    on:keydown=key
                />
            }
            .into_any();
        }
        view! {
            <label for=id.clone()><code>{name.clone()}</code></label>
            <button
                type="button"
                id=format!("{id}-rename")
                class="button button-small button-quiet entry-rename"
                aria-label=label.clone()
                title="What reads it follows"
                on:click=move |_| renaming.set(true)
            >
                "Rename"
            </button>
        }
        .into_any()
    })
    .into_any()
}
