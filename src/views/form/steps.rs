//! A list of steps: of a job, of a parallel group, of a composite action.

use leptos::prelude::*;
use stepladder_workflow::edits::{self, Edit, NewStep, Refusal};
use stepladder_workflow::model::{Step, StepKind};
use stepladder_workflow::{Analysis, Severity};
use stepladder_yaml::edit::Value;
use stepladder_yaml::{Path, path};

use super::sortable::{Item, Place, Sortable};
use super::{library, notes, script, write};
use crate::session::{Origin, Session, job_of};
use crate::ui::button::{button, icon_button};
use crate::ui::icon::{Icon, icon};
use crate::ui::pick::{Line, pick};
use crate::views::perform;
use crate::views::problems::{counted, severity_icon};

/// A step as the list shows it.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    title: String,
    note: &'static str,
    glyph: Icon,
    conditional: bool,
}

impl Row {
    fn new(step: &Step) -> Self {
        let (note, glyph) = match step.kind {
            StepKind::Run { .. } if step.background => ("script, in the background", Icon::Code),
            StepKind::Run { .. } => ("script", Icon::Code),
            StepKind::Uses(_) => ("action", Icon::Step),
            StepKind::Wait(_) | StepKind::WaitAll => ("waits", Icon::Clock),
            StepKind::Cancel(_) => ("stops a step", Icon::Step),
            StepKind::Parallel => ("parallel steps", Icon::Step),
            StepKind::Unknown => ("", Icon::Step),
        };
        Self { title: step.title(), note, glyph, conditional: step.condition.is_some() }
    }
}

/// What is wrong with each step of the list, by position: the worst, and how many of each severity.
#[derive(Clone, PartialEq)]
struct Found {
    worst: Severity,
    words: String,
}

impl Found {
    fn at(analysis: &Analysis, list: &Path) -> Vec<Option<Self>> {
        let mut steps: Vec<[usize; 3]> = vec![[0; 3]; steps_at(analysis, list).len()];
        for finding in analysis.findings() {
            let path = analysis.path_at(finding.range.start);
            if list.contains(&path)
                && let Some(stepladder_yaml::Step::Index(at)) = path.steps().get(list.steps().len())
                && let Some(counts) = steps.get_mut(*at)
            {
                counts[finding.severity as usize] += 1;
            }
        }
        let told = |counts: [usize; 3]| {
            let all = [Severity::Error, Severity::Warning, Severity::Hint].into_iter().zip(counts);
            let found: Vec<_> = all.filter(|(_, count)| *count > 0).collect();
            let words: Vec<_> = found.iter().map(|(severity, count)| counted(*severity, *count)).collect();
            Some(Self { worst: found.first()?.0, words: words.join(", ") })
        };
        steps.into_iter().map(told).collect()
    }

    /// As a mark on the row of the step.
    fn mark(self) -> AnyView {
        let Self { worst, words } = self;
        view! {
            <span class=format!("item-problem is-{worst}") title=words.clone()>
                {icon(severity_icon(worst))} <span class="visually-hidden">{words.clone()}</span>
            </span>
        }
        .into_any()
    }
}

/// The steps at `list`, in order.
fn steps_at<'a>(analysis: &'a Analysis, list: &Path) -> Vec<&'a Step> {
    let jobs = analysis.workflow.jobs.iter().flat_map(|job| &job.steps);
    jobs.chain(&analysis.action.steps).filter(|step| step.path.parent().as_ref() == Some(list)).collect()
}

/// The steps of a job as a section of its form.
pub(super) fn section(session: Session, job: &str) -> AnyView {
    let list = path!["jobs", job, "steps"];
    view! {
        <section class="form-section" aria-labelledby="form-steps">
            <h2 id="form-steps">"Steps"</h2>
            {notes::own_problems(session, &list)}
            {steps(session, &list)}
        </section>
    }
    .into_any()
}

/// The steps at `list`, which can be put in another order, and ways to add one.
pub(super) fn steps(session: Session, list: &Path) -> AnyView {
    let here = list.clone();
    let rows = session
        .form
        .derive(move |analysis| steps_at(analysis, &here).into_iter().map(Row::new).collect::<Vec<_>>());
    let job = job_of(list).unwrap_or_default().to_owned();
    let (moved, own) = (list.clone(), job.clone());
    let sortable = Sortable::new(move |from, to| {
        write::act_here(session, |analysis| edits::move_step(analysis, &moved.child(from), &own, to));
    });
    let is_of_job = *list == path!["jobs", job.as_str(), "steps"];
    // A step that is dropped on another job's card goes there.
    let (giving, from_list) = (job.clone(), list.clone());
    let sortable = if is_of_job {
        sortable.with_takers(".graph-card[data-job]", move |from, card| {
            let Some(target) = card.get_attribute("data-job").filter(|target| *target != giving) else {
                return;
            };
            let step = from_list.child(from);
            perform::move_step(session, Origin::Form, &step, (&target, usize::MAX), || {});
        })
    } else {
        sortable
    };
    let shown = list.clone();
    let here = list.clone();
    let found = session.echo.derive(move |analysis| Found::at(analysis, &here));
    let draw = move |row, place| item(session, &shown, place, row, found);
    let items = sortable.list("items steps", rows, draw);
    let library_open = RwSignal::new(false);
    let (scripts, actions) = (list.clone(), list.clone());
    let add_run = move |_| {
        let done = write::act(session, |analysis| {
            add(analysis, &scripts, &NewStep::Run(edits::FIRST_SCRIPT.to_owned()))
        });
        if done {
            let step = session.selection().with_untracked(|selection| selection.path.clone());
            script::begin(step.child("run"));
        }
    };
    view! {
        {notes::repeated(session, list)}
        {items}
        <div class="field-line">
            {button("", Some(Icon::Code), "Add a script", add_run)}
            {button("add-action", Some(Icon::Search), "Add an action", move |_| library_open.set(true))}
            {is_of_job.then(|| other_kinds(session, list))}
        </div>
        {library::adder(session, library_open, move |new| {
            write::act(session, |analysis| add(analysis, &actions, &new));
        })}
    }
    .into_any()
}

/// Adds a step at the end of the list.
fn add(analysis: &Analysis, list: &Path, new: &NewStep) -> Result<Edit, Refusal> {
    let count = analysis.tree.at(list).map_or(0, |node| node.resolve().len());
    match job_of(list) {
        Some(job) if *list == path!["jobs", job, "steps"] => edits::add_step(analysis, job, count, new),
        _ => {
            let place = list.child(count);
            let mut fields = new.fields();
            // A script of an action must name its shell.
            if matches!(new, NewStep::Run(_)) && job_of(list).is_none() {
                fields.push(("shell".to_owned(), Value::Str("bash".to_owned())));
            }
            let edit = edits::set_field(analysis, &place, &Value::Map(fields))?;
            Ok(Edit { label: "add a step".to_owned(), select: Some(place), ..edit })
        }
    }
}

/// Those kinds: their key, and what they do.
const OTHER_KINDS: [(&str, &str); 4] = [
    ("parallel", "Several steps at the same time"),
    ("wait", "Wait for a background step"),
    ("wait-all", "Wait for all background steps"),
    ("cancel", "Stop a background step"),
];

/// The rarer kinds of steps: they wait for others, stop them, or run several at once.
fn other_kinds(session: Session, list: &Path) -> AnyView {
    let list = list.clone();
    let take = move |kind: &str| {
        // The last step that runs in the background is the one that is waited for most.
        let known = session.analysis.with_untracked(|analysis| {
            let steps = steps_at(analysis, &list);
            let known = steps.iter().rev().filter(|step| step.background).find_map(|step| step.id.as_ref());
            known.map(|id| id.value.clone())
        });
        if matches!(kind, "wait" | "cancel") && known.is_none() {
            return session.tell_refusal(
                "No step of this job runs in the background under an id. Open a step, and behind “More” give it an id and \
                 switch “In the background” on.",
            );
        }
        write::act(session, |analysis| {
            let id = || Value::Str(known.clone().unwrap_or_default());
            let value = match kind {
                "wait-all" => Value::Bool(true),
                "parallel" => {
                    let script =
                        Value::Map(vec![("run".to_owned(), Value::Str(edits::FIRST_SCRIPT.to_owned()))]);
                    Value::Seq(vec![script])
                }
                _ => id(),
            };
            add(analysis, &list, &NewStep::Fields(vec![(kind.to_owned(), value)]))
        });
    };
    let lines = || {
        let line = |(value, title): &(&str, &str)| Line {
            value: (*value).to_owned(),
            title: (*title).to_owned(),
            name: (*value).to_owned(),
            group: "",
        };
        OTHER_KINDS.iter().map(line).collect()
    };
    pick("step-kinds", "Another kind", "Add a step of another kind", lines, take)
}

fn item(session: Session, list: &Path, place: Place, row: Row, found: Memo<Vec<Option<Found>>>) -> Item {
    let list = list.clone();
    let path = move || list.child(place.now());
    let (here, gone, copied) = (path.clone(), path.clone(), path);
    let title = row.title.clone();
    let own_found = Memo::new(move |_| found.with(|found| found.get(place.get()).cloned().flatten()));
    let main = view! {
        <button
            type="button"
            class="item-main"
            title="Alt+↑ and Alt+↓ move this step"
            on:click=move |_| session.select(here(), Origin::Form)
        >
            <span class="step-number">{move || place.get() + 1}</span>
            {icon(row.glyph)}
            <span class="item-title">{row.title}</span>
            <span class="item-note">{row.note}{row.conditional.then_some(" · conditional")}</span>
            {move || own_found.get().map(Found::mark)}
        </button>
    };
    let actions = view! {
        {icon_button(Icon::Copy, format!("Duplicate {title}"), || false, move |_| {
            write::act(session, |analysis| edits::duplicate_step(analysis, &copied()));
        })}
        {icon_button(Icon::Trash, format!("Remove {title}"), || false, move |_| {
            perform::remove_step(session, Origin::Form, &gone(), || {});
        })}
    };
    Item { name: title, main: main.into_any(), actions: actions.into_any() }
}
