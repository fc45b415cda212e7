//! Fields of the event that is being tried.

use leptos::prelude::*;
use serde_json::Value as Json;
use stepladder_content::Scenario;

use super::form::InputField;
use super::trial::Trial;
use crate::ui::prose::with_code;

/// A text, which is `None` when it is empty.
pub(super) fn text(
    trial: Trial,
    label: &str,
    hint: impl Into<String>,
    get: impl Fn(&Scenario) -> Option<String> + Send + Sync + 'static,
    set: impl Fn(&mut Scenario, Option<String>) + 'static,
) -> AnyView {
    let value = trial.part(move |event| get(event).unwrap_or_default());
    view! {
        <label class="plan-field">
            <span>{with_code(label)}</span>
            <input
                type="text"
                class="input"
                placeholder=hint.into()
                spellcheck="false"
                autocapitalize="off"
                data-written=value.get_untracked()
                prop:value=move || value.get()
                on:input:target=move |event| {
                    let text = event.target().value();
                    trial.edit(|e| set(e, Some(text).filter(|text| !text.is_empty())));
                }
            />
        </label>
    }
    .into_any()
}

pub(super) fn select(
    trial: Trial,
    label: &str,
    usual: impl Into<String>,
    options: Vec<(String, String)>,
    get: impl Fn(&Scenario) -> Option<String> + Send + Sync + 'static,
    set: impl Fn(&mut Scenario, Option<String>) + 'static,
) -> AnyView {
    let value = trial.part(move |event| get(event).unwrap_or_default());
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, label)| view! { <option value=value>{label}</option> }.into_any())
        .collect();
    view! {
        <label class="plan-field">
            <span>{with_code(label)}</span>
            <select
                class="input"
                prop:value=move || value.get()
                on:change:target=move |event| {
                    let text = event.target().value();
                    trial.edit(|e| set(e, Some(text).filter(|text| !text.is_empty())));
                }
            >
                <option value="">{usual.into()}</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// A text in the payload.
pub(super) fn payload(trial: Trial, label: String, hint: &'static str, path: String) -> AnyView {
    let own = path.clone();
    let get = move |e: &Scenario| at(&e.payload, &own);
    let set = move |e: &mut Scenario, text: Option<String>| {
        e.set_payload(&path, text.map_or(Json::Null, |text| typed(&text)));
    };
    text(trial, &label, hint, get, set)
}

/// The changed files, one a line.
pub(super) fn changed(trial: Trial) -> AnyView {
    // The text is kept beside the list, so that an empty line can be typed.
    let list = trial.part(|event| event.changed.clone());
    let typed = RwSignal::new(String::new());
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    Effect::new(move |_| {
        let list = list.get();
        if lines(&typed.get_untracked()) != list {
            typed.set(list.join("\n"));
        }
    });
    view! {
        <label class="plan-field plan-field-tall">
            <span>"Changed files"</span>
            <textarea
                class="input is-code"
                rows="2"
                placeholder="one a line, such as src/main.py"
                spellcheck="false"
                autocapitalize="off"
                data-written=list.get_untracked().join("\n")
                prop:value=move || typed.get()
                on:input:target=move |event| {
                    let text = event.target().value();
                    let changed = lines(&text);
                    typed.set(text);
                    trial.edit(|e| e.changed = changed);
                }
            ></textarea>
        </label>
    }
    .into_any()
}

pub(super) fn input(trial: Trial, field: InputField) -> AnyView {
    let (own, name) = (field.name.clone(), field.name);
    let get = move |e: &Scenario| e.inputs.get(&own).map(shown);
    let kind = field.kind.clone();
    let set = move |e: &mut Scenario, text: Option<String>| {
        match text {
            Some(text) => e.inputs.insert(
                name.clone(),
                if kind == "string" || kind == "choice" { text.into() } else { typed(&text) },
            ),
            None => e.inputs.remove(&name),
        };
    };
    let usual = match field.default.as_str() {
        "" if field.kind == "boolean" => "false".to_owned(),
        "" => field.options.first().cloned().unwrap_or_default(),
        default => default.to_owned(),
    };
    let options: Vec<String> = match field.kind.as_str() {
        "boolean" => vec!["true".to_owned(), "false".to_owned()],
        _ => field.options,
    };
    if options.is_empty() {
        return text(trial, &field.label, usual, get, set);
    }
    let options = options.into_iter().map(|option| (option.clone(), option)).collect();
    select(trial, &field.label, format!("as it is set: {usual}"), options, get, set)
}

pub(super) fn variable(trial: Trial, name: String) -> AnyView {
    let own = name.clone();
    let get = move |e: &Scenario| e.vars.get(&own).cloned();
    let key = name.clone();
    let set = move |e: &mut Scenario, text: Option<String>| {
        match text {
            Some(text) => e.vars.insert(key.clone(), text),
            None => e.vars.remove(&key),
        };
    };
    text(trial, &name, "not set", get, set)
}

/// What a person typed, as the value that it looks like.
fn typed(text: &str) -> Json {
    match serde_json::from_str(text) {
        Ok(value @ (Json::Bool(_) | Json::Number(_))) => value,
        _ => Json::String(text.to_owned()),
    }
}

pub(super) fn shown(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The text at a path of names in a payload.
pub(super) fn at(payload: &Json, path: &str) -> Option<String> {
    let found = path.split('.').try_fold(payload, |value, name| value.get(name))?;
    (!found.is_null() && !found.is_object()).then(|| shown(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_the_value_that_it_looks_like() {
        assert_eq!(typed("true"), Json::Bool(true));
        assert_eq!(typed("3"), Json::from(3));
        assert_eq!(typed("v3"), Json::from("v3"));
        assert_eq!(typed("\"a\""), Json::from("\"a\""));
    }

    #[test]
    fn a_payload_is_read_by_its_path() {
        let payload = serde_json::json!({"pull_request": {"draft": true, "head": {"ref": "x"}}});
        assert_eq!(at(&payload, "pull_request.draft").as_deref(), Some("true"));
        assert_eq!(at(&payload, "pull_request.head.ref").as_deref(), Some("x"));
        assert_eq!(at(&payload, "pull_request.head"), None);
        assert_eq!(at(&payload, "label.name"), None);
    }
}
