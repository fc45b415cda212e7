//! What the cards of the graph show, and how large they are: plain data from the analysis, without byte offsets.

mod marks;

use std::collections::BTreeSet;

use stepladder_workflow::facts::runners::{self, Os};
use stepladder_workflow::graph::{Card as Subject, Flow, Graph, Metrics, Size, trigger_in_words};
use stepladder_workflow::model::{Job, Step, StepKind, Workflow};
use stepladder_workflow::{Analysis, FileKind, Severity, edits};
use stepladder_yaml::{Path, path};

use self::marks::{found_words, label, marks, matrix_mark, step_label};
use super::camera::Rect;
use super::glyph::Glyph;
use crate::ui::icon::Icon;

/// Most steps that a card names; more are counted.
const STEPS: usize = 5;
/// Most triggers that their card names.
const TRIGGERS: usize = 8;

// Heights and widths in CSS pixels; `style/cards.css` draws with the same.
const JOB_WIDTH: f64 = 220.0;
const TRIGGERS_WIDTH: f64 = 212.0;
const HEAD: f64 = 56.0;
const TRIGGERS_HEAD: f64 = 40.0;
const LINE: f64 = 24.0;
const TRIGGER: f64 = 40.0;
const TRIGGER_PLAIN: f64 = 26.0;
const PADDING: f64 = 8.0;
const FOOT: f64 = 34.0;
/// A further row of marks.
const FOOT_MORE: f64 = 24.0;
/// Height of what stands where no job is, and the way to it.
const NOTE: f64 = 150.0;
const NOTE_GAP: f64 = 20.0;
/// Marks in a row.
const IN_A_ROW: usize = 2;

/// The graph, its cards and their places.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Model {
    /// The layout.
    pub(super) graph: Graph,
    /// The triggers' card.
    pub(super) triggers: Triggers,
    /// The jobs' cards, by the position of the job.
    pub(super) jobs: Vec<JobCard>,
    /// Whether the file is an action's metadata, which has no jobs.
    pub(super) is_action: bool,
    /// Whether no job can be seen because the text cannot be read.
    pub(super) is_unread: bool,
    /// Where it stands that there is no job, below the triggers.
    pub(super) note: Option<Rect>,
}

impl Model {
    /// The job of the card with that index; `None` for the triggers.
    pub(super) fn job(&self, node: usize) -> Option<&JobCard> {
        self.jobs.get(self.graph.nodes.get(node)?.job?)
    }
}

/// The card of all triggers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Triggers {
    /// One line for each event, and for each time of a schedule.
    pub(super) lines: Vec<TriggerLine>,
    /// How many lines are not shown.
    pub(super) more: usize,
    /// Problems in `on`.
    pub(super) problems: Option<Problems>,
}

/// An event in words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TriggerLine {
    pub(super) path: Path,
    pub(super) icon: Icon,
    pub(super) title: String,
    pub(super) detail: String,
}

/// A job's card.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct JobCard {
    pub(super) id: String,
    pub(super) path: Path,
    /// The name, else the id.
    pub(super) title: String,
    /// Whether [`Self::title`] is the name.
    pub(super) named: bool,
    /// Below the title: the id when the title is a name, and where it runs.
    pub(super) runner: String,
    pub(super) system: System,
    pub(super) steps: Vec<StepLine>,
    /// Titles of the steps that have no line.
    pub(super) more: Vec<String>,
    /// What is wrong with these.
    pub(super) more_problems: Option<Hidden>,
    /// Whether all steps are shown though there are many.
    pub(super) expanded: bool,
    /// The reusable workflow that it calls.
    pub(super) calls: Option<String>,
    pub(super) matrix: Option<MatrixMark>,
    pub(super) marks: Vec<Mark>,
    pub(super) problems: Option<Problems>,
    pub(super) disabled: bool,
    /// All of it in one sentence, for screen readers.
    pub(super) label: String,
}

/// Where a job runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    Linux,
    Windows,
    MacOs,
    /// Self-hosted, computed, or not said.
    Other,
}

/// A step's line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StepLine {
    pub(super) path: Path,
    pub(super) title: String,
    /// Whether it uses an action.
    pub(super) uses: bool,
    pub(super) conditional: bool,
    pub(super) disabled: bool,
    pub(super) problem: Option<Severity>,
    /// All of it in a few words, for screen readers.
    pub(super) label: String,
}

/// Problems of steps that have no line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hidden {
    pub(super) worst: Severity,
    /// The first step that has one of the worst.
    pub(super) step: Path,
    /// `2 errors, 1 hint`
    pub(super) words: String,
}

/// The variants of a matrix job.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MatrixMark {
    /// `×6`, or `×?` when it is computed.
    pub(super) text: String,
    /// The variants, one a line.
    pub(super) title: String,
}

/// A property worth seeing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) glyph: Glyph,
    pub(super) text: String,
    pub(super) title: String,
    pub(super) path: Path,
}

/// Problems within a card.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Problems {
    pub(super) worst: Severity,
    pub(super) count: usize,
    /// The messages of the worst ones.
    pub(super) title: String,
}

/// Reads the cards from the analysis and lays them out. `found` is what is marked on them, `expanded` has the ids of the
/// jobs of which all steps are shown.
pub(super) fn model(a: &Analysis, flow: Flow, found: &Found, expanded: &BTreeSet<String>) -> Model {
    let workflow = &a.workflow;
    let jobs: Vec<JobCard> =
        workflow.jobs.iter().map(|job| job_card(a, job, found, expanded.contains(job.key()))).collect();
    let triggers = triggers(workflow, found);
    // Where it runs down, width is scarce.
    let metrics = match flow {
        Flow::Right => {
            Metrics { flow, column_gap: 64.0, row_gap: 24.0, lane_gap: 16.0, margin: 32.0, most: 10 }
        }
        Flow::Down => {
            Metrics { flow, column_gap: 44.0, row_gap: 16.0, lane_gap: 12.0, margin: 20.0, most: 6 }
        }
    };
    let (triggers_size, job_sizes) =
        (triggers_size(&triggers), jobs.iter().map(job_size).collect::<Vec<_>>());
    let graph = Graph::with(workflow, &metrics, |card| match card {
        Subject::Triggers(_) => triggers_size,
        Subject::Job(job) => workflow
            .jobs
            .iter()
            .position(|known| std::ptr::eq(known, job))
            .and_then(|at| job_sizes.get(at).copied())
            .unwrap_or(triggers_size),
    });
    let mut model =
        Model { graph, triggers, jobs, is_action: a.kind == FileKind::Action, is_unread: false, note: None };
    if model.jobs.is_empty() && !model.is_action {
        model.is_unread = !a.tree.problems().is_empty();
        model.note = model.graph.nodes.first().map(|node| Rect {
            x: 0.0,
            y: node.y + node.height + NOTE_GAP,
            width: model.graph.width,
            height: NOTE,
        });
        model.graph.height += NOTE_GAP + NOTE;
    }
    model
}

fn triggers_size(card: &Triggers) -> Size {
    let lines: f64 =
        card.lines.iter().map(|line| if line.detail.is_empty() { TRIGGER_PLAIN } else { TRIGGER }).sum();
    let rest = if card.more > 0 || card.lines.is_empty() { TRIGGER_PLAIN } else { 0.0 };
    Size { width: TRIGGERS_WIDTH, height: TRIGGERS_HEAD + lines + rest + PADDING }
}

fn job_size(card: &JobCard) -> Size {
    let folds = card.expanded || !card.more.is_empty();
    let lines = card.steps.len() + usize::from(folds) + usize::from(card.calls.is_some());
    let body = if lines == 0 { 0.0 } else { LINE * f64::from(u32::try_from(lines).unwrap_or(0)) + PADDING };
    let rows = u32::try_from(card.marks.len().div_ceil(IN_A_ROW)).unwrap_or(0);
    let foot = if rows == 0 { 0.0 } else { FOOT + FOOT_MORE * f64::from(rows - 1) };
    Size { width: JOB_WIDTH, height: HEAD + body + foot }
}

/// Findings by the path that they lie at.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Found {
    /// In the order of the paths, so that those within a part of the workflow stand side by side.
    at: Vec<At>,
}

#[derive(Clone, PartialEq)]
struct At {
    path: Path,
    /// Its position among all, which is that of the text.
    order: usize,
    severity: Severity,
    message: String,
}

impl Found {
    pub(super) fn new(a: &Analysis) -> Self {
        let found = a
            .findings()
            .iter()
            .map(|finding| (a.path_at(finding.range.start), finding.severity, finding.message.clone()));
        let mut at: Vec<At> = found
            .enumerate()
            .map(|(order, (path, severity, message))| At { path, order, severity, message })
            .collect();
        at.sort_by(|one, other| one.path.cmp(&other.path));
        Self { at }
    }

    /// Those at `path` and in it.
    fn within(&self, path: &Path) -> &[At] {
        let from = &self.at[self.at.partition_point(|at| at.path < *path)..];
        &from[..from.partition_point(|at| path.contains(&at.path))]
    }

    fn worst(&self, path: &Path) -> Option<Severity> {
        self.within(path).iter().map(|at| at.severity).min()
    }

    /// How many there are at these paths, none of which lies in another, of each severity that there is one of, the worst
    /// first.
    fn counted(&self, paths: &[&Path]) -> Vec<(Severity, usize)> {
        let found = || paths.iter().flat_map(|path| self.within(path));
        [Severity::Error, Severity::Warning, Severity::Hint]
            .into_iter()
            .map(|wanted| (wanted, found().filter(|at| at.severity == wanted).count()))
            .filter(|(_, count)| *count > 0)
            .collect()
    }

    fn hidden(&self, steps: &[&Step]) -> Option<Hidden> {
        let found = steps.iter().filter_map(|step| Some((self.worst(&step.path)?, step)));
        let (worst, step) = found.min_by_key(|(severity, _)| *severity)?;
        let paths: Vec<&Path> = steps.iter().map(|step| &step.path).collect();
        Some(Hidden { worst, step: step.path.clone(), words: found_words(&self.counted(&paths)).join(", ") })
    }

    fn problems(&self, path: &Path) -> Option<Problems> {
        let worst = self.worst(path)?;
        let here = self.within(path);
        let mut worst_here: Vec<&At> = here.iter().filter(|at| at.severity == worst).collect();
        worst_here.sort_by_key(|at| at.order);
        let messages: Vec<&str> = worst_here.iter().take(3).map(|at| at.message.as_str()).collect();
        Some(Problems { worst, count: here.len(), title: messages.join("\n") })
    }
}

fn triggers(workflow: &Workflow, found: &Found) -> Triggers {
    let on = &path!["on"];
    let mut lines: Vec<TriggerLine> = workflow
        .triggers
        .iter()
        .flat_map(|trigger| {
            let icon = match trigger.event.value.as_str() {
                "schedule" => Icon::Clock,
                _ => Icon::Bolt,
            };
            trigger_in_words(trigger).into_iter().map(move |words| TriggerLine {
                // An event that is all of `on` has no place of its own; its form is found by its name.
                path: if trigger.path == *on {
                    on.child(trigger.event.value.as_str())
                } else {
                    trigger.path.clone()
                },
                icon,
                title: words.title,
                detail: words.detail,
            })
        })
        .collect();
    let more = lines.len().saturating_sub(TRIGGERS);
    lines.truncate(TRIGGERS);
    Triggers { lines, more, problems: found.problems(on) }
}

fn job_card(a: &Analysis, job: &Job, found: &Found, expanded: bool) -> JobCard {
    let named = job.name.as_ref().is_some_and(|name| !name.value.trim().is_empty());
    let title = if named { job.title().trim().to_owned() } else { job.id.value.clone() };
    let labels: Vec<&str> = job.runs_on.iter().map(|label| label.value.as_str()).collect();
    let group = job.runner_group.as_ref().map(|group| group.value.trim()).filter(|group| !group.is_empty());
    let runner = match (labels.as_slice(), group) {
        ([], Some(group)) => format!("group {group}"),
        (labels, Some(group)) => format!("{group}: {}", labels.join(", ")),
        (labels, None) => labels.join(", "),
    };
    let top: Vec<&Step> = job.steps.iter().filter(|step| step.path.steps().len() == 4).collect();
    let expanded = expanded && top.len() > STEPS;
    let shown = if top.len() > STEPS && !expanded { STEPS - 1 } else { top.len() };
    let steps: Vec<StepLine> = top[..shown].iter().map(|step| step_line(a, step, found)).collect();
    let calls = job.uses.as_ref().map(|uses| uses.value.clone());
    let matrix = job.matrix.as_ref().map(|matrix| matrix_mark(&matrix.legs()));
    let problems = found.problems(&job.path);
    let disabled = job.condition.is_some() && edits::is_disabled(a, &job.path);
    let mut card = JobCard {
        id: job.key().to_owned(),
        path: job.path.clone(),
        title,
        named,
        system: system(&labels),
        runner,
        more: top[shown..].iter().map(|step| step.title()).collect(),
        more_problems: found.hidden(&top[shown..]),
        expanded,
        steps,
        calls,
        matrix,
        marks: marks(job, disabled),
        problems,
        disabled,
        label: String::new(),
    };
    card.label = label(&card, job, top.len());
    card
}

fn step_line(a: &Analysis, step: &Step, found: &Found) -> StepLine {
    let mut line = StepLine {
        path: step.path.clone(),
        title: step.title(),
        uses: matches!(step.kind, StepKind::Uses(_)),
        conditional: step.condition.is_some(),
        disabled: step.condition.is_some() && edits::is_disabled(a, &step.path),
        problem: found.worst(&step.path),
        label: String::new(),
    };
    line.label = step_label(&line, &found.counted(&[&step.path]));
    line
}

fn system(labels: &[&str]) -> System {
    match labels.iter().find_map(|label| runners::os_of_label(label)) {
        Some(Os::Linux) => System::Linux,
        Some(Os::Windows) => System::Windows,
        Some(Os::MacOs) => System::MacOs,
        None => System::Other,
    }
}
