//! Type, mistakes and value of an expression that is being built.

use leptos::html::Div;
use leptos::prelude::*;
use stepladder_workflow::ide::{self, Example, Judged, Read, Written};
use stepladder_workflow::simulate::{Event, Preset, presets};
use stepladder_yaml::Path;

use super::super::controls::At;
use super::super::prose;
use super::examples::Examples;
use super::place::{Place, Target, place};
use crate::ui::icon::{Icon, icon};

/// The id of what is told of the expression.
pub(super) const JUDGED: &str = "judged";

/// What would become of an expression where it is put.
#[derive(Clone, Copy)]
pub(super) struct Judgement {
    judged: Memo<Option<Judged>>,
    /// The events of which one gives the example, and which.
    events: StoredValue<Vec<Preset>>,
    chosen: RwSignal<usize>,
    /// What somebody says of what is not known, at that place.
    examples: Examples,
    path: StoredValue<Path>,
}

impl Judgement {
    /// Judges `subject` where `target` puts it.
    pub(super) fn new(at: &At, target: Target, subject: Memo<Option<String>>) -> Self {
        let session = at.session;
        let events = StoredValue::new(session.analysis.with_untracked(presets));
        let chosen = RwSignal::new(0usize);
        let examples = Examples::of_form();
        let here = at.clone();
        let judged = Memo::new(move |_| {
            let source = subject.get()?;
            let usual = || session.form.with(|analysis| Event::usual("push", &analysis.workflow));
            let event = events.with_value(|events| {
                events.get(chosen.get()).map_or_else(usual, |preset| preset.event.clone())
            });
            let Place { path, inserted } = place(&here, target, &source);
            let written = Written { path: &path, text: &inserted.text, at: inserted.at, source: &source };
            session.form.with(|analysis| {
                session
                    .env
                    .with(|env| Some(ide::judge(analysis, env, &event, written, &examples.at(&here.path))))
            })
        });
        Self { judged, events, chosen, examples, path: StoredValue::new(at.path.clone()) }
    }

    /// Whether GitHub would refuse it.
    pub(super) fn refuses(self) -> bool {
        self.judged.with(|judged| judged.as_ref().is_some_and(|judged| judged.refused))
    }

    /// As [`Judgement::refuses`], once.
    pub(super) fn is_refused(self) -> bool {
        untrack(|| self.refuses())
    }

    /// Type, mistakes and value. It has the same height whatever it tells, and what is more is scrolled to.
    pub(super) fn view(self) -> AnyView {
        let own = NodeRef::<Div>::new();
        let is_long = RwSignal::new(false);
        Effect::new(move |_| {
            self.judged.track();
            request_animation_frame(move || {
                let own = own.try_get_untracked().flatten();
                let now = own.is_some_and(|own| own.scroll_height() > own.client_height());
                if is_long.try_get_untracked() == Some(!now) {
                    is_long.set(now);
                }
            });
        });
        view! {
            <div
                id=JUDGED
                class="judged"
                role="status"
                node_ref=own
                // Without a mouse it is scrolled by the keys.
                tabindex=move || is_long.get().then_some("0")
            >
                {move || self.judged.get().map(judged_view)}
            </div>
        }
        .into_any()
    }

    /// The event that gives the value, and, while an expression `is_built`, examples for what it reads.
    pub(super) fn examples(self, is_built: Memo<bool>) -> AnyView {
        let Self { judged, events, chosen, examples, path } = self;
        let reads = Memo::new(move |_| -> Vec<Read> {
            let reads = || judged.with(|judged| judged.as_ref().map(|judged| judged.reads.clone()));
            is_built.get().then(reads).flatten().unwrap_or_default()
        });
        let titles: Vec<String> =
            events.with_value(|events| events.iter().map(|preset| preset.title.clone()).collect());
        let options: Vec<_> = titles
            .into_iter()
            .enumerate()
            .map(|(index, title)| {
                view! { <option value=index.to_string() selected=move || chosen.get() == index>{title}</option> }
            })
            .collect();
        let has_events = !options.is_empty();
        view! {
            {path.with_value(|path| examples.fields(path, reads))}
            {has_events.then(|| view! {
                <label class="judged-event">
                    <span>"For example when"</span>
                    <select
                        class="field-input"
                        on:change=move |event| chosen.set(event_target_value(&event).parse().unwrap_or_default())
                    >
                        {options}
                    </select>
                </label>
            })}
        }
        .into_any()
    }
}

fn judged_view(judged: Judged) -> AnyView {
    let problems: Vec<_> = judged
        .problems
        .iter()
        .map(|problem| view! { <p class="field-problem is-error">{icon(Icon::Error)} <span>{prose::prose(problem)}</span></p> })
        .collect();
    let goes_on = (judged.goes_on && judged.problems.is_empty())
        .then(|| prose::prose(judged.nothing.unwrap_or("Go on: a name follows the dot.")));
    let goes_on = goes_on.map(|told| view! { <span class="judged-unknown">{told}</span> });
    let whole = judged.whole.map(|(ty, example)| {
        view! { <p class="judged-line"><span class="judged-unknown">"All of it:"</span>{line(ty, example)}</p> }
    });
    view! { <p class="judged-line">{line(judged.ty, judged.example)}{goes_on}</p>{whole}{problems} }
        .into_any()
}

/// Type and value.
fn line(ty: String, example: Example) -> AnyView {
    let ty = (!ty.is_empty()).then(|| view! { <span class="judged-type">{ty}</span> });
    let example = match example {
        Example::Value(value) => Some(view! { <span class="judged-value">"→ "<code>{value}</code></span> }.into_any()),
        Example::Unknown(what) => Some(
            view! { <span class="judged-unknown">"→ known only in a run: "<code>{what}</code></span> }.into_any(),
        ),
        Example::Failed(why) => Some(
            view! { <span class="field-problem is-error">{icon(Icon::Error)} <span>{prose::prose(&why)}</span></span> }
                .into_any(),
        ),
        Example::Nothing => None,
    };
    view! { {ty} {example} }.into_any()
}
