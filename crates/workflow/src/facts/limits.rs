//! Numbers that GitHub sets.

/// Largest size of a workflow file, in bytes.
pub const WORKFLOW_FILE_BYTES: usize = 512_000;
/// Longest `run` script, in characters.
pub const RUN_SCRIPT_CHARS: usize = 21_000;
/// Longest expression, in characters.
pub const EXPRESSION_CHARS: usize = 21_000;
/// Deepest nesting of an expression.
pub const EXPRESSION_DEPTH: usize = 50;
/// Most jobs that one matrix makes in a run.
pub const MATRIX_JOBS: usize = 256;
/// Most inputs of `workflow_dispatch`.
pub const DISPATCH_INPUTS: usize = 25;
/// Largest payload of all inputs of `workflow_dispatch`, in characters.
pub const DISPATCH_PAYLOAD_CHARS: usize = 65_535;
/// Ids of jobs and steps are shorter than this, in characters.
pub const ID_CHARS: usize = 100;
/// `timeout-minutes` of a job when it is not set.
pub const JOB_TIMEOUT_MINUTES: u32 = 360;
/// `timeout-minutes` of a step is at most this.
pub const STEP_TIMEOUT_MINUTES: u32 = 360;
/// Longest time a job may run on a hosted runner, in hours.
pub const HOSTED_JOB_HOURS: u32 = 6;
/// Longest time a job may run on a self-hosted runner, in days.
pub const SELF_HOSTED_JOB_DAYS: u32 = 5;
/// Longest time a run may take with all its waiting, in days.
pub const RUN_DAYS: u32 = 35;
/// Longest time a job waits for the approval of its environment, in days.
pub const APPROVAL_DAYS: u32 = 30;
/// Levels of reusable workflows, the first caller counted.
pub const REUSABLE_LEVELS: usize = 10;
/// Different reusable workflows that one workflow may reach.
pub const REUSABLE_WORKFLOWS: usize = 50;
/// Levels of composite actions that use composite actions.
pub const COMPOSITE_LEVELS: usize = 10;
/// Runs that `workflow_run` may chain one after the other.
pub const WORKFLOW_RUN_CHAIN: usize = 3;
/// Steps of a job that may run in the background at the same time.
pub const BACKGROUND_STEPS: usize = 10;
/// Runs that may wait in a concurrency group with `queue: max`.
pub const CONCURRENCY_QUEUE: usize = 100;
/// Largest size of all outputs of a job, in bytes.
pub const JOB_OUTPUTS_BYTES: usize = 1_048_576;
/// Largest step summary, in bytes.
pub const STEP_SUMMARY_BYTES: usize = 1_048_576;
/// Largest secret, in bytes.
pub const SECRET_BYTES: usize = 49_152;
/// Changed files that path filters look at.
pub const PATH_FILTER_FILES: usize = 300;
