//! What becomes of each job: a sentence, its variants and steps, and how it is taken to end.

use leptos::prelude::*;
use stepladder_content::{Assumed, Outcome};
use stepladder_workflow::simulate::{Answer, JobPlan, Legs};
use stepladder_yaml::{Path, path};

use super::{Said, answer_class, answer_mark, go_to, show_code_on_phone, texts, trial};
use crate::session::Origin;
use crate::shell::Shell;
use crate::ui::paint::growing;
use crate::ui::prose::with_code;

/// Most variants that are named; more are counted.
const LEGS: usize = 12;
/// How many jobs are built at once.
const GROUP: usize = 6;

/// A job as it is listed.
#[derive(Clone, PartialEq)]
struct Row {
    title: String,
    words: String,
    said: Said,
    legs: Vec<String>,
    more_legs: usize,
    unknown_legs: Option<String>,
    steps: Vec<(Path, String, Said)>,
    called: Vec<(String, String, Answer)>,
    notes: Vec<String>,
}

impl Row {
    fn new(job: &JobPlan) -> Self {
        let (legs, unknown_legs) = match &job.legs {
            Legs::Known(legs) if legs.len() > 1 || legs.iter().any(|leg| !leg.values.is_empty()) => {
                (legs.iter().map(|leg| leg.title.clone()).collect(), None)
            }
            Legs::Known(_) => (Vec::new(), None),
            Legs::Unknown(why) => (Vec::new(), Some(why.clone())),
        };
        Self {
            title: job.title.clone(),
            words: trial::words(job),
            said: Said::new(&job.verdict),
            more_legs: legs.len().saturating_sub(LEGS),
            legs: legs.into_iter().take(LEGS).collect(),
            unknown_legs,
            steps: job
                .steps
                .iter()
                .map(|step| (step.path.clone(), step.title.clone(), Said::new(&step.verdict)))
                .collect(),
            called: job
                .called
                .iter()
                .map(|job| (job.title.clone(), job.verdict.reason.clone(), job.verdict.answer))
                .collect(),
            notes: texts(&job.notes),
        }
    }
}

/// All jobs, in the order of the file.
pub(super) fn jobs(shell: Shell) -> AnyView {
    let starts = Memo::new(move |_| {
        shell.trial.plan.with(|plan| plan.as_ref().is_some_and(|plan| plan.starts.answer != Answer::No))
    });
    let ids = shell
        .session
        .echo
        .derive(|analysis| analysis.workflow.jobs.iter().map(|job| job.id.value.clone()).collect::<Vec<_>>());
    let list = move || {
        starts.get().then(|| {
            let built = growing(GROUP, ids.with_untracked(Vec::len), usize::MAX);
            view! {
                <ul class="plan-jobs" aria-label="Jobs">
                    <For each=move || ids.with(|ids| ids.iter().take(built.get()).cloned().collect::<Vec<_>>()) key=Clone::clone children=move |id| row(shell, id) />
                </ul>
            }
        })
    };
    list.into_any()
}

fn row(shell: Shell, id: String) -> AnyView {
    let held = id.clone();
    let row = Memo::new(move |_| {
        shell.trial.plan.with(|plan| plan.as_ref().and_then(|plan| plan.job(&held).map(Row::new)))
    });
    let place = id.clone();
    let go = move |_| {
        let found = shell.trial.plan.with_untracked(|plan| {
            plan.as_ref().and_then(|plan| plan.job(&place)).and_then(|job| job.verdict.place.clone())
        });
        if found.is_some() {
            go_to(shell, found);
        } else {
            shell.session.select(path!["jobs", place.as_str()], Origin::Plan);
            show_code_on_phone(shell);
        }
    };
    let class = move || {
        let answer = row.with(|row| row.as_ref().map_or(Answer::No, |row| row.said.answer));
        format!("plan-job {}", answer_class(answer))
    };
    let head = move || {
        row.get().map(|row| {
            view! {
                {answer_mark(row.said.answer)}
                <span class="plan-job-text">
                    <span class="plan-job-head">
                        <strong>{row.title}</strong>
                        <span class="plan-words">{row.words}</span>
                    </span>
                    <span class="plan-reason">{with_code(&row.said.reason)}</span>
                </span>
            }
        })
    };
    view! {
        <li class=class>
            <button type="button" class="plan-job-main" on:click=go>
                {head}
            </button>
            {move || row.get().map(|row| details(shell, row))}
            {endings(shell, id, row)}
        </li>
    }
    .into_any()
}

fn details(shell: Shell, row: Row) -> AnyView {
    let legs: Vec<_> =
        row.legs.into_iter().map(|leg| view! { <span class="tag">{leg}</span> }.into_any()).collect();
    let notes: Vec<_> =
        row.notes.iter().map(|text| view! { <p class="row-note">{with_code(text)}</p> }.into_any()).collect();
    let called: Vec<_> = row
        .called
        .into_iter()
        .map(|(title, reason, answer)| {
            view! {
                <li class="plan-step">
                    {answer_mark(answer)} <span>{title}" "<span class="plan-reason">{with_code(&reason)}</span></span>
                </li>
            }
            .into_any()
        })
        .collect();
    let left_out = row.steps.iter().filter(|(_, _, said)| said.answer == Answer::No).count();
    let open = row.steps.iter().filter(|(_, _, said)| said.answer == Answer::Unknown).count();
    let mut summary = match row.steps.len() {
        1 => "1 step".to_owned(),
        count => format!("{count} steps"),
    };
    if left_out > 0 {
        summary.push_str(&format!(", {left_out} skipped"));
    }
    if open > 0 {
        summary.push_str(&format!(", {open} not known"));
    }
    let steps: Vec<_> = row
        .steps
        .into_iter()
        .map(|(path, title, said)| {
            let go = move |_| {
                shell.session.select(path.clone(), Origin::Plan);
                show_code_on_phone(shell);
            };
            view! {
                <li>
                    <button type="button" class="plan-step" on:click=go>
                        {answer_mark(said.answer)}
                        <span>{title} " " <span class="plan-reason">{with_code(&said.reason)}</span></span>
                    </button>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="plan-job-more">
            {(!legs.is_empty()).then(|| view! {
                <p class="plan-legs">
                    {legs}
                    {(row.more_legs > 0).then(|| format!("and {} more", row.more_legs))}
                </p>
            })}
            {row.unknown_legs.map(|why| view! { <p class="row-note">{with_code(&why)}</p> })}
            {notes}
            {(!called.is_empty()).then(|| view! { <ul class="plan-steps" aria-label="Jobs of the called workflow">{called}</ul> })}
            {(!steps.is_empty()).then(|| view! {
                <details class="plan-details">
                    <summary>{summary}</summary>
                    <ol class="plan-steps">{steps}</ol>
                </details>
            })}
        </div>
    }
    .into_any()
}

/// How the job is taken to end: only asked where another job waits for it.
fn endings(shell: Shell, id: String, row: Memo<Option<Row>>) -> AnyView {
    let trial = shell.trial;
    let held = id.clone();
    let asked = shell.session.echo.derive(move |analysis| {
        let needed = |need: &stepladder_workflow::model::Text| need.value.eq_ignore_ascii_case(&held);
        let job = analysis.workflow.job(&held)?;
        let outputs: Vec<String> = job.outputs.iter().map(|(name, _)| name.value.clone()).collect();
        analysis.workflow.jobs.iter().any(|job| job.needs.iter().any(needed)).then_some(outputs)
    });
    let runs =
        Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.said.answer != Answer::No)));
    let title =
        Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.title.clone()).unwrap_or_default()));
    let content = move || {
        let outputs = asked.get().filter(|_| runs.get())?;
        let own = id.clone();
        let result = trial
            .part(move |event| event.results.get(&own).map(|assumed| assumed.result).unwrap_or_default());
        let own = id.clone();
        let set = move |word: String| {
            let result = match word.as_str() {
                "failure" => Outcome::Failure,
                "cancelled" => Outcome::Cancelled,
                _ => Outcome::Success,
            };
            let id = own.clone();
            trial.edit(move |event| assume(&mut event.results, id, |assumed| assumed.result = result));
        };
        let word = move || match result.get() {
            Outcome::Success => "success",
            Outcome::Failure => "failure",
            Outcome::Cancelled => "cancelled",
        };
        let outputs: Vec<_> = outputs.into_iter().map(|name| output(shell, id.clone(), name)).collect();
        Some(view! {
            <div class="plan-suppose">
                <label>
                    <span>"Suppose it"</span>
                    <select
                        class="input"
                        aria-label=move || format!("How {} ends", title.get())
                        prop:value=word
                        on:change:target=move |event| set(event.target().value())
                    >
                        <option value="success">"succeeds"</option>
                        <option value="failure">"fails"</option>
                        <option value="cancelled">"is cancelled"</option>
                    </select>
                </label>
                {outputs}
            </div>
        })
    };
    content.into_any()
}

fn output(shell: Shell, id: String, name: String) -> AnyView {
    let trial = shell.trial;
    let (own, key) = (id.clone(), name.clone());
    let value = trial.part(move |event| {
        event.results.get(&own).and_then(|assumed| assumed.outputs.get(&key).cloned()).unwrap_or_default()
    });
    let key = name.clone();
    let set = move |text: String| {
        let (id, key) = (id.clone(), key.clone());
        trial.edit(move |event| {
            assume(&mut event.results, id, |assumed| {
                if text.is_empty() {
                    assumed.outputs.remove(&key);
                } else {
                    assumed.outputs.insert(key, text);
                }
            });
        });
    };
    view! {
        <label>
            <span>"and says "<code>{name}</code>" ="</span>
            <input
                type="text"
                class="input is-code"
                placeholder="not known"
                spellcheck="false"
                autocapitalize="off"
                data-written=value.get_untracked()
                prop:value=move || value.get()
                on:input:target=move |event| set(event.target().value())
            />
        </label>
    }
    .into_any()
}

/// Changes what is assumed of a job, and forgets it when it says nothing.
fn assume(
    results: &mut std::collections::BTreeMap<String, Assumed>,
    id: String,
    change: impl FnOnce(&mut Assumed),
) {
    let assumed = results.entry(id.clone()).or_default();
    change(assumed);
    if *assumed == Assumed::default() {
        results.remove(&id);
    }
}
