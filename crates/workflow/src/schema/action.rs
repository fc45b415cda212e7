//! Metadata of an action: `action.yml`.

use super::workflow::env_value;
use super::{Ctx, Field, Map, Types, Values, Widget, field, item, step};

pub(super) static ACTION: Map = Map::new(
    "action",
    "action",
    &[
        field("name", "Name", "What the action is called in the Actions tab and on the Marketplace.")
            .required()
            .nonempty(),
        field("description", "Description", "What the action does, in a sentence.")
            .required()
            .widget(Widget::LongText),
        field("author", "Author", "Who made the action."),
        field("branding", "Branding", "Icon and colour of the action's badge on the Marketplace.")
            .mapping(&[&BRANDING]),
        field("inputs", "Inputs", "What a workflow may hand to the action with `with`, each under its id.")
            .mapping(&[&INPUTS]),
        field(
            "outputs",
            "Outputs",
            "What later steps may read as `steps.<id>.outputs.<name>`, each under its id.",
        )
        .mapping(&[&OUTPUTS]),
        field(
            "runs",
            "Runs",
            "How the action runs: JavaScript on Node, a Docker container, or steps (composite).",
        )
        .mapping(&[&RUNS_NODE, &RUNS_DOCKER, &RUNS_COMPOSITE])
        .required(),
    ],
);

static BRANDING: Map = Map::new(
    "branding",
    "branding",
    &[
        field("icon", "Icon", "Name of a Feather icon.").values(Values::Icons),
        field("color", "Colour", "Background colour of the badge.").values(Values::Colors),
    ],
);

static INPUTS: Map = Map::free(
    "inputs",
    "inputs",
    &field("<input_id>", "Input", "An input. The action reads it as the environment variable `INPUT_<ID>`, a composite one as `inputs.<id>`.")
        .mapping(&[&INPUT]),
);

static INPUT: Map = Map::new(
    "inputs.<input_id>",
    "input",
    &[
        field("description", "Description", "What the input is for.").widget(Widget::LongText),
        field(
            "required",
            "Required",
            "Whether a workflow should give it. GitHub does not enforce this: the action must check.",
        )
        .boolean()
        .default("false"),
        field("default", "Default", "The value when the workflow gives none.").ctx(Ctx::A1),
        field(
            "deprecationMessage",
            "Deprecation note",
            "A warning that is logged when a workflow uses this input.",
        ),
    ],
)
.and_free(
    &field("<key>", "Other", "A key that GitHub does not read.").types(Types::ANY).widget(Widget::Yaml),
);

static OUTPUTS: Map = Map::free(
    "outputs",
    "outputs",
    &field("<output_id>", "Output", "An output. JavaScript and Docker actions write it to `$GITHUB_OUTPUT`, a composite one sets `value`.")
        .mapping(&[&OUTPUT]),
);

static OUTPUT: Map = Map::new(
    "outputs.<output_id>",
    "output",
    &[
        field("description", "Description", "What the output holds.").widget(Widget::LongText),
        field(
            "value",
            "Value",
            "Composite actions only: where the value comes from, usually `${{ steps.<id>.outputs.<name> }}`.",
        )
        .ctx(Ctx::A2),
    ],
);

/// The shape of `runs` for a value of `using`, which is compared without regard to case.
pub(super) fn runs(using: &str) -> Option<&'static Map> {
    let using = using.to_ascii_lowercase();
    match using.as_str() {
        "docker" => Some(&RUNS_DOCKER),
        "composite" => Some(&RUNS_COMPOSITE),
        node if node.starts_with("node") => Some(&RUNS_NODE),
        _ => None,
    }
}

static PRE_IF: Field = field(
    "pre-if",
    "Condition of the set-up",
    "The set-up runs only when this is true. Written without `${{ }}`.",
)
.ctx(Ctx::A4)
.default("always()")
.widget(Widget::Condition);

static POST_IF: Field = field(
    "post-if",
    "Condition of the clean-up",
    "The clean-up runs only when this is true. Written without `${{ }}`.",
)
.ctx(Ctx::A4)
.default("always()")
.widget(Widget::Condition);

static USING: Field = field(
    "using",
    "Kind",
    "How the action runs: `node24` or `node20` for JavaScript, `docker`, or `composite`.",
)
.required();

pub(super) static RUNS_NODE: Map = Map::new(
    "runs{node}",
    "JavaScript action",
    &[
        USING.values(Values::Closed(&["node12", "node16", "node20", "node24"])),
        field("pre", "Set-up script", "A file that runs when the job starts, before all steps.").nonempty(),
        PRE_IF,
        field(
            "main",
            "Main script",
            "The file that runs when the step is reached, with all dependencies bundled in.",
        )
        .required()
        .nonempty(),
        field("post", "Clean-up script", "A file that runs when the job ends.").nonempty(),
        POST_IF,
    ],
);

static RUNS_DOCKER: Map = Map::new(
    "runs{docker}",
    "Docker action",
    &[
        USING.values(Values::Closed(&["docker"])),
        field(
            "image",
            "Image",
            "Path of a `Dockerfile` in the action's folder, or an image as `docker://IMAGE:TAG`.",
        )
        .required()
        .nonempty(),
        field("env", "Environment variables", "Environment variables in the container.")
            .pairs(&[&RUNS_ENV])
            .ctx(Ctx::A3),
        field(
            "pre-entrypoint",
            "Set-up program",
            "A program in the container that runs before the main one.",
        )
        .nonempty(),
        PRE_IF,
        field("entrypoint", "Program", "The program to start instead of the image's own.").nonempty(),
        field("args", "Arguments", "Arguments of the program; may use `inputs`.")
            .list(&item("Argument").ctx(Ctx::A3)),
        field(
            "post-entrypoint",
            "Clean-up program",
            "A program in the container that runs when the job ends.",
        )
        .nonempty(),
        POST_IF,
    ],
);

static RUNS_ENV: Map = Map::free("runs.env", "environment variables", &env_value("<name>", Ctx::A3));

static RUNS_COMPOSITE: Map = Map::new(
    "runs{composite}",
    "composite action",
    &[
        USING.values(Values::Closed(&["composite"])),
        field("steps", "Steps", "What the action does, in order.")
            .list(&item("Step").mapping(&[&STEP_RUN, &STEP_USES]))
            .required()
            .widget(Widget::Form),
    ],
);

static NAME: Field = step::NAME.ctx(Ctx::A5);
static IF: Field = step::IF.ctx(Ctx::A6);
static CONTINUE: Field = step::CONTINUE.ctx(Ctx::A5);
static ENV_VARS: Field = step::ENV_VARS.pairs(&[&STEP_ENV]).ctx(Ctx::A5);

static STEP_RUN: Map = Map::new(
    "runs.steps[]{run}",
    "step",
    &[
        NAME,
        step::ID,
        IF,
        step::RUN_SCRIPT.ctx(Ctx::A5),
        step::SHELL.required().ctx(Ctx::A5),
        step::WORKING_DIRECTORY.ctx(Ctx::A5),
        ENV_VARS,
        CONTINUE,
    ],
)
.exclusive(&[&["run", "uses"]]);

static STEP_USES: Map = Map::new(
    "runs.steps[]{uses}",
    "step",
    &[
        NAME,
        step::ID,
        IF,
        step::USES_ACTION,
        step::WITH_INPUTS.pairs(&[&STEP_WITH]).ctx(Ctx::A5),
        ENV_VARS,
        CONTINUE,
    ],
)
.exclusive(&[&["run", "uses"]]);

static STEP_ENV: Map =
    Map::free("runs.steps[].env", "environment variables of the step", &env_value("<name>", Ctx::A5));

static STEP_WITH: Map = Map::free(
    "runs.steps[].with",
    "inputs",
    &field(
        "<input_id>",
        "Input",
        "The value of an input that the action declares. It reaches the action as text.",
    )
    .ctx(Ctx::A5),
);
