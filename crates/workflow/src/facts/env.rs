//! Environment variables, files and commands through which a step and the runner talk.

/// An environment variable that the runner sets for every step.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// The context property with the same value, such as `github.sha`; empty when there is none.
    pub context: &'static str,
    /// The values it can have, when they are few.
    pub values: &'static [&'static str],
    /// What it holds.
    pub doc: &'static str,
}

/// A file whose path is in an environment variable, and to which a step writes.
#[derive(Clone, Copy, Debug)]
pub struct SpecialFile {
    /// The variable that holds the path.
    pub name: &'static str,
    /// What a line looks like.
    pub format: &'static str,
    /// What writing to it does.
    pub doc: &'static str,
}

/// A command that a step gives by printing `::name …::value`.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Its name; case does not matter.
    pub name: &'static str,
    /// Its parameters.
    pub params: &'static [&'static str],
    /// What it does.
    pub doc: &'static str,
    /// For commands that are no longer to be used: the variable with the file to write to instead.
    pub instead: Option<&'static str>,
    /// Whether runners refuse it, unless told otherwise by [`UNSAFE_SWITCHES`].
    pub disabled: bool,
}

/// Looks a variable up by its exact name.
#[must_use]
pub fn variable(name: &str) -> Option<&'static Variable> {
    VARIABLES.iter().find(|variable| variable.name == name)
}

/// Looks a command up, in any case.
#[must_use]
pub fn command(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name.eq_ignore_ascii_case(name))
}

/// Whether the runner ignores an attempt to set this variable: the names that start with `GITHUB_` or `RUNNER_`.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    name.starts_with("GITHUB_") || name.starts_with("RUNNER_")
}

/// Variables that switch a protection off.
pub const UNSAFE_SWITCHES: [&str; 3] = [
    "ACTIONS_ALLOW_UNSECURE_COMMANDS",
    "ACTIONS_ALLOW_UNSECURE_STOPCOMMAND_TOKENS",
    "ACTIONS_ALLOW_USE_UNSECURE_NODE_VERSION",
];

/// Secrets or variables that make the logs talkative when set to `true`.
pub const DEBUG_SWITCHES: [&str; 2] = ["ACTIONS_STEP_DEBUG", "ACTIONS_RUNNER_DEBUG"];

/// Variables that `GITHUB_ENV` refuses to set.
pub const BLOCKED_IN_ENV_FILE: [&str; 1] = ["NODE_OPTIONS"];

const fn var(name: &'static str, context: &'static str, doc: &'static str) -> Variable {
    Variable { name, context, values: &[], doc }
}

/// The default variables, by name.
pub static VARIABLES: &[Variable] = &[
    Variable {
        values: &["true"],
        ..var("CI", "", "Always `true`, so that tools know that no person is watching.")
    },
    var("GITHUB_ACTION", "github.action", "The id of the current step, or the name of the action it runs."),
    Variable { values: &["true"], ..var("GITHUB_ACTIONS", "", "Always `true` on GitHub Actions.") },
    var(
        "GITHUB_ACTION_PATH",
        "github.action_path",
        "The folder of the action; only in the steps of a composite action.",
    ),
    var(
        "GITHUB_ACTION_REF",
        "github.action_ref",
        "The branch, tag or commit at which the running action was named.",
    ),
    var(
        "GITHUB_ACTION_REPOSITORY",
        "github.action_repository",
        "Owner and repository of the running action.",
    ),
    var("GITHUB_ACTOR", "github.actor", "The user name of the person or app that started the run first."),
    var("GITHUB_ACTOR_ID", "github.actor_id", "The account number of that person or app."),
    var("GITHUB_API_URL", "github.api_url", "The address of GitHub's REST API."),
    var("GITHUB_ARTIFACTS", "github.artifacts", "The file to which a step writes what it has built."),
    var("GITHUB_ARTIFACTS_LIST", "github.artifacts_list", "A file that lists what the job has built so far."),
    var(
        "GITHUB_BASE_REF",
        "github.base_ref",
        "The branch a pull request wants to merge into; empty for other events.",
    ),
    var("GITHUB_ENV", "github.env", "The file that sets environment variables for later steps."),
    var("GITHUB_EVENT_NAME", "github.event_name", "The event that started the run."),
    var(
        "GITHUB_EVENT_PATH",
        "github.event_path",
        "A file with everything GitHub told about the event, as JSON.",
    ),
    var("GITHUB_GRAPHQL_URL", "github.graphql_url", "The address of GitHub's GraphQL API."),
    var(
        "GITHUB_HEAD_REF",
        "github.head_ref",
        "The branch a pull request comes from; empty for other events.",
    ),
    var("GITHUB_JOB", "github.job", "The id of the current job."),
    var("GITHUB_OUTPUT", "github.output", "The file that sets outputs of the step."),
    var("GITHUB_PATH", "github.path", "The file that adds folders to `PATH` for later steps."),
    var("GITHUB_REF", "github.ref", "The full ref of the run, such as `refs/heads/main`."),
    var("GITHUB_REF_NAME", "github.ref_name", "The short name of the ref, such as `main`."),
    Variable {
        values: &["true", "false"],
        ..var(
            "GITHUB_REF_PROTECTED",
            "github.ref_protected",
            "Whether branch protection or rulesets guard the ref.",
        )
    },
    Variable {
        values: &["branch", "tag"],
        ..var("GITHUB_REF_TYPE", "github.ref_type", "Whether the ref is a branch or a tag.")
    },
    var(
        "GITHUB_REPOSITORY",
        "github.repository",
        "Owner and name of the repository, such as `octocat/hello`.",
    ),
    var("GITHUB_REPOSITORY_ID", "github.repository_id", "The number of the repository."),
    var("GITHUB_REPOSITORY_OWNER", "github.repository_owner", "The owner of the repository."),
    var("GITHUB_REPOSITORY_OWNER_ID", "github.repository_owner_id", "The account number of the owner."),
    var("GITHUB_RETENTION_DAYS", "github.retention_days", "Days for which logs and artifacts are kept."),
    var(
        "GITHUB_RUN_ATTEMPT",
        "github.run_attempt",
        "1 for the first attempt of the run, one more for each re-run.",
    ),
    var(
        "GITHUB_RUN_ID",
        "github.run_id",
        "A number that no other run of the repository has; the same in re-runs.",
    ),
    var(
        "GITHUB_RUN_NUMBER",
        "github.run_number",
        "Counts the runs of this workflow from 1; the same in re-runs.",
    ),
    var("GITHUB_SERVER_URL", "github.server_url", "The address of GitHub, such as `https://github.com`."),
    var("GITHUB_SHA", "github.sha", "The commit that the run is for."),
    var("GITHUB_STATE", "github.state", "The file through which an action keeps values for its clean-up."),
    var("GITHUB_STEP_SUMMARY", "github.step_summary", "The file for Markdown that the run's page shows."),
    var(
        "GITHUB_TRIGGERING_ACTOR",
        "github.triggering_actor",
        "Who started this attempt; differs from the actor in a re-run by another person.",
    ),
    var("GITHUB_WORKFLOW", "github.workflow", "The name of the workflow, or its file when it has none."),
    var("GITHUB_WORKFLOW_REF", "github.workflow_ref", "The workflow's file and the ref it was read from."),
    var("GITHUB_WORKFLOW_SHA", "github.workflow_sha", "The commit the workflow's file was read from."),
    var(
        "GITHUB_WORKSPACE",
        "github.workspace",
        "The folder in which steps work and to which checkout writes.",
    ),
    Variable {
        values: &["X86", "X64", "ARM", "ARM64"],
        ..var("RUNNER_ARCH", "runner.arch", "The processor of the runner.")
    },
    Variable {
        values: &["1"],
        ..var("RUNNER_DEBUG", "runner.debug", "`1` when debug logging is on, else not set.")
    },
    Variable {
        values: &["github-hosted", "self-hosted"],
        ..var("RUNNER_ENVIRONMENT", "runner.environment", "Whether GitHub or you provide the runner.")
    },
    var("RUNNER_NAME", "runner.name", "The name of the runner."),
    Variable {
        values: &["Linux", "Windows", "macOS"],
        ..var("RUNNER_OS", "runner.os", "The operating system of the runner.")
    },
    var("RUNNER_TEMP", "runner.temp", "A folder that is emptied before and after each job."),
    var("RUNNER_TOOL_CACHE", "runner.tool_cache", "The folder with tools that the image brings along."),
    var("RUNNER_WORKSPACE", "runner.workspace", "The folder above the workspace."),
];

/// The special files, by name.
pub static FILES: &[SpecialFile] = &[
    SpecialFile {
        name: "GITHUB_ARTIFACTS",
        format: "one `file://` or `oci://` address a line",
        doc: "Declares what the step has built.",
    },
    SpecialFile {
        name: "GITHUB_ENV",
        format: "`NAME=value`, or `NAME<<END`, lines, `END`",
        doc: "Sets an environment variable for the later steps of the job.",
    },
    SpecialFile {
        name: "GITHUB_OUTPUT",
        format: "`name=value`, or `name<<END`, lines, `END`",
        doc: "Sets an output, which others read as `steps.<id>.outputs.<name>`.",
    },
    SpecialFile {
        name: "GITHUB_PATH",
        format: "one folder a line",
        doc: "Puts the folder in front of `PATH` for the later steps of the job.",
    },
    SpecialFile {
        name: "GITHUB_STATE",
        format: "`name=value`, or `name<<END`, lines, `END`",
        doc: "Keeps a value for the action's own clean-up, which reads it as `STATE_<name>`.",
    },
    SpecialFile {
        name: "GITHUB_STEP_SUMMARY",
        format: "Markdown, 1 MiB at most",
        doc: "Shows text on the run's page; the first 20 steps of a job are shown.",
    },
];

const fn cmd(name: &'static str, params: &'static [&'static str], doc: &'static str) -> Command {
    Command { name, params, doc, instead: None, disabled: false }
}

const PLACE: &[&str] = &["file", "line", "endLine", "col", "endColumn", "title"];

/// The workflow commands, by name.
pub static COMMANDS: &[Command] = &[
    cmd("add-mask", &[], "Hides a value in the logs from here on."),
    cmd("add-matcher", &[], "Reads a file of patterns that find problems in what later commands print."),
    Command {
        instead: Some("GITHUB_PATH"),
        disabled: true,
        ..cmd("add-path", &[], "Puts a folder in front of `PATH`. Switched off since 2020.")
    },
    cmd("debug", &[], "Prints a message that shows only with debug logging."),
    cmd("echo", &[], "Switches printing of the commands themselves `on` or `off`."),
    cmd("endgroup", &[], "Ends the group that `group` has started."),
    cmd("error", PLACE, "Shows an error, at a place in a file when one is given; the step goes on."),
    cmd("group", &[], "Starts a part of the log that can be folded."),
    cmd("notice", PLACE, "Shows a note, at a place in a file when one is given."),
    cmd("remove-matcher", &["owner"], "Takes back what `add-matcher` has added."),
    Command {
        instead: Some("GITHUB_STATE"),
        ..cmd("save-state", &["name"], "Keeps a value for the action's clean-up. Deprecated since 2022.")
    },
    Command {
        instead: Some("GITHUB_ENV"),
        disabled: true,
        ..cmd("set-env", &["name"], "Sets an environment variable. Switched off since 2020.")
    },
    Command {
        instead: Some("GITHUB_OUTPUT"),
        ..cmd("set-output", &["name"], "Sets an output of the step. Deprecated since 2022.")
    },
    cmd("stop-commands", &[], "Takes no commands until `::TOKEN::` is printed."),
    cmd("warning", PLACE, "Shows a warning, at a place in a file when one is given."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deprecated_commands_name_a_file_that_replaces_them() {
        let replaced: Vec<_> = COMMANDS.iter().filter_map(|c| Some((c.name, c.instead?))).collect();
        assert_eq!(replaced.len(), 4);
        for (name, file) in replaced {
            assert!(FILES.iter().any(|known| known.name == file), "{name}");
            assert!(variable(file).is_some());
        }
        assert!(
            command("Set-Output").is_some_and(|c| !c.disabled)
                && command("set-env").is_some_and(|c| c.disabled)
        );
        assert!(command("").is_none());
    }

    #[test]
    fn names_are_unique_and_reserved_ones_known() {
        let mut names: Vec<_> = VARIABLES.iter().map(|v| v.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), VARIABLES.len());
        assert!(VARIABLES.iter().all(|v| v.name == "CI" || is_reserved(v.name)));
        assert!(!is_reserved("CI") && !is_reserved("MY_GITHUB_TOKEN"));
    }
}
