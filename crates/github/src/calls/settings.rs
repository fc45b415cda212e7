//! What a repository's settings hold for workflows: secrets, variables, environments, runners, permissions.

use serde::Deserialize;
use serde_json::{Value, json as value};

use super::{Call, Method, Repo, encode, get, in_repo, json, write};

/// Where a secret or a variable lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Store {
    /// The repository.
    Repository,
    /// What the organization shares with the repository.
    Organization,
    /// An environment of the repository.
    Environment(String),
}

impl Store {
    fn path(&self, repo: &Repo, what: &str) -> String {
        match self {
            Self::Repository => in_repo(repo, &format!("/actions/{what}")),
            Self::Organization => in_repo(repo, &format!("/actions/organization-{what}")),
            Self::Environment(name) => in_repo(repo, &format!("/environments/{}/{what}", encode(name))),
        }
    }

    /// Where something new is made. What an organization shares is made in the organization.
    fn home(&self, repo: &Repo, what: &str) -> String {
        match self {
            Self::Organization => format!("/orgs/{}/actions/{what}", encode(&repo.owner)),
            _ => self.path(repo, what),
        }
    }

    /// Its name for people, such as `the environment prod of octo/hello`.
    #[must_use]
    pub fn of(&self, repo: &Repo) -> String {
        match self {
            Self::Repository => repo.to_string(),
            Self::Organization => format!("the organization {}", repo.owner),
            Self::Environment(name) => format!("the environment {name} of {repo}"),
        }
    }

    fn needs(
        &self,
        repository: &'static str,
        environment: &'static str,
        organization: &'static str,
    ) -> &'static str {
        match self {
            Self::Repository => repository,
            Self::Environment(_) => environment,
            Self::Organization => organization,
        }
    }
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

fn names(names: Vec<Name>) -> Vec<String> {
    names.into_iter().map(|name| name.name).collect()
}

/// The names of the secrets of a store. Their values can be read by nobody.
#[must_use]
pub fn secrets(repo: &Repo, store: &Store) -> Call<Vec<String>> {
    #[derive(Deserialize)]
    struct Secrets {
        secrets: Vec<Name>,
    }
    let path = store.path(repo, "secrets?per_page=100");
    let needs = store.needs("Secrets: read", "Environments: read", "Secrets: read");
    let read = |body: &str| json::<Secrets>(body).map(|list| names(list.secrets));
    Call::new(get(path, format!("the secrets of {}", store.of(repo)), needs), read)
}

/// The names of the configuration variables of a store.
#[must_use]
pub fn variables(repo: &Repo, store: &Store) -> Call<Vec<String>> {
    #[derive(Deserialize)]
    struct Variables {
        variables: Vec<Name>,
    }
    let path = store.path(repo, "variables?per_page=30");
    let needs = store.needs("Variables: read", "Environments: read", "Variables: read");
    let read = |body: &str| json::<Variables>(body).map(|list| names(list.variables));
    Call::new(get(path, format!("the variables of {}", store.of(repo)), needs), read)
}

/// An environment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Environment {
    /// Its name.
    pub name: String,
    /// What has to happen before a job with it may run.
    #[serde(default)]
    pub protection_rules: Vec<Gate>,
}

/// Something that a job waits for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Gate {
    /// `wait_timer`, `required_reviewers`, `branch_policy` or the kind of somebody's own rule.
    #[serde(rename = "type")]
    pub kind: String,
    /// Minutes to wait.
    #[serde(default)]
    pub wait_timer: Option<u64>,
}

/// The environments of a repository.
#[must_use]
pub fn environments(repo: &Repo) -> Call<Vec<Environment>> {
    #[derive(Deserialize)]
    struct Environments {
        #[serde(default)]
        environments: Vec<Environment>,
    }
    let path = in_repo(repo, "/environments?per_page=100");
    let read = |body: &str| json::<Environments>(body).map(|list| list.environments);
    Call::new(get(path, format!("the environments of {repo}"), "Actions: read"), read)
}

/// A self-hosted runner.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Runner {
    /// Its name.
    pub name: String,
    /// `online` or `offline`.
    pub status: String,
    /// Its labels.
    pub labels: Vec<Label>,
}

impl Runner {
    /// Whether it has all these labels.
    #[must_use]
    pub fn fits(&self, labels: &[String]) -> bool {
        labels.iter().all(|label| self.labels.iter().any(|own| own.name.eq_ignore_ascii_case(label)))
    }
}

/// A label of a runner.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Label {
    /// Its text.
    pub name: String,
}

#[derive(Deserialize)]
struct Runners {
    runners: Vec<Runner>,
}

/// The repository's own runners; those of its organization are not among them.
#[must_use]
pub fn runners(repo: &Repo) -> Call<Vec<Runner>> {
    let path = in_repo(repo, "/actions/runners?per_page=100");
    let read = |body: &str| json::<Runners>(body).map(|list| list.runners);
    Call::new(get(path, format!("the runners of {repo}"), "Administration: read"), read)
}

/// The runners of the repository's organization. Whether the repository may use them is the matter of their groups.
#[must_use]
pub fn organization_runners(repo: &Repo) -> Call<Vec<Runner>> {
    let path = format!("/orgs/{}/actions/runners?per_page=100", encode(&repo.owner));
    let read = |body: &str| json::<Runners>(body).map(|list| list.runners);
    let subject = format!("the runners of the organization {}", repo.owner);
    Call::new(get(path, subject, "Self-hosted runners: read"), read)
}

/// What `GITHUB_TOKEN` may do when a workflow does not say.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TokenDefaults {
    /// `read` or `write`.
    pub default_workflow_permissions: String,
    /// Whether it may open and approve pull requests.
    pub can_approve_pull_request_reviews: bool,
}

/// What `GITHUB_TOKEN` may do when a workflow does not say.
#[must_use]
pub fn token_defaults(repo: &Repo) -> Call<TokenDefaults> {
    let path = in_repo(repo, "/actions/permissions/workflow");
    Call::new(
        get(path, format!("the default permissions of workflows in {repo}"), "Administration: read"),
        json,
    )
}

/// Which actions may be used.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ActionsPolicy {
    /// Whether workflows run at all.
    pub enabled: bool,
    /// `all`, `local_only` or `selected`.
    #[serde(default)]
    pub allowed_actions: Option<String>,
    /// Whether actions have to be named by a whole commit id.
    #[serde(default)]
    pub sha_pinning_required: bool,
}

/// Which actions may be used.
#[must_use]
pub fn actions_policy(repo: &Repo) -> Call<ActionsPolicy> {
    let path = in_repo(repo, "/actions/permissions");
    Call::new(get(path, format!("the rules for actions in {repo}"), "Administration: read"), json)
}

/// What secrets are sealed with.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PublicKey {
    /// Its id, which is sent along.
    pub key_id: String,
    /// The key in base64.
    pub key: String,
}

/// What secrets of a store are sealed with.
#[must_use]
pub fn public_key(repo: &Repo, store: &Store) -> Call<PublicKey> {
    let needs = store.needs("Secrets: read", "Environments: read", "Organization secrets: read");
    let subject = format!("the key for secrets of {}", store.of(repo));
    Call::new(get(store.home(repo, "secrets/public-key"), subject, needs), json)
}

/// Whether there is a secret of that name: [`crate::Kind::NotFound`] says that there is none.
#[must_use]
pub fn secret(repo: &Repo, store: &Store, name: &str) -> Call<()> {
    let needs = store.needs("Secrets: read", "Environments: read", "Organization secrets: read");
    let path = store.home(repo, &format!("secrets/{}", encode(name)));
    Call::new(get(path, format!("the secret {name} of {}", store.of(repo)), needs), |_| Ok(()))
}

/// Whether there is a variable of that name: [`crate::Kind::NotFound`] says that there is none.
#[must_use]
pub fn variable(repo: &Repo, store: &Store, name: &str) -> Call<()> {
    let needs = store.needs("Variables: read", "Environments: read", "Organization variables: read");
    let path = store.home(repo, &format!("variables/{}", encode(name)));
    Call::new(get(path, format!("the variable {name} of {}", store.of(repo)), needs), |_| Ok(()))
}

/// Creates or replaces a secret. `sealed` is its value as [`PublicKey::seal`] makes it, in base64. One of an organization
/// is for the repository with the id `repository` alone.
#[must_use]
pub fn put_secret(
    repo: &Repo,
    repository: u64,
    store: &Store,
    name: &str,
    sealed: &str,
    key_id: &str,
) -> Call<()> {
    let path = store.home(repo, &format!("secrets/{}", encode(name)));
    let body = value!({ "encrypted_value": sealed, "key_id": key_id });
    let body = shared(store, repository, body);
    let needs = store.needs("Secrets: write", "Environments: write", "Organization secrets: write");
    let subject = format!("to create the secret {name} in {}", store.of(repo));
    Call::new(write(Method::Put, path, body, subject, needs), |_| Ok(()))
}

/// Creates a configuration variable; one of an organization is for the repository with the id `repository` alone.
#[must_use]
pub fn create_variable(repo: &Repo, repository: u64, store: &Store, name: &str, text: &str) -> Call<()> {
    let body = shared(store, repository, value!({ "name": name, "value": text }));
    let needs = store.needs("Variables: write", "Environments: write", "Organization variables: write");
    let subject = format!("to create the variable {name} in {}", store.of(repo));
    Call::new(write(Method::Post, store.home(repo, "variables"), body, subject, needs), |_| Ok(()))
}

/// Gives a configuration variable another value.
#[must_use]
pub fn update_variable(repo: &Repo, store: &Store, name: &str, text: &str) -> Call<()> {
    let body = value!({ "name": name, "value": text });
    let needs = store.needs("Variables: write", "Environments: write", "Organization variables: write");
    let subject = format!("to change the variable {name} in {}", store.of(repo));
    let path = store.home(repo, &format!("variables/{}", encode(name)));
    Call::new(write(Method::Patch, path, body, subject, needs), |_| Ok(()))
}

/// What an organization shares names the repositories that see it.
fn shared(store: &Store, repository: u64, mut body: Value) -> Value {
    if *store == Store::Organization {
        body["visibility"] = "selected".into();
        body["selected_repository_ids"] = value!([repository]);
    }
    body
}
