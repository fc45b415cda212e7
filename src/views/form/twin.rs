//! The form of a job whose id another job above has: it gets an id of its own, or goes. GitHub takes neither as it stands, and
//! whatever names the id means the other.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;
use stepladder_workflow::edits;

use super::prose::prose;
use super::{job, write};
use crate::session::{Origin, Session, shown_id};
use crate::ui::button::button;
use crate::ui::icon::{Icon, icon};
use crate::ui::reach::{Reach, reach};
use crate::views::perform::remove_job;

/// The id of the field for the new id.
const FIELD: &str = "twin-id";
/// The form of the job of that key.
pub(super) fn panel(session: Session, key: String) -> AnyView {
    let id = shown_id(&key).to_owned();
    let free = session.analysis.with_untracked(|analysis| edits::free_id(analysis, &id));
    let field = NodeRef::<Input>::new();
    let refused = RwSignal::new(false);
    let gone = key.clone();
    let rename = move || {
        let typed = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let is_done = write::act(session, |analysis| edits::rename_job(analysis, &key, typed.trim()));
        refused.try_set(!is_done);
        if is_done {
            // The job has an id of its own now, and so a form.
            reach(job::ID, Reach::Focus);
        }
    };
    let by_key = rename.clone();
    let pressed = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            by_key();
        }
    };
    view! {
        <section class="form-section">
            <header class="form-head">
                <h2>"Job"</h2>
                <code>{id.clone()}</code>
            </header>
            <p class="field-problem is-error">
                {icon(Icon::Error)} <span>{prose(&edits::id_is_taken(&id))}</span>
            </p>
            <div class="field">
                <div class="field-head">
                    <label for=FIELD>"An id of its own"</label>
                </div>
                <div class="field-line">
                    <input
                        id=FIELD
                        node_ref=field
                        class="field-input mono"
                        type="text"
                        spellcheck="false"
                        autocomplete="off"
                        data-written=free.clone()
                        value=free
                        aria-invalid=move || refused.get().then_some("true")
                        on:keydown=pressed
                    />
                    {button("button-primary", None, "Take this id", move |_| rename())}
                </div>
                <p class="field-note">"Nothing else changes: all that names the id means the job above."</p>
            </div>
            {button("", Some(Icon::Trash), "Remove this one", move |_| {
                remove_job(session, Origin::Form, &gone, || {});
            })}
        </section>
    }
    .into_any()
}
