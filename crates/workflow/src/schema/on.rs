//! `on`: the events and their filters.

use crate::facts::events::EVENTS;

use super::{Ctx, Field, Map, Types, Values, Widget, field, item};

pub(super) static ON: Map = Map::new(
    "on",
    "triggers",
    &[
        event("push").mapping_or_null(&[&PUSH]),
        event("pull_request").mapping_or_null(&[&PULL_REQUEST]),
        event("workflow_dispatch").mapping_or_null(&[&DISPATCH]),
        event("schedule").list(&item("Time").mapping(&[&SCHEDULE])),
        event("workflow_call").mapping_or_null(&[&CALL]),
        event("workflow_run").mapping_or_null(&[&WORKFLOW_RUN]),
        event("pull_request_target").mapping_or_null(&[&PULL_REQUEST_TARGET]),
        event("merge_group").mapping_or_null(&[&MERGE_GROUP]),
        event("release").mapping_or_null(&[&RELEASE]),
        event("issues").mapping_or_null(&[&ISSUES]),
        event("issue_comment").mapping_or_null(&[&ISSUE_COMMENT]),
        event("pull_request_review").mapping_or_null(&[&PULL_REQUEST_REVIEW]),
        event("pull_request_review_comment").mapping_or_null(&[&PULL_REQUEST_REVIEW_COMMENT]),
        event("repository_dispatch").mapping_or_null(&[&REPOSITORY_DISPATCH]),
        event("branch_protection_rule").mapping_or_null(&[&BRANCH_PROTECTION_RULE]),
        event("check_run").mapping_or_null(&[&CHECK_RUN]),
        event("check_suite").mapping_or_null(&[&CHECK_SUITE]),
        event("create"),
        event("delete"),
        event("deployment"),
        event("deployment_status"),
        event("discussion").mapping_or_null(&[&DISCUSSION]),
        event("discussion_comment").mapping_or_null(&[&DISCUSSION_COMMENT]),
        event("fork"),
        event("gollum"),
        event("image_version").mapping_or_null(&[&IMAGE_VERSION]),
        event("label").mapping_or_null(&[&LABEL]),
        event("milestone").mapping_or_null(&[&MILESTONE]),
        event("page_build"),
        event("project").mapping_or_null(&[&PROJECT]),
        event("project_card").mapping_or_null(&[&PROJECT_CARD]),
        event("project_column").mapping_or_null(&[&PROJECT_COLUMN]),
        event("public"),
        event("pull_request_comment").mapping_or_null(&[&PULL_REQUEST_COMMENT]),
        event("registry_package").mapping_or_null(&[&REGISTRY_PACKAGE]),
        event("status"),
        event("watch").mapping_or_null(&[&WATCH]),
    ],
);

/// An event that takes no settings; its title and doc are those of the table of events.
const fn event(name: &'static str) -> Field {
    let mut at = 0;
    while at < EVENTS.len() {
        if equal(EVENTS[at].name, name) {
            return field(name, EVENTS[at].title, EVENTS[at].doc).types(Types::NULL).widget(Widget::Form);
        }
        at += 1;
    }
    panic!("the table of events lacks this event")
}

const fn equal(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len()
}

impl Field {
    const fn mapping_or_null(self, maps: &'static [&'static Map]) -> Self {
        self.mapping(maps).or_null()
    }
}

/// `types` of an event.
const fn types(values: Values) -> Field {
    field(
        "types",
        "Activities",
        "Which activities of the event start the workflow. Without it, those that GitHub takes by default.",
    )
    .types(Types::STRING.or(Types::SEQUENCE))
    .values(values)
    .widget(Widget::List)
}

/// The map of an event that has `types`, and further fields.
macro_rules! events {
    ($($id:ident $event:literal $($field:ident)*;)*) => {$(
        static $id: Map = Map::new(
            concat!("on.", $event),
            concat!("event `", $event, "`"),
            &[
                types(Values::Activities($event)).items(&item("Activity").values(Values::Activities($event))),
                $($field,)*
            ],
        )
        .exclusive(FILTER_PAIRS);
    )*};
}

const FILTER_PAIRS: &[&[&str]] =
    &[&["branches", "branches-ignore"], &["tags", "tags-ignore"], &["paths", "paths-ignore"]];

events! {
    BRANCH_PROTECTION_RULE "branch_protection_rule";
    CHECK_RUN "check_run";
    CHECK_SUITE "check_suite";
    DISCUSSION "discussion";
    DISCUSSION_COMMENT "discussion_comment";
    IMAGE_VERSION "image_version" NAMES VERSIONS;
    ISSUE_COMMENT "issue_comment";
    ISSUES "issues";
    LABEL "label";
    MERGE_GROUP "merge_group" BRANCHES BRANCHES_IGNORE;
    MILESTONE "milestone";
    PROJECT "project";
    PROJECT_CARD "project_card";
    PROJECT_COLUMN "project_column";
    PULL_REQUEST "pull_request" BRANCHES BRANCHES_IGNORE PATHS PATHS_IGNORE;
    PULL_REQUEST_COMMENT "pull_request_comment";
    PULL_REQUEST_REVIEW "pull_request_review";
    PULL_REQUEST_REVIEW_COMMENT "pull_request_review_comment";
    PULL_REQUEST_TARGET "pull_request_target" BRANCHES BRANCHES_IGNORE PATHS PATHS_IGNORE;
    REGISTRY_PACKAGE "registry_package";
    RELEASE "release";
    WATCH "watch";
    WORKFLOW_RUN "workflow_run" WORKFLOWS BRANCHES BRANCHES_IGNORE;
}

static PATTERN: Field = item("Pattern").nonempty();

const fn patterns(key: &'static str, title: &'static str, doc: &'static str) -> Field {
    field(key, title, doc).or_list(&PATTERN).nonempty()
}

static BRANCHES: Field = patterns(
    "branches",
    "Branches",
    "Only for branches that match one of these patterns (`*`, `**`, `?`, `+`, `[]`; `!` takes back). For pull requests \
     it is the branch that they go into.",
);
static BRANCHES_IGNORE: Field = patterns(
    "branches-ignore",
    "Branches to leave out",
    "Not for branches that match one of these patterns.",
);
static TAGS: Field = patterns("tags", "Tags", "Only for tags that match one of these patterns.");
static TAGS_IGNORE: Field =
    patterns("tags-ignore", "Tags to leave out", "Not for tags that match one of these patterns.");
static PATHS: Field = patterns(
    "paths",
    "Files",
    "Only when at least one changed file matches these patterns. A required check that does not run for this reason \
     stays pending.",
);
static PATHS_IGNORE: Field =
    patterns("paths-ignore", "Files to leave out", "Not when all changed files match these patterns.");
static WORKFLOWS: Field = patterns("workflows", "Workflows", "Names of the workflows to wait for.");
static NAMES: Field =
    patterns("names", "Image names", "Only for images whose names match one of these patterns.");
static VERSIONS: Field =
    patterns("versions", "Image versions", "Only for versions that match one of these patterns.");

static PUSH: Map =
    Map::new("on.push", "event `push`", &[BRANCHES, BRANCHES_IGNORE, TAGS, TAGS_IGNORE, PATHS, PATHS_IGNORE])
        .exclusive(FILTER_PAIRS);

static REPOSITORY_DISPATCH: Map = Map::new(
    "on.repository_dispatch",
    "event `repository_dispatch`",
    &[field("types", "Event types", "Names that the sender gives as `event_type`; without it, all of them.")
        .or_list(&item("Event type").nonempty())],
);

static SCHEDULE: Map = Map::new(
    "on.schedule[]",
    "time",
    &[
        field(
            "cron",
            "Cron",
            "When: minute, hour, day of the month, month, day of the week; at most every five minutes.",
        )
        .required()
        .nonempty()
        .widget(Widget::Cron),
        field("timezone", "Time zone", "Time zone of the times, by its IANA name such as `Europe/Berlin`.")
            .nonempty()
            .default("UTC"),
    ],
);

static DISPATCH: Map = Map::new(
    "on.workflow_dispatch",
    "event `workflow_dispatch`",
    &[field(
        "inputs",
        "Inputs",
        "Fields of the form that is shown to the person, at most 25; read as `inputs.<id>`.",
    )
    .mapping_or_null(&[&DISPATCH_INPUTS])],
);

static DISPATCH_INPUTS: Map = Map::free(
    "on.workflow_dispatch.inputs",
    "inputs",
    &field("<input_id>", "Input", "A field of the form, read as `inputs.<id>`.")
        .mapping_or_null(&[&DISPATCH_INPUT]),
);

static INPUT_DESCRIPTION: Field =
    field("description", "Description", "What the input is for; the person sees it beside the field.");
static INPUT_REQUIRED: Field =
    field("required", "Required", "Whether a value must be given.").boolean().default("false");

static DISPATCH_INPUT: Map = Map::new(
    "on.workflow_dispatch.inputs.<input_id>",
    "input",
    &[
        INPUT_DESCRIPTION,
        INPUT_REQUIRED,
        field("type", "Type", "What kind of field it is: text, a switch, a number, one of the `options`, or the name of an environment.")
            .values(Values::Closed(&["string", "boolean", "number", "environment", "choice"]))
            .default("string"),
        field("default", "Default", "What stands in the field at first, and what holds when the workflow is started without it.")
            .types(Types::STRING.or(Types::BOOL).or(Types::NUMBER)),
        field("options", "Options", "The values to choose from, for the type `choice`.").list(&item("Option")),
    ],
);

static CALL: Map = Map::new(
    "on.workflow_call",
    "event `workflow_call`",
    &[
        field("inputs", "Inputs", "What the caller hands over with `with`; read as `inputs.<id>`.")
            .mapping_or_null(&[&CALL_INPUTS]),
        field("secrets", "Secrets", "Secrets that the caller hands over; read as `secrets.<id>`.")
            .mapping_or_null(&[&CALL_SECRETS]),
        field("outputs", "Outputs", "What the caller may read as `needs.<job>.outputs.<id>`.")
            .mapping_or_null(&[&CALL_OUTPUTS]),
    ],
);

static CALL_INPUTS: Map = Map::free(
    "on.workflow_call.inputs",
    "inputs",
    &field("<input_id>", "Input", "An input, read as `inputs.<id>`.").mapping(&[&CALL_INPUT]),
);

static CALL_INPUT: Map = Map::new(
    "on.workflow_call.inputs.<input_id>",
    "input",
    &[
        INPUT_DESCRIPTION,
        INPUT_REQUIRED,
        field("type", "Type", "What kind of value it is: `string`, `boolean` or `number`.")
            .required()
            .values(Values::Closed(&["string", "boolean", "number"])),
        field(
            "default",
            "Default",
            "The value when the caller gives none; else `false`, `0` or an empty text.",
        )
        .types(Types::STRING.or(Types::BOOL).or(Types::NUMBER))
        .ctx(Ctx::W1),
    ],
);

static CALL_SECRETS: Map = Map::free(
    "on.workflow_call.secrets",
    "secrets",
    &field("<secret_id>", "Secret", "A secret, read as `secrets.<id>`.").mapping_or_null(&[&CALL_SECRET]),
);

static CALL_SECRET: Map = Map::new(
    "on.workflow_call.secrets.<secret_id>",
    "secret",
    &[
        field("description", "Description", "What the secret is for."),
        field("required", "Required", "Whether the caller must hand it over.").boolean().default("false"),
    ],
);

static CALL_OUTPUTS: Map = Map::free(
    "on.workflow_call.outputs",
    "outputs",
    &field("<output_id>", "Output", "An output, read by the caller as `needs.<job>.outputs.<id>`.")
        .mapping(&[&CALL_OUTPUT]),
);

static CALL_OUTPUT: Map = Map::new(
    "on.workflow_call.outputs.<output_id>",
    "output",
    &[
        field("description", "Description", "What the output holds."),
        field("value", "Value", "Where the value comes from: `${{ jobs.<job>.outputs.<name> }}`.")
            .required()
            .idle_when_empty()
            .ctx(Ctx::W2),
    ],
);
