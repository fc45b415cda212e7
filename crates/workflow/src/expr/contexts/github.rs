//! The properties of the `github` context.

use super::{Property, STATUS, STATUS_SLIPS, Shape, prop};

const fn text(name: &'static str, env: &'static str, doc: &'static str) -> Property {
    prop(name, Shape::String, doc).env(env)
}

pub(super) const PROPERTIES: &[Property] = &[
    text("action", "GITHUB_ACTION", "The name or `id` of the step that is running.").on_runner(),
    text("action_path", "GITHUB_ACTION_PATH", "The folder of the action, where its own files lie.").on_runner().only("in composite actions"),
    text("action_ref", "GITHUB_ACTION_REF", "The tag, branch or commit of the action that is running.").on_runner(),
    text("action_repository", "GITHUB_ACTION_REPOSITORY", "The repository (owner/name) of the action that is running.").on_runner(),
    prop("action_status", Shape::String, "How the composite action stands so far.").values(STATUS).slips(STATUS_SLIPS).on_runner().only("in composite actions"),
    text("actor", "GITHUB_ACTOR", "The login of the person or app that started the first run. A re-run keeps it; see `triggering_actor`."),
    text("actor_id", "GITHUB_ACTOR_ID", "The account number of `actor`; unlike the login it never changes."),
    text("api_url", "GITHUB_API_URL", "The address of GitHub's REST API."),
    text("artifacts", "GITHUB_ARTIFACTS", "The folder for artifacts on the runner.").on_runner().undocumented(),
    text("artifacts_list", "GITHUB_ARTIFACTS_LIST", "The file that lists artifacts on the runner.").on_runner().undocumented(),
    text("base_ref", "GITHUB_BASE_REF", "The branch that a pull request wants to go into.").only("for pull request events"),
    text("env", "GITHUB_ENV", "The file to which a step appends environment variables for later steps.").on_runner(),
    prop("event", Shape::Object(&[]), "The whole payload of the event that started the run. What it holds depends on the event."),
    text("event_name", "GITHUB_EVENT_NAME", "The name of the event that started the run, such as `push`."),
    text("event_path", "GITHUB_EVENT_PATH", "The file with the payload of the event, on the runner.").on_runner(),
    text("graphql_url", "GITHUB_GRAPHQL_URL", "The address of GitHub's GraphQL API."),
    text("head_ref", "GITHUB_HEAD_REF", "The branch that a pull request comes from. Its name is chosen by the author of the pull request, so do not put it into a script.").only("for pull request events"),
    text("job", "GITHUB_JOB", "The id of the job that is running.").on_runner(),
    text("output", "GITHUB_OUTPUT", "The file to which a step writes its outputs.").on_runner().undocumented(),
    text("path", "GITHUB_PATH", "The file to which a step appends folders for the PATH of later steps.").on_runner(),
    text("ref", "GITHUB_REF", "The full ref of the run: `refs/heads/…` for a branch, `refs/tags/…` for a tag, `refs/pull/…/merge` for a pull request."),
    text("ref_name", "GITHUB_REF_NAME", "The short name of the ref: the branch or tag alone."),
    prop("ref_protected", Shape::Bool, "Whether rules protect the ref.").env("GITHUB_REF_PROTECTED"),
    text("ref_type", "GITHUB_REF_TYPE", "What the ref is.").values(&["branch", "tag"]),
    text("repository", "GITHUB_REPOSITORY", "The repository as owner/name."),
    text("repository_id", "GITHUB_REPOSITORY_ID", "The number of the repository; unlike its name it never changes."),
    text("repository_owner", "GITHUB_REPOSITORY_OWNER", "The login of the account that the repository belongs to."),
    text("repository_owner_id", "GITHUB_REPOSITORY_OWNER_ID", "The account number of the owner; unlike the login it never changes."),
    prop("repository_visibility", Shape::String, "Who may see the repository.").values(&["public", "private", "internal"]).undocumented(),
    prop("repositoryUrl", Shape::String, "The address of the repository for git."),
    text("retention_days", "GITHUB_RETENTION_DAYS", "How many days logs and artifacts of the run are kept."),
    text("run_attempt", "GITHUB_RUN_ATTEMPT", "Which attempt of the run this is: 1 at first, one more with each re-run."),
    text("run_id", "GITHUB_RUN_ID", "The number of the run, unique in the repository. A re-run keeps it."),
    text("run_number", "GITHUB_RUN_NUMBER", "Counts the runs of this workflow from 1. A re-run keeps it."),
    prop("secret_source", Shape::String, "Which set of secrets the run may use.").values(&["None", "Actions", "Codespaces", "Dependabot"]),
    text("server_url", "GITHUB_SERVER_URL", "The address of the GitHub server, such as `https://github.com`."),
    text("sha", "GITHUB_SHA", "The commit that started the run; for a pull request it is the trial merge."),
    text("state", "GITHUB_STATE", "The file in which an action keeps values for its clean-up.").on_runner().undocumented(),
    text("step_summary", "GITHUB_STEP_SUMMARY", "The file to which a step writes its part of the run's summary.").on_runner().undocumented(),
    prop("token", Shape::String, "The token of this run, the same as `secrets.GITHUB_TOKEN`.").on_runner(),
    text("triggering_actor", "GITHUB_TRIGGERING_ACTOR", "The login of who started this attempt of the run; after a re-run it can differ from `actor`."),
    text("workflow", "GITHUB_WORKFLOW", "The name of the workflow, or the path of its file when it has no name."),
    text("workflow_ref", "GITHUB_WORKFLOW_REF", "The path and ref of the workflow file."),
    text("workflow_sha", "GITHUB_WORKFLOW_SHA", "The commit of the workflow file."),
    text("workspace", "GITHUB_WORKSPACE", "The folder on the runner in which steps start and checkouts go.").on_runner(),
    prop("artifact_cache_size_limit", Shape::Number, "The most that the caches of the repository may take, in gigabytes.").undocumented(),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = PROPERTIES.iter().map(|prop| prop.name.to_ascii_lowercase()).collect();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!((names.len(), count), (46, 46));
    }
}
