//! Jobs.

use super::workflow::{CACHE_MODE, concurrency_fields, defaults_run_fields, env_value};
use super::{Ctx, Field, Map, Types, Values, Widget, container, field, item, permissions, step, strategy};

static NAME: Field =
    field("name", "Name", "What the job is called on the page of the run and in required checks.")
        .ctx(Ctx::W6)
        .default("the job's id");

static IF: Field = field(
    "if",
    "Condition",
    "The job runs only when this is true. Without `success()`, `failure()`, `cancelled()` or `always()` in it, all \
     jobs of `needs` must have succeeded as well. `${{ }}` may be left out.",
)
.ctx(Ctx::W4)
.idle_when_empty()
.widget(Widget::Condition);

static NEEDS: Field = field(
    "needs",
    "Runs after",
    "Ids of the jobs that must be done before this one starts. Their results and outputs are in `needs.<id>`.",
)
.or_list(&item("Job").nonempty())
.nonempty()
.widget(Widget::Needs);

static STRATEGY: Field =
    field("strategy", "Strategy", "Runs the job several times, once for each combination of a matrix.")
        .mapping(&[&strategy::STRATEGY])
        .ctx(Ctx::W5);

static CONCURRENCY: Field = field(
    "concurrency",
    "Concurrency",
    "Jobs in the same group, of this or of other runs, wait for each other. Either the name of the group, or a mapping.",
)
.or_mapping(&[&CONCURRENCY_MAP])
.nonempty()
.ctx(Ctx::W6);

static CONCURRENCY_MAP: Map =
    Map::new("jobs.<job_id>.concurrency", "concurrency", &concurrency_fields(Ctx::W6));

pub(super) static NORMAL: Map = Map::new(
    "jobs.<job_id>{normal}",
    "job",
    &[
        NAME,
        IF,
        NEEDS,
        field(
            "runs-on",
            "Runner",
            "The machine that the job runs on: the label of a GitHub-hosted runner such as `ubuntu-latest`, labels \
             that a self-hosted runner must all have, or a runner group.",
        )
        .types(Types::STRING.or(Types::SEQUENCE).or(Types::MAPPING))
        .required()
        .nonempty()
        .values(Values::Labels)
        .ctx(Ctx::W6)
        .shape(&[&RUNS_ON], &item("Label").nonempty().values(Values::Labels).ctx(Ctx::W6))
        .widget(Widget::Runner),
        permissions::FIELD,
        CACHE_MODE,
        field(
            "environment",
            "Environment",
            "The deployment environment: its protection rules must pass before the job starts, and its secrets and \
             variables are there. Its name, or a mapping.",
        )
        .or_mapping(&[&ENVIRONMENT])
        .ctx(Ctx::W6),
        CONCURRENCY,
        STRATEGY,
        field(
            "container",
            "Container",
            "Runs the job's steps in this container instead of on the machine itself (Linux runners only). The name of \
             an image, or a mapping.",
        )
        .or_mapping(&[&container::CONTAINER])
        .ctx(Ctx::W6)
        .widget(Widget::Container),
        field("services", "Services", "Containers that run beside the job, such as a database, each under its id (Linux runners only).")
            .mapping(&[&container::SERVICES])
            .ctx(Ctx::W6)
            .widget(Widget::Services),
        field("defaults", "Defaults", "Settings that hold for all steps of this job unless a step says otherwise.")
            .mapping(&[&DEFAULTS]),
        field(
            "env",
            "Environment variables",
            "Variables that every step of the job gets, instead of the workflow's of the same name.",
        )
        .pairs(&[&ENV])
        .ctx(Ctx::W9),
        field(
            "outputs",
            "Outputs",
            "Values that later jobs read as `needs.<this job>.outputs.<name>`. Each is a text, at most 1 MB for the job.",
        )
        .pairs(&[&OUTPUTS]),
        field(
            "timeout-minutes",
            "Time limit",
            "Minutes after which GitHub cancels the job.",
        )
        .number()
        .ctx(Ctx::W6)
        .default("360"),
        field(
            "cancel-timeout-minutes",
            "Time to clean up",
            "Minutes that a cancelled job has to end by itself before it is stopped.",
        )
        .number()
        .ctx(Ctx::W6)
        .default("5"),
        field(
            "continue-on-error",
            "May fail",
            "Whether the run goes on and can succeed even if this job fails.",
        )
        .boolean()
        .ctx(Ctx::W6)
        .default("false"),
        field(
            "snapshot",
            "Image snapshot",
            "Makes a custom runner image of the machine after the job. The image's name, or a mapping.",
        )
        .or_mapping(&[&SNAPSHOT])
        .nonempty(),
        field("steps", "Steps", "What the job does, in order. All steps share one machine and its files; each is a process of its own.")
            .list(&item("Step").mapping(&[
                &step::RUN,
                &step::USES,
                &step::WAIT,
                &step::WAIT_ALL,
                &step::CANCEL,
                &step::PARALLEL,
            ]))
            .widget(Widget::Form),
    ],
)
.exclusive(&[&["uses", "runs-on"], &["uses", "steps"]]);

pub(super) static CALL: Map = Map::new(
    "jobs.<job_id>{reusable_call}",
    "job that calls a workflow",
    &[
        NAME,
        IF,
        NEEDS,
        permissions::FIELD,
        CACHE_MODE,
        CONCURRENCY,
        STRATEGY,
        field(
            "uses",
            "Reusable workflow",
            "The workflow that this job runs: `./.github/workflows/FILE.yml` of this repository, or \
             `OWNER/REPO/.github/workflows/FILE.yml@REF` of another one.",
        )
        .required()
        .nonempty()
        .widget(Widget::Uses),
        field("with", "Inputs", "Values for the inputs that the called workflow declares.").pairs(&[&WITH]),
        field(
            "secrets",
            "Secrets",
            "Secrets for the called workflow, by the names that it declares; `inherit` hands on all of the caller's.",
        )
        .values(Values::Closed(&["inherit"]))
        .or_mapping(&[&SECRETS])
        .widget(Widget::Pairs),
    ],
)
.exclusive(&[&["uses", "runs-on"], &["uses", "steps"]]);

static WITH: Map = Map::free(
    "jobs.<job_id>.with",
    "inputs",
    &field(
        "<input_id>",
        "Input",
        "The value of an input that the called workflow declares under `on.workflow_call.inputs`.",
    )
    .types(Types::STRING.or(Types::BOOL).or(Types::NUMBER))
    .ctx(Ctx::W6),
);

static SECRETS: Map = Map::free(
    "jobs.<job_id>.secrets",
    "secrets",
    &field(
        "<secret_id>",
        "Secret",
        "The value of a secret that the called workflow declares, usually `${{ secrets.NAME }}`.",
    )
    .types(Types::STRING.or(Types::BOOL).or(Types::NUMBER))
    .ctx(Ctx::W9),
);

static RUNS_ON: Map = Map::new(
    "jobs.<job_id>.runs-on",
    "runner",
    &[
        field(
            "group",
            "Runner group",
            "Name of the runner group, with `org/` or `ent/` before it when the name alone is not unique.",
        )
        .nonempty()
        .ctx(Ctx::W6),
        field("labels", "Labels", "Labels that the runner must have, all of them.")
            .or_list(&item("Label").nonempty().values(Values::Labels).ctx(Ctx::W6))
            .nonempty()
            .values(Values::Labels)
            .ctx(Ctx::W6),
    ],
);

static ENVIRONMENT: Map = Map::new(
    "jobs.<job_id>.environment",
    "environment",
    &[
        field("name", "Name", "Name of the environment, as in the repository's settings; GitHub makes it if it is not there.")
            .required()
            .idle_when_empty()
            .ctx(Ctx::W6),
        field("url", "URL", "Address of what was deployed; GitHub links to it from the run and from the deployment.")
            .idle_when_empty()
            .ctx(Ctx::W10),
        field(
            "deployment",
            "Record a deployment",
            "Whether GitHub records a deployment. With `false` the job just gets the environment's secrets, variables \
             and protection.",
        )
        .boolean()
        .ctx(Ctx::W6)
        .default("true"),
    ],
);

static ENV: Map =
    Map::free("jobs.<job_id>.env", "environment variables of the job", &env_value("<name>", Ctx::W9));

static OUTPUTS: Map = Map::free(
    "jobs.<job_id>.outputs",
    "outputs",
    &field(
        "<output_id>",
        "Output",
        "The value of the output, usually `${{ steps.<step id>.outputs.<name> }}`.",
    )
    .ctx(Ctx::W7),
);

static DEFAULTS: Map = Map::new(
    "jobs.<job_id>.defaults",
    "defaults",
    &[field("run", "Scripts", "Defaults of all steps of this job that run a script.")
        .mapping(&[&DEFAULTS_RUN])
        .ctx(Ctx::W11)],
);

static DEFAULTS_RUN: Map =
    Map::new("jobs.<job_id>.defaults.run", "defaults of scripts", &defaults_run_fields(Ctx::W11));

static SNAPSHOT: Map = Map::new(
    "jobs.<job_id>.snapshot",
    "image snapshot",
    &[
        field("image-name", "Image name", "Name of the custom image to make.").required().nonempty(),
        field(
            "version",
            "Version",
            "Version of the image: a major and a wildcard such as `1.*`; GitHub counts up the minor.",
        )
        .nonempty(),
        field("if", "Condition", "The image is made only when this is true.")
            .ctx(Ctx::W15)
            .idle_when_empty()
            .widget(Widget::Condition),
    ],
);
