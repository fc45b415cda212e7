//! A field for a name: a new one takes along what reads it, so it is taken when it is typed to its end, not letter by letter.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// A field for a name, which `rename` gets on Enter or when somebody leaves the field. A name that it refuses stays, marked,
/// to be mended; Escape brings the old one back.
pub(super) fn name_field(
    class: &'static str,
    label: impl Into<String>,
    name: &str,
    rename: impl Fn(&str) -> bool + 'static,
) -> AnyView {
    let name = name.to_owned();
    let field = Named {
        class,
        id: None,
        label: Some(label.into()),
        may_go: false,
        refused: RwSignal::new(false),
        name: Signal::derive(move || name.clone()),
    };
    field.view(rename)
}

/// What a field for a name is made of.
pub(super) struct Named {
    /// Its classes.
    pub(super) class: &'static str,
    /// The id by which a label elsewhere names it.
    pub(super) id: Option<String>,
    /// What it is called, without such a label.
    pub(super) label: Option<String>,
    /// Whether no name at all may be taken, too.
    pub(super) may_go: bool,
    /// Whether what stands in it has been refused.
    pub(super) refused: RwSignal<bool>,
    /// The name as it is.
    pub(super) name: Signal<String>,
}

/// How somebody ends a name.
pub(super) enum Ended {
    /// By Enter.
    Entered,
    /// By leaving the field, for that when it can have the focus.
    Left(Option<Element>),
}

impl Named {
    /// The field. `rename` gets the new name, and says whether it holds.
    pub(super) fn view(self, rename: impl Fn(&str) -> bool + 'static) -> AnyView {
        self.view_with(move |new, _| rename(new))
    }

    /// The field. `rename` gets the new name and how it was ended, and says whether it holds.
    pub(super) fn view_with(self, rename: impl Fn(&str, &Ended) -> bool + 'static) -> AnyView {
        let Self { class, id, label, may_go, refused, name } = self;
        let old = StoredValue::new(String::new());
        let shown = move || {
            let name = name.get();
            old.set_value(name.clone());
            name
        };
        let take = StoredValue::new_local(move |typed: String, ended: &Ended| {
            let (Some(before), new) = (old.try_get_value(), typed.trim()) else { return };
            if new == before || new.is_empty() && !may_go {
                refused.try_set(false);
                return;
            }
            // The field may lose the focus while its name changes, and shall not change it once more.
            old.set_value(new.to_owned());
            let is_refused = !rename(new, ended);
            if is_refused {
                old.try_set_value(before);
            }
            refused.try_set(is_refused);
        });
        let taken = move |typed: String, ended: Ended| _ = take.try_with_value(|take| take(typed, &ended));
        let key = move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                taken(event_target_value(&event), Ended::Entered);
            }
            "Escape" => {
                let field = event_target::<web_sys::HtmlInputElement>(&event);
                // Who has typed nothing goes up, as from any other field.
                if field.value() != old.get_value() || refused.get_untracked() {
                    event.stop_propagation();
                }
                field.set_value(&old.get_value());
                refused.set(false);
            }
            _ => {}
        };
        view! {
            <input
                id=id
                class=class
                type="text"
                spellcheck="false"
                autocomplete="off"
                aria-label=label.clone()
                title=label
                aria-invalid=move || refused.get().then_some("true")
                data-written=move || name.get()
                prop:value=shown
                on:blur=move |event: FocusEvent| {
                    let to = event.related_target().and_then(|to| to.dyn_into().ok());
                    taken(event_target_value(&event), Ended::Left(to));
                }
                on:keydown=key
            />
        }
        .into_any()
    }
}
