//! `permissions`: what the job's token may do.

use super::{Field, Map, Values, Widget, field};

/// `permissions`, of a workflow and of a job alike.
pub(super) static FIELD: Field = field(
    "permissions",
    "Permissions",
    "What the `GITHUB_TOKEN` of the jobs may do. Once anything is set here, every scope that is not named has no \
     access; `{}` takes away all. `read-all` and `write-all` set every scope at once.",
)
.values(Values::Closed(&["read-all", "write-all"]))
.or_mapping(&[&MAP])
.widget(Widget::Permissions);

const fn scope(key: &'static str, title: &'static str, doc: &'static str) -> Field {
    field(key, title, doc).values(Values::Closed(&["read", "write", "none"]))
}

pub(super) static MAP: Map = Map::new(
    "permissions",
    "permissions",
    &[
        scope("actions", "Actions", "Workflow runs and artifacts; `write` can cancel and re-run, and delete artifacts and caches."),
        scope("artifact-metadata", "Artifact metadata", "Records about where built artifacts are stored and deployed."),
        scope("attestations", "Attestations", "Signed statements about how an artifact was built; `write` is needed to make one."),
        scope("checks", "Checks", "Check runs and check suites, as shown on commits and pull requests."),
        scope("code-quality", "Code quality", "Findings of GitHub's code quality analysis."),
        scope("contents", "Contents", "Files, commits, branches, tags and releases; `read` is enough to check out, `write` can push and publish releases."),
        field("copilot-requests", "Copilot requests", "Sending requests to GitHub Copilot on behalf of the workflow.")
            .values(Values::Closed(&["write", "none"])),
        scope("deployments", "Deployments", "Deployments and their statuses."),
        scope("discussions", "Discussions", "Discussions of the repository."),
        scope("drives", "Drives", "Persistent drives that jobs may attach."),
        field("id-token", "OIDC token", "Asking for an OpenID Connect token, with which a job signs in to a cloud or a package registry without a stored secret.")
            .values(Values::Closed(&["write", "none"])),
        scope("issues", "Issues", "Issues, their comments, labels and milestones."),
        field("models", "Models", "Using GitHub Models for AI inference.").values(Values::Closed(&["read", "none"])),
        scope("packages", "Packages", "GitHub Packages; `write` can publish, container images included."),
        scope("pages", "Pages", "GitHub Pages; `write` is needed to deploy a site."),
        scope("pull-requests", "Pull requests", "Pull requests, their reviews, labels and comments."),
        scope("repository-projects", "Classic projects", "Classic project boards of the repository."),
        scope("security-events", "Security events", "Code scanning and security alerts; `write` is needed to upload a SARIF file."),
        scope("statuses", "Commit statuses", "Statuses of commits."),
        field("vulnerability-alerts", "Vulnerability alerts", "Dependabot's alerts about vulnerable dependencies.")
            .values(Values::Closed(&["read", "none"])),
    ],
);
