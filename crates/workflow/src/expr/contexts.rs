//! The contexts and their properties, one table for types, completion and hover.
//!
//! Facts: GitHub's documentation of contexts, its language service and its runner. What a workflow itself defines
//! (steps, needs, matrix, inputs and so on) is refined by who knows the workflow; here stands what holds for every one.

use std::sync::LazyLock;

use super::types::Type;

mod github;
mod slips;

use slips::{ARCH_SLIPS, HOST_SLIPS, OS_SLIPS, RESULT_SLIPS, STATUS_SLIPS, Slips};

/// A context.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// Its name.
    pub name: &'static str,
    /// What it holds, in a sentence or two.
    pub doc: &'static str,
    /// A use of it, as an expression without braces.
    pub example: &'static str,
    /// What is in it.
    pub shape: Shape,
}

/// A property of a context, or of an object in one.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// Its name; in a [`Shape::Map`] what kind of name stands there, such as `<step_id>`.
    pub name: &'static str,
    /// What it is, in a sentence or two.
    pub doc: &'static str,
    /// Its type.
    pub shape: Shape,
    /// Whether only the runner knows it, so that it is empty in keys that GitHub evaluates before the job starts.
    pub runner_only: bool,
    /// When it has a value, if not always; the end of a sentence: `in composite actions`.
    pub only: Option<&'static str>,
    /// All values it can have, when they are few.
    pub values: &'static [&'static str],
    /// How words begin that people write in the place of one of the values, and which one they mean by it.
    slips: Slips,
    /// The environment variable with the same value in steps.
    pub env: Option<&'static str>,
    /// Whether GitHub documents it; what it does not document may go away.
    pub documented: bool,
}

/// The type of a property, as a static.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Anything.
    Any,
    /// A text.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// These properties and no others.
    Object(&'static [Property]),
    /// Names that the workflow, the repository or the runner chooses, each with such a value.
    Map(&'static Property),
}

const fn prop(name: &'static str, shape: Shape, doc: &'static str) -> Property {
    Property {
        name,
        doc,
        shape,
        runner_only: false,
        only: None,
        values: &[],
        slips: &[],
        env: None,
        documented: true,
    }
}

impl Property {
    const fn on_runner(self) -> Self {
        Self { runner_only: true, ..self }
    }

    const fn only(self, when: &'static str) -> Self {
        Self { only: Some(when), ..self }
    }

    const fn values(self, values: &'static [&'static str]) -> Self {
        Self { values, ..self }
    }

    const fn slips(self, slips: Slips) -> Self {
        Self { slips, ..self }
    }

    const fn env(self, variable: &'static str) -> Self {
        Self { env: Some(variable), ..self }
    }

    const fn undocumented(self) -> Self {
        Self { documented: false, ..self }
    }
}

const RESULTS: &[&str] = &["success", "failure", "cancelled", "skipped"];

/// How a job stands so far.
const STATUS: &[&str] = &["success", "failure", "cancelled"];

const JOB_RESULT: &[Property] = &[
    prop("result", Shape::String, "How the job ended.").values(RESULTS).slips(RESULT_SLIPS),
    prop(
        "outputs",
        Shape::Map(&prop(
            "<output_id>",
            Shape::String,
            "An output that the job sets under `outputs`; always a text.",
        )),
        "The outputs of the job.",
    ),
];

/// All contexts, in the order in which they are listed to people.
pub const CONTEXTS: &[Context] = &[
    Context {
        name: "github",
        doc: "What GitHub knows about this run: the event that started it, the commit, the repository and the person.",
        example: "github.ref_name",
        shape: Shape::Object(github::PROPERTIES),
    },
    Context {
        name: "inputs",
        doc: "The inputs that were given to this workflow when it was called or started by hand, or to this action.",
        example: "inputs.environment",
        shape: Shape::Map(&prop("<input_id>", Shape::Any, "An input that the workflow or action declares.")),
    },
    Context {
        name: "vars",
        doc: "Configuration variables of the organization, the repository or the environment. One that does not exist is an empty text.",
        example: "vars.REGION",
        shape: Shape::Map(&prop(
            "<name>",
            Shape::String,
            "A configuration variable; empty when it does not exist.",
        )),
    },
    Context {
        name: "secrets",
        doc: "The secrets that this run may use. They are masked in logs, and one that does not exist is an empty text.",
        example: "secrets.GITHUB_TOKEN",
        shape: Shape::Map(&prop(
            "<name>",
            Shape::String,
            "A secret; empty when it does not exist or the run may not use it.",
        )),
    },
    Context {
        name: "needs",
        doc: "The jobs that this job needs directly, with their results and outputs.",
        example: "needs.build.outputs.version",
        shape: Shape::Map(&prop(
            "<job_id>",
            Shape::Object(JOB_RESULT),
            "A job that this one names under `needs`.",
        )),
    },
    Context {
        name: "strategy",
        doc: "The settings of the matrix that this job is a part of, and its place in it.",
        example: "strategy.job-index",
        shape: Shape::Object(&[
            prop("fail-fast", Shape::Bool, "Whether the other jobs of the matrix stop as soon as one fails."),
            prop("job-index", Shape::Number, "The place of this job in its matrix, counted from 0."),
            prop("job-total", Shape::Number, "How many jobs the matrix makes."),
            prop("max-parallel", Shape::Number, "How many jobs of the matrix may run at the same time."),
        ]),
    },
    Context {
        name: "matrix",
        doc: "The values that the matrix gives to this job.",
        example: "matrix.os",
        shape: Shape::Map(&prop(
            "<name>",
            Shape::Any,
            "An axis of the matrix, or a name that `include` adds.",
        )),
    },
    Context {
        name: "steps",
        doc: "The steps of this job that have an `id` and have already run.",
        example: "steps.build.outputs.path",
        shape: Shape::Map(&prop(
            "<step_id>",
            Shape::Object(&[
                prop(
                    "outputs",
                    Shape::Map(&prop(
                        "<name>",
                        Shape::String,
                        "An output that the step has set; empty when it has not.",
                    )),
                    "The outputs that the step has set.",
                ),
                prop(
                    "conclusion",
                    Shape::String,
                    "How the step counts, after `continue-on-error` is applied.",
                )
                .values(RESULTS)
                .slips(RESULT_SLIPS),
                prop(
                    "outcome",
                    Shape::String,
                    "How the step really ended, before `continue-on-error` is applied.",
                )
                .values(RESULTS)
                .slips(RESULT_SLIPS),
            ]),
            "An earlier step of this job, by its `id`.",
        )),
    },
    Context {
        name: "job",
        doc: "The job that is running: its state so far, its container and its services.",
        example: "job.status",
        shape: Shape::Object(&[
            prop("status", Shape::String, "How the job stands so far.").values(STATUS).slips(STATUS_SLIPS),
            prop(
                "check_run_id",
                Shape::Number,
                "The number of the check run that shows this job; not on GitHub Enterprise Server.",
            ),
            prop(
                "container",
                Shape::Object(&[
                    prop("id", Shape::String, "The id of the container that the job runs in."),
                    prop("network", Shape::String, "The id of the network that the container is in."),
                ]),
                "The container that the job runs in.",
            ),
            prop(
                "services",
                Shape::Map(&prop(
                    "<service_id>",
                    Shape::Object(&[
                        prop("id", Shape::String, "The id of the service's container."),
                        prop(
                            "network",
                            Shape::String,
                            "The id of the network that the service's container is in.",
                        ),
                        prop(
                            "ports",
                            Shape::Map(&prop(
                                "<port>",
                                Shape::String,
                                "The port of the machine that leads to this port of the service.",
                            )),
                            "The ports of the service, each with the port of the machine that leads to it.",
                        ),
                    ]),
                    "A service container of this job.",
                )),
                "The service containers of this job.",
            ),
            prop(
                "workflow_ref",
                Shape::String,
                "The path and ref of the workflow file that defines this job; not on GitHub Enterprise Server.",
            ),
            prop(
                "workflow_sha",
                Shape::String,
                "The commit of the workflow file that defines this job; not on GitHub Enterprise Server.",
            ),
            prop(
                "workflow_repository",
                Shape::String,
                "The repository (owner/name) with the workflow file that defines this job; not on GitHub Enterprise Server.",
            ),
            prop(
                "workflow_file_path",
                Shape::String,
                "The path of the workflow file that defines this job; not on GitHub Enterprise Server.",
            ),
        ]),
    },
    Context {
        name: "runner",
        doc: "The machine that runs this job.",
        example: "runner.os",
        shape: Shape::Object(&[
            prop("name", Shape::String, "The name of the runner.").env("RUNNER_NAME"),
            prop("os", Shape::String, "The operating system of the runner.")
                .values(&["Linux", "Windows", "macOS"])
                .slips(OS_SLIPS)
                .env("RUNNER_OS"),
            prop("arch", Shape::String, "The processor architecture of the runner.")
                .values(&["X86", "X64", "ARM", "ARM64"])
                .slips(ARCH_SLIPS)
                .env("RUNNER_ARCH"),
            prop(
                "temp",
                Shape::String,
                "A folder for temporary files; it is empty at the beginning and the end of each job.",
            )
            .env("RUNNER_TEMP"),
            prop("tool_cache", Shape::String, "The folder with tools that GitHub has installed beforehand.")
                .env("RUNNER_TOOL_CACHE"),
            prop("debug", Shape::String, "The text 1 when debug logging is on, otherwise empty.")
                .values(&["1"])
                .only("while debug logging is on")
                .env("RUNNER_DEBUG"),
            prop("environment", Shape::String, "Whether the runner is one of GitHub's or your own.")
                .values(&["github-hosted", "self-hosted"])
                .slips(HOST_SLIPS)
                .env("RUNNER_ENVIRONMENT"),
            prop("workspace", Shape::String, "The folder that holds the workspaces of the runner.")
                .env("RUNNER_WORKSPACE"),
        ]),
    },
    Context {
        name: "env",
        doc: "Environment variables that the workflow, the job, the step or an earlier step has set. One that is not set is an empty text.",
        example: "env.NODE_VERSION",
        shape: Shape::Map(&prop(
            "<name>",
            Shape::String,
            "An environment variable; empty when it is not set.",
        )),
    },
    Context {
        name: "jobs",
        doc: "The jobs of a reusable workflow, for the outputs it declares.",
        example: "jobs.build.outputs.version",
        shape: Shape::Map(&prop("<job_id>", Shape::Object(JOB_RESULT), "A job of this workflow.")),
    },
];

impl Context {
    /// The context of a name, in any case.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Context> {
        CONTEXTS.iter().find(|context| context.name.eq_ignore_ascii_case(name))
    }

    /// The type that it has in every workflow.
    #[must_use]
    pub fn ty(&self) -> Type {
        match self.name {
            // Its token is always there; anything else the repository decides.
            "secrets" => Type::mapped_object([("GITHUB_TOKEN", Type::String)], Type::String),
            _ => self.shape.ty(),
        }
    }
}

/// `github` where somebody starts the workflow by hand: whatever the type of an input is, the event has it as a text.
pub(crate) fn github_by_hand() -> Type {
    static TYPE: LazyLock<Type> = LazyLock::new(|| {
        let event = Type::loose_object([("inputs", Type::mapped_object(NONE, Type::String))]);
        let props = github::PROPERTIES.iter().map(|prop| match prop.name {
            "event" => (prop.name, event.clone()),
            _ => (prop.name, prop.shape.ty()),
        });
        Type::strict_object(props)
    });
    TYPE.clone()
}

impl Shape {
    /// As a type.
    #[must_use]
    pub fn ty(&self) -> Type {
        match self {
            Self::Any => Type::Any,
            Self::String => Type::String,
            Self::Number => Type::Number,
            Self::Bool => Type::Bool,
            Self::Object([]) => Type::loose_object(NONE),
            Self::Object(props) => Type::strict_object(props.iter().map(|prop| (prop.name, prop.shape.ty()))),
            Self::Map(value) => Type::mapped_object(NONE, value.shape.ty()),
        }
    }

    /// The properties that stand in the table.
    #[must_use]
    pub fn properties(&self) -> &'static [Property] {
        match self {
            Self::Object(props) => props,
            Self::Map(value) => std::slice::from_ref(value),
            _ => &[],
        }
    }
}

const NONE: [(&str, Type); 0] = [];

/// What the table says about a path such as `["job", "services", "db", "id"]`: its last property. `None` when the path
/// is a context alone or leads out of the table.
#[must_use]
pub fn describe(path: &[&str]) -> Option<&'static Property> {
    let (root, names) = path.split_first()?;
    let (mut shape, mut found) = (&Context::find(root)?.shape, None);
    for name in names {
        let next = match shape {
            Shape::Object(props) => props.iter().find(|prop| prop.name.eq_ignore_ascii_case(name))?,
            Shape::Map(value) => value,
            _ => return None,
        };
        (shape, found) = (&next.shape, Some(next));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::parse;

    fn every(props: &'static [Property], see: &mut impl FnMut(&'static Property)) {
        for prop in props {
            see(prop);
            every(prop.shape.properties(), see);
        }
    }

    #[test]
    fn everything_has_docs() {
        for context in CONTEXTS {
            assert!(context.doc.ends_with('.'), "{}", context.name);
            let parsed = parse(context.example);
            assert_eq!(parsed.errors, [], "{}", context.name);
            assert!(context.example.starts_with(&format!("{}.", context.name)));
            every(context.shape.properties(), &mut |prop| {
                assert!(prop.doc.ends_with('.') && prop.doc.len() > 10, "{}", prop.name);
            });
        }
    }

    #[test]
    fn paths_are_described() {
        let name = |path: &[&str]| describe(path).map(|prop| prop.name);
        assert_eq!(name(&["GitHub", "REF"]), Some("ref"));
        assert_eq!(name(&["job", "services", "db", "ports", "5432"]), Some("<port>"));
        assert_eq!(name(&["steps", "a", "outcome"]), Some("outcome"));
        assert_eq!(name(&["github"]), None);
        assert_eq!(name(&["github", "ref", "x"]), None);
        assert_eq!(name(&["github", "nothing"]), None);
    }
}
