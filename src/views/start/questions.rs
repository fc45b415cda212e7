//! What a template asks, with the answers written into its text at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use stepladder_content::{Answer, Kind, Question, Template, apply_answers, defaults};

use crate::ui::prose::with_code;

/// The answers to one template's questions.
#[derive(Clone, Copy)]
pub(super) struct Answers {
    template: StoredValue<Arc<Template>>,
    typed: RwSignal<BTreeMap<String, String>>,
    /// The template's text with every answer in place that can be read.
    pub(super) text: Memo<String>,
}

impl Answers {
    /// The answers by default.
    pub(super) fn new(template: Arc<Template>) -> Self {
        let typed = RwSignal::new(defaults(&template));
        let held = Arc::clone(&template);
        let text = Memo::new(move |_| {
            let typed = typed.get();
            let read = |question: &Question| -> Option<(String, Answer)> {
                Some((question.id.clone(), question.read(typed.get(&question.id)?).ok()?))
            };
            let answers = held.header.questions.iter().filter_map(read).collect();
            apply_answers(&held, &answers).unwrap_or_else(|_| held.text.clone())
        });
        Self { template: StoredValue::new(template), typed, text }
    }

    /// Whether an answer cannot be read.
    pub(super) fn has_mistakes(self) -> bool {
        let typed = self.typed.get();
        self.template.with_value(|template| {
            template.header.questions.iter().any(|question| mistake(question, &typed).is_some())
        })
    }
}

fn mistake(question: &Question, typed: &BTreeMap<String, String>) -> Option<String> {
    question.read(typed.get(&question.id).map_or("", String::as_str)).err()
}

/// The questions; nothing when there are none.
pub(super) fn questions(answers: Answers) -> Option<AnyView> {
    let questions = answers.template.with_value(|template| template.header.questions.clone());
    let fields: Vec<_> = questions.into_iter().map(|question| field(answers, question)).collect();
    (!fields.is_empty()).then(|| {
        view! {
            <section>
                <h3>"Make it yours"</h3>
                <div class="questions">{fields}</div>
            </section>
        }
        .into_any()
    })
}

fn field(answers: Answers, question: Question) -> AnyView {
    let id = format!("question-{}", question.id);
    let help_id = format!("{id}-help");
    let help = question.help.clone();
    let ask = question.ask.clone();
    let control = control(answers, &question, &id, &help_id);
    let mistake = Memo::new(move |_| answers.typed.with(|typed| mistake(&question, typed)));
    let below = move || match (mistake.get(), &help) {
        (Some(mistake), _) => view! { <span class="question-mistake">{mistake}</span> }.into_any(),
        (None, Some(help)) => view! { <span class="note">{with_code(help)}</span> }.into_any(),
        (None, None) => ().into_any(),
    };
    view! {
        <div class="question">
            <label for=id>{ask}</label>
            {control}
            <p id=help_id aria-live="polite">
                {below}
            </p>
        </div>
    }
    .into_any()
}

fn control(answers: Answers, question: &Question, id: &str, help_id: &str) -> AnyView {
    let key = question.id.clone();
    let held = key.clone();
    let value = move || answers.typed.with(|typed| typed.get(&held).cloned().unwrap_or_default());
    let set = move |value: String| {
        answers.typed.update(|typed| {
            typed.insert(key.clone(), value);
        });
    };
    let (id, help_id) = (id.to_owned(), help_id.to_owned());
    match question.kind {
        Kind::Choice => {
            let options: Vec<_> = question
                .options
                .iter()
                .map(|option| {
                    let label = option.label.clone().unwrap_or_else(|| option.value.clone());
                    view! { <option value=option.value.clone()>{label}</option> }.into_any()
                })
                .collect();
            view! {
                <select id=id class="input" aria-describedby=help_id prop:value=value on:change:target=move |event| set(event.target().value())>
                    {options}
                </select>
            }
            .into_any()
        }
        Kind::Boolean => {
            let on = move || value() == "true";
            view! {
                <input
                    id=id
                    type="checkbox"
                    aria-describedby=help_id
                    prop:checked=on
                    on:change:target=move |event| set(event.target().checked().to_string())
                />
            }
            .into_any()
        }
        kind => {
            let mode = if kind == Kind::Number { "decimal" } else { "text" };
            view! {
                <input
                    id=id
                    type="text"
                    class="input"
                    class:is-code={matches!(kind, Kind::Cron | Kind::Branch)}
                    inputmode=mode
                    spellcheck="false"
                    autocapitalize="off"
                    data-written=untrack(&value)
                    aria-describedby=help_id
                    prop:value=value
                    on:input:target=move |event| set(event.target().value())
                />
            }
            .into_any()
        }
    }
}
