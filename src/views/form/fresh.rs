//! The place where a new entry of a mapping gets its name, and its values where it is a list: it is written when somebody
//! confirms it or goes elsewhere, and below it stands why one is not taken.

use leptos::ev::{ClipboardEvent, FocusEvent, KeyboardEvent};
use leptos::prelude::*;
use stepladder_workflow::Analysis;
use stepladder_workflow::edits::{Edit, Refusal};
use stepladder_yaml::Path;
use wasm_bindgen::JsCast;

use super::focus;
use super::parted::{Ends, ONLY_COMMENTS, are_comments, in_line, pasted};
use crate::session::{Origin, Session};
use crate::ui::icon::{Icon, icon};
use crate::ui::prose::with_code;
use crate::ui::typing;
use crate::views::perform::{Pace, is_asked_about, perform_or};

/// A place for a new entry.
pub(super) struct Fresh {
    pub(super) session: Session,
    /// Of the mapping that it goes into.
    pub(super) path: Path,
    /// What stands there already.
    pub(super) names: Memo<Vec<String>>,
    /// The class of the whole line, and of the field for the name.
    pub(super) classes: (&'static str, &'static str),
    /// What the field for the name is called.
    pub(super) label: String,
    pub(super) placeholder: Signal<String>,
    /// What stands in the empty field for the values, for entries that are lists.
    pub(super) values: Option<Signal<String>>,
    /// The word on the button.
    pub(super) button: &'static str,
}

/// What somebody has typed for a new entry, without blanks around it.
pub(super) struct Typed<'a> {
    pub(super) name: &'a str,
    pub(super) values: &'a str,
}

impl Fresh {
    /// The fields and their button. `make` adds what was typed; the focus goes to `next` of the name afterwards.
    pub(super) fn view(
        self,
        make: impl Fn(&Analysis, &Typed) -> Result<Edit, Refusal> + Clone + 'static,
        next: impl Fn(&str) -> Option<String> + Clone + 'static,
    ) -> AnyView {
        let Self { session, path, names, classes, label, placeholder, values: lists, button } = self;
        let (draft, values) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
        let untaken = Untaken::new();
        let id = format!("field-{path}-new");
        let values_id = format!("field-{path}-values");
        let told = format!("{id}-told");
        let (own, wanted) = (id.clone(), values_id.clone());
        let add = move |adds: Adds| {
            let typed = (draft.get_untracked(), values.get_untracked());
            let entry = Typed { name: typed.0.trim(), values: typed.1.trim() };
            let no_values = entry.values.trim_matches([',', ' ']).is_empty();
            match (entry.name.is_empty(), no_values) {
                (true, true) if adds == Adds::Leaves => return,
                (true, true) => {
                    untaken.tell(match lists {
                        Some(_) => "Type a name and its values first.",
                        None => "Type a name first.",
                    });
                    return focus::on(own.clone());
                }
                (true, false) if adds == Adds::Leaves => {
                    return untaken.tell("Not added yet: these values have no name.");
                }
                (true, false) => return,
                (false, true) if lists.is_some() => {
                    if adds == Adds::Leaves {
                        return untaken.tell(format!("Not added yet: `{}` has no values.", entry.name));
                    }
                    return focus::on(wanted.clone());
                }
                (false, _) => {}
            }
            if names.with_untracked(|names| names.iter().any(|name| name == entry.name)) {
                let why = format!("There is an entry `{}` here already; choose another name.", entry.name);
                return untaken.tell(why);
            }
            // The fields may lose the focus while it is added, and shall not add it once more.
            draft.set(String::new());
            values.set(String::new());
            if !untaken.add(session, adds, |analysis| make(analysis, &entry)) {
                draft.set(typed.0.clone());
                values.set(typed.1.clone());
            } else if let Some(next) = next(entry.name).filter(|_| adds == Adds::Confirms) {
                focus::on(next);
            }
        };
        let add = StoredValue::new_local(add);
        let add = move |adds: Adds| _ = add.try_with_value(|add| add(adds));
        let key = move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                add(Adds::Confirms);
            }
            "Escape"
                if !draft.with_untracked(String::is_empty) || !values.with_untracked(String::is_empty) =>
            {
                event.stop_propagation();
                draft.set(String::new());
                values.set(String::new());
                untaken.clear();
            }
            _ => {}
        };
        let leave = move |event: FocusEvent| {
            if is_left(&event) {
                add(Adds::Leaves);
            }
        };
        let type_into = move |field: RwSignal<String>, event| {
            field.set(event_target_value(&event));
            untaken.clear();
        };
        // A field of one line would make one value of several lines.
        let paste = move |event: ClipboardEvent| {
            let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok());
            if text.as_deref().is_some_and(are_comments) {
                event.prevent_default();
                untaken.tell(ONLY_COMMENTS);
            } else if let Some(new) = text.and_then(|text| pasted(&text, Ends::Typed)) {
                event.prevent_default();
                typing::insert(&in_line(&new));
            }
        };
        view! {
            <div class=classes.0 on:focusout=leave>
                <input
                    id=id
                    class=format!("field-input mono {}", classes.1)
                    type="text"
                    spellcheck="false"
                    autocomplete="off"
                    aria-label=label
                    aria-invalid=move || untaken.mark()
                    aria-describedby=told.clone()
                    placeholder=move || placeholder.get()
                    data-written=""
                    prop:value=move || draft.get()
                    on:input=move |event| type_into(draft, event)
                    on:keydown=key
                />
                {lists.map(|placeholder| view! {
                    <input
                        id=values_id
                        class="field-input mono"
                        type="text"
                        spellcheck="false"
                        autocomplete="off"
                        aria-label="Its values, with commas between them"
                        placeholder=move || placeholder.get()
                        data-written=""
                        prop:value=move || values.get()
                        on:input=move |event| type_into(values, event)
                        on:keydown=key
                        on:paste=paste
                    />
                })}
                <button type="button" class="button" on:click=move |_| add(Adds::Confirms)>
                    {icon(Icon::Plus)} <span>{button}</span>
                </button>
                {untaken.view(told)}
            </div>
        }
        .into_any()
    }
}

/// How somebody comes to add what they have typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Adds {
    /// By Enter or the button.
    Confirms,
    /// By going elsewhere.
    Leaves,
}

/// Whether the focus has gone out of the place that hears `event`, rather than to its next field, or out of the page.
fn is_left(event: &FocusEvent) -> bool {
    let place = event.current_target().and_then(|place| place.dyn_into::<web_sys::Node>().ok());
    let next = event.related_target().and_then(|next| next.dyn_into::<web_sys::Node>().ok());
    let stays = place.zip(next).is_some_and(|(place, next)| place.contains(Some(&next)));
    !stays && document().has_focus().unwrap_or(true)
}

/// Why what was typed is not taken.
#[derive(Clone, Copy)]
struct Untaken(RwSignal<Option<String>>);

impl Untaken {
    fn new() -> Self {
        Self(RwSignal::new(None))
    }

    fn tell(self, why: impl Into<String>) {
        self.0.set(Some(why.into()));
    }

    fn clear(self) {
        self.0.set(None);
    }

    /// For `aria-invalid`.
    fn mark(self) -> Option<&'static str> {
        self.0.with(Option::is_some).then_some("true")
    }

    /// Makes the edit, or tells why not. `true`: it is made, or asked about.
    fn add(self, session: Session, adds: Adds, make: impl Fn(&Analysis) -> Result<Edit, Refusal>) -> bool {
        self.clear();
        let make = |analysis: &Analysis| make(analysis).map(|edit| Edit { select: None, ..edit });
        let refused = session.analysis.with_untracked(make).err();
        if let Some(refusal) = refused.filter(|refusal| !is_asked_about(session, refusal)) {
            self.tell(refusal.message);
            return false;
        }
        let pace = if adds == Adds::Leaves { Pace::Leaves } else { Pace::Acts };
        let done = perform_or(session, Origin::Form, pace, make, || {});
        // Who goes elsewhere may not have meant it.
        if done && adds == Adds::Leaves {
            session.offer_undo();
        }
        done || session.is_asking()
    }

    /// What is told, at the foot of the place and in view.
    fn view(self, id: String) -> AnyView {
        let wanted = id.clone();
        Effect::new(move |_| {
            if self.0.with(Option::is_some) {
                let id = wanted.clone();
                request_animation_frame(move || {
                    let how = web_sys::ScrollIntoViewOptions::new();
                    how.set_block(web_sys::ScrollLogicalPosition::Nearest);
                    if let Some(told) = document().get_element_by_id(&id) {
                        told.scroll_into_view_with_scroll_into_view_options(&how);
                    }
                });
            }
        });
        view! {
            <div id=id class="untaken" role="status">
                {move || self.0.get().map(|why| view! {
                    <p class="field-problem is-error">{icon(Icon::Error)} <span>{with_code(&why)}</span></p>
                })}
            </div>
        }
        .into_any()
    }
}
