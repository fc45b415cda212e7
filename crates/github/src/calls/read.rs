//! Repositories, their files, gists, and who is asking.

use std::collections::BTreeMap;

use base64::Engine;
use serde::Deserialize;

use super::{Call, Repo, Request, Unread, encode, encode_path, get, in_repo, is_sha, json};

/// Who the token belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct User {
    /// Name on GitHub.
    pub login: String,
}

/// Who the token belongs to; the answer's headers tell its scopes.
#[must_use]
pub fn user() -> Call<User> {
    Call::new(get("/user".to_owned(), "the owner of the token".to_owned(), ""), json)
}

/// A repository.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Repository {
    /// Its number, by which an organization names it.
    #[serde(default)]
    pub id: u64,
    /// `owner/name` in the spelling of its owner.
    pub full_name: String,
    /// The branch that is shown first.
    pub default_branch: String,
    /// Whether only some can see it.
    pub private: bool,
    /// Whether nobody can change it.
    #[serde(default)]
    pub archived: bool,
    /// What the token's owner may do; absent without a token.
    #[serde(default)]
    pub permissions: Option<Rights>,
    /// Whose it is.
    pub owner: Owner,
}

/// What one may do in a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Rights {
    /// Change files.
    pub push: bool,
    /// Change settings.
    pub admin: bool,
}

/// Whose something is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Owner {
    /// Name on GitHub.
    pub login: String,
    /// `User` or `Organization`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// A repository.
#[must_use]
pub fn repository(repo: &Repo) -> Call<Repository> {
    Call::new(get(in_repo(repo, ""), format!("the repository {repo}"), ""), json)
}

/// A branch.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Branch {
    /// Its name.
    pub name: String,
    /// Its last commit.
    pub commit: Named,
    /// Whether rules stand before a change.
    pub protected: bool,
}

/// An object of git.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Named {
    /// Its id.
    pub sha: String,
}

/// The branches of a repository.
#[must_use]
pub fn branches(repo: &Repo) -> Call<Vec<Branch>> {
    let path = in_repo(repo, "/branches?per_page=100");
    Call::new(get(path, format!("the branches of {repo}"), "Contents: read"), json)
}

/// A branch, tag or commit as the commit that it is now.
#[must_use]
pub fn commit(repo: &Repo, reference: &str) -> Call<Named> {
    let path = in_repo(repo, &format!("/commits/{}", encode_path(reference)));
    let request = get(path, format!("the branch, tag or commit {reference} of {repo}"), "Contents: read");
    Call::new(Request { immutable: is_sha(reference), ..request }, json)
}

/// All files of a commit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Tree {
    /// Its id.
    pub sha: String,
    /// Files and folders.
    pub tree: Vec<Entry>,
    /// Whether there are too many to be told at once.
    pub truncated: bool,
}

/// A file or folder in a [`Tree`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Entry {
    /// Path from the root.
    pub path: String,
    /// `blob` for a file.
    #[serde(rename = "type")]
    pub kind: String,
    /// Id of its content.
    pub sha: String,
}

impl Tree {
    /// Paths of the workflows, in their order.
    #[must_use]
    pub fn workflows(&self) -> Vec<&Entry> {
        self.files(|path| {
            path.strip_prefix(".github/workflows/").is_some_and(|name| {
                !name.contains('/') && (name.ends_with(".yml") || name.ends_with(".yaml"))
            })
        })
    }

    /// The metadata files of actions, in their order.
    #[must_use]
    pub fn actions(&self) -> Vec<&Entry> {
        self.files(|path| matches!(path.rsplit('/').next(), Some("action.yml" | "action.yaml")))
    }

    fn files(&self, fits: impl Fn(&str) -> bool) -> Vec<&Entry> {
        self.tree.iter().filter(|entry| entry.kind == "blob" && fits(&entry.path)).collect()
    }
}

/// All files of a branch, tag or commit.
#[must_use]
pub fn tree(repo: &Repo, reference: &str) -> Call<Tree> {
    let path = in_repo(repo, &format!("/git/trees/{}?recursive=1", encode(reference)));
    let request = get(path, format!("the files of {repo} at {reference}"), "Contents: read");
    Call::new(Request { immutable: is_sha(reference), ..request }, json)
}

/// A text of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Id of its content.
    pub sha: String,
    /// The text.
    pub text: String,
}

/// A file of a branch, tag or commit.
#[must_use]
pub fn file(repo: &Repo, path: &str, reference: &str) -> Call<File> {
    let address = in_repo(repo, &format!("/contents/{}?ref={}", encode_path(path), encode(reference)));
    let request = get(address, format!("the file {path} of {repo} at {reference}"), "Contents: read");
    Call::new(Request { immutable: is_sha(reference), ..request }, read_file)
}

#[derive(Deserialize)]
struct Content {
    #[serde(rename = "type")]
    kind: String,
    sha: String,
    #[serde(default)]
    content: String,
    #[serde(default)]
    encoding: String,
}

fn read_file(body: &str) -> Result<File, Unread> {
    if body.trim_start().starts_with('[') {
        return Err(Unread::Other("is a folder; open a file in it"));
    }
    let content: Content = json(body)?;
    if content.kind != "file" {
        return Err(Unread::Other("is a link to something else; open what it leads to"));
    }
    if content.encoding != "base64" {
        return Err(Unread::Other("is too large to be a workflow"));
    }
    let packed: Vec<u8> = content.content.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    let bytes = base64::engine::general_purpose::STANDARD.decode(packed).map_err(|_| Unread::Half)?;
    let text = String::from_utf8(bytes).map_err(|_| Unread::Other("is no text in UTF-8"))?;
    Ok(File { sha: content.sha, text })
}

/// A gist.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Gist {
    /// Its files by name.
    pub files: BTreeMap<String, GistFile>,
}

/// A file of a gist.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct GistFile {
    /// The text; absent when it is too large.
    #[serde(default)]
    pub content: Option<String>,
    /// Whether the text is only the beginning.
    #[serde(default)]
    pub truncated: bool,
}

/// A gist.
#[must_use]
pub fn gist(id: &str) -> Call<Gist> {
    Call::new(get(format!("/gists/{}", encode(id)), format!("the gist {id}"), ""), json)
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// The commit that it stands for; of an annotated tag the one that this leads to, as GitHub has followed it already.
    pub commit: Named,
}

/// The tags of a repository, with their commits.
#[must_use]
pub fn tags(repo: &Repo) -> Call<Vec<Tag>> {
    let path = in_repo(repo, "/tags?per_page=100");
    Call::new(get(path, format!("the tags of {repo}"), "Contents: read"), json)
}
