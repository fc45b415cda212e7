//! What happened.

use std::collections::BTreeMap;

use super::context::{known, look, put};
use crate::expr::Value;
use crate::facts::events::{self, GitRef};
use crate::model::Workflow;

/// An event. What is `None` is not known; [`Event::new`] knows nothing but the name, [`Event::usual`] fills in what an
/// everyday event of that kind brings.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its name, such as `push`.
    pub name: String,
    /// The activity type, such as `opened`; for `repository_dispatch` the name that the sender chose.
    pub activity: Option<String>,
    /// The full ref, such as `refs/heads/main`, that was pushed, created, released, deployed, packaged or chosen for
    /// the run; of no account for events that run on the default branch or on a pull request.
    pub git_ref: Option<String>,
    /// The branch that a pull request or a merge group goes into.
    pub base: Option<String>,
    /// The branch that a pull request comes from; for `workflow_run` the branch of the run that it follows.
    pub head: Option<String>,
    /// Paths of the files that changed, from the root of the repository; none of them is sent for tags.
    pub changed: Option<Vec<String>>,
    /// How many commits were pushed.
    pub commits: Option<u32>,
    /// How many branches or tags were pushed, created or deleted at once.
    pub refs: Option<u32>,
    /// The message of the newest commit.
    pub message: Option<String>,
    /// Whether a pull request comes from a fork.
    pub fork: Option<bool>,
    /// Whether a pull request is in conflict with its base.
    pub conflict: Option<bool>,
    /// Who did it.
    pub actor: Option<String>,
    /// Whether it was done with the `GITHUB_TOKEN` of another run.
    pub by_token: Option<bool>,
    /// How many `workflow_run` events led to it, itself included.
    pub chain: Option<u32>,
    /// The repository as owner/name.
    pub repository: Option<String>,
    /// The default branch.
    pub default_branch: Option<String>,
    /// Whether the workflow file is on the default branch.
    pub on_default_branch: Option<bool>,
    /// The inputs that were given to `workflow_dispatch` or `workflow_call`; those left out take their defaults.
    pub inputs: Option<BTreeMap<String, Value>>,
    /// The cron line that came due.
    pub schedule: Option<String>,
    /// For `workflow_run`: the name of the workflow that ran.
    pub workflow: Option<String>,
    /// Laid over `github.event`, object by object; null when there is nothing to add.
    pub payload: Value,
}

impl Event {
    /// An event of which nothing but its name is known.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            activity: None,
            git_ref: None,
            base: None,
            head: None,
            changed: None,
            commits: None,
            refs: None,
            message: None,
            fork: None,
            conflict: None,
            actor: None,
            by_token: None,
            chain: None,
            repository: None,
            default_branch: None,
            on_default_branch: None,
            inputs: None,
            schedule: None,
            workflow: None,
            payload: Value::Null,
        }
    }

    /// An everyday event of that name, of the kind that `workflow` waits for: by a person, of one commit, on the
    /// default branch, within the repository, without inputs, of the first activity type. The changed files and what
    /// else the payload holds stay unknown.
    #[must_use]
    pub fn usual(name: &str, workflow: &Workflow) -> Self {
        let fact = events::event(name);
        let trigger = workflow.trigger(name);
        let branch = super::presets::default_branch(workflow);
        let types = trigger.map_or(&[][..], |trigger| &trigger.types);
        let first = types.first().map(|kind| kind.value.as_str());
        let first = first.or_else(|| fact.and_then(|fact| fact.types_when_omitted().first().copied()));
        let mut payload = Vec::new();
        let set: &mut dyn FnMut(&str, Value) = &mut |path, value| put(&mut payload, path, value);
        let git_ref = match fact.map(|fact| fact.git_ref) {
            Some(GitRef::ReleaseTag) => Some("refs/tags/v1.0.0".to_owned()),
            Some(GitRef::MergeGroup) => Some(format!("refs/heads/gh-readonly-queue/{branch}/pr-1-0123abc")),
            Some(GitRef::PullRequestMerge | GitRef::DefaultBranch) => None,
            _ => Some(format!("refs/heads/{branch}")),
        };
        match name {
            "pull_request" | "pull_request_target" => {
                set("number", 1.0.into());
                set("pull_request.number", 1.0.into());
                set("pull_request.draft", false.into());
                set("pull_request.merged", false.into());
            }
            "pull_request_review" | "pull_request_review_comment" => set("pull_request.number", 1.0.into()),
            "release" => {
                set("release.draft", false.into());
                set("release.prerelease", (first == Some("prereleased")).into());
            }
            "deployment_status" => set("deployment_status.state", "success".into()),
            "check_run" => set("check_run.check_suite.app.slug", "another-app".into()),
            "check_suite" => set("check_suite.app.slug", "another-app".into()),
            "workflow_run" => {
                set("workflow_run.run_attempt", 1.0.into());
                set("workflow_run.conclusion", "success".into());
                set("workflow_run.event", "push".into());
            }
            _ => {}
        }
        let workflows = trigger.and_then(|t| t.filters.iter().find(|f| f.key.value == "workflows"));
        let is_pull = matches!(fact.map(|fact| fact.git_ref), Some(GitRef::PullRequestMerge))
            || name == "pull_request_target";
        let into = is_pull || name == "merge_group";
        Self {
            activity: first.map(str::to_owned),
            git_ref,
            base: into.then(|| branch.clone()),
            head: match name {
                "workflow_run" => Some(branch.clone()),
                _ => is_pull.then(|| "feature/idea".to_owned()),
            },
            commits: Some(1),
            refs: Some(1),
            message: Some("Change something".to_owned()),
            fork: Some(false),
            conflict: Some(false),
            actor: Some("somebody".to_owned()),
            by_token: Some(false),
            chain: Some(1),
            repository: Some(super::presets::repository(workflow)),
            default_branch: Some(branch),
            on_default_branch: Some(true),
            inputs: Some(BTreeMap::new()),
            schedule: trigger
                .and_then(|trigger| trigger.schedules.first())
                .and_then(|schedule| schedule.cron.as_ref())
                .map(|cron| cron.value.clone()),
            workflow: workflows.and_then(|filter| filter.patterns.first()).map(|name| name.value.clone()),
            payload: known(&payload),
            ..Self::new(name)
        }
    }

    /// On that branch: for a pull request and a merge group the one it goes into, for `workflow_run` the one of the run
    /// that it follows, for the rest the one that was pushed, created or chosen.
    #[must_use]
    pub fn branch(mut self, name: &str) -> Self {
        match self.name.as_str() {
            "merge_group" => {
                self.git_ref = Some(format!("refs/heads/gh-readonly-queue/{name}/pr-1-0123abc"));
                self.base = Some(name.to_owned());
            }
            "workflow_run" => self.head = Some(name.to_owned()),
            event if event.starts_with("pull_request") => self.base = Some(name.to_owned()),
            event => {
                if events::event(event).is_some_and(events::Event::runs_default_branch) {
                    self.default_branch = Some(name.to_owned());
                }
                self.git_ref = Some(format!("refs/heads/{name}"));
            }
        }
        self
    }

    /// On that tag.
    #[must_use]
    pub fn tag(mut self, name: &str) -> Self {
        self.git_ref = Some(format!("refs/tags/{name}"));
        self
    }

    /// With that activity type.
    #[must_use]
    pub fn activity(mut self, name: &str) -> Self {
        self.activity = Some(name.to_owned());
        self
    }

    /// With these changed files.
    #[must_use]
    pub fn changed(mut self, paths: &[&str]) -> Self {
        self.changed = Some(paths.iter().map(|path| (*path).to_owned()).collect());
        self
    }

    /// With that input, beside those that are there.
    #[must_use]
    pub fn input(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.inputs.get_or_insert_default().insert(name.to_owned(), value.into());
        self
    }

    /// With that value in the payload, at a path such as `release.draft`, beside those that are there.
    #[must_use]
    pub fn with(self, path: &str, value: impl Into<Value>) -> Self {
        let mut entries = Vec::new();
        put(&mut entries, path, value.into());
        self.payload(&known(&entries))
    }

    /// With that payload laid over the one that is there, object by object. What it says of the sender, the commit
    /// message, the schedule, the fork and the run that `workflow_run` follows becomes part of the event itself.
    #[must_use]
    pub fn payload(mut self, payload: &Value) -> Self {
        let text = |path: &[&str]| look(payload, path).and_then(Value::to_text).map(|text| text.to_string());
        let set = |field: &mut Option<String>, value: Option<String>| {
            if value.is_some() {
                *field = value;
            }
        };
        set(&mut self.actor, text(&["sender", "login"]));
        match self.name.as_str() {
            "push" => set(&mut self.message, text(&["head_commit", "message"])),
            "schedule" => set(&mut self.schedule, text(&["schedule"])),
            "workflow_run" => {
                set(&mut self.workflow, text(&["workflow_run", "name"]).or(text(&["workflow", "name"])));
                set(&mut self.head, text(&["workflow_run", "head_branch"]));
            }
            _ => {}
        }
        let fork = look(payload, &["pull_request", "head", "repo", "fork"]).and_then(Value::truth);
        self.fork = fork.or(self.fork);
        self.payload = super::context::overlay(self.payload, payload);
        self
    }

    /// The short name of the branch or tag in [`Event::git_ref`], and whether it is a tag.
    #[must_use]
    pub fn short_ref(&self) -> Option<(&str, bool)> {
        let full = self.git_ref.as_deref()?;
        match (full.strip_prefix("refs/heads/"), full.strip_prefix("refs/tags/")) {
            (Some(branch), _) => Some((branch, false)),
            (None, Some(tag)) => Some((tag, true)),
            (None, None) => None,
        }
    }
}
