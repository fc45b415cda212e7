//! A question with some answers, one of which lets the work go on.

use leptos::prelude::*;

use super::dialog::dialog;
use super::prose::with_code;
use super::toast::Action;

/// What is asked.
#[derive(Clone)]
pub(crate) struct Question {
    /// In a few words.
    pub(crate) title: String,
    /// Why it is asked, in a sentence or two.
    pub(crate) text: String,
    /// What can be answered, the most usual first.
    pub(crate) answers: Vec<Action>,
    /// What happens when nothing is.
    pub(crate) otherwise: Action,
    /// Whether it may come while somebody types, so that no key must answer it by chance.
    pub(crate) unasked: bool,
}

/// The dialog that shows the question, if there is one, with what is done `afterwards`, once it is answered.
pub(crate) fn question(asked: RwSignal<Option<Question>>, afterwards: RwSignal<Option<Action>>) -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(asked.with(Option::is_some)));
    // Closed without an answer.
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true)
            && !now
            && let Some(question) = asked.try_update(Option::take).flatten()
        {
            afterwards.set(None);
            question.otherwise.run();
        }
        now
    });
    let title =
        move || asked.with(|asked| asked.as_ref().map(|asked| asked.title.clone()).unwrap_or_default());
    dialog(open, "decision", TextProp::from(title), move || {
        let Some(question) = asked.get_untracked() else { return ().into_any() };
        let unasked = question.unasked;
        let answers: Vec<_> = question
            .answers
            .iter()
            .enumerate()
            .map(|(at, answer)| {
                let answer = answer.clone();
                let label = answer.label().to_owned();
                let class = if at == 0 { "button button-primary" } else { "button" };
                let choose = move |_| {
                    let then = afterwards.try_update(Option::take).flatten();
                    asked.set(None);
                    answer.run();
                    if let Some(then) = then {
                        then.run();
                    }
                };
                view! { <button type="button" class=class autofocus=at == 0 && !unasked on:click=choose>{label}</button> }
            })
            .collect();
        view! {
            <p class="question-text" tabindex=unasked.then_some("-1") autofocus=unasked>{with_code(&question.text)}</p>
            <p class="question-then muted" role="status">
                {move || afterwards.with(|then| {
                    let label = then.as_ref().map(Action::label).filter(|label| !label.is_empty())?;
                    Some(format!("After the answer: {label}."))
                })}
            </p>
            <div class="question-answers">
                {answers}
                <button type="button" class="button button-quiet" on:click=move |_| open.set(false)>"Cancel"</button>
            </div>
        }
        .into_any()
    })
}
