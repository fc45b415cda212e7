//! The event that is being tried, and what it would do.

use std::sync::Arc;

use leptos::prelude::*;
use stepladder_content::Scenario;
use stepladder_workflow::simulate::{self, Answer, Plan};
use stepladder_workflow::{Analysis, Env};

use crate::session::Session;
use crate::shell::{Pane, Screen, Shell, Width};
use crate::ui::paint::settled;

/// The event that is being tried. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Trial {
    /// What the person chose or wrote; `None`: the first of [`Self::presets`].
    chosen: RwSignal<Option<Scenario>>,
    /// Events to choose from, each with its words as its name.
    pub(crate) presets: Memo<Vec<Scenario>>,
    /// The event; `None`: the workflow waits for none, and none was chosen.
    pub(crate) event: Memo<Option<Scenario>>,
    /// What it would do.
    pub(crate) plan: Memo<Option<Arc<Plan>>>,
    /// On a phone, where pane and graph are never seen at once: whether the graph goes on showing the plan.
    pub(crate) kept: RwSignal<bool>,
}

/// What the plan says of a job, for its card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// Whether it runs.
    pub(crate) answer: Answer,
    /// "runs", "runs ×6", "skipped", "not known".
    pub(crate) words: String,
    /// Why.
    pub(crate) reason: String,
}

/// What the plan says, for the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Looks {
    /// The event in words.
    pub(crate) event: String,
    /// Whether the workflow starts.
    pub(crate) starts: Look,
    /// By job id.
    jobs: Vec<(String, Look)>,
}

impl Trial {
    /// Of a session, with nothing chosen.
    pub(crate) fn new(session: Session) -> Self {
        let chosen = RwSignal::new(None::<Scenario>);
        let presets = Memo::new(move |_| {
            session
                .model
                .get()
                .map(|part| session.echo.with(|analysis| (part.presets)(analysis)))
                .unwrap_or_default()
        });
        let event =
            Memo::new(move |_| chosen.get().or_else(|| presets.with(|presets| presets.first().cloned())));
        let plan = Memo::new(move |_| {
            let (part, event) = (session.model.get()?, event.get()?);
            let plan =
                session.echo.with(|analysis| session.env.with(|env| (part.plan)(&event, analysis, env)));
            Some(Arc::new(plan))
        });
        Effect::new(move |_| {
            session.opened.track();
            chosen.set(None);
        });
        Self { chosen, presets, event, plan, kept: RwSignal::new(false) }
    }

    /// Tries this event.
    pub(crate) fn choose(self, event: Scenario) {
        self.chosen.set(Some(event));
    }

    /// Changes the event that is being tried. What it was called no longer fits it.
    pub(crate) fn edit(self, change: impl FnOnce(&mut Scenario)) {
        let mut event = self.event.get_untracked().unwrap_or_else(|| Scenario::new("push"));
        change(&mut event);
        event.name.clear();
        self.chosen.set(Some(event));
    }

    /// A part of the event, as a signal.
    pub(crate) fn part<T: PartialEq + Default + Send + Sync + 'static>(
        self,
        part: impl Fn(&Scenario) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.event.with(|event| event.as_ref().map(&part).unwrap_or_default()))
    }
}

/// Events that the workflow waits for, each with its words as its name.
pub(crate) fn suggested(analysis: &Analysis) -> Vec<Scenario> {
    let presets = simulate::presets(analysis).into_iter();
    presets.map(|preset| Scenario::of(preset.title, &preset.event, &analysis.workflow)).collect()
}

/// What the event of a scenario would do.
pub(crate) fn outcome(event: &Scenario, analysis: &Analysis, env: &Env) -> Plan {
    simulate::plan(analysis, env, &event.event(&analysis.workflow), &event.assumptions())
}

/// What the graph shows of the plan, after the pane that asks for it; nothing while that is closed.
pub(crate) fn on_graph(shell: Shell) -> ReadSignal<Option<Arc<Looks>>> {
    let shown = Memo::new(move |_| {
        let open = match shell.width.get() {
            Width::Phone => shell.trial.kept.get(),
            _ => shell.layout.get().drawer && shell.drawer.get() == Pane::Plan,
        };
        open && shell.screen.get() == Screen::Editor
    });
    settled(Memo::new(move |_| {
        if !shown.get() {
            return None;
        }
        let plan = shell.trial.plan.get()?;
        let event = shell.trial.event.with(|event| event.as_ref().map(Scenario::in_words))?;
        Some(Arc::new(Looks::new(event, &plan)))
    }))
}

impl Looks {
    fn new(event: String, plan: &Plan) -> Self {
        let starts = match plan.starts.answer {
            Answer::Yes => "starts",
            Answer::No => "does not start",
            Answer::Unknown => "not known",
        };
        let look = |verdict: &simulate::Verdict, words: String| Look {
            answer: verdict.answer,
            words,
            reason: verdict.reason.clone(),
        };
        let jobs = plan.jobs.iter().map(|job| (job.id.clone(), look(&job.verdict, words(job)))).collect();
        Self { event, starts: look(&plan.starts, starts.to_owned()), jobs }
    }

    /// Of that job.
    pub(crate) fn job(&self, id: &str) -> Option<&Look> {
        self.jobs.iter().find(|(own, _)| own == id).map(|(_, look)| look)
    }
}

/// What becomes of a job, in a word or two.
pub(crate) fn words(job: &simulate::JobPlan) -> String {
    match (job.verdict.answer, &job.legs) {
        (Answer::Yes, simulate::Legs::Known(legs)) if legs.len() > 1 => format!("runs ×{}", legs.len()),
        (Answer::Yes, simulate::Legs::Unknown(_)) => "runs ×?".to_owned(),
        (Answer::Yes, _) => "runs".to_owned(),
        (Answer::No, _) => "skipped".to_owned(),
        (Answer::Unknown, _) => "not known".to_owned(),
    }
}
