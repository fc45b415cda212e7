//! The picker of expressions: what may stand in a field, inserted where the caret is.

use leptos::ev::KeyboardEvent;
use leptos::html::{Div, Input};
use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::expr::contexts;
use stepladder_workflow::{Analysis, Env, NameKind};
use wasm_bindgen::JsCast;

use super::controls::At;
use super::{prose, write};
use crate::ui::icon::{Icon, icon};

/// Something that can be inserted.
#[derive(Clone, PartialEq)]
struct Offer {
    /// The expression, without `${{ }}`.
    text: String,
    /// What it is, in a few words.
    note: String,
}

/// What people come for most, before the rest of the tables.
const OFTEN: &[&str] = &[
    "github.ref_name",
    "github.sha",
    "github.event_name",
    "github.actor",
    "github.head_ref",
    "github.repository",
    "github.run_id",
    "runner.os",
];

/// At most this many offers are listed at a time.
const SHOWN: usize = 60;

/// A button that opens the list of what may be used at `at`.
pub(super) fn button(at: &At) -> AnyView {
    let open = RwSignal::new(false);
    let node = NodeRef::<Div>::new();
    let here = at.clone();
    let leave = move |event: web_sys::FocusEvent| {
        let to = event.related_target().and_then(|t| t.dyn_into::<web_sys::Node>().ok());
        if to.is_some() && !node.get_untracked().is_some_and(|own| own.contains(to.as_ref())) {
            open.set(false);
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            open.set(false);
        }
    };
    let label = format!("Insert a secret or another expression into {}", at.field.title);
    view! {
        <div class="picker" node_ref=node on:focusout=leave on:keydown=key>
            <button
                type="button"
                class="picker-open"
                aria-label=label.clone()
                title=label
                aria-haspopup="dialog"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = !*open)
            >
                "${{ }}"
            </button>
            {move || open.get().then(|| panel(&here, open))}
        </div>
    }
    .into_any()
}

fn panel(at: &At, open: RwSignal<bool>) -> AnyView {
    let query = RwSignal::new(String::new());
    let input = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let session = at.session;
    let offers = session
        .analysis
        .with_untracked(|analysis| session.env.with_untracked(|env| offers(analysis, env, at)));
    let secrets = at.field.ctx.contexts().contains(&"secrets");
    let found = Memo::new(move |_| {
        let query = query.get().trim().to_lowercase();
        let mut found: Vec<Offer> =
            offers.iter().filter(|offer| offer.text.to_lowercase().contains(&query)).cloned().collect();
        let name = new_name(&query);
        let new = format!("secrets.{name}");
        if secrets && !name.is_empty() && found.iter().all(|offer| offer.text != new) {
            found.insert(0, Offer { text: new, note: "a secret that you create on GitHub".to_owned() });
        }
        found.truncate(SHOWN);
        found
    });
    let insert = {
        let at = at.clone();
        move |text: &str| {
            insert(&at, text);
            open.set(false);
        }
    };
    let enter = {
        let insert = insert.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                if let Some(first) = found.get_untracked().first() {
                    insert(&first.text);
                }
            }
        }
    };
    let items = move || {
        found
            .get()
            .into_iter()
            .map(|offer| {
                let insert = insert.clone();
                let text = offer.text.clone();
                view! {
                    <li>
                        <button type="button" class="offer" on:click=move |_| insert(&text)>
                            <code>{offer.text}</code>
                            <span>{prose::plain(&offer.note)}</span>
                        </button>
                    </li>
                }
            })
            .collect::<Vec<_>>()
    };
    view! {
        <div class="picker-panel" role="dialog" aria-label="Insert an expression">
            <div class="picker-search">
                {icon(Icon::Search)}
                <input
                    node_ref=input
                    type="text"
                    spellcheck="false"
                    autocomplete="off"
                    aria-label="Search"
                    placeholder=if secrets { "Search, or name a new secret" } else { "Search" }
                    prop:value=move || query.get()
                    on:input=move |event| query.set(event_target_value(&event))
                    on:keydown=enter
                />
            </div>
            <ul class="offers">{items}</ul>
            <Show when=move || found.with(Vec::is_empty)>
                <p class="picker-empty">"Nothing of that name may be used here."</p>
            </Show>
        </div>
    }
    .into_any()
}

/// The query as the name of a secret: upper case, words joined by `_`.
fn new_name(query: &str) -> String {
    let query = query.strip_prefix("secrets.").unwrap_or(query);
    let name: String =
        query.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect();
    let name = name.trim_matches('_').to_owned();
    if name.starts_with(|c: char| c.is_ascii_digit()) || name.starts_with("GITHUB_") {
        String::new()
    } else {
        name
    }
}

/// Puts the expression where the caret of the field is.
fn insert(at: &At, text: &str) {
    let id = at.id();
    let caret = document().get_element_by_id(&id).map_or(0, |element| caret(&element));
    write::act(at.session, |analysis| {
        let value = super::read::shown(analysis, &at.path).text();
        // A newly opened field has no caret yet: behind everything is where people go on.
        let caret = if caret == 0 { value.len() } else { byte_of(&value, caret) };
        edits::insert_expression(analysis, &at.path, caret, text)
    });
    super::pairs::focus(id);
}

/// The byte of `text` at `units` UTF-16 units.
fn byte_of(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    for (at, c) in text.char_indices() {
        if left < c.len_utf16() {
            return at;
        }
        left -= c.len_utf16();
    }
    text.len()
}

/// Where the caret of a text control is, in UTF-16 units.
fn caret(element: &web_sys::Element) -> u32 {
    let place = |at: Result<Option<u32>, _>| at.ok().flatten().unwrap_or_default();
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        place(input.selection_end())
    } else if let Some(area) = element.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        place(area.selection_end())
    } else {
        0
    }
}

/// All that the contexts allowed at `at` hold, as far as the file and the tables tell: the person's own names first.
fn offers(analysis: &Analysis, env: &Env, at: &At) -> Vec<Offer> {
    let allowed = at.field.ctx.contexts();
    let may = |context: &str| allowed.contains(&context);
    let mut offers = Vec::new();
    let mut add = |text: String, note: &str| {
        let offer = Offer { text, note: note.to_owned() };
        if !offers.contains(&offer) {
            offers.push(offer);
        }
    };
    let names = analysis.names();
    let named =
        |kind: NameKind| names.iter().filter(move |name| name.kind == kind).map(|name| name.name.clone());
    if may("secrets") {
        let known = env.secrets.iter().flatten().cloned();
        for name in named(NameKind::Secret).chain(known) {
            let note = if name == "GITHUB_TOKEN" { "made by GitHub for each run" } else { "secret" };
            add(format!("secrets.{name}"), note);
        }
        add("secrets.GITHUB_TOKEN".to_owned(), "made by GitHub for each run");
    }
    if may("vars") {
        let known = env.variables.iter().flatten().cloned();
        for name in named(NameKind::Variable).chain(known) {
            add(format!("vars.{name}"), "configuration variable");
        }
    }
    let workflow = &analysis.workflow;
    if may("inputs") {
        for input in workflow.triggers.iter().flat_map(|trigger| &trigger.inputs) {
            add(format!("inputs.{}", input.name.value), "input of this workflow");
        }
    }
    let job = crate::session::job_of(&at.path).and_then(|id| workflow.job(id));
    if let Some(job) = job {
        if may("matrix")
            && let Some(matrix) = &job.matrix
        {
            for row in &matrix.rows {
                add(format!("matrix.{}", row.name.value), "value of this variant");
            }
        }
        if may("needs") {
            for need in &job.needs {
                let id = &need.value;
                for (output, _) in workflow.job(id).map(|job| job.outputs.as_slice()).unwrap_or_default() {
                    add(format!("needs.{id}.outputs.{}", output.value), "output of an earlier job");
                }
                add(format!("needs.{id}.result"), "success, failure, cancelled or skipped");
            }
        }
        if may("steps") {
            let before = crate::session::step_of(&at.path).unwrap_or(usize::MAX);
            for step in job.steps.iter().filter(|step| step.index < before) {
                let Some(id) = &step.id else { continue };
                let id = &id.value;
                for output in outputs(env, step) {
                    add(format!("steps.{id}.outputs.{output}"), "output of an earlier step");
                }
                add(format!("steps.{id}.outcome"), "success, failure, cancelled or skipped");
            }
        }
        if may("env") {
            for (name, _) in job.env.iter().chain(&workflow.env) {
                add(format!("env.{}", name.value), "environment variable");
            }
        }
    }
    for path in OFTEN {
        let context = path.split('.').next().unwrap_or_default();
        if may(context)
            && let Some(described) = contexts::describe(&path.split('.').collect::<Vec<_>>())
        {
            add((*path).to_owned(), described.doc);
        }
    }
    for context in contexts::CONTEXTS.iter().filter(|context| may(context.name)) {
        let contexts::Shape::Object(properties) = context.shape else { continue };
        for property in properties {
            add(format!("{}.{}", context.name, property.name), property.doc);
        }
    }
    for function in at.field.ctx.functions() {
        add(format!("{}()", function.name), "function");
    }
    offers
}

/// The outputs of a step that the catalogue knows.
fn outputs(env: &Env, step: &stepladder_workflow::model::Step) -> Vec<String> {
    let (Some(catalogue), stepladder_workflow::model::StepKind::Uses(uses)) = (&env.catalogue, &step.kind)
    else {
        return Vec::new();
    };
    super::library::outputs(catalogue, &uses.value)
}
