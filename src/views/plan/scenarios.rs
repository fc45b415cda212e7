//! Events with what is expected of them: judged as the workflow changes, kept with the draft, and exported as the file that
//! `stepladder test` reads.

use leptos::prelude::*;
use stepladder_content::{Scenario, to_yaml};

use super::{answer_mark, import};
use crate::files;
use crate::shell::Shell;
use crate::ui::button::{button, icon_button};
use crate::ui::icon::{Icon, icon};
use crate::ui::prose::with_code;
use crate::ui::toast::{Action, Tone};
use stepladder_workflow::simulate::Answer;

/// The list.
pub(super) fn scenarios(shell: Shell) -> AnyView {
    let list = shell.scenarios;
    let judged = Memo::new(move |_| {
        let judge = |scenario: &Scenario| {
            shell
                .session
                .analysis
                .with(|analysis| shell.session.env.with(|env| scenario.judge(analysis, env).problems))
        };
        list.with(|list| list.iter().map(judge).collect::<Vec<_>>())
    });
    let count = move || {
        let total = judged.with(Vec::len);
        let failed = judged.with(|judged| judged.iter().filter(|problems| !problems.is_empty()).count());
        match (total, failed) {
            (0, _) => String::new(),
            (1, 0) => "1, and it holds".to_owned(),
            (total, 0) => format!("{total}, and all hold"),
            (total, failed) => format!("{failed} of {total} fail"),
        }
    };
    let numbers = Memo::new(move |_| list.with(Vec::len));
    let rows = move || {
        if numbers.get() == 0 {
            return empty();
        }
        view! {
            <ul class="plan-scenario-list">
                <For each=move || 0..numbers.get() key=|at| *at children=move |at| row(shell, judged, at) />
            </ul>
        }
        .into_any()
    };
    view! {
        <header class="plan-head">
            <h2 id="scenarios-title">"Scenarios"</h2>
            <span class="row-note" role="status">{count}</span>
            <span class="spacer"></span>
            {import::button(shell)}
            {move || (numbers.get() > 0).then(|| export(shell))}
        </header>
        {button("button-small", Some(Icon::Plus), "Keep this event as a scenario", move |_| keep(shell))}
        {rows}
    }
    .into_any()
}

fn empty() -> AnyView {
    view! {
        <p class="row-note plan-empty">
            "A scenario is an event with what you expect of it. It is checked after every change here, and by "
            <code>"stepladder test"</code>" in a shell or in another workflow."
        </p>
    }
    .into_any()
}

fn export(shell: Shell) -> AnyView {
    let text = move || {
        let name = shell.session.file_name();
        (to_yaml(&name, &shell.scenarios.get_untracked()), name)
    };
    let save = move |_| {
        let (text, name) = untrack(text);
        let base = name.rsplit_once('.').map_or(name.as_str(), |(base, _)| base);
        if files::save_as(shell, &format!("{base}.scenarios.yml"), &text) {
            let told =
                "Put the file into .github/scenarios, where `stepladder test` finds it.".replace('`', "");
            shell.session.toaster.show(Tone::Done, told, None);
        }
    };
    let copy = move |_| files::copy(shell, &untrack(text).0, "Copied the scenarios as YAML.");
    view! {
        {icon_button(Icon::Copy, "Copy the scenarios", || false, copy)}
        {icon_button(Icon::Download, "Download the scenarios", || false, save)}
    }
    .into_any()
}

/// Adds the present event, expecting what the planner says of it.
fn keep(shell: Shell) {
    let (Some(event), Some(plan)) = (shell.trial.event.get_untracked(), shell.trial.plan.get_untracked())
    else {
        shell.session.tell_error("There is no event to keep: choose one first.");
        return;
    };
    let name = event.in_words();
    match (Scenario { name, ..event }).expecting(&plan) {
        Some(scenario) => shell.scenarios.update(|list| list.push(scenario)),
        None => shell.session.tell_error(
            "A scenario expects yes or no, but an answer is still open: say what is not known, in the form or beside the job.",
        ),
    }
}

fn row(shell: Shell, judged: Memo<Vec<Vec<String>>>, at: usize) -> AnyView {
    let list = shell.scenarios;
    let problems = Memo::new(move |_| judged.with(|judged| judged.get(at).cloned().unwrap_or_default()));
    let name = Memo::new(move |_| list.with(|list| list.get(at).map(|s| s.name.clone()).unwrap_or_default()));
    let expected = Memo::new(move |_| list.with(|list| list.get(at).map(expectation).unwrap_or_default()));
    let rename = move |text: String| {
        list.update(|list| {
            if let Some(scenario) = list.get_mut(at) {
                scenario.name = text;
            }
        });
    };
    let try_it = move |_| {
        if let Some(scenario) = list.with_untracked(|list| list.get(at).cloned()) {
            shell.trial.choose(scenario);
        }
    };
    let delete = move |_| {
        let old = list.get_untracked();
        list.update(|list| {
            if at < list.len() {
                list.remove(at);
            }
        });
        let back = Action::new("Undo", move || list.set(old.clone()));
        shell.session.toaster.show(Tone::Done, "Deleted the scenario.", Some(back));
    };
    let accept = move |_| {
        let Some(scenario) = list.with_untracked(|list| list.get(at).cloned()) else { return };
        let plan = shell.session.analysis.with_untracked(|analysis| {
            shell.session.env.with_untracked(|env| scenario.judge(analysis, env).plan)
        });
        if let Some(new) = scenario.expecting(&plan) {
            list.update(|list| {
                if let Some(own) = list.get_mut(at) {
                    *own = new;
                }
            });
        } else {
            shell.session.tell_error("An answer is still open, so there is nothing to expect: try the scenario and say what is not known.");
        }
    };
    let state = move || {
        let holds = problems.with(Vec::is_empty);
        let (answer, word) = if holds { (Answer::Yes, "holds") } else { (Answer::No, "fails") };
        let mark = if holds {
            answer_mark(answer)
        } else {
            view! { <span class="plan-mark state-error">{icon(Icon::Error)}</span> }.into_any()
        };
        view! { {mark} <span class="visually-hidden">{word}</span> }
    };
    let below = move || {
        let problems = problems.get();
        (!problems.is_empty()).then(|| {
            let lines: Vec<_> = problems
                .iter()
                .map(|text| view! { <p class="plan-problem">{with_code(text)}</p> }.into_any())
                .collect();
            view! {
                <div class="plan-problems">
                    {lines}
                    <button type="button" class="link" on:click=accept>"Expect what happens now"</button>
                </div>
            }
        })
    };
    view! {
        <li class="plan-scenario" class:is-failing=move || !problems.with(Vec::is_empty)>
            <div class="plan-scenario-head">
                {state}
                <input
                    type="text"
                    class="plan-scenario-name"
                    aria-label=format!("Name of scenario {}", at + 1)
                    data-written=move || name.get()
                    prop:value=move || name.get()
                    on:change:target=move |event| rename(event.target().value())
                />
                {icon_button(Icon::Play, move || format!("Try: {}", name.get()), || false, try_it)}
                {icon_button(Icon::Trash, move || format!("Delete: {}", name.get()), || false, delete)}
            </div>
            <p class="row-note plan-expected">{move || with_code(&expected.get())}</p>
            {below}
        </li>
    }
    .into_any()
}

/// What is expected, in words.
fn expectation(scenario: &Scenario) -> String {
    let expect = &scenario.expect;
    let list = |ids: &[String]| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    match (expect.starts, expect.run.is_empty(), expect.skip.is_empty()) {
        (false, ..) => "Starts nothing".to_owned(),
        (true, true, true) => "Starts".to_owned(),
        (true, false, true) => format!("Runs {}", list(&expect.run)),
        (true, true, false) => format!("Starts, but skips {}", list(&expect.skip)),
        (true, false, false) => format!("Runs {}; skips {}", list(&expect.run), list(&expect.skip)),
    }
}
