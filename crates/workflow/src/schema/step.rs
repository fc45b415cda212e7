//! Steps of a job.

use super::workflow::env_value;
use super::{Ctx, Field, Map, Types, Values, Widget, field, item};

pub(super) static NAME: Field = field(
    "name",
    "Name",
    "What the step is called in the log. Without it GitHub shows the command or the action.",
);

pub(super) static ID: Field = field(
    "id",
    "Id",
    "A name for the step within the job, with which later steps read its results: `steps.<id>.outputs.<name>`.",
)
.nonempty();

pub(super) static IF: Field = field(
    "if",
    "Condition",
    "The step runs only when this is true. Without `success()`, `failure()`, `cancelled()` or `always()` in it, all \
     steps before must have succeeded as well. `${{ }}` may be left out.",
)
.idle_when_empty()
.widget(Widget::Condition);

pub(super) static RUN_SCRIPT: Field = field(
    "run",
    "Script",
    "Commands for the shell. Each step is a new process: variables and the folder of one step are gone in the next.",
)
.required()
.idle_when_empty()
.widget(Widget::Script);

pub(super) static USES_ACTION: Field = field(
    "uses",
    "Action",
    "The action to run: `OWNER/REPO@REF`, `OWNER/REPO/PATH@REF`, `./PATH` in the checkout, or `docker://IMAGE:TAG`.",
)
.required()
.nonempty()
.widget(Widget::Uses);

pub(super) static WITH_INPUTS: Field =
    field("with", "Inputs", "Values for the action's inputs. All of them reach the action as text.");

pub(super) static SHELL: Field = field(
    "shell",
    "Shell",
    "The program that runs the script: `bash`, `pwsh`, `python`, `sh`, `cmd`, `powershell`, or a command with `{0}` in \
     the place of the script's file. Without it: `bash` without `pipefail`, on Windows `pwsh`.",
)
.values(Values::Shells);

pub(super) static WORKING_DIRECTORY: Field = field(
    "working-directory",
    "Working directory",
    "The folder in which the script starts, from the root of the checkout.",
)
.idle_when_empty();

pub(super) static ENV_VARS: Field = field(
    "env",
    "Environment variables",
    "Variables of this step alone, instead of the job's and the workflow's of the same name.",
);

pub(super) static CONTINUE: Field = field(
    "continue-on-error",
    "May fail",
    "Whether the job goes on and can succeed even if this step fails. `steps.<id>.outcome` still says `failure`.",
)
.boolean()
.default("false");

static TIMEOUT: Field =
    field("timeout-minutes", "Time limit", "Minutes after which the step is stopped and fails.")
        .number()
        .ctx(Ctx::W12);

static BACKGROUND: Field = field(
    "background",
    "In the background",
    "Whether the next steps start without waiting for this one. A later `wait`, `wait-all` or `cancel` step ends it; \
     up to ten run at a time.",
)
.boolean()
.default("false");

static JOB_NAME: Field = NAME.ctx(Ctx::W12);
static JOB_IF: Field = IF.ctx(Ctx::W13);
static JOB_CONTINUE: Field = CONTINUE.ctx(Ctx::W12);
static JOB_ENV: Field = ENV_VARS.pairs(&[&ENV]).ctx(Ctx::W12);
static JOB_RUN: Field = RUN_SCRIPT.ctx(Ctx::W12);
static JOB_DIR: Field = WORKING_DIRECTORY.ctx(Ctx::W12);
static JOB_WITH: Field = WITH_INPUTS.pairs(&[&WITH]).ctx(Ctx::W12);

const KINDS: &[&[&str]] = &[&["run", "uses", "wait", "wait-all", "cancel", "parallel"]];

pub(super) static RUN: Map = Map::new(
    "jobs.<job_id>.steps[]{run}",
    "step",
    &[JOB_NAME, ID, JOB_IF, JOB_RUN, SHELL.nonempty(), JOB_DIR, JOB_ENV, JOB_CONTINUE, TIMEOUT, BACKGROUND],
)
.exclusive(KINDS);

pub(super) static USES: Map = Map::new(
    "jobs.<job_id>.steps[]{uses}",
    "step",
    &[JOB_NAME, ID, JOB_IF, USES_ACTION, JOB_WITH, JOB_ENV, JOB_CONTINUE, TIMEOUT, BACKGROUND],
)
.exclusive(KINDS);

pub(super) static WAIT: Map = Map::new(
    "jobs.<job_id>.steps[]{wait}",
    "waiting step",
    &[
        JOB_NAME,
        ID,
        field("wait", "Wait for", "Ids of earlier background steps that must end before the job goes on.")
            .or_list(&item("Step").nonempty())
            .required()
            .nonempty(),
        JOB_CONTINUE,
    ],
)
.exclusive(KINDS);

pub(super) static WAIT_ALL: Map = Map::new(
    "jobs.<job_id>.steps[]{wait-all}",
    "waiting step",
    &[
        JOB_NAME,
        ID,
        field(
            "wait-all",
            "Wait for all",
            "Waits until every background step so far has ended. Its value is empty or `true`.",
        )
        .types(Types::NULL.or(Types::BOOL))
        .required()
        .widget(Widget::Toggle),
        JOB_CONTINUE,
    ],
)
.exclusive(KINDS);

pub(super) static CANCEL: Map = Map::new(
    "jobs.<job_id>.steps[]{cancel}",
    "cancelling step",
    &[
        JOB_NAME,
        ID,
        field("cancel", "Cancel", "Id of an earlier background step to stop.").required().nonempty(),
        JOB_CONTINUE,
    ],
)
.exclusive(KINDS);

pub(super) static PARALLEL: Map = Map::new(
    "jobs.<job_id>.steps[]{parallel}",
    "group of parallel steps",
    &[field(
        "parallel",
        "At the same time",
        "Steps that run at the same time; the job goes on when all have ended.",
    )
    .list(&item("Step").mapping(&[&PARALLEL_RUN, &PARALLEL_USES]))
    .required()
    .widget(Widget::Form)],
)
.exclusive(KINDS);

static PARALLEL_RUN: Map = Map::new(
    "jobs.<job_id>.steps[].parallel[]{run}",
    "parallel step",
    &[JOB_NAME, ID, JOB_IF, JOB_RUN, SHELL.nonempty(), JOB_DIR, JOB_ENV, JOB_CONTINUE, TIMEOUT],
)
.exclusive(KINDS);

static PARALLEL_USES: Map = Map::new(
    "jobs.<job_id>.steps[].parallel[]{uses}",
    "parallel step",
    &[JOB_NAME, ID, JOB_IF, USES_ACTION, JOB_WITH, JOB_ENV, JOB_CONTINUE, TIMEOUT],
)
.exclusive(KINDS);

static ENV: Map = Map::free(
    "jobs.<job_id>.steps[].env",
    "environment variables of the step",
    &env_value("<name>", Ctx::W12),
);

static WITH: Map = Map::free(
    "jobs.<job_id>.steps[].with",
    "inputs",
    &field(
        "<input_id>",
        "Input",
        "The value of an input that the action declares. It reaches the action as text.",
    )
    .ctx(Ctx::W12),
);
