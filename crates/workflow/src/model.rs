//! The workflow as typed values: best effort, in broken text too, every value with its place.

mod build;
mod commands;
mod data;
mod matrix;
mod uses;
mod written;

use stepladder_yaml::{Path, TextRange};

pub(crate) use commands::only_plain_commands;
pub use data::Data;
pub use matrix::{Combination, Leg, Legs, Matrix, Row, WayOut, written_combinations};
pub use uses::Uses;
pub(crate) use written::{Written, written};

/// A value and the bytes that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// The bytes of the value, quotes included.
    pub range: TextRange,
}

impl<T> Spanned<T> {
    /// A value read from `range`.
    pub fn new(value: T, range: TextRange) -> Self {
        Self { value, range }
    }
}

/// A text with its place.
pub type Text = Spanned<String>;

/// A key that the person chose, and its value.
pub type Pair = (Text, Text);

/// A workflow file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workflow {
    /// `name`
    pub name: Option<Text>,
    /// `run-name`
    pub run_name: Option<Text>,
    /// `on`, in the order of the text.
    pub triggers: Vec<Trigger>,
    /// `jobs`, in the order of the text.
    pub jobs: Vec<Job>,
    /// `permissions`
    pub permissions: Option<Permissions>,
    /// `cache-mode`
    pub cache_mode: Option<Text>,
    /// `env`
    pub env: Vec<Pair>,
    /// `concurrency`
    pub concurrency: Option<Concurrency>,
    /// `defaults.run`
    pub defaults: Defaults,
}

impl Workflow {
    /// The job of that id, compared as GitHub does, without regard to case. Of two that differ by nothing else, which GitHub
    /// refuses, the one that is written so.
    #[must_use]
    pub fn job(&self, id: &str) -> Option<&Job> {
        let same = |job: &&Job| job.id.value.eq_ignore_ascii_case(id);
        self.jobs.iter().find(|job| job.id.value == id).or_else(|| self.jobs.iter().find(same))
    }

    /// The trigger of that event.
    #[must_use]
    pub fn trigger(&self, event: &str) -> Option<&Trigger> {
        self.triggers.iter().find(|trigger| trigger.event.value == event)
    }

    /// The shell that is set for a step: at the step itself, for its job, or for the workflow.
    #[must_use]
    pub fn shell_of<'w>(&'w self, job: Option<&'w Job>, step: &'w Step) -> Option<&'w Text> {
        let StepKind::Run { shell, .. } = &step.kind else { return None };
        let shell = shell.as_ref().or(job.and_then(|job| job.defaults.shell.as_ref()));
        shell.or(self.defaults.shell.as_ref())
    }
}

/// An event of `on`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// The event's name.
    pub event: Text,
    /// The node of the event: `on`, `on[1]` or `on.push`.
    pub path: Path,
    /// From its name to the end of its settings.
    pub range: TextRange,
    /// `types`
    pub types: Vec<Text>,
    /// `branches`, `paths-ignore`, `workflows` and their like.
    pub filters: Vec<Filter>,
    /// The times of `schedule`.
    pub schedules: Vec<Schedule>,
    /// `inputs` of `workflow_dispatch` or `workflow_call`.
    pub inputs: Vec<Input>,
    /// `outputs` of `workflow_call`: id and value.
    pub outputs: Vec<Pair>,
    /// `secrets` of `workflow_call`: id and whether it is required; `None`: there is no such key.
    pub secrets: Option<Vec<(Text, bool)>>,
}

/// A list of patterns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// `branches`, `tags-ignore`, …
    pub key: Text,
    /// The patterns.
    pub patterns: Vec<Text>,
    /// The node of the list.
    pub path: Path,
}

/// An item of `schedule`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The cron expression.
    pub cron: Option<Text>,
    /// The time zone's IANA name.
    pub timezone: Option<Text>,
    /// The node of the item.
    pub path: Path,
}

/// An input of a workflow or an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its id.
    pub name: Text,
    /// `type`
    pub kind: Option<Text>,
    /// `description`
    pub description: Option<Text>,
    /// `required`; `None` when absent or no boolean.
    pub required: Option<bool>,
    /// `default`
    pub default: Option<Text>,
    /// `options`
    pub options: Vec<Text>,
    /// Whether `deprecationMessage` is there (actions only).
    pub deprecated: Option<Text>,
    /// The node of the input.
    pub path: Path,
}

/// `permissions`
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Permissions {
    /// `read-all` or `write-all`, or what was written in their place.
    All(Text),
    /// Scopes and levels; none at all for `{}`.
    Scopes(Vec<Pair>),
}

/// `concurrency`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concurrency {
    /// The group.
    pub group: Option<Text>,
    /// `cancel-in-progress`
    pub cancel: Option<Text>,
    /// `queue`
    pub queue: Option<Text>,
}

/// `defaults.run`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Defaults {
    /// `shell`
    pub shell: Option<Text>,
    /// `working-directory`
    pub working_directory: Option<Text>,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its id; the range is the key's.
    pub id: Text,
    /// `jobs.<id>`
    pub path: Path,
    /// From its id to its end.
    pub range: TextRange,
    /// `name`
    pub name: Option<Text>,
    /// `needs`
    pub needs: Vec<Text>,
    /// `if`
    pub condition: Option<Text>,
    /// Labels of `runs-on`, those of a mapping too.
    pub runs_on: Vec<Text>,
    /// `runs-on.group`
    pub runner_group: Option<Text>,
    /// The reusable workflow that it calls.
    pub uses: Option<Text>,
    /// `with` of a call.
    pub with: Vec<Pair>,
    /// `secrets` of a call.
    pub secrets: Secrets,
    /// `strategy.matrix`
    pub matrix: Option<Matrix>,
    /// `environment`
    pub environment: Option<Environment>,
    /// `permissions`
    pub permissions: Option<Permissions>,
    /// `cache-mode`
    pub cache_mode: Option<Text>,
    /// `concurrency`
    pub concurrency: Option<Concurrency>,
    /// Whether `container` is there.
    pub container: bool,
    /// Ids of `services`.
    pub services: Vec<Text>,
    /// `outputs`: id and value.
    pub outputs: Vec<Pair>,
    /// `env`
    pub env: Vec<Pair>,
    /// `defaults.run`
    pub defaults: Defaults,
    /// `timeout-minutes`
    pub timeout: Option<Text>,
    /// `continue-on-error`
    pub continue_on_error: Option<Text>,
    /// `steps`, those of a `parallel` group after the group itself.
    pub steps: Vec<Step>,
}

impl Job {
    /// What names the job among all: its id, but for one whose id an earlier job has.
    #[must_use]
    pub fn key(&self) -> &str {
        match self.path.last() {
            Some(stepladder_yaml::Step::Key(key)) => key,
            _ => &self.id.value,
        }
    }

    /// Whether an earlier job has the same id.
    #[must_use]
    pub fn is_twin(&self) -> bool {
        self.key() != self.id.value
    }

    /// What GitHub shows: the name, else the id.
    #[must_use]
    pub fn title(&self) -> &str {
        self.name.as_ref().map_or(&self.id.value, |name| &name.value)
    }

    /// The step of that id, compared without regard to case.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id.as_ref().is_some_and(|own| own.value.eq_ignore_ascii_case(id)))
    }
}

/// `secrets` of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Secrets {
    /// There is no such key.
    #[default]
    None,
    /// `inherit`
    Inherit(TextRange),
    /// Names and values.
    Given(Vec<Pair>),
    /// Something else.
    Unknown,
}

/// `environment`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Its name.
    pub name: Option<Text>,
    /// `url`
    pub url: Option<Text>,
}

/// A step of a job or of a composite action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its place among its siblings, from 0.
    pub index: usize,
    /// `jobs.<id>.steps[n]`, or with `.parallel[m]` behind it.
    pub path: Path,
    /// From its `-` to its end.
    pub range: TextRange,
    /// `id`
    pub id: Option<Text>,
    /// `name`
    pub name: Option<Text>,
    /// `if`
    pub condition: Option<Text>,
    /// What it does.
    pub kind: StepKind,
    /// `with`
    pub with: Vec<Pair>,
    /// `env`
    pub env: Vec<Pair>,
    /// `working-directory`
    pub working_directory: Option<Text>,
    /// `continue-on-error`
    pub continue_on_error: Option<Text>,
    /// `timeout-minutes`
    pub timeout: Option<Text>,
    /// Whether `background` is `true`.
    pub background: bool,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Runs a script.
    Run {
        /// The script.
        script: Text,
        /// `shell`
        shell: Option<Text>,
    },
    /// Runs an action.
    Uses(Text),
    /// Waits for these background steps.
    Wait(Vec<Text>),
    /// Waits for all background steps.
    WaitAll,
    /// Stops this background step.
    Cancel(Option<Text>),
    /// Runs several steps at the same time.
    Parallel,
    /// Cannot be told.
    Unknown,
}

impl Step {
    /// The outputs that its script writes, as far as they can be read off.
    #[must_use]
    pub fn written_outputs(&self) -> Vec<&str> {
        match &self.kind {
            StepKind::Run { script, .. } => written::written(&script.value).names,
            _ => Vec::new(),
        }
    }

    /// What GitHub shows: the name, else what the step does: "Run npm test", "actions/checkout@v5".
    #[must_use]
    pub fn title(&self) -> String {
        if let Some(name) = self.name.as_ref().filter(|name| !name.value.is_empty()) {
            return name.value.clone();
        }
        match &self.kind {
            StepKind::Run { script, .. } => {
                let line =
                    script.value.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
                format!("Run {line}")
            }
            StepKind::Uses(uses) => uses.value.clone(),
            StepKind::Wait(ids) => {
                let ids: Vec<&str> = ids.iter().map(|id| id.value.as_str()).collect();
                format!("Wait for {}", ids.join(", "))
            }
            StepKind::WaitAll => "Wait for all background steps".to_owned(),
            StepKind::Cancel(id) => format!("Cancel {}", id.as_ref().map_or("", |id| &id.value)),
            StepKind::Parallel => "Parallel steps".to_owned(),
            StepKind::Unknown => "Step".to_owned(),
        }
    }
}

/// An action's metadata.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Action {
    /// `name`
    pub name: Option<Text>,
    /// `inputs`
    pub inputs: Vec<Input>,
    /// `outputs`: id and value, which is empty but for composite actions.
    pub outputs: Vec<Pair>,
    /// `runs.using`
    pub using: Option<Text>,
    /// `runs.steps` of a composite action.
    pub steps: Vec<Step>,
}
