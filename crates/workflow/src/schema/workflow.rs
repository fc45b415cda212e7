//! The root of a workflow file, and what jobs share with it.

use super::{Ctx, Field, Map, Types, Values, Widget, field, item, job, on, permissions};

pub(super) static WORKFLOW: Map = Map::new(
    "workflow",
    "workflow",
    &[
        field(
            "name",
            "Name",
            "What the workflow is called in the Actions tab. Without it GitHub shows the path of the file.",
        )
        .default("the file's path"),
        field("description", "Description", "What the workflow is for. GitHub does not show it anywhere yet.")
            .widget(Widget::LongText),
        field(
            "run-name",
            "Name of each run",
            "What each run is called in the list of runs. It may use `github`, `inputs` and `vars`, so that runs can be \
             told apart; without it GitHub takes the commit message or the event.",
        )
        .idle_when_empty()
        .ctx(Ctx::W1),
        field(
            "on",
            "Triggers",
            "The events that start the workflow: one name, a list of names, or a mapping of events to their filters \
             and settings.",
        )
        .types(Types::STRING.or(Types::SEQUENCE).or(Types::MAPPING))
        .required()
        .values(Values::Events)
        .shape(&[&on::ON], &item("Event").values(Values::Events))
        .widget(Widget::Form),
        permissions::FIELD,
        CACHE_MODE,
        field(
            "env",
            "Environment variables",
            "Variables that every step of every job gets. A job or a step may set the same name again; the nearest \
             one counts.",
        )
        .pairs(&[&ENV])
        .ctx(Ctx::W3),
        field(
            "defaults",
            "Defaults",
            "Settings that hold for all jobs unless a job or a step says otherwise.",
        )
        .mapping(&[&DEFAULTS]),
        CONCURRENCY,
        field("jobs", "Jobs", "The jobs of the workflow, each under its id. They run at the same time unless `needs` orders them.")
            .mapping(&[&JOBS])
            .required(),
    ],
);

/// Which caches jobs may use: GitHub's changelog of 10 September 2026.
pub(super) static CACHE_MODE: Field = field(
    "cache-mode",
    "Use of caches",
    "What jobs may do with the caches of the repository: `read` takes from them, `write` also saves, `write-only` saves \
     and takes nothing, `none` does neither. What a job says counts before what the workflow says. What is not allowed \
     is left out, and the step goes on. Without it, the event decides: events that outsiders can cause only read.",
)
.values(Values::Closed(&["read", "write", "write-only", "none"]));

/// `concurrency` of the workflow; the job's has other contexts.
static CONCURRENCY: Field = field(
    "concurrency",
    "Concurrency",
    "Runs in the same group wait for each other: one runs, and by default one waits and a newer one takes its place. \
     Either the name of the group, or a mapping.",
)
.or_mapping(&[&CONCURRENCY_MAP])
.ctx(Ctx::W1);

static CONCURRENCY_MAP: Map = Map::new("concurrency", "concurrency", &concurrency_fields(Ctx::W1));

/// The keys of `concurrency`, where the contexts `ctx` are allowed.
pub(super) const fn concurrency_fields(ctx: Ctx) -> [Field; 3] {
    [
        field(
            "group",
            "Group",
            "Name of the group, compared without regard to case. Runs and jobs with the same name do not run at the \
             same time; `${{ github.workflow }}-${{ github.ref }}` makes one group a branch.",
        )
        .required()
        .nonempty()
        .ctx(ctx),
        field(
            "cancel-in-progress",
            "Cancel what runs",
            "Whether a newer run stops the one that is running instead of waiting for it.",
        )
        .boolean()
        .ctx(ctx)
        .default("false"),
        field(
            "queue",
            "Queue",
            "How many may wait: `single` keeps only the newest, `max` keeps up to 100 in order. `max` cannot be used \
             together with `cancel-in-progress: true`.",
        )
        .values(Values::Closed(&["single", "max"]))
        .ctx(ctx)
        .default("single"),
    ]
}

pub(super) static ENV: Map = Map::free("env", "environment variables", &env_value("<name>", Ctx::W3));

/// The value of an environment variable.
pub(super) const fn env_value(key: &'static str, ctx: Ctx) -> Field {
    field(
        key,
        "Variable",
        "An environment variable. Its value is always text: `true` and `1` reach the step as the words that they are.",
    )
    .ctx(ctx)
}

static DEFAULTS: Map = Map::new(
    "defaults",
    "defaults",
    &[field("run", "Scripts", "Defaults of all steps that run a script.").mapping(&[&DEFAULTS_RUN])],
);

static DEFAULTS_RUN: Map = Map::new("defaults.run", "defaults of scripts", &defaults_run_fields(Ctx::None));

/// The keys of `defaults.run`, where the contexts `ctx` are allowed.
pub(super) const fn defaults_run_fields(ctx: Ctx) -> [Field; 2] {
    [
        field(
            "shell",
            "Shell",
            "The program that runs the scripts: `bash`, `pwsh`, `python`, `sh`, `cmd`, `powershell`, or a command \
             with `{0}` in the place of the script's file.",
        )
        .nonempty()
        .values(Values::Shells)
        .ctx(ctx),
        field(
            "working-directory",
            "Working directory",
            "The folder in which the scripts start, from the root of the checkout. It must exist when the step begins.",
        )
        .nonempty()
        .ctx(ctx),
    ]
}

static JOBS: Map = Map::free(
    "jobs",
    "jobs",
    &field(
        "<job_id>",
        "Job",
        "A job: steps on one machine, or a call of a reusable workflow. Its id begins with a letter or `_` and has \
         letters, digits, `-` and `_`.",
    )
    .mapping(&[&job::NORMAL, &job::CALL]),
);
