//! The YAML of a value in a small field of its own. It is written when somebody leaves the field; what is not YAML stays
//! there with its reason, also when they come back to it.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_yaml::Path;
use stepladder_yaml::edit::Value;

use super::controls::{At, show};
use super::{read, write};
use crate::session::Session;
use crate::ui::icon::{Icon, icon};
use crate::views::perform::is_asked_about;

/// The value's YAML, written when the person leaves the field or presses Ctrl+Enter.
pub(super) fn yaml(at: &At) -> AnyView {
    source(at.session, &at.path, format!("{} as YAML", at.field.title), at.field.required)
}

/// The YAML of whatever is at `path`; an empty text takes it away, unless it is `required`: then what holds is shown again.
pub(super) fn source(session: Session, path: &Path, label: String, required: bool) -> AnyView {
    let here = path.clone();
    let source = session.form.derive(move |analysis| read::source(analysis, &here));
    let kept = session.unwritten.of(session, path, &source.get_untracked());
    let refused = RwSignal::new(kept.as_ref().and_then(|typed| refusal(session, path, typed)));
    let typed = RwSignal::new(kept);
    let shown = move || typed.get().unwrap_or_else(|| source.get());
    let rows = Memo::new(move |_| shown().lines().count().clamp(1, 20) + 1);
    let here = path.clone();
    let let_go = move || {
        session.unwritten.forget(session, &here);
        refused.try_set(None);
        typed.try_set(None);
    };
    let (here, done) = (path.clone(), let_go.clone());
    let commit = StoredValue::new(move |text: String| {
        if text == source.get_untracked() {
            return done();
        }
        let is_empty = text.trim().is_empty();
        if is_empty && required {
            show(&here, &source.get_untracked());
            done();
            return session.tell_refusal(
                "This cannot be empty. To take it out of the workflow, remove it as a whole.".to_owned(),
            );
        }
        if let Some(reason) = refusal(session, &here, &text) {
            session.unwritten.keep(session, &here, source.get_untracked(), text.clone());
            typed.set(Some(text));
            return refused.set(Some(reason));
        }
        let value = (!is_empty).then_some(Value::Source(text));
        write::set_left(session, &here, value.as_ref());
        done();
    });
    // What is written may take this very field away, which then loses the focus.
    let take = move |text: String| _ = commit.try_with_value(|commit| commit(text));
    let leave = move |event: FocusEvent| take(event_target_value(&event));
    let here = path.clone();
    let mends = move |event| {
        if refused.with_untracked(Option::is_some) {
            refused.set(refusal(session, &here, &event_target_value(&event)));
        }
    };
    let (here, back) = (path.clone(), let_go.clone());
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if event.ctrl_key() || event.meta_key() => {
            event.prevent_default();
            take(event_target_value(&event));
        }
        "Escape" if typed.with_untracked(Option::is_some) => {
            event.stop_propagation();
            show(&here, &source.get_untracked());
            back();
        }
        _ => {}
    };
    let id = format!("field-{path}");
    let reason_id = format!("{id}-refused");
    let (reason, here, back) = (reason_id.clone(), path.clone(), let_go);
    let told = move || {
        let (here, back) = (here.clone(), back.clone());
        let restore = move |_| {
            show(&here, &source.get_untracked());
            back();
        };
        let reason = reason.clone();
        refused.get().map(move |told| {
            view! {
                <p id=reason class="field-problem is-error" role="alert">
                    {icon(Icon::Error)} <span>
                        {told} " This is not written yet. "
                        <button type="button" class="link" on:click=restore>"Show what the file has"</button>
                    </span>
                </p>
            }
        })
    };
    view! {
        <textarea
            id=id
            class="field-input mono field-yaml"
            spellcheck="false"
            wrap="off"
            placeholder="YAML"
            aria-label=label
            aria-invalid=move || refused.with(Option::is_some).then_some("true")
            aria-describedby=move || refused.with(Option::is_some).then(|| reason_id.clone())
            rows=move || rows.get().to_string()
            data-written=move || source.get()
            prop:value=shown
            on:input=mends
            on:blur=leave
            on:keydown=key
        ></textarea>
        {told}
    }
    .into_any()
}

/// Why `text` cannot be written at `path`, when the person is not asked about it.
fn refusal(session: Session, path: &Path, text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    let value = Value::Source(text.to_owned());
    let refusal =
        session.analysis.with_untracked(|analysis| edits::set_field(analysis, path, &value)).err()?;
    (!is_asked_about(session, &refusal)).then_some(refusal.message)
}
