//! The table of events.

use super::{Event, GitRef, Sha, Status};

/// An event about the repository: it runs the default branch, and the workflow file has to be there.
const fn on(name: &'static str, title: &'static str, doc: &'static str) -> Event {
    Event {
        name,
        title,
        doc,
        status: Status::Available,
        types: &[],
        free_types: false,
        default_types: None,
        filters: &[],
        sections: &[],
        required: &[],
        default_branch_file: Some(true),
        fork_restricted: false,
        outsiders: false,
        sha: Sha::DefaultBranch,
        git_ref: GitRef::DefaultBranch,
        payload: Some(name),
    }
}

/// The rows below say only what is different.
impl Event {
    const fn status(self, status: Status) -> Self {
        Self { status, ..self }
    }

    const fn types(self, types: &'static [&'static str]) -> Self {
        Self { types, ..self }
    }

    const fn free_types(self) -> Self {
        Self { free_types: true, ..self }
    }

    const fn default_types(self, types: &'static [&'static str]) -> Self {
        Self { default_types: Some(types), ..self }
    }

    const fn filters(self, filters: &'static [&'static str]) -> Self {
        Self { filters, ..self }
    }

    const fn sections(self, sections: &'static [&'static str]) -> Self {
        Self { sections, ..self }
    }

    const fn required(self, required: &'static [&'static str]) -> Self {
        Self { required, ..self }
    }

    const fn fork_restricted(self) -> Self {
        Self { fork_restricted: true, ..self }
    }

    const fn outsiders(self) -> Self {
        Self { outsiders: true, ..self }
    }

    const fn default_branch_file(self, needed: Option<bool>) -> Self {
        Self { default_branch_file: needed, ..self }
    }

    const fn runs(self, sha: Sha, git_ref: GitRef) -> Self {
        Self { sha, git_ref, ..self }
    }

    const fn payload(self, event: &'static str) -> Self {
        Self { payload: Some(event), ..self }
    }

    const fn no_payload(self) -> Self {
        Self { payload: None, ..self }
    }
}

const PULL_REQUEST_TYPES: &[&str] = &[
    "assigned",
    "unassigned",
    "labeled",
    "unlabeled",
    "opened",
    "edited",
    "closed",
    "reopened",
    "synchronize",
    "converted_to_draft",
    "locked",
    "unlocked",
    "enqueued",
    "dequeued",
    "milestoned",
    "demilestoned",
    "ready_for_review",
    "review_requested",
    "review_request_removed",
    "auto_merge_enabled",
    "auto_merge_disabled",
    "stacked",
];

const PULL_REQUEST_DEFAULTS: &[&str] = &["opened", "synchronize", "reopened"];

const PULL_REQUEST_FILTERS: &[&str] = &["branches", "branches-ignore", "paths", "paths-ignore"];

/// Every event, by name.
#[rustfmt::skip]
pub static EVENTS: &[Event] = &[
    on("branch_protection_rule", "A branch protection rule changes",
        "A rule that protects branches was created, changed or deleted.")
        .types(&["created", "edited", "deleted"]),
    on("check_run", "A check runs",
        "One check of a commit was created, asked for again, or has ended. Checks made by GitHub Actions \
         itself do not start workflows.")
        .types(&["completed", "created", "rerequested", "requested_action"]),
    on("check_suite", "All checks of a commit have ended",
        "A group of checks of a commit has ended. Checks made by GitHub Actions itself do not start \
         workflows.")
        .types(&["completed"]),
    on("create", "A branch or tag is created",
        "Somebody made a branch or tag. Nothing is sent when more than three tags are created at once.")
        .default_branch_file(Some(false)).runs(Sha::Created, GitRef::Created),
    on("delete", "A branch or tag is deleted",
        "Somebody deleted a branch or tag. Nothing is sent when more than three tags are deleted at once."),
    on("deployment", "A deployment is asked for",
        "A deployment was created, usually by another program through GitHub's API.")
        .default_branch_file(Some(false)).runs(Sha::Deployed, GitRef::Deployed),
    on("deployment_status", "A deployment changes its state",
        "Whoever deploys has reported how it goes. The state `inactive` starts nothing.")
        .default_branch_file(Some(false)).runs(Sha::Deployed, GitRef::Deployed),
    on("discussion", "A discussion changes",
        "Something happened to a discussion: it was opened, edited, answered, labeled and so on.")
        .types(&["created", "edited", "deleted", "transferred", "pinned", "unpinned", "labeled",
            "unlabeled", "locked", "unlocked", "category_changed", "answered", "unanswered"])
        .outsiders(),
    on("discussion_comment", "Someone comments on a discussion",
        "A comment on a discussion was written, edited or deleted.")
        .types(&["created", "edited", "deleted"]).outsiders(),
    on("fork", "Someone forks the repository",
        "A person made a fork of the repository.")
        .outsiders(),
    on("gollum", "The wiki changes",
        "A page of the wiki was created or changed.")
        .outsiders(),
    on("image_version", "A custom runner image changes",
        "A version of a custom runner image was created, is ready, or was deleted.")
        .status(Status::Preview).types(&["created", "ready", "deleted"]).filters(&["names", "versions"])
        .default_branch_file(None).no_payload(),
    on("issue_comment", "Someone comments on an issue or pull request",
        "A comment on an issue or pull request was written, edited or deleted. \
         `github.event.issue.pull_request` is set when it is a pull request.")
        .types(&["created", "edited", "deleted"]).outsiders(),
    on("issues", "An issue changes",
        "Something happened to an issue: it was opened, labeled, closed and so on.")
        .types(&["opened", "edited", "deleted", "transferred", "pinned", "unpinned", "closed",
            "reopened", "assigned", "unassigned", "labeled", "unlabeled", "locked", "unlocked",
            "milestoned", "demilestoned", "field_added", "field_removed", "typed", "untyped"])
        .outsiders(),
    on("label", "A label changes",
        "A label of the repository was created, changed or deleted. For a label put on an issue, use \
         `issues`.")
        .types(&["created", "edited", "deleted"]),
    on("merge_group", "The merge queue checks a group",
        "The merge queue asks for checks before it merges. Needed for required checks when the repository \
         has a merge queue.")
        .types(&["checks_requested"]).filters(&["branches", "branches-ignore"])
        .default_branch_file(Some(false)).runs(Sha::MergeGroup, GitRef::MergeGroup),
    on("milestone", "A milestone changes",
        "A milestone was created, changed, opened, closed or deleted.")
        .types(&["created", "closed", "opened", "edited", "deleted"]),
    on("page_build", "The Pages branch is pushed",
        "Somebody pushed to the branch from which GitHub Pages publishes."),
    on("project", "A classic project changes",
        "Classic projects no longer exist on github.com.")
        .status(Status::Retired).types(&["created", "closed", "reopened", "edited", "deleted"]),
    on("project_card", "A card of a classic project changes",
        "Classic projects no longer exist on github.com.")
        .status(Status::Retired).types(&["created", "moved", "converted", "edited", "deleted"]),
    on("project_column", "A column of a classic project changes",
        "Classic projects no longer exist on github.com.")
        .status(Status::Retired).types(&["created", "updated", "moved", "deleted"]),
    on("public", "The repository becomes public",
        "A private repository was made public."),
    on("pull_request", "A pull request changes",
        "Somebody opened a pull request or pushed new commits to it; other things that can happen to one \
         are chosen with `types`. Pull requests from forks run without secrets and with a read-only token.")
        .types(PULL_REQUEST_TYPES).default_types(PULL_REQUEST_DEFAULTS).filters(PULL_REQUEST_FILTERS)
        .fork_restricted().default_branch_file(Some(false))
        .runs(Sha::PullRequestMerge, GitRef::PullRequestMerge),
    on("pull_request_comment", "Someone comments on a pull request",
        "An old name: write `issue_comment`, and look at `github.event.issue.pull_request`.")
        .status(Status::AliasOf("issue_comment")).types(&["created", "edited", "deleted"]).outsiders()
        .default_branch_file(Some(false)).payload("issue_comment"),
    on("pull_request_review", "Someone reviews a pull request",
        "A review was submitted, edited or dismissed.")
        .types(&["submitted", "edited", "dismissed"]).fork_restricted().default_branch_file(Some(false))
        .runs(Sha::PullRequestMerge, GitRef::PullRequestMerge),
    on("pull_request_review_comment", "Someone comments on a line of a pull request",
        "A comment on the changes of a pull request was written, edited or deleted.")
        .types(&["created", "edited", "deleted"]).fork_restricted().default_branch_file(Some(false))
        .runs(Sha::PullRequestMerge, GitRef::PullRequestMerge),
    on("pull_request_target", "A pull request changes (with secrets)",
        "As `pull_request`, but with the workflow and the rights of the default branch, secrets included, \
         also for forks. Never check out and run the code of the pull request here.")
        .types(PULL_REQUEST_TYPES).default_types(PULL_REQUEST_DEFAULTS).filters(PULL_REQUEST_FILTERS)
        .outsiders().payload("pull_request"),
    on("push", "Code is pushed",
        "Somebody pushed commits or tags. Without filters, every branch and tag counts.")
        .filters(&["branches", "branches-ignore", "tags", "tags-ignore", "paths", "paths-ignore"])
        .default_branch_file(Some(false)).runs(Sha::Pushed, GitRef::Pushed),
    on("registry_package", "A package is published",
        "A package was published or updated in GitHub Packages.")
        .types(&["published", "updated"]).runs(Sha::Package, GitRef::Package),
    on("release", "A release is made or changed",
        "Something happened to a release. For \"when a release is published\", choose the type \
         `published`.")
        .types(&["published", "unpublished", "created", "edited", "deleted", "prereleased", "released"])
        .default_branch_file(Some(false)).runs(Sha::ReleaseTag, GitRef::ReleaseTag),
    on("repository_dispatch", "Another program sends an event",
        "Another program asks for a run through GitHub's API, with a name of its choice and its own data \
         in `github.event.client_payload`.")
        .free_types(),
    on("schedule", "At certain times",
        "Runs at fixed times, on the newest commit of the default branch. Runs can start late when GitHub \
         is busy, above all at the full hour.")
        .filters(&["cron", "timezone"]).required(&["cron"]),
    on("status", "A commit gets a status",
        "Another service has reported a status for a commit."),
    on("watch", "Someone stars the repository",
        "A person starred the repository. The name is a relic: watching it does not count.")
        .types(&["started"]).outsiders(),
    on("workflow_call", "Another workflow calls this one",
        "Makes this a reusable workflow, which other workflows run as a job and which takes inputs, \
         secrets and gives outputs.")
        .sections(&["inputs", "secrets", "outputs"]).default_branch_file(Some(false))
        .runs(Sha::Caller, GitRef::Caller).no_payload(),
    on("workflow_dispatch", "Someone starts it by hand",
        "Adds a button to the Actions page that runs the workflow on a chosen branch, with the inputs that \
         you ask for.")
        .sections(&["inputs"]).runs(Sha::Dispatched, GitRef::Dispatched),
    on("workflow_run", "Another workflow starts or ends",
        "Runs after another workflow of the repository, on the default branch and with secrets, also when \
         a fork's pull request started that one.")
        .types(&["requested", "completed", "in_progress"])
        .filters(&["workflows", "branches", "branches-ignore"]).required(&["workflows"]).outsiders(),
];
