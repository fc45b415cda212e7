//! What can be done with a secret or a variable: put it where somebody is, and give it another name.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;
use stepladder_workflow::schema::Widget;
use stepladder_workflow::{Analysis, edits, schema};
use stepladder_yaml::{Kind, Path};

use super::TOKEN;
use crate::session::{Origin, Session};
use crate::shell::Shell;
use crate::ui::icon::{Icon, icon};
use crate::ui::prose::with_code;
use crate::ui::reach::reach_now;
use crate::views::form::insert_at_caret;
use crate::views::left_behind;
use crate::views::perform::{is_asked_about, perform, reason};

/// What can be done with a name: insert it where the person is, and rename it everywhere.
pub(super) fn actions(shell: Shell, secret: bool, name: &str, renaming: RwSignal<bool>) -> AnyView {
    let session = shell.session;
    let context = if secret { "secrets" } else { "vars" };
    let target = Memo::new(move |_| target(session, secret));
    let why_not = move || why_not(session, secret);
    let expression = format!("{context}.{name}");
    let insert = move |_| {
        if let Some(path) = target.get_untracked() {
            let before = session.revision();
            insert_at_caret(session, &path, &expression);
            // On a small screen, nothing else tells where it has gone.
            if session.revision() != before {
                let place = session.analysis.with_untracked(|analysis| edits::name_of(analysis, &path));
                session.offer_undo_of(&format!("inserted {expression} into {place}"));
            }
        }
    };
    let (insert_label, rename_label) = (format!("Insert {name}"), format!("Rename {name}"));
    let rename_place = place_of_rename(secret, name);
    let can_rename = !(secret && name.eq_ignore_ascii_case(TOKEN));
    view! {
        <span class="row-actions">
            <button
                type="button"
                class="button button-small button-quiet"
                aria-label=insert_label
                disabled=move || target.with(Option::is_none)
                title=move || {
                    if target.with(Option::is_none) { why_not() } else { "Where the caret is in the value that you were in" }
                }
                on:click=insert
            >
                {icon(Icon::Plus)}
                "Insert"
            </button>
            {can_rename.then(|| view! {
                <button
                    type="button"
                    class="button button-small button-quiet"
                    aria-label=rename_label
                    data-rename=rename_place
                    on:click=move |_| renaming.set(true)
                >
                    "Rename"
                </button>
            })}
        </span>
    }
    .into_any()
}

/// The value into which a name would be put now.
fn target(session: Session, secret: bool) -> Option<Path> {
    let context = if secret { "secrets" } else { "vars" };
    // What was selected before somebody went to a field is not meant any more, also where the field takes no name.
    let place = session.field.get().unwrap_or_else(|| session.selection().get().path);
    session.analysis.with(|analysis| takes(analysis, &place, context)).then_some(place)
}

fn why_not(session: Session, secret: bool) -> &'static str {
    let field = session.field.get();
    session.analysis.with(|analysis| refusal(analysis, field.as_ref(), secret))
}

/// Why some of the names, of which `kinds` tells whether they are secrets, cannot be inserted now; nothing while all can.
pub(super) fn refusals(session: Session, kinds: impl Fn() -> Vec<bool> + Send + Sync + 'static) -> AnyView {
    let told = Memo::new(move |_| {
        let refused = kinds().into_iter().filter(|secret| target(session, *secret).is_none());
        let mut told: Vec<&'static str> = refused.map(|secret| why_not(session, secret)).collect();
        told.dedup();
        told
    });
    (move || {
        let told = told.get();
        (!told.is_empty()).then(|| {
            view! {
                <p class="row-note secrets-refusal">{format!("Insert is not possible there. {}.", told.join(". "))}</p>
            }
        })
    })
    .into_any()
}

/// Whether the value at `path` is a text in which `context` may be used.
fn takes(analysis: &Analysis, path: &Path, context: &str) -> bool {
    let is_text = analysis.tree.at(path).is_none_or(|node| node.kind() == Kind::Scalar && !node.is_key());
    is_text
        && schema::field_at(path, &analysis.tree)
            .is_some_and(|field| field.types.has_scalar() && field.ctx.contexts().contains(&context))
}

/// Why a name cannot be put into the field that somebody is in.
fn refusal(analysis: &Analysis, field: Option<&Path>, secret: bool) -> &'static str {
    let field = field.and_then(|path| schema::field_at(path, &analysis.tree));
    match field {
        Some(field) if field.widget == Widget::Condition && secret => {
            "Secrets are not allowed in a condition: put the secret into a variable under env, and ask for that"
        }
        Some(field) if field.ctx.allows_expressions() && field.types.has_scalar() => {
            if secret {
                "Secrets are not allowed in this field"
            } else {
                "Variables are not allowed in this field"
            }
        }
        _ => "Go to a value in the form or in the YAML first",
    }
}

/// What tells the button that renames one name from those of others.
fn place_of_rename(secret: bool, name: &str) -> String {
    format!("{}.{name}", if secret { "secrets" } else { "vars" })
}

/// Leads to the button that renames that name, which is made anew with the list.
fn to_rename(secret: bool, name: &str) {
    // GitHub does not tell capital letters from small ones here.
    let place = place_of_rename(secret, name).replace(['\\', '"'], "");
    reach_now(format!(".secrets [data-rename=\"{place}\" i]"));
}

/// The id of what is told of a name that cannot be taken; one is asked for at a time.
const REFUSED: &str = "rename-refused";

/// A field for another name; Enter renames in every expression, Escape does not. What is wrong with a name stands below it.
pub(super) fn rename_field(shell: Shell, secret: bool, name: String, renaming: RwSignal<bool>) -> AnyView {
    let field = NodeRef::<Input>::new();
    let refused = RwSignal::new(None::<String>);
    let start = name.clone();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            field.set_value(&start);
            let _ = field.focus();
            field.select();
        }
    });
    let label = format!("New name of {name}, everywhere in this file");
    let (old, written) = (name.clone(), name.clone());
    // `stays`: whoever has renamed it goes on from here.
    let keep = move |stays: bool| {
        if renaming.try_get_untracked() != Some(true) {
            return;
        }
        let typed = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let typed = typed.trim();
        if !typed.is_empty() && typed != name {
            let store = if secret { edits::Store::Secrets } else { edits::Store::Variables };
            let make = |a: &Analysis| edits::rename_name(a, store, &name, typed);
            // A name that cannot be taken stays to be mended.
            let session = shell.session;
            if let Err(refusal) = session.analysis.with_untracked(make)
                && !is_asked_about(session, &refusal)
            {
                return refused.set(Some(reason(refusal)));
            }
            let is_passed = secret && left_behind::is_passed(session, &name);
            if !perform(session, Origin::Secrets, make) {
                return;
            }
            match is_passed {
                true => {
                    session.offer_undo_of(&format!("renamed {name} to {typed}; {}", left_behind::CALLERS))
                }
                false => session.offer_undo(),
            }
        }
        let now = if typed.is_empty() { &name } else { typed }.to_owned();
        renaming.try_set(false);
        if stays {
            to_rename(secret, &now);
        }
    };
    let leave = keep.clone();
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            keep(true);
        }
        "Escape" => {
            event.stop_propagation();
            renaming.set(false);
            to_rename(secret, &old);
        }
        _ => {}
    };
    view! {
        <input
            node_ref=field
            type="text"
            class="input mono row-rename"
            spellcheck="false"
            autocapitalize="off"
            data-written=written
            aria-label=label
            aria-invalid=move || refused.with(Option::is_some).then_some("true")
            aria-describedby=REFUSED
            on:keydown=key
            on:input=move |_| refused.set(None)
            on:blur=move |_| leave(false)
        />
        <span id=REFUSED class="row-refused" role="status">
            {move || refused.get().map(|why| view! {
                <span class="field-problem is-error">{icon(Icon::Error)} <span>{with_code(&why)}</span></span>
            })}
        </span>
    }
    .into_any()
}
