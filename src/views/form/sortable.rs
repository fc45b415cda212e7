//! Lists whose items can be put in another order: by dragging, by buttons, and by Alt with an arrow key.

use std::sync::Arc;

use leptos::ev::{DragEvent, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::ui::button::icon_button;
use crate::ui::icon::{Icon, icon};

/// One such list.
#[derive(Clone)]
pub(super) struct Sortable {
    dragged: RwSignal<Option<usize>>,
    over: RwSignal<Option<usize>>,
    /// The place, from 0, whose item gets the focus once the list is drawn anew.
    focus: RwSignal<Option<usize>>,
    put: Arc<dyn Fn(usize, usize) + Send + Sync>,
}

impl Sortable {
    /// `put(from, to)` moves the item at `from` so that it stands at `to`, both from 0.
    pub(super) fn new(put: impl Fn(usize, usize) + Send + Sync + 'static) -> Self {
        Self {
            dragged: RwSignal::new(None),
            over: RwSignal::new(None),
            focus: RwSignal::new(None),
            put: Arc::new(put),
        }
    }

    /// The item at `index` of `count`, named `title`: `main` is its button, `actions` what else can be done with it.
    pub(super) fn item(
        &self,
        index: usize,
        count: usize,
        title: &str,
        main: AnyView,
        actions: AnyView,
    ) -> AnyView {
        let Self { dragged, over, focus, .. } = *self;
        let put = Arc::clone(&self.put);
        let step = {
            let put = Arc::clone(&put);
            move |to: usize| {
                focus.set(Some(to));
                put(index, to);
            }
        };
        let (up, down, by_key) = (step.clone(), step.clone(), step);
        let key = move |event: KeyboardEvent| {
            if !event.alt_key() {
                return;
            }
            match event.key().as_str() {
                "ArrowUp" if index > 0 => by_key(index - 1),
                "ArrowDown" if index + 1 < count => by_key(index + 1),
                _ => return,
            }
            event.prevent_default();
        };
        let start = move |event: DragEvent| {
            dragged.set(Some(index));
            if let Some(data) = event.data_transfer() {
                data.set_effect_allowed("move");
                let _ = data.set_data("application/x-stepladder-item", &index.to_string());
            }
        };
        let hover = move |event: DragEvent| {
            if dragged.get_untracked().is_some() {
                event.prevent_default();
                over.set(Some(index));
            }
        };
        let drop = move |event: DragEvent| {
            let Some(from) = dragged.get_untracked() else { return };
            event.prevent_default();
            event.stop_propagation();
            over.set(None);
            dragged.set(None);
            if from != index {
                put(from, index);
            }
        };
        let node = NodeRef::<leptos::html::Li>::new();
        Effect::new(move |_| {
            let Some(element) = node.get().filter(|_| focus.get_untracked() == Some(index)) else { return };
            focus.set(None);
            if let Ok(Some(button)) = element.query_selector(".item-main")
                && let Ok(button) = button.dyn_into::<web_sys::HtmlElement>()
            {
                let _ = button.focus();
            }
        });
        let moves = (count > 1).then(|| {
            view! {
                {icon_button(Icon::Up, format!("Move {title} up"), move || index == 0, move |_| up(index.saturating_sub(1)))}
                {icon_button(Icon::Down, format!("Move {title} down"), move || index + 1 == count, move |_| down(index + 1))}
            }
        });
        let draggable = if count > 1 { "true" } else { "false" };
        let grip = (count > 1)
            .then(|| view! { <span class="item-grip" aria-hidden="true">{icon(Icon::Grip)}</span> });
        view! {
            <li
                node_ref=node
                class="item"
                class:is-dragged=move || dragged.get() == Some(index)
                class:is-over=move || over.get() == Some(index) && dragged.get() != Some(index)
                draggable=draggable
                on:keydown=key
                on:dragstart=start
                on:dragover=hover
                on:dragleave=move |_| over.set(None)
                on:dragend=move |_| { dragged.set(None); over.set(None); }
                on:drop=drop
            >
                {grip}
                {main}
                <span class="item-actions">{moves}{actions}</span>
            </li>
        }
        .into_any()
    }
}
