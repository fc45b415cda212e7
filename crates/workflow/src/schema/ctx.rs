//! Which contexts and functions may be used where.

/// A function that is allowed at some places only, and how many arguments it takes there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionUse {
    /// Its name.
    pub name: &'static str,
    /// Fewest arguments.
    pub min: u8,
    /// Most arguments; 255 stands for "any number".
    pub max: u8,
}

const fn f(name: &'static str, min: u8, max: u8) -> FunctionUse {
    FunctionUse { name, min, max }
}

/// What an expression at some place may use. `W…` are sets of workflows, `A…` those of action metadata; the numbers
/// have no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ctx {
    /// No expression at all.
    None,
    /// Names of runs, concurrency of the workflow, defaults of call inputs.
    W1,
    /// Outputs of a reusable workflow.
    W2,
    /// `env` of the workflow.
    W3,
    /// `if` of a job.
    W4,
    /// `strategy`.
    W5,
    /// Most keys of a job.
    W6,
    /// Outputs of a job.
    W7,
    /// Credentials of containers.
    W8,
    /// `env` of a job, secrets handed to a reusable workflow.
    W9,
    /// URL of the environment.
    W10,
    /// `defaults.run` of a job.
    W11,
    /// Most keys of a step.
    W12,
    /// `if` of a step.
    W13,
    /// `env` of containers, which start before any step.
    W14,
    /// `if` of an image snapshot. GitHub's documentation lists the status functions there, its own parser does without
    /// them: what is not certain is let through.
    W15,
    /// Defaults of an action's inputs.
    A1,
    /// Outputs of an action.
    A2,
    /// Arguments of a Docker action.
    A3,
    /// `pre-if` and `post-if`.
    A4,
    /// Most keys of an action's step.
    A5,
    /// `if` of an action's step.
    A6,
}

const STATUS: [FunctionUse; 4] =
    [f("always", 0, 0), f("success", 0, 0), f("failure", 0, 0), f("cancelled", 0, 0)];

impl Ctx {
    /// The contexts, in the order in which they are listed to people.
    #[must_use]
    pub const fn contexts(self) -> &'static [&'static str] {
        match self {
            Self::None => &[],
            Self::W1 => &["github", "inputs", "vars"],
            Self::W2 => &["github", "inputs", "vars", "jobs"],
            Self::W3 => &["github", "inputs", "vars", "secrets"],
            Self::W4 | Self::W5 => &["github", "inputs", "vars", "needs"],
            Self::W6 | Self::W15 => &["github", "inputs", "vars", "needs", "strategy", "matrix"],
            Self::W7 | Self::W12 | Self::W14 => &[
                "github", "inputs", "vars", "needs", "strategy", "matrix", "secrets", "steps", "job",
                "runner", "env",
            ],
            Self::W8 => &["github", "inputs", "vars", "needs", "strategy", "matrix", "secrets", "env"],
            Self::W9 => &["github", "inputs", "vars", "needs", "strategy", "matrix", "secrets"],
            Self::W10 | Self::W13 => {
                &["github", "inputs", "vars", "needs", "strategy", "matrix", "steps", "job", "runner", "env"]
            }
            Self::W11 => &["github", "inputs", "vars", "needs", "strategy", "matrix", "env"],
            Self::A1 => &["github", "strategy", "matrix", "job", "runner"],
            Self::A2 | Self::A5 | Self::A6 => {
                &["github", "inputs", "strategy", "matrix", "steps", "job", "runner", "env"]
            }
            Self::A3 => &["inputs"],
            Self::A4 => &["github", "inputs", "strategy", "matrix", "job", "runner", "env"],
        }
    }

    /// The functions that are allowed here and not everywhere.
    #[must_use]
    pub const fn functions(self) -> &'static [FunctionUse] {
        const JOB_IF: [FunctionUse; 4] =
            [f("always", 0, 0), f("success", 0, 255), f("failure", 0, 255), f("cancelled", 0, 0)];
        const STEP_IF: [FunctionUse; 5] =
            [STATUS[0], STATUS[1], STATUS[2], STATUS[3], f("hashFiles", 1, 255)];
        const HASH: [FunctionUse; 1] = [f("hashFiles", 1, 255)];
        match self {
            Self::W4 => &JOB_IF,
            Self::W15 => &STATUS,
            Self::W13 | Self::A4 | Self::A6 => &STEP_IF,
            Self::W12 | Self::A1 | Self::A5 => &HASH,
            _ => &[],
        }
    }

    /// Whether an expression may stand here at all.
    #[must_use]
    pub const fn allows_expressions(self) -> bool {
        !matches!(self, Self::None)
    }
}
