//! What strangers can write into a run, and where it would be executed.
//!
//! Source: GitHub's guide to script injections, with the sinks that its code scanning knows.

/// Values that somebody without rights in the repository chooses; `*` is any item of a list.
pub const UNTRUSTED: &[&[&str]] = &[
    &["github", "head_ref"],
    &["github", "event", "issue", "title"],
    &["github", "event", "issue", "body"],
    &["github", "event", "pull_request", "title"],
    &["github", "event", "pull_request", "body"],
    &["github", "event", "pull_request", "head", "ref"],
    &["github", "event", "pull_request", "head", "label"],
    &["github", "event", "pull_request", "head", "repo", "default_branch"],
    &["github", "event", "comment", "body"],
    &["github", "event", "review", "body"],
    &["github", "event", "review_comment", "body"],
    &["github", "event", "pages", "*", "page_name"],
    &["github", "event", "commits", "*", "message"],
    &["github", "event", "commits", "*", "author", "email"],
    &["github", "event", "commits", "*", "author", "name"],
    &["github", "event", "head_commit", "message"],
    &["github", "event", "head_commit", "author", "email"],
    &["github", "event", "head_commit", "author", "name"],
    &["github", "event", "discussion", "title"],
    &["github", "event", "discussion", "body"],
    &["github", "event", "workflow_run", "head_branch"],
    &["github", "event", "workflow_run", "head_commit", "message"],
    &["github", "event", "workflow_run", "head_commit", "author", "email"],
    &["github", "event", "workflow_run", "head_commit", "author", "name"],
];

/// Actions and those of their inputs that they run as code.
const SINKS: &[(&str, &[&str])] = &[
    ("8398a7/action-slack", &["custom_payload"]),
    ("actions/github-script", &["script"]),
    ("addnab/docker-run-action", &["options", "run"]),
    ("amadevus/pwsh-script", &["script"]),
    ("appleboy/ssh-action", &["script"]),
    ("azure/cli", &["inlineScript"]),
    ("azure/powershell", &["inlineScript"]),
    ("cardinalby/js-eval-action", &["expression"]),
    ("devorbitus/yq-action-output", &["cmd"]),
    ("gautamkrishnar/blog-post-workflow", &["item_exec"]),
    ("jannekem/run-python-script-action", &["script"]),
    ("mikefarah/yq", &["cmd"]),
    ("sergeysova/jq-action", &["cmd"]),
];

/// Whether the action `slug` (`owner/repo`, in any case) runs what stands in its input `name`.
#[must_use]
pub fn is_sink(slug: &str, name: &str) -> bool {
    SINKS.iter().any(|(sink, inputs)| {
        sink.eq_ignore_ascii_case(slug) && inputs.iter().any(|input| input.eq_ignore_ascii_case(name))
    })
}
