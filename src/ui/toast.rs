//! Short messages at the foot of the page.

use std::sync::Arc;
use std::time::Duration;

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::icon::{Icon, icon};
use super::keep_focus::give_back;
use super::prose::with_code;

/// The class of messages at the head of the page, and how near to what has the focus they may be, in CSS pixels.
const AT_HEAD: &str = "at-head";
const ROOM: f64 = 4.0;

/// The place of messages while somebody is there.
const IN_HAND: &str = ".toasts:is(:focus-within, :hover)";
/// How long a message stays on while somebody is there.
const LINGERS: Duration = Duration::from_secs(2);

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Something was done.
    Done,
    /// Something could not be done, or is wrong.
    Error,
    /// Something may go wrong.
    Warning,
    /// Something could be better.
    Hint,
}

/// A button in a message.
#[derive(Clone)]
pub(crate) struct Action {
    label: String,
    run: Arc<dyn Fn() + Send + Sync>,
}

impl Action {
    /// A button called `label`.
    pub(crate) fn new(label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) -> Self {
        Self { label: label.into(), run: Arc::new(run) }
    }

    /// What the button says.
    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    /// Does it.
    pub(crate) fn run(&self) {
        (self.run)();
    }
}

#[derive(Clone)]
struct Toast {
    id: u32,
    tone: Tone,
    message: String,
    action: Option<Action>,
    /// Whether it tells of an edit that was refused, which the next one puts right.
    refusal: bool,
}

/// Shows one message at a time; a new one takes the place of the old.
#[derive(Clone, Copy)]
pub(crate) struct Toaster {
    current: RwSignal<Option<Toast>>,
    count: StoredValue<u32>,
}

impl Default for Toaster {
    fn default() -> Self {
        Self { current: RwSignal::new(None), count: StoredValue::new(0) }
    }
}

impl Toaster {
    /// Shows `message` for some seconds; longer when it is long, has a button, or tells of a failure.
    pub(crate) fn show(self, tone: Tone, message: impl Into<String>, action: Option<Action>) {
        self.put(tone, message.into(), action, false);
    }

    /// Tells why an edit was refused, until another one is made.
    pub(crate) fn refuse(self, reason: String) {
        self.put(Tone::Error, reason, None, true);
    }

    fn put(self, tone: Tone, message: String, action: Option<Action>, refusal: bool) {
        self.count.update_value(|count| *count += 1);
        let id = self.count.get_value();
        let extra = if action.is_some() || tone == Tone::Error { 4_000 } else { 0 };
        let millis = 3_000 + extra + 40 * u64::try_from(message.len()).unwrap_or_default();
        self.current.set(Some(Toast { id, tone, message, action, refusal }));
        set_timeout(move || self.hide(id), Duration::from_millis(millis));
    }

    /// Takes the message away if it offers something to do about what was done, or tells why something was not: that is
    /// out of date now.
    pub(crate) fn outdate(self) {
        let offers = |toast: &Toast| toast.refusal || (toast.tone == Tone::Done && toast.action.is_some());
        if self.current.with_untracked(|toast| toast.as_ref().is_some_and(offers)) {
            self.current.set(None);
        }
    }

    /// Takes the message away that tells why an edit was refused, once nobody wants that edit any more.
    pub(crate) fn forget_refusal(self) {
        if self.current.with_untracked(|toast| toast.as_ref().is_some_and(|toast| toast.refusal)) {
            self.current.set(None);
        }
    }

    /// Takes the message away.
    pub(crate) fn clear(self) {
        self.current.set(None);
    }

    fn hide(self, id: u32) {
        if !self.current.with_untracked(|toast| toast.as_ref().is_some_and(|t| t.id == id)) {
            return;
        }
        // Who is on its button, or about to press it, has the time.
        let is_in_hand = document().query_selector(IN_HAND).is_ok_and(|place| place.is_some());
        if is_in_hand {
            set_timeout(move || self.hide(id), LINGERS);
        } else {
            self.current.set(None);
        }
    }
}

/// The place where messages appear.
pub(crate) fn toasts(toaster: Toaster) -> AnyView {
    let place = NodeRef::<Div>::new();
    let look = move || {
        if let Some(Some(place)) = place.try_get_untracked() {
            clear_of_focus(&place);
        }
    };
    // When it is drawn, and when somebody goes on to something that it covers.
    Effect::new(move |_| {
        if toaster.current.with(Option::is_some) {
            request_animation_frame(look);
        }
    });
    // What has the focus in a message goes with it.
    let has_focus = StoredValue::new(false);
    Effect::new(move |_| {
        toaster.current.track();
        if has_focus.get_value() {
            request_animation_frame(give_back);
        }
    });
    let came = window_event_listener(leptos::ev::focusin, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let own = place.try_get_untracked().flatten();
        has_focus.set_value(own.is_some_and(|place| place.contains(target.as_ref())));
        if toaster.current.with_untracked(Option::is_some) {
            // What gets the focus may be scrolled into view first.
            request_animation_frame(look);
        }
    });
    on_cleanup(move || came.remove());
    view! {
        <div class="toasts" role="status" aria-live="polite" node_ref=place>
            {move || toaster.current.get().map(|toast| view_of(toaster, toast))}
        </div>
    }
    .into_any()
}

/// Shows the message at the head of the page while it would cover what has the focus at its foot.
fn clear_of_focus(place: &web_sys::HtmlElement) {
    let classes = place.class_list();
    let focused = document()
        .active_element()
        .filter(|focused| focused.tag_name() != "BODY" && !place.contains(Some(focused)));
    let _ = classes.remove_1(AT_HEAD);
    let (Some(focused), Some(message)) = (focused, place.first_element_child()) else { return };
    let (one, other) = (focused.get_bounding_client_rect(), message.get_bounding_client_rect());
    let covers = one.top() < other.bottom() + ROOM
        && other.top() < one.bottom() + ROOM
        && one.left() < other.right()
        && other.left() < one.right();
    if covers {
        let _ = classes.add_1(AT_HEAD);
    }
}

fn view_of(toaster: Toaster, toast: Toast) -> AnyView {
    let (class, glyph) = match toast.tone {
        Tone::Done => ("toast", Icon::Check),
        Tone::Error => ("toast toast-error", Icon::Error),
        Tone::Warning => ("toast toast-warning", Icon::Warning),
        Tone::Hint => ("toast toast-hint", Icon::Hint),
    };
    let action = toast.action.map(|action| {
        let run = action.run;
        let click = move |_| {
            run();
            toaster.clear();
        };
        view! { <button class="toast-action" on:click=click>{action.label}</button> }
    });
    view! {
        <div class=class>
            {icon(glyph)}
            <span class="toast-text">{with_code(&toast.message)}</span>
            {action}
            <button class="toast-close" aria-label="Dismiss" on:click=move |_| toaster.clear()>
                {icon(Icon::Close)}
            </button>
        </div>
    }
    .into_any()
}
