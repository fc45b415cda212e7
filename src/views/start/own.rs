//! Templates of one's own: saved from the open workflow with placeholders, or opened from a folder in GitHub's starter
//! format. They are kept in the browser.

use std::collections::BTreeMap;

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_content::{Placeholder, Template, placeholders};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::shell::Shell;
use crate::storage;
use crate::ui::button::button;
use crate::ui::dialog::dialog;
use crate::ui::field::text_field;
use crate::ui::icon::Icon;
use crate::ui::prose::with_code;
use crate::ui::toast::Tone;

/// Where they are kept.
const KEY: &str = "templates";
/// Most files that are read of a folder.
const MAX_FILES: u32 = 2_000;

/// The templates of one's own, and whether the dialog that makes one is open. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Own {
    /// The templates, the latest first.
    pub(crate) list: RwSignal<Vec<Template>>,
    /// Whether the dialog is open.
    pub(crate) saving: RwSignal<bool>,
}

impl Own {
    /// As they were kept.
    pub(crate) fn new() -> Self {
        let kept = storage::get(KEY).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
        let list = RwSignal::new(kept);
        Effect::new(move |_| {
            if let Ok(json) = list.with(serde_json::to_string) {
                storage::set(KEY, &json);
            }
        });
        Self { list, saving: RwSignal::new(false) }
    }

    /// Adds templates; one of the same id is replaced.
    fn add(self, new: Vec<Template>) {
        self.list.update(|list| {
            list.retain(|old| !new.iter().any(|template| template.id == old.id));
            list.splice(0..0, new);
        });
    }

    /// Takes a template away.
    pub(super) fn remove(self, id: &str) {
        self.list.update(|list| list.retain(|template| template.id != id));
    }

    /// The template of that id.
    pub(super) fn find(self, id: &str) -> Option<Template> {
        self.list.with_untracked(|list| list.iter().find(|template| template.id == id).cloned())
    }
}

/// Opens a folder in GitHub's starter format.
pub(super) fn starter_button(shell: Shell) -> AnyView {
    let field = NodeRef::<Input>::new();
    // The texts of a folder, until the model is there to read them.
    let folder = RwSignal::new(None::<BTreeMap<String, String>>);
    Effect::new(move |_| {
        if let Some(input) = field.get() {
            let _ = input.set_attribute("webkitdirectory", "");
        }
    });
    let chosen = move |_| {
        let Some(input) = field.get_untracked() else { return };
        let Some(list) = input.files() else { return };
        let files: Vec<web_sys::File> =
            (0..list.length().min(MAX_FILES)).filter_map(|at| list.get(at)).collect();
        input.set_value("");
        spawn_local(async move { folder.set(Some(read(files).await)) });
    };
    Effect::new(move |_| {
        let (Some(part), Some(texts)) = (shell.session.model.get(), folder.get()) else { return };
        folder.set(None);
        let (found, problems) = (part.starters)(&texts);
        if let Some(problem) = problems.first() {
            shell.session.tell_error(problem.clone());
        }
        match found.len() {
            0 if problems.is_empty() => shell.session.tell_error(
                "That folder holds no template in GitHub's starter format: a workflow with its NAME.properties.json.",
            ),
            0 => {}
            count => {
                shell.own.add(found);
                let noun = if count == 1 { "template" } else { "templates" };
                shell.session.toaster.show(Tone::Done, format!("Added {count} {noun} of your own."), None);
            }
        }
    });
    let pick = move |_| {
        if let Some(input) = field.get_untracked() {
            input.click();
        }
    };
    view! {
        <input type="file" multiple hidden aria-label="Folder with starter templates" node_ref=field on:change=chosen />
        {button("button-quiet", Some(Icon::Folder), "Open starter templates", pick)}
    }
    .into_any()
}

/// The texts of workflows and their properties, by path.
async fn read(files: Vec<web_sys::File>) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for file in files {
        let name = file.name();
        let wanted = [".yml", ".yaml", ".properties.json"].iter().any(|end| name.ends_with(end));
        if !wanted {
            continue;
        }
        let path = js_sys::Reflect::get(file.unchecked_ref(), &"webkitRelativePath".into()).ok();
        let path = path.and_then(|path| path.as_string()).filter(|path| !path.is_empty()).unwrap_or(name);
        if let Some(text) = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()) {
            texts.insert(path, text);
        }
    }
    texts
}

/// The dialog that saves the open workflow as a template.
pub(crate) fn save_template(shell: Shell) -> AnyView {
    dialog(shell.own.saving, "save-template", "Save as a template of your own", move || form(shell))
}

fn form(shell: Shell) -> AnyView {
    let text = shell.session.text_untracked();
    let file = untrack(move || shell.session.file_name());
    let named =
        shell.session.analysis.with_untracked(|a| a.workflow.name.as_ref().map(|name| name.value.clone()));
    let title = RwSignal::new(named.unwrap_or_else(|| file.clone()));
    let summary = RwSignal::new(String::new());
    let all = StoredValue::new(placeholders(&text));
    let asked = RwSignal::new(vec![false; all.with_value(Vec::len)]);
    let rows: Vec<_> = all.with_value(|all| {
        let row = |(at, one): (usize, &Placeholder)| {
            let label = format!("{}: `{}`", one.label, one.value);
            view! {
                <li>
                    <label class="plan-check">
                        <input
                            type="checkbox"
                            prop:checked=move || asked.with(|asked| asked.get(at) == Some(&true))
                            on:change:target=move |event| {
                                let on = event.target().checked();
                                asked.update(|asked| {
                                    if let Some(own) = asked.get_mut(at) {
                                        *own = on;
                                    }
                                });
                            }
                        />
                        <span>{with_code(&label)}</span>
                    </label>
                </li>
            }
            .into_any()
        };
        all.iter().enumerate().map(row).collect()
    });
    let none = rows.is_empty();
    let save = move |_| {
        let chosen: Vec<Placeholder> = all.with_value(|all| {
            let asked = asked.get_untracked();
            all.iter().zip(asked).filter(|(_, on)| *on).map(|(one, _)| one.clone()).collect()
        });
        let id = format!("own-{}", storage::new_id());
        let title = title.get_untracked();
        let title = if title.trim().is_empty() { file.clone() } else { title };
        let template = Template::own(&id, &title, &summary.get_untracked(), &file, &text, &chosen);
        shell.own.add(vec![template]);
        shell.own.saving.set(false);
        shell.session.toaster.show(Tone::Done, "Saved. You find it on the start page, under “My own”.", None);
    };
    view! {
        <div class="save-template-body">
            {text_field("question", "Title", title)}
            {text_field("question", "When would one want it?", summary)}
            <fieldset class="plan-group">
                <legend>"Ask for these values when it is used"</legend>
                {none.then(|| view! { <p class="note">"The workflow has no value that usually differs from repository to repository."</p> })}
                <ul>{rows}</ul>
            </fieldset>
            <footer class="dialog-foot">{button("button-primary", None, "Save the template", save)}</footer>
        </div>
    }
    .into_any()
}
