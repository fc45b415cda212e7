//! Whether a repository has what the workflow needs: asked of GitHub, and told line by line.

mod lines;
mod pins;
mod versions;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_github::calls::{
    self, ActionsPolicy, Environment, Repository, Runner, Store, Tag, TokenDefaults,
};
use stepladder_github::{Failure, Kind, Repo};
use stepladder_workflow::facts::actions::Action as Catalogued;
use stepladder_workflow::{NameKind, Requirements};

pub(crate) use lines::{Line, Remedy, State, beside, checklist, lines, name_line, place_read};

pub(crate) use pins::{Commit, Known, Pin};

use super::GitHub;

/// Most environments that are looked into because one is computed.
const MOST_ENVIRONMENTS: usize = 12;

/// Most pages of tags that are asked for without a token, with which 60 requests an hour are all there are.
const PUBLIC_PAGES: usize = 3;

/// What was asked, or why it cannot be seen.
pub(crate) type Seen<T> = Result<T, Failure>;

/// What GitHub told of a repository.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    /// Which.
    pub(crate) repo: Repo,
    /// The repository.
    pub(crate) about: Seen<Repository>,
    /// Names of secrets and variables by where they live.
    pub(crate) names: Vec<(NameKind, Store, Seen<Vec<String>>)>,
    pub(crate) environments: Option<Seen<Vec<Environment>>>,
    pub(crate) runners: Option<Seen<Vec<Runner>>>,
    /// Those of its organization, if it is of one and the repository's own are not enough.
    pub(crate) shared_runners: Option<Seen<Vec<Runner>>>,
    pub(crate) defaults: Option<Seen<TokenDefaults>>,
    pub(crate) policy: Seen<ActionsPolicy>,
    /// Whether the file is on the default branch.
    pub(crate) on_default: Option<Seen<bool>>,
    /// By what stands behind `uses`.
    pub(crate) uses: BTreeMap<String, Used>,
}

/// An action or a reusable workflow of another repository.
#[derive(Clone, Debug)]
pub(crate) struct Used {
    /// The text of its metadata or workflow file at the ref.
    pub(crate) text: Seen<String>,
    /// The tags of its repository.
    pub(crate) tags: Seen<Vec<Tag>>,
}

impl GitHub {
    /// Asks for all that `needs` names; `file` is the path of the workflow. `told` hears what is being asked.
    pub(crate) async fn preflight(
        self,
        repo: Repo,
        file: &str,
        needs: &Requirements,
        told: impl Fn(String),
    ) -> Facts {
        told(format!("Reading {repo}…"));
        let about = self.send(&calls::repository(&repo)).await;
        let is_organization = about.as_ref().is_ok_and(|about| about.owner.kind == "Organization");
        let mut stores = vec![Store::Repository];
        if is_organization {
            stores.push(Store::Organization);
        }
        // What a computed environment may be, GitHub knows: those that there are.
        let is_computed = needs.names.iter().any(|name| name.anywhere);
        let environments = match needs.environments.is_empty() && !is_computed {
            true => None,
            false => Some(self.send(&calls::environments(&repo)).await),
        };
        let named = needs.names.iter().flat_map(|name| name.environments.clone());
        let mut wanted: Vec<String> = named.collect();
        if let (true, Some(Ok(all))) = (is_computed, &environments) {
            wanted.extend(all.iter().take(MOST_ENVIRONMENTS).map(|environment| environment.name.clone()));
        }
        wanted.sort();
        wanted.dedup();
        stores.extend(wanted.into_iter().map(Store::Environment));
        let mut names = Vec::new();
        for kind in [NameKind::Secret, NameKind::Variable] {
            if !needs.names.iter().any(|name| name.kind == kind) {
                continue;
            }
            told("Reading the names of secrets and variables…".to_owned());
            for store in &stores {
                let call = match kind {
                    NameKind::Secret => calls::secrets(&repo, store),
                    NameKind::Variable => calls::variables(&repo, store),
                };
                let seen = match self.private(&call).await {
                    // An environment that is not there holds nothing.
                    Err(failure)
                        if failure.kind == Kind::NotFound && matches!(store, Store::Environment(_)) =>
                    {
                        Ok(Vec::new())
                    }
                    other => other,
                };
                names.push((kind, store.clone(), seen));
            }
        }
        told("Reading runners and rules…".to_owned());
        let runners = match needs.runners.is_empty() {
            true => None,
            false => Some(self.private(&calls::runners(&repo)).await),
        };
        let own = runners.as_ref().and_then(|seen| seen.as_deref().ok()).unwrap_or_default();
        let lacks = needs.runners.iter().any(|labels| !own.iter().any(|runner| runner.fits(labels)));
        let shared_runners = match is_organization && lacks {
            true => Some(self.private(&calls::organization_runners(&repo)).await),
            false => None,
        };
        let defaults = match needs.default_permissions {
            true => Some(self.private(&calls::token_defaults(&repo)).await),
            false => None,
        };
        let policy = self.private(&calls::actions_policy(&repo)).await;
        let on_default = match (&about, needs.default_branch_events.is_empty()) {
            (Ok(about), false) => {
                Some(match self.send(&calls::file(&repo, file, &about.default_branch)).await {
                    Ok(_) => Ok(true),
                    Err(failure) if failure.kind == Kind::NotFound => Ok(false),
                    Err(failure) => Err(failure),
                })
            }
            _ => None,
        };
        let mut uses = BTreeMap::new();
        for used in &needs.uses {
            told(format!("Reading {used}…"));
            if let Some(text) = self.used_text(used).await {
                uses.insert(used.clone(), Used { text, tags: self.tags(used).await });
            }
        }
        Facts {
            repo,
            about,
            names,
            environments,
            runners,
            shared_runners,
            defaults,
            policy,
            on_default,
            uses,
        }
    }

    /// Asks what only those with rights are told, in several pages; without a token it is not even tried.
    async fn private<T: Private>(self, call: &stepladder_github::Call<T>) -> Seen<T> {
        if self.is_signed_in_untracked() {
            return T::ask(self, call).await;
        }
        let message = format!("GitHub shows {} only to those who sign in.", call.request.subject);
        Err(Failure { kind: Kind::Forbidden, message })
    }

    /// The text of the metadata or workflow file that stands behind `uses`; `None`: it names none.
    pub(crate) async fn used_text(self, uses: &str) -> Option<Seen<String>> {
        let (slug, git_ref) = uses.split_once('@')?;
        let mut parts = slug.splitn(3, '/');
        let repo = Repo::new(&format!("{}/{}", parts.next()?, parts.next()?))?;
        let path = parts.next().unwrap_or_default();
        let is_workflow = path.starts_with(".github/workflows/");
        let names = if is_workflow {
            vec![path.to_owned()]
        } else {
            ["action.yml", "action.yaml"]
                .map(|name| format!("{path}/{name}").trim_start_matches('/').to_owned())
                .to_vec()
        };
        let mut text = None;
        for name in names {
            let seen = self.send(&calls::file(&repo, &name, git_ref)).await.map(|file| file.text);
            let found = seen.is_ok();
            text = Some(text.filter(|_| !found).unwrap_or(seen));
            if found {
                break;
            }
        }
        text
    }

    /// The tags of the action behind `uses`: those that GitHub told, else those that the catalogue knows of `action`.
    pub(crate) fn known(self, uses: &str, action: Option<&Catalogued>) -> Known {
        let told = self.tags.with(|known| known.get(&repository(uses)).cloned());
        match told.filter(|tags| !tags.is_empty()) {
            Some(tags) => Known::told(tags, action),
            None => Known::catalogued(action),
        }
    }

    /// Whether GitHub told the tags of the repository of `uses`.
    pub(crate) fn knows_versions(self, uses: &str) -> bool {
        self.tags.with(|known| known.contains_key(&repository(uses)))
    }

    /// Asks for the tags of the repository of `uses`, so that its versions are known.
    pub(crate) async fn ask_versions(self, uses: &str) -> Seen<()> {
        self.tags(uses).await.map(drop)
    }

    /// Likewise without being told to, once, and only for those who are signed in.
    pub(crate) fn look_for_versions(self, uses: &str) {
        let is_wanted = self.account.with(Option::is_some) && !self.knows_versions(uses);
        if is_wanted && self.looked_for.try_update_value(|seen| seen.insert(repository(uses))) == Some(true) {
            let uses = uses.to_owned();
            spawn_local(async move {
                // Nobody has asked; who presses the button is told why not.
                let _ = self.ask_versions(&uses).await;
            });
        }
    }

    /// The newest version of the action `slug`; `None`: it has no numbered one.
    pub(crate) async fn newest(self, slug: &str) -> Seen<Option<String>> {
        Ok(versions::newest_ref(&self.tags(slug).await?))
    }

    /// The tags of the repository that is named before the `@`. GitHub sorts them by their letters, `v9` before `v10`, so
    /// that one page may lack the newest. With a token there are requests enough for all of them.
    async fn tags(self, uses: &str) -> Seen<Vec<Tag>> {
        let name = repository(uses);
        let Some(repo) = Repo::new(&name) else { return Ok(Vec::new()) };
        let most = if self.is_signed_in_untracked() { 10 } else { PUBLIC_PAGES };
        let told = self.send_pages(&calls::tags(&repo), most).await;
        if let Ok(tags) = &told {
            let tags: Arc<[Tag]> = tags.clone().into();
            self.tags.update(|known| drop(known.insert(name, tags)));
        }
        told
    }
}

/// `owner/name` of the repository that is named before the `@` of a `uses`, in lower case.
fn repository(uses: &str) -> String {
    let mut parts = uses.split(['/', '@']).map(str::to_ascii_lowercase);
    [parts.next().unwrap_or_default(), parts.next().unwrap_or_default()].join("/")
}

/// An answer that may be one page of several.
trait Private: Sized {
    async fn ask(github: GitHub, call: &stepladder_github::Call<Self>) -> Seen<Self>;
}

impl<T> Private for Vec<T> {
    async fn ask(github: GitHub, call: &stepladder_github::Call<Self>) -> Seen<Self> {
        github.send_all(call).await
    }
}

impl Private for TokenDefaults {
    async fn ask(github: GitHub, call: &stepladder_github::Call<Self>) -> Seen<Self> {
        github.send(call).await
    }
}

impl Private for ActionsPolicy {
    async fn ask(github: GitHub, call: &stepladder_github::Call<Self>) -> Seen<Self> {
        github.send(call).await
    }
}
