//! What each activity type means.

/// What has happened when `event` starts a workflow with activity type `kind`, in one sentence; empty for a pair that
/// does not exist.
#[must_use]
pub fn activity_doc(event: &str, kind: &str) -> String {
    if let Some((.., doc)) = SPECIAL.iter().find(|(events, own, _)| *own == kind && events.contains(&event)) {
        return (*doc).to_owned();
    }
    let subject = SUBJECTS.iter().find(|(name, _)| *name == event);
    let verb = VERBS.iter().find(|(own, _)| *own == kind);
    match (subject, verb) {
        (Some((_, subject)), Some((_, verb))) => [subject, " ", verb, "."].concat(),
        _ => String::new(),
    }
}

/// What an event is about.
static SUBJECTS: &[(&str, &str)] = &[
    ("branch_protection_rule", "A branch protection rule"),
    ("check_run", "A check run"),
    ("check_suite", "A check suite"),
    ("discussion", "A discussion"),
    ("discussion_comment", "A comment on a discussion"),
    ("image_version", "A version of a custom runner image"),
    ("issue_comment", "A comment on an issue or pull request"),
    ("issues", "An issue"),
    ("label", "A label"),
    ("merge_group", "A merge group"),
    ("milestone", "A milestone"),
    ("project", "A classic project"),
    ("project_card", "A card of a classic project"),
    ("project_column", "A column of a classic project"),
    ("pull_request", "A pull request"),
    ("pull_request_comment", "A comment on a pull request"),
    ("pull_request_review", "A review"),
    ("pull_request_review_comment", "A comment on a line of a pull request"),
    ("pull_request_target", "A pull request"),
    ("registry_package", "A package"),
    ("release", "A release"),
    ("workflow_run", "A run of one of the named workflows"),
];

/// What happened to it.
static VERBS: &[(&str, &str)] = &[
    ("answered", "got an answer"),
    ("assigned", "was assigned to a person"),
    ("auto_merge_disabled", "no longer merges by itself"),
    ("auto_merge_enabled", "was set to merge by itself when its requirements are met"),
    ("category_changed", "moved to another category"),
    ("closed", "was closed"),
    ("completed", "has ended"),
    ("converted", "was turned into an issue"),
    ("converted_to_draft", "went back to being a draft"),
    ("created", "was created"),
    ("deleted", "was deleted"),
    ("demilestoned", "was taken out of its milestone"),
    ("dequeued", "left the merge queue"),
    ("dismissed", "was dismissed"),
    ("edited", "was edited"),
    ("enqueued", "joined the merge queue"),
    ("field_added", "got a field"),
    ("field_removed", "lost a field"),
    ("in_progress", "has started to work"),
    ("labeled", "got a label"),
    ("locked", "was locked, so that only some people can comment"),
    ("milestoned", "was put into a milestone"),
    ("moved", "was moved"),
    ("opened", "was opened"),
    ("pinned", "was pinned"),
    ("published", "was published"),
    ("ready", "is ready to be used"),
    ("ready_for_review", "is no draft any more"),
    ("reopened", "was opened again"),
    ("requested", "was asked for and waits"),
    ("rerequested", "was asked for again"),
    ("review_request_removed", "no longer asks a person for a review"),
    ("review_requested", "asks a person for a review"),
    ("stacked", "became part of a stack of pull requests"),
    ("submitted", "was submitted"),
    ("transferred", "was moved to another repository"),
    ("typed", "was given a type"),
    ("unanswered", "lost the mark on its answer"),
    ("unassigned", "lost a person it was assigned to"),
    ("unlabeled", "lost a label"),
    ("unlocked", "was unlocked"),
    ("unpinned", "is no longer pinned"),
    ("unpublished", "was taken back"),
    ("untyped", "lost its type"),
    ("updated", "was updated"),
];

/// Where subject and verb do not tell enough: events, type, sentence.
static SPECIAL: &[(&[&str], &str, &str)] = &[
    (
        &["pull_request", "pull_request_target"],
        "closed",
        "A pull request was merged, or closed without merging; `github.event.pull_request.merged` tells which.",
    ),
    (
        &["pull_request", "pull_request_target"],
        "edited",
        "The title, text or base branch of a pull request was changed.",
    ),
    (
        &["pull_request", "pull_request_target"],
        "synchronize",
        "New commits were pushed to the branch of a pull request.",
    ),
    (&["issues"], "edited", "The title or text of an issue was changed."),
    (&["check_run"], "requested_action", "A person pressed a button that a check run shows."),
    (
        &["merge_group"],
        "checks_requested",
        "The merge queue asks for the checks of a group before merging it.",
    ),
    (&["milestone"], "opened", "A closed milestone was opened again."),
    (&["watch"], "started", "A person starred the repository."),
    (&["release"], "created", "A release was saved for the first time; saving a draft does not count."),
    (&["release"], "edited", "The texts of a release were changed; changing a draft does not count."),
    (&["release"], "deleted", "A release was deleted; deleting a draft does not count."),
    (
        &["release"],
        "published",
        "A release or pre-release was published, also from a draft: the usual choice.",
    ),
    (&["release"], "prereleased", "A pre-release was created; one that starts as a draft does not count."),
    (&["release"], "released", "A release was published, or a pre-release became a release."),
    (
        &["workflow_run"],
        "requested",
        "A run of one of the named workflows was started; a re-run does not count.",
    ),
    (
        &["workflow_run"],
        "completed",
        "A run of one of the named workflows has ended, well or badly; `github.event.workflow_run.conclusion` tells how.",
    ),
];
