//! The events that start workflows.

mod activity;
mod table;

pub use activity::activity_doc;
pub use table::EVENTS;

/// An event under `on`.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// Its key.
    pub name: &'static str,
    /// What happens, in plain words for forms: "Code is pushed".
    pub title: &'static str,
    /// What it is good for, in a sentence or two of Markdown.
    pub doc: &'static str,
    /// Whether it can still be used.
    pub status: Status,
    /// The activity types that `types` may list; empty when there are none, or when they are free.
    pub types: &'static [&'static str],
    /// Whether `types` takes any text: the names that the sender has chosen.
    pub free_types: bool,
    /// The activity types that start the workflow when `types` is not set, where these are not all of them.
    pub default_types: Option<&'static [&'static str]>,
    /// The filter keys that it allows beside `types`.
    pub filters: &'static [&'static str],
    /// The keys under it that are no filters, such as `inputs`.
    pub sections: &'static [&'static str],
    /// Keys without which it never starts a workflow.
    pub required: &'static [&'static str],
    /// Whether the workflow file has to be on the default branch to be seen; `None`: not known.
    pub default_branch_file: Option<bool>,
    /// What a fork's pull request may do: `true` when its runs get a read-only token and no secrets.
    pub fork_restricted: bool,
    /// Whether people without any right to the repository can start a run that has its secrets and a token that writes.
    pub outsiders: bool,
    /// The commit that runs (`github.sha`).
    pub sha: Sha,
    /// The ref that runs (`github.ref`).
    pub git_ref: GitRef,
    /// The event whose payload `github.event` has; `None`: nothing is known about it.
    pub payload: Option<&'static str>,
}

/// Whether an event can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It can.
    Available,
    /// It can, but may change.
    Preview,
    /// github.com no longer sends it.
    Retired,
    /// Another name of this event, which is the one to write.
    AliasOf(&'static str),
}

/// Which commit `github.sha` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sha {
    /// The newest commit of the default branch.
    DefaultBranch,
    /// The newest commit that was pushed.
    Pushed,
    /// The commit that merging the pull request would make.
    PullRequestMerge,
    /// The newest commit of the merge group.
    MergeGroup,
    /// The newest commit of the branch or tag that was created.
    Created,
    /// The commit that is deployed.
    Deployed,
    /// The newest commit of the branch or tag that was chosen for the run.
    Dispatched,
    /// The commit the package was made from.
    Package,
    /// The commit of the release's tag.
    ReleaseTag,
    /// That of the calling workflow.
    Caller,
}

/// Which ref `github.ref` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GitRef {
    /// The default branch.
    DefaultBranch,
    /// The branch or tag that was pushed.
    Pushed,
    /// `refs/pull/<number>/merge`.
    PullRequestMerge,
    /// The temporary branch of the merge group.
    MergeGroup,
    /// The branch or tag that was created.
    Created,
    /// The branch or tag that is deployed; empty when a commit is.
    Deployed,
    /// The branch or tag that was chosen for the run.
    Dispatched,
    /// The branch or tag of the package.
    Package,
    /// `refs/tags/<tag>` of the release.
    ReleaseTag,
    /// That of the calling workflow.
    Caller,
}

impl Sha {
    /// What it is, as the rest of a sentence that starts with "The workflow runs on".
    #[must_use]
    pub fn doc(self) -> &'static str {
        match self {
            Self::DefaultBranch => "the newest commit of the default branch",
            Self::Pushed => "the newest commit that was pushed",
            Self::PullRequestMerge => "the pull request as it would look after merging",
            Self::MergeGroup => "the newest commit of the merge group",
            Self::Created => "the newest commit of the new branch or tag",
            Self::Deployed => "the commit that is deployed",
            Self::Dispatched => "the newest commit of the branch or tag that was chosen",
            Self::Package => "the commit that the package was made from",
            Self::ReleaseTag => "the commit of the release's tag",
            Self::Caller => "the commit of the calling workflow",
        }
    }
}

impl Event {
    /// The activity types that start the workflow when `types` is not set.
    #[must_use]
    pub fn types_when_omitted(&self) -> &'static [&'static str] {
        self.default_types.unwrap_or(self.types)
    }

    /// Whether it takes a `types` key.
    #[must_use]
    pub fn has_types(&self) -> bool {
        self.free_types || !self.types.is_empty()
    }

    /// Every key that may stand under it.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.has_types()
            .then_some("types")
            .into_iter()
            .chain(self.filters.iter().chain(self.sections).copied())
    }

    /// The filter that cannot stand beside `filter`: `branches` and `branches-ignore`, and so on.
    #[must_use]
    pub fn opposite(&self, filter: &str) -> Option<&'static str> {
        let base = filter.strip_suffix("-ignore");
        self.filters.iter().copied().find(|other| match base {
            Some(base) => *other == base,
            None => other.strip_suffix("-ignore") == Some(filter),
        })
    }

    /// Whether it runs the default branch, whatever the event is about.
    #[must_use]
    pub fn runs_default_branch(&self) -> bool {
        self.git_ref == GitRef::DefaultBranch
    }
}

/// The event named `name`; case matters.
#[must_use]
pub fn event(name: &str) -> Option<&'static Event> {
    EVENTS.iter().find(|event| event.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_whole() {
        assert!(EVENTS.windows(2).all(|pair| pair[0].name < pair[1].name));
        assert_eq!(EVENTS.len(), 37);
        assert_eq!(EVENTS.iter().map(|event| event.types.len()).sum::<usize>(), 139);
        for event in EVENTS {
            assert!(event.doc.ends_with('.') && !event.title.ends_with('.'), "{}", event.name);
            assert!(event.types_when_omitted().iter().all(|t| event.types.contains(t)), "{}", event.name);
            for kind in event.types {
                let doc = activity_doc(event.name, kind);
                assert!(doc.ends_with('.') && !doc.contains("{}"), "{} {kind}: {doc}", event.name);
            }
            if let Some(payload) = event.payload {
                assert!(super::event(payload).is_some(), "{payload}");
            }
            if let Status::AliasOf(name) = event.status {
                assert_eq!(super::event(name).map(|e| e.status), Some(Status::Available));
            }
        }
    }

    #[test]
    fn facts_that_people_stumble_over() {
        let get = |name| event(name).copied().ok_or(name);
        assert_eq!(
            get("pull_request").map(|e| e.types_when_omitted()),
            Ok(&["opened", "synchronize", "reopened"][..])
        );
        assert_eq!(get("issues").map(|e| e.types_when_omitted().len()), Ok(20));
        assert_eq!(get("pull_request").map(|e| (e.fork_restricted, e.outsiders)), Ok((true, false)));
        assert_eq!(get("pull_request_target").map(|e| (e.fork_restricted, e.outsiders)), Ok((false, true)));
        assert_eq!(get("schedule").map(|e| e.default_branch_file), Ok(Some(true)));
        assert_eq!(get("push").map(|e| e.default_branch_file), Ok(Some(false)));
        assert_eq!(get("push").map(|e| e.opposite("paths-ignore")), Ok(Some("paths")));
        assert_eq!(get("push").map(|e| e.opposite("tags")), Ok(Some("tags-ignore")));
        assert_eq!(get("workflow_run").map(|e| e.opposite("workflows")), Ok(None));
        assert_eq!(
            get("workflow_run").map(|e| e.keys().collect::<Vec<_>>()),
            Ok(vec!["types", "workflows", "branches", "branches-ignore"])
        );
        assert!(event("Push").is_none());
    }
}
