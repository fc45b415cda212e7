//! Files of repositories and gists: what there is, and its text.

use stepladder_github::calls::{self, Tree};
use stepladder_github::{Address, Failure, Kind, Repo};

use super::GitHub;
use super::source::Source;
use crate::session::MAX_ANALYSED;

/// What an address led to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found {
    /// One file, ready to be opened.
    File(Opened),
    /// Several to choose from.
    List(Listing),
}

/// A file with its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Opened {
    /// Path in its repository.
    pub(crate) path: String,
    /// The text.
    pub(crate) text: String,
    /// Where it is; `None` for a gist.
    pub(crate) source: Option<Source>,
}

/// The files of a place that may be opened.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Listing {
    /// What it is a list of: `octo/hello` or `gist 0123`.
    pub(crate) title: String,
    /// Which repository; `None` for a gist.
    pub(crate) repo: Option<Repo>,
    /// The branch, tag or commit.
    pub(crate) at: String,
    /// The names of branches that can be chosen instead.
    pub(crate) branches: Vec<String>,
    /// Paths of workflows; of a gist, its files.
    pub(crate) workflows: Vec<String>,
    /// Paths of actions' metadata files.
    pub(crate) actions: Vec<String>,
    /// Whether GitHub told only a part of the files.
    pub(crate) truncated: bool,
    /// The texts of a gist, which come along with its list.
    texts: Vec<(String, String)>,
}

impl GitHub {
    /// What `address` leads to.
    ///
    /// # Errors
    /// What went wrong, for the person.
    pub(crate) async fn look_at(self, address: Address) -> Result<Found, Failure> {
        match address {
            Address::Repository { repo, at } => self.list(repo, at).await.map(Found::List),
            Address::Path { repo, readings } => self.find(repo, readings).await,
            Address::Gist { id } => self.list_gist(&id).await,
        }
    }

    async fn find(self, repo: Repo, readings: Vec<(Option<String>, String)>) -> Result<Found, Failure> {
        let mut first = None;
        for (at, path) in readings {
            let at = match at {
                Some(at) => at,
                None => self.send(&calls::repository(&repo)).await?.default_branch,
            };
            let is_file = path.ends_with(".yml") || path.ends_with(".yaml");
            if !is_file {
                // A folder, or an action by its folder.
                match self.list(repo.clone(), Some(at)).await {
                    Ok(listing) => {
                        let action = |name: &str| format!("{}/{name}", path.trim_end_matches('/'));
                        let names = [action("action.yml"), action("action.yaml")];
                        if let Some(file) = listing.actions.iter().find(|file| names.contains(file)) {
                            return self.open(&listing, file).await.map(Found::File);
                        }
                        return Ok(Found::List(listing));
                    }
                    Err(failure) if failure.kind == Kind::NotFound => first = first.or(Some(failure)),
                    Err(failure) => return Err(failure),
                }
                continue;
            }
            match self.send(&calls::file(&repo, &path, &at)).await {
                Ok(file) => {
                    let source = Some(self.source(&repo, &at, &path));
                    return Ok(Found::File(Opened { path, text: file.text, source }));
                }
                Err(failure) if failure.kind == Kind::NotFound => first = first.or(Some(failure)),
                Err(failure) => return Err(failure),
            }
        }
        Err(first.unwrap_or(Failure {
            kind: Kind::NotFound,
            message: format!("That address names no file of {repo}; open the repository and choose one."),
        }))
    }

    async fn list(self, repo: Repo, at: Option<String>) -> Result<Listing, Failure> {
        let about = self.send(&calls::repository(&repo)).await?;
        let repo = Repo::new(&about.full_name).unwrap_or(repo);
        let at = at.unwrap_or(about.default_branch);
        let tree: Tree = match self.send(&calls::tree(&repo, &at)).await {
            // A name that is no branch can still be one that only commits are asked by, such as a pull request's.
            Err(failure) if failure.kind == Kind::NotFound => {
                let commit = self.send(&calls::commit(&repo, &at)).await?;
                self.send(&calls::tree(&repo, &commit.sha)).await?
            }
            other => other?,
        };
        let paths =
            |entries: Vec<&calls::Entry>| entries.into_iter().map(|entry| entry.path.clone()).collect();
        let branches = self.send(&calls::branches(&repo)).await.unwrap_or_default();
        Ok(Listing {
            title: repo.to_string(),
            repo: Some(repo),
            at,
            branches: branches.into_iter().map(|branch| branch.name).collect(),
            workflows: paths(tree.workflows()),
            actions: paths(tree.actions()),
            truncated: tree.truncated,
            texts: Vec::new(),
        })
    }

    async fn list_gist(self, id: &str) -> Result<Found, Failure> {
        let gist = self.send(&calls::gist(id)).await?;
        let whole = gist.files.into_iter().filter_map(|(name, file)| {
            let is_yaml = name.ends_with(".yml") || name.ends_with(".yaml");
            (is_yaml && !file.truncated).then_some((name, file.content?))
        });
        let texts: Vec<(String, String)> = whole.collect();
        if let [(path, text)] = texts.as_slice() {
            return Ok(Found::File(Opened { path: path.clone(), text: text.clone(), source: None }));
        }
        Ok(Found::List(Listing {
            title: format!("gist {id}"),
            repo: None,
            at: String::new(),
            branches: Vec::new(),
            workflows: texts.iter().map(|(name, _)| name.clone()).collect(),
            actions: Vec::new(),
            truncated: false,
            texts,
        }))
    }

    /// The text of one of a list.
    ///
    /// # Errors
    /// What went wrong, for the person.
    pub(crate) async fn open(self, listing: &Listing, path: &str) -> Result<Opened, Failure> {
        if let Some((name, text)) = listing.texts.iter().find(|(name, _)| name == path) {
            return Ok(Opened { path: name.clone(), text: text.clone(), source: None });
        }
        let Some(repo) = &listing.repo else {
            return Err(Failure {
                kind: Kind::NotFound,
                message: format!("{path} is not in {}.", listing.title),
            });
        };
        let file = self.send(&calls::file(repo, path, &listing.at)).await?;
        if file.text.len() > MAX_ANALYSED {
            let message =
                format!("{path} is larger than the {} KB that a workflow can have.", MAX_ANALYSED / 1_000);
            return Err(Failure { kind: Kind::Invalid, message });
        }
        Ok(Opened {
            path: path.to_owned(),
            text: file.text,
            source: Some(self.source(repo, &listing.at, path)),
        })
    }

    fn source(self, repo: &Repo, at: &str, path: &str) -> Source {
        use leptos::prelude::*;
        let host = self.host.with_untracked(|host| host.web.clone());
        Source { host, repository: repo.to_string(), at: at.to_owned(), path: path.to_owned() }
    }
}
