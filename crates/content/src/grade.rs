//! Grades what a person has made of a lesson: by what it does, never by its text.

use std::sync::Arc;

use stepladder_workflow::model::{Job, Step, StepKind};
use stepladder_workflow::simulate::{self, Assumptions, Event, Legs};
use stepladder_workflow::{Analysis, Env, Severity};
use stepladder_yaml::{Kind, Node};

use crate::lesson::{Check, Lesson, StepCheck, ValueCheck, VariantsCheck};
use crate::{Expectation, Scenario};

/// What came of one check.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// Whether it holds.
    pub holds: bool,
    /// What is checked, as a sentence; when it does not hold, what to think about.
    pub say: String,
    /// The event that shows that it does not hold.
    pub counter: Option<Scenario>,
}

impl Lesson {
    /// The facts that the workflow is looked at with.
    #[must_use]
    pub fn env(&self) -> Env {
        let files =
            self.header.files.iter().map(|(path, text)| (path.clone(), Arc::from(text.as_str()))).collect();
        Env { file_name: Some(format!(".github/workflows/{}", self.header.file)), files, ..Env::default() }
    }

    /// Grades a text: what holds and what does not, the first check being that GitHub accepts the file. The lesson is
    /// passed when all hold.
    #[must_use]
    pub fn grade(&self, text: &str) -> Vec<Checked> {
        let env = self.env();
        let analysis = Analysis::new(text, &env);
        let error = analysis.findings().iter().find(|finding| finding.severity == Severity::Error);
        let accepted = Checked {
            holds: error.is_none(),
            say: error.map_or("GitHub accepts the file.".to_owned(), |error| error.message.clone()),
            counter: None,
        };
        let checks = self.header.checks.iter().map(|check| checked(check, &analysis, &env));
        std::iter::once(accepted).chain(checks).collect()
    }

    /// Whether a text passes.
    #[must_use]
    pub fn is_passed(&self, text: &str) -> bool {
        self.grade(text).iter().all(|checked| checked.holds)
    }
}

fn checked(check: &Check, analysis: &Analysis, env: &Env) -> Checked {
    let plain = |holds: bool, say: &str| Checked { holds, say: say.to_owned(), counter: None };
    match check {
        Check::Event(scenario) => {
            let problems = scenario.judge(analysis, env).problems;
            let say = match problems.first() {
                None => format!("{}: {}.", scenario.name, expected(&scenario.expect)),
                Some(problem) => {
                    format!("{}: this should be so: {}. {problem}", scenario.name, expected(&scenario.expect))
                }
            };
            let counter = (!problems.is_empty()).then(|| (**scenario).clone());
            Checked { holds: counter.is_none(), say, counter }
        }
        Check::Step(wanted) => plain(steps(analysis, wanted).next().is_some(), &wanted.say),
        Check::Never(unwanted) => plain(steps(analysis, unwanted).next().is_none(), &unwanted.say),
        Check::Value(wanted) => plain(value(analysis, wanted), &wanted.say),
        Check::Variants(wanted) => plain(variants(analysis, env, wanted), &wanted.say),
        Check::Clean(wanted) => {
            let found = analysis
                .findings()
                .iter()
                .find(|finding| wanted.rule == "any" || finding.rule == wanted.rule);
            plain(found.is_none(), found.map_or("There is no finding left.", |finding| &finding.message))
        }
    }
}

/// What is expected, as a part of a sentence.
fn expected(expect: &Expectation) -> String {
    let told = |ids: &[String], one: &str, many: &str| {
        let names: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
        match &names[..] {
            [most @ .., last] if !most.is_empty() => format!("{} and {last} {many}", most.join(", ")),
            names => format!("{} {one}", names.join("")),
        }
    };
    let run = || told(&expect.run, "runs", "run");
    let skip = || told(&expect.skip, "is skipped", "are skipped");
    match (expect.starts, expect.run.is_empty(), expect.skip.is_empty()) {
        (false, ..) => "the workflow does not start".to_owned(),
        (true, true, true) => "the workflow starts".to_owned(),
        (true, false, true) => run(),
        (true, true, false) => skip(),
        (true, false, false) => format!("{}, {}", run(), skip()),
    }
}

fn steps<'a>(analysis: &'a Analysis, wanted: &'a StepCheck) -> impl Iterator<Item = &'a Step> {
    let named = |job: &&Job| {
        wanted.job.as_deref().is_none_or(|id| id == "*" || job.id.value.eq_ignore_ascii_case(id))
    };
    let jobs = analysis.workflow.jobs.iter().filter(named);
    jobs.flat_map(move |job| {
        let later = move |at: usize| job.steps.get(at + 1..).unwrap_or_default();
        let fits = move |at: usize, step: &Step| {
            step_fits(step, wanted)
                && wanted.before.as_deref().is_none_or(|what| {
                    later(at)
                        .iter()
                        .any(|step| uses(step, what) || script(step).is_some_and(|s| s.contains(what)))
                })
        };
        job.steps.iter().enumerate().filter(move |(at, step)| fits(*at, step)).map(|(_, step)| step)
    })
}

fn step_fits(step: &Step, wanted: &StepCheck) -> bool {
    let pairs = |own: &[stepladder_workflow::model::Pair],
                 wanted: &std::collections::BTreeMap<String, String>| {
        wanted.iter().all(|(name, part)| {
            own.iter().any(|(key, value)| {
                key.value.eq_ignore_ascii_case(name) && value.value.contains(part.as_str())
            })
        })
    };
    let pinned = || {
        let StepKind::Uses(own) = &step.kind else { return None };
        let (slug, git_ref) = own.value.split_once('@')?;
        (!slug.starts_with("./"))
            .then(|| git_ref.len() == 40 && git_ref.chars().all(|c| c.is_ascii_hexdigit()))
    };
    wanted.uses.as_deref().is_none_or(|slug| uses(step, slug))
        && wanted
            .script
            .as_deref()
            .is_none_or(|part| script(step).is_some_and(|script| script.contains(part)))
        && wanted.pinned.is_none_or(|wanted| pinned() == Some(wanted))
        && pairs(&step.with, &wanted.with)
        && pairs(&step.env, &wanted.env)
}

fn uses(step: &Step, slug: &str) -> bool {
    let StepKind::Uses(own) = &step.kind else { return false };
    own.value.split('@').next().is_some_and(|own| own.eq_ignore_ascii_case(slug))
}

fn script(step: &Step) -> Option<&str> {
    match &step.kind {
        StepKind::Run { script, .. } => Some(&script.value),
        _ => None,
    }
}

fn value(analysis: &Analysis, wanted: &ValueCheck) -> bool {
    let mut found: Vec<Node<'_>> = analysis.tree.root().into_iter().collect();
    // Every way through a `*` must lead on: `jobs.*.timeout-minutes` asks for the limit of each job.
    let mut complete = true;
    for part in wanted.path.split('.') {
        let next: Vec<Vec<Node<'_>>> = found.iter().map(|node| below(node.resolve(), part)).collect();
        complete &= next.iter().all(|nodes| !nodes.is_empty());
        found = next.into_iter().flatten().collect();
    }
    match wanted.there {
        Some(false) => return found.is_empty(),
        _ if found.is_empty() || !complete => return false,
        _ => {}
    }
    found.iter().all(|node| {
        let node = node.resolve();
        let text = node.as_str().unwrap_or_default();
        wanted.is.as_deref().is_none_or(|is| text == is)
            && wanted.has.as_deref().is_none_or(|has| node.source().contains(has))
            && wanted.most.is_none_or(|most| node.as_f64().is_some_and(|number| number <= most))
    })
}

/// What a part of a path leads to.
fn below<'t>(node: Node<'t>, part: &str) -> Vec<Node<'t>> {
    match (part, part.parse::<usize>()) {
        ("*", _) if node.kind() == Kind::Mapping => node.entries().map(|entry| entry.value).collect(),
        ("*", _) => node.items().collect(),
        (_, Ok(at)) if node.kind() == Kind::Sequence => node.items().nth(at).into_iter().collect(),
        _ => node.get(part).into_iter().collect(),
    }
}

fn variants(analysis: &Analysis, env: &Env, wanted: &VariantsCheck) -> bool {
    let Some(trigger) = analysis.workflow.triggers.first() else { return false };
    let event = Event::usual(&trigger.event.value, &analysis.workflow);
    let plan = simulate::plan(analysis, env, &event, &Assumptions::default());
    plan.job(&wanted.job)
        .is_some_and(|job| matches!(&job.legs, Legs::Known(legs) if legs.len() == wanted.count))
}
